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
    """One for everybody."""
    MEMBER = "member"
    """One for each member who connects."""


class PhaseKind(StrEnum):
    """All that core acts on; a profile's own phase names are each of one kind."""

    IDLE = "idle"
    """Nothing is connected; where every connection starts."""
    PENDING = "pending"
    """Somebody or something is waited for."""
    ACTIVE = "active"
    """A grant is held, and meetings can be made."""
    BROKEN = "broken"
    """A grant was held and has lost its ground: to be connected again."""


class Connection(Value):
    """One connection of the organization, or of one of its members."""

    level: Level
    """Whose it is."""
    owner: str
    """A member's id, or the organization's id at organization level."""
    phase: str
    """The profile's own word, one of ``phases`` in the manifest."""
    kind: PhaseKind
    """What core makes of that phase."""
    zoom_user: ZoomUser | None = None
    """Who authorized it at Zoom; ``None`` while nobody has."""
    scopes: frozenset[str] = frozenset()
    """The Zoom scopes granted, in Zoom's names."""
    removed_by_actor: bool = False
    """Whether the acting member has opted out of this organization-level connection."""

    @property
    def usable(self) -> bool:
        """Whether a meeting can be made through it for the acting member."""
        return self.kind is PhaseKind.ACTIVE and self.zoom_user is not None and not self.removed_by_actor


class Approval(Value):
    """Where the Zoom account's pre-approval of the app stands."""

    state: Literal["not_requested", "requested", "approved", "refused"] = "not_requested"
    """What is known: Zoom does not tell, so *approved* and *refused* are told by somebody."""
    requested_by: str | None = None
    """The member id of whoever asked for it."""


class Action(StrEnum):
    """Everything a person may do to the integration; one gate (`authorize`) answers for all of them."""

    ENABLE = "enable"
    """Switch the integration on."""
    DISABLE = "disable"
    """Switch it off."""
    CONNECT = "connect"
    """Go to Zoom and authorize."""
    SHARE = "share"
    """Give out a link with which somebody else authorizes."""
    ASK_APPROVAL = "ask_approval"
    """Ask the Zoom account's administrator to approve the app."""
    COMPLETE = "complete"
    """Come back from Zoom, with whatever came of it; asked by the engine."""
    APPROVAL_DECIDED = "approval_decided"
    """The request for approval was decided at Zoom."""
    CONFIGURE = "configure"
    """Save settings; ``change`` says which."""
    DISCONNECT = "disconnect"
    """End a connection and revoke its grant."""
    REMOVE_MINE = "remove_mine"
    """Opt out of the organization's connection."""
    RESTORE_MINE = "restore_mine"
    """Opt in again."""
    SEE_MEMBERS = "see_members"
    """See who is connected, and how."""
    USE = "use"
    """Use a feature, such as recordings; ``feature`` says which."""
    ENTER_MANUALLY = "enter_manually"
    """Type meeting details in by hand."""
    CHOOSE_HOST = "choose_host"
    """Name the host of an interview."""


Outcome = Literal["granted", "declined", "not_allowed", "approval_needed", "failed"]
"""What came of an attempt at Zoom: *granted* or *declined* by the person, *not_allowed* or *approval_needed* by Zoom,
*failed* otherwise."""


class Attempt(Value):
    """One OAuth attempt: single use, and it expires at the engine."""

    path: Literal["direct", "shared"]
    """*direct*: the member went to Zoom themself; *shared*: by a link given to somebody else."""
    started_by: str
    """The member id of whoever began it."""
    level: Level
    """The level it was begun for."""
    must_be_email: Email | None = None
    """The address that Zoom's answer has to carry, if the profile demanded one."""
    outcome: Outcome | None = None
    """What came of it; ``None`` while it is open."""


class Cause(StrEnum):
    """Why a connection ends or loses its ground."""

    PERSON = "person"
    """Somebody disconnected."""
    SWITCHED_OFF = "switched_off"
    """The integration was switched off."""
    UNINSTALLED = "uninstalled"
    """The app was removed at Zoom."""
    AUTHORIZER_ROLE = "authorizer_role"
    """Whoever authorized it lost the Zoom role it needs."""
    AUTHORIZER_GONE = "authorizer_gone"
    """Whoever authorized it is deactivated or deleted at Zoom."""
    SCOPES_LOST = "scopes_lost"
    """Zoom takes calls no longer for which a scope was granted."""
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    """The account's approval of the app was taken back."""
    GRANT_DEAD = "grant_dead"
    """Zoom refuses to renew the tokens."""
