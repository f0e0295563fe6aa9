"""Runs the steps over the connection, and inside the transaction, that it is given."""

from alembic import context

from greenroom.store.migrations import VERSION_TABLE
from greenroom.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
    transactional_ddl=True,
)
context.run_migrations()
