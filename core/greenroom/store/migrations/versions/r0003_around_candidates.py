"""What happens around candidates, interviews' events in calendars, sessions of the in-meeting app."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create three tables, and an index by which an event finds its meeting."""
    op.create_index("ix_meetings_meeting_id", "meetings", ["meeting_id"])
    op.create_table(
        "activities",
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("id", sa.String, nullable=False, unique=True),
        _organization(),
        sa.Column("candidate", sa.String, nullable=False),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("source", sa.String, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
        sa.UniqueConstraint("organization_id", "candidate", "source"),
    )
    op.create_table(
        "calendar_events",
        sa.Column("ordinal", sa.Integer, primary_key=True),
        sa.Column("uid", sa.String, nullable=False, unique=True),
        _organization(),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_index("ix_calendar_events_organization_id", "calendar_events", ["organization_id"])
    op.create_table(
        "app_sessions",
        sa.Column("token_hash", sa.String, primary_key=True),
        _organization(),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document", sa.JSON, nullable=False),
    )
    op.create_index("ix_app_sessions_expires_at", "app_sessions", ["expires_at"])


def _organization() -> sa.Column[str]:
    return sa.Column("organization_id", sa.String, sa.ForeignKey("organizations.id"), nullable=False)
