"""What the use cases return: plain values a face can print, draw or send as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.engine.ending_views import DisconnectPlan
from greenroom.model import Action, Because, Considered, Detail, Level, PhaseKind, Value
from greenroom.profiles import RecipeDescription

StepKind = Literal["done", "go_to_zoom", "share_link", "ask_approval", "confirm", "instruct", "keep", "refusal"]


class WayOn(Value):
    """Something a person can do next, as the product calls it; ``where``: the page of the product it is on."""

    action: Action
    level: Level
    label: str
    where: str = ""


class GateOutcome(Value):
    """What came of an action: the profile's step, in words.

    ``url``: where a person has to go (with ``go_to_zoom`` and ``share_link``). ``code`` is the refusal's stable
    code. ``next`` are the actions a refusal leaves, ``ways_on`` the same with their labels; ``instructions`` is the
    recipe to follow first. ``phase`` is the connection's phase afterwards, ``phase_label`` and ``colour`` how it
    reads. ``deviating``: what makes the answer this deployment's and not the product's.
    """

    organization: str
    action: Action
    level: Level
    kind: StepKind
    message: str = ""
    code: str | None = None
    url: str | None = None
    url_expires_at: AwareDatetime | None = None
    recipe: str | None = None
    instructions: RecipeDescription | None = None
    next: tuple[Action, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    phase: str
    phase_label: str
    colour: str = "grey"
    because: tuple[Because, ...] = ()
    warnings: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the profile said no."""
        return self.kind in {"refusal", "instruct"}


class Offer(Value):
    """One action as a page would offer it now: its label, whether it is allowed, and if not, why."""

    action: Action
    level: Level
    label: str
    where: str = ""
    allowed: bool
    why: str = ""
    because: tuple[Because, ...] = ()


class LetterView(Value):
    """A letter as listed: to whom, how, and which meeting details it shows."""

    id: str
    interview: str
    audience: str
    channel: str
    recipients: tuple[str, ...]
    subject: str
    text: str = ""
    shows_link: bool
    state: str
    editable: tuple[str, ...] = ()


InterviewOutcomeKind = Literal["made", "link", "not_yet", "none", "refused", "failed", "unclear", "planned"]


class MeetingView(Value):
    """A meeting as shown to people who may see it; never a start URL or host key."""

    id: str
    join_url: str
    host: str
    via: Level
    degraded: tuple[str, ...] = ()


class InterviewOutcome(Value):
    """What became of one interview.

    ``planned`` is a dry run's *made*: host and settings are decided, nothing was written or asked of Zoom.
    ``asked`` lists the meeting settings sent (``name=value``). ``host`` of one that failed is who was chosen.
    ``not_before``: when Zoom takes it again, where a limit was reached. ``happened``: what came before this outcome,
    sentence by sentence, when the first decision could not be carried out. ``deviating``: what makes a decision
    this deployment's and not the product's. ``defaults``: what core did of its own, where the product's document is
    silent.
    """

    id: str
    panel: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    interviewers: tuple[str, ...] = ()
    kind: InterviewOutcomeKind
    message: str = ""
    code: str | None = None
    not_before: AwareDatetime | None = None
    happened: tuple[str, ...] = ()
    next: tuple[Action, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    host: str | None = None
    via: Level | None = None
    considered: tuple[Considered, ...] = ()
    because: tuple[Because, ...] = ()
    meeting: MeetingView | None = None
    shows: tuple[tuple[str, tuple[Detail, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()
    letters: tuple[LetterView, ...] = ()


class PanelOutcome(Value):
    """What became of a panel, interview by interview."""

    organization: str
    panel: str
    dry_run: bool = False
    interviews: tuple[InterviewOutcome, ...]


class ConnectionView(Value):
    """A connection as listed."""

    level: Level
    level_label: str
    owner: str
    phase: str
    label: str
    colour: str
    kind: PhaseKind
    zoom_user: str | None = None


class MemberConnectionView(Value):
    """A member and the connection that is theirs to use: no ``type`` unless they are connected."""

    email: str
    roles: tuple[str, ...]
    active: bool
    connected: bool
    type: Level | None = None
    type_label: str = ""
    zoom_user: str | None = None


class MembersOutcome(Value):
    """Who is connected and how, as whoever manages the integration sees it; or why they may not."""

    organization: str
    kind: Literal["done", "refusal"]
    message: str = ""
    code: str | None = None
    members: tuple[MemberConnectionView, ...] = ()
    because: tuple[Because, ...] = ()


class SetupView(Value):
    """What a member's own Zoom page shows: one connection, the one that is used, and what they may do about it.

    ``hidden``: other connections they have, which come forward when the shown one ends. ``button``: what the
    button beside the shown one says, where the product has one.
    """

    organization: str
    member: str
    connected: bool
    shown: ConnectionView
    button: str | None = None
    hidden: tuple[ConnectionView, ...] = ()
    ways_on: tuple[WayOn, ...] = ()


class RoomView(Value):
    """A Zoom Room as listed; ``status`` is Zoom's word for what it is doing."""

    name: str
    status: str | None = None


class RoomsOutcome(Value):
    """The account's Zoom Rooms, or why they are not listed."""

    organization: str
    kind: Literal["done", "refusal"]
    message: str = ""
    code: str | None = None
    ways_on: tuple[WayOn, ...] = ()
    rooms: tuple[RoomView, ...] = ()
    because: tuple[Because, ...] = ()


class NoticeView(Value):
    """A notice as listed."""

    to: str
    text: str
    at: AwareDatetime


class InterviewView(Value):
    """An interview as listed.

    ``attention``: what is said of one that a lost connection left without a way to Zoom. ``room_booked``: the
    calendar event that names the room went out. ``profile``: the one it was decided with and stays under.
    """

    id: str
    panel: str
    profile: str = ""
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    stage: str
    state: str
    host: str | None = None
    join_url: str | None = None
    room: str | None = None
    room_booked: bool = False
    letters_sent: int = 0
    unclear: bool = False
    attention: str = ""


class OrganizationView(Value):
    """An organization as listed, with the settings that differ from nothing said.

    ``deviating``: parameters of its profile that this deployment overrides. ``silent``: what its product's document
    says nothing of, so that core's defaults apply. ``earlier``: the profiles it left, which interviews may be under.
    """

    id: str
    name: str
    profile: str
    edition: str
    earlier: tuple[str, ...] = ()
    product: str
    package: str | None
    calendar: str
    zoom_plan: str | None
    members: tuple[tuple[str, tuple[str, ...]], ...]
    settings: tuple[tuple[str, str], ...] = ()
    deviating: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


class HostDayView(Value):
    """How many changes of a host's meetings (creates and updates) Zoom still takes before ``resets_at``.

    ``remaining`` is an upper bound: others may change the host's meetings too. It is 0 once Zoom said so.
    """

    host: str
    changes: int
    remaining: int
    resets_at: AwareDatetime


class WaitingView(Value):
    """Somebody who is awaited from Zoom's pages: ``until`` when, ``None`` = until it is used or closed.

    ``over``: nobody came back in time, so it has to be begun anew.
    """

    level: Level
    level_label: str
    path: Literal["direct", "shared"]
    started_by: str
    since: AwareDatetime
    until: AwareDatetime | None
    over: bool = False


class StatusView(Value):
    """An organization's state: connections, interviews, notices, the hosts whose meetings were changed today, and who
    is awaited from Zoom's pages."""

    organization: OrganizationView
    connections: tuple[ConnectionView, ...]
    interviews: tuple[InterviewView, ...]
    notices: tuple[NoticeView, ...]
    host_days: tuple[HostDayView, ...] = ()
    waiting: tuple[WaitingView, ...] = ()


class ReasonView(Value):
    """One reason in words: the clause, what it says, and about whom."""

    clause: str
    basis: str
    says: str
    about: str = ""
    fact: str = ""


class DecisionView(Value):
    """One stored decision, for `explain`. ``deviating``: what makes it this deployment's and not the product's."""

    hook: str
    question: str
    kind: str
    at: AwareDatetime
    message: str = ""
    reasons: tuple[ReasonView, ...]
    considered: tuple[Considered, ...] = ()
    warnings: tuple[str, ...] = ()
    profile: str
    version: str
    amended_by: tuple[str, ...] = ()
    deviating: tuple[str, ...] = ()


class CreationView(Value):
    """A meeting that was to be made at Zoom for an interview, and what came of it.

    ``state``: ``done``, ``failed`` (``reason`` says why), ``unclear`` or, while the call may be under way,
    ``committed``.
    """

    at: AwareDatetime
    host: str
    state: str
    reason: str | None = None


class Explanation(Value):
    """Everything that was decided about an interview, and what was asked of Zoom then, each in order."""

    interview: InterviewView
    organization: str
    decisions: tuple[DecisionView, ...]
    creations: tuple[CreationView, ...] = ()


class DisconnectOutcome(Value):
    """What a disconnect changes, and what it leaves alone. ``dry_run``: what it *would* change.

    ``plan`` says so in full, ``ends`` and ``keeps`` in a few sentences. ``unrevoked``: of which Zoom users the grant
    could not be ended at Zoom; it lives there until it expires or is removed under Zoom's Installed Apps.
    """

    organization: str
    dry_run: bool
    kind: Literal["confirm", "done", "refusal"]
    message: str = ""
    code: str | None = None
    next: tuple[Action, ...] = ()
    ways_on: tuple[WayOn, ...] = ()
    plan: DisconnectPlan | None = None
    ends: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    unrevoked: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()
    warnings: tuple[str, ...] = ()
