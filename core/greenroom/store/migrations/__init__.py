"""How the schema came to be, step by step. Each step is one file; `HEAD` is the newest.

A step says what it does in full and never imports the tables of today. There is no way down: going back is restoring
a backup.
"""

HEAD = "0007"
"""The newest revision; known here so that opening a current database does not load Alembic."""

VERSION_TABLE = "greenroom_schema"
"""Where a database keeps its revision: not Alembic's own name, so that an embedding product may use that."""
