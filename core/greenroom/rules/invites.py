"""Invites that go into a calendar."""

from __future__ import annotations

from greenroom.model import Audience, Detail, Invite, InviteRequest

_JOIN_URL: frozenset[Detail] = frozenset({"join_url"})


def calendar_invite(
    request: InviteRequest, audience: Audience, template: str, *, shows: frozenset[Detail] = _JOIN_URL
) -> Invite:
    """Return a calendar event for ``audience``, sent at once; it shows ``shows`` if the interview has a link at all."""
    linked = request.meeting is not None or request.given is not None
    return Invite(
        audience=audience,
        channel="calendar",
        calendar=request.calendar,
        template=template,
        shows=shows if linked else frozenset(),
    )
