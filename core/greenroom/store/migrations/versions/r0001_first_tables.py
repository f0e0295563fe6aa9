"""The first tables. Constraints without a name get one from the naming convention of the metadata."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.sql.schema import SchemaItem

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables, those that others refer to first."""
    _organizations()
    _ways_to_zoom()
    _oauth()
    _settings()
    _directory()
    _interviews()
    _meetings()
    _records()


def _organizations() -> None:
    op.create_table("organizations", _ordinal(), _id(), _text("name_key"), _document(), sa.UniqueConstraint("name_key"))
    op.create_table(
        "members",
        _ordinal(),
        *_organization(),
        _text("id"),
        _text("email"),
        _document(),
        sa.UniqueConstraint("organization_id", "id"),
        sa.UniqueConstraint("organization_id", "email"),
    )


def _ways_to_zoom() -> None:
    op.create_table(
        "connections",
        _ordinal(),
        _id(),
        *_organization(),
        _text("level"),
        _text("owner"),
        sa.Column("grant_id", sa.String, index=True),
        _document(),
        sa.UniqueConstraint("organization_id", "level", "owner"),
    )
    op.create_table(
        "opt_outs",
        *_organization(),
        _text("member_id"),
        sa.PrimaryKeyConstraint("organization_id", "member_id"),
    )
    op.create_table("approvals", *_organization(), _document(), sa.PrimaryKeyConstraint("organization_id"))
    op.create_table(
        "holds",
        _text("profile"),
        _text("zoom_user_id"),
        *_organization(),
        sa.PrimaryKeyConstraint("profile", "zoom_user_id"),
    )


def _oauth() -> None:
    op.create_table(
        "grants",
        _ordinal(),
        _id(),
        _text("client_id"),
        _text("zoom_user_id"),
        _text("zoom_account_id"),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("access_token", sa.LargeBinary, nullable=False),
        sa.Column("refresh_token", sa.LargeBinary, nullable=False),
        sa.Column("sealed_with", sa.String, nullable=False, index=True),
        sa.Column("lease_holder", sa.String),
        _instant("lease_until"),
        _document(),
        sa.UniqueConstraint("client_id", "zoom_user_id"),
        sa.Index(None, "zoom_account_id", "zoom_user_id"),
    )
    op.create_table(
        "tickets",
        _text("token_hash"),
        *_organization(),
        _text("level"),
        _text("started_by"),
        _instant("closed_at"),
        _document(),
        sa.PrimaryKeyConstraint("token_hash"),
        sa.Index(None, "organization_id", "level"),
    )
    _attempts()


def _attempts() -> None:
    op.create_table(
        "attempts",
        _text("state_hash"),
        *_organization(),
        sa.Column("verifier", sa.LargeBinary, nullable=False),
        sa.Column("sealed_with", sa.String, nullable=False, index=True),
        _instant("used_at"),
        sa.Column("outcome", sa.String),
        _document(),
        sa.PrimaryKeyConstraint("state_hash"),
    )


def _settings() -> None:
    op.create_table(
        "settings",
        *_organization(),
        _text("scope"),
        _text("subject"),
        sa.Column("revision", sa.Integer, nullable=False),
        _document(),
        sa.PrimaryKeyConstraint("organization_id", "scope", "subject"),
    )
    op.create_table(
        "verified_hosts", *_organization(), _text("email"), sa.PrimaryKeyConstraint("organization_id", "email")
    )


def _directory() -> None:
    op.create_table(
        "directory_ages",
        _text("grant_id"),
        _instant("fetched_at", nullable=False),
        sa.PrimaryKeyConstraint("grant_id"),
        sa.ForeignKeyConstraint(["grant_id"], ["grants.id"], ondelete="CASCADE"),
    )
    op.create_table(
        "directory_users",
        _text("grant_id"),
        _text("email_key"),
        _document(),
        sa.PrimaryKeyConstraint("grant_id", "email_key"),
        sa.ForeignKeyConstraint(["grant_id"], ["directory_ages.grant_id"], ondelete="CASCADE"),
    )


def _interviews() -> None:
    op.create_table(
        "interviews",
        _ordinal(),
        _id(),
        *_organization(),
        sa.Column("panel_id", sa.String, nullable=False, index=True),
        _document(),
        sa.Index(None, "organization_id"),
    )


def _meetings() -> None:
    op.create_table(
        "meetings",
        _ordinal(),
        *_organization(),
        _text("meeting_id"),
        *_connection(),
        sa.Column("join_url", sa.Text, nullable=False),
        _text("state"),
        _document(),
        sa.UniqueConstraint("organization_id", "meeting_id"),
        sa.Index(None, "organization_id", "join_url"),
    )
    op.create_table(
        "intents",
        _ordinal(),
        _id(),
        *_organization(),
        *_interview(nullable=False),
        *_connection(),
        _text("state"),
        sa.Column("was_unclear", sa.Boolean, nullable=False),
        _document(),
    )
    open_ = sa.text("state IN ('committed', 'unclear')")
    op.create_index(
        "uq_intents_open", "intents", ["interview_id"], unique=True, sqlite_where=open_, postgresql_where=open_
    )
    op.create_table(
        "turns",
        _ordinal(),
        *_organization(),
        sa.Column("intent_id", sa.String, sa.ForeignKey("intents.id"), nullable=False, unique=True),
        sa.Column("pool", sa.Text, nullable=False),
        _text("host"),
        sa.Index(None, "organization_id", "ordinal"),
    )


def _records() -> None:
    op.create_table(
        "decisions",
        _ordinal(),
        _id(),
        *_organization(),
        *_interview(nullable=True),
        _document(),
        sa.Index(None, "organization_id"),
    )
    op.create_table(
        "letters",
        _ordinal(),
        _id(),
        *_organization(),
        *_interview(nullable=False),
        sa.Column("ics", sa.LargeBinary),
        sa.Column("eml", sa.LargeBinary, nullable=False),
        _document(),
    )
    op.create_table(
        "notices",
        _ordinal(),
        _id(),
        *_organization(),
        _text("event"),
        _text("told"),
        _document(),
        sa.UniqueConstraint("organization_id", "event", "told"),
    )
    _inbox()


def _inbox() -> None:
    op.create_table(
        "inbox",
        _ordinal(),
        _id(),
        sa.Column("digest", sa.String, nullable=False, unique=True),
        sa.Column("body", sa.LargeBinary, nullable=False),
        _instant("handled_at", index=True),
        _document(),
    )


def _ordinal() -> SchemaItem:
    return sa.Column("ordinal", sa.Integer, primary_key=True)


def _id() -> SchemaItem:
    return sa.Column("id", sa.String, nullable=False, unique=True)


def _text(name: str) -> SchemaItem:
    return sa.Column(name, sa.String, nullable=False)


def _instant(name: str, *, nullable: bool = True, index: bool = False) -> SchemaItem:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable, index=index)


def _document() -> SchemaItem:
    return sa.Column("document", sa.JSON, nullable=False)


def _organization() -> tuple[SchemaItem, ...]:
    return (_text("organization_id"), sa.ForeignKeyConstraint(["organization_id"], ["organizations.id"]))


def _interview(*, nullable: bool) -> tuple[SchemaItem, ...]:
    return (
        sa.Column("interview_id", sa.String, nullable=nullable, index=True),
        sa.ForeignKeyConstraint(["interview_id"], ["interviews.id"]),
    )


def _connection() -> tuple[SchemaItem, ...]:
    return (
        sa.Column("connection_id", sa.String, nullable=False, index=True),
        sa.ForeignKeyConstraint(["connection_id"], ["connections.id"], onupdate="CASCADE"),
    )
