"""The gate before every feature: nothing of Zoom's is touched before the profile was asked for this person."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from greenroom.engine.decisions import decision_record
from greenroom.engine.deployment import Deployment
from greenroom.engine.gate import Asked, Gate
from greenroom.engine.grants import Grants
from greenroom.engine.ports.records import ConnectionRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import Access, GrantDead, ScopeMissing
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.words import core_refusal
from greenroom.model import Action, Because, Connection, Done, Level, Refusal
from greenroom.profiles.manifest import FeatureName
from greenroom.rules import first_usable

T = TypeVar("T")


@dataclass(frozen=True)
class Allowed:
    """A feature somebody may use: as whom they stand, and through which connection Zoom is reached, if it is."""

    standing: Standing
    because: tuple[Because, ...]
    row: ConnectionRecord | None
    _grants: Grants

    @property
    def through(self) -> ConnectionRecord:
        """The connection Zoom is reached through; only of a use that was asked for with ``at_zoom``."""
        assert self.row is not None
        return self.row

    @property
    def user(self) -> str:
        """How Zoom is told whose things are asked for: ``me`` through a user's own app, their id otherwise."""
        zoom_user = self.through.zoom_user
        return "me" if zoom_user is None or not self.standing.knows_account(self.through) else zoom_user.id

    async def call(self, request: Callable[[Access], Awaitable[T]]) -> T:
        """Ask something of Zoom; raises `ZoomError`."""
        assert self.through.grant_id is not None
        return await self._grants.call(self.through.grant_id, request)


class Features:
    """Asks `authorize` whether somebody may use a feature, and lets them."""

    def __init__(self, deployment: Deployment, gate: Gate, grants: Grants) -> None:
        self._deployment = deployment
        self._gate = gate
        self._grants = grants

    def ask(
        self, standing: Standing, feature: FeatureName, *, through: Connection | None = None, at_zoom: bool = True
    ) -> Allowed | Refusal:
        """Ask without keeping the answer. ``through``: the connection that what it is about was made through."""
        return self._answer(self._asked(standing, feature, through), at_zoom=at_zoom)

    async def use(
        self,
        standing: Standing,
        feature: FeatureName,
        work: Callable[[Allowed], Awaitable[T]],
        *,
        through: Connection | None = None,
        interview: str | None = None,
        at_zoom: bool = True,
    ) -> T | Refusal:
        """Ask, keep the answer, and if it is allowed do ``work``; otherwise return the refusal.

        A scope, or a grant, that turns out to be gone is learnt of there and then, and the profile asked once more, so
        that its own words say what is missing. Raises what ``work`` raises.
        """
        asked = self._asked(standing, feature, through)
        await self._keep(asked, feature, interview)
        allowed = self._answer(asked, at_zoom=at_zoom)
        if isinstance(allowed, Refusal):
            return allowed
        try:
            return await work(allowed)
        except (GrantDead, ScopeMissing):
            refusal = await self._asked_again(standing, feature, through)
            if refusal is None:
                raise
            return refusal

    def _asked(self, standing: Standing, feature: FeatureName, through: Connection | None) -> Asked:
        level = _level(standing)
        if feature not in standing.profile.manifest.features:
            refusal = core_refusal("not_offered", "CORE-11", about=feature)
            return Asked(standing, Action.USE, level, standing.profile.by_core(refusal, hook="authorize"))
        plain = self._gate.request(standing, Action.USE, level)
        return self._gate.ask(standing, plain.model_copy(update={"feature": feature, "through": through}))

    def _answer(self, asked: Asked, *, at_zoom: bool) -> Allowed | Refusal:
        step, standing = asked.step, asked.standing
        if isinstance(step, Refusal):
            return step
        via = step.via if isinstance(step, Done) else None
        if at_zoom and via is None:
            via = first_usable(standing.visible(), standing.profile.manifest.levels)
        row = standing.stored_as(via) if via is not None else None
        if at_zoom and (row is None or row.grant_id is None):
            return core_refusal("not_connected", "CORE-08")
        return Allowed(standing, step.because, row, self._grants)

    async def _keep(self, asked: Asked, feature: FeatureName, interview: str | None) -> None:
        question = f"use {feature}"
        record = decision_record(
            self._deployment, asked.standing, asked.answered, question=question, interview_id=interview
        )
        await self._deployment.store.write(lambda tx: tx.records.add_decision(record))

    async def _asked_again(self, before: Standing, feature: FeatureName, through: Connection | None) -> Refusal | None:
        def read(tx: Transaction) -> Standing:
            return read_standing(tx, self._deployment.profiles, before.record.id, before.actor)

        now = await self._deployment.store.read(read)
        again = self.ask(now, feature, through=through)
        return again if isinstance(again, Refusal) else None


def _level(standing: Standing) -> Level:
    """Return the first level that offers the use of features."""
    manifest = standing.profile.manifest
    offering = (level for level in manifest.levels if Action.USE in manifest.actions[level])
    return next(offering, manifest.levels[0])
