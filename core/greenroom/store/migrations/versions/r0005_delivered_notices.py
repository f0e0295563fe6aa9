"""When a notice was delivered, and who is at it: one that a stopped process had kept is delivered by the next."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_notices = sa.table(
    "notices",
    sa.column("id", sa.String),
    sa.column("delivered_at", sa.DateTime(timezone=True)),
    sa.column("document", sa.JSON),
)


def upgrade() -> None:
    """Add two columns. What was kept before counts as delivered when it was kept: it is not told a second time."""
    for name in ("delivered_at", "claimed_until"):
        op.add_column("notices", sa.Column(name, sa.DateTime(timezone=True)))
    op.create_index("ix_notices_delivered_at", "notices", ["delivered_at"])
    database = op.get_bind()
    for found, document in database.execute(sa.select(_notices.c.id, _notices.c.document)).all():
        at = datetime.fromisoformat(document["at"]).astimezone(UTC)
        database.execute(sa.update(_notices).where(_notices.c.id == found).values(delivered_at=at))
