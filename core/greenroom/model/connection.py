"""How an organization and its members are connected to Zoom."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from greenroom.model.people import Email
from greenroom.model.value import Value
from greenroom.model.zoom import ZoomUser


class Level(StrEnum):
    """Whose connection it is: the whole organization's, or one member's own."""

    ORGANIZATION = "organization"
    MEMBER = "member"


class PhaseKind(StrEnum):
    """All that core acts on; a profile's own phase names are each of one kind."""

    IDLE = "idle"
    PENDING = "pending"
    ACTIVE = "active"
    BROKEN = "broken"


class Connection(Value):
    """One connection: ``phase`` is the profile's word, ``kind`` what core makes of it.

    ``owner`` is a member id, or the organization id at organization level. ``removed_by_actor``: the
    acting member has opted out of this organization-level connection.
    """

    level: Level
    owner: str
    phase: str
    kind: PhaseKind
    zoom_user: ZoomUser | None = None
    scopes: frozenset[str] = frozenset()
    removed_by_actor: bool = False

    @property
    def usable(self) -> bool:
        """Whether a meeting can be made through it for the acting member."""
        return self.kind is PhaseKind.ACTIVE and self.zoom_user is not None and not self.removed_by_actor


class Approval(Value):
    """Where the Zoom account's pre-approval of the app stands; ``requested_by`` is a member id."""

    state: Literal["not_requested", "requested", "approved", "refused"] = "not_requested"
    requested_by: str | None = None


class Action(StrEnum):
    """Everything a person may do to the integration; one gate (`authorize`) answers for all of them."""

    ENABLE = "enable"
    DISABLE = "disable"
    CONNECT = "connect"
    SHARE = "share"
    ASK_APPROVAL = "ask_approval"
    COMPLETE = "complete"
    APPROVAL_DECIDED = "approval_decided"
    CONFIGURE = "configure"
    DISCONNECT = "disconnect"
    REMOVE_MINE = "remove_mine"
    RESTORE_MINE = "restore_mine"
    SEE_MEMBERS = "see_members"
    USE = "use"
    ENTER_MANUALLY = "enter_manually"
    CHOOSE_HOST = "choose_host"


Outcome = Literal["granted", "declined", "not_allowed", "approval_needed", "failed"]


class Attempt(Value):
    """One OAuth attempt: single use, and it expires at the engine.

    ``path`` is *direct* (the member went to Zoom themself) or *shared* (a link given to somebody else);
    ``must_be_email`` is the address Zoom's answer has to carry, if the profile demanded one.
    """

    path: Literal["direct", "shared"]
    started_by: str
    level: Level
    must_be_email: Email | None = None
    outcome: Outcome | None = None


class Cause(StrEnum):
    """Why a connection ends or loses its ground."""

    PERSON = "person"
    SWITCHED_OFF = "switched_off"
    UNINSTALLED = "uninstalled"
    AUTHORIZER_ROLE = "authorizer_role"
    AUTHORIZER_GONE = "authorizer_gone"
    SCOPES_LOST = "scopes_lost"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    GRANT_DEAD = "grant_dead"
