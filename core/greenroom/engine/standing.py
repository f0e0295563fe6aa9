"""An organization as one transaction saw it: the facts every question starts from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from greenroom.engine.ports.records import ConnectionRecord, EarlierProfile, OrganizationRecord, SettingsRecord
from greenroom.engine.ports.store import Transaction
from greenroom.errors import BadInput, NotFound
from greenroom.model import (
    Approval,
    Connection,
    FrozenMap,
    Level,
    Member,
    Organization,
    PhaseKind,
    Scope,
    Settings,
    SettingsView,
    Turns,
    ZoomAccount,
)
from greenroom.profiles import Profile, Registry

Basis = tuple[object, ...]
"""What a decision rested on, comparable: equal means that no fact moved."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Everything stored about an organization that a profile may be told, as of one transaction."""

    record: OrganizationRecord
    profile: Profile
    actor: Member | None
    connections: tuple[ConnectionRecord, ...]
    opted_out: frozenset[str]
    approval: Approval
    settings: tuple[SettingsRecord, ...]
    verified: frozenset[str]
    turns: Turns

    @property
    def basis(self) -> Basis:
        """What to compare before acting on a decision."""
        return (
            tuple((row.id, row.revision, row.phase) for row in self.connections),
            tuple((row.scope, row.subject, row.revision) for row in self.settings),
            self.opted_out,
            self.approval,
            self.verified,
            self.turns,
        )

    @property
    def organization(self) -> Organization:
        """The organization as a profile sees it; what was stated of its Zoom account beats what was observed."""
        record = self.record
        account: ZoomAccount | None = None
        if record.zoom_plan is not None or record.zoom_cloud != "commercial":
            account = ZoomAccount(plan=record.zoom_plan, cloud=record.zoom_cloud, source="stated")
        else:
            seen = [row.zoom_user.account for row in self.connections if row.zoom_user is not None]
            account = seen[0] if seen else None
        return Organization(id=record.id, package=record.package, calendar=record.calendar, zoom_account=account)

    def connection_of(self, level: Level, owner: str | None = None) -> ConnectionRecord | None:
        """Return the stored connection of this level: the organization's, or the one of member ``owner``."""
        wanted = self.record.id if level is Level.ORGANIZATION else (owner or (self.actor.id if self.actor else None))
        return next((row for row in self.connections if row.level is level and row.owner == wanted), None)

    def owner_id(self, level: Level) -> str:
        """Return whose connection an action at this level is about."""
        if level is Level.ORGANIZATION:
            return self.record.id
        if self.actor is None:
            raise BadInput("a member-level connection belongs to a member", next="Say who acts: --as EMAIL")
        return self.actor.id

    def seen(self, row: ConnectionRecord) -> Connection:
        """Return a stored connection as a profile sees it."""
        phase = self.profile.manifest.phase(row.level, row.phase)
        kind = phase.kind if phase is not None else PhaseKind.BROKEN
        removed = row.level is Level.ORGANIZATION and self.actor is not None and self.actor.id in self.opted_out
        return Connection(
            level=row.level,
            owner=row.owner,
            phase=row.phase,
            kind=kind,
            zoom_user=row.zoom_user,
            scopes=row.scopes,
            removed_by_actor=removed,
        )

    def visible(self) -> tuple[Connection, ...]:
        """Return the connections the profile's reach shows, in its order of precedence, own ones first.

        A level nobody has connected yet shows as its initial phase.
        """
        manifest = self.profile.manifest
        found: list[Connection] = []
        for level in manifest.levels:
            rows = [row for row in self.connections if row.level is level and self._in_reach(row)]
            rows.sort(key=lambda row: self.actor is None or row.owner != self.actor.id)
            found.extend(self.seen(row) for row in rows)
            owner = self.record.id if level is Level.ORGANIZATION else (self.actor.id if self.actor else None)
            if owner is not None and all(row.owner != owner for row in rows):
                initial = manifest.initial_phase(level)
                found.append(Connection(level=level, owner=owner, phase=initial.name, kind=initial.kind))
        return tuple(found)

    @property
    def parameters(self) -> FrozenMap:
        """The profile's parameters in force, as every request carries them."""
        return self.profile.parameters

    def stored_as(self, connection: Connection) -> ConnectionRecord | None:
        """Return the stored row behind a connection that a profile chose."""
        return next(
            (row for row in self.connections if (row.level, row.owner) == (connection.level, connection.owner)),
            None,
        )

    def knows_account(self, row: ConnectionRecord) -> bool:
        """Whether a connection reaches everybody in its Zoom account, or only the user it is of."""
        return self.profile.manifest.apps[row.level] == "admin"

    def settings_view(self, *, kind: str | None = None, candidate: str | None = None) -> SettingsView:
        """Return the settings in force for a question about this interview kind and candidate."""
        subjects = {
            Scope.ORGANIZATION: "",
            Scope.MEMBER: self.actor.id if self.actor else None,
            Scope.KIND: kind,
            Scope.CANDIDATE: candidate,
        }
        found = {
            scope.value: self.settings_of(scope, subject) for scope, subject in subjects.items() if subject is not None
        }
        return SettingsView(**{name: value for name, value in found.items() if value}, verified=self.verified)

    def settings_of(self, scope: Scope, subject: str) -> Settings | None:
        """Return the settings of one scope and subject, defaults included; ``None`` if the profile has no such."""
        model = self.profile.settings_model(scope)
        if model is None:
            return None
        row = self.settings_record(scope, subject)
        return model.model_validate(row.values if row is not None else {})

    def settings_record(self, scope: Scope, subject: str) -> SettingsRecord | None:
        """Return the saved row of one scope and subject."""
        return next((row for row in self.settings if (row.scope, row.subject) == (scope, subject)), None)

    def _in_reach(self, row: ConnectionRecord) -> bool:
        if row.level is Level.ORGANIZATION or self.profile.manifest.reach == "all":
            return True
        return self.actor is not None and row.owner == self.actor.id


def find_organization(tx: Transaction, id_or_name: str) -> OrganizationRecord:
    """Return an organization by id or name; raises `NotFound` naming those there are."""
    record = tx.organizations.get(id_or_name)
    if record is None:
        known = ", ".join(sorted(row.name for row in tx.organizations.list())[:10]) or "none yet"
        raise NotFound(
            f"no organization {id_or_name!r}",
            next=f"Known: {known}. Make one: greenroom org create NAME --profile P",
        )
    return record


def read_standing(
    tx: Transaction,
    profiles: Registry,
    organization: str,
    actor: Member | None = None,
    *,
    under: str | None = None,
) -> Standing:
    """Return the standing of an organization for an acting member, read in one transaction.

    ``under``: a profile that it left (``NAME@EDITION``), for what stays under that one: settings, verified hosts and
    roles are as they stood then, connections as they are now, in that profile's phases.
    """
    record = find_organization(tx, organization)
    profile = profiles.profile(record.under)
    standing = Standing(
        record=record,
        profile=profile,
        actor=actor,
        connections=tuple(
            row for row in tx.connections.of_organization(record.id) if row.level in profile.manifest.levels
        ),
        opted_out=tx.connections.opted_out(record.id),
        approval=tx.connections.approval(record.id),
        settings=tx.settings.of_organization(record.id),
        verified=tx.settings.verified(record.id),
        turns=tx.interviews.turns(record.id),
    )
    if under is None or under == record.under:
        return standing
    return _under(tx, standing, profiles.profile(under), record.left(under) or EarlierProfile(profile="", edition=""))


def _under(tx: Transaction, now: Standing, profile: Profile, left: EarlierProfile) -> Standing:
    rows = [row for row in tx.connections.of_organization(now.record.id) if row.level in profile.manifest.levels]
    switches = dict(left.switches)
    actor = now.actor
    if actor is not None:
        plain = frozenset({profile.manifest.roles.plain})
        actor = actor.model_copy(update={"roles": dict(left.roles).get(actor.id, plain)})
    return replace(
        now,
        record=now.record.model_copy(update={"profile": profile.name, "edition": profile.edition}),
        profile=profile,
        actor=actor,
        connections=tuple(
            row.model_copy(update={"phase": switches[row.id]})
            if row.id in switches
            else in_phases_of(profile, now.profile, row)
            for row in rows
        ),
        settings=left.settings,
        verified=left.verified,
    )


def in_phases_of(profile: Profile, spoken: Profile, row: ConnectionRecord) -> ConnectionRecord:
    """Return a connection in the phases of another profile: of the same kind, else where its connections begin.

    ``spoken``: the profile whose phases its row is kept in.
    """
    if profile.name == spoken.name:
        return row
    manifest = profile.manifest
    known = spoken.manifest.phase(row.level, row.phase)
    same = [one for one in manifest.phases[row.level] if known is not None and one.kind is known.kind]
    phase = same[0] if same and row.grant_id is not None else manifest.initial_phase(row.level)
    return row.model_copy(update={"phase": phase.name})


def expired(instant: datetime | None, now: datetime) -> bool:
    """Whether an instant has passed; ``None`` never does."""
    return instant is not None and instant <= now
