"""Take out of a request what its hook's manifest does not declare, so that no profile leans on it unnoticed."""

from __future__ import annotations

from typing import TypeVar

from greenroom.model import (
    Ask,
    AuthorizeRequest,
    ChangeRequest,
    Interview,
    InviteRequest,
    MeetingRequest,
    Value,
)

R = TypeVar("R", bound=Ask)

_FIELDS = ("approval", "busy", "hosts", "load", "turns")
"""Facts that are fields of the request itself."""


def withhold(request: R, declared: frozenset[str]) -> R:
    """Return ``request`` as a hook may see it that declares these facts; reading others raises `UndeclaredFact`.

    ``permissions`` is about the Zoom user of an `AuthorizeRequest`, ``interviewers`` about their Zoom users,
    ``hosts`` also about the scheduler's. The Zoom users of candidates are never looked up, so always withheld.
    """
    fields = type(request).model_fields
    missing = tuple(name for name in _FIELDS if name in fields and name not in declared)
    return request.model_copy(update=_inner(request, declared)).withholding(*missing)


def _inner(request: Ask, declared: frozenset[str]) -> dict[str, Value]:
    if isinstance(request, AuthorizeRequest):
        if request.zoom is None or "permissions" in declared:
            return {}
        return {"zoom": request.zoom.withholding("permissions")}
    if isinstance(request, MeetingRequest | InviteRequest):
        return {"interview": _without_zoom(request.interview, declared)}
    if isinstance(request, ChangeRequest):
        moved = {"before": request.before, "after": request.after}
        return {name: _without_zoom(interview, declared) for name, interview in moved.items() if interview}
    return {}


def _without_zoom(interview: Interview, declared: frozenset[str]) -> Interview:
    people: dict[str, object] = {
        "candidates": tuple(person.withholding("zoom") for person in interview.candidates),
    }
    if "hosts" not in declared:
        people["scheduler"] = interview.scheduler.withholding("zoom")
    if "interviewers" not in declared:
        people["interviewers"] = tuple(person.withholding("zoom") for person in interview.interviewers)
    return interview.model_copy(update=people)
