"""What Zoom's REST answers mean."""

from __future__ import annotations

import json
from typing import get_args

import pytest
from core.tests.zoom.conftest import NOON
from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.engine.ports import zoom as port
from greenroom.engine.ports.zoom import (
    AccessRejected,
    Category,
    FieldsRefused,
    HostCannotSchedule,
    NotPermitted,
    PageExpired,
    PlanRefused,
    RateLimited,
    ScopeMissing,
    ZoomError,
    ZoomNotFound,
    ZoomRefused,
)
from greenroom.http import Reply
from greenroom.zoom.refusals import refusal, unusable

HEADERS = st.sampled_from(["retry-after", "x-ratelimit-reset", "x-ratelimit-type", "x-zm-trackingid"])
KINDS = {kind for name in port.__all__ if isinstance(kind := getattr(port, name), type) and issubclass(kind, ZoomError)}
WHERE = "Zoom POST /users/{userId}/meetings"
SCOPES = "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin]."
CLASSIC = "Invalid access token, does not contain scopes: [user_zak:read]."
NO_HOSTING = "Your user account is not allowed meeting hosting and scheduling capabilities."


def reply(status: int, code: object = None, message: object = "", **more: object) -> Reply:
    """Return an error reply as Zoom builds it."""
    return Reply(status, {"x-zm-trackingid": "WEB_a1"}, json.dumps({"code": code, "message": message, **more}).encode())


@pytest.mark.parametrize(
    ("answered", "kind"),
    [
        (reply(401, 124, "Access token is expired."), AccessRejected),
        (reply(400, 124, "Invalid access token."), AccessRejected),
        (reply(401, None), AccessRejected),
        (reply(401, 4700, "Invalid Access Token: it is invalid, expired, or missing."), AccessRejected),
        (reply(400, 4711, SCOPES), ScopeMissing),
        (reply(401, 4700, CLASSIC), ScopeMissing),
        (reply(400, 4700, CLASSIC), ScopeMissing),
        (reply(400, 4711, ""), ScopeMissing),
        (reply(404, 1001, "User does not exist: ana@acme.example."), ZoomNotFound),
        (reply(400, 1001, "User does not exist."), ZoomNotFound),
        (reply(400, 1010, "User does not belong to this account: 77."), ZoomNotFound),
        (reply(404, 3001, "Meeting does not exist: 9."), ZoomNotFound),
        (reply(400, 3001, "Meeting 9 not found or has expired."), ZoomNotFound),
        (reply(404, 3301, "There is no recording for this meeting."), ZoomNotFound),
        (reply(404, 2300, "This API endpoint is not recognized."), ZoomRefused),
        (reply(404, None, "Not Found", error="Not Found", path="/v2/x"), ZoomRefused),
        (reply(400, 3161, NO_HOSTING), HostCannotSchedule),
        (reply(400, 1120, "Invitation expired."), HostCannotSchedule),
        (reply(400, 3000, "The host is deactivated."), HostCannotSchedule),
        (reply(400, 300, "Validation Failed."), FieldsRefused),
        (reply(400, 200, "No permission."), NotPermitted),
        (reply(403, None, "Access denied."), NotPermitted),
        (reply(403, 403, "Authenticated user has not permitted access."), NotPermitted),
        (reply(400, "300", ["?"]), FieldsRefused),
        (reply(200, 200, "Only available for paid account: 77"), PlanRefused),
        (reply(201, 3161, NO_HOSTING), HostCannotSchedule),
        (reply(400, 200, "Only available for paid account: 77."), PlanRefused),
        (reply(200, 200, "No privilege."), NotPermitted),
        (reply(403, 2306, "Not allowed to view meetings scheduled for others."), NotPermitted),
        (reply(401, 1010, "User not found on this account: 77."), ZoomNotFound),
        (reply(400, 1034, "Provided `role_id` does not exist."), ZoomNotFound),
        (reply(400, 4700, "Invalid access token, does not contain role:read:admin scope."), ScopeMissing),
        (reply(400, 300, "The next page token is invalid or expired."), PageExpired),
        (reply(400, True, "?"), ZoomRefused),
        (reply(400, 10**30, "?"), ZoomRefused),
    ],
)
def test_a_refusal_is_told_by_its_code(answered: Reply, kind: type[ZoomError]) -> None:
    """Code and text decide before the status does; status, code and tracking id are kept."""
    error = refusal(answered, WHERE, NOON)
    assert type(error) is kind
    assert error.where == WHERE
    assert (error.status, error.tracking_id) == (answered.status, "WEB_a1")
    assert error.next


@pytest.mark.parametrize(
    "answered",
    [
        Reply(200, {}, b'{"id": 5, "code": 3, "message": "a topic"}'),
        Reply(200, {}, b'{"permissions": []}'),
        Reply(204, {}, b""),
        Reply(200, {}, b"<html>"),
        Reply(404, {}, b"<html>no such page</html>"),
        Reply(401, {}, b""),
        Reply(502, {}, b'{"code": 3001, "message": "Meeting does not exist"}'),
        Reply(302, {}, b'{"code": 3001, "message": "Meeting does not exist"}'),
    ],
)
def test_no_refusal_is_read_into_what_zoom_did_not_say(answered: Reply) -> None:
    """A page of some proxy, or a broken server's word, must not pass for "no such meeting"."""
    assert refusal(answered, WHERE, NOON) is None


@pytest.mark.parametrize(
    ("message", "named"),
    [
        (SCOPES, ("meeting:write:meeting", "meeting:write:meeting:admin")),
        (CLASSIC, ("user_zak:read",)),
        ("Invalid access token, does not contain role:read:admin scope.", ("role:read:admin",)),
        ("Invalid access token, does not contain scopes:[user_profile].", ("user_profile",)),
        ("Refresh token invalid", ()),
    ],
)
@pytest.mark.parametrize("code", [4700, 4711])
def test_missing_scopes_are_named(code: int, message: str, named: tuple[str, ...]) -> None:
    """Whoever administers the Zoom app reads which scope to add."""
    error = refusal(reply(400, code, message), WHERE, NOON)
    assert isinstance(error, ScopeMissing)
    assert error.scopes == named
    assert " or ".join(named) in str(error)


@pytest.mark.parametrize(
    ("message", "until"),
    [
        ("You have exceeded the daily rate limit (100) of Meeting Create/Update API requests", "2027-03-02T00:00:00"),
        ("You may resume these requests at GMT 00:00:00.", "2027-03-02T00:00:00"),
        ("You have reached the maximum per-second rate limit for this API.", "2027-03-01T12:00:01"),
    ],
)
def test_a_limit_says_until_when(message: str, until: str) -> None:
    """One status serves several limits; only the text tells them apart."""
    error = refusal(reply(429, 429, message), WHERE, NOON)
    assert isinstance(error, RateLimited)
    assert error.until is not None
    assert error.until.isoformat() == f"{until}+00:00"


def test_a_limit_without_any_word_has_no_end() -> None:
    """No end is invented."""
    error = refusal(Reply(429, {}, b"<html>"), WHERE, NOON)
    assert isinstance(error, RateLimited)
    assert error.until is None


def test_the_fields_zoom_objects_to_are_named() -> None:
    """Names of its documents, each once; whatever else stands there may be somebody's."""
    names = ["settings.auto_recording", "topic", "topic", "x y", "ana", "settings.ana_lee", 5, None, "a" * 200]
    errors = [{"field": name, "message": "ana@acme.example"} for name in names]
    error = refusal(reply(400, 300, "Validation Failed.", errors=[*errors, "?"]), WHERE, NOON)
    assert isinstance(error, FieldsRefused)
    assert error.fields == ("settings.auto_recording", "topic")
    assert "fields: settings.auto_recording, topic" in str(error)


@pytest.mark.parametrize(("kind", "category"), [(kind, kind.category) for kind in sorted(KINDS, key=repr)])
def test_every_error_says_what_kind_it_is(kind: type[ZoomError], category: str) -> None:
    """What somebody has to do about it follows from the category."""
    assert category in get_args(Category)


def test_errors_of_different_kinds_have_different_codes() -> None:
    """A code is what callers of the service tell them apart by."""
    assert len({kind.code for kind in KINDS}) == len(KINDS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)
TOLD = st.dictionaries(st.sampled_from(["code", "message", "errors", "id", "error", "reason"]), JSON)
KNOWN = st.sampled_from([124, 200, 300, 403, 1001, 1010, 3000, 3001, 3161, 4700, 4711])


@settings(deadline=None)
@given(status=st.integers(200, 599), told=TOLD, code=st.none() | KNOWN, headers=st.dictionaries(HEADERS, st.text()))
def test_no_answer_breaks_the_reading(
    status: int, told: dict[str, object], code: int | None, headers: dict[str, str]
) -> None:
    """Whatever JSON a server sends, it is a typed refusal with a next step, or none."""
    document = told if code is None else {**told, "code": code}
    answered = Reply(status, headers, json.dumps(document).encode())
    error = refusal(answered, WHERE, NOON)
    assert error is None or (error.status == status and error.next and error.category in get_args(Category))
    assert unusable(answered, WHERE, reading=True).next


@pytest.mark.parametrize(
    ("code", "kept"), [(300, 300), ("300", 300), (True, None), (3.5, None), (10**30, None), (-1, None), (None, None)]
)
def test_a_code_is_a_number_of_zooms(code: object, kept: int | None) -> None:
    """Nothing else is kept as one."""
    error = refusal(reply(400, code, "?"), WHERE, NOON)
    assert error is not None
    assert error.zoom_code == kept


def test_a_strange_tracking_id_is_not_kept() -> None:
    """It goes to logs and screens, so only its own alphabet passes."""
    error = refusal(Reply(400, {"x-zm-trackingid": "<b>"}, b'{"code": 300, "message": ""}'), WHERE, NOON)
    assert error is not None
    assert error.tracking_id is None
