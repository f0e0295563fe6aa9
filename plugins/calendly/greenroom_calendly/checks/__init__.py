"""Clause checks of Calendly: each proves one to three clauses of its document against whatever product is judged."""
