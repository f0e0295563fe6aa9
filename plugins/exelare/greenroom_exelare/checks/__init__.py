"""Clause checks of Exelare: each proves one to three clauses against the profile's own hooks."""
