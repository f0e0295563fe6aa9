"""Judge a play by what can be seen from outside: the sandbox's ledger and the invites that were written.

The engine's own answers are not asked. What is checked: one meeting an interview and never two; what was cancelled
is gone and nothing else is; every invite names a meeting of the ledger, at the ledger's time, under a link that was
live when it was written; nobody got a host's start link.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import icalendar
from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter

from greenroom.cli.schemas import DemoInterview, DemoReport
from greenroom.cli.tables import clauses
from greenroom.demo.play import Played
from greenroom.engine.outcomes import InterviewOutcome
from greenroom.profiles import Profile

_HOST_ONLY = ("zak=", "/s/")


class LedgerMeeting(BaseModel):
    """A meeting as the ledger shows it."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: int
    host_email: str
    topic: str
    start_time: AwareDatetime | None
    join_url: str
    live: bool
    deleted_at: AwareDatetime | None
    updated_at: tuple[AwareDatetime, ...] = ()


class Ledger(BaseModel):
    """The sandbox's ledger, as far as it is judged by."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    create_requests: int
    meetings: tuple[LedgerMeeting, ...]


@dataclass(frozen=True)
class WrittenLetter:
    """One letter as written to disk: to whom, its text, and the event it carries."""

    recipients: tuple[str, ...]
    subject: str
    text: str
    method: str | None
    start: datetime | None
    uid: str | None

    @property
    def calls_off(self) -> bool:
        """Whether it takes an event back."""
        return self.method == "CANCEL"


def read_ledger(source: Mapping[str, object]) -> Ledger:
    """Return the ledger as values."""
    return TypeAdapter(Ledger).validate_python(source)


def read_letters(folder: Path) -> tuple[WrittenLetter, ...]:
    """Return every letter below ``folder``, read back from its ``.eml`` file."""
    return tuple(_letter(path) for path in sorted(folder.rglob("*.eml")))


def judge(
    profile: Profile, played: Played, ledger: Ledger, letters: tuple[WrittenLetter, ...], out: Path
) -> DemoReport:
    """Return the report of a play with everything found wrong; ``passed`` means nothing was."""
    findings = [*_meetings_wrong(played, ledger), *_letters_wrong(ledger, letters)]
    by_topic = {meeting.topic: meeting for meeting in ledger.meetings}
    interviews = tuple(_interview(one, played, by_topic, letters) for one in played.panel.interviews)
    stage = {"draft": "in the draft", "saved": "when saved", "confirmed": "when confirmed"}
    link = profile.manifest.link
    return DemoReport(
        profile=profile.name,
        product=profile.manifest.product,
        steps=played.steps,
        authorized_by=played.authorized_by,
        link_made=f"{stage[link.stage]} [{', '.join(link.clauses)}]",
        interviews=interviews,
        findings=tuple(findings),
        passed=not findings and bool(ledger.meetings) and bool(letters),
        out=str(out),
    )


def _meetings_wrong(played: Played, ledger: Ledger) -> Iterator[str]:
    titles = [one.subject for one in played.panel.interviews]
    cancelled = {one.subject for one in played.panel.interviews if one.id == played.cancelled}
    if ledger.create_requests != len(ledger.meetings):
        yield f"{ledger.create_requests} creates were asked of Zoom for {len(ledger.meetings)} meetings"
    for title in titles:
        made = [meeting for meeting in ledger.meetings if meeting.topic == title]
        if len(made) != 1:
            yield f"{title}: {len(made)} meetings in the ledger instead of one"
        elif made[0].live == (title in cancelled):
            yield f"{title}: " + ("cancelled, but still live at Zoom" if made[0].live else "gone at Zoom")
    moved = {one.subject for one in played.panel.interviews if one.id == played.rescheduled}
    for meeting in ledger.meetings:
        if bool(meeting.updated_at) != (meeting.topic in moved):
            yield f"{meeting.topic}: updated {len(meeting.updated_at)} time(s) at Zoom"


def _letters_wrong(ledger: Ledger, letters: Iterable[WrittenLetter]) -> Iterator[str]:
    by_link = {meeting.join_url: meeting for meeting in ledger.meetings}
    last: dict[str, WrittenLetter] = {}
    for letter in letters:
        if any(word in letter.text for word in _HOST_ONLY):
            yield f"{letter.subject}: shows a host's start link"
        if letter.uid is not None:
            last[letter.uid] = letter
    for letter in last.values():
        meeting = next((by_link[link] for link in by_link if link in letter.text), None)
        if meeting is None:
            continue
        if not meeting.live and not letter.calls_off:
            yield f"{letter.subject}: the last word of an invite names a meeting that is gone"
        if meeting.live and letter.start != meeting.start_time:
            yield f"{letter.subject}: invites say {letter.start}, Zoom says {meeting.start_time}"


def _interview(
    one: InterviewOutcome, played: Played, by_topic: dict[str, LedgerMeeting], letters: Iterable[WrittenLetter]
) -> DemoInterview:
    meeting = by_topic.get(one.subject or "")
    seen_by = sorted(
        {
            address
            for letter in letters
            if meeting is not None and meeting.join_url in letter.text
            for address in letter.recipients
        }
    )
    fate = "stays"
    if one.id == played.rescheduled:
        fate = "moved, same link"
    elif one.id == played.cancelled:
        fate = "cancelled, meeting deleted"
    start = meeting.start_time if meeting is not None else one.start
    return DemoInterview(
        title=one.subject or "",
        time=f"{start:%a %d %b %H:%M} UTC" if start else "open",
        host=meeting.host_email if meeting is not None else "nobody",
        why=clauses(played.reasons[one.id]),
        link=meeting.join_url if meeting is not None else "none",
        seen_by=tuple(seen_by),
        fate=fate if meeting is not None else one.message or one.kind,
    )


def _letter(path: Path) -> WrittenLetter:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    body = message.get_body(("plain",))
    recipients = tuple(one.addr_spec for one in message["To"].addresses)
    event, method = _event(message)
    start = event.decoded("DTSTART") if event is not None else None
    return WrittenLetter(
        recipients=recipients,
        subject=str(message["Subject"]),
        text=body.get_content() if body is not None else "",
        method=method,
        start=start.astimezone(UTC) if isinstance(start, datetime) else None,
        uid=str(event["UID"]) if event is not None else None,
    )


def _event(message: EmailMessage) -> tuple[icalendar.Event | None, str | None]:
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            calendar = icalendar.Calendar.from_ical(content)
            events = calendar.walk("VEVENT")
            event = events[0] if events else None
            assert event is None or isinstance(event, icalendar.Event)
            return event, str(calendar.get("METHOD"))
    return None, None
