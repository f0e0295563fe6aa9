"""Invites: the profile says who is told what; core composes, keeps and delivers the letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from greenroom.engine.calendars import Calendars
from greenroom.engine.decisions import decision_record
from greenroom.engine.deployment import Deployment
from greenroom.engine.outcomes import LetterView
from greenroom.engine.ports.records import InterviewRecord, LetterRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing
from greenroom.engine.words import text_of
from greenroom.errors import BadInput, NotFound
from greenroom.invites import Draft, Letter, LetterFacts, compose, packed, recompose
from greenroom.model import (
    Audience,
    Detail,
    Invite,
    InviteRequest,
    Invites,
    Meeting,
    Person,
    Refusal,
    Stage,
    Why,
)

Shows = tuple[tuple[str, tuple[Detail, ...]], ...]


Told = tuple[Audience, Literal["calendar", "mail"]]
"""Whom a letter is for, and the way it takes: what one audience is told in one way is one letter at a time."""


class Letters:
    """Drafts, previews, edits and sends the letters of interviews; what is an event goes into its calendar."""

    def __init__(self, deployment: Deployment, calendars: Calendars) -> None:
        self._deployment = deployment
        self._calendars = calendars

    def ask(self, standing: Standing, record: InterviewRecord, meeting: Meeting | None, why: Why) -> tuple[Invite, ...]:
        """Return the invites the profile wants for an interview; none when it refuses."""
        answered = standing.profile.render_invite(self.request(standing, record, meeting, why))
        return answered.answer.items if isinstance(answered.answer, Invites) else ()

    def request(self, standing: Standing, record: InterviewRecord, meeting: Meeting | None, why: Why) -> InviteRequest:
        """Return the question who is told of an interview."""
        candidate = record.interview.candidates[0].email if len(record.interview.candidates) == 1 else None
        return InviteRequest(
            organization=standing.organization,
            actor=standing.actor,
            at=self._deployment.clock.now(),
            settings=standing.settings_view(kind=record.interview.kind, candidate=candidate),
            connections=standing.visible(),
            parameters=standing.parameters,
            interview=record.interview,
            meeting=meeting,
            given=record.given,
            calendar=standing.record.calendar,
            why=why,
        )

    async def draft(
        self, standing: Standing, record: InterviewRecord, *, why: Why = "new"
    ) -> tuple[LetterRecord, ...] | Refusal:
        """Compose the letters of an interview and keep them as drafts, replacing drafts not sent yet.

        Who was told of it as it is now is not told again; who was never told hears of a change as of something new,
        and of a cancellation nothing. A draft that a person rewrote stays while the interview stays as it is.
        """
        meeting = await self._meeting(record)
        answered = standing.profile.render_invite(self.request(standing, record, meeting, why))
        answer = answered.answer
        letters: tuple[LetterRecord, ...] = ()
        if isinstance(answer, Invites):
            letters = await self._drafts(standing, record, meeting, answer, why)
        decision = decision_record(
            self._deployment, standing, answered, question=f"render_invite ({why})", interview_id=record.id
        )

        def commit(tx: Transaction) -> None:
            tx.records.add_decision(decision)
            for old in tx.records.letters(record.id):
                if old.state in {"drafted", "previewed"} and old.id not in {letter.id for letter in letters}:
                    tx.records.save_letter(old.model_copy(update={"state": "dropped"}))
            for letter in letters:
                tx.records.save_letter(letter)

        await self._deployment.store.write(commit)
        return letters if isinstance(answer, Invites) else answer

    async def _drafts(
        self, standing: Standing, record: InterviewRecord, meeting: Meeting | None, answer: Invites, why: Why
    ) -> tuple[LetterRecord, ...]:
        earlier = await self._of(record.id)
        told = {told_by(letter) for letter in earlier if letter.state == "sent"}
        done = {told_by(one) for one in earlier if one.state == "sent" and one.sequence >= record.sequence}
        rewritten = {told_by(one): one for one in earlier if _stays(one, record)}
        letters = []
        for index, invite in enumerate(answer.items):
            key: Told = (invite.audience, invite.channel)
            if not _recipients(record, invite) or key in done or (why == "cancelled" and key not in told):
                continue
            heard: Why = why if key in told else "new"
            letters.append(
                rewritten.get(key) or self._compose(standing, record, meeting, invite, index, heard),
            )
        return tuple(letters)

    async def follow(self, interview_id: str, drafted: Iterable[LetterRecord]) -> tuple[LetterRecord, ...]:
        """Send what follows from a change: to whoever was told before, and what goes out at once if anybody was.

        What waits for somebody to say send, and was never sent to that audience, goes on waiting.
        """
        told = {told_by(letter) for letter in await self._of(interview_id) if letter.state == "sent"}
        due = [letter for letter in drafted if told and (letter.release == "at_once" or told_by(letter) in told)]
        return await self.release(due, held_too=True)

    async def release(self, letters: Iterable[LetterRecord], *, held_too: bool) -> tuple[LetterRecord, ...]:
        """Send letters that go out at once, and with ``held_too`` those that waited for somebody to say send.

        A letter is delivered under its own id, so that doing it again after a crash delivers the same one. An event
        that its calendar did not take stays a draft, to be sent again.
        """
        sent = []
        for letter in letters:
            if letter.state == "sent" or (letter.release == "on_send" and not held_too):
                continue
            if self._calendars.handles(letter):
                if not await self._calendars.deliver(letter):
                    continue
            else:
                await self._deployment.delivery.letter(letter)
            done = letter.model_copy(update={"state": "sent", "sent_at": self._deployment.clock.now()})
            await self._save(done)
            sent.append(done)
        return tuple(sent)

    async def waiting(self, records: Iterable[InterviewRecord]) -> tuple[LetterRecord, ...]:
        """Return the unsent letters of interviews."""
        letters = [letter for record in records for letter in await self._of(record.id)]
        return tuple(letter for letter in letters if letter.state in {"drafted", "previewed"})

    async def mark_previewed(self, letters: Iterable[LetterRecord]) -> tuple[LetterRecord, ...]:
        """Keep that somebody has seen these letters."""
        seen = tuple(letter.model_copy(update={"state": "previewed"}) for letter in letters)

        def commit(tx: Transaction) -> None:
            for letter in seen:
                tx.records.save_letter(letter)

        await self._deployment.store.write(commit)
        return seen

    async def edit(self, letter_id: str, *, subject: str | None, body: str | None) -> LetterView:
        """Rewrite an unsent letter as far as its profile lets people. Raises `BadInput` when it does not."""
        record = await self._deployment.store.read(lambda tx: tx.records.letter(letter_id))
        if record is None:
            raise NotFound(f"no letter {letter_id!r}", next="`greenroom preview ID` lists the letters of an interview")
        wanted = {name for name, value in (("subject", subject), ("body", body)) if value is not None}
        if record.state == "sent" or not wanted <= record.editable:
            why = "it was sent" if record.state == "sent" else "this profile does not let it be edited"
            raise BadInput(f"the letter cannot be edited: {why}", where=letter_id, next="Nothing was changed")
        letter = recompose(packed(Draft.model_validate_json(record.draft)), subject=subject, body=body)
        edited = record.model_copy(
            update={
                "subject": letter.subject,
                "text": letter.text,
                "html": letter.html,
                "ics": letter.ics,
                "eml": letter.eml,
                "draft": _draft_of(letter),
                "edited": True,
            }
        )
        await self._save(edited)
        url = await self._deployment.store.read(lambda tx: _join_url(tx, edited.interview_id))
        return letter_view(edited, url)

    async def told(self, interview_id: str, *, of: int = 0) -> bool:
        """Whether anybody was sent a letter about this interview, as it is since change number ``of``."""
        return any(letter.state == "sent" and letter.sequence >= of for letter in await self._of(interview_id))

    async def view(self, interview_id: str) -> tuple[LetterView, ...]:
        """Return the letters of an interview as listed, dropped drafts left out."""
        meeting_url = await self._deployment.store.read(lambda tx: _join_url(tx, interview_id))
        return tuple(
            letter_view(letter, meeting_url) for letter in await self._of(interview_id) if letter.state != "dropped"
        )

    async def _save(self, letter: LetterRecord) -> None:
        await self._deployment.store.write(lambda tx: tx.records.save_letter(letter))

    async def _of(self, interview_id: str) -> tuple[LetterRecord, ...]:
        return await self._deployment.store.read(lambda tx: tx.records.letters(interview_id))

    async def _meeting(self, record: InterviewRecord) -> Meeting | None:
        if record.meeting_id is None:
            return None
        meeting_id = record.meeting_id
        row = await self._deployment.store.read(lambda tx: tx.interviews.meeting(record.organization_id, meeting_id))
        return row.meeting if row is not None else None

    def _compose(
        self,
        standing: Standing,
        record: InterviewRecord,
        meeting: Meeting | None,
        invite: Invite,
        index: int,
        why: Why,
    ) -> LetterRecord:
        interview = record.interview
        recipients = _recipients(record, invite)
        zones = {getattr(one, "time_zone", None) for one in recipients} - {None}
        facts = LetterFacts(
            interview=interview,
            meeting=meeting,
            given=record.given,
            invite=invite,
            notes=tuple(text_of(standing.profile, say) for say in invite.notes),
            product=standing.profile.manifest.product,
            why=why,
            reader_zone=zones.pop() if len(zones) == 1 else None,
        )
        letter = compose(
            facts,
            templates=standing.profile.letter_templates,
            letter_id=self._deployment.ids.new("let"),
            uid=f"{record.id}-{invite.audience}-{index}@greenroom",
            sequence=record.sequence,
            recipients=recipients,
            now=self._deployment.clock.now(),
            sender=interview.scheduler,
        )
        return self._record_of(letter, record, invite)

    def _record_of(self, letter: Letter, record: InterviewRecord, invite: Invite) -> LetterRecord:
        return LetterRecord(
            id=letter.letter_id,
            organization_id=record.organization_id,
            panel_id=record.panel_id,
            interview_id=record.id,
            audience=letter.audience,
            channel=letter.channel,
            calendar=invite.calendar,
            recipients=tuple(person.email for person in letter.recipients),
            uid=letter.uid,
            sequence=letter.sequence,
            method=letter.method,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            ics=letter.ics,
            eml=letter.eml,
            draft=_draft_of(letter),
            release=invite.release,
            editable=invite.editable,
            created_at=self._deployment.clock.now(),
        )


def letter_view(letter: LetterRecord, join_url: str | None) -> LetterView:
    """Return a letter as listed; ``shows_link``: the meeting's join URL stands in its text."""
    return LetterView(
        id=letter.id,
        interview=letter.interview_id,
        audience=letter.audience,
        channel=letter.channel,
        recipients=letter.recipients,
        subject=letter.subject,
        text=letter.text,
        shows_link=join_url is not None and join_url in letter.text,
        state=letter.state,
        editable=tuple(sorted(letter.editable)),
    )


def told_by(letter: LetterRecord) -> Told:
    """Return whom a letter is for, and the way it takes."""
    return letter.audience, letter.channel


def _stays(letter: LetterRecord, record: InterviewRecord) -> bool:
    return letter.edited and letter.state in {"drafted", "previewed"} and letter.sequence == record.sequence


def shows_of(invites: Iterable[Invite]) -> Shows:
    """Return per audience which meeting details its invite shows."""
    return tuple((invite.audience, tuple(sorted(invite.shows))) for invite in invites)


def waits_for_preview(standing: Standing, letters: Iterable[LetterRecord]) -> bool:
    """Whether the profile wants these letters looked at before they go out, and nobody has."""
    return standing.profile.manifest.sending.review_first and any(one.state == "drafted" for one in letters)


def _recipients(record: InterviewRecord, invite: Invite) -> tuple[Person, ...]:
    interview = record.interview
    by_audience: dict[str, tuple[Person, ...]] = {
        "interviewers": interview.interviewers,
        "candidate": interview.candidates,
        "scheduler": (interview.scheduler,),
    }
    return by_audience[invite.audience]


def _join_url(tx: Transaction, interview_id: str) -> str | None:
    record = tx.interviews.get(None, interview_id)
    if record is None:
        return None
    if record.given is not None:
        return record.given.url
    if record.meeting_id is None:
        return None
    row = tx.interviews.meeting(record.organization_id, record.meeting_id)
    return row.meeting.join_url if row is not None else None


def _draft_of(letter: Letter) -> str:
    return letter.model_dump_json(include=set(Draft.model_fields))


STAGES = {"draft": Stage.DRAFT, "saved": Stage.SAVED, "confirmed": Stage.CONFIRMED}
"""Stages of ``profile.yaml`` as values."""
