"""What a token may do: scopes, whose data, and the role of who gave it."""

from __future__ import annotations

import re

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL, BEN = "april@acme.example", "ben@acme.example"
SHARED = (403, 403, "Authenticated user has not permitted access to the targeted resource.")
NO_PERMISSION = (400, 200, "No permission.")


@proves("ZOOM-035", "ZOOM-040")
async def check_user_app_reaches_its_user_only(zoom: SimulatedZoom) -> None:
    """A user-managed app acts for the person who added it, and is refused everybody else."""
    caller = await zoom.caller(APRIL, "user")
    assert (await caller.get("/users/me")).body["email"] == APRIL
    assert (await caller.create("me")).status == 201
    assert (await caller.get(f"/users/{BEN}")).refusal == SHARED
    assert (await caller.create(BEN)).refusal == SHARED


@proves("ZOOM-036", "ZOOM-041")
async def check_admin_app_reaches_the_account(zoom: SimulatedZoom) -> None:
    """An admin-managed app acts for everybody of the account; me is the admin who added it."""
    caller = await zoom.caller("adam@acme.example")
    assert (await caller.get("/users/me")).body["email"] == "adam@acme.example"
    meeting = await caller.meeting(BEN)
    assert meeting["host_id"] == zoom.users[BEN]["id"]


@proves("ZOOM-042")
async def check_role_is_that_of_now(zoom: SimulatedZoom) -> None:
    """A demoted admin's token keeps its scopes and loses its reach."""
    caller = await zoom.caller("adam@acme.example")
    await zoom.control("POST", "/users/adam@acme.example", role="member")
    assert (await caller.get(f"/users/{APRIL}")).refusal == NO_PERMISSION
    assert (await caller.get("/users")).refusal == NO_PERMISSION
    assert (await caller.get("/users/me")).status == 200


@proves("ZOOM-054")
async def check_scopes_are_granular(zoom: SimulatedZoom) -> None:
    """Each granted scope has three words, and :admin or :master behind them at most."""
    for app, user in (("admin", "olga@acme.example"), ("user", APRIL)):
        for scope in (await zoom.caller(user, app)).tokens["scope"].split(" "):
            assert re.fullmatch(r"[a-z_]+:[a-z]+:[a-z_]+(:admin|:master)?", scope), scope


@proves("ZOOM-057")
async def check_any_of_the_scopes_is_enough(zoom: SimulatedZoom) -> None:
    """The same call is allowed by the user's scope and by the admin's."""
    for app, user in (("admin", "olga@acme.example"), ("user", APRIL)):
        assert (await (await zoom.caller(user, app)).get("/users/me")).body["email"] == user


@proves("ZOOM-058")
async def check_missing_scope(zoom: SimulatedZoom) -> None:
    """A call without its scope answers 4711 and lists every scope that would do."""
    caller = await zoom.caller("olga@acme.example", "narrow")
    status, code, text = (await caller.create()).refusal
    assert (status, code) == (400, 4711)
    listed = re.fullmatch(r"Invalid access token, does not contain scopes:\[(.+)\]\.", text)
    assert listed, text
    assert set(listed[1].split(", ")) >= {"meeting:write:meeting", "meeting:write:meeting:admin"}


@proves("ZOOM-059")
async def check_scope_before_resource(zoom: SimulatedZoom) -> None:
    """Without the scope even an unknown meeting answers 4711."""
    caller = await zoom.caller("olga@acme.example", "narrow")
    assert (await caller.call("DELETE", "/meetings/1")).refusal[:2] == (400, 4711)
    assert (await caller.get("/meetings/1")).refusal[:2] == (404, 3001)


@proves("ZOOM-061")
async def check_scopes_of_the_authorization_stay(zoom: SimulatedZoom) -> None:
    """A refresh grants what was granted before, no more and no less."""
    caller = await zoom.caller()
    assert (await zoom.refresh(caller.tokens["refresh_token"])).body["scope"] == caller.tokens["scope"]
