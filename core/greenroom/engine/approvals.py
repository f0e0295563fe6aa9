"""Pre-approval of an app by a Zoom account's admins: asked for on Zoom's page, decided there, told here."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from greenroom.engine.connect import Connect
from greenroom.engine.decisions import keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.gate import Asked, Gate, move
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import GateOutcome
from greenroom.engine.ports.records import NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, read_standing
from greenroom.model import Action, Done, GoToZoom, Level, PhaseKind, Refusal

Verdict = Literal["approved", "refused"]


class Approvals:
    """The use cases behind `ask_approval` and `approval_decided`."""

    def __init__(self, deployment: Deployment, gate: Gate, connect: Connect) -> None:
        self._deployment = deployment
        self._gate = gate
        self._connect = connect

    async def ask(self, standing: Standing, level: Level) -> GateOutcome:
        """Ask for pre-approval. The outcome's ``url`` is Zoom's page, where the request is made and its admins told;
        until they decide, that page takes nobody further."""
        outcome = await self._gate.act(standing, Action.ASK_APPROVAL, level, confirmed=False)
        if outcome.kind != "ask_approval":
            return outcome
        step = GoToZoom(app=standing.profile.manifest.apps[level], because=outcome.because)
        url, expires_at = await self._connect.lead(standing, level, step)
        return outcome.model_copy(update={"url": url, "url_expires_at": expires_at})

    async def decided(self, standing: Standing, level: Level, verdict: Verdict) -> GateOutcome:
        """Take note of what Zoom's admins decided; everybody who waited for it moves on as the profile says.

        Telling the same verdict again changes nothing and tells nobody twice.
        """
        asked = self._ask(standing, level, verdict)
        notices = await self._deployment.store.write(lambda tx: self._commit(tx, asked, verdict))
        await deliver(self._deployment, notices)
        return self._gate.outcome(asked)

    def _ask(self, standing: Standing, level: Level, verdict: Verdict) -> Asked:
        knowing = replace(standing, approval=standing.approval.model_copy(update={"state": verdict}))
        return self._gate.ask(knowing, self._gate.request(knowing, Action.APPROVAL_DECIDED, level))

    def _commit(self, tx: Transaction, asked: Asked, verdict: Verdict) -> tuple[NoticeRecord, ...]:
        standing, step = asked.standing, asked.step
        tx.records.add_decision(self._gate.record_of(asked))
        known = tx.connections.approval(standing.record.id).state == verdict
        if isinstance(step, Refusal) or known:
            return ()
        tx.connections.save_approval(standing.record.id, standing.approval)
        self._move_on(tx, asked.standing, asked.level, verdict)
        event = f"approval:{verdict}:{self._deployment.ids.new('evt')}"
        return keep_notices(tx, self._deployment, standing, step.notices, event=event)

    def _move_on(self, tx: Transaction, standing: Standing, level: Level, verdict: Verdict) -> None:
        """Ask again for each whose connection waits; the notices are those of whoever told."""
        for row in standing.connections:
            phase = standing.profile.manifest.phase(row.level, row.phase)
            if row.level is not level or phase is None or phase.kind is not PhaseKind.PENDING:
                continue
            owner = tx.organizations.member(standing.record.id, row.owner) if level is Level.MEMBER else standing.actor
            theirs = read_standing(tx, self._deployment.profiles, standing.record.id, owner)
            step = self._ask(theirs, level, verdict).step
            if isinstance(step, Done) and step.phase is not None:
                move(tx, self._deployment, theirs, level, step.phase)
