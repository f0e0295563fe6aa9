"""Calls and chats with candidates, captured from Zoom into what is kept about them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from greenroom.engine.deployment import Deployment
from greenroom.engine.features import Allowed, Features
from greenroom.engine.held import interviews_about
from greenroom.engine.ports.activity import ActivityKind, ActivityRecord
from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import Access, ChatMessage, PhoneCall, RecordingFile, ZoomNotFound
from greenroom.engine.recordings import Found, Recordings, Write
from greenroom.engine.standing import Standing
from greenroom.errors import NotFound
from greenroom.model import Refusal, normalize_email

LOOK_BACK = timedelta(days=180)
"""How far calls and messages are looked for the first time; Zoom keeps no more."""

LOOK_AGAIN = timedelta(days=2)
"""What was captured is looked at again so far back: a recording comes later than its call."""

_LINE = re.compile(r"(?P<clock>\d{2}:\d{2}:\d{2})\t(?P<name>[^\t]*?):?\t(?P<text>.*)")


@dataclass(frozen=True)
class Known:
    """A candidate as an organization knows them: from the interviews with them."""

    email: str
    name: str
    phones: frozenset[str]
    interviews: tuple[InterviewRecord, ...]


def known_candidate(tx: Transaction, organization_id: str, email: str) -> Known:
    """Return a candidate; raises `NotFound` where no interview is with them."""
    wanted = normalize_email(email)
    records = interviews_about(tx, organization_id, candidate=wanted)
    people = [one for record in records for one in record.interview.candidates if one.email == wanted]
    if not people:
        raise NotFound("no interview here is with this candidate", where="candidate", next="Check the address")
    phones = frozenset(digits for one in people if (digits := digits_of(one.phone or "")))
    return Known(wanted, next((one.name for one in reversed(people) if one.name), ""), phones, records)


def digits_of(number: str) -> str:
    """Return a phone number as it is compared: its digits, with the country code, however it was written."""
    return re.sub(r"\D", "", number).removeprefix("00")


def callable_candidates(tx: Transaction, organization_id: str) -> tuple[Known, ...]:
    """Return the candidates of an organization whose phone number is known."""
    records = interviews_about(tx, organization_id)
    emails = dict.fromkeys(one.email for record in records for one in record.interview.candidates if one.phone)
    return tuple(known_candidate(tx, organization_id, email) for email in emails)


class Conversations:
    """Captures what was said to and by candidates, each time the profile lets whoever looks."""

    def __init__(self, deployment: Deployment, features: Features, recordings: Recordings) -> None:
        self._deployment = deployment
        self._features = features
        self._recordings = recordings

    async def capture_calls(self, standing: Standing, *people: Known) -> Refusal | None:
        """Keep the phone calls with candidates: when, how long, and whether they were recorded."""
        since = min([await self._since(standing, known, "call") for known in people])

        async def capture(allowed: Allowed) -> None:
            today = self._deployment.clock.now()

            async def ask(access: Access) -> tuple[PhoneCall, ...]:
                walk = self._deployment.zoom.calls(access, allowed.user, since=since.date(), until=_tomorrow(today))
                return tuple([call async for call in walk])

            calls = await allowed.call(ask)
            mine = [(known, call) for call in calls for known in people if _is_with(call, known)]
            await self._keep([self._call(standing, known, call) for known, call in mine])

        answer = await self._features.use(standing, "calls", capture)
        return answer if isinstance(answer, Refusal) else None

    async def capture_chat(self, standing: Standing, known: Known) -> Refusal | None:
        """Keep what was written to and by a candidate in Team Chat, and in the meetings held with them."""
        since = await self._since(standing, known, "team_chat")

        async def capture(allowed: Allowed) -> None:
            until = self._deployment.clock.now() + timedelta(days=1)

            async def ask(access: Access) -> tuple[ChatMessage, ...]:
                zoom = self._deployment.zoom
                walk = zoom.messages(access, allowed.user, known.email, since=since, until=until)
                return tuple([message async for message in walk])

            try:
                messages = await allowed.call(ask)
            except ZoomNotFound:
                messages = ()  # nobody's contact: nothing was written
            await self._keep([self._message(standing, known, one) for one in reversed(messages)])

        answer = await self._features.use(standing, "chat", capture)
        if isinstance(answer, Refusal):
            return answer
        await self._capture_meeting_chat(standing, known)
        return None

    async def keep_line(self, standing: Standing, known: Known, interview: str, uuid: str, line: ChatLine) -> None:
        """Keep a line of a meeting's chat that Zoom told of, where the profile lets chat be captured."""
        if not isinstance(self._features.ask(standing, "chat"), Refusal):
            await self._keep([self._line(standing, known, interview, uuid, line)])

    async def download_call(self, standing: Standing, recording: str, write: Write) -> int | Refusal:
        """Stream the recording of a call to ``write``; return its length in bytes. Raises `NotFound`."""

        async def download(allowed: Allowed) -> int:
            now, zoom = self._deployment.clock.now(), self._deployment.zoom

            async def address(access: Access) -> str | None:
                begin = (now - LOOK_BACK).date()
                async for one in zoom.call_recordings(access, allowed.user, since=begin, until=_tomorrow(now)):
                    if one.id == recording:
                        return one.download_url
                return None

            url = await allowed.call(address)
            if url is None:
                raise NotFound(f"no recorded call {recording!r}", next="`greenroom calls ORG` lists them")
            return await allowed.call(lambda access: zoom.download(access, url, write))

        return await self._features.use(standing, "calls", download)

    async def _capture_meeting_chat(self, standing: Standing, known: Known) -> None:
        """Keep the chat of recorded meetings, where recordings may be read, too."""
        found = await self._recordings.walk(standing, "recordings", None, known.email)
        for one in found if not isinstance(found, Refusal) else ():
            for file in one.recording.files:
                if file.kind == "CHAT" and file.complete:
                    content = await self._recordings.content(one, file)
                    await self._keep(self._lines(standing, known, one, file, content))

    def _lines(
        self, standing: Standing, known: Known, found: Found, file: RecordingFile, content: bytes
    ) -> tuple[ActivityRecord, ...]:
        interview, uuid = found.held.record.id, found.recording.uuid
        return tuple(self._line(standing, known, interview, uuid, line) for line in chat_lines(content, file))

    def _line(self, standing: Standing, known: Known, interview: str, uuid: str, line: ChatLine) -> ActivityRecord:
        return self._activity(
            standing,
            known,
            "meeting_chat",
            source=meeting_chat_source(uuid, line),
            at=line.at,
            who=line.who,
            text=line.text,
            interview_id=interview,
        )

    def _call(self, standing: Standing, known: Known, call: PhoneCall) -> ActivityRecord:
        return self._activity(
            standing,
            known,
            "call",
            source=f"call:{call.id}",
            at=call.begun_at,
            who=call.name or call.number,
            seconds=call.seconds,
            direction=call.direction,
            result=call.result,
            recording=call.recording,
        )

    def _message(self, standing: Standing, known: Known, message: ChatMessage) -> ActivityRecord:
        return self._activity(
            standing,
            known,
            "team_chat",
            source=f"chat:{message.id}",
            at=message.sent_at,
            who=message.name or message.sender,
            text=message.text,
        )

    def _activity(
        self, standing: Standing, known: Known, kind: ActivityKind, *, source: str, at: datetime, **facts: object
    ) -> ActivityRecord:
        return ActivityRecord.model_validate(
            {
                "id": self._deployment.ids.new("act"),
                "organization_id": standing.record.id,
                "candidate": known.email,
                "kind": kind,
                "source": source,
                "at": at,
                "kept_at": self._deployment.clock.now(),
                **facts,
            }
        )

    async def _keep(self, records: Iterable[ActivityRecord]) -> None:
        kept = tuple(records)
        if kept:
            await self._deployment.store.write(lambda tx: tx.activities.keep(kept))

    async def _since(self, standing: Standing, known: Known, kind: ActivityKind) -> datetime:
        latest = await self._deployment.store.read(
            lambda tx: tx.activities.latest(standing.record.id, known.email, kind)
        )
        oldest = self._deployment.clock.now() - LOOK_BACK
        return oldest if latest is None else max(oldest, latest.at - LOOK_AGAIN)


@dataclass(frozen=True)
class ChatLine:
    """One line of a meeting's chat: when, by whom, what."""

    at: datetime
    who: str
    text: str


def chat_lines(content: bytes, file: RecordingFile) -> tuple[ChatLine, ...]:
    """Return the lines of a meeting's chat file: ``10:02:03 <tab> Ana Lee: <tab> Good morning.``

    The clock is read as time since the recording began where that lies within it, as UTC otherwise; a line without
    one goes on the line before.
    """
    lines: list[ChatLine] = []
    for raw in content.decode("utf-8-sig", errors="replace").splitlines():
        found = _LINE.fullmatch(raw)
        if found is not None:
            lines.append(ChatLine(_instant(found["clock"], file), found["name"].strip(), found["text"].strip()))
        elif lines and raw.strip():
            lines[-1] = ChatLine(lines[-1].at, lines[-1].who, f"{lines[-1].text}\n{raw.strip()}")
    return tuple(lines)


def meeting_chat_source(uuid: str, line: ChatLine) -> str:
    """Return what a line of a meeting's chat is known by: in which instance of the meeting, when, by whom, what."""
    said = f"{line.at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}|{line.who}|{line.text}"
    return f"meeting:{uuid}:{hashlib.sha256(said.encode()).hexdigest()[:24]}"


def _instant(clock: str, file: RecordingFile) -> datetime:
    hours, minutes, seconds = (int(part) for part in clock.split(":"))
    passed = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    begun = (file.begun_at or datetime(1970, 1, 1, tzinfo=UTC)).astimezone(UTC)
    ended = file.ended_at or begun
    if begun + passed <= ended:
        return begun + passed
    at = datetime.combine(begun.date(), time(), UTC) + passed
    return at if at >= begun - timedelta(minutes=1) else at + timedelta(days=1)


def _is_with(call: PhoneCall, known: Known) -> bool:
    number = digits_of(call.number)
    return (bool(number) and number in known.phones) or normalize_email(call.email) == known.email


def _tomorrow(now: datetime) -> date:
    return (now + timedelta(days=1)).date()
