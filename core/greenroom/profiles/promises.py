"""What every answer keeps, whatever the profile: judged before anybody acts on it.

A complaint names kinds, keys and clause ids, never anything of the people or meetings a request was about.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar, get_args

from pydantic import ValidationError

from greenroom.model import (
    Action,
    Answer,
    Ask,
    AskApproval,
    AuthorizeRequest,
    Because,
    Change,
    ChangeRequest,
    Choice,
    Clause,
    Confirm,
    Considered,
    CreateRequest,
    Detail,
    DisconnectRequest,
    Done,
    Follow,
    GoToZoom,
    HostChoice,
    HostRequest,
    Instruct,
    Invite,
    InviteRequest,
    Invites,
    Keep,
    Letters,
    Level,
    Loss,
    MeetingRequest,
    NewMeeting,
    NoMeeting,
    Notice,
    NotYet,
    PhaseKind,
    Plan,
    Refusal,
    Say,
    ShareLink,
    Stage,
    Step,
    UseLink,
    Want,
    Wanted,
    ZoomUser,
    normalize_email,
)
from greenroom.profiles.errors import Origin, WrongAnswer
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest

R = TypeVar("R", bound=Ask)
A = TypeVar("A", bound=Answer)


class Complaint(NamedTuple):
    """What came, and what is allowed instead."""

    came: str
    allowed: str


Complaints = Iterator[Complaint]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a profile declares; an answer may speak of nothing else."""

    manifest: Manifest
    labels: Labels
    clauses: Mapping[str, Clause]
    templates: frozenset[str]

    def phase(self, level: Level, name: str | None) -> Complaints:
        """Complain about a phase that is not declared for the level; ``None`` means that it stays."""
        names = [phase.name for phase in self.manifest.phases.get(level, ())]
        if name is not None and name not in names:
            yield Complaint(f"phase {name!r} for level {level.value!r}", f"one of: {', '.join(names)}")


@dataclass(frozen=True)
class Question(Generic[R, A]):
    """A hook, the kinds of answer it has, and what each of them promises."""

    hook: str
    answers: tuple[type[A], ...]
    promises: Callable[[A, R, Ground], Complaints]

    def judge(self, answer: object, request: R, ground: Ground, by: Origin) -> A:
        """Return ``answer``, which is now known to be one.

        Raises:
            WrongAnswer: it is none, or breaks a promise; ``by`` is whose answer it is.
        """
        if not isinstance(answer, self.answers) or type(answer) not in self.answers:
            raise WrongAnswer(by, self.hook, _kind_of(answer), self._kinds())
        for complaint in self._complaints(answer, request, ground):
            raise WrongAnswer(by, self.hook, *complaint)
        return answer

    def _kinds(self) -> str:
        return ", ".join(kind.__name__ for kind in self.answers)

    def _complaints(self, answer: A, request: R, ground: Ground) -> Complaints:
        yield from _well_formed(answer)
        yield from _known_words_and_reasons(answer, ground)
        yield from self.promises(answer, request, ground)


def _kind_of(answer: object) -> str:
    if isinstance(answer, Coroutine):
        answer.close()  # else Python warns later that it was never awaited
        return "a coroutine"
    return "nothing (None)" if answer is None else f"a {type(answer).__name__}"


def _well_formed(answer: Answer) -> Complaints:
    # An answer that was copied with changes has not been validated.
    try:
        type(answer).model_validate(dict(answer))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(part) for part in first["loc"])
        yield Complaint(f"a {type(answer).__name__} whose {field!r} is wrong", first["msg"])


def _known_words_and_reasons(answer: Answer, ground: Ground) -> Complaints:
    for part in _parts(answer):
        if isinstance(part, Because) and part.clause not in ground.clauses:
            yield Complaint(f"a reason citing clause {part.clause!r}", "a clause of clauses.yaml, or a CORE one")
        if isinstance(part, Say) and part.key not in ground.labels.messages:
            yield Complaint(
                f"the message key {part.key!r}", f"a key under 'messages' of labels/{ground.labels.edition}.yaml"
            )


def _parts(value: object) -> Iterator[Say | Because]:
    if isinstance(value, Say | Because):
        yield value
    elif isinstance(value, Answer | Notice | Considered | Invite):
        for field in value.__dict__.values():
            yield from _parts(field)
    elif isinstance(value, tuple):
        for item in value:
            yield from _parts(item)


def _step(answer: Step, request: AuthorizeRequest, ground: Ground) -> Complaints:
    match answer:
        case Keep():
            yield from _keep(answer, request, ground)
        case Done():
            yield from ground.phase(request.level, answer.phase)
            yield from _verified(answer, request)
            yield from _used(answer, request)
        case GoToZoom() | ShareLink():
            yield from ground.phase(request.level, answer.phase)
            app = ground.manifest.apps.get(request.level)
            if answer.app != app:
                yield Complaint(f"the {answer.app} app for level {request.level.value!r}", f"the {app} app")
        case AskApproval():
            yield from ground.phase(request.level, answer.phase)
            if request.action is not Action.ASK_APPROVAL:
                yield Complaint(f"AskApproval to action {request.action.value!r}", "it only to 'ask_approval'")
        case Instruct() if answer.recipe not in ground.manifest.recipes:
            names = ", ".join(sorted(ground.manifest.recipes)) or "none is declared"
            yield Complaint(f"recipe {answer.recipe!r}", f"a recipe of the manifest: {names}")
        case _:
            pass


def _keep(answer: Keep, request: AuthorizeRequest, ground: Ground) -> Complaints:
    if request.action is not Action.COMPLETE:
        yield Complaint(f"Keep to action {request.action.value!r}", "it only to 'complete'")
    if request.attempt is None or request.attempt.outcome != "granted" or request.zoom is None:
        yield Complaint("Keep without a grant", "it only when the attempt was granted and Zoom told who completed")
    if answer.level not in ground.manifest.levels:
        yield Complaint(f"Keep at level {answer.level.value!r}", "a level of the manifest")
    yield from ground.phase(answer.level, answer.phase)
    active = [spec.name for spec in ground.manifest.phases.get(answer.level, ()) if spec.kind is PhaseKind.ACTIVE]
    if answer.phase not in active:
        yield Complaint(f"Keep in phase {answer.phase!r}", f"a phase of kind 'active': {', '.join(active)}")


def _verified(answer: Done, request: AuthorizeRequest) -> Complaints:
    looked_up = request.change.looked_up if request.change else ()
    active = {person.email for person in looked_up if person.zoom is not None and person.zoom.status == "active"}
    if not {normalize_email(email) for email in answer.verified} <= active:
        yield Complaint("a verified address that is no active Zoom user", "addresses looked up for this change")


def _used(answer: Done, request: AuthorizeRequest) -> Complaints:
    if answer.via is None:
        return
    if request.action is not Action.USE:
        yield Complaint(f"Done with a connection to action {request.action.value!r}", "one only to 'use'")
    if answer.via not in request.connections or not answer.via.usable:
        yield Complaint("a connection that is not usable here", "a usable one of request.connections")


def _want(answer: Want, request: MeetingRequest, ground: Ground) -> Complaints:  # noqa: ARG001
    stage = request.interview.stage
    if isinstance(answer, NotYet) and answer.until <= stage:
        yield Complaint(f"NotYet until {answer.until.name.lower()}", f"a stage later than {stage.name.lower()}")


def _choice(answer: Choice, request: HostRequest, ground: Ground) -> Complaints:  # noqa: ARG001
    if not isinstance(answer, HostChoice):
        return
    if answer.host.status != "active":
        yield Complaint(f"a host who is {answer.host.status} at Zoom", "an active Zoom user")
    if answer.host.id not in _known_at_zoom(request):
        yield Complaint("a host whom the request does not name", "somebody of the connections, interviewers or hosts")
    if answer.via not in request.connections or not answer.via.usable:
        yield Complaint("a connection that is not usable here", "a usable one of request.connections")
    if answer.via.zoom_user is not None and not _same_account(answer.host, answer.via.zoom_user):
        yield Complaint("a host of another Zoom account", "a user of the account the connection belongs to")
    if answer.turn is not None and answer.turn.host not in answer.turn.pool:
        yield Complaint("a turn of somebody outside the pool", "a turn whose host is in its pool")


def _known_at_zoom(request: HostRequest) -> frozenset[str]:
    found = [person.zoom for person in (*request.interview.interviewers, *request.hosts)]
    found += [connection.zoom_user for connection in request.connections]
    return frozenset(user.id for user in found if user is not None)


def _same_account(host: ZoomUser, authorizer: ZoomUser) -> bool:
    known = (host.account.id, authorizer.account.id)
    return None in known or known[0] == known[1]


def _plan(answer: Plan, request: CreateRequest, ground: Ground) -> Complaints:
    if not isinstance(answer, NewMeeting):
        return
    earliest = Stage[ground.manifest.link.stage.upper()]
    if request.interview.stage < earliest:
        stage = request.interview.stage.name.lower()
        yield Complaint(f"a meeting at stage {stage}", f"one from stage {earliest.name.lower()} on (link.stage)")
    for name in sorted(answer.insist):
        if getattr(answer, name) is None:
            yield Complaint(f"insistence on {name!r}, which is not set", "insistence on fields the plan sets")


def _letters(answer: Letters, request: InviteRequest, ground: Ground) -> Complaints:  # noqa: ARG001
    for invite in answer.items if isinstance(answer, Invites) else ():
        if invite.template not in ground.templates:
            names = ", ".join(sorted(ground.templates)) or "none is complete"
            yield Complaint(f"template {invite.template!r}", f"one with subject, txt and html parts: {names}")
        unknown = sorted(set(invite.shows) - set(get_args(Detail)))
        if unknown:
            yield Complaint(f"the detail {unknown[0]!r} for {invite.audience}", f"{', '.join(get_args(Detail))}")


def _loss(answer: Loss, request: DisconnectRequest, ground: Ground) -> Complaints:
    yield from ground.phase(request.connection.level, answer.phase)


def _change(answer: Change, request: ChangeRequest, ground: Ground) -> Complaints:  # noqa: ARG001
    if request.by == "zoom" and isinstance(answer, Follow) and answer.at_zoom != "keep":
        yield Complaint(f"at_zoom={answer.at_zoom!r} for what was changed at Zoom", "at_zoom='keep'")


_STEPS = (Done, GoToZoom, ShareLink, AskApproval, Confirm, Instruct, Keep, Refusal)

AUTHORIZE = Question[AuthorizeRequest, Step]("authorize", _STEPS, _step)
WANT_MEETING = Question[MeetingRequest, Want]("want_meeting", (Wanted, UseLink, NotYet, NoMeeting, Refusal), _want)
SELECT_HOST = Question[HostRequest, Choice]("select_host", (HostChoice, Refusal), _choice)
CREATE_MEETING = Question[CreateRequest, Plan]("create_meeting", (NewMeeting, Refusal), _plan)
RENDER_INVITE = Question[InviteRequest, Letters]("render_invite", (Invites, Refusal), _letters)
DISCONNECT = Question[DisconnectRequest, Loss]("disconnect", (Loss,), _loss)
CHANGE = Question[ChangeRequest, Change]("change", (Follow, Refusal), _change)
