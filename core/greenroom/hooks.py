"""The plugin API: seven questions, each one frozen request in and one frozen decision out.

A profile is a module whose functions carry `hookimpl`. Hooks are synchronous and pure: no I/O, no clock, no
randomness, no globals that change; everything a hook may know is in its request. Five must be implemented;
`disconnect` and `change` fall back to `greenroom.rules.loss` and `greenroom.rules.follow`.

Every answer gives at least one reason: a clause of the profile (``clauses.yaml``) or a default of core
(``CORE-…``). Words are never in an answer: it carries keys of ``labels/<edition>.yaml``.

    from greenroom.hooks import hookimpl
    from greenroom.model import MeetingRequest, Because, Want, Wanted

    @hookimpl
    def want_meeting(request: MeetingRequest) -> Want:
        return Wanted(because=(Because(clause="ACME-07"),))
"""

from __future__ import annotations

import pluggy

from greenroom.model import (
    AuthorizeRequest,
    Change,
    ChangeRequest,
    Choice,
    CreateRequest,
    DisconnectRequest,
    HostRequest,
    InviteRequest,
    Letters,
    Loss,
    MeetingRequest,
    Plan,
    Step,
    Want,
)

PROJECT = "greenroom"
HOOK_API = "1.0"
"""Version of this API. A profile states the range it was written for under ``hook_api`` in ``profile.yaml``."""

REQUIRED_HOOKS = ("authorize", "want_meeting", "select_host", "create_meeting", "render_invite")
OPTIONAL_HOOKS = ("disconnect", "change")

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec(firstresult=True)
def authorize(request: AuthorizeRequest) -> Step:
    """May this person do this action, from this state, as this Zoom user?

    Asked: before everything a person does to the integration, to draw a page (``request.offer``) with each action of
    the manifest, and when Zoom has answered (``Action.COMPLETE``: ``request.zoom`` is who completed). An action that
    the manifest does not list for the level is refused by core, and never asked.

    Judged: a page offers exactly what this gate allows; phases are of the level; the app is the manifest's; only a
    granted attempt is kept (`Keep`), in an active phase; ``verified`` are active Zoom users looked up for the change.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def want_meeting(request: MeetingRequest) -> Want:
    """Is a Zoom meeting wanted for this interview, at the stage it has reached?

    About the level reached, never about the event that led there: asked again whenever facts moved.

    Asked: whenever an interview is scheduled, saved, confirmed or tried again, as long as it has no meeting; where
    ``busy`` is declared, also when it moves, for the warnings.

    Judged: `NotYet` names a stage later than the one reached.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def select_host(request: HostRequest) -> Choice:
    """Whose Zoom hosts it, and through which connection?

    Asked: after `Wanted`, with the same facts; and by ``greenroom hosts``, about everybody, without using a turn.

    Judged: the host is an active Zoom user whom the request names, in the Zoom account of the connection; the
    connection is one of ``request.connections`` and usable; a turn's host is in its pool.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def create_meeting(request: CreateRequest) -> Plan:
    """What exactly is asked of Zoom, knowing who hosts? Fields left ``None`` are not sent.

    Asked: after `HostChoice`, before Zoom is called.

    Judged: no meeting is planned before the manifest's link stage; what is insisted on is set.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def render_invite(request: InviteRequest) -> Letters:
    """Who is told what, where, and may it be edited first? Core renders the named templates.

    Asked: when an interview reached its link stage, moved or was cancelled, and for a preview.

    Judged: each template has its three parts; only details of a meeting are shown.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def disconnect(request: DisconnectRequest) -> Loss:
    """What does it mean that a connection ends or loses its ground, whatever the cause?

    Optional: `greenroom.rules.loss` answers for a profile without it, with the first phase of kind *broken*.

    Asked: when somebody disconnects or switches off, and when Zoom tells, or a call finds out, that the ground gave
    way; ahead of that with ``request.offer``, for what *would* change.

    Judged: the phase is one of the connection's level.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def change(request: ChangeRequest) -> Change:
    """What follows when an interview moves or is cancelled after its meeting was made?

    Optional: `greenroom.rules.follow` answers for a profile without it.

    Asked: when somebody reschedules or cancels, and when its meeting was moved or deleted in Zoom's own pages
    (``by="zoom"``).

    Judged: nothing is sent back to Zoom of what was changed there.
    """
    raise AssertionError(request)
