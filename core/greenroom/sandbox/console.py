"""The page at `/_sandbox/`: the world at a glance, and a button for what a control call does.

Its one script turns a form into the JSON call it names, so that page and API are the same thing.
"""

import secrets

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from greenroom.sandbox.catalogue import event_names, published
from greenroom.sandbox.clock import iso
from greenroom.sandbox.control_events import delivery_view, event_view
from greenroom.sandbox.control_meetings import session_view
from greenroom.sandbox.control_views import approvals_view, faults_view, ledger_view, world_view
from greenroom.sandbox.faults import EVENT, EVENT_KINDS, REQUEST_KINDS
from greenroom.sandbox.pages import render
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import CONTROL, OAUTH_OPERATIONS

_SHOWN = 50


def routes(state: State) -> list[Route]:
    """Return the route of the page."""

    async def console(_: Request) -> Response:
        nonce = secrets.token_urlsafe(16)
        page = render("console.html", nonce=nonce, control=CONTROL, seen=_seen(state), choices=_choices())
        page.headers["content-security-policy"] = (
            f"default-src 'none'; style-src 'unsafe-inline'; script-src 'nonce-{nonce}'; connect-src 'self'; "
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        )
        return page

    return [Route(f"{CONTROL}/", console, methods=["GET"])]


def _seen(state: State) -> dict[str, object]:
    live = {session.meeting.id: session_view(session) for session in state.sessions if session.live}
    return {
        "world": world_view(state),
        "ledger": ledger_view(state),
        "approvals": approvals_view(state)["approvals"],
        "faults": faults_view(state)["faults"],
        "clock": state.clock,
        "waiting": [(iso(timer.due), timer.what) for timer in state.timers.waiting()[:_SHOWN]],
        "live": live,
        "subscriptions": list(state.subscriptions),
        "apps": state.directory.apps,
        "events": [event_view(event) for event in state.events.happened[: -_SHOWN - 1 : -1]],
        "deliveries": [delivery_view(one) for one in state.deliveries.log[: -_SHOWN - 1 : -1]],
    }


def _choices() -> dict[str, object]:
    return {
        "operations": sorted({*published().by_name, *OAUTH_OPERATIONS}),
        "event_operations": [EVENT + name for name in event_names()],
        "request_kinds": REQUEST_KINDS,
        "event_kinds": EVENT_KINDS,
    }
