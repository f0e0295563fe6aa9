"""`authorize` and `disconnect`: requests and answers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, SerializeAsAny

from greenroom.model.answer import Answer, Refusal, Say
from greenroom.model.ask import Ask, Scope, Settings
from greenroom.model.connection import Action, Approval, Attempt, Cause, Connection, Level
from greenroom.model.people import Email, Person
from greenroom.model.value import Value
from greenroom.model.zoom import ZoomUser

AppKind = Literal["user", "admin"]
"""Zoom's two kinds of app: user-managed, or admin-managed for a whole account."""


class SettingsChange(Value):
    """Settings about to be saved."""

    scope: Scope
    """What they belong to."""
    subject: str
    """Which member, kind of interview or candidate; empty for the organization's."""
    before: SerializeAsAny[Settings]
    """As they are now."""
    after: SerializeAsAny[Settings]
    """As they would be."""
    looked_up: tuple[Person, ...] = ()
    """The people whom fields of type `ZoomUserEmail` name, each looked up in the connected Zoom account (``zoom=None``
    = no such user there)."""


class AuthorizeRequest(Ask):
    """May this person do this, from this state, as this Zoom user?"""

    action: Action
    """What they want to do."""
    level: Level = Level.ORGANIZATION
    """For whom."""
    confirmed: bool = False
    """Whether they confirmed what `Confirm` showed them."""
    offer: bool = False
    """A page is drawn: the same question, and nothing is done."""
    feature: str | None = None
    """With ``action=USE``, which feature of the manifest."""
    through: Connection | None = None
    """With ``action=USE``, the connection that what it is about was made through."""
    attempt: Attempt | None = None
    """With ``action=COMPLETE``, the visit to Zoom that came to its end."""
    zoom: ZoomUser | None = None
    """With ``action=COMPLETE``, who Zoom says completed; ``None`` where nothing was granted."""
    scopes: frozenset[str] = frozenset()
    """With ``action=COMPLETE``, the Zoom scopes granted."""
    held_elsewhere: bool = False
    """With ``action=COMPLETE``, whether the same Zoom user holds a connection of this profile in another
    organization."""
    approval: Approval = Approval()
    """Where the app's pre-approval stands. A fact to declare: ``approval``."""
    change: SettingsChange | None = None
    """With ``action=CONFIGURE``, what is about to be saved."""


class Done(Answer):
    """It is done, or may be."""

    kind: Literal["done"] = "done"
    phase: str | None = None
    """Where the connection moves; ``None`` = it stays."""
    verified: frozenset[str] = frozenset()
    """After ``action=CONFIGURE``: replaces the accepted host addresses."""
    via: Connection | None = None
    """After ``action=USE``: the connection that the feature goes through; ``None`` = the first usable one."""


class GoToZoom(Answer):
    """Send the person to Zoom's own pages, to authorize the app of this kind."""

    kind: Literal["go_to_zoom"] = "go_to_zoom"
    app: AppKind
    """Which app; the manifest's for this level."""
    phase: str | None = None
    """Where the connection moves meanwhile; ``None`` = it stays."""
    must_be_email: Email | None = None
    """The address whoever completes must have at Zoom."""


class ShareLink(Answer):
    """Give out a link with which somebody else completes at Zoom."""

    kind: Literal["share_link"] = "share_link"
    app: AppKind
    """Which app; the manifest's for this level."""
    say: Say
    """What to do with the link."""
    phase: str | None = None
    """Where the connection moves meanwhile; ``None`` = it stays."""


class AskApproval(Answer):
    """The app's pre-approval has been asked for at Zoom."""

    kind: Literal["ask_approval"] = "ask_approval"
    phase: str
    """Where the connection moves."""
    say: Say
    """What happens next."""


class Confirm(Answer):
    """Show this and ask again with ``confirmed=True``."""

    kind: Literal["confirm"] = "confirm"
    say: Say
    """What is to be confirmed."""


class Instruct(Answer):
    """Not this way yet: follow the manifest's recipe of this name first."""

    kind: Literal["instruct"] = "instruct"
    recipe: str
    """One of ``recipes`` in the manifest."""
    next: tuple[Action, ...] = ()
    """What can be done after that."""


class Keep(Answer):
    """Keep what Zoom granted. Only after ``action=COMPLETE`` with a granted attempt."""

    kind: Literal["keep"] = "keep"
    phase: str
    """Where the connection moves: a phase of kind *active*."""
    level: Level
    """Whose connection it becomes."""
    replaces: bool = False
    """Whether it takes the place of an existing one of the same owner."""


Step = Annotated[
    Done | GoToZoom | ShareLink | AskApproval | Confirm | Instruct | Keep | Refusal,
    Field(discriminator="kind"),
]


class DisconnectRequest(Ask):
    """What does it mean that this connection ends, or loses its ground?"""

    cause: Cause
    """Why."""
    connection: Connection
    """Which."""
    lost_scopes: frozenset[str] = frozenset()
    """With ``cause=SCOPES_LOST``, which Zoom scopes."""
    offer: bool = False
    """Somebody asks what *would* change: the same question, and nothing is done."""


class Loss(Answer):
    """What ends. Meetings already made always stay."""

    kind: Literal["loss"] = "loss"
    phase: str
    """Where the connection moves."""
    ends: Literal["nothing", "this", "all_of_organization"]
    """What is ended: nothing, this connection, or every one of the organization."""
    revoke: bool = False
    """Whether the grant is revoked at Zoom."""
    flag_unmade: Say | None = None
    """Shown on interviews, and kinds of interviews, that now lack a way to Zoom; ``None`` = nothing is shown."""
