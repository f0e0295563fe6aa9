"""What Zoom's REST answers mean when they are no.

The body decides before the status: Zoom puts the same refusal under different statuses, and some under 200.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from greenroom.engine.ports.zoom import (
    AccessRejected,
    HostCannotSchedule,
    OutcomeUnclear,
    RateLimited,
    ScopeMissing,
    ZoomError,
    ZoomNotFound,
    ZoomRefused,
    ZoomUnavailable,
)
from greenroom.http import NoReply, Reply
from greenroom.zoom.waiting import limited_until

MEETING_GONE = 3001

_TOKEN_INVALID = 124
_UNKNOWN_ENDPOINT = 2300
_NO_SUCH_USER = frozenset({1001, 1010})
_SCOPE_LACKING = frozenset({4700, 4711})
_MAY_NOT_HOST = frozenset({1120, 3161})

_SCOPES_NAMED = re.compile(r"does not contain scopes:\s*\[([^\]]*)\]", re.IGNORECASE)
_SCOPE = re.compile(r"[a-z_]+(?::[a-z_]+)+")
_FIELD = re.compile(r"[A-Za-z_.\[\]]{1,60}")
_INACTIVE = re.compile(r"\b(?:user|host|account)\b.*\b(?:inactive|deactivated|not active)\b", re.IGNORECASE)
_TELLTALE = re.compile(r"\S*@\S*|(?=\S*\d)\S{16,}|\S{40,}")
_LONGEST_QUOTE = 200


def refusal(reply: Reply, where: str, now: datetime) -> ZoomError | None:
    """Return the refusal that a reply is; ``None`` if it grants or cannot be read as an answer of Zoom's."""
    document = reply.document or {}
    message = _text(document.get("message"))
    if reply.status == 429:
        until = limited_until(reply.headers.get("retry-after"), message, now)
        return RateLimited("Zoom's limit of requests is reached", where=where, until=until)
    number = document.get("code")
    code = number if isinstance(number, int) else None
    if reply.granted:
        told = code is not None and "message" in document and "id" not in document
        return _refused(reply, code, _words(document), where) if told else None
    return _refused(reply, code, _words(document), where) if 400 <= reply.status < 500 and document else None


def unusable(answer: Reply | NoReply, where: str, *, reading: bool) -> ZoomError:
    """Return what it means that no answer of Zoom's came: a read had no effect, anything else may have had one."""
    if isinstance(answer, NoReply):
        return _unreachable(answer, where, reading=reading)
    tracking_id = _tracking_id(answer)
    if reading and 300 <= answer.status < 400:
        return ZoomRefused(
            "the request was redirected, which is not followed",
            where=where,
            next="Check the host that is configured for this Zoom app",
            status=answer.status,
        )
    kind: type[ZoomError] = ZoomUnavailable if reading else OutcomeUnclear
    return kind(
        f"no usable answer (HTTP {answer.status})",
        where=where,
        next="Try again later" if reading else "Look at Zoom before trying again",
        status=answer.status,
        tracking_id=tracking_id,
    )


def quoted(message: str) -> str:
    """Return Zoom's words without what could be a token, an id or an address, on one line."""
    plain = "".join(char if char.isprintable() else " " for char in message)
    return _TELLTALE.sub("…", plain)[:_LONGEST_QUOTE].strip().rstrip(".")


def _unreachable(answer: NoReply, where: str, *, reading: bool) -> ZoomError:
    if answer.sent and not reading:
        return OutcomeUnclear(answer.why, where=where, next="Look at Zoom before trying again")
    return ZoomUnavailable(answer.why, where=where, next="Try again later")


def _refused(reply: Reply, code: int | None, message: str, where: str) -> ZoomError:
    kind, what, remedy = _meaning(reply.status, code, message)
    return kind(what, where=where, next=remedy, status=reply.status, zoom_code=code, tracking_id=_tracking_id(reply))


def _meaning(status: int, code: int | None, message: str) -> tuple[type[ZoomError], str, str]:
    named = _SCOPES_NAMED.search(message)
    if named:
        return _scope_missing(" or ".join(_SCOPE.findall(named[1])))
    if code == _TOKEN_INVALID or status == 401:
        return AccessRejected, "the access token is not accepted", "Refresh it, or connect to Zoom anew"
    if code in _SCOPE_LACKING:
        return _scope_missing("")
    if code in _NO_SUCH_USER:
        return ZoomNotFound, "no such user in this Zoom account", "Check that the person exists at Zoom"
    if code == MEETING_GONE:
        return ZoomNotFound, "no such meeting", "It was deleted at Zoom or has expired"
    if code in _MAY_NOT_HOST or _INACTIVE.search(message):
        return HostCannotSchedule, "this Zoom user may not host meetings", "Check their licence and status at Zoom"
    words = f"{status}/{code if code is not None else '-'} {quoted(message)}".rstrip()
    if status == 404 and code not in {None, _UNKNOWN_ENDPOINT}:
        return ZoomNotFound, f"Zoom does not know it ({words})", "Check that it still exists at Zoom"
    return ZoomRefused, f"Zoom refused ({words})", "Correct what it names, or ask the Zoom administrator"


def _scope_missing(scopes: str) -> tuple[type[ZoomError], str, str]:
    what = f"the grant lacks the scope {scopes}" if scopes else "the grant lacks a scope"
    return ScopeMissing, what, "Add it to the Zoom app, then connect to Zoom anew"


def _words(document: Mapping[str, object]) -> str:
    """Return what Zoom says, and the fields it objects to."""
    message, errors = _text(document.get("message")), document.get("errors")
    entries = errors if isinstance(errors, list) else []
    fields = [_text(entry.get("field")) for entry in entries if isinstance(entry, dict)]
    named = ", ".join(field for field in fields if _FIELD.fullmatch(field))
    return f"{message} Fields: {named}" if named else message


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _tracking_id(reply: Reply) -> str | None:
    found = reply.headers.get("x-zm-trackingid", "")
    return found if re.fullmatch(r"[\w=.:;-]{1,128}", found, re.ASCII) else None
