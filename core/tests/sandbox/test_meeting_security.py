"""What protects a meeting: passcodes and their rules, the waiting room, signing in, and locks over all of them."""

import asyncio
import re
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from greenroom.sandbox import Sandbox, parse_world
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.passcodes import PasscodeRequirement

SECURE = ("waiting_room", "meeting_authentication")


async def _create(zoom: Any, **body: Any) -> httpx.Response:
    caller = await zoom.connect("olga@acme.example")
    wanted = {"topic": "Interview", "start_time": "2027-03-02T15:00:00Z", **body}
    reply: httpx.Response = await caller("POST", "/users/me/meetings", json=wanted)
    return reply


def _rules(rules: str) -> str:
    return f"{{meeting_password_requirement: {{{rules}}}}}"


@pytest.mark.parametrize(
    ("rules", "bad", "good"),
    [
        ("length: 8", "abcd123", "abcd1234"),
        ("have_letter: true", "123456", "12345a"),
        ("have_number: true", "abcdef", "abcde1"),
        ("have_special_character: true", "abc123", "abc12@"),
        ("have_upper_and_lower_characters: true", "abc123", "Abc123"),
        ("have_upper_and_lower_characters: true", "ABC123", "Abc123"),
        ("only_allow_numeric: true", "12345a", "123456"),
        ("only_allow_numeric: true, have_letter: true", "abcdef", "902134"),
        ("consecutive_characters_length: 4", "abcd19", "abc1de"),
        ("consecutive_characters_length: 4", "x4321y", "x432yz"),
        ("consecutive_characters_length: 4", "zaaaa1", "zaaa11"),
        ("consecutive_characters_length: 5", "1qwErt", "1qweR2"),
    ],
)
async def test_passcode_that_breaks_the_rules_is_refused(
    one_account, in_process, rules: str, bad: str, good: str
) -> None:
    """Each rule of the account refuses a passcode with 300, naming `password`, on create and on update."""
    zoom = in_process(one_account(plan="business", settings=_rules(rules)))
    refused = await _create(zoom, password=bad)
    assert (refused.status_code, refused.json()["message"]) == (400, "Validation Failed.")
    assert [error["field"] for error in refused.json()["errors"]] == ["password"]
    made = await _create(zoom, password=good)
    assert (made.status_code, made.json()["password"]) == (201, good)
    caller = await zoom.connect("olga@acme.example")
    refused = await caller("PATCH", f"/meetings/{made.json()['id']}", json={"password": bad})
    assert refused.json()["errors"][0]["field"] == "password"


async def test_users_own_rules_win_over_the_accounts(one_account, in_process) -> None:
    """A user's own requirement replaces the account's."""
    user = f", settings: {_rules('length: 4')}"
    zoom = in_process(one_account(plan="business", settings=_rules("length: 9"), user=user))
    assert (await _create(zoom, password="abc12")).status_code == 201


async def test_settings_show_the_rules(one_account, in_process) -> None:
    """What is required can be read before it is broken."""
    zoom = in_process(one_account(plan="business", settings=_rules("length: 8, have_special_character: true")))
    state = zoom.sandbox.state
    olga = state.directory.find_user("olga@acme.example")
    rules = state.directory.settings_of(olga).passcodes
    assert (rules.length, rules.have_special_character, rules.have_letter) == (8, True, False)


_REQUIREMENTS = st.builds(
    PasscodeRequirement,
    length=st.integers(0, 10),
    have_letter=st.booleans(),
    have_number=st.booleans(),
    have_special_character=st.booleans(),
    have_upper_and_lower_characters=st.booleans(),
    only_allow_numeric=st.booleans(),
    weak_enhance_detection=st.booleans(),
    consecutive_characters_length=st.sampled_from([0, 4, 5, 6, 7, 8]),
)


@given(requirement=_REQUIREMENTS, seed=st.integers(0, 10**6))
def test_made_passcodes_satisfy_any_rules(requirement: PasscodeRequirement, seed: int) -> None:
    """Whatever an account requires, a passcode Zoom makes satisfies it and fits into ten characters."""
    made = requirement.make(Ids(seed, "test"))
    assert requirement.objection(made) is None
    assert 6 <= len(made) <= 10
    assert re.fullmatch(r"[A-Za-z0-9@\-_*]+", made)


async def test_made_passcode_and_personal_room_follow_the_rules(one_account, in_process) -> None:
    """A passcode nobody gave satisfies the account's rules, as does that of the personal room."""
    zoom = in_process(one_account(plan="business", settings=_rules("length: 10, only_allow_numeric: true")))
    assert re.fullmatch(r"\d{10}", (await _create(zoom)).json()["password"])
    in_room = await _create(zoom, settings={"use_pmi": True})
    assert re.fullmatch(r"\d{10}", in_room.json()["password"])


@pytest.mark.parametrize("plan", ["basic", "pro"])
async def test_single_hosts_always_have_passcodes(one_account, in_process, plan: str) -> None:
    """On a free account, and on Pro with one host, passcodes are on whatever is set or asked."""
    world = one_account(plan=plan, settings="{require_password: false}")
    zoom = in_process(world)
    zoom.sandbox.state.directory.remove_user(zoom.sandbox.state.directory.find_user("emil@acme.example"))
    assert (await _create(zoom, default_password=False)).json()["password"]


async def test_waiting_room_locked_off_leaves_the_passcode(one_account, in_process) -> None:
    """Where the waiting room is locked off, an unprotected meeting gets a passcode instead."""
    zoom = in_process(one_account(plan="business", settings="{waiting_room: false}", locks="[waiting_room]"))
    made = (await _create(zoom, default_password=False, settings={"waiting_room": True})).json()
    assert (made["settings"]["waiting_room"], len(made["password"])) == (False, 6)


@pytest.mark.parametrize(
    ("locks", "user", "expected"),
    [("[]", False, False), ("[]", True, True), ("[embed_password_in_join_link]", True, False)],
)
async def test_passcode_in_the_link_follows_the_setting(
    one_account, in_process, locks: str, user: bool, expected: bool
) -> None:
    """The link carries the passcode where the host's setting says so; a lock makes it the account's."""
    own = f", settings: {{embed_password_in_join_link: {str(user).lower()}}}"
    account = "{embed_password_in_join_link: false}"
    zoom = in_process(one_account(plan="business", settings=account, locks=locks, user=own))
    made = (await _create(zoom)).json()
    assert ("?pwd=" in made["join_url"], bool(made["password"])) == (expected, True)


@pytest.mark.parametrize("name", ["host_video", "participant_video"])
@pytest.mark.parametrize("value", [True, False])
async def test_video_locks(one_account, in_process, name: str, value: bool) -> None:
    """Locked video settings come back as the account has them."""
    facts = f"{{{name}: {str(value).lower()}}}"
    zoom = in_process(one_account(plan="business", settings=facts, locks=f"[{name}]"))
    assert (await _create(zoom, settings={name: not value})).json()["settings"][name] is value


async def test_end_to_end_encryption_gives_up_the_cloud(one_account, in_process) -> None:
    """With e2ee there is no cloud recording, no telephone and no summary."""
    zoom = in_process(one_account(plan="business"))
    asked = {"encryption_type": "e2ee", "auto_recording": "cloud", "auto_start_meeting_summary": True, "audio": "both"}
    made = (await _create(zoom, settings=asked)).json()["settings"]
    assert [made[name] for name in asked] == ["e2ee", "none", False, "voip"]
    assert (await _create(zoom, settings={**asked, "auto_recording": "local"})).json()["settings"][
        "auto_recording"
    ] == "local"


class TestSigningIn:
    """Meetings for people with a Zoom login."""

    GUEST = {"name": "Cara Candidate", "email": "cara@mail.example"}  # noqa: RUF012 - read only

    async def test_guests_are_named_where_the_account_allows_it(self, one_account, in_process) -> None:
        """An exception comes back with a link of its own, and how the others sign in is told."""
        zoom = in_process(one_account(plan="business", settings="{allow_authentication_exception: true}"))
        asked = {"meeting_authentication": True, "authentication_exception": [self.GUEST]}
        made = (await _create(zoom, settings=asked)).json()
        (guest,) = made["settings"]["authentication_exception"]
        assert {**guest, "join_url": ""} == {**self.GUEST, "join_url": ""}
        assert guest["join_url"].startswith(made["join_url"])
        assert guest["join_url"] != made["join_url"]
        assert (made["settings"]["authentication_option"], made["settings"]["authentication_name"]) == (
            "signIn_all",
            "Sign in to Zoom",
        )

    @pytest.mark.parametrize(("allowed", "signing_in"), [("false", True), ("true", False)])
    async def test_else_the_exception_is_dropped(self, one_account, in_process, allowed: str, signing_in: bool) -> None:
        """Where it is not allowed, or nobody has to sign in, an exception vanishes without a word."""
        zoom = in_process(one_account(plan="business", settings=f"{{allow_authentication_exception: {allowed}}}"))
        asked = {"meeting_authentication": signing_in, "authentication_exception": [self.GUEST]}
        assert "authentication_exception" not in (await _create(zoom, settings=asked)).json()["settings"]


@pytest.mark.parametrize(("kind", "expected"), [(2, 0), (1, 2)])
async def test_registration_needs_a_licensed_host(one_account, in_process, kind: int, expected: int) -> None:
    """A Basic host's meeting comes back without registration."""
    zoom = in_process(one_account(plan="business"))
    await zoom.control("/users/olga@acme.example", type=kind)
    made = (await _create(zoom, settings={"approval_type": 0})).json()
    assert (made["settings"]["approval_type"], "registration_url" in made) == (expected, kind == 2)


class TestPersonalRoom:
    """The host's own room."""

    async def test_its_settings_apply(self, one_account, in_process) -> None:
        """A meeting in the room has the room's waiting room and join before host, not those asked for."""
        zoom = in_process(one_account(plan="business", settings="{waiting_room: true}"))
        asked = {"use_pmi": True, "waiting_room": False, "join_before_host": True}
        made = (await _create(zoom, settings=asked)).json()["settings"]
        assert (made["waiting_room"], made["join_before_host"]) == (True, False)

    async def test_its_passcode_cannot_be_chosen_by_a_meeting(self, one_account, in_process) -> None:
        """A passcode given for a meeting in the room is not taken."""
        zoom = in_process(one_account(plan="business"))
        made = (await _create(zoom, password="chosen1", settings={"use_pmi": True})).json()
        assert made["password"] == zoom.sandbox.state.directory.find_user("olga@acme.example").pmi_passcode

    async def test_its_passcode_can_be_changed(self, one_account, in_process) -> None:
        """An update of the room itself changes its passcode, and with it the link of every meeting in it."""
        zoom = in_process(one_account(plan="business", settings=_rules("length: 6")))
        made = (await _create(zoom, settings={"use_pmi": True})).json()
        caller = await zoom.connect("olga@acme.example")
        path = f"/meetings/{zoom.sandbox.state.directory.find_user('olga@acme.example').pmi}"
        assert (await caller("PATCH", path, json={"password": "short"})).status_code == 400
        assert (await caller("PATCH", path, json={"password": "longer"})).status_code == 204
        room, meeting = [(await caller("GET", one)).json() for one in (path, f"/meetings/{made['id']}")]
        assert room["password"] == meeting["password"] == "longer"
        assert room["join_url"] == meeting["join_url"] != made["join_url"]
        assert room["settings"] == meeting["settings"]
        assert [one["join_url"] for one in (await zoom.ledger())["meetings"]] == [room["join_url"]]

    async def test_no_series_with_fixed_times_takes_place_in_it(self, one_account, in_process) -> None:
        """`use_pmi` does nothing for type 8."""
        zoom = in_process(one_account(plan="business"))
        made = await _create(zoom, type=8, recurrence={"type": 1, "end_times": 2}, settings={"use_pmi": True})
        assert (made.json()["settings"]["use_pmi"], "pmi" in made.json()) == (False, False)

    async def test_moving_into_the_room_and_out(self, one_account, in_process) -> None:
        """Switching `use_pmi` changes number, passcode and link, each time."""
        zoom = in_process(one_account(plan="business"))
        made = (await _create(zoom)).json()
        caller, path = await zoom.connect("olga@acme.example"), f"/meetings/{made['id']}"
        seen = [made]
        for use in (True, False):
            await caller("PATCH", path, json={"settings": {"use_pmi": use}})
            seen.append((await caller("GET", path)).json())
        assert ["pmi" in one for one in seen] == [False, True, False]
        assert len({one["join_url"] for one in seen}) == 3


_SWITCHES = ("waiting_room", "join_before_host", "meeting_authentication", "host_video", "participant_video")
_LOCKS = (*_SWITCHES, "require_password", "use_pmi_for_scheduled_meetings", "auto_recording")
_RECORDING = st.sampled_from(["local", "cloud", "none"])
_ACCOUNT = st.fixed_dictionaries(
    {},
    optional={
        **{
            name: st.booleans()
            for name in (*_SWITCHES, "require_password", "use_pmi_for_scheduled_meetings", "cloud_recording")
        },
        "auto_recording": _RECORDING,
    },
)
_ASKED = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.booleans() for name in (*_SWITCHES, "use_pmi")},
        "jbh_time": st.sampled_from([0, 5, 10, 15]),
        "auto_recording": _RECORDING,
        "encryption_type": st.sampled_from(["e2ee", "enhanced_encryption"]),
        "approval_type": st.sampled_from([0, 1, 2]),
        "breakout_room": st.just({"enable": True, "rooms": []}),
    },
)
_BODY = st.fixed_dictionaries(
    {}, optional={"password": st.sampled_from(["", "abc123"]), "default_password": st.booleans(), "settings": _ASKED}
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    plan=st.sampled_from(["basic", "pro", "business"]),
    account=_ACCOUNT,
    locks=st.sets(st.sampled_from(_LOCKS)),
    create=_BODY,
    update=_BODY,
)
def test_no_request_gets_past_a_lock(
    plan: str, account: dict[str, Any], locks: set[str], create: dict[str, Any], update: dict[str, Any]
) -> None:
    """For any locks and any request: never an error, locked values come back, one protection is always on."""

    async def made_and_changed() -> list[dict[str, Any]]:
        sandbox = Sandbox(_world(plan, account, locks), seed=1)
        transport = httpx.ASGITransport(sandbox.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://sandbox.test") as http:
            headers = {"authorization": f"Bearer {await _token(sandbox, http)}"}
            made = await http.post("/v2/users/me/meetings", json={"type": 2, **_START, **create}, headers=headers)
            assert made.status_code == 201, made.text
            path = f"/v2/meetings/{made.json()['id']}"
            assert (await http.patch(path, json=update, headers=headers)).status_code == 204
            return [made.json(), (await http.get(path, headers=headers)).json()]

    for meeting in asyncio.run(made_and_changed()):
        _check(meeting, account, locks)


_START = {"start_time": "2037-03-02T15:00:00Z"}


def _check(meeting: dict[str, Any], account: dict[str, Any], locks: set[str]) -> None:
    found = meeting["settings"]
    assert meeting.get("password") or any(found[name] for name in SECURE)
    assert not (found["waiting_room"] and found["join_before_host"])
    assert found["join_before_host"] or not found["jbh_time"]
    for name in locks & set(_SWITCHES):
        wanted = account.get(name, False)
        if name == "join_before_host" and found["waiting_room"]:
            wanted = False
        assert found[name] == wanted
    if "require_password" in locks and account.get("require_password", True):
        assert meeting["password"]
    if "use_pmi_for_scheduled_meetings" in locks:
        assert found["use_pmi"] == account.get("use_pmi_for_scheduled_meetings", False)
    if "auto_recording" in locks and account.get("auto_recording", "none") != "cloud":
        assert found["auto_recording"] == account.get("auto_recording", "none")
    assert "breakout_room" not in found


def _world(plan: str, account: dict[str, Any], locks: set[str]) -> Any:
    return parse_world(
        f"""
rate_limits: off
accounts:
  - id: acme
    name: Acme
    plan: {plan}
    settings: {account}
    locks: {sorted(locks)}
    users: [{{email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2}}]
apps:
  - name: admin
    kind: admin
    scopes: ["meeting:write:meeting:admin", "meeting:read:meeting:admin", "meeting:update:meeting:admin"]
""".replace("True", "true").replace("False", "false")
    )


async def _token(sandbox: Sandbox, http: httpx.AsyncClient) -> str:
    app = sandbox.state.directory.find_app("admin")
    assert app is not None
    asked = {"client_id": app.client_id, "redirect_uri": app.redirect_uris[0], "state": "s"}
    answer = await http.post("/_sandbox/authorize", json={"user": "olga@acme.example", **asked})
    form = {"grant_type": "authorization_code", "redirect_uri": app.redirect_uris[0]}
    form["code"] = httpx.URL(answer.json()["location"]).params["code"]
    reply = await http.post("/oauth/token", data=form, auth=(app.client_id, app.client_secret))
    return str(reply.json()["access_token"])
