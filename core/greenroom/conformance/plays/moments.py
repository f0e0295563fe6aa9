"""What is seen of a play at one moment: letters that left, meetings at Zoom, interviews, connections, live grants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from greenroom.whatif.stage import ORGANIZATION, Came, Stage


class ZoomMeeting(BaseModel):
    """A meeting as Zoom has it; ``minutes`` is its planned length, ``deleted_at`` is set once it is gone."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    id: int
    host_email: str
    topic: str
    start: AwareDatetime | None = Field(alias="start_time")
    minutes: int = Field(alias="duration")
    passcode: str = Field(alias="password")
    pmi: str | None
    join_url: str
    settings: dict[str, object]
    deleted_at: AwareDatetime | None = None

    @property
    def end(self) -> datetime | None:
        """When it is planned to end."""
        return None if self.start is None else self.start + timedelta(minutes=self.minutes)


class _Grant(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    app: str
    user: str
    ended: str | None = None


_MEETINGS: TypeAdapter[tuple[ZoomMeeting, ...]] = TypeAdapter(tuple[ZoomMeeting, ...])
_GRANTS: TypeAdapter[tuple[_Grant, ...]] = TypeAdapter(tuple[_Grant, ...])


@dataclass(frozen=True)
class SentLetter:
    """A letter that left the house, of the interview that the play calls so; ``eml`` is the whole mail message."""

    interview: str
    audience: str
    recipients: tuple[str, ...]
    uid: str
    sequence: int
    method: Literal["REQUEST", "CANCEL"] | None
    subject: str
    text: str
    html: str
    ics: bytes | None
    eml: bytes


@dataclass(frozen=True)
class SeenInterview:
    """An interview as it is listed."""

    state: str
    host: str | None
    join_url: str | None
    start: datetime | None
    minutes: int | None
    zone: str | None


@dataclass(frozen=True)
class SeenConnection:
    """A connection as it is listed: whose it is, its phase, what core makes of that, and its Zoom user."""

    level: str
    owner: str
    phase: str
    kind: str
    zoom_user: str | None


@dataclass(frozen=True)
class Moment:
    """Everything seen after one step, and what the step came to.

    Attributes:
        letters: all that were sent so far, in order.
        meetings: every meeting ever made at Zoom, deleted ones too.
        grants: the grants that are live at Zoom, as app and Zoom user.
        settings: those of the organization that are not as they were at first.
    """

    at: datetime
    came: Came
    letters: tuple[SentLetter, ...]
    meetings: tuple[ZoomMeeting, ...]
    interviews: Mapping[str, SeenInterview]
    connections: tuple[SeenConnection, ...]
    grants: frozenset[tuple[str, str]]
    settings: tuple[tuple[str, str], ...]

    def meeting_of(self, interview: str) -> ZoomMeeting | None:
        """Return the meeting at Zoom whose link an interview states, if it has one."""
        seen = self.interviews.get(interview)
        url = seen.join_url if seen is not None else None
        return next((one for one in self.meetings if one.join_url == url), None)

    def letters_of(self, interview: str, audience: str) -> tuple[SentLetter, ...]:
        """Return what one audience was sent of an interview, in order."""
        return tuple(one for one in self.letters if (one.interview, one.audience) == (interview, audience))


async def look(stage: Stage, came: Came) -> Moment:
    """Return what is seen now."""
    status = await stage.greenroom.status(ORGANIZATION)
    ledger, world = await stage.control("GET", "ledger"), await stage.control("GET", "world")
    return Moment(
        at=stage.zoom.clock.now(),
        came=came,
        letters=tuple(
            SentLetter(
                interview=stage.name_of_interview(one.interview_id),
                **{name: getattr(one, name) for name in SentLetter.__annotations__ if name != "interview"},
            )
            for one in stage.mailbox.letters
        ),
        meetings=_MEETINGS.validate_python(ledger["meetings"]),
        interviews={
            stage.name_of_interview(one.id): SeenInterview(
                one.state, one.host, one.join_url, one.start, one.minutes, one.zone
            )
            for one in status.interviews
        },
        connections=tuple(
            SeenConnection(one.level.value, one.owner, one.phase, one.kind.value, one.zoom_user)
            for one in status.connections
        ),
        grants=frozenset((one.app, one.user) for one in _GRANTS.validate_python(world["grants"]) if not one.ended),
        settings=status.organization.settings,
    )
