"""The tokens a person's app can ask for: to start meetings as them, or to join one on their behalf."""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError

_OWN_LIFE = timedelta(minutes=5)
_USUAL_SECONDS, _LONGEST_SECONDS = 7200, 365 * 86_400
_DEAD = "This token is no longer supported. Use the ZAK token instead."


def get_zak(call: Call) -> Reply:
    """GET /users/me/zak: a token that starts meetings as this person, for five minutes."""
    return Reply(body={"token": _token(call, call.user, "zak", _OWN_LIFE)})


def get_token(call: Call) -> Reply:
    """GET /users/{userId}/token: the token of old is dead; a ZAK is not, nor one that joins a meeting on behalf."""
    user = call.target()
    kind = call.query.get("type") or "token"
    if kind == "token":
        return Reply(body={"token": _DEAD})
    meeting = call.query.get("meeting_id", "")
    if kind == "onbehalf" and not meeting.isdecimal():
        raise ValidationError({"meeting_id": "Name the meeting to be joined."})
    seconds = int(call.query.get("ttl", _USUAL_SECONDS))
    if seconds > _LONGEST_SECONDS:
        raise ValidationError({"ttl": f"The highest value is {_LONGEST_SECONDS} seconds."})
    return Reply(body={"token": _token(call, user, kind, timedelta(seconds=seconds), meeting)})


def _token(call: Call, user: User, kind: str, life: timedelta, meeting: str = "") -> str:
    """Look like Zoom's: three dotted parts, the middle one saying whose it is and when it ends."""
    ends = int((call.state.clock.now() + life).timestamp())
    bound = {"mid": meeting} if meeting else {}
    claims = {"uid": user.id, "tokenType": kind, "exp": ends, **bound}
    return ".".join((_segment({"alg": "HS256", "typ": "JWT"}), _segment(claims), call.state.ids.text(43)))


def _segment(content: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")


HANDLERS: dict[str, Handler] = {
    "GET /users/me/zak": get_zak,
    "GET /users/{userId}/token": get_token,
}
