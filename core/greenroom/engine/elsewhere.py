"""How other profiles would have decided an interview, from the facts that are stored about it; nothing is written,
and Zoom is not asked.

What is not stored is assumed and said: that another profile is connected the way that profile connects, and that
settings it shares by name stand as they do, and its others at their defaults.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import ValidationError

from greenroom.engine.calendars import Calendars
from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory
from greenroom.engine.features import Features
from greenroom.engine.grants import Grants
from greenroom.engine.letters import Letters
from greenroom.engine.meetings import Meetings
from greenroom.engine.outcomes import Explanation, InterviewOutcome
from greenroom.engine.ports.records import ConnectionRecord, InterviewRecord, SettingsRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.questions import Questions
from greenroom.engine.schedule import Schedule
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.views import explanation
from greenroom.errors import NotFound
from greenroom.model import Level, Member, Person, PhaseKind, Turns, Value, ZoomUser, normalize_email
from greenroom.profiles import Profile


class Elsewhere(Value):
    """What a profile decides about an interview. ``assumed``: what had to be assumed, in sentences."""

    profile: str
    edition: str
    product: str
    own: bool
    assumed: tuple[str, ...] = ()
    outcome: InterviewOutcome


class InterviewElsewhere(Value):
    """An interview as it was decided, and as each profile decides it from the facts that are stored."""

    decided: Explanation
    profiles: tuple[Elsewhere, ...]


class KnownPeople(Directory):
    """A directory of those whom Zoom named before: nobody is looked up anew, so nothing can fail."""

    def __init__(self, deployment: Deployment, grants: Grants, known: Mapping[str, ZoomUser]) -> None:
        super().__init__(deployment, grants)
        self._known = known

    async def look_up(self, standing: Standing, emails: Collection[str]) -> Mapping[str, ZoomUser]:
        """Return those of these addresses whom the connections of ``standing`` would know."""
        found: dict[str, ZoomUser] = {}
        for connection in standing.visible():
            row, user = standing.stored_as(connection), connection.zoom_user
            if row is None or user is None or not connection.usable:
                continue
            known = self._known if standing.knows_account(row) else {normalize_email(user.email): user}
            for email in map(normalize_email, emails):
                if email in known:
                    found.setdefault(email, known[email])
        return found


class Comparison:
    """The use case behind `decide_elsewhere`."""

    def __init__(
        self, deployment: Deployment, features: Features, grants: Grants, meetings: Meetings, letters: Letters
    ) -> None:
        self._deployment = deployment
        # Without calendars: what is busy is known from the interviews that are stored.
        self._calendars = Calendars(replace(deployment, calendars={}), features, grants)
        self._grants = grants
        self._meetings = meetings
        self._letters = letters

    async def decide(self, interview_id: str, profiles: Sequence[str]) -> InterviewElsewhere:
        """Ask each profile about an interview as it is stored. Raises `NotFound`, `UnknownProfile`."""
        loaded = [self._deployment.profiles.profile(name) for name in profiles]
        record, standing, known, decided = await self._deployment.store.read(lambda tx: self._read(tx, interview_id))
        people = KnownPeople(self._deployment, self._grants, known)
        questions = Questions(self._deployment, people, self._calendars)
        schedule = Schedule(self._deployment, questions, self._meetings, self._letters)
        found = [await _decided(schedule, profile, record, standing, known) for profile in loaded]
        return InterviewElsewhere(decided=decided, profiles=tuple(found))

    def _read(
        self, tx: Transaction, interview_id: str
    ) -> tuple[InterviewRecord, Standing, Mapping[str, ZoomUser], Explanation]:
        record = tx.interviews.get(None, interview_id)
        if record is None:
            raise NotFound(f"no interview {interview_id!r}", next="`greenroom status ORG` lists them")
        member = tx.organizations.member(record.organization_id, record.interview.scheduler.email)
        standing = read_standing(tx, self._deployment.profiles, record.organization_id, member, under=record.under)
        decided = explanation(tx, self._deployment, interview_id)
        return record, standing, _known(tx, standing), decided


async def _decided(
    schedule: Schedule,
    profile: Profile,
    record: InterviewRecord,
    standing: Standing,
    known: Mapping[str, ZoomUser],
) -> Elsewhere:
    own = (profile.name, profile.edition) == (standing.profile.name, standing.profile.edition)
    there, assumed = (standing, ()) if own else _moved(standing, profile, record.interview.scheduler, known)
    return Elsewhere(
        profile=profile.name,
        edition=profile.edition,
        product=profile.manifest.product,
        own=own,
        assumed=assumed,
        outcome=await schedule.plan(there, record),
    )


def _known(tx: Transaction, standing: Standing) -> dict[str, ZoomUser]:
    found: dict[str, ZoomUser] = {}
    for row in standing.connections:
        listed = tx.directory.users(row.grant_id) if row.grant_id is not None else ()
        account = row.zoom_user.account if row.zoom_user is not None else None
        for user in (*((row.zoom_user,) if row.zoom_user else ()), *listed):
            seen = user if account is None else user.model_copy(update={"account": account})
            found.setdefault(normalize_email(user.email), seen)
    return found


def _moved(
    standing: Standing, profile: Profile, scheduler: Person, known: Mapping[str, ZoomUser]
) -> tuple[Standing, tuple[str, ...]]:
    """Return the organization as it would stand under another profile, and what that assumes."""
    actor = _actor(standing, profile)
    connections: list[ConnectionRecord] = []
    assumed: list[str] = []
    for level in profile.manifest.levels:
        rows = [row for row in standing.connections if row.level is level]
        if rows:
            connections.extend(_same_kind(row, standing, profile) for row in rows)
            continue
        row, said = _as_connected_there(standing, profile, level, known.get(normalize_email(scheduler.email)))
        connections.extend([row] if row is not None else [])
        assumed.append(said)
    settings, defaults = _settings(standing, profile)
    record = standing.record.model_copy(update={"profile": profile.name, "edition": profile.edition})
    there = replace(
        standing,
        record=record,
        profile=profile,
        actor=actor,
        connections=tuple(connections),
        settings=settings,
        turns=Turns(),
    )
    return there, (*assumed, *defaults)


def _actor(standing: Standing, profile: Profile) -> Member | None:
    """The scheduler in the other profile's role names: administrators stay such."""
    if standing.actor is None:
        return None
    here, there = standing.profile.manifest.roles, profile.manifest.roles
    role = there.administrator if here.administrator in standing.actor.roles else there.plain
    return standing.actor.model_copy(update={"roles": frozenset({role})})


def _same_kind(row: ConnectionRecord, standing: Standing, profile: Profile) -> ConnectionRecord:
    spec = standing.profile.manifest.phase(row.level, row.phase)
    kind = spec.kind if spec is not None else PhaseKind.BROKEN
    return row.model_copy(update={"phase": _phase(profile, row.level, kind)})


def _as_connected_there(
    standing: Standing, profile: Profile, level: Level, own_user: ZoomUser | None
) -> tuple[ConnectionRecord | None, str]:
    active = [row for row in standing.connections if _is_active(standing, row)]
    where = f"the {level.value} level, which {standing.profile.name} does not have"
    if not active:
        return None, f"nothing is connected, so nothing is at {where}"
    user = active[0].zoom_user if level is Level.ORGANIZATION else own_user
    if user is None or (level is Level.MEMBER and standing.actor is None):
        return None, f"at {where}, nothing is connected: Zoom never named the scheduler"
    row = active[0].model_copy(
        update={
            "level": level,
            "owner": standing.owner_id(level),
            "phase": _phase(profile, level, PhaseKind.ACTIVE),
            "zoom_user": user,
            "scopes": frozenset(scope for spec in profile.manifest.scopes for scope in spec.zoom),
        }
    )
    return row, f"at {where}, Zoom is connected by {user.email}, with every scope that is asked for"


def _is_active(standing: Standing, row: ConnectionRecord) -> bool:
    return standing.seen(row).kind is PhaseKind.ACTIVE


def _phase(profile: Profile, level: Level, kind: PhaseKind) -> str:
    """Return the profile's phase of this kind. A level that is never active is a switch: connected means it is on."""
    phases = profile.manifest.phases[level]
    wanted = (kind, PhaseKind.PENDING) if kind is PhaseKind.ACTIVE else (kind,)
    found = (phase.name for one in wanted for phase in phases if phase.kind is one)
    return next(found, phases[0].name)


def _settings(standing: Standing, profile: Profile) -> tuple[tuple[SettingsRecord, ...], tuple[str, ...]]:
    kept: list[SettingsRecord] = []
    for row in standing.settings:
        model = profile.settings_model(row.scope)
        shared = {name: row.values[name] for name in row.values if model is not None and name in model.model_fields}
        if model is None or not shared:
            continue
        try:
            model.model_validate(shared)
        except ValidationError:
            continue  # the name is the same, what it means is not
        kept.append(row.model_copy(update={"values": shared}))
    return tuple(kept), tuple(_at_defaults(profile, kept))


def _at_defaults(profile: Profile, kept: Sequence[SettingsRecord]) -> Iterator[str]:
    for scope in profile.settings:
        if all(row.scope is not scope for row in kept):
            yield f"{profile.name}'s {scope.value} settings are at their defaults"
