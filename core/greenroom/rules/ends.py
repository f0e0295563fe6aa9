"""Defaults where documents are silent: what ends with a connection, what follows a change, who is told again."""

from __future__ import annotations

from greenroom.model import Because, Cause, Change, ChangeRequest, DisconnectRequest, Follow, InviteRequest, Loss
from greenroom.rules.answers import because

_ZOOM_ENDED_IT = frozenset({Cause.UNINSTALLED, Cause.AUTHORIZER_GONE, Cause.APPROVAL_WITHDRAWN, Cause.GRANT_DEAD})


def loss(request: DisconnectRequest, *, idle: str, broken: str, clauses: tuple[str, ...] = ()) -> Loss:
    """Return the plain reading of a loss: a person's wish ends this connection and revokes the grant; a cause
    at Zoom leaves it broken (``broken``) or, when Zoom ended it, idle (``idle``). Made meetings stay [CORE-06].
    """
    reasons = because(*(clauses or ("CORE-06",)), about=request.cause.value)
    if request.cause in {Cause.PERSON, Cause.SWITCHED_OFF}:
        return Loss(phase=idle, ends="this", revoke=True, because=reasons)
    if request.cause is Cause.UNINSTALLED:
        return Loss(phase=idle, ends="this", because=reasons)
    if request.cause in _ZOOM_ENDED_IT:
        return Loss(phase=broken, ends="this", because=because("CORE-08", about=request.cause.value))
    return Loss(phase=broken, ends="nothing", because=reasons)


def follow(request: ChangeRequest) -> Change:
    """Return core's default: reschedule is one update, cancel one delete, everybody told is told again.

    What somebody did at Zoom moves or cancels no interview: nobody invited is told until a person decides [CORE-17].
    """
    if request.by == "zoom":
        return Follow(at_zoom="keep", calendars="keep", because=because("CORE-17"))
    calendars = because("CORE-03")
    if not request.reachable or request.meeting is None:
        told = "cancel" if request.after is None else "update"
        reason = because("CORE-09", fact="Zoom cannot be reached through the connection it was made with")
        return Follow(at_zoom="keep", calendars=told, because=(*reason, *calendars))
    if request.after is None:
        return Follow(at_zoom="delete", calendars="cancel", because=(*because("CORE-02"), *calendars))
    return Follow(at_zoom="update", calendars="update", because=(*because("CORE-01"), *calendars))


def told_again(request: InviteRequest) -> tuple[Because, ...]:
    """Return why somebody is told of a change or a cancellation, for documents that say only who is invited: core's
    default [CORE-03]; nothing while the interview is new."""
    return () if request.why == "new" else because("CORE-03")
