"""Which connection is whose: the list of members with its type, and what a member's own page shows."""

from __future__ import annotations

from dataclasses import replace

from greenroom.engine.gate import Asked, message_of
from greenroom.engine.outcomes import (
    ConnectionView,
    MemberConnectionView,
    MembersOutcome,
    Offer,
    SetupView,
    WayOn,
)
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing
from greenroom.errors import BadInput
from greenroom.model import Connection, Level, Member, PhaseKind, Refusal
from greenroom.rules import first_usable


def member_connections(tx: Transaction, standing: Standing) -> tuple[MemberConnectionView, ...]:
    """Return every member with the connection they use: the first usable one in the profile's precedence."""
    members = tx.organizations.members(standing.record.id)
    return tuple(_member(replace(standing, actor=member), member) for member in members)


def members_outcome(asked: Asked, members: tuple[MemberConnectionView, ...] | None) -> MembersOutcome:
    """Return the list as the gate lets it be seen; ``None`` where it does not."""
    standing, step = asked.standing, asked.step
    return MembersOutcome(
        organization=standing.record.name,
        kind="refusal" if members is None else "done",
        message=message_of(standing, step),
        code=step.code if isinstance(step, Refusal) else None,
        members=members or (),
        because=step.because,
    )


def setup_view(standing: Standing, offers: tuple[Offer, ...]) -> SetupView:
    """Return what the acting member's own page shows: of what may be done, all that is about what is shown, and
    about a connection of their own. Raises `BadInput` when nobody acts."""
    if standing.actor is None:
        raise BadInput("a set-up page belongs to a member", next="Say who acts: --as EMAIL")
    mine = [one for one in standing.visible() if one.owner in {standing.actor.id, standing.record.id}]
    shown = first_usable(mine, standing.profile.manifest.levels) or _most_telling(mine)
    others = tuple(_view(standing, one) for one in mine if one is not shown and one.usable)
    return SetupView(
        organization=standing.record.name,
        member=standing.actor.email,
        connected=shown.usable,
        shown=_view(standing, shown),
        button=standing.profile.labels.phase(shown.level, shown.phase).button,
        hidden=others,
        ways_on=tuple(
            WayOn(action=one.action, level=one.level, label=one.label, where=one.where)
            for one in offers
            if one.allowed and one.level in {shown.level, Level.MEMBER}
        ),
    )


def _member(standing: Standing, member: Member) -> MemberConnectionView:
    mine = (one for one in standing.visible() if one.owner in {member.id, standing.record.id})
    used = first_usable(mine, standing.profile.manifest.levels)
    return MemberConnectionView(
        email=member.email,
        roles=tuple(sorted(member.roles)),
        active=member.active,
        connected=used is not None,
        type=used.level if used is not None else None,
        type_label=standing.profile.labels.level(used.level) if used is not None else "",
        zoom_user=used.zoom_user.email if used is not None and used.zoom_user is not None else None,
    )


def _most_telling(connections: list[Connection]) -> Connection:
    """Of connections none of which is usable: one that broke before one under way, and that before none at all."""
    order = [PhaseKind.BROKEN, PhaseKind.PENDING, PhaseKind.ACTIVE, PhaseKind.IDLE]
    kept = [one for one in connections if not one.removed_by_actor] or connections
    return min(kept, key=lambda one: order.index(one.kind))


def _view(standing: Standing, connection: Connection) -> ConnectionView:
    labels = standing.profile.labels
    label = labels.phase(connection.level, connection.phase)
    own = connection.level is Level.MEMBER and standing.actor is not None
    return ConnectionView(
        level=connection.level,
        level_label=labels.level(connection.level),
        owner=standing.actor.email if own and standing.actor is not None else standing.record.name,
        phase=connection.phase,
        label=label.label,
        colour=label.colour,
        kind=connection.kind,
        zoom_user=connection.zoom_user.email if connection.zoom_user is not None else None,
    )
