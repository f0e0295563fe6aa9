"""What people leave at Zoom besides meetings, as frozen values: calls, messages, where our app was opened."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.model import Value


class PhoneCall(Value):
    """One person's part in a phone call that is over.

    ``id`` names the call whoever's part it is, ``part`` this person's part in it. ``number`` and ``email`` are the
    other side's, empty where Zoom does not tell them; ``seconds`` how long they talked; ``recording`` the id of what
    was recorded.
    """

    id: str
    part: str
    direction: Literal["inbound", "outbound"]
    number: str = ""
    email: str = ""
    name: str = ""
    begun_at: AwareDatetime
    seconds: int = 0
    result: str = ""
    recording: str | None = None


class PhoneRecording(Value):
    """The recording of a phone call; ``part`` is the part in a call it was recorded in."""

    id: str
    part: str
    seconds: int | None = None
    download_url: str


class ChatMessage(Value):
    """A message of Team Chat; ``sender`` is an e-mail address."""

    id: str
    sender: str = ""
    name: str = ""
    text: str
    sent_at: AwareDatetime


class AppContext(Value):
    """Where in Zoom's client our app was opened, and by whom, as Zoom vouches for it.

    ``kind`` is ``meeting`` or ``panel`` (not in a meeting), ``meeting_uuid`` the instance it was opened in.
    """

    kind: str
    user_id: str
    meeting_uuid: str | None = None
    expires_at: AwareDatetime
