"""What every reply has in common: errors, pages of lists, headers."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

STALE = (400, 300, "The next page token is invalid or expired.")


@proves("ZOOM-063", "ZOOM-066")
async def check_unknown_endpoint(zoom: SimulatedZoom) -> None:
    """An endpoint that does not exist is answered with a code and a message, as every error is."""
    caller = await zoom.caller()
    for method, path in (("GET", "/users/a/b/c"), ("PUT", "/users/me/meetings")):
        answer = await caller.call(method, path)
        assert answer.status in (400, 404)
        assert answer.body == {"code": 2300, "message": "This API endpoint is not recognized."}


@proves("ZOOM-064")
async def check_body_that_does_not_fit(zoom: SimulatedZoom) -> None:
    """A wrong type is answered with 300 and the field's name."""
    answer = await (await zoom.caller()).create(duration="long", settings={"waiting_room": "perhaps"})
    assert answer.refusal == (400, 300, "Validation Failed.")
    assert {one["field"] for one in answer.body["errors"]} == {"duration", "settings.waiting_room"}
    assert all(one["message"] for one in answer.body["errors"])


@proves("ZOOM-065")
async def check_body_that_is_no_object(zoom: SimulatedZoom) -> None:
    """Broken JSON and JSON that is no object are refused the same way."""
    headers = {"authorization": f"Bearer {(await zoom.caller()).tokens['access_token']}"}
    for raw in (b"{", b"[]", b'"text"'):
        answer = await zoom.request("POST", "/v2/users/me/meetings", content=raw, headers=headers)
        assert answer.refusal == (400, 300, "Request Body should be a valid JSON object.")


@proves("ZOOM-067")
async def check_unusable_tokens(zoom: SimulatedZoom) -> None:
    """No token, garbage and a revoked token answer 401 and 124."""
    caller = await zoom.caller()
    await zoom.revoke(caller.tokens["access_token"])
    for headers in ({}, {"authorization": "Bearer garbage"}, {"authorization": "Basic eDp5"}):
        answer = await zoom.request("GET", "/v2/users/me", headers=headers)
        assert answer.refusal[:2] == (401, 124)
    assert (await caller.get("/users/me")).refusal == (401, 124, "Invalid access token.")


@proves("ZOOM-069")
async def check_tracking_header(zoom: SimulatedZoom) -> None:
    """Successes and refusals alike carry a tracking id of their own."""
    caller = await zoom.caller()
    answers = [await caller.get(path) for path in ("/users/me", "/meetings/1", "/nothing/here")]
    assert len({answer.headers["x-zm-trackingid"] for answer in answers}) == 3


@proves("ZOOM-070")
async def check_204_has_no_body(zoom: SimulatedZoom) -> None:
    """An update and a delete answer without a body."""
    caller = await zoom.caller()
    path = f"/meetings/{(await caller.meeting())['id']}"
    for answer in (await caller.call("PATCH", path, {"topic": "Other"}), await caller.call("DELETE", path)):
        assert (answer.status, answer.text) == (204, "")


@proves("ZOOM-071")
async def check_refusal_under_200(zoom: SimulatedZoom) -> None:
    """A free account's settings are refused under HTTP 200, with code 200 in the body."""
    answer = await (await zoom.caller("fred@free.example")).get("/accounts/me/settings")
    assert answer.refusal[:2] == (200, 200)
    assert answer.refusal[2].startswith("Only available for paid account")


@proves("ZOOM-072")
async def check_pages(zoom: SimulatedZoom) -> None:
    """A list of 31 has a page of 30 and one of 1, whose token is empty; nothing is lost or told twice."""
    caller = await zoom.caller()
    made = {(await caller.meeting())["id"] for _ in range(31)}
    first = (await caller.get("/users/me/meetings")).body
    assert (first["page_size"], len(first["meetings"])) == (30, 30)
    last = (await caller.get("/users/me/meetings", next_page_token=first["next_page_token"])).body
    assert (len(last["meetings"]), last["next_page_token"]) == (1, "")
    assert {one["id"] for one in [*first["meetings"], *last["meetings"]]} == made


@proves("ZOOM-073")
async def check_page_token_lives_fifteen_minutes(zoom: SimulatedZoom) -> None:
    """A page token is good to the last second of fifteen minutes."""
    caller = await zoom.caller()
    for _ in range(2):
        await caller.meeting()
    query = {"page_size": "1"}
    token = (await caller.get("/users/me/meetings", **query)).body["next_page_token"]
    await zoom.pass_time(899)
    assert (await caller.get("/users/me/meetings", **query, next_page_token=token)).status == 200
    await zoom.pass_time(1)
    assert (await caller.get("/users/me/meetings", **query, next_page_token=token)).refusal == STALE


@proves("ZOOM-074")
async def check_page_token_belongs_to_its_query(zoom: SimulatedZoom) -> None:
    """A token of one list is worth nothing in another."""
    caller = await zoom.caller()
    for _ in range(2):
        await caller.meeting()
    token = (await caller.get("/users/me/meetings", page_size="1")).body["next_page_token"]
    other = await caller.get("/users/me/meetings", page_size="1", type="upcoming", next_page_token=token)
    assert other.refusal == STALE


@proves("ZOOM-075")
async def check_highest_page_size(zoom: SimulatedZoom) -> None:
    """A list of meetings takes 300 a page, one of users 2000; more is refused."""
    caller = await zoom.caller()
    for path, highest in (("/users/me/meetings", 300), ("/users", 2000)):
        assert (await caller.get(path, page_size=str(highest))).status == 200
        assert (await caller.get(path, page_size=str(highest + 1))).refusal[:2] == (400, 300)


@proves("ZOOM-076")
async def check_user_in_a_path(zoom: SimulatedZoom) -> None:
    """Id, e-mail and me name the same person."""
    caller = await zoom.caller()
    olga = zoom.users["olga@acme.example"]["id"]
    found = [(await caller.get(f"/users/{who}")).body["id"] for who in ("me", olga, "olga@acme.example")]
    assert found == [olga, olga, olga]
