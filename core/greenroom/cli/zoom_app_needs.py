"""What core itself needs of a Zoom app, gathered from where it is decided.

Which scope a request needs is what Zoom's published documents say of its operation; nothing is repeated here.
"""

from __future__ import annotations

from greenroom.engine import capture, inbox, meeting_news
from greenroom.model import AppKind
from greenroom.profiles.manifest import FeatureName
from greenroom.profiles.zoom_app import Accepted, Core, Heard
from greenroom.sandbox.catalogue import published
from greenroom.service.visits import CALLBACK
from greenroom.service.webhooks import WEBHOOKS
from greenroom.zoom import operations as op


def core_needs() -> Core:
    """Return the requests core sends, the events it acts on, and the addresses its service has."""
    return Core(
        requests=_requests(),
        heard=(
            Heard(inbox.OF_WHOEVER_AUTHORIZED - {inbox.DEAUTHORIZED}),
            Heard(inbox.OF_PEOPLE, kind="admin"),
            Heard(meeting_news.TOLD_OF),
            Heard(capture.CALLS, feature="calls"),
            Heard(frozenset({capture.MEETING_CHAT}), feature="chat"),
        ),
        deauthorization_event=inbox.DEAUTHORIZED,
        callback=CALLBACK,
        webhooks=WEBHOOKS,
    )


def _requests() -> tuple[Accepted, ...]:
    return (
        _needs(op.ME, "see who authorized"),
        _needs(op.MY_PERMISSIONS, "see whether their Zoom role lets them connect", permissions=True),
        _needs(op.USERS, "see who in the account can host", kind="admin"),
        _needs(op.CREATE_MEETING, "make an interview's meeting"),
        _needs(op.LIST_MEETINGS, "find a meeting whose answer was lost, instead of making a second one"),
        _needs(op.GET_MEETING, "see how Zoom has a meeting now"),
        _needs(op.UPDATE_MEETING, "move a meeting with its interview"),
        _needs(op.DELETE_MEETING, "delete the meeting of an interview that was cancelled"),
        _needs(op.ROOMS, "list Zoom Rooms", feature="rooms"),
        _needs(op.RECORDINGS, "list recordings", feature="recordings"),
        _needs(op.RECORDINGS, "find transcripts", feature="transcripts"),
        _needs(op.CALLS, "see phone calls", feature="calls"),
        _needs(op.CALL_RECORDINGS, "find recordings of phone calls", feature="calls"),
        _needs(op.MESSAGES, "see chat messages", feature="chat"),
        _needs(op.ACCESS_KEY, "start a meeting as its host", feature="start_as_host"),
        _needs(op.CALENDARS, "see which calendars there are", feature="calendar_view"),
        _needs(op.EVENTS, "see the calendar", feature="calendar_view"),
        _needs(op.FREE_BUSY, "see when others are busy", feature="calendar_view"),
    )


def _needs(
    operation: op.Operation,
    why: str,
    *,
    kind: AppKind | None = None,
    feature: FeatureName | None = None,
    permissions: bool = False,
) -> Accepted:
    found = published().find(operation.method, operation.path)
    assert found is not None, f"{operation.where} is none that Zoom publishes"
    return Accepted(why, found[0].scopes, found[0].classic_scopes, kind, feature, permissions)
