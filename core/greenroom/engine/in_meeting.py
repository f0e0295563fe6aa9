"""Our app inside Zoom's client: who opened it in which meeting, and what they may do there without leaving it."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from pydantic import SecretStr

from greenroom.engine.candidates import Candidates
from greenroom.engine.conversations import Known
from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import AppSessionOutcome, InMeetingOutcome, NoteView, refused
from greenroom.engine.features import Allowed, Features
from greenroom.engine.grants import Grants
from greenroom.engine.ports.activity import ActivityKind, ActivityRecord, AppSessionRecord
from greenroom.engine.ports.records import ConnectionRecord, InterviewRecord, MeetingRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import AppContext, ScopeMissing, ZoomNotFound
from greenroom.engine.standing import Standing, expired, read_standing
from greenroom.engine.timeline import Timeline
from greenroom.errors import BadInput, NotFound
from greenroom.model import Level, Member, Refusal

T = TypeVar("T")

SESSION_LIVES = timedelta(hours=8)
NEAR = timedelta(days=1)
"""A meeting that is held is looked for among those planned so close to now."""

LONGEST_NOTE = 10_000
LONGEST_STATUS = 80


@dataclass(frozen=True)
class _Opened:
    """Whose connection the app was opened with, and the meetings of it that may be the one."""

    row: ConnectionRecord
    standing: Standing
    meetings: tuple[tuple[MeetingRecord, InterviewRecord], ...]


class InMeeting:
    """The use cases behind `open_app`, `in_meeting`, `take_note` and `set_status`."""

    def __init__(
        self, deployment: Deployment, features: Features, grants: Grants, timeline: Timeline, candidates: Candidates
    ) -> None:
        self._deployment = deployment
        self._features = features
        self._grants = grants
        self._timeline = timeline
        self._candidates = candidates

    async def open(self, app: str, header: str) -> AppSessionOutcome:
        """Open a session for whoever opened the app in a meeting of ours, as Zoom vouches.

        Raises `AppContextRefused`, `BadInput` outside a meeting, `NotFound` for a meeting that is not ours.
        """
        context = self._deployment.zoom.app_context(self._deployment.app_named(app), header)
        if context.kind != "meeting" or context.meeting_uuid is None:
            raise BadInput("the app was not opened in a meeting", where="Zoom", next="Open it inside the interview")
        client_id = self._deployment.app_named(app).client_id
        for opened in await self._deployment.store.read(lambda tx: self._opened(tx, client_id, context)):
            record = await self._held_now(opened, context.meeting_uuid)
            if record is not None:
                return await self._session(opened, record)
        raise NotFound("this meeting is no interview of yours here", where="Zoom", next="Open it in an interview")

    async def view(self, session: str) -> InMeetingOutcome:
        """Return the candidate, their history, notes and status. Raises `BadInput` when the session is over."""

        async def look(record: InterviewRecord, known: Known, standing: Standing) -> InMeetingOutcome:
            return await self._shown(record, known, standing)

        return await self._within(session, look)

    async def take_note(self, session: str, text: str) -> InMeetingOutcome:
        """Keep a note on the candidate; return what is shown then."""
        return await self._add(session, "note", _line(text, LONGEST_NOTE, "a note"))

    async def set_status(self, session: str, status: str) -> InMeetingOutcome:
        """Set the candidate's status, from now on everywhere; return what is shown then."""
        return await self._add(session, "status", " ".join(_line(status, LONGEST_STATUS, "a status").split()))

    async def _add(self, session: str, kind: ActivityKind, text: str) -> InMeetingOutcome:
        async def add(record: InterviewRecord, known: Known, standing: Standing) -> InMeetingOutcome:
            new, now = self._deployment.ids.new("act"), self._deployment.clock.now()
            activity = ActivityRecord(
                id=new,
                organization_id=standing.record.id,
                candidate=known.email,
                interview_id=record.id,
                kind=kind,
                source=f"{kind}:{new}",
                at=now,
                who=_name(standing.actor),
                text=text,
                kept_at=now,
            )
            await self._deployment.store.write(lambda tx: tx.activities.keep((activity,)))
            return await self._shown(record, known, standing)

        return await self._within(session, add)

    async def _within(
        self, session: str, work: Callable[[InterviewRecord, Known, Standing], Awaitable[InMeetingOutcome]]
    ) -> InMeetingOutcome:
        """Do something in a session; the profile is asked each time whether its member still may."""
        standing, record, row = await self._deployment.store.read(lambda tx: self._of_session(tx, session))
        known = await self._timeline.known(standing, None, record.id)

        async def do(allowed: Allowed) -> InMeetingOutcome:
            return await work(record, known, allowed.standing)

        through = standing.seen(row)
        found = await self._features.use(standing, "in_meeting", do, through=through, interview=record.id)
        return refused(InMeetingOutcome, standing, found) if isinstance(found, Refusal) else found

    async def _shown(self, record: InterviewRecord, known: Known, standing: Standing) -> InMeetingOutcome:
        kept = await self._timeline.kept(standing, known)
        return InMeetingOutcome(
            organization=standing.record.name,
            interview=record.id,
            subject=record.interview.subject,
            candidate=await self._candidates.view(standing, known),
            history=await self._timeline.entries(standing, known),
            notes=tuple(NoteView(at=one.at, who=one.who, text=one.text) for one in kept if one.kind == "note"),
        )

    async def _session(self, opened: _Opened, record: InterviewRecord) -> AppSessionOutcome:
        standing, now = opened.standing, self._deployment.clock.now()
        secret, until = self._deployment.ids.secret(), now + SESSION_LIVES

        async def begin(_: Allowed) -> AppSessionOutcome:
            assert standing.actor is not None
            session = AppSessionRecord(
                token_hash=_hashed(secret),
                organization_id=standing.record.id,
                member_id=standing.actor.id,
                interview_id=record.id,
                connection_id=opened.row.id,
                expires_at=until,
            )

            def commit(tx: Transaction) -> None:
                tx.activities.end_sessions(now)
                tx.activities.open_session(session)

            await self._deployment.store.write(commit)
            return AppSessionOutcome(organization=standing.record.name, session=SecretStr(secret), expires_at=until)

        through = standing.seen(opened.row)
        found = await self._features.use(standing, "in_meeting", begin, through=through, interview=record.id)
        return refused(AppSessionOutcome, standing, found) if isinstance(found, Refusal) else found

    def _opened(self, tx: Transaction, client_id: str, context: AppContext) -> tuple[_Opened, ...]:
        grant = tx.grants.find(client_id, context.user_id)
        rows = tx.connections.on_grant(grant.id) if grant is not None else ()
        return tuple(self._of_row(tx, row) for row in rows)

    def _of_row(self, tx: Transaction, row: ConnectionRecord) -> _Opened:
        standing = read_standing(tx, self._deployment.profiles, row.organization_id, _member(tx, row))
        pairs = [
            (meeting, record)
            for meeting in tx.interviews.meetings(row.organization_id)
            if meeting.connection_id == row.id and meeting.state == "live"
            if (record := tx.interviews.get(row.organization_id, meeting.meeting.of)) is not None
        ]
        return _Opened(row, standing, tuple(pairs))

    async def _held_now(self, opened: _Opened, uuid: str) -> InterviewRecord | None:
        """Return the interview whose meeting this instance is of; one that was held before is looked up at Zoom."""
        known = next((record for meeting, record in opened.meetings if meeting.instance == uuid), None)
        if known is not None or opened.row.grant_id is None:
            return known
        now = self._deployment.clock.now()
        for meeting, record in opened.meetings:
            start = record.interview.start
            if start is not None and abs(start - now) <= NEAR and await self._instance(opened, meeting) == uuid:
                return record
        return None

    async def _instance(self, opened: _Opened, meeting: MeetingRecord) -> str | None:
        assert opened.row.grant_id is not None
        zoom, meeting_id = self._deployment.zoom, meeting.meeting.id
        try:
            found = await self._grants.call(opened.row.grant_id, lambda access: zoom.get_meeting(access, meeting_id))
        except (ZoomNotFound, ScopeMissing):
            return None
        return found.uuid

    def _of_session(self, tx: Transaction, session: str) -> tuple[Standing, InterviewRecord, ConnectionRecord]:
        found = tx.activities.session(_hashed(session))
        if found is None or expired(found.expires_at, self._deployment.clock.now()):
            raise BadInput("this session is over", where="Zoom", next="Open the app in the meeting again")
        member = tx.organizations.member(found.organization_id, found.member_id)
        standing = read_standing(tx, self._deployment.profiles, found.organization_id, member)
        record = tx.interviews.get(found.organization_id, found.interview_id)
        row = tx.connections.get(found.connection_id)
        if record is None or row is None:
            raise BadInput("this session is over", where="Zoom", next="Open the app in the meeting again")
        return standing, record, row


def _member(tx: Transaction, row: ConnectionRecord) -> Member | None:
    """Return who opened the app: whose connection it is, or the member of the Zoom user's address."""
    email = row.zoom_user.email if row.zoom_user is not None else ""
    return tx.organizations.member(row.organization_id, row.owner if row.level is Level.MEMBER else email)


def _line(text: str, longest: int, what: str) -> str:
    kept = text.strip()
    if not 1 <= len(kept) <= longest:
        raise BadInput(f"{what} has 1 to {longest} characters", where="the app", next="Nothing was kept")
    return kept


def _name(member: Member | None) -> str:
    return (member.name or member.email) if member is not None else ""


def _hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
