"""Clause checks of Lever: each proves one to three clauses against the profile's own hooks."""
