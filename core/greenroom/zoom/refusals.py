"""What Zoom's REST answers mean when they are no.

The body decides before the status: Zoom puts the same refusal under different statuses, and some under 200.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from greenroom.engine.ports.zoom import (
    AccessRejected,
    FieldsRefused,
    HostCannotSchedule,
    NotPermitted,
    OutcomeUnclear,
    PageExpired,
    PlanRefused,
    RateLimited,
    ScopeMissing,
    UnreadableReply,
    ZoomError,
    ZoomNotFound,
    ZoomRefused,
    ZoomUnavailable,
)
from greenroom.http import NoReply, Reply
from greenroom.zoom.waiting import reached
from greenroom.zoom.wording import LONGEST_READ, field_named, quoted

MEETING_GONE = 3001

_TOKEN_INVALID = 124
_PLAN_OR_PERMISSION = 200
_INVALID = 300
_SCOPE_LACKING = frozenset({4700, 4711})

_ASK_ADMIN = "Ask the administrator of the Zoom account"
_NO_USER = (ZoomNotFound, "no such user in this Zoom account", "Check that the person exists at Zoom")
_NO_HOSTING = (HostCannotSchedule, "this Zoom user may not host meetings", "Check their licence and status at Zoom")
_NO_REACH = (NotPermitted, "the grant does not reach that far", "Whoever connected shares access, or an admin connects")

_MEANINGS: Mapping[int, tuple[type[ZoomRefused], str, str]] = {
    403: _NO_REACH,
    1001: _NO_USER,
    1010: _NO_USER,
    1034: (ZoomNotFound, "no such role", "List the roles of the account again"),
    1109: (PlanRefused, "this needs a licensed user", "Give the user a licence at Zoom"),
    1120: _NO_HOSTING,
    2001: (ZoomNotFound, "no such account", "Connect to Zoom anew"),
    2300: (ZoomRefused, "Zoom does not know this operation", "Check the API host that is configured"),
    2305: _NO_REACH,
    2306: _NO_REACH,
    MEETING_GONE: (ZoomNotFound, "no such meeting", "It was deleted at Zoom or has expired"),
    3018: (ZoomRefused, "a personal meeting cannot be deleted", "Leave it, or have its owner change it at Zoom"),
    3161: _NO_HOSTING,
    3301: (ZoomNotFound, "there is no recording", "It was not recorded, or was deleted at Zoom"),
    3322: (ZoomNotFound, "there is no transcript", "It was not made, or was deleted at Zoom"),
    12702: (ZoomRefused, "it is more than a year old", "Zoom does not show it any more"),
}

_SCOPE = re.compile(r"\b[a-z][a-z_]{1,40}:(?:[a-z_]{2,40}:){0,3}[a-z_]{2,60}\b|\buser_profile\b")
_PAID = re.compile(r"\bpaid (?:account|user)|\b(?:pro|business) plan\b", re.IGNORECASE)
_PAGE = re.compile(r"page token is invalid", re.IGNORECASE)
_INACTIVE = re.compile(r"\b(?:user|host|account)\b.*\b(?:inactive|deactivated|not active)\b", re.IGNORECASE)


class _Facts(TypedDict):
    where: str
    status: int
    zoom_code: int | None
    tracking_id: str | None


@dataclass(frozen=True)
class _Said:
    """What an answer says: HTTP status, Zoom's code and message, the fields it objects to."""

    status: int
    code: int | None
    message: str
    fields: tuple[str, ...]
    facts: _Facts

    @property
    def words(self) -> str:
        """Status, code, and what of the message may be repeated."""
        return f"{self.status}/{'-' if self.code is None else self.code} {quoted(self.message)}".rstrip()


def refusal(reply: Reply, where: str, now: datetime) -> ZoomError | None:
    """Return the refusal that a reply is; ``None`` if it grants or cannot be read as an answer of Zoom's."""
    document = reply.document or {}
    said = _said(reply, document, where)
    if reply.status == 429:
        limit, until = reached(reply.headers, said.message, now)
        return RateLimited(f"Zoom's limit of requests is reached ({limit})", until=until, limit=limit, **said.facts)
    if reply.granted:
        told = said.code is not None and "message" in document and "id" not in document
        return _refused(said) if told else None
    return _refused(said) if 400 <= reply.status < 500 and document else None


def unusable(answer: Reply | NoReply, where: str, *, reading: bool) -> ZoomError:
    """Return what it means that no answer of Zoom's came: a read had no effect, anything else may have had one."""
    if isinstance(answer, NoReply):
        return _unreachable(answer, where, reading=reading)
    if reading and 300 <= answer.status < 400:
        return ZoomRefused(
            "the request was redirected, which is not followed",
            where=where,
            next="Check the host that is configured for this Zoom app",
            status=answer.status,
            tracking_id=tracking_id(answer),
        )
    kind: type[ZoomError] = OutcomeUnclear
    if reading:
        kind = ZoomUnavailable if answer.status >= 500 else UnreadableReply
    return kind(
        f"no usable answer (HTTP {answer.status})",
        where=where,
        next="Try again later" if reading else "Look at Zoom before trying again",
        status=answer.status,
        tracking_id=tracking_id(answer),
    )


def tracking_id(reply: Reply) -> str | None:
    """Return what Zoom's support asks for; ``None`` if there is none in the alphabet of such ids."""
    found = reply.headers.get("x-zm-trackingid", "")
    return found if re.fullmatch(r"[\w=.:;-]{1,128}", found, re.ASCII) else None


def _unreachable(answer: NoReply, where: str, *, reading: bool) -> ZoomError:
    if answer.sent and not reading:
        return OutcomeUnclear(answer.why, where=where, next="Look at Zoom before trying again")
    return ZoomUnavailable(answer.why, where=where, next="Try again later")


def _refused(said: _Said) -> ZoomError:
    return _about_the_grant(said) or _about_the_plan(said) or _about_the_request(said)


def _about_the_grant(said: _Said) -> ZoomError | None:
    lacking = said.code in _SCOPE_LACKING
    scopes = tuple(dict.fromkeys(_SCOPE.findall(said.message))) if "does not contain" in said.message else ()
    if scopes or (lacking and said.status != 401):
        return ScopeMissing(scopes, **said.facts)
    if said.code == _TOKEN_INVALID or (said.status == 401 and said.code not in _MEANINGS):
        remedy = "Refresh it, or connect to Zoom anew"
        return AccessRejected("the access token is not accepted", next=remedy, **said.facts)
    return None


def _about_the_plan(said: _Said) -> ZoomError | None:
    if _PAID.search(said.message):
        what = f"the plan of the Zoom account does not have it ({said.words})"
        return PlanRefused(what, next=_ASK_ADMIN, **said.facts)
    if said.code == _PLAN_OR_PERMISSION:
        return NotPermitted(f"Zoom does not permit it ({said.words})", next=_ASK_ADMIN, **said.facts)
    return None


def _about_the_request(said: _Said) -> ZoomError:
    if said.code == _INVALID and _PAGE.search(said.message):
        return PageExpired("the list's pages expired on the way", next="Ask for the list again", **said.facts)
    if said.code == _INVALID:
        what, remedy = f"Zoom refused what was sent ({said.words})", "Correct what it names"
        return FieldsRefused(what, fields=said.fields, next=remedy, **said.facts)
    known = _MEANINGS.get(-1 if said.code is None else said.code)
    if known is None and _INACTIVE.search(said.message):
        known = _NO_HOSTING
    kind, what, remedy = known or _by_status(said)
    return kind(what, next=remedy, **said.facts)


def _by_status(said: _Said) -> tuple[type[ZoomRefused], str, str]:
    if said.status == 404 and said.code is not None:
        return ZoomNotFound, f"Zoom does not know it ({said.words})", "Check that it still exists at Zoom"
    if said.status == 403:
        return NotPermitted, f"Zoom does not permit it ({said.words})", _ASK_ADMIN
    return ZoomRefused, f"Zoom refused ({said.words})", f"Correct what it names. {_ASK_ADMIN} if it goes on"


def _said(reply: Reply, document: Mapping[str, object], where: str) -> _Said:
    code = _number(document.get("code"))
    facts = _Facts(where=where, status=reply.status, zoom_code=code, tracking_id=tracking_id(reply))
    errors = document.get("errors")
    entries = errors[:50] if isinstance(errors, list) else []
    named = [field_named(_text(entry.get("field"))) for entry in entries if isinstance(entry, dict)]
    fields = tuple(dict.fromkeys(name for name in named if name))
    return _Said(reply.status, code, _text(document.get("message")), fields, facts)


def _number(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,6}", value, re.ASCII):
        value = int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6 else None


def _text(value: object) -> str:
    return value[:LONGEST_READ] if isinstance(value, str) else ""
