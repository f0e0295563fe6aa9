"""The chat operations: messages between people, and in channels."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.chat_messages import ChatMessage, Conversation
from greenroom.sandbox.clock import iso, milliseconds
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.state import State
from greenroom.sandbox.world_products import ChannelSpec

_PAGE, _HIGHEST_PAGE = "10", 50
_SIX_MONTHS = timedelta(days=184)
_SOONEST, _LATEST = timedelta(minutes=30), timedelta(days=180)
_TOO_FAST = "You have reached the maximum per-second rate limit for this API. Try again later."
_NOT_ALLOWED = "Unauthorized request. You do not have permission to access this user's chat messages."


def list_messages(call: Call) -> Reply:
    """GET /chat/users/{userId}/messages: a day's, or those between two times, the latest first."""
    user = _whose(call)
    searched = bool(call.query.get("search_key") and call.query.get("search_type"))
    where = _conversation(call, user, call.query, needed=not searched)
    first, last = _window(call)
    found = [one for one in _asked(call, user, where) if first <= one.at <= last]
    query = {"page_size": _PAGE, **call.query}
    paged = replace(call, query=query)
    body = page(paged, "messages", found[::-1], lambda one: _drawn(call, one), highest=_HIGHEST_PAGE, numbered=False)
    if call.query.get("from") or call.query.get("to"):
        return Reply(body={**body, "from": iso(first), "to": iso(last)})
    return Reply(body={**body, "date": first.date().isoformat()})


def send_message(call: Call) -> Reply:
    """POST /chat/users/{userId}/messages; with `scheduled_time` it is sent then."""
    user = call.target()
    if not user.chat:
        raise ZoomError(400, 5418, "The user can not chat with others.")
    where = cast("Conversation", _conversation(call, user, call.body, needed=True))
    _check_parts(call, where)
    at = _scheduled(call)
    message = ChatMessage(
        id=call.state.ids.text(22),
        where=where,
        sender_id=user.id,
        text=str(call.body["message"]),
        at=at or call.state.clock.now(),
        reply_to=str(call.body.get("reply_main_message_id", "")),
    )
    if at:
        call.state.timers.at(at, "a chat message is sent", lambda: _deliver(call.state, user, message))
    else:
        if call.state.chat_messages.too_fast(where, message.at):
            raise ZoomError(429, 429, _TOO_FAST)
        _deliver(call.state, user, message)
    return Reply(201, {"id": message.id})


def _whose(call: Call) -> User:
    """Return whose messages are asked for; lacking the privilege has a text of its own here."""
    try:
        return call.target()
    except ZoomError as error:
        if error.code == 200:
            raise ZoomError(400, 200, _NOT_ALLOWED) from None
        raise


def _conversation(call: Call, user: User, asked: Mapping[str, object], *, needed: bool) -> Conversation | None:
    """Return the conversation meant.

    Raises:
        ZoomError: 400/300 unless exactly one is named; 404/1001 or 4130 for one that is not there; 400/5301
            for somebody whose login is barred.
    """
    contact, channel = str(asked.get("to_contact") or ""), str(asked.get("to_channel") or "")
    if bool(contact) is bool(channel):
        if not (contact or needed):
            return None
        raise ZoomError(400, 300, "Must provide either contact or channel parameter.")
    if channel:
        return Conversation.in_channel(_channel(call, user, channel).id)
    return Conversation.between(user.id, _contact(call, user, contact))


def _channel(call: Call, user: User, wanted: str) -> ChannelSpec:
    for one in _channels(call.state, user):
        if one.id == wanted:
            return one
    raise ZoomError(404, 4130, f"Channel does not exist: {wanted}.")


def _channels(state: State, user: User) -> Iterator[ChannelSpec]:
    for one in state.directory.account_of(user).channels:
        if user.email.casefold() in {email.casefold() for email in one.members}:
            yield one


def _contact(call: Call, user: User, wanted: str) -> str:
    """Return who is meant: a colleague's id, or the e-mail of a contact outside the account."""
    other = call.state.directory.find_user(wanted)
    if other and other.account_id == user.account_id and other.status != "pending" and other.id != user.id:
        if other.status == "inactive" and call.operation.method == "POST":
            raise ZoomError(400, 5301, "Message sending failed.")
        return other.id
    email = other.email if other else wanted
    if email.casefold() in {one.casefold() for one in user.contacts}:
        return other.id if other else email.casefold()
    raise ZoomError(404, 1001, f"User does not exist: {wanted}.")


def _check_parts(call: Call, where: Conversation) -> None:
    """Check what comes along with the text.

    Raises:
        ZoomError: 400 with 5402 (reply to a reply), 5403 (files) or 5405 (a card that is none).
    """
    if call.body.get("file_ids"):
        raise ZoomError(400, 5403, "Account settings do not allow files to be sent.")
    main = call.body.get("reply_main_message_id")
    answered = call.state.chat_messages.find(str(main), where) if main else None
    if main and (answered is None or answered.reply_to):
        raise ZoomError(400, 5402, "This only supports replies to a main message.")
    for card in cast("list[Mapping[str, object]]", call.body.get("interactive_cards", [])):
        if not _is_json(str(card.get("card_json", ""))):
            raise ZoomError(400, 5405, "Failed to create interactive card.")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _scheduled(call: Call) -> datetime | None:
    if not call.body.get("scheduled_time"):
        return None
    now = call.state.clock.now()
    at = _moment(str(call.body["scheduled_time"]), "scheduled_time")
    if not now + _SOONEST < at <= now + _LATEST:
        text = (
            "Invalid parameter: send_time. The time requirement is more than 30 minutes from now and within 180 days."
        )
        raise ZoomError(400, 300, text)
    return at


def _window(call: Call) -> tuple[datetime, datetime]:
    """Return the time asked for: between two times, or a day, today unless said otherwise.

    Raises:
        ZoomError: 400/300 beyond the last six months.
    """
    now, query = call.state.clock.now(), call.query
    if query.get("from") or query.get("to"):
        last = _moment(query["to"], "to") if query.get("to") else now
        first = _moment(query["from"], "from") if query.get("from") else last - timedelta(days=1)
    else:
        day = _day(query["date"]) if query.get("date") else now.date()
        first, last = (datetime.combine(day, edge, UTC) for edge in (time.min, time.max))
    if last < first:
        raise ValidationError({"to": "It must not be before from."})
    if first < now - _SIX_MONTHS:
        raise ZoomError(400, 300, "Only provide past chat messages in recent 6 months.")
    return first, last


def _moment(text: str, name: str) -> datetime:
    try:
        told = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        raise ValidationError({name: "Give a time such as 2027-03-02T15:00:00Z."}) from None
    return told.replace(tzinfo=UTC) if told.tzinfo is None else told.astimezone(UTC)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValidationError({"date": "Give a day such as 2027-03-02."}) from None


def _asked(call: Call, user: User, where: Conversation | None) -> Iterator[ChatMessage]:
    """Yield the messages asked for; there are no files, so a search for some finds none."""
    kept = call.state.chat_messages
    key = call.query.get("search_key", "").casefold()
    channels = frozenset(one.id for one in _channels(call.state, user))
    for one in kept.of(where) if where else kept.seen_by(user.id, channels):
        child = one.reply_to and call.query.get("exclude_child_message", "").lower() == "true"
        if not child and key in one.text.casefold() and call.query.get("search_type") != "file":
            yield one


def _drawn(call: Call, one: ChatMessage) -> dict[str, object]:
    sender = call.state.directory.users.get(one.sender_id)
    main = call.state.chat_messages.find(one.reply_to, one.where) if one.reply_to else None
    answered = {"reply_main_message_id": main.id, "reply_main_message_timestamp": milliseconds(main.at)} if main else {}
    return {
        "id": one.id,
        "message": one.text,
        "message_type": "plain_text_message",
        "sender": sender.email if sender else "",
        "sender_display_name": sender.display_name if sender else "",
        "send_member_id": one.sender_id.lower(),
        "date_time": iso(one.at),
        "timestamp": milliseconds(one.at),
        "status": "Normal",
        **answered,
    }


def _deliver(state: State, sender: User, message: ChatMessage) -> None:
    """Keep a message and tell of it; the part the message did not go to stays empty."""
    state.chat_messages.keep(message)
    others = message.where.parties - {sender.id}
    contact = state.directory.users.get(next(iter(others), ""))
    channels = [one for one in _channels(state, sender) if message.where.parties == {one.id}]
    told = {
        "id": message.id,
        "type": message.where.kind,
        "date_time": iso(message.at),
        "timestamp": milliseconds(message.at),
        "session_id": "-".join(sorted(message.where.parties)),
        "contact_email": "",
        "contact_id": "",
        "channel_id": channels[0].id if channels else "",
        "channel_name": channels[0].name if channels else "",
        "message": message.text,
    }
    if message.where.kind == "to_contact":
        told["contact_email"] = contact.email if contact else next(iter(others), "")
        told["contact_id"] = contact.id if contact else ""
    payload = {"operator": sender.email, "operator_id": sender.id, "object": told}
    state.events.emit("chat_message.sent", sender.account_id, payload, about=(sender.id, *others))


HANDLERS: dict[str, Handler] = {
    "GET /chat/users/{userId}/messages": list_messages,
    "POST /chat/users/{userId}/messages": send_message,
}
