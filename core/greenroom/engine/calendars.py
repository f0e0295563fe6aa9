"""Interviews in people's calendars: written, moved and taken out with the interview; and who is busy when."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import CalendarOutcome, EventView, refused
from greenroom.engine.features import Allowed, Features
from greenroom.engine.grants import Grants
from greenroom.engine.ports.activity import CalendarEventRecord
from greenroom.engine.ports.calendar import Calendar, EventDraft
from greenroom.engine.ports.records import ConnectionRecord, InterviewRecord, LetterRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import Access, GrantDead, ZoomError, ZoomNotFound, ZoomRefused
from greenroom.engine.problems import tell_problem
from greenroom.engine.standing import Standing, read_standing
from greenroom.errors import BadInput
from greenroom.model import CalendarKind, Interview, Refusal, Span, normalize_email

T = TypeVar("T")

AT_ZOOM: CalendarKind = "zoom"
"""The calendar that a connection to Zoom reaches."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Subject:
    """An interview's event: the connection it is written through, the calendar, and what is known of it."""

    record: InterviewRecord
    row: ConnectionRecord
    kind: CalendarKind
    event: CalendarEventRecord | None


class Calendars:
    """The use case behind `calendar`, and what letters and decisions need of calendars."""

    def __init__(self, deployment: Deployment, features: Features, grants: Grants) -> None:
        self._deployment = deployment
        self._features = features
        self._grants = grants

    async def view(self, standing: Standing, span: Span) -> CalendarOutcome:
        """Return the events that touch ``span`` in the calendars behind the acting member's connection."""

        calendar = self._deployment.calendars[AT_ZOOM]

        async def look(allowed: Allowed) -> tuple[EventView, ...]:
            found = await allowed.call(lambda access: calendar.events(access, span))
            ours = await self._ours(standing.record.id)
            return tuple(
                EventView(
                    title=event.title,
                    start=event.start,
                    end=event.end,
                    busy=event.busy,
                    calendar=event.calendar,
                    interview=ours.get(event.id),
                )
                for event in found
            )

        events = await self._features.use(standing, "calendar_view", look)
        if isinstance(events, Refusal):
            return refused(CalendarOutcome, standing, events)
        return CalendarOutcome(organization=standing.record.name, events=events)

    async def busy(self, standing: Standing, interview: Interview) -> tuple[Span, ...]:
        """Return when participants are busy around an interview, as far as the profile lets anybody look.

        ``what`` of each span is whose it is. The interview's own event does not count. Raises what Zoom raises when
        it cannot be asked [CORE-07]; a calendar that Zoom keeps from us is simply not known.
        """
        span = interview.span
        allowed = self._features.ask(standing, "calendar_view")
        if span is None or isinstance(allowed, Refusal) or AT_ZOOM not in self._deployment.calendars:
            return ()
        try:
            return await self._busy(allowed, interview, span)
        except ZoomRefused as error:
            log.warning("calendars of an interview's participants are not known: %s", error.code)
            return ()

    def handles(self, letter: LetterRecord) -> bool:
        """Whether a letter is an event of a calendar that can be written to."""
        return letter.channel == "calendar" and letter.calendar in self._deployment.calendars

    async def deliver(self, letter: LetterRecord) -> bool:
        """Put a letter into its calendar, or tell whom the profile says that it is not there; return whether it is."""
        try:
            await self.put(letter)
        except ZoomError as error:
            log.warning("an event is not in its calendar yet: %s", error.code)
            standing = await self._deployment.store.read(lambda tx: self._standing(tx, letter))
            await tell_problem(self._deployment, standing, "calendar", event=f"calendar:{letter.id}")
            return False
        return True

    async def change_writer(self, record: InterviewRecord, connection_id: str) -> None:
        """Have an interview's events written through another connection from now on: out of the calendars they stand
        in, so that the next letter writes them into the other's. One that cannot be reached stays there.

        Raises `ZoomError`; done again, nothing is left of it.
        """
        for event, row in await self._deployment.store.read(lambda tx: _written_elsewhere(tx, record, connection_id)):
            if row is not None and row.grant_id is not None:
                await self._remove(_Subject(record, row, event.calendar, event), event)
            gone = {"connection_id": connection_id, "event_id": None, "state": "removed"}
            await self._save(event.model_copy(update=gone))

    async def put(self, letter: LetterRecord) -> None:
        """Write, change or take out the event a letter stands for; done again, the calendar stays as it is.

        Raises `ZoomError`; after `OutcomeUnclear` the next time looks for the event before it writes one.
        """
        subject = await self._deployment.store.read(lambda tx: _subject(tx, letter))
        if letter.method != "CANCEL":
            await self._write(subject, _draft(subject.record, letter), letter)
        elif subject.event is not None and subject.event.state != "removed":
            await self._remove(subject, subject.event)

    async def _write(self, subject: _Subject, draft: EventDraft, letter: LetterRecord) -> None:
        intended = CalendarEventRecord(
            uid=letter.uid,
            organization_id=letter.organization_id,
            interview_id=letter.interview_id,
            connection_id=subject.row.id,
            calendar=subject.kind,
            span=Span(start=draft.start, end=draft.end),
        )
        event_id = await self._known(subject)
        if event_id is None or not await self._changed(subject, event_id, draft):
            await self._save(intended)
            event_id = await self._call(subject, lambda calendar, access: calendar.add(access, draft))
        await self._save(intended.model_copy(update={"event_id": event_id, "state": "there"}))

    async def _known(self, subject: _Subject) -> str | None:
        """Return the event's id; one that was written although no answer came is looked for by its mark."""
        event = subject.event
        if event is None or event.state == "removed":
            return None
        if event.state == "there":
            return event.event_id
        span, mark = event.span, _mark(subject.record)
        found = await self._call(subject, lambda calendar, access: calendar.events(access, span))
        return next((one.id for one in found if mark in one.text), None)

    async def _changed(self, subject: _Subject, event_id: str, draft: EventDraft) -> bool:
        """Change the event; where somebody took it out of the calendar there is nothing to change."""
        try:
            await self._call(subject, lambda calendar, access: calendar.change(access, event_id, draft))
        except ZoomNotFound:
            return False
        return True

    async def _remove(self, subject: _Subject, event: CalendarEventRecord) -> None:
        event_id = await self._known(subject)
        if event_id is not None:
            await self._call(subject, lambda calendar, access: calendar.remove(access, event_id))
        await self._save(event.model_copy(update={"event_id": event_id, "state": "removed"}))

    async def _call(self, subject: _Subject, request: Callable[[Calendar, Access], Awaitable[T]]) -> T:
        if subject.row.grant_id is None:
            raise GrantDead("there is no access to the calendar any more", next="Connect to Zoom anew")
        calendar = self._deployment.calendars[subject.kind]
        return await self._grants.call(subject.row.grant_id, lambda access: request(calendar, access))

    def _standing(self, tx: Transaction, letter: LetterRecord) -> Standing:
        record = tx.interviews.get(letter.organization_id, letter.interview_id)
        scheduler = record.interview.scheduler.email if record is not None else ""
        member = tx.organizations.member(letter.organization_id, scheduler)
        under = record.under if record is not None else None
        return read_standing(tx, self._deployment.profiles, letter.organization_id, member, under=under)

    async def _save(self, event: CalendarEventRecord) -> None:
        await self._deployment.store.write(lambda tx: tx.activities.save_event(event))

    async def _ours(self, organization_id: str) -> dict[str, str]:
        events = await self._deployment.store.read(lambda tx: tx.activities.events(organization_id))
        return {one.event_id: one.interview_id for one in events if one.event_id is not None}

    async def _busy(self, allowed: Allowed, interview: Interview, span: Span) -> tuple[Span, ...]:
        calendar, user = self._deployment.calendars[AT_ZOOM], allowed.through.zoom_user
        ours = await self._ours(allowed.standing.record.id)
        events = await allowed.call(lambda access: calendar.events(access, span))
        whose = user.email if user is not None else ""
        own = tuple(
            Span(start=one.start, end=one.end, what=whose)
            for one in events
            if one.busy and ours.get(one.id) != interview.id
        )
        others = {person.email for person in (interview.scheduler, *interview.interviewers)} - {normalize_email(whose)}
        if not others:
            return own
        known = await allowed.call(lambda access: calendar.busy(access, others, span))
        return (*own, *(busy for spans in known.values() for busy in spans))


def _written_elsewhere(
    tx: Transaction, record: InterviewRecord, connection_id: str
) -> tuple[tuple[CalendarEventRecord, ConnectionRecord | None], ...]:
    """Return the events of an interview that another connection writes, beside that one."""
    return tuple(
        (event, tx.connections.get(event.connection_id))
        for event in tx.activities.events(record.organization_id)
        if event.interview_id == record.id and event.connection_id != connection_id and event.state != "removed"
    )


def _subject(tx: Transaction, letter: LetterRecord) -> _Subject:
    record = tx.interviews.get(letter.organization_id, letter.interview_id)
    event = tx.activities.event(letter.uid)
    meeting = None
    if record is not None and record.meeting_id is not None:
        meeting = tx.interviews.meeting(record.organization_id, record.meeting_id)
    connection_id = event.connection_id if event is not None else (meeting.connection_id if meeting else "")
    row = tx.connections.get(connection_id)
    if record is None or row is None:
        raise BadInput("nothing is known of this interview's calendar", where=letter.id, next="Schedule it anew")
    kind: CalendarKind = letter.calendar or AT_ZOOM
    return _Subject(record, row, kind, event)


def _draft(record: InterviewRecord, letter: LetterRecord) -> EventDraft:
    span = record.interview.span
    if span is None:
        raise BadInput("an event needs a start and a length", where=letter.interview_id, next="Set them first")
    return EventDraft(
        title=record.interview.subject or letter.subject,
        text=f"{letter.text.rstrip()}\n\n{_mark(record)}",
        start=span.start,
        end=span.end,
        zone=record.interview.zone or "UTC",
    )


def _mark(record: InterviewRecord) -> str:
    """Return what finds an event again: the reference its meeting carries, too."""
    return f"Ref. {record.marker}"
