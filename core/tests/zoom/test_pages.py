"""Lists are walked to their end, whatever happens on the way."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date

import pytest
from core.tests.zoom.wire import Wire, answer

from greenroom.engine.ports.zoom import Access, FieldsRefused, PageExpired, UnreadableReply
from greenroom.zoom import ZoomClient

EXPIRED = answer(400, {"code": 300, "message": "The next page token is invalid or expired."})

Walk = Callable[[ZoomClient, Access], AsyncIterator[object]]

USER = {"id": "{}", "email": "{}@acme.example"}
MEETING = {"id": "{}", "join_url": "https://zoom.us/j/{}"}
RECORDING = {"uuid": "u{}", "id": "{}"}
LISTS: dict[str, tuple[Walk, str, dict[str, str], int]] = {
    "users": (lambda zoom, access: zoom.users(access, cloud="commercial"), "users", USER, 3),
    "meetings": (lambda zoom, access: zoom.meetings(access, "u1"), "meetings", MEETING, 1),
    "role members": (lambda zoom, access: zoom.role_members(access, "1"), "members", USER, 1),
    "rooms": (lambda zoom, access: zoom.rooms(access), "rooms", {"id": "{}"}, 1),
    "participants": (lambda zoom, access: zoom.past_participants(access, "9"), "participants", USER, 1),
    "recordings": (
        lambda zoom, access: zoom.recordings(access, "u1", since=date(2027, 3, 1), until=date(2027, 3, 2)),
        "meetings",
        RECORDING,
        1,
    ),
}
EACH = pytest.mark.parametrize(("walk", "name", "form", "lists"), LISTS.values(), ids=LISTS)


def page(name: str, form: dict[str, str], numbers: list[int], following: str = "") -> bytes:
    """Return one page of a list."""
    entries = [{key: value.format(number) for key, value in form.items()} for number in numbers]
    return answer(200, {name: entries, "next_page_token": following})


@EACH
async def test_a_list_is_walked_page_by_page(
    zoom: ZoomClient, access: Access, wire: Wire, walk: Walk, name: str, form: dict[str, str], lists: int
) -> None:
    """The page token is sent back as it came, with the same query, until there is none."""
    empty = [page(name, form, [])] * (lists - 1)
    wire.then(page(name, form, [1, 2], "p+/2"), page(name, form, [3]), *empty)
    assert len([entry async for entry in walk(zoom, access)]) == 3
    first, second = (request.query for request in wire.received[:2])
    assert second == {**first, "next_page_token": "p+/2"}
    assert first["page_size"] == "300"


@EACH
async def test_a_list_whose_pages_expire_is_walked_once_more(
    zoom: ZoomClient, access: Access, wire: Wire, walk: Walk, name: str, form: dict[str, str], lists: int
) -> None:
    """Fifteen minutes are not for ever: the walk begins anew, and what was given is not given again."""
    empty = [page(name, form, [])] * (lists - 1)
    wire.then(page(name, form, [1, 2], "p2"), EXPIRED, page(name, form, [1, 3], "p2"), page(name, form, [2, 4]), *empty)
    given = [repr(entry) async for entry in walk(zoom, access)]
    assert len(given) == len(set(given)) == 4
    assert "next_page_token" not in wire.received[2].query


@EACH
async def test_a_list_whose_pages_expire_again_is_given_up(
    zoom: ZoomClient, access: Access, wire: Wire, walk: Walk, name: str, form: dict[str, str], lists: int
) -> None:
    """Once more, not for ever."""
    wire.then(*[page(name, form, [1], "p2"), EXPIRED] * 2)
    with pytest.raises(PageExpired):
        [entry async for entry in walk(zoom, access)]
    assert len(wire.received) == 4


@EACH
@pytest.mark.parametrize("body", [{}, [], {"?": None}])
async def test_a_page_that_cannot_be_read_is_never_an_empty_one(
    zoom: ZoomClient,
    access: Access,
    wire: Wire,
    walk: Walk,
    name: str,
    form: dict[str, str],
    lists: int,
    body: dict[str, object] | list[object],
) -> None:
    """Whoever looks for something must not conclude that it is not there."""
    wire.then(*[answer(200, body)] * 3)
    with pytest.raises(UnreadableReply):
        [entry async for entry in walk(zoom, access)]


async def test_entries_that_are_alike_are_each_given(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Two stays that look the same are two, in the second walk as in the first."""
    stay = {"name": "Ben"}
    wire.then(
        answer(200, {"participants": [stay], "next_page_token": "p2"}),
        EXPIRED,
        answer(200, {"participants": [stay, stay, {"name": "Cleo"}]}),
    )
    names = [one.name async for one in zoom.past_participants(access, "9")]
    assert names == ["Ben", "Ben", "Cleo"]


async def test_a_long_time_is_asked_for_in_parts(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Zoom lists a month of recordings at most; no day is asked for twice, and none is left out."""
    wire.then(*[answer(200, {"meetings": []})] * 3)
    walk = zoom.recordings(access, "u1", since=date(2027, 1, 1), until=date(2027, 2, 28))
    assert [recording async for recording in walk] == []
    assert [(request.query["from"], request.query["to"]) for request in wire.received] == [
        ("2027-01-01", "2027-01-28"),
        ("2027-01-29", "2027-02-25"),
        ("2027-02-26", "2027-02-28"),
    ]


@pytest.mark.parametrize(
    ("uuid", "segment"),
    [
        ("85746065123", "85746065123"),
        ("4444AAAiAAAAAiAiAiiAii==", "4444AAAiAAAAAiAiAiiAii%3D%3D"),
        ("ab/c+d==", "ab%2Fc%2Bd%3D%3D"),
        ("/ajXp112QmuoKj4854875==", "%252FajXp112QmuoKj4854875%253D%253D"),
        ("ab//c==", "ab%252F%252Fc%253D%253D"),
    ],
)
async def test_a_uuid_is_quoted_twice_where_zoom_wants_it(
    zoom: ZoomClient, access: Access, wire: Wire, uuid: str, segment: str
) -> None:
    """Where it begins with a slash or has two side by side; otherwise once."""
    wire.then(answer(200, {"participants": []}), answer(200, {"uuid": uuid, "id": 9}))
    assert [stay async for stay in zoom.past_participants(access, uuid)] == []
    assert (await zoom.recording(access, uuid)).uuid == uuid
    assert [request.target.partition("?")[0] for request in wire.received] == [
        f"/v2/past_meetings/{segment}/participants",
        f"/v2/meetings/{segment}/recordings",
    ]


@pytest.mark.parametrize("uuid", ["", "..", "a b", "a?b", "x" * 65, "é"])
async def test_anything_else_is_no_uuid(zoom: ZoomClient, access: Access, wire: Wire, uuid: str) -> None:
    """It is refused before it is sent."""
    with pytest.raises(FieldsRefused, match="nothing was sent") as caught:
        await zoom.recording(access, uuid)
    assert caught.value.fields == ("meetingId",)
    assert wire.received == []
