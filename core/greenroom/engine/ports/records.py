"""What the store keeps, as frozen values. Repositories take and return these; nothing else crosses the wall."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, JsonValue, SecretStr

from greenroom.engine.ports.zoom import GrantEnd, MeetingDraft
from greenroom.model import (
    AppKind,
    Audience,
    CalendarKind,
    Cloud,
    Email,
    GivenLink,
    HostChoice,
    Insisted,
    Interview,
    Level,
    Meeting,
    Outcome,
    Say,
    Scope,
    Span,
    Turn,
    Value,
    ZoomPlan,
    ZoomUser,
)


class SettingsRecord(Value):
    """Saved settings of one scope and subject: a kind, a candidate, a member id; empty for the organization."""

    organization_id: str
    scope: Scope
    subject: str = ""
    values: dict[str, JsonValue]
    revision: int = 1


class EarlierProfile(Value):
    """What an organization was under a profile it left, for the interviews that stay under it.

    ``settings`` and ``verified`` hosts as they stood then; ``roles``: of its members, by their id; ``switches``: the
    phase of each connection, by its id, that is a mere switch there, since its level is never active.
    """

    profile: str
    edition: str
    settings: tuple[SettingsRecord, ...] = ()
    verified: frozenset[Email] = frozenset()
    roles: tuple[tuple[str, frozenset[str]], ...] = ()
    switches: tuple[tuple[str, str], ...] = ()


class OrganizationRecord(Value):
    """An organization, pinned to a profile and an edition, with what was stated of its Zoom account.

    ``earlier``: the profiles it left, each once.
    """

    id: str
    name: str
    profile: str
    edition: str
    package: str | None = None
    calendar: CalendarKind = "none"
    zoom_plan: ZoomPlan | None = None
    zoom_cloud: Cloud = "commercial"
    earlier: tuple[EarlierProfile, ...] = ()
    created_at: AwareDatetime

    @property
    def under(self) -> str:
        """The profile and edition it is under, ``NAME@EDITION``."""
        return f"{self.profile}@{self.edition}"

    def left(self, under: str) -> EarlierProfile | None:
        """Return what it was under a profile it left."""
        return next((one for one in self.earlier if f"{one.profile}@{one.edition}" == under), None)


class GrantRecord(Value):
    """One live token pair of (Zoom app, Zoom user); several connections may rest on it.

    ``app`` is the configured app's name, ``client_id`` its identity at Zoom. ``generation`` rises with each new
    token pair. ``ended``: of a dead one, what Zoom says ended it.
    """

    id: str
    app: str
    client_id: str
    zoom_user_id: str
    zoom_account_id: str
    api_url: str
    access_token: SecretStr
    refresh_token: SecretStr
    scopes: frozenset[str]
    expires_at: AwareDatetime
    state: Literal["live", "dead"] = "live"
    ended: GrantEnd | None = None
    generation: int = 1


class ConnectionRecord(Value):
    """A connection of an organization (``owner`` = its id) or of a member (``owner`` = the member's id)."""

    id: str
    organization_id: str
    level: Level
    owner: str
    phase: str
    grant_id: str | None = None
    zoom_user: ZoomUser | None = None
    scopes: frozenset[str] = frozenset()
    revision: int = 1


Closed = Literal["used", "replaced", "connected", "ended"]
"""Why a ticket is closed: used up, a newer one took its place, connected by another way, what it was for ended."""


class TicketRecord(Value):
    """One of our own addresses that leads to Zoom's consent page; only a hash of its secret is kept.

    ``expires_at=None``: open until it is closed. Each opening makes a fresh attempt. ``single_use``: good until it
    was used or replaced.
    """

    token_hash: str
    organization_id: str
    level: Level
    path: Literal["direct", "shared"]
    app: AppKind
    started_by: str
    must_be_email: Email | None = None
    single_use: bool = True
    created_at: AwareDatetime
    expires_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    closed_because: Closed | None = None


class AttemptRecord(Value):
    """One OAuth attempt: single use, ten minutes. ``binding_hash``: of the browser cookie it belongs to."""

    state_hash: str
    organization_id: str
    level: Level
    path: Literal["direct", "shared"]
    app: str
    started_by: str
    must_be_email: Email | None = None
    verifier: SecretStr
    binding_hash: str | None = None
    ticket_hash: str | None = None
    created_at: AwareDatetime
    expires_at: AwareDatetime
    used_at: AwareDatetime | None = None
    outcome: Outcome | None = None


class DirectoryAge(Value):
    """How old the Zoom users seen through a grant are.

    ``marks`` counts how often Zoom said that they changed, ``marks_seen`` how often it had when they were asked
    for: a change that happens while a list is on its way makes it out of date, whatever the clocks say.
    """

    fetched_at: AwareDatetime
    marks: int = 0
    marks_seen: int = 0
    stale_because: str | None = None

    @property
    def stale(self) -> bool:
        """Whether something changed since they were asked for."""
        return self.marks > self.marks_seen


class HostDayRecord(Value):
    """A host's changes (meetings created or updated) of one UTC day; ``used_up``: Zoom said that it takes no more."""

    host_id: str
    day: date
    changes: int = 0
    used_up: bool = False


class HostMove(Value):
    """An interview on its way to another host, kept until everything of it is done.

    ``to`` is who hosts then, ``leaves`` the id of the meeting it had, ``marker`` finds the new one at Zoom.
    ``interview``: as it will be. ``taken_over``: it states the new link, and the earlier meeting is left to delete.
    """

    to: Email
    leaves: str
    marker: str
    interview: Interview
    taken_over: bool = False


class InterviewRecord(Value):
    """An interview as kept: looked-up facts are not stored in it. ``sequence`` counts what invitees were told.

    ``attention``: what is said of it since a connection went and left it without a way to Zoom. ``unconfirmed``: its
    time is proposed, not agreed, so it is brought no further than *saved*. ``differs``: what is said of it while Zoom
    has its meeting otherwise than it is here, until somebody decides. ``moving``: its move to another host was
    begun and is not completed.
    """

    id: str
    organization_id: str
    panel_id: str
    profile: str
    edition: str
    interview: Interview
    state: Literal["live", "cancelled"] = "live"
    given: GivenLink | None = None
    meeting_id: str | None = None
    marker: str
    sequence: int = 0
    attention: Say | None = None
    differs: Say | None = None
    unconfirmed: bool = False
    moving: HostMove | None = None
    created_at: AwareDatetime

    @property
    def under(self) -> str:
        """The profile and edition it was decided with and stays under, ``NAME@EDITION``."""
        return f"{self.profile}@{self.edition}"


class MeetingRecord(Value):
    """A meeting at Zoom and the connection it was made through; ``instance`` is the uuid of its first being held.

    ``span``: when Zoom has it, as far as is known; ``None`` of meetings made before that was kept. ``changing_since``:
    a change of ours is on its way to Zoom, so that its news are not taken for somebody else's.
    """

    organization_id: str
    connection_id: str
    meeting: Meeting
    instance: str | None = None
    state: Literal["live", "deleted"] = "live"
    span: Span | None = None
    changing_since: AwareDatetime | None = None
    created_at: AwareDatetime


class IntentRecord(Value):
    """What was about to be asked of Zoom, committed before the call.

    ``committed`` = the call may be under way; ``unclear`` = it ended without a usable answer; ``done`` and
    ``failed`` are final; ``reason`` says in words what a failed one ended with. At most one intent of an interview
    is committed or unclear. ``host_path`` is how Zoom is told the host: ``me`` through a user-managed app, the Zoom
    user's id otherwise.
    """

    id: str
    organization_id: str
    interview_id: str
    connection_id: str
    host_path: str
    choice: HostChoice
    draft: MeetingDraft
    insist: frozenset[Insisted] = frozenset()
    marker: str
    turn: Turn | None = None
    state: Literal["committed", "unclear", "done", "failed"] = "committed"
    reason: str | None = None
    created_at: AwareDatetime


class DecisionRecord(Value):
    """An answer of a profile as kept for `explain`: reasons and the facts they name, never the whole request."""

    id: str
    organization_id: str
    interview_id: str | None = None
    hook: str
    question: str
    kind: str
    answer: dict[str, JsonValue]
    profile: str
    edition: str
    version: str
    amended_by: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()
    at: AwareDatetime


class LetterRecord(Value):
    """One composed invite, exactly as it goes out, and how far it has come.

    ``draft`` is what it was packed from, as JSON: an edited letter is packed from it anew, and ``edited`` says that a
    person rewrote it. ``calendar``: which calendar system takes it, if it is an event.
    """

    id: str
    organization_id: str
    panel_id: str
    interview_id: str
    audience: Audience
    channel: Literal["calendar", "mail"]
    calendar: CalendarKind | None = None
    recipients: tuple[Email, ...]
    uid: str
    sequence: int
    method: Literal["REQUEST", "CANCEL"] | None = None
    subject: str
    text: str
    html: str
    ics: bytes | None = None
    eml: bytes
    draft: str
    release: Literal["at_once", "on_send"]
    editable: frozenset[Literal["subject", "body"]] = frozenset()
    edited: bool = False
    state: Literal["drafted", "previewed", "sent", "dropped"] = "drafted"
    created_at: AwareDatetime
    sent_at: AwareDatetime | None = None


class NoticeRecord(Value):
    """Somebody is told what happened. ``event`` makes it single: the same event never tells anybody twice.

    ``next_label`` and ``next_page``: the one thing to do next and where, as the product calls it. ``delivered_at``:
    when it left the house; ``None`` = it still has to.
    """

    id: str
    organization_id: str
    event: str
    to: str
    recipient: str | None = None
    say: Say
    text: str
    next_label: str = ""
    next_page: str = ""
    at: AwareDatetime
    delivered_at: AwareDatetime | None = None


class InboxRecord(Value):
    """A verified webhook of Zoom, kept before it was answered; ``digest`` makes redelivery harmless."""

    id: str
    app: str
    digest: str
    body: bytes
    received_at: AwareDatetime
    handled_at: AwareDatetime | None = None
