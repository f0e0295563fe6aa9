"""Follows a page of the documentation to the letter: files it shows are written, commands it shows are run."""
