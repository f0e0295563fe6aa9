"""All tables. Columns are what is asked for, kept single or changed alone; the rest of a record is its document.

``ordinal`` is the order of arrival. Rows of an organization refer to it, and every query on them is narrowed to it
where its caller knows it.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
)

from greenroom.store.columns import Instant
from greenroom.store.dialect import unique_where

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OPEN = ("committed", "unclear")
"""States of an intent whose call may still have its effect."""


def _ordinal() -> Column[int]:
    return Column("ordinal", Integer, primary_key=True)


def _id() -> Column[str]:
    return Column("id", String, nullable=False, unique=True)


def _organization(*, primary_key: bool = False) -> Column[str]:
    return Column("organization_id", ForeignKey("organizations.id"), nullable=False, primary_key=primary_key)


def _connection() -> Column[str]:
    # A connection that replaces another one of its owner takes over what was made through that.
    return Column("connection_id", ForeignKey("connections.id", onupdate="CASCADE"), nullable=False)


def _document() -> Column[object]:
    return Column("document", JSON, nullable=False)


organizations = Table(
    "organizations",
    metadata,
    _ordinal(),
    _id(),
    Column("name_key", String, nullable=False, unique=True),
    _document(),
)

members = Table(
    "members",
    metadata,
    _ordinal(),
    _organization(),
    Column("id", String, nullable=False),
    Column("email", String, nullable=False),
    _document(),
    UniqueConstraint("organization_id", "id"),
    UniqueConstraint("organization_id", "email"),
)

connections = Table(
    "connections",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("level", String, nullable=False),
    Column("owner", String, nullable=False),
    # No foreign key: a grant is let go of before the rows that rested on it say so.
    Column("grant_id", String, index=True),
    Column("zoom_user_id", String, index=True),
    _document(),
    UniqueConstraint("organization_id", "level", "owner"),
)

opt_outs = Table(
    "opt_outs",
    metadata,
    _organization(primary_key=True),
    Column("member_id", String, primary_key=True),
)

approvals = Table("approvals", metadata, _organization(primary_key=True), _document())

holds = Table(
    "holds",
    metadata,
    Column("profile", String, primary_key=True),
    Column("zoom_user_id", String, primary_key=True),
    _organization(),
)

grants = Table(
    "grants",
    metadata,
    _ordinal(),
    _id(),
    Column("client_id", String, nullable=False),
    Column("zoom_user_id", String, nullable=False),
    Column("zoom_account_id", String, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("access_token", LargeBinary, nullable=False),
    Column("refresh_token", LargeBinary, nullable=False),
    Column("sealed_with", String, nullable=False, index=True),
    Column("lease_holder", String),
    Column("lease_until", Instant),
    _document(),
    UniqueConstraint("client_id", "zoom_user_id"),
    Index(None, "zoom_account_id", "zoom_user_id"),
)

tickets = Table(
    "tickets",
    metadata,
    Column("token_hash", String, primary_key=True),
    _organization(),
    Column("level", String, nullable=False),
    Column("started_by", String, nullable=False),
    Column("closed_at", Instant),
    Column("closed_because", String),
    _document(),
    Index(None, "organization_id", "level"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("state_hash", String, primary_key=True),
    _organization(),
    Column("verifier", LargeBinary, nullable=False),
    Column("sealed_with", String, nullable=False, index=True),
    Column("used_at", Instant),
    Column("outcome", String),
    _document(),
)

settings = Table(
    "settings",
    metadata,
    _organization(primary_key=True),
    Column("scope", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("revision", Integer, nullable=False),
    _document(),
)

verified_hosts = Table(
    "verified_hosts",
    metadata,
    _organization(primary_key=True),
    Column("email", String, primary_key=True),
)

directory_ages = Table(
    "directory_ages",
    metadata,
    Column("grant_id", ForeignKey("grants.id", ondelete="CASCADE"), primary_key=True),
    Column("fetched_at", Instant, nullable=False),
    # How often it was said to be out of date, and how often that had been when what is kept was asked for.
    Column("marks", Integer, nullable=False, server_default="0"),
    Column("marks_seen", Integer, nullable=False, server_default="0"),
    Column("stale_because", String),
)

directory_users = Table(
    "directory_users",
    metadata,
    Column("grant_id", ForeignKey("directory_ages.grant_id", ondelete="CASCADE"), primary_key=True),
    Column("email_key", String, primary_key=True),
    _document(),
)

interviews = Table(
    "interviews",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("panel_id", String, nullable=False, index=True),
    _document(),
    Index(None, "organization_id"),
)

meetings = Table(
    "meetings",
    metadata,
    _ordinal(),
    _organization(),
    Column("meeting_id", String, nullable=False, index=True),
    _connection(),
    Column("join_url", Text, nullable=False),
    Column("state", String, nullable=False),
    Column("host_id", String, index=True),
    _document(),
    UniqueConstraint("organization_id", "meeting_id"),
    Index(None, "organization_id", "join_url"),
    Index(None, "connection_id"),
)

intents = Table(
    "intents",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False, index=True),
    _connection(),
    Column("state", String, nullable=False),
    Column("was_unclear", Boolean, nullable=False),
    Column("reason", Text),
    _document(),
    unique_where("uq_intents_open", "interview_id", column("state").in_(OPEN)),
    Index(None, "connection_id"),
)

turns = Table(
    "turns",
    metadata,
    _ordinal(),
    _organization(),
    Column("intent_id", ForeignKey("intents.id"), nullable=False, unique=True),
    Column("pool", Text, nullable=False),
    Column("host", String, nullable=False),
    Index(None, "organization_id", "ordinal"),
)

host_days = Table(
    "host_days",
    metadata,
    # Of Zoom, not of an organization: several organizations may make meetings of the same host.
    Column("host_id", String, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("changes", Integer, nullable=False),
    Column("used_up", Boolean, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("interview_id", ForeignKey("interviews.id"), index=True),
    _document(),
    Index(None, "organization_id"),
)

letters = Table(
    "letters",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("interview_id", ForeignKey("interviews.id"), nullable=False, index=True),
    Column("ics", LargeBinary),
    Column("eml", LargeBinary, nullable=False),
    _document(),
)

notices = Table(
    "notices",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("event", String, nullable=False),
    Column("told", String, nullable=False),
    Column("delivered_at", Instant, index=True),
    Column("claimed_until", Instant),
    _document(),
    UniqueConstraint("organization_id", "event", "told"),
)

inbox = Table(
    "inbox",
    metadata,
    _ordinal(),
    _id(),
    Column("digest", String, nullable=False, unique=True),
    Column("body", LargeBinary, nullable=False),
    Column("handled_at", Instant, index=True),
    Column("claimed_until", Instant),
    _document(),
)

activities = Table(
    "activities",
    metadata,
    _ordinal(),
    _id(),
    _organization(),
    Column("candidate", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("source", String, nullable=False),
    Column("at", Instant, nullable=False),
    _document(),
    UniqueConstraint("organization_id", "candidate", "source"),
)

calendar_events = Table(
    "calendar_events",
    metadata,
    _ordinal(),
    Column("uid", String, nullable=False, unique=True),
    _organization(),
    _document(),
    Index(None, "organization_id"),
)

app_sessions = Table(
    "app_sessions",
    metadata,
    Column("token_hash", String, primary_key=True),
    _organization(),
    Column("expires_at", Instant, nullable=False, index=True),
    _document(),
)
