"""When the directory is out of date, why an intent ended, the hosts' hundred changes a day, claims on webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns to tables, and one table."""
    for name in ("marks", "marks_seen"):
        op.add_column("directory_ages", sa.Column(name, sa.Integer, nullable=False, server_default="0"))
    op.add_column("directory_ages", sa.Column("stale_because", sa.String))
    op.add_column("intents", sa.Column("reason", sa.Text))
    op.add_column("inbox", sa.Column("claimed_until", sa.DateTime(timezone=True)))
    op.create_table(
        "host_days",
        sa.Column("host_id", sa.String, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("used_up", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("host_id", "day"),
    )
