"""The REST calls: what is sent, how lists are walked, what is tried again and what never is."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine

import pytest
from core.tests.zoom.conftest import TOKEN
from core.tests.zoom.wire import Act, Wire, answer

from greenroom.engine.ports.zoom import (
    Access,
    AccessRejected,
    FieldsRefused,
    MeetingDraft,
    OutcomeUnclear,
    PlanRefused,
    RateLimited,
    Zoom,
    ZoomError,
    ZoomNotFound,
    ZoomRefused,
    ZoomUnavailable,
)
from greenroom.zoom import ZoomClient

MEETING = {"id": 85746065123, "host_id": "u1", "join_url": "https://zoom.us/j/85746065123", "duration": 45}
ME = {"id": "u1", "email": "ana@acme.example", "type": 2, "role_id": "0", "account_id": "a1"}
GONE = {"code": 3001, "message": "Meeting does not exist: 9."}

Write = Callable[[ZoomClient, Access, MeetingDraft], Coroutine[object, object, object]]

WRITES: dict[str, Write] = {
    "create": lambda zoom, access, draft: zoom.create_meeting(access, "u1", draft),
    "update": lambda zoom, access, draft: zoom.update_meeting(access, "9", draft),
    "delete": lambda zoom, access, _: zoom.delete_meeting(access, "9"),
}
SENT_ONCE = {name: write for name, write in WRITES.items() if name != "delete"}


def test_the_client_is_what_the_engine_asks_for(zoom: ZoomClient) -> None:
    """Type checkers compare every signature with the port."""
    port: Zoom = zoom
    assert port is zoom


async def test_creating_posts_the_draft_under_the_token(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """One POST to the host's meetings; the token is in the header and nowhere else."""
    wire.then(answer(201, MEETING))
    made = await zoom.create_meeting(access, "u1", draft)
    (request,) = wire.received
    assert (request.method, request.target) == ("POST", "/v2/users/u1/meetings")
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["user-agent"].startswith("greenroom/")
    assert isinstance(request.document, dict)
    assert request.document["topic"] == "Ana Lee"
    assert (made.id, made.minutes) == ("85746065123", 45)


async def test_updating_and_deleting_name_the_meeting(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire
) -> None:
    """Both answer 204 without a body."""
    wire.then(answer(204), answer(204))
    await zoom.update_meeting(access, "9", draft)
    await zoom.delete_meeting(access, "9")
    assert [(request.method, request.target) for request in wire.received] == [
        ("PATCH", "/v2/meetings/9"),
        ("DELETE", "/v2/meetings/9"),
    ]
    assert wire.received[1].body == b""


async def test_a_meeting_that_is_gone_counts_as_deleted(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Cancelling twice is no fault."""
    wire.then(answer(404, GONE))
    await zoom.delete_meeting(access, "9")


@pytest.mark.parametrize(
    "body", [{"code": 1010, "message": "User does not belong to this account"}, "<html>404</html>"]
)
async def test_only_zooms_own_word_says_that_a_meeting_is_gone(
    zoom: ZoomClient, access: Access, wire: Wire, body: object
) -> None:
    """A proxy's 404, or a wrong account, does not count as deleted."""
    wire.then(answer(404, body))
    with pytest.raises((ZoomNotFound, OutcomeUnclear)):
        await zoom.delete_meeting(access, "9")


@pytest.mark.parametrize("write", SENT_ONCE.values(), ids=SENT_ONCE)
@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(500, {"code": 500, "message": "oops"}), OutcomeUnclear),
        (answer(503, "", {"retry-after": "0"}), OutcomeUnclear),
        (answer(200, "<html>a login page</html>"), OutcomeUnclear),
        (answer(400, "<error/>"), OutcomeUnclear),
        (answer(302, "", {"location": "/elsewhere"}), OutcomeUnclear),
        (Act.RESET, OutcomeUnclear),
        (b"HTTP/1.1 201 X\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{", OutcomeUnclear),
        (b"HTTP/1.1 201 X\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n{}", OutcomeUnclear),
        (b"what?\r\n\r\n", OutcomeUnclear),
        (answer(401, {"code": 124, "message": "Invalid access token."}), AccessRejected),
        (answer(429, {"code": 429, "message": "per-second rate limit"}), RateLimited),
        (answer(400, {"code": 300, "message": "Validation Failed."}), FieldsRefused),
        (answer(200, {"code": 200, "message": "Only available for paid account"}), PlanRefused),
    ],
)
async def test_a_change_is_sent_once_whatever_comes_back(
    zoom: ZoomClient,
    access: Access,
    draft: MeetingDraft,
    wire: Wire,
    write: Write,
    given: bytes | Act,
    kind: type[ZoomError],
) -> None:
    """A refusal is a refusal; where none was read, the change may have been made, and only a look can tell."""
    wire.then(given, answer(201, MEETING))
    with pytest.raises(ZoomError) as caught:
        await write(zoom, access, draft)
    assert type(caught.value) is kind
    assert len(wire.received) == 1


@pytest.mark.parametrize("write", SENT_ONCE.values(), ids=SENT_ONCE)
async def test_a_change_that_is_not_answered_in_time_is_sent_once(
    hasty: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire, write: Write
) -> None:
    """It was received and may have been made."""
    wire.then(Act.HANG)
    with pytest.raises(OutcomeUnclear, match="no answer in time"):
        await write(hasty, access, draft)
    assert len(wire.received) == 1


DELETED: dict[str, tuple[bytes | Act, ...]] = {
    "at once": (answer(204),),
    "after a hiccup": (answer(502, "<html>"), answer(204)),
    "after two": (Act.RESET, answer(503, "", {"retry-after": "0"}), answer(204)),
    "the first time, though its answer was lost": (Act.RESET, answer(404, GONE)),
    "after a limit that ended soon": (
        answer(429, {"code": 429, "message": "per-second"}, {"retry-after": "0"}),
        answer(204),
    ),
}


@pytest.mark.parametrize("given", DELETED.values(), ids=DELETED)
async def test_deleting_is_tried_again(
    zoom: ZoomClient, access: Access, wire: Wire, given: tuple[bytes | Act, ...]
) -> None:
    """What is gone stays gone, so deleting twice does no harm."""
    wire.then(*given)
    await zoom.delete_meeting(access, "9")
    assert [request.method for request in wire.received] == ["DELETE"] * len(given)


@pytest.mark.parametrize(
    ("given", "kind", "tries"),
    [
        (answer(500, {"code": 500, "message": "oops"}), OutcomeUnclear, 3),
        (Act.RESET, OutcomeUnclear, 3),
        (answer(302, "", {"location": "/elsewhere"}), OutcomeUnclear, 1),
        (answer(401, {"code": 124, "message": "Invalid access token."}), AccessRejected, 1),
        (answer(429, {"code": 429, "message": ""}), RateLimited, 1),
        (answer(400, {"code": 3018, "message": "Not allowed to delete PMI."}), ZoomRefused, 1),
    ],
)
async def test_deleting_is_given_up_in_the_end(
    zoom: ZoomClient, access: Access, wire: Wire, given: bytes | Act, kind: type[ZoomError], tries: int
) -> None:
    """Three times at most, and not at all where it would be in vain."""
    wire.then(*[given] * 3)
    with pytest.raises(ZoomError) as caught:
        await zoom.delete_meeting(access, "9")
    assert type(caught.value) is kind
    assert len(wire.received) == tries


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_a_change_that_was_never_sent_had_no_effect(zoom: ZoomClient, draft: MeetingDraft, write: Write) -> None:
    """Nobody listens, so nothing happened."""
    with pytest.raises(ZoomUnavailable, match="no connection"):
        await write(zoom, Access(api_url="http://127.0.0.1:1", token="t"), draft)


@pytest.mark.parametrize(
    "body",
    [
        "",
        {},
        {**MEETING, "id": None},
        {**MEETING, "id": "abc"},
        {**MEETING, "join_url": ""},
        {"id": 9},
        b'{"id": 9, "join_url": "https://zoom.us/j/9"',
    ],
)
async def test_a_creation_that_names_no_meeting_is_unclear(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire, body: object
) -> None:
    """201 says that something was made; what it is must be looked up."""
    wire.then(answer(201, body))
    with pytest.raises(OutcomeUnclear):
        await zoom.create_meeting(access, "u1", draft)


@pytest.mark.parametrize(
    ("host", "target"),
    [
        ("me", "/v2/users/me/meetings"),
        ("ana+x@acme.example", "/v2/users/ana%2Bx%40acme.example/meetings"),
        ("a/../../meetings/9?x=1#y", "/v2/users/a%2F..%2F..%2Fmeetings%2F9%3Fx%3D1%23y/meetings"),
        ("…\ud800", "/v2/users/%E2%80%A6%3F/meetings"),
        ("a\r\nx: y", "/v2/users/a%0D%0Ax%3A%20y/meetings"),
    ],
)
async def test_an_id_is_one_path_segment(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire, host: str, target: str
) -> None:
    """Nothing in an id can reach another path."""
    wire.then(answer(201, MEETING))
    await zoom.create_meeting(access, host, draft)
    assert wire.received[0].target == target


@pytest.mark.parametrize("host", ["", ".", ".."])
async def test_an_id_that_walks_the_path_is_refused(
    zoom: ZoomClient, access: Access, draft: MeetingDraft, wire: Wire, host: str
) -> None:
    """Dots alone would climb the path even when quoted."""
    with pytest.raises(ZoomRefused, match="nothing was sent"):
        await zoom.create_meeting(access, host, draft)
    assert wire.received == []


@pytest.mark.parametrize("meeting_id", ["", "9/..", "85 746", "x", "٣", "9\n", "1" * 21])
async def test_a_meeting_id_is_a_number(zoom: ZoomClient, access: Access, wire: Wire, meeting_id: str) -> None:
    """Anything else is refused before it is sent."""
    for call in (zoom.get_meeting(access, meeting_id), zoom.delete_meeting(access, meeting_id)):
        with pytest.raises(ZoomRefused, match="nothing was sent"):
            await call
    assert wire.received == []


async def test_me_is_read_with_permissions_only_if_asked_for(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """The permissions are a second call, with a scope of its own."""
    wire.then(answer(200, ME), answer(200, ME), answer(200, {"permissions": ["User:Read"]}))
    plain = await zoom.me(access, cloud="commercial", with_permissions=False)
    assert (plain.role, plain.account.id, plain.permissions) == ("owner", "a1", frozenset())
    full = await zoom.me(access, cloud="commercial", with_permissions=True)
    assert {permission.item for permission in full.permissions} == {"Users"}
    targets = [request.target for request in wire.received]
    assert targets == ["/v2/users/me", "/v2/users/me", "/v2/users/me/permissions"]


async def test_all_users_are_walked_page_by_page(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Active, inactive and pending are three lists; an entry without an id is no user yet."""

    def entry(name: str) -> dict[str, object]:
        return {"id": name, "email": f"{name}@acme.example", "type": 1}

    wire.then(
        answer(200, {"users": [entry("a"), entry("b")], "next_page_token": "p+/2"}),
        answer(200, {"users": [entry("c")], "next_page_token": ""}),
        answer(200, {"users": [entry("d")]}),
        answer(200, {"users": [{"email": "e@acme.example", "status": "pending"}], "next_page_token": ""}),
    )
    walked = [user async for user in zoom.users(access, cloud="commercial")]
    assert [(user.id, user.status) for user in walked] == [
        ("a", "active"),
        ("b", "active"),
        ("c", "active"),
        ("d", "inactive"),
    ]
    assert [request.query for request in wire.received] == [
        {"status": "active", "page_size": "300"},
        {"status": "active", "page_size": "300", "next_page_token": "p+/2"},
        {"status": "inactive", "page_size": "300"},
        {"status": "pending", "page_size": "300"},
    ]


async def test_a_hosts_scheduled_meetings_are_walked(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """What a host has planned, with the agenda that carries the marker."""
    wire.then(answer(200, {"meetings": [{**MEETING, "agenda": "Ref. GR-1"}], "next_page_token": ""}))
    (listed,) = [meeting async for meeting in zoom.meetings(access, "u1")]
    assert (listed.agenda, listed.waiting_room) == ("Ref. GR-1", None)
    assert wire.received[0].query == {"type": "scheduled", "page_size": "300"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"meetings": None},
        {"meetings": [{"id": "x"}]},
        {"meetings": ["x"]},
    ],
)
async def test_a_list_that_cannot_be_read_is_never_an_empty_one(
    zoom: ZoomClient, access: Access, wire: Wire, body: dict[str, object]
) -> None:
    """Whoever looks for a lost meeting must not conclude that it is not there."""
    wire.then(*[answer(200, body)] * 5)
    with pytest.raises(ZoomUnavailable):
        [meeting async for meeting in zoom.meetings(access, "u1")]


async def test_a_list_that_leads_back_into_itself_is_left(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A page token seen before would be followed for ever."""
    wire.then(*[answer(200, {"meetings": [], "next_page_token": page}) for page in ("p1", "p2", "p1", "p2")])
    with pytest.raises(ZoomUnavailable, match="round in circles"):
        [meeting async for meeting in zoom.meetings(access, "u1")]
    assert len(wire.received) == 3


@pytest.mark.parametrize(
    "failure",
    [
        answer(500, {"code": 1, "message": ""}),
        answer(502, "<html>"),
        answer(200, "<html>"),
        answer(204),
        answer(200, b'{"id": 857'),
        Act.RESET,
        b"HTTP/1.1 200 X\r\ncontent-length: 500\r\nconnection: close\r\n\r\n{",
        answer(429, {"code": 429, "message": ""}, {"retry-after": "0"}),
    ],
)
async def test_a_read_is_tried_three_times(zoom: ZoomClient, access: Access, wire: Wire, failure: bytes | Act) -> None:
    """Looking changes nothing, so a hiccup is sat out; a third one is told."""
    wire.then(failure, failure, answer(200, MEETING), failure, failure, failure)
    assert (await zoom.get_meeting(access, "9")).id == "85746065123"
    with pytest.raises((ZoomUnavailable, RateLimited)):
        await zoom.get_meeting(access, "9")
    assert len(wire.received) == 6


async def test_a_read_that_is_not_answered_in_time_is_tried_three_times(
    hasty: ZoomClient, access: Access, wire: Wire
) -> None:
    """Silence is a hiccup as well."""
    wire.then(*[Act.HANG] * 3)
    with pytest.raises(ZoomUnavailable, match="no answer in time"):
        await hasty.get_meeting(access, "9")
    assert len(wire.received) == 3


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (answer(503, "", {"retry-after": "3"}), ZoomUnavailable),
        (answer(429, "", {"retry-after": "3"}), RateLimited),
        (answer(429, ""), RateLimited),
        (answer(301, "", {"location": "https://elsewhere.example/"}), ZoomRefused),
        (answer(404, GONE), ZoomNotFound),
        (answer(401, {"code": 124, "message": ""}), AccessRejected),
    ],
)
async def test_a_read_is_not_tried_again_in_vain(
    zoom: ZoomClient, access: Access, wire: Wire, failure: bytes, kind: type[ZoomError]
) -> None:
    """A wait of more than two seconds is the caller's to decide on; a refusal stays one."""
    wire.then(failure)
    with pytest.raises(ZoomError) as caught:
        await zoom.get_meeting(access, "9")
    assert type(caught.value) is kind
    assert len(wire.received) == 1


async def test_a_short_wait_is_kept(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """A read waits as long as Zoom asks, if that is short."""
    wire.then(answer(503, "", {"retry-after": "0.2"}), answer(200, MEETING))
    begun = time.monotonic()
    await zoom.get_meeting(access, "9")
    assert time.monotonic() - begun >= 0.2


async def test_an_answer_without_a_user_is_no_user(zoom: ZoomClient, access: Access, wire: Wire) -> None:
    """Nobody is made up."""
    wire.then(answer(200, {"email": "ana@acme.example"}))
    with pytest.raises(ZoomUnavailable, match="no user"):
        await zoom.me(access, cloud="commercial", with_permissions=False)
