"""Scopes: their two styles, who may have which, what people may decline, and what a token carries."""

import pytest
from core.tests.sandbox.conftest import Caller

from greenroom.sandbox import World, WorldError, parse_world
from greenroom.sandbox.catalogue import published
from greenroom.sandbox.rest import HANDLERS
from greenroom.sandbox.scope_words import asked_in_words
from greenroom.sandbox.scopes import level_of, styles_of
from greenroom.sandbox.subscriptions import forbidden

WORLD = """
rate_limits: off
accounts:
  - id: acme
    name: Acme
    plan: pro
    roles: [{name: Planner, privileges: ["User:Read", "User:Edit"]}]
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}
      - {email: adam@acme.example, first_name: Adam, last_name: Two, role: admin, type: 2}
      - {email: pia@acme.example, first_name: Pia, last_name: Three, role: Planner, type: 2}
      - {email: emil@acme.example, first_name: Emil, last_name: Four, type: 2, schedulers: [uma@acme.example]}
      - {email: uma@acme.example, first_name: Uma, last_name: Five, type: 2}
apps:
  - {name: classic, kind: user, scopes: ["user:read", "meeting:write"]}
  - {name: classic-admin, kind: admin, scopes: ["user:read:admin", "meeting:write:admin"]}
  - name: choosy
    kind: user
    scopes: ["user:read:user"]
    optional_scopes: ["meeting:write:meeting", "meeting:read:meeting"]
  - name: choosy-admin
    kind: admin
    scopes: ["user:read:user:admin"]
    optional_scopes: ["role:read:list_roles:admin", "meeting:read:meeting:admin", "account:read:settings:master"]
  - {name: master, kind: admin, scopes: ["user:read:user:admin", "account:read:lock_settings:master"]}
"""
REFUSED = {"code": 403, "message": "Authenticated user has not permitted access to the targeted resource."}


@pytest.fixture
def world() -> World:
    """One account, with apps of both styles and with optional scopes."""
    return parse_world(WORLD)


async def _connect(zoom, user: str, app: str, **consent: object) -> Caller:
    reply = await zoom.redeem(await zoom.code(f"{user}@acme.example", app, **consent), app)
    assert reply.status_code == 200, reply.text
    return Caller(zoom.http, reply.json())


class TestClassic:
    """Apps from before April 2024."""

    async def test_any_one_classic_scope_is_enough(self, zoom) -> None:
        """`meeting:write` creates meetings, and `user:read` reads the user."""
        caller = await _connect(zoom, "uma", "classic")
        assert (await caller("GET", "/users/me")).status_code == 200
        meeting = await caller.meeting()
        assert (await caller("PATCH", f"/meetings/{meeting['id']}", json={"topic": "New"})).status_code == 204

    async def test_missing_scope_reads_4700(self, zoom) -> None:
        """The refusal names the classic scopes that would do, under the classic code and text."""
        caller = await _connect(zoom, "uma", "classic")
        refused = await caller("GET", "/users/me/zak")
        text = "Invalid access token, does not contain scopes: [user_zak:read]."
        assert (refused.status_code, refused.json()) == (400, {"code": 4700, "message": text})

    async def test_scope_comes_before_the_meeting(self, zoom) -> None:
        """Without the scope an unknown meeting is not even looked for."""
        refused = (await (await _connect(zoom, "uma", "classic"))("GET", "/meetings/1")).json()
        text = "Invalid access token, does not contain scopes: [meeting:read, meeting:read:admin]."
        assert refused == {"code": 4700, "message": text}

    async def test_admin_scopes_reach_everybody(self, zoom) -> None:
        """`meeting:write:admin` plans for others; a role needs the privileges behind it."""
        caller = await _connect(zoom, "adam", "classic-admin")
        assert (await caller.meeting("emil@acme.example"))["host_email"] == "emil@acme.example"
        assert (await zoom.authorize("pia@acme.example", "classic-admin"))["outcome"] == "redirect"
        assert (await zoom.authorize("emil@acme.example", "classic-admin"))["page"] == "admin_required"

    async def test_token_reply_tells_classic_scopes(self, zoom) -> None:
        """`scope` holds the app's scopes as they are."""
        assert (await _connect(zoom, "uma", "classic")).tokens["scope"] == "user:read meeting:write"

    def test_events_ask_for_no_scope(self, zoom) -> None:
        """Which classic scope stands behind which event is not published, so none is refused."""
        events = ("recording.completed", "meeting.participant_joined")
        assert forbidden(zoom.app("classic"), events) == []
        assert forbidden(zoom.app("choosy"), events) != []

    def test_every_operation_has_both_kinds(self) -> None:
        """No simulated operation is closed to apps of one style for want of a table entry."""
        assert [n for n in HANDLERS if not published().by_name[n].classic_scopes] == []


@pytest.mark.parametrize(
    ("scope", "style", "level"),
    [
        ("meeting:write", "classic", "user"),
        ("meeting:write:admin", "classic", "admin"),
        ("user_profile", "classic", "user"),
        ("meeting_token:read:admin:local_recording", "classic", "admin"),
        ("meeting_token:read:local_recording", "classic", "user"),
        ("meeting:write:meeting", "granular", "user"),
        ("user:read:user", "granular", "user"),
        ("account:read:settings:master", "granular", "master"),
    ],
)
def test_style_and_level_are_in_the_name(scope: str, style: str, level: str) -> None:
    """A scope tells by its shape what it is."""
    assert (styles_of([scope]), level_of(scope)) == ({style}, level)


@pytest.mark.parametrize("scope", sorted({s for o in published().by_name.values() for s in o.classic_scopes}))
def test_published_classic_scopes_are_known_as_such(scope: str) -> None:
    """Every classic scope Zoom publishes is taken for one, and has words for the consent page."""
    assert styles_of([scope]) == {"classic"}
    assert asked_in_words([scope])


@pytest.mark.parametrize(
    ("kind", "scopes", "expected"),
    [
        ("user", '"user:read:user:admin"', "a user-managed app may not have 'user:read:user:admin'. Leave out :admin"),
        ("user", '"account:read:settings:master"', "may not have 'account:read:settings:master'. Leave out :master"),
        ("user", '"meeting:write:admin"', "a user-managed app may not have 'meeting:write:admin'"),
        ("admin", '"meeting:write:meeting"', "only a user-managed app may have 'meeting:write:meeting'"),
        ("user", '"meeting:write:meeting:user"', "ends in :user, which no scope does. Write meeting:write:meeting."),
        ("user", '"meeting:write", "user:read:user"', "classic and granular scopes cannot be in one app"),
    ],
)
def test_manifest_rule(kind: str, scopes: str, expected: str) -> None:
    """User-managed apps have user scopes, admin-managed ones admin scopes, and nobody mixes styles."""
    old = '{name: classic, kind: user, scopes: ["user:read", "meeting:write"]}'
    with pytest.raises(WorldError) as caught:
        parse_world(WORLD.replace(old, f"{{name: classic, kind: {kind}, scopes: [{scopes}]}}"))
    assert expected in str(caught.value)


def test_one_scope_at_least_is_required() -> None:
    """An app whose scopes could all be declined is pointed out."""
    with pytest.raises(WorldError, match="List at least one scope nobody can decline"):
        parse_world(WORLD.replace('scopes: ["user:read:user"]\n    optional', "scopes: []\n    optional"))


def test_scope_is_required_or_optional() -> None:
    """A scope in both lists is pointed out."""
    with pytest.raises(WorldError, match="'user:read:user' is required already"):
        parse_world(WORLD.replace('["meeting:write:meeting", "meeting:read:meeting"]', '["user:read:user"]'))


def test_in_client_scope_fits_everywhere() -> None:
    """`zoomapp:inmeeting` belongs to no style and no kind."""
    parse_world(WORLD.replace('"user:read:user:admin", "account', '"zoomapp:inmeeting", "account'))


class TestOptional:
    """Scopes people may decline."""

    async def test_declined_scope_is_absent(self, zoom) -> None:
        """Neither the token reply nor the grant has a declined scope, and its operations are refused."""
        caller = await _connect(zoom, "uma", "choosy", declined_scopes=["meeting:write:meeting"])
        assert caller.tokens["scope"] == "user:read:user meeting:read:meeting"
        refused = await caller("POST", "/users/me/meetings", json={"topic": "T", "type": 2})
        assert refused.json()["code"] == 4711
        grants = (await zoom.http.get("/_sandbox/world")).json()["grants"]
        assert grants[-1]["scopes"] == ["user:read:user", "meeting:read:meeting"]

    async def test_refresh_keeps_what_was_declined(self, zoom) -> None:
        """A refreshed token has no more than was consented to."""
        caller = await _connect(zoom, "uma", "choosy", declined_scopes=["meeting:write:meeting"])
        fresh = await zoom.refresh(caller.tokens["refresh_token"], "choosy")
        assert fresh.json()["scope"] == "user:read:user meeting:read:meeting"

    async def test_required_scope_cannot_be_declined(self, zoom) -> None:
        """Control says so instead of granting it silently."""
        app = zoom.app("choosy")
        body = {"user": "uma@acme.example", "client_id": app.client_id, "redirect_uri": app.redirect_uris[0]}
        reply = await zoom.http.post("/_sandbox/authorize", json={**body, "declined_scopes": ["user:read:user"]})
        assert (reply.status_code, "Not optional: user:read:user" in reply.json()["error"]) == (400, True)

    async def test_only_what_a_person_may_grant_is_offered(self, zoom) -> None:
        """A role without a privilege cannot hand on the scope it stands behind; master scopes are the owner's."""
        planner = await _connect(zoom, "pia", "choosy-admin")
        assert planner.tokens["scope"] == "user:read:user:admin meeting:read:meeting:admin"
        admin, owner = await _connect(zoom, "adam", "choosy-admin"), await _connect(zoom, "olga", "choosy-admin")
        assert "role:read:list_roles:admin" in admin.tokens["scope"]
        assert [":master" in one.tokens["scope"] for one in (admin, owner)] == [False, True]


async def test_master_scopes_need_the_owner(zoom) -> None:
    """An admin may not grant what reaches sub-accounts; the owner may."""
    refused = await zoom.authorize("adam@acme.example", "master")
    assert (refused["page"], refused["message"]) == ("owner_required", "You cannot authorize master")
    assert (await zoom.authorize("olga@acme.example", "master"))["outcome"] == "redirect"


class TestAddedScopes:
    """An app that asks for more than before."""

    async def test_existing_tokens_stay_as_they_were(self, zoom) -> None:
        """A scope added later reaches neither tokens nor refreshes, only a new authorization."""
        caller = await _connect(zoom, "uma", "choosy")
        before = caller.tokens["scope"]
        await zoom.control("/apps/choosy", scopes=["user:read:user", "user:read:settings"])
        assert (await caller("GET", "/users/me/settings")).json()["code"] == 4711
        fresh = (await zoom.refresh(caller.tokens["refresh_token"], "choosy")).json()
        assert fresh["scope"] == before
        again = await _connect(zoom, "uma", "choosy")
        assert (await again("GET", "/users/me/settings")).status_code == 200

    async def test_removed_scope_ends_the_refresh(self, zoom) -> None:
        """A token that says more than its app now does cannot be refreshed."""
        caller = await _connect(zoom, "uma", "choosy")
        await zoom.control("/apps/choosy", optional_scopes=[])
        refused = (await zoom.refresh(caller.tokens["refresh_token"], "choosy")).json()
        assert refused == {"reason": "Refresh token invalid.", "error": "invalid_grant"}

    async def test_manifest_rule_holds_while_it_runs(self, zoom) -> None:
        """Control refuses an admin scope for a user-managed app."""
        reply = await zoom.http.post("/_sandbox/apps/choosy", json={"scopes": ["user:read:user:admin"]})
        assert (reply.status_code, "Leave out :admin" in reply.json()["error"]) == (400, True)


class TestSharedAccess:
    """ "Allow this app to use my shared access permissions"."""

    async def test_without_it_others_are_out_of_reach(self, zoom) -> None:
        """Even somebody who lets this user schedule for them cannot be reached by the app."""
        caller = await _connect(zoom, "uma", "choosy")
        refused = await caller("POST", "/users/emil@acme.example/meetings", json={"topic": "T", "type": 2})
        assert (refused.status_code, refused.json()) == (403, REFUSED)

    async def test_with_it_the_scheduling_privilege_counts(self, zoom) -> None:
        """The app plans for who gave its user the privilege, and for nobody else."""
        caller = await _connect(zoom, "uma", "choosy", shared_access=True)
        assert (await caller.meeting("emil@acme.example"))["host_email"] == "emil@acme.example"
        refused = await caller("POST", "/users/adam@acme.example/meetings", json={"topic": "T", "type": 2})
        assert (refused.status_code, refused.json()) == (403, REFUSED)

    async def test_the_privilege_is_about_meetings(self, zoom) -> None:
        """Who may schedule for somebody does not see their profile."""
        caller = await _connect(zoom, "uma", "choosy", shared_access=True)
        assert (await caller("GET", "/users/emil@acme.example")).status_code == 403

    async def test_with_it_an_admin_role_counts(self, zoom) -> None:
        """What a role allows is shared access as well."""
        without, path = await _connect(zoom, "adam", "choosy"), "/users/emil@acme.example"
        assert (await without("GET", path)).status_code == 403
        caller = await _connect(zoom, "adam", "choosy", shared_access=True)
        assert (await caller("GET", path)).status_code == 200

    async def test_refresh_keeps_it(self, zoom) -> None:
        """The choice belongs to the grant, not to one token."""
        caller = await _connect(zoom, "uma", "choosy", shared_access=True)
        fresh = await zoom.refresh(caller.tokens["refresh_token"], "choosy")
        await Caller(zoom.http, fresh.json()).meeting("emil@acme.example")
