"""Clause checks of Trakstar Hire: each proves one to three clauses against the profile's own hooks."""
