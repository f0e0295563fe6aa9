"""What Zoom tells of calls and meeting chat, taken into what is kept about candidates without anybody's asking."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from greenroom.engine.conversations import (
    ChatLine,
    Conversations,
    Known,
    callable_candidates,
    known_candidate,
)
from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import ConnectionRecord, InboxRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, read_standing
from greenroom.model import Level

CALLS = frozenset(
    {
        "phone.caller_call_history_completed",
        "phone.callee_call_history_completed",
        "phone.recording_completed",
    }
)
MEETING_CHAT = "meeting.chat_message_sent"


class _Loose(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)


class _Message(_Loose):
    date_time: AwareDatetime
    sender_name: str = ""
    message_content: str


class _Recorded(_Loose):
    user_id: str = ""


class _Object(_Loose):
    id: str = ""
    uuid: str = ""
    user_id: str = ""
    recordings: tuple[_Recorded, ...] = ()
    chat_message: _Message | None = None


class _Payload(_Loose):
    account_id: str = ""
    object: _Object = _Object()


class _Told(_Loose):
    event: str
    payload: _Payload = _Payload()


class Capture:
    """Captures as whoever authorized: no event makes anything visible that its owner could not capture."""

    def __init__(self, deployment: Deployment, conversations: Conversations) -> None:
        self._deployment = deployment
        self._conversations = conversations

    async def heard(self, record: InboxRecord) -> None:
        """Take in a webhook, if it tells of a call or of a line in a meeting's chat. Raises `ZoomError`."""
        try:
            told = _Told.model_validate_json(record.body)
        except ValidationError:
            return
        if told.event in CALLS:
            await self._calls(record.app, told.payload)
        elif told.event == MEETING_CHAT and told.payload.object.chat_message is not None:
            await self._line(record.app, told.payload, told.payload.object.chat_message)

    async def _calls(self, app: str, payload: _Payload) -> None:
        """Look at the history of whoever called: an event names the other side only by half."""
        found = payload.object
        user = found.user_id or next((one.user_id for one in found.recordings), "")

        def read(tx: Transaction) -> list[tuple[Standing, tuple[Known, ...]]]:
            grants = [one for one in tx.grants.of_user(payload.account_id, user) if one.app == app]
            rows = [row for grant in grants for row in tx.connections.on_grant(grant.id)]
            return [(self._owner(tx, row), callable_candidates(tx, row.organization_id)) for row in rows]

        for standing, people in await self._deployment.store.read(read):
            if people and "calls" in standing.profile.manifest.features:
                await self._conversations.capture_calls(standing, *people)

    async def _line(self, app: str, payload: _Payload, message: _Message) -> None:
        told = payload.object

        def read(tx: Transaction) -> list[tuple[Standing, str, tuple[Known, ...]]]:
            found = []
            for meeting in tx.interviews.meetings_at_zoom(told.id):
                row = tx.connections.get(meeting.connection_id)
                grant = tx.grants.get(row.grant_id) if row is not None and row.grant_id is not None else None
                record = tx.interviews.get(meeting.organization_id, meeting.meeting.of)
                ours = grant is not None and (grant.app, grant.zoom_account_id) == (app, payload.account_id)
                if row is not None and record is not None and ours:
                    organization = meeting.organization_id
                    people = [known_candidate(tx, organization, one.email) for one in record.interview.candidates]
                    found.append((self._owner(tx, row), record.id, tuple(people)))
            return found

        line = ChatLine(message.date_time, message.sender_name.strip(), message.message_content.strip())
        for standing, interview, people in await self._deployment.store.read(read):
            for known in people:
                await self._conversations.keep_line(standing, known, interview, told.uuid, line)

    def _owner(self, tx: Transaction, row: ConnectionRecord) -> Standing:
        """The organization as it stands for whoever authorized."""
        email = row.zoom_user.email if row.zoom_user is not None else ""
        member = tx.organizations.member(row.organization_id, row.owner if row.level is Level.MEMBER else email)
        return read_standing(tx, self._deployment.profiles, row.organization_id, member)
