"""Requests to the acme profile, consistent and complete."""

from __future__ import annotations

from greenroom.conformance import facts
from greenroom.model import (
    Action,
    Attempt,
    AuthorizeRequest,
    Cause,
    ChangeRequest,
    Connection,
    CreateRequest,
    DisconnectRequest,
    HostChoice,
    HostRequest,
    InviteRequest,
    Level,
    MeetingRequest,
    Member,
    Person,
    PhaseKind,
    Stage,
    ZoomUser,
)
from greenroom.rules import because

ORGANIZATION = facts.organization()
ADMINISTRATOR = facts.member("Administrator")
ON = facts.connection(phase="on")
GRANTED = Attempt(path="direct", started_by="mem_rita", level=Level.ORGANIZATION, outcome="granted")


def authorize(
    action: Action = Action.CONNECT,
    *,
    actor: Member | None = ADMINISTRATOR,
    attempt: Attempt | None = None,
    zoom: ZoomUser | None = None,
) -> AuthorizeRequest:
    """Ask for an action at organization level."""
    return AuthorizeRequest(
        organization=ORGANIZATION, actor=actor, at=facts.NOW, action=action, attempt=attempt, zoom=zoom
    )


def completed() -> AuthorizeRequest:
    """Ask after a Zoom admin granted."""
    return authorize(Action.COMPLETE, attempt=GRANTED, zoom=facts.zoom_user(role="admin"))


def meeting(stage: Stage = Stage.SAVED) -> MeetingRequest:
    """Ask whether a meeting is wanted."""
    interview = facts.interview(stage=stage)
    return MeetingRequest(organization=ORGANIZATION, actor=ADMINISTRATOR, at=facts.NOW, interview=interview)


def host(*connections: Connection, interviewers: tuple[Person, ...] = ()) -> HostRequest:
    """Ask who hosts, with these connections or the one that is on."""
    return HostRequest(
        organization=ORGANIZATION,
        actor=ADMINISTRATOR,
        at=facts.NOW,
        connections=connections or (ON,),
        interview=facts.interview(*interviewers, stage=Stage.SAVED),
    )


def create(stage: Stage = Stage.SAVED) -> CreateRequest:
    """Ask what to create for the host of the connection that is on."""
    assert ON.zoom_user is not None
    return CreateRequest(
        organization=ORGANIZATION,
        actor=ADMINISTRATOR,
        at=facts.NOW,
        connections=(ON,),
        interview=facts.interview(stage=stage),
        choice=HostChoice(host=ON.zoom_user, via=ON, because=because("ACME-03")),
    )


def invite() -> InviteRequest:
    """Ask who is told."""
    interview = facts.interview(stage=Stage.SAVED)
    return InviteRequest(organization=ORGANIZATION, actor=ADMINISTRATOR, at=facts.NOW, interview=interview)


def disconnect(cause: Cause = Cause.PERSON) -> DisconnectRequest:
    """Ask what ends."""
    return DisconnectRequest(organization=ORGANIZATION, actor=ADMINISTRATOR, at=facts.NOW, cause=cause, connection=ON)


def change() -> ChangeRequest:
    """Ask what follows a cancellation."""
    assert ON.zoom_user is not None
    return ChangeRequest(
        organization=ORGANIZATION,
        actor=ADMINISTRATOR,
        at=facts.NOW,
        before=facts.interview(stage=Stage.SAVED),
        after=None,
        meeting=facts.meeting(ON.zoom_user, ON),
    )


IDLE = facts.connection(phase="off", kind=PhaseKind.IDLE)
