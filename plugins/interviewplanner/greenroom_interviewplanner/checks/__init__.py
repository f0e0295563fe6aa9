"""Clause checks of InterviewPlanner: each proves one to three clauses against the profile's own hooks."""
