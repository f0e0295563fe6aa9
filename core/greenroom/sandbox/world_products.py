"""What a world file says of licences and of Zoom's other products: phone, chat and calendar."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

AdminOnly = Literal["name", "host_key", "pmi", "vanity_name"]
CallResult = Literal["answered", "voicemail", "no_answer", "busy", "rejected", "canceled"]
RoomStatus = Literal["Offline", "Available", "InMeeting", "UnderConstruction"]
RoomType = Literal[
    "Kiosk", "ZoomRoom", "StandaloneWhiteboard", "SchedulingDisplayOnly", "DigitalSignageOnly", "PersonalZoomRoom"
]
PHONE_PLANS = ("business", "education", "enterprise")
# A number, or the e-mail of somebody with a phone.
PHONE_PARTY = r"^(\+[0-9]{4,15}|[^@\s]+@[^@\s]+)$"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SeatsSpec(_Value):
    """How many people of each kind an account may have; `None` is as many as it likes.

    Attributes:
        bundled: people with a bundle of products (Zoom United or Zoom One) instead of a meetings licence.
    """

    basic: int | None = None
    licensed: int | None = None
    no_meetings: int | None = None
    bundled: int | None = 0


class PhoneSpec(_Value):
    """A person's Zoom Phone licence: their number, `+` and digits, and their extension."""

    number: str
    extension: int


class CallSpec(_Value):
    """A phone call; each side is the e-mail of somebody with a phone licence, or a number.

    Attributes:
        seconds: how long they talked; 0 for a call nobody answered.
        ended_minutes_ago: when it ended, before the sandbox started.
    """

    caller: str
    callee: str
    seconds: int = 0
    result: CallResult = "answered"
    recorded: bool = False
    ended_minutes_ago: float = 0


class ChannelSpec(_Value):
    """A chat channel and the e-mails of its members."""

    id: str
    name: str
    members: tuple[str, ...]


class CalendarEventSpec(_Value):
    """An event in somebody's Zoom calendar."""

    summary: str
    start: datetime
    end: datetime
    id: str | None = None
    attendees: tuple[str, ...] = ()
    busy: bool = True
