"""The plugin API: seven questions, each one frozen request in and one frozen decision out.

A profile is a module whose functions carry `hookimpl`. Hooks are synchronous and pure: no I/O, no clock, no
randomness, no globals that change; everything a hook may know is in its request. Four must be implemented
(`authorize`, `select_host`, `create_meeting`, `render_invite`) as well as `want_meeting`; `disconnect` and
`change` fall back to `greenroom.rules.loss` and `greenroom.rules.follow`.

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

    Asked for everything a person may do to the integration, also to draw a page (``request.offer``): a page
    offers exactly what this gate allows. With ``Action.COMPLETE`` Zoom has answered: ``request.zoom`` is who
    completed and only a granted attempt may be kept (`Keep`).
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def want_meeting(request: MeetingRequest) -> Want:
    """Is a Zoom meeting wanted for this interview, at the stage it has reached?

    About the level reached, never about the event that led there: asked again whenever facts moved.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def select_host(request: HostRequest) -> Choice:
    """Whose Zoom hosts it, and through which connection? Only asked after `Wanted`.

    The host must be an active Zoom user, the connection one of ``request.connections`` and usable.
    """
    raise AssertionError(request)


@hookspec(firstresult=True)
def create_meeting(request: CreateRequest) -> Plan:
    """What exactly is asked of Zoom, knowing who hosts? Fields left ``None`` are not sent."""
    raise AssertionError(request)


@hookspec(firstresult=True)
def render_invite(request: InviteRequest) -> Letters:
    """Who is told what, where, and may it be edited first? Core renders the named templates."""
    raise AssertionError(request)


@hookspec(firstresult=True)
def disconnect(request: DisconnectRequest) -> Loss:
    """What does it mean that a connection ends or loses its ground, whatever the cause? Optional."""
    raise AssertionError(request)


@hookspec(firstresult=True)
def change(request: ChangeRequest) -> Change:
    """What follows when an interview moves or is cancelled after its meeting was made? Optional."""
    raise AssertionError(request)
