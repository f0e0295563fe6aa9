"""Whose connection it is at Zoom, apart from its grant: news of a Zoom user find it when the grant has ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_connections = sa.table(
    "connections",
    sa.column("id", sa.String),
    sa.column("zoom_user_id", sa.String),
    sa.column("document", sa.JSON),
)


def upgrade() -> None:
    """Add a column with an index, and fill it from what is kept of each connection."""
    op.add_column("connections", sa.Column("zoom_user_id", sa.String))
    op.create_index("ix_connections_zoom_user_id", "connections", ["zoom_user_id"])
    database = op.get_bind()
    for found, document in database.execute(sa.select(_connections.c.id, _connections.c.document)).all():
        user = document.get("zoom_user")
        if user is not None:
            fill = sa.update(_connections).where(_connections.c.id == found).values(zoom_user_id=user["id"])
            database.execute(fill)
