"""Connections in any state a manifest declares, and the ground that every question shares."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from hypothesis import strategies as st

from greenroom.conformance.product import Product
from greenroom.conformance.strategies.choices import among
from greenroom.conformance.strategies.people import members, organizations, zoom_users
from greenroom.conformance.strategies.settings import settings_views
from greenroom.conformance.strategies.times import NOW
from greenroom.model import Connection, Level, PhaseKind, ZoomUser
from greenroom.profiles.manifest import PhaseSpec


@cache
@st.composite
def connections(draw: st.DrawFn, product: Product, owner: str, *, ripe: bool = False) -> tuple[Connection, ...]:
    """Draw one connection a level, in any declared phase (``ripe``: one that meetings are made in, as far as it has
    one), as the profile's reach would show them."""
    return tuple([draw(_connections_at(product, level, owner, ripe=ripe)) for level in product.manifest.levels])


@cache
@st.composite
def _connections_at(draw: st.DrawFn, product: Product, level: Level, owner: str, *, ripe: bool) -> Connection:
    spec = draw(among(_ripe_phases(product, level) if ripe else product.manifest.phases[level]))
    user = draw(_zoom_user_of(spec.kind))
    status = "active" if draw(st.integers(0, 5)) else "inactive"
    return Connection(
        level=level,
        owner="org_1" if level is Level.ORGANIZATION else owner,
        phase=spec.name,
        kind=spec.kind,
        zoom_user=user.model_copy(update={"status": status}) if user is not None else None,
        scopes=asked_scopes(product) if spec.kind is PhaseKind.ACTIVE else frozenset(),
        removed_by_actor=level is Level.ORGANIZATION and draw(st.integers(0, 9)) == 0,
    )


def _zoom_user_of(kind: PhaseKind) -> st.SearchStrategy[ZoomUser | None]:
    """Draw who is known of a connection: of a working one always somebody, of one that ended perhaps who it was."""
    if kind is PhaseKind.ACTIVE:
        return zoom_users()
    return st.none() if kind is PhaseKind.PENDING else st.none() | zoom_users()


def asked_scopes(product: Product) -> frozenset[str]:
    """Return every Zoom scope that the product asks for."""
    return frozenset(zoom for scope in product.manifest.scopes for zoom in scope.zoom)


def _ripe_phases(product: Product, level: Level) -> tuple[PhaseSpec, ...]:
    """Return the active phases of a level; of one that holds no grant, those that lead on."""
    phases = product.manifest.phases[level]
    active = tuple(phase for phase in phases if phase.kind is PhaseKind.ACTIVE)
    return active or tuple(phase for phase in phases if phase.kind is PhaseKind.PENDING) or phases


@cache
@st.composite
def working_connections(draw: st.DrawFn, product: Product) -> Connection:
    """Draw a connection that meetings are made through."""
    phases = product.manifest.phases
    active = [(level, spec) for level in phases for spec in phases[level] if spec.kind is PhaseKind.ACTIVE]
    level, phase = draw(among(tuple((level, spec.name) for level, spec in active)))
    user = draw(zoom_users()).model_copy(update={"status": "active"})
    owner = "org_1" if level is Level.ORGANIZATION else "mem_1"
    return Connection(level=level, owner=owner, phase=phase, kind=PhaseKind.ACTIVE, zoom_user=user)


@cache
@st.composite
def grounds(draw: st.DrawFn, product: Product, *, ripe: bool = False) -> dict[str, object]:
    """Draw what every request shares: organization, actor, instant, settings, connections.

    ``ripe``: so that most of what can be asked is allowed, as otherwise one of many refusals comes first.
    """
    actor = draw(members(product, ripe=ripe))
    return {
        "organization": draw(organizations(ripe=ripe)),
        "actor": actor,
        "at": NOW + timedelta(minutes=draw(st.integers(0, 10_000))),
        "settings": draw(settings_views(product)),
        "connections": draw(connections(product, actor.id, ripe=ripe)),
    }
