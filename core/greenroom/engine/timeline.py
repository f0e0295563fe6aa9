"""Everything around a candidate, by time: what is kept, after bringing it up to date as far as the profile lets."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from datetime import datetime

from greenroom.engine.conversations import Conversations, Known, known_candidate
from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import CallsOutcome, CallView, EntryView, TimelineOutcome, refused
from greenroom.engine.features import Allowed, Features
from greenroom.engine.ports.activity import ActivityRecord
from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import ZoomError
from greenroom.engine.recordings import Recordings
from greenroom.engine.standing import Standing
from greenroom.engine.words import text_of
from greenroom.errors import BadInput, NotFound
from greenroom.model import Refusal


class Timeline:
    """The use cases behind `timeline` and `calls`."""

    def __init__(
        self, deployment: Deployment, features: Features, conversations: Conversations, recordings: Recordings
    ) -> None:
        self._deployment = deployment
        self._features = features
        self._conversations = conversations
        self._recordings = recordings

    async def of(
        self, standing: Standing, *, candidate: str | None = None, interview: str | None = None
    ) -> TimelineOutcome:
        """Return the timeline of a candidate, or of one interview. Raises `NotFound`, and `BadInput` without either.

        What cannot be brought up to date, because the profile or Zoom says no, is shown as it was kept, and said.
        """
        known = await self.known(standing, candidate, interview)

        async def look(allowed: Allowed) -> TimelineOutcome:
            entries, warnings = await self._up_to_date(allowed.standing, known)
            mine = tuple(one for one in entries if interview is None or one.interview == interview)
            return TimelineOutcome(
                organization=standing.record.name,
                candidate=known.email,
                entries=mine,
                warnings=warnings,
                because=allowed.because,
            )

        found = await self._features.use(standing, "timeline", look, interview=interview, at_zoom=False)
        return refused(TimelineOutcome, standing, found) if isinstance(found, Refusal) else found

    async def calls(self, standing: Standing, candidate: str) -> CallsOutcome:
        """Return the phone calls with a candidate, latest first. Raises `NotFound`, `ZoomError`."""
        known = await self.known(standing, candidate, None)
        refusal = await self._conversations.capture_calls(standing, known)
        if refusal is not None:
            return refused(CallsOutcome, standing, refusal)
        kept = await self.kept(standing, known)
        views = tuple(_call(one) for one in reversed(kept) if one.kind == "call")
        return CallsOutcome(organization=standing.record.name, calls=views)

    async def known(self, standing: Standing, candidate: str | None, interview: str | None) -> Known:
        """Return the candidate that is meant, by address or by an interview with them."""

        def read(tx: Transaction) -> Known:
            email = candidate if candidate is not None else _candidate_of(tx, standing.record.id, interview or "")
            return known_candidate(tx, standing.record.id, email)

        return await self._deployment.store.read(read)

    async def kept(self, standing: Standing, known: Known) -> tuple[ActivityRecord, ...]:
        """Return what is kept about a candidate, by time; asks nothing of Zoom."""
        return await self._deployment.store.read(lambda tx: tx.activities.of_candidate(standing.record.id, known.email))

    async def entries(self, standing: Standing, known: Known) -> tuple[EntryView, ...]:
        """Return the timeline as it is kept; asks nothing of Zoom."""
        kept = await self.kept(standing, known)
        ours = await self._deployment.store.read(lambda tx: tuple(_ours(tx, known)))
        return _by_time((*ours, *(_activity(one) for one in kept)))

    async def _up_to_date(self, standing: Standing, known: Known) -> tuple[tuple[EntryView, ...], tuple[str, ...]]:
        recorded: list[EntryView] = []

        async def recordings() -> Refusal | None:
            found = await self._recordings.walk(standing, "recordings", None, known.email)
            if isinstance(found, Refusal):
                return found
            recorded.extend(
                EntryView(
                    at=one.recording.start,
                    kind="recording",
                    interview=one.held.record.id,
                    text=f"{one.recording.minutes or 0} min, {len(one.recording.files)} files at Zoom",
                )
                for one in found
                if one.recording.start is not None
            )
            return None

        warnings = [
            *await self._brought("calls", standing, lambda: self._conversations.capture_calls(standing, known)),
            *await self._brought("chat", standing, lambda: self._conversations.capture_chat(standing, known)),
            *await self._brought("recordings", standing, recordings),
        ]
        return _by_time((*await self.entries(standing, known), *recorded)), tuple(warnings)

    async def _brought(
        self, what: str, standing: Standing, work: Callable[[], Awaitable[Refusal | None]]
    ) -> tuple[str, ...]:
        if what not in standing.profile.manifest.features:
            return ()
        try:
            refusal = await work()
        except ZoomError as error:
            return (f"{what} are not up to date: {error.what}",)
        return () if refusal is None else (f"{what} are not up to date: {text_of(standing.profile, refusal.say)}",)


def _candidate_of(tx: Transaction, organization_id: str, interview: str) -> str:
    if not interview:
        raise BadInput("neither a candidate nor an interview is named", next="Name one of them")
    record = tx.interviews.get(organization_id, interview)
    if record is None:
        raise NotFound(f"no interview {interview!r} here", next="`greenroom status ORG` lists them")
    if not record.interview.candidates:
        raise BadInput("this interview is with no candidate", where=interview, next="Name a candidate")
    return record.interview.candidates[0].email


def _ours(tx: Transaction, known: Known) -> Iterator[EntryView]:
    """Yield what we did ourselves: interviews scheduled, meetings made, letters sent, notices given."""
    for record in known.interviews:
        subject = record.interview.subject or "no title yet"
        yield _entry(record, record.created_at, "interview", record.interview.scheduler.email, f"scheduled: {subject}")
        row = tx.interviews.meeting(record.organization_id, record.meeting_id) if record.meeting_id else None
        if row is not None:
            yield _entry(record, row.created_at, "meeting", row.meeting.host.email, f"Zoom meeting {row.meeting.id}")
        for letter in tx.records.letters(record.id):
            if letter.sent_at is not None:
                who = ", ".join(letter.recipients)
                yield _entry(record, letter.sent_at, "letter", who, f"{letter.channel}: {letter.subject}")
    for notice in tx.records.notices(known.interviews[0].organization_id):
        about = next((one for one in known.interviews if one.id in notice.event.split(":")), None)
        if about is not None:
            yield _entry(about, notice.at, "notice", notice.recipient or notice.to, notice.text)


def _entry(record: InterviewRecord, at: datetime, kind: str, who: str, text: str) -> EntryView:
    fields = {"at": at, "kind": kind, "interview": record.id, "who": who, "text": text}
    return EntryView.model_validate(fields)


def _activity(one: ActivityRecord) -> EntryView:
    text = one.text
    if one.kind == "call":
        recorded = ", recorded" if one.recording else ""
        text = f"{one.direction or 'inbound'} call, {one.result or 'ended'}, {one.seconds or 0} s{recorded}"
    return EntryView(at=one.at, kind=one.kind, interview=one.interview_id, who=one.who, text=text)


def _call(one: ActivityRecord) -> CallView:
    return CallView(
        candidate=one.candidate,
        at=one.at,
        direction=one.direction or "inbound",
        who=one.who,
        seconds=one.seconds or 0,
        result=one.result,
        recording=one.recording,
    )


def _by_time(entries: tuple[EntryView, ...]) -> tuple[EntryView, ...]:
    return tuple(sorted(entries, key=lambda one: one.at))
