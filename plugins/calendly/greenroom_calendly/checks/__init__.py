"""Clause checks of Calendly: each proves one to three clauses against the profile's own hooks."""
