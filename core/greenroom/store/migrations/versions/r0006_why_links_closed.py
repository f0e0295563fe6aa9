"""Why a link that leads to Zoom is closed: whoever opens it is told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add one column; of links closed before nobody knows why."""
    op.add_column("tickets", sa.Column("closed_because", sa.String))
