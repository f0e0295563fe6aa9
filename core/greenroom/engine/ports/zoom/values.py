"""What goes to Zoom and what comes back, as frozen values."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, Field, SecretStr

from greenroom.model import AppKind, Cloud, Value

CHANGES_A_DAY = 100
"""How often the meetings of one host may be created or changed in a UTC day."""


class ZoomApp(Value):
    """A Zoom app of this deployment: its name, kind and credentials, and Zoom's host (``https://zoom.us``).

    ``api_hosts``: hosts (``name`` or ``name:port``, https only) that may see tokens besides Zoom's own.
    ``webhook_secret_previous`` is accepted beside ``webhook_secret`` while the secret is being changed at Zoom.
    """

    name: str
    kind: AppKind
    client_id: str
    client_secret: SecretStr
    redirect_uri: str
    webhook_secret: SecretStr | None = None
    webhook_secret_previous: SecretStr | None = None
    host: str = "https://zoom.us"
    api_hosts: tuple[str, ...] = ()

    @property
    def cloud(self) -> Cloud:
        """Which of Zoom's clouds the app lives in."""
        return "government" if "zoomgov.com" in self.host else "commercial"

    @property
    def webhook_secrets(self) -> tuple[SecretStr, ...]:
        """The secrets a webhook may be signed with: the current one first; empty ones do not count."""
        given = (self.webhook_secret, self.webhook_secret_previous)
        return tuple(secret for secret in given if secret is not None and secret.get_secret_value())


class Tokens(Value):
    """What Zoom grants. ``expires_in`` is seconds; ``api_url`` the API host of the user's region."""

    access_token: SecretStr
    refresh_token: SecretStr
    expires_in: int = Field(gt=0)
    scopes: frozenset[str]
    api_url: str


class Access(Value):
    """One accepted access token and where it is accepted.

    ``account`` is the id of the Zoom account behind it: Zoom's limits are the account's, so tokens of the same
    account wait for each other. Without it each token waits alone.
    """

    api_url: str
    token: SecretStr
    account: str | None = None


class HostBudget(Value):
    """How many changes of one host's meetings Zoom takes before ``resets_at``, the next 00:00 UTC.

    ``count`` is what this process sent today (creates and updates that Zoom granted or may have), so
    ``remaining`` is an upper bound until Zoom says that the hundred are used up: then it is 0.
    """

    host_id: str
    count: int = Field(ge=0)
    remaining: int = Field(ge=0, le=CHANGES_A_DAY)
    resets_at: AwareDatetime


class MeetingDraft(Value):
    """What is sent to create or update a meeting; ``None`` is not sent.

    ``start`` is an instant and goes out in UTC with ``Z``; ``zone`` is the IANA zone shown beside it.
    """

    topic: str
    agenda: str | None = None
    start: AwareDatetime
    minutes: int
    zone: str
    use_pmi: bool | None = None
    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    passcode: str | None = None
    auto_recording: Literal["none", "local", "cloud"] | None = None


class MadeMeeting(Value):
    """A meeting as Zoom reports it: the settings in force, whatever was asked. No start URL is ever read.

    ``uuid`` names its next or running instance; ``running``: it is being held right now.
    """

    id: str
    uuid: str | None = None
    running: bool = False
    host_id: str
    join_url: str
    topic: str = ""
    agenda: str = ""
    start: AwareDatetime | None = None
    minutes: int | None = None
    passcode: str | None = None
    use_pmi: bool | None = None
    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    auto_recording: str | None = None


class PasscodeRule(Value):
    """What a passcode has to look like; ``None`` = Zoom does not say."""

    length: int | None = None
    letter: bool | None = None
    number: bool | None = None
    special: bool | None = None
    both_cases: bool | None = None
    only_digits: bool | None = None


class MeetingSettings(Value):
    """What the settings of a user or an account say about new meetings; ``None`` = Zoom does not say.

    ``one_security_option``: a meeting without passcode, waiting room and authentication gets one of them from
    Zoom. ``capacity`` counts participants.
    """

    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    use_pmi: bool | None = None
    passcode_required: bool | None = None
    passcode_in_link: bool | None = None
    passcode_rule: PasscodeRule | None = None
    one_security_option: bool | None = None
    auto_recording: Literal["none", "local", "cloud"] | None = None
    cloud_recording: bool | None = None
    capacity: int | None = None


class MeetingLocks(Value):
    """Which settings an account has locked: those win over what a meeting asks, silently. ``None`` = not said."""

    join_before_host: bool | None = None
    waiting_room: bool | None = None
    authentication: bool | None = None
    use_pmi: bool | None = None
    passcode_required: bool | None = None
    passcode_in_link: bool | None = None
    one_security_option: bool | None = None
    auto_recording: bool | None = None
    cloud_recording: bool | None = None


class Role(Value):
    """A role of the account: ``"0"`` owner, ``"1"`` admin, ``"2"`` member, any other its own."""

    id: str
    name: str
    members: int | None = None


class RoleMember(Value):
    """Somebody who holds a role."""

    id: str
    email: str


class Room(Value):
    """A Zoom Room. ``status``: ``Offline``, ``Available``, ``InMeeting`` or ``UnderConstruction``."""

    id: str
    name: str
    status: str | None = None
    location_id: str | None = None


class Participant(Value):
    """One stay of somebody in a meeting that is over; whoever left and came back has several.

    ``email`` is empty for people outside the host's account, ``id`` for those without a login.
    """

    id: str = ""
    name: str = ""
    email: str = ""
    joined_at: AwareDatetime | None = None
    left_at: AwareDatetime | None = None
    seconds: int | None = None


class RecordingFile(Value):
    """One file of a recording. ``kind`` as Zoom names it (``MP4``, ``TRANSCRIPT``, …); ``size`` in bytes."""

    id: str
    kind: str = ""
    shows: str = ""
    extension: str = ""
    size: int | None = None
    complete: bool
    begun_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    download_url: str


class Recording(Value):
    """What was recorded of one instance of a meeting; ``uuid`` names the instance, ``meeting_id`` the meeting."""

    uuid: str
    meeting_id: str
    host_id: str = ""
    topic: str = ""
    start: AwareDatetime | None = None
    minutes: int | None = None
    files: tuple[RecordingFile, ...] = ()
