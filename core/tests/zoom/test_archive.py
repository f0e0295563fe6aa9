"""Settings, locks, roles, rooms, participants and recordings as Zoom's replies hold them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from core.tests.zoom.wire import Wire, answer
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.engine.ports.zoom import (
    Access,
    MeetingLocks,
    MeetingSettings,
    Participant,
    PasscodeRule,
    PlanRefused,
    Recording,
    RecordingFile,
    Role,
    RoleMember,
    Room,
    UnreadableReply,
)
from greenroom.zoom import ZoomClient
from greenroom.zoom.archive import participant_of, recording_of
from greenroom.zoom.settings import locks_of, settings_of

USUAL = {
    "feature": {"meeting_capacity": 300},
    "in_meeting": {"waiting_room": True},
    "recording": {"auto_recording": "cloud", "cloud_recording": True},
    "schedule_meeting": {
        "join_before_host": False,
        "use_pmi_for_scheduled_meetings": False,
        "require_password_for_scheduling_new_meetings": True,
        "embed_password_in_join_link": True,
        "meeting_password_requirement": {"length": 8, "have_letter": True, "only_allow_numeric": False},
        "pmi_password": "canary",
    },
}
SECURITY = {"meeting_security": {"auto_security": True, "waiting_room": False}}
AUTHENTICATION = {"meeting_authentication": True, "authentication_options": []}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


async def test_a_users_settings_are_put_together_from_their_shapes(
    zoom: ZoomClient, access: Access, wire: Wire
) -> None:
    """Zoom tells them in three shapes; no passcode of anybody's is read."""
    wire.then(answer(200, USUAL), answer(200, SECURITY), answer(200, AUTHENTICATION))
    settings = await zoom.user_settings(access, "u1")
    assert settings == MeetingSettings(
        join_before_host=False,
        waiting_room=True,
        authentication=True,
        use_pmi=False,
        passcode_required=True,
        passcode_in_link=True,
        passcode_rule=PasscodeRule(length=8, letter=True, only_digits=False),
        one_security_option=True,
        auto_recording="cloud",
        cloud_recording=True,
        capacity=300,
    )
    assert [request.target for request in wire.received] == [
        "/v2/users/u1/settings",
        "/v2/users/u1/settings?option=meeting_security",
        "/v2/users/u1/settings?option=meeting_authentication",
    ]


async def test_an_accounts_settings_and_locks_are_read(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """What is locked wins over what a meeting asks."""
    locks = {"schedule_meeting": {"join_before_host": True, "meeting_authentication": False}}
    wire.then(*[answer(200, USUAL)] * 3, answer(200, locks), answer(200, SECURITY))
    assert (await zoom.account_settings(access)).capacity == 300
    assert await zoom.account_locks(access) == MeetingLocks(
        join_before_host=True, authentication=False, waiting_room=False, one_security_option=True
    )
    assert wire.received[0].target == "/v2/accounts/me/settings"
    assert wire.received[3].target == "/v2/accounts/me/lock_settings"


@pytest.mark.parametrize("status", [200, 400])
async def test_a_plan_without_account_settings_says_so(
    zoom: ZoomClient, access: Access, wire: Wire, status: int
) -> None:
    """Zoom refuses this under a status of success, too."""
    wire.then(answer(status, {"code": 200, "message": "Only available for paid account:77"}))
    with pytest.raises(PlanRefused) as caught:
        await zoom.account_settings(access)
    assert (caught.value.category, caught.value.zoom_code) == ("plan", 200)
    assert "77" not in str(caught.value)


async def test_roles_and_their_members_are_read(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """An id may come as a number; whoever has none cannot be told from others."""
    wire.then(
        answer(200, {"roles": [{"id": "0", "name": "Owner", "total_members": 1}, {"id": 2, "name": "Member"}]}),
        answer(200, {"members": [{"id": "u1", "email": "ana@acme.example"}]}),
        answer(200, {"members": [{"email": "ana@acme.example"}]}),
    )
    assert await zoom.roles(access) == (Role(id="0", name="Owner", members=1), Role(id="2", name="Member"))
    assert [one async for one in zoom.role_members(access, "0")] == [RoleMember(id="u1", email="ana@acme.example")]
    with pytest.raises(UnreadableReply):
        [one async for one in zoom.role_members(access, "0")]


async def test_rooms_are_read(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A room has an id and a name, and neither an address nor a calendar."""
    wire.then(answer(200, {"rooms": [{"id": "r1", "name": "Oak", "status": "Available", "activation_code": "1"}]}))
    assert [room async for room in zoom.rooms(access)] == [Room(id="r1", name="Oak", status="Available")]


def test_a_stay_is_read_as_far_as_it_is_told() -> None:
    """People from outside the account have no e-mail, those without a login no id."""
    told = {"name": "Ben", "user_email": "", "join_time": "2027-03-01T12:00:00Z", "duration": 60}
    assert participant_of(told) == Participant(name="Ben", joined_at=datetime(2027, 3, 1, 12, tzinfo=UTC), seconds=60)


def test_a_recording_is_read_with_its_files() -> None:
    """Files and single voices alike; what has no address cannot be fetched and is left out; no passcode is read."""
    told = {
        "uuid": "a==",
        "id": 9,
        "host_id": "u1",
        "topic": "T",
        "start_time": "2027-03-01T12:00:00Z",
        "duration": 30,
        "password": "canary",
        "recording_files": [
            {
                "id": "f1",
                "file_type": "MP4",
                "recording_type": "active_speaker",
                "file_extension": "MP4",
                "file_size": 5,
                "status": "completed",
                "recording_start": "2027-03-01T12:00:00Z",
                "recording_end": "2027-03-01T12:30:00Z",
                "download_url": "https://zoom.us/rec/download/f1",
            },
            {"id": "f2", "file_type": "MP4", "status": "processing"},
            "?",
        ],
        "participant_audio_files": [{"id": "f3", "status": "processing", "download_url": "https://zoom.us/f3"}],
    }
    noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    first = RecordingFile(
        id="f1",
        kind="MP4",
        shows="active_speaker",
        extension="MP4",
        size=5,
        complete=True,
        begun_at=noon,
        ended_at=noon.replace(minute=30),
        download_url="https://zoom.us/rec/download/f1",
    )
    third = RecordingFile(id="f3", complete=False, download_url="https://zoom.us/f3")
    assert recording_of(told) == Recording(
        uuid="a==", meeting_id="9", host_id="u1", topic="T", start=noon, minutes=30, files=(first, third)
    )


GROUPS = st.sampled_from(["schedule_meeting", "in_meeting", "recording", "feature", "meeting_security", "uuid", "id"])


@settings(deadline=None)
@given(st.dictionaries(GROUPS, JSON))
def test_no_reply_breaks_the_reading(told: dict[str, object]) -> None:
    """What is not as it should be is not there."""
    assert settings_of([told]) == MeetingSettings()
    assert locks_of([told]) == MeetingLocks()
    assert participant_of(told).name == ""
    recording_of(told)
