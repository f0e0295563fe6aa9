"""Who hosts a meeting at Zoom: news of somebody who left finds the meetings that may have gone with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_meetings = sa.table(
    "meetings",
    sa.column("organization_id", sa.String),
    sa.column("meeting_id", sa.String),
    sa.column("host_id", sa.String),
    sa.column("document", sa.JSON),
)


def upgrade() -> None:
    """Add a column with an index, and fill it from what is kept of each meeting."""
    op.add_column("meetings", sa.Column("host_id", sa.String))
    op.create_index("ix_meetings_host_id", "meetings", ["host_id"])
    database = op.get_bind()
    kept = sa.select(_meetings.c.organization_id, _meetings.c.meeting_id, _meetings.c.document)
    for organization, meeting, document in database.execute(kept).all():
        database.execute(
            sa.update(_meetings)
            .where(_meetings.c.organization_id == organization, _meetings.c.meeting_id == meeting)
            .values(host_id=document["meeting"]["host"]["id"])
        )
