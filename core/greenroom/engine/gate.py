"""Everything a person does to the integration short of Zoom's own pages: offers, plain actions, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from greenroom.engine.decisions import decision_record, deviating, keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import GateOutcome, Offer
from greenroom.engine.ports.records import ConnectionRecord, DecisionRecord, NoticeRecord, SettingsRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.settings_input import changed_settings, looked_up_emails
from greenroom.engine.standing import Standing
from greenroom.engine.ways import page_of, ways_on
from greenroom.engine.words import core_refusal, text_of
from greenroom.errors import BadInput
from greenroom.model import (
    Action,
    Approval,
    AskApproval,
    AuthorizeRequest,
    Because,
    Done,
    GoToZoom,
    Instruct,
    Level,
    Person,
    PhaseKind,
    Refusal,
    Say,
    Scope,
    SettingsChange,
    ShareLink,
    Step,
)
from greenroom.profiles import Answered, recipe_of

_ASKED_BY_ENGINE = frozenset({Action.COMPLETE, Action.APPROVAL_DECIDED, Action.USE, Action.CHOOSE_HOST})
_NEEDS_CONNECTION = frozenset({Action.DISCONNECT})


@dataclass(frozen=True)
class Asked:
    """A gate question answered: the standing it rested on, and the profile's (or core's) step."""

    standing: Standing
    action: Action
    level: Level
    answered: Answered[Step]

    @property
    def step(self) -> Step:
        """Return the answer itself."""
        return self.answered.answer


class Gate:
    """Asks `authorize` for every action and carries out the answers that need no visit to Zoom."""

    def __init__(self, deployment: Deployment, directory: Directory) -> None:
        self._deployment = deployment
        self._directory = directory

    def ask(self, standing: Standing, request: AuthorizeRequest) -> Asked:
        """Ask the profile, after core's own refusals: not offered, nothing connected."""
        refusal = _core_says_no(standing, request)
        profile = standing.profile
        answered = profile.authorize(request) if refusal is None else profile.by_core(refusal, hook="authorize")
        return Asked(standing, request.action, request.level, answered)

    def request(
        self, standing: Standing, action: Action, level: Level, *, offer: bool = False, confirmed: bool = False
    ) -> AuthorizeRequest:
        """Return the plain question about an action; callers add what only they know."""
        return AuthorizeRequest(
            organization=standing.organization,
            actor=standing.actor,
            at=self._deployment.clock.now(),
            settings=standing.settings_view(),
            connections=standing.visible(),
            parameters=standing.parameters,
            action=action,
            level=level,
            offer=offer,
            confirmed=confirmed,
            approval=standing.approval,
        )

    def offers(self, standing: Standing) -> tuple[Offer, ...]:
        """Return every action a page could show, each dry-asked: allowed or not, and why."""
        offers = []
        for level in standing.profile.manifest.levels:
            for action in standing.profile.manifest.actions[level]:
                if action in _ASKED_BY_ENGINE or (level is Level.MEMBER and standing.actor is None):
                    continue
                asked = self.ask(standing, self.request(standing, action, level, offer=True))
                offers.append(_offer(standing, asked))
        return tuple(offers)

    async def act(self, standing: Standing, action: Action, level: Level, *, confirmed: bool) -> GateOutcome:
        """Do an action that stays inside the product; the outcome says what came of it."""
        asked = self.ask(standing, self.request(standing, action, level, confirmed=confirmed))
        step = asked.step
        if isinstance(step, GoToZoom | ShareLink):
            raise BadInput(f"{action.value} leads to Zoom's pages", next="Use connect for it")
        notices = await self._deployment.store.write(lambda tx: self._carry_out(tx, asked))
        await deliver(self._deployment, notices)
        return self.outcome(asked)

    async def configure(self, standing: Standing, scope: Scope, subject: str, values: Mapping[str, str]) -> GateOutcome:
        """Change settings of one scope: validated, Zoom users looked up, the profile asked, then saved at once."""
        before = standing.settings_of(scope, subject)
        if before is None:
            scopes = [one.value for one in Scope if standing.profile.settings_model(one) is not None]
            raise BadInput(
                f"profile {standing.profile.name!r} has no settings of scope {scope.value!r}",
                next=f"It has: {', '.join(scopes) or 'none'}",
            )
        after = changed_settings(before, values)
        people = [Person(email=email) for email in looked_up_emails(after)]
        found = await self._directory.people(standing, people)
        change = SettingsChange(
            scope=scope, subject=subject, before=before, after=after, looked_up=tuple(found.values())
        )
        level = standing.profile.manifest.levels[-1] if scope is not Scope.MEMBER else Level.MEMBER
        plain = self.request(standing, Action.CONFIGURE, _configure_level(standing, level))
        asked = self.ask(standing, plain.model_copy(update={"change": change}))
        await self._deployment.store.write(lambda tx: self._save_settings(tx, asked, change))
        return self.outcome(asked)

    def outcome(
        self,
        asked: Asked,
        *,
        url: str | None = None,
        phase: str | None = None,
        connection: ConnectionRecord | None = None,
    ) -> GateOutcome:
        """Return the step in words, with the connection's phase as it is now (``phase`` if it just moved)."""
        standing, step = asked.standing, asked.step
        row = connection or standing.connection_of(asked.level)
        current = phase or getattr(step, "phase", None) or _phase_of(standing, asked.level, row)
        label = standing.profile.labels.phase(asked.level, current)
        return GateOutcome(
            organization=standing.record.name,
            action=asked.action,
            level=asked.level,
            kind=step.kind,
            message=message_of(standing, step),
            code=step.code if isinstance(step, Refusal) else None,
            url=url,
            recipe=step.recipe if isinstance(step, Instruct) else None,
            instructions=recipe_of(standing.profile, step.recipe) if isinstance(step, Instruct) else None,
            next=_next(step),
            ways_on=ways_on(standing.profile, _next(step), asked.level),
            phase=current,
            phase_label=label.label,
            colour=label.colour,
            because=step.because,
            warnings=tuple(text_of(standing.profile, say) for say in step.warnings),
            deviating=deviating(asked.answered),
        )

    def _carry_out(self, tx: Transaction, asked: Asked) -> tuple[NoticeRecord, ...]:
        standing, step = asked.standing, asked.step
        tx.records.add_decision(self.record_of(asked))
        phase = step.phase if isinstance(step, Done | AskApproval) else None
        if isinstance(step, AskApproval):
            requester = standing.actor.id if standing.actor else None
            tx.connections.save_approval(standing.record.id, Approval(state="requested", requested_by=requester))
        if isinstance(step, Done) and asked.action in {Action.REMOVE_MINE, Action.RESTORE_MINE} and standing.actor:
            tx.connections.set_opt_out(
                standing.record.id, standing.actor.id, opted_out=asked.action is Action.REMOVE_MINE
            )
        if phase is not None:
            move(tx, self._deployment, standing, asked.level, phase)
        event = f"{asked.action.value}:{asked.level.value}:{self._deployment.ids.new('evt')}"
        return keep_notices(tx, self._deployment, standing, step.notices, event=event)

    def _save_settings(self, tx: Transaction, asked: Asked, change: SettingsChange) -> None:
        tx.records.add_decision(self.record_of(asked))
        step = asked.step
        if not isinstance(step, Done):
            return
        tx.settings.save(
            SettingsRecord(
                organization_id=asked.standing.record.id,
                scope=change.scope,
                subject=change.subject,
                values=change.after.model_dump(mode="json", exclude_defaults=True),
            )
        )
        if change.scope is Scope.ORGANIZATION:
            tx.settings.save_verified(asked.standing.record.id, step.verified)

    def record_of(self, asked: Asked) -> DecisionRecord:
        """Return the decision record of a gate answer."""
        question = f"{asked.action.value} at {asked.level.value} level"
        return decision_record(self._deployment, asked.standing, asked.answered, question=question)


def move(tx: Transaction, deployment: Deployment, standing: Standing, level: Level, phase: str) -> ConnectionRecord:
    """Move the connection of this level to ``phase``, making its row if this is its first step."""
    row = standing.connection_of(level)
    if row is None:
        row = ConnectionRecord(
            id=deployment.ids.new("con"),
            organization_id=standing.record.id,
            level=level,
            owner=standing.owner_id(level),
            phase=phase,
        )
    else:
        row = row.model_copy(update={"phase": phase, "revision": row.revision + 1})
    tx.connections.save(row)
    return row


def _next(step: Step) -> tuple[Action, ...]:
    return step.next if isinstance(step, Refusal | Instruct) else ()


def message_of(standing: Standing, step: Step) -> str:
    """Return what a step says to the person, in the organization's edition."""
    if isinstance(step, Instruct):
        recipe = standing.profile.manifest.recipes[step.recipe]
        return text_of(standing.profile, Say(key=recipe.say))
    say = getattr(step, "say", None)
    return text_of(standing.profile, say) if isinstance(say, Say) else ""


def _phase_of(standing: Standing, level: Level, row: ConnectionRecord | None) -> str:
    """Return the phase of a connection, the first one if there is no row yet; none at a level the profile lacks."""
    if row is not None:
        return row.phase
    manifest = standing.profile.manifest
    return manifest.initial_phase(level).name if level in manifest.levels else ""


def _configure_level(standing: Standing, fallback: Level) -> Level:
    actions = standing.profile.manifest.actions
    return next((level for level in standing.profile.manifest.levels if Action.CONFIGURE in actions[level]), fallback)


def _offer(standing: Standing, asked: Asked) -> Offer:
    allowed = not isinstance(asked.step, Refusal | Instruct)
    return Offer(
        action=asked.action,
        level=asked.level,
        label=standing.profile.labels.action(asked.action, asked.level),
        where=page_of(standing.profile, asked.action, asked.level),
        allowed=allowed,
        why="" if allowed else message_of(standing, asked.step),
        because=asked.step.because,
    )


def _core_says_no(standing: Standing, request: AuthorizeRequest) -> Refusal | None:
    manifest = standing.profile.manifest
    level_exists = request.level in manifest.levels
    if not level_exists or request.action not in manifest.actions[request.level]:
        return _not_offered(standing, request.action)
    if request.action in _NEEDS_CONNECTION:
        row = standing.connection_of(request.level)
        phase = manifest.phase(request.level, row.phase) if row is not None else None
        if phase is None or phase.kind is PhaseKind.IDLE:
            return core_refusal("nothing_connected", "CORE-13")
    return None


def _not_offered(standing: Standing, action: Action) -> Refusal:
    instead = standing.profile.manifest.not_offered.get(action)
    if instead is None:
        return core_refusal("not_offered", "CORE-11", about=action.value)
    reasons = tuple(Because(clause=clause, about=action.value) for clause in instead.clauses)
    return Refusal(code="not_offered", say=Say(key=instead.say), because=reasons)
