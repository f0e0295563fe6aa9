"""A candidate's record: who they are, how they stand, their interviews with meeting details and links."""

from __future__ import annotations

from greenroom.engine.conversations import Known
from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import CandidateInterviewView, CandidateOutcome, refused
from greenroom.engine.features import Allowed, Features
from greenroom.engine.held import Held, held
from greenroom.engine.ports.records import InterviewRecord
from greenroom.engine.ports.zoom import MadeMeeting, ZoomError, ZoomNotFound
from greenroom.engine.recordings import as_now
from greenroom.engine.standing import Standing
from greenroom.engine.timeline import Timeline
from greenroom.engine.words import text_of
from greenroom.model import Refusal


class Candidates:
    """The use case behind `candidate`."""

    def __init__(self, deployment: Deployment, features: Features, timeline: Timeline) -> None:
        self._deployment = deployment
        self._features = features
        self._timeline = timeline

    async def record(self, standing: Standing, email: str) -> CandidateOutcome:
        """Return a candidate's record; details that may not or cannot be had from Zoom are left out, and that is said.

        Raises `NotFound` where no interview is with them.
        """
        known = await self._timeline.known(standing, email, None)

        async def look(allowed: Allowed) -> CandidateOutcome:
            return await self.view(allowed.standing, known)

        found = await self._features.use(standing, "timeline", look, at_zoom=False)
        return refused(CandidateOutcome, standing, found) if isinstance(found, Refusal) else found

    async def view(self, standing: Standing, known: Known) -> CandidateOutcome:
        """Return the record of somebody whom the acting member was allowed to look at."""
        meetings = await self._deployment.store.read(lambda tx: held(tx, known.interviews))
        by_interview = {one.record.id: one for one in meetings}
        views, warnings = [], []
        for record in known.interviews:
            details = await self._details(standing, by_interview.get(record.id))
            if isinstance(details, str):
                warnings.append(details)
            views.append(_view(record, by_interview.get(record.id), details if not isinstance(details, str) else None))
        status = await self._deployment.store.read(
            lambda tx: tx.activities.latest(standing.record.id, known.email, "status")
        )
        return CandidateOutcome(
            organization=standing.record.name,
            email=known.email,
            name=known.name,
            status=status.text if status is not None else "",
            interviews=tuple(views),
            warnings=tuple(dict.fromkeys(warnings)),
        )

    async def _details(self, standing: Standing, one: Held | None) -> MadeMeeting | str | None:
        """Return the meeting as Zoom has it, ``None`` where there is none any more, or in words why it is not known."""
        if one is None or one.meeting.state != "live":
            return None
        meeting_id, zoom = one.meeting.meeting.id, self._deployment.zoom

        async def read(allowed: Allowed) -> MadeMeeting | None:
            try:
                return await allowed.call(lambda access: zoom.get_meeting(access, meeting_id))
            except ZoomNotFound:
                return None

        through = as_now(standing, one.meeting.meeting.via)
        try:
            found = await self._features.use(
                standing, "meeting_details", read, through=through, interview=one.record.id
            )
        except ZoomError as error:
            return f"meeting details are not known: {error.what}"
        return text_of(standing.profile, found.say) if isinstance(found, Refusal) else found


def _view(record: InterviewRecord, one: Held | None, details: MadeMeeting | None) -> CandidateInterviewView:
    interview = record.interview
    return CandidateInterviewView(
        id=record.id,
        subject=interview.subject,
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone,
        state=record.state,
        join_url=details.join_url if details is not None else None,
        host=one.meeting.meeting.host.email if one is not None and details is not None else None,
        topic=details.topic if details is not None else "",
    )
