"""What the use cases return: plain values a face can print, draw or send as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.model import Action, Because, Considered, Detail, Level, PhaseKind, Value

StepKind = Literal["done", "go_to_zoom", "share_link", "ask_approval", "confirm", "instruct", "keep", "refusal"]


class GateOutcome(Value):
    """What came of an action: the profile's step, in words.

    ``url``: where a person has to go (with ``go_to_zoom`` and ``share_link``). ``code`` is the refusal's stable
    code. ``phase`` is the connection's phase afterwards, ``phase_label`` and ``colour`` how it reads.
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
    next: tuple[Action, ...] = ()
    phase: str
    phase_label: str
    colour: str = "grey"
    because: tuple[Because, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the profile said no."""
        return self.kind in {"refusal", "instruct"}


class Offer(Value):
    """One action as a page would offer it now: its label, whether it is allowed, and if not, why."""

    action: Action
    level: Level
    label: str
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
    ``asked`` lists the meeting settings sent (``name=value``).
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
    next: tuple[Action, ...] = ()
    host: str | None = None
    via: Level | None = None
    considered: tuple[Considered, ...] = ()
    because: tuple[Because, ...] = ()
    meeting: MeetingView | None = None
    shows: tuple[tuple[str, tuple[Detail, ...]], ...] = ()
    asked: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
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


class NoticeView(Value):
    """A notice as listed."""

    to: str
    text: str
    at: AwareDatetime


class InterviewView(Value):
    """An interview as listed."""

    id: str
    panel: str
    subject: str | None
    start: AwareDatetime | None
    minutes: int | None
    zone: str | None
    stage: str
    state: str
    host: str | None = None
    join_url: str | None = None
    letters_sent: int = 0
    unclear: bool = False


class OrganizationView(Value):
    """An organization as listed, with the settings that differ from nothing said."""

    id: str
    name: str
    profile: str
    edition: str
    product: str
    package: str | None
    calendar: str
    zoom_plan: str | None
    members: tuple[tuple[str, tuple[str, ...]], ...]
    settings: tuple[tuple[str, str], ...] = ()
    deviating: tuple[str, ...] = ()


class StatusView(Value):
    """An organization's state: connections, interviews, notices."""

    organization: OrganizationView
    connections: tuple[ConnectionView, ...]
    interviews: tuple[InterviewView, ...]
    notices: tuple[NoticeView, ...]


class ReasonView(Value):
    """One reason in words: the clause, what it says, and about whom."""

    clause: str
    basis: str
    says: str
    about: str = ""
    fact: str = ""


class DecisionView(Value):
    """One stored decision, for `explain`."""

    hook: str
    question: str
    kind: str
    at: AwareDatetime
    message: str = ""
    reasons: tuple[ReasonView, ...]
    considered: tuple[Considered, ...] = ()
    profile: str
    version: str
    amended_by: tuple[str, ...] = ()


class Explanation(Value):
    """Everything that was decided about an interview, in order."""

    interview: InterviewView
    organization: str
    decisions: tuple[DecisionView, ...]


class DisconnectOutcome(Value):
    """What a disconnect changes, and what it leaves alone. ``dry_run``: what it *would* change."""

    organization: str
    dry_run: bool
    kind: Literal["confirm", "done", "refusal"]
    message: str = ""
    code: str | None = None
    next: tuple[Action, ...] = ()
    ends: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()
