"""What an organization takes with it from one profile to another: one value, shown by a dry run and carried out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from greenroom.engine.attention import unmade
from greenroom.engine.deployment import Deployment
from greenroom.engine.ending import Moved, grants_let_go
from greenroom.engine.ports.records import (
    ConnectionRecord,
    EarlierProfile,
    GrantRecord,
    InterviewRecord,
    OrganizationRecord,
    SettingsRecord,
    TicketRecord,
)
from greenroom.engine.ports.store import Transaction
from greenroom.engine.settings_input import looked_up_emails
from greenroom.engine.standing import Standing, in_phases_of
from greenroom.errors import ConfigurationFault
from greenroom.model import Action, Approval, Level, Member, PhaseKind, Say, Scope
from greenroom.profiles import Profile

STRANDED = Say(key="core.profile_left")


@dataclass(frozen=True)
class Carried(Moved):
    """A connection before and after; ``why``: what keeps it from serving the new profile, empty if nothing does."""

    why: str


@dataclass(frozen=True, kw_only=True)
class Carrying:
    """Everything that changes with the profile, as one transaction saw it."""

    before: Standing
    profile: Profile
    record: OrganizationRecord
    connections: tuple[Carried, ...]
    let_go: tuple[GrantRecord, ...]
    holds: frozenset[str]
    settings: tuple[SettingsRecord, ...]
    restored: bool
    verified: frozenset[str]
    members: tuple[tuple[Member, Member], ...]
    opted_in: frozenset[str]
    approval: Approval
    links: tuple[TicketRecord, ...]
    interviews: tuple[InterviewRecord, ...]
    stranded: tuple[InterviewRecord, ...]


def carry(tx: Transaction, deployment: Deployment, standing: Standing, profile: Profile) -> Carrying:
    """Return what changes when an organization changes to ``profile``; nothing is written."""
    organization_id = standing.record.id
    members = tx.organizations.members(organization_id)
    back = standing.record.left(f"{profile.name}@{profile.edition}")
    moved = tuple(_connection(tx, deployment, standing, profile, row) for row in standing.connections)
    left = tuple(one.before for one in moved if one.why and one.before.grant_id is not None)
    settings = back.settings if back is not None else tuple(_shared(standing, profile))
    kept = any(one.before.level is Level.ORGANIZATION and not one.why for one in moved)
    interviews = tuple(one for one in tx.interviews.of_organization(organization_id) if one.state == "live")
    return Carrying(
        before=standing,
        profile=profile,
        record=_record(standing, profile, members),
        connections=moved,
        let_go=grants_let_go(tx, left),
        holds=_holds(profile, moved),
        settings=settings,
        restored=back is not None,
        verified=_verified(standing, profile, settings, back),
        members=tuple((one, _member(one, standing.profile, profile, back)) for one in members),
        opted_in=frozenset() if kept and _opts_out(profile) else standing.opted_out,
        approval=_approval(standing, profile),
        links=tx.attempts.waiting_tickets(organization_id, deployment.clock.now()),
        interviews=interviews,
        stranded=tuple(_stranded(standing, moved, interviews, members)),
    )


def carry_out(tx: Transaction, deployment: Deployment, carrying: Carrying) -> None:
    """Change what was foreseen, in this transaction."""
    organization_id, now = carrying.record.id, deployment.clock.now()
    _hold(tx, carrying)
    tx.organizations.replace(carrying.record)
    for one in carrying.connections:
        tx.connections.save(one.after)
    for grant in carrying.let_go:
        tx.grants.remove(grant.id)
        tx.directory.forget(grant.id)
    for member_id in carrying.opted_in:
        tx.connections.set_opt_out(organization_id, member_id, opted_out=False)
    for row in _rows_to_save(carrying):
        tx.settings.save(row)
    tx.settings.save_verified(organization_id, carrying.verified)
    for _, member in carrying.members:
        tx.organizations.save_member(organization_id, member)
    tx.connections.save_approval(organization_id, carrying.approval)
    for ticket in carrying.links:
        tx.attempts.close_ticket(ticket.token_hash, now)
    for record in carrying.stranded:
        tx.interviews.save(record)


def is_switch(profile: Profile, level: Level) -> bool:
    """Whether a profile's connection of this level is a mere switch: never active itself."""
    return all(one.kind is not PhaseKind.ACTIVE for one in profile.manifest.phases[level])


def _connection(
    tx: Transaction, deployment: Deployment, standing: Standing, profile: Profile, row: ConnectionRecord
) -> Carried:
    why = _hindrance(tx, deployment, standing, profile, row)
    update: dict[str, object] = {"revision": row.revision + 1}
    if why:
        spoken = profile if row.level in profile.manifest.levels else standing.profile
        back = standing.record.left(f"{profile.name}@{profile.edition}")
        switches = dict(back.switches) if back is not None else {}
        begins = spoken.manifest.initial_phase(row.level).name
        update |= {"grant_id": None, "phase": switches.get(row.id, begins)}
    else:
        update["phase"] = in_phases_of(profile, standing.profile, row).phase
    return Carried(row, row.model_copy(update=update), why)


def _hindrance(
    tx: Transaction, deployment: Deployment, standing: Standing, profile: Profile, row: ConnectionRecord
) -> str:
    """Return in words what keeps a connection from serving the new profile."""
    grant = tx.grants.get(row.grant_id) if row.grant_id is not None else None
    if row.level not in profile.manifest.levels:
        return f"{profile.name} connects nothing at {row.level.value} level"
    if grant is None or is_switch(profile, row.level):
        return "there is no access to carry over" if grant is None else f"{profile.name} keeps only a switch there"
    try:
        app = deployment.app_for(profile.name, profile.manifest.apps[row.level])
    except ConfigurationFault as fault:
        return fault.what
    if app.name != grant.app:
        return f"{profile.name} goes through another Zoom app, {app.name}"
    wanted = {scope for spec in profile.manifest.scopes for scope in spec.zoom}
    if not wanted <= grant.scopes:
        return f"{len(wanted - grant.scopes)} scopes of {profile.name} were not granted"
    user = row.zoom_user
    if profile.manifest.exclusive is not None and user is not None:
        holder = tx.connections.holder(profile.name, user.id)
        if holder not in {None, standing.record.id}:
            return f"under {profile.name}, another organization is connected by the same Zoom user"
    return ""


def _holds(profile: Profile, moved: tuple[Carried, ...]) -> frozenset[str]:
    """Return the ids of the Zoom users that the organization holds under the new profile."""
    if profile.manifest.exclusive is None:
        return frozenset()
    return frozenset(one.before.zoom_user.id for one in moved if not one.why and one.before.zoom_user is not None)


def _hold(tx: Transaction, carrying: Carrying) -> None:
    for one in carrying.connections:
        if one.before.zoom_user is not None:
            tx.connections.release(carrying.before.record.profile, one.before.zoom_user.id, carrying.record.id)
    for user_id in carrying.holds:
        tx.connections.hold(carrying.profile.name, user_id, carrying.record.id)


def _record(standing: Standing, profile: Profile, members: tuple[Member, ...]) -> OrganizationRecord:
    """Return the organization under the new profile; what it was under the one it leaves is kept beside."""
    record = standing.record
    leaves = EarlierProfile(
        profile=record.profile,
        edition=record.edition,
        settings=tuple(row for row in standing.settings if row.values),
        verified=standing.verified,
        roles=tuple((member.id, member.roles) for member in members),
        switches=tuple((row.id, row.phase) for row in standing.connections if is_switch(standing.profile, row.level)),
    )
    others = [one for one in record.earlier if (one.profile, one.edition) != (profile.name, profile.edition)]
    update = {"profile": profile.name, "edition": profile.edition, "earlier": (*others, leaves)}
    return record.model_copy(update=update)


def _shared(standing: Standing, profile: Profile) -> Iterator[SettingsRecord]:
    """Yield the settings that mean the same in the new profile: of the same scope, name and kind of value."""
    for row in standing.settings:
        here, there = standing.profile.settings_model(row.scope), profile.settings_model(row.scope)
        if here is None or there is None:
            continue
        fields, others = here.model_fields, there.model_fields
        same = {
            name: value
            for name, value in row.values.items()
            if name in others and name in fields and others[name].annotation == fields[name].annotation
        }
        try:
            there.model_validate(same)
        except ValidationError:
            continue
        if same:
            yield row.model_copy(update={"values": same})


def _rows_to_save(carrying: Carrying) -> Iterator[SettingsRecord]:
    """Yield the settings as they will be; those that did not come along are emptied."""
    after = {(row.scope, row.subject): row for row in carrying.settings}
    for row in carrying.before.settings:
        if (row.scope, row.subject) not in after:
            yield row.model_copy(update={"values": {}})
    yield from after.values()


def _verified(
    standing: Standing, profile: Profile, settings: tuple[SettingsRecord, ...], back: EarlierProfile | None
) -> frozenset[str]:
    model = profile.settings_model(Scope.ORGANIZATION)
    row = next((one for one in settings if one.scope is Scope.ORGANIZATION), None)
    if model is None or row is None:
        return frozenset()
    named = frozenset(looked_up_emails(model.model_validate(row.values)))
    return named & (back.verified if back is not None else standing.verified)


def _member(member: Member, here: Profile, there: Profile, back: EarlierProfile | None) -> Member:
    """Return a member with roles of the new profile: those they had there, those of the same name, else the one that
    administers or the plain one."""
    roles = dict(back.roles).get(member.id) if back is not None else None
    if roles is None:
        roles = frozenset(role for role in member.roles if role in there.manifest.roles.known)
    if not roles and member.roles:
        administers = here.manifest.roles.administrator in member.roles
        roles = frozenset({there.manifest.roles.administrator if administers else there.manifest.roles.plain})
    return member.model_copy(update={"roles": roles})


def _opts_out(profile: Profile) -> bool:
    manifest = profile.manifest
    return Level.ORGANIZATION in manifest.levels and Action.REMOVE_MINE in manifest.actions[Level.ORGANIZATION]


def _approval(standing: Standing, profile: Profile) -> Approval:
    """Return the approval as it stands for the new profile's app: the same if both go through a kind of app alike."""
    here, there = standing.profile.manifest.apps, profile.manifest.apps
    alike = set(here.values()) & set(there.values())
    waits = any(Action.ASK_APPROVAL in actions for actions in profile.manifest.actions.values())
    if not alike or (standing.approval.state == "requested" and not waits):
        return Approval()
    return standing.approval


def _stranded(
    standing: Standing,
    moved: tuple[Carried, ...],
    interviews: tuple[InterviewRecord, ...],
    members: tuple[Member, ...],
) -> Iterator[InterviewRecord]:
    """Yield the interviews that wait for a meeting through a connection that does not come along, marked so."""
    ids = {member.email: member.id for member in members}
    reach = {one.before.owner for one in moved if not one.why and standing.seen(one.before).kind is PhaseKind.ACTIVE}
    for record in interviews:
        owners = {standing.record.id, ids.get(record.interview.scheduler.email, "")}
        if unmade(record) and record.under == standing.record.under and not owners & reach:
            yield record.model_copy(update={"attention": STRANDED})
