"""Hypothesis strategies for what the engine can ask of a profile, and for everything it is made of.

Everything is drawn around one `Product`: phases its manifest declares, roles it knows, settings of its own models, and
facts that fit together as the engine's do (an active connection has a Zoom user, only what Zoom granted comes with
one, whoever is chosen as a host is chosen through a connection that is shown)::

    from hypothesis import given, strategies as st

    from greenroom.conformance import InProcess, Product
    from greenroom.conformance.strategies import host_requests
    from greenroom.profiles import Registry

    product = Product(InProcess(Registry.discover().profile("acme")))

    @given(host_requests(product))
    def test_somebody_active_hosts(request): ...

``ripe`` draws what is complete and mostly allowed; otherwise one of many refusals comes first.
"""

from __future__ import annotations

from greenroom.conformance.strategies.connections import connections, grounds, working_connections
from greenroom.conformance.strategies.gate import approvals, authorize_requests, completions, disconnect_requests
from greenroom.conformance.strategies.happenings import event_sequences
from greenroom.conformance.strategies.interviews import interviews, panels
from greenroom.conformance.strategies.people import (
    ACCOUNT,
    CANDIDATES,
    PEOPLE,
    candidates,
    colleagues,
    everybody,
    lists_of_people,
    looked_up,
    members,
    organizations,
    plans,
    zoom_accounts,
    zoom_users,
)
from greenroom.conformance.strategies.scheduling import (
    change_requests,
    create_requests,
    host_requests,
    invite_requests,
    meeting_requests,
)
from greenroom.conformance.strategies.settings import settings, settings_changes, settings_views
from greenroom.conformance.strategies.texts import hostile_texts, names, typed_lines
from greenroom.conformance.strategies.times import (
    NOW,
    ZONES,
    Slot,
    clock_changes,
    edges,
    instants,
    minutes,
    slots,
    zones,
)

__all__ = [
    "ACCOUNT",
    "CANDIDATES",
    "NOW",
    "PEOPLE",
    "ZONES",
    "Slot",
    "approvals",
    "authorize_requests",
    "candidates",
    "change_requests",
    "clock_changes",
    "colleagues",
    "completions",
    "connections",
    "create_requests",
    "disconnect_requests",
    "edges",
    "event_sequences",
    "everybody",
    "grounds",
    "host_requests",
    "hostile_texts",
    "instants",
    "interviews",
    "invite_requests",
    "lists_of_people",
    "looked_up",
    "meeting_requests",
    "members",
    "minutes",
    "names",
    "organizations",
    "panels",
    "plans",
    "settings",
    "settings_changes",
    "settings_views",
    "slots",
    "typed_lines",
    "working_connections",
    "zones",
    "zoom_accounts",
    "zoom_users",
]
