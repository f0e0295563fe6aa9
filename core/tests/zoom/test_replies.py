"""Users and meetings as Zoom's replies hold them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from greenroom.model import Permission, ZoomAccount
from greenroom.zoom.replies import meeting_of, permissions_of, user_of

MEETING = {"id": 85746065123, "join_url": "https://us02web.zoom.us/j/85746065123?pwd=a.1"}
USER = {"id": "u1", "email": "ana@acme.example", "type": 2, "role_id": "1", "status": "active"}


@pytest.mark.parametrize("number", [85746065123, "85746065123", 2**63])
def test_a_meeting_id_is_a_text_of_digits(number: object) -> None:
    """Zoom sends numbers here and texts there, some too long for 32 bits."""
    made = meeting_of({**MEETING, "id": number}, host_id="h")
    assert made is not None
    assert made.id == str(number)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": True},
        {"id": 8.5},
        {"id": "85 746"},
        {"id": ""},
        {"id": -5},
        {"id": [1]},
        {"join_url": None},
        {"join_url": ""},
        {"join_url": "javascript:alert(1)"},
        {"join_url": "https://zoom.us/j/1 2"},
        {"join_url": 5},
    ],
)
def test_a_meeting_needs_an_id_and_a_join_url(change: dict[str, object]) -> None:
    """Without both there is nothing to keep."""
    assert meeting_of({**MEETING, **change}, host_id="h") is None


def test_a_meeting_is_read_whole_and_its_start_url_never() -> None:
    """The settings are those in force; a start URL would let anybody in as the host."""
    settings = {
        "use_pmi": False,
        "join_before_host": True,
        "waiting_room": False,
        "meeting_authentication": True,
        "auto_recording": "none",
    }
    document = {
        **MEETING,
        "host_id": "u1",
        "topic": "T",
        "agenda": "A",
        "start_time": "2027-03-01T12:00:00Z",
        "duration": 45,
        "password": "abc",
        "start_url": "https://us02web.zoom.us/s/1?zak=canary-zak",
        "settings": settings,
    }
    made = meeting_of(document, host_id="h")
    assert made is not None
    assert made.start == datetime(2027, 3, 1, 12, tzinfo=UTC)
    assert made.model_dump(exclude={"start"}) == {
        "id": "85746065123",
        "host_id": "u1",
        "join_url": MEETING["join_url"],
        "topic": "T",
        "agenda": "A",
        "minutes": 45,
        "passcode": "abc",
        "use_pmi": False,
        "join_before_host": True,
        "waiting_room": False,
        "authentication": True,
        "auto_recording": "none",
        "uuid": None,
        "running": False,
    }
    assert "canary-zak" not in repr(made)


def test_a_start_is_an_instant_in_utc() -> None:
    """An offset is taken off."""
    made = meeting_of({**MEETING, "start_time": "2027-03-01T12:00:00+01:00"}, host_id="h")
    assert made is not None
    assert made.start is not None
    assert made.start.isoformat() == "2027-03-01T11:00:00+00:00"


@pytest.mark.parametrize("start", ["2027-03-01T12:00:00", "whenever", "0001-01-01T00:00:00+14:00", None, []])
def test_a_meeting_is_not_lost_over_what_nobody_asked_for(start: object) -> None:
    """Fields that cannot be read are left out; the meeting exists all the same."""
    odd = {**MEETING, "start_time": start, "duration": "45", "settings": [], "password": "", "topic": None}
    made = meeting_of(odd, host_id="h")
    assert made is not None
    assert (made.start, made.minutes, made.waiting_room, made.passcode, made.topic) == (None, None, None, None, "")
    assert made.host_id == "h"


def test_one_odd_setting_leaves_the_others() -> None:
    """Each setting is read by itself."""
    made = meeting_of({**MEETING, "settings": {"waiting_room": "yes", "use_pmi": True}}, host_id="h")
    assert made is not None
    assert (made.waiting_room, made.use_pmi) == (None, True)


@pytest.mark.parametrize(
    ("type", "licence"), [(1, "basic"), (2, "licensed"), (4, "none"), (99, "none"), (None, "none")]
)
def test_the_licence_is_told_by_the_type(type: object, licence: str) -> None:
    """1 is Basic, 2 is Licensed; nobody else hosts."""
    user = user_of({**USER, "type": type}, cloud="commercial")
    assert user is not None
    assert user.licence == licence


@pytest.mark.parametrize(
    ("role_id", "role"),
    [
        ("0", "owner"),
        (0, "owner"),
        ("1", "admin"),
        ("2", "member"),
        ("RAx9", "custom"),
        (None, "member"),
        ([], "member"),
    ],
)
def test_the_role_is_told_by_its_id(role_id: object, role: str) -> None:
    """Names can be changed at Zoom, ids cannot; an unknown role gives nobody rights."""
    user = user_of({**USER, "role_id": role_id}, cloud="commercial")
    assert user is not None
    assert user.role == role


def test_an_account_is_observed_without_its_plan() -> None:
    """No user's reply tells the plan."""
    user = user_of({**USER, "account_id": "a1"}, cloud="government")
    assert user is not None
    assert user.account == ZoomAccount(id="a1", plan=None, cloud="government", source="observed")


@pytest.mark.parametrize("without", ["id", "email"])
def test_somebody_without_id_or_address_is_no_user_yet(without: str) -> None:
    """An invitation nobody accepted has no id, and cannot host."""
    assert user_of({name: value for name, value in USER.items() if name != without}, cloud="commercial") is None


def test_privileges_become_lines_of_the_role_editor() -> None:
    """Editing includes seeing; what is not in the table keeps Zoom's word."""
    held = permissions_of(["User:Read", "User:Edit", "ZoomRooms:Read", "Phone:Site:Read", "Odd", "", 5])
    assert held == {
        Permission(section="User and Permission Management", item="Users", view=True, edit=True),
        Permission(section="Zoom Rooms Management", item="Zoom rooms", view=True, edit=False),
        Permission(section="Other", item="Phone:Site", view=True, edit=False),
        Permission(section="Other", item="Odd", view=True, edit=False),
    }
