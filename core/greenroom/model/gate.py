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
    """Settings about to be saved. ``looked_up``: the people whom fields of type `ZoomUserEmail` name,
    each looked up in the connected Zoom account (``zoom=None`` = no such user there)."""

    scope: Scope
    subject: str
    before: SerializeAsAny[Settings]
    after: SerializeAsAny[Settings]
    looked_up: tuple[Person, ...] = ()


class AuthorizeRequest(Ask):
    """May this person do this, from this state, as this Zoom user?

    ``offer=True`` draws a page: same question, nothing is done. ``zoom`` is who Zoom says completed
    (with ``action=COMPLETE``), ``scopes`` the Zoom scopes granted. ``held_elsewhere``: the same Zoom user holds a
    connection of this profile in another organization. With ``action=USE``, ``feature`` is what is to be used and
    ``through`` the connection that what it is about was made through. Facts to declare: ``approval``, ``permissions``.
    """

    action: Action
    level: Level = Level.ORGANIZATION
    confirmed: bool = False
    offer: bool = False
    feature: str | None = None
    through: Connection | None = None
    attempt: Attempt | None = None
    zoom: ZoomUser | None = None
    scopes: frozenset[str] = frozenset()
    held_elsewhere: bool = False
    approval: Approval = Approval()
    change: SettingsChange | None = None


class Done(Answer):
    """It is done, or may be: the connection moves to ``phase`` (``None`` = stays), ``verified`` replaces
    the accepted host addresses when a settings change was asked about; ``via`` is the connection that a feature
    goes through when its use was asked about (``None`` = the first usable one)."""

    kind: Literal["done"] = "done"
    phase: str | None = None
    verified: frozenset[str] = frozenset()
    via: Connection | None = None


class GoToZoom(Answer):
    """Send the person to Zoom's own pages, to authorize the app of this kind."""

    kind: Literal["go_to_zoom"] = "go_to_zoom"
    app: AppKind
    phase: str | None = None
    must_be_email: Email | None = None


class ShareLink(Answer):
    """Give out a link with which somebody else completes at Zoom."""

    kind: Literal["share_link"] = "share_link"
    app: AppKind
    say: Say
    phase: str | None = None


class AskApproval(Answer):
    """The app's pre-approval has been asked for at Zoom."""

    kind: Literal["ask_approval"] = "ask_approval"
    phase: str
    say: Say


class Confirm(Answer):
    """Show this and ask again with ``confirmed=True``."""

    kind: Literal["confirm"] = "confirm"
    say: Say


class Instruct(Answer):
    """Not this way yet: follow the manifest's recipe of this name first."""

    kind: Literal["instruct"] = "instruct"
    recipe: str
    next: tuple[Action, ...] = ()


class Keep(Answer):
    """Keep what Zoom granted, as a connection of this level; ``replaces`` an existing one of the same owner."""

    kind: Literal["keep"] = "keep"
    phase: str
    level: Level
    replaces: bool = False


Step = Annotated[
    Done | GoToZoom | ShareLink | AskApproval | Confirm | Instruct | Keep | Refusal,
    Field(discriminator="kind"),
]


class DisconnectRequest(Ask):
    """What does it mean that this connection ends, or loses its ground? ``offer=True``: what *would* change."""

    cause: Cause
    connection: Connection
    lost_scopes: frozenset[str] = frozenset()
    offer: bool = False


class Loss(Answer):
    """What ends. Meetings already made always stay. ``flag_unmade`` marks interviews and interview kinds
    that now lack a way to Zoom."""

    kind: Literal["loss"] = "loss"
    phase: str
    ends: Literal["nothing", "this", "all_of_organization"]
    revoke: bool = False
    flag_unmade: Say | None = None
