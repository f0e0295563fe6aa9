"""What Zoom's REST answers mean."""

from __future__ import annotations

import json

import pytest
from core.tests.zoom.conftest import NOON

from greenroom.engine.ports.zoom import (
    AccessRejected,
    HostCannotSchedule,
    RateLimited,
    ScopeMissing,
    ZoomError,
    ZoomNotFound,
    ZoomRefused,
)
from greenroom.http import Reply
from greenroom.zoom.refusals import quoted, refusal

WHERE = "Zoom POST /users/{userId}/meetings"
SCOPES = "Invalid access token, does not contain scopes:[meeting:write:meeting, meeting:write:meeting:admin]."
CLASSIC = "Invalid access token, does not contain scopes: [user_zak:read]."
NO_HOSTING = "Your user account is not allowed meeting hosting and scheduling capabilities."


def reply(status: int, code: object = None, message: object = "", **more: object) -> Reply:
    """Return an error reply as Zoom builds it."""
    return Reply(status, {"x-zm-trackingid": "WEB_a1"}, json.dumps({"code": code, "message": message, **more}).encode())


@pytest.mark.parametrize(
    ("given", "kind"),
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
        (reply(400, 300, "Validation Failed."), ZoomRefused),
        (reply(400, 200, "No permission."), ZoomRefused),
        (reply(403, None, "Access denied."), ZoomRefused),
        (reply(403, 403, "Authenticated user has not permitted access."), ZoomRefused),
        (reply(400, "300", ["?"]), ZoomRefused),
        (reply(200, 200, "Only available for paid account: 77"), ZoomRefused),
        (reply(201, 3161, NO_HOSTING), HostCannotSchedule),
    ],
)
def test_a_refusal_is_told_by_its_code(given: Reply, kind: type[ZoomError]) -> None:
    """Code and text decide before the status does; status, code and tracking id are kept."""
    error = refusal(given, WHERE, NOON)
    assert type(error) is kind
    assert error.where == WHERE
    assert (error.status, error.tracking_id) == (given.status, "WEB_a1")
    assert error.next


@pytest.mark.parametrize(
    "given",
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
def test_no_refusal_is_read_into_what_zoom_did_not_say(given: Reply) -> None:
    """A page of some proxy, or a broken server's word, must not pass for "no such meeting"."""
    assert refusal(given, WHERE, NOON) is None


@pytest.mark.parametrize(
    ("message", "named"),
    [(SCOPES, "meeting:write:meeting or meeting:write:meeting:admin"), (CLASSIC, "user_zak:read")],
)
def test_missing_scopes_are_named(message: str, named: str) -> None:
    """Whoever administers the Zoom app reads which scope to add."""
    assert f"the grant lacks the scope {named}" in str(refusal(reply(400, 4711, message), WHERE, NOON))


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


def test_what_zoom_objects_to_is_repeated_without_anybodys_data() -> None:
    """Field names and Zoom's words help; addresses, ids and tokens are cut out, line breaks too."""
    errors = [{"field": "settings.auto_recording", "message": "ana@acme.example"}, {"field": "x y"}, "?"]
    text = "Bad\r\nuser ana.lee@acme.example (KDcuGIm1QgePTO8WbOqwIQ) eyJzdiI6IjAwMDAwMSIsImFsZyI6IkhTNTEyIn0."
    error = str(refusal(reply(400, 300, text, errors=errors), WHERE, NOON))
    assert "400/300 Bad  user … … … Fields: settings.auto_recording" in error


def test_a_long_text_is_cut() -> None:
    """An error stays one readable line."""
    assert len(quoted("many words " * 1000)) <= 200


def test_a_strange_tracking_id_is_not_kept() -> None:
    """It goes to logs and screens, so only its own alphabet passes."""
    error = refusal(Reply(400, {"x-zm-trackingid": "<b>"}, b'{"code": 300, "message": ""}'), WHERE, NOON)
    assert error is not None
    assert error.tracking_id is None
