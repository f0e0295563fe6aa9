"""Chat messages, kept while the sandbox runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

# So many messages to one channel in so many seconds.
BURSTS = ((10, 1), (30, 10), (60, 100))


@dataclass(frozen=True)
class Conversation:
    """Where a message goes: to a channel by its id, or between two people by ids or, outside, e-mails."""

    kind: Literal["to_contact", "to_channel"]
    parties: frozenset[str]

    @classmethod
    def between(cls, one: str, other: str) -> "Conversation":
        """Return what two people say to each other, whoever says it."""
        return cls("to_contact", frozenset((one, other)))

    @classmethod
    def in_channel(cls, channel_id: str) -> "Conversation":
        """Return what is said in a channel."""
        return cls("to_channel", frozenset((channel_id,)))


@dataclass(frozen=True)
class ChatMessage:
    """One message; `reply_to` is the main message it answers, if any."""

    id: str
    where: Conversation
    sender_id: str
    text: str
    at: datetime
    reply_to: str = ""


class ChatMessages:
    """Every message, in the order they were sent."""

    def __init__(self) -> None:
        self._kept: list[ChatMessage] = []

    def keep(self, message: ChatMessage) -> None:
        """Store a message."""
        self._kept.append(message)

    def find(self, message_id: str, where: Conversation) -> ChatMessage | None:
        """Return a message of a conversation."""
        return next((one for one in self.of(where) if one.id == message_id), None)

    def of(self, where: Conversation) -> Iterator[ChatMessage]:
        """Yield the messages of a conversation."""
        return (one for one in self._kept if one.where == where)

    def seen_by(self, user_id: str, channels: frozenset[str]) -> Iterator[ChatMessage]:
        """Yield what a person said or was told, in any of their conversations."""
        return (one for one in self._kept if one.where.parties & {user_id, *channels})

    def too_fast(self, where: Conversation, now: datetime) -> bool:
        """Tell whether a channel has had as many messages as it takes for now."""
        sent = [one.at for one in self.of(where)] if where.kind == "to_channel" else []
        return any(sum(now - at < timedelta(seconds=seconds) for at in sent) >= most for most, seconds in BURSTS)
