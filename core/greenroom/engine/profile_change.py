"""Change an organization's profile: what carries over is foreseen, and carried out as foreseen [CORE-19]."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Literal

from pydantic import JsonValue

from greenroom.engine.carrying import Carried, Carrying, carry, carry_out
from greenroom.engine.deployment import Deployment
from greenroom.engine.ending_views import PhaseView, WaitingLink
from greenroom.engine.ports.records import ConnectionRecord, InterviewRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ports.zoom import ZoomError
from greenroom.engine.profile_change_views import (
    ConnectionCarried,
    InterviewUnder,
    MemberCarried,
    ProfileChange,
    SettingCarried,
)
from greenroom.engine.standing import read_standing
from greenroom.errors import BadInput
from greenroom.model import Level
from greenroom.profiles import Profile

log = logging.getLogger(__name__)


class ChangeOfProfile:
    """The use case behind `org profile`."""

    def __init__(self, deployment: Deployment) -> None:
        self._deployment = deployment

    async def change(self, organization: str, profile: str, *, dry_run: bool) -> ProfileChange:
        """Change to ``profile`` (``NAME`` or ``NAME@EDITION``). ``dry_run`` says what would change, and changes
        nothing; what it returns is the value that the real run carries out.

        Raises `BadInput` when the organization is under it already, and what the registry raises for one that is not
        installed.
        """
        chosen = self._deployment.profiles.profile(profile)
        if dry_run:
            foreseen, _ = await self._deployment.store.read(lambda tx: self._foreseen(tx, organization, chosen))
            return foreseen
        done, carrying = await self._deployment.store.write(lambda tx: self._carried_out(tx, organization, chosen))
        return done.model_copy(update={"unrevoked": await self._unrevoked(carrying), "dry_run": False})

    def _foreseen(self, tx: Transaction, organization: str, profile: Profile) -> tuple[ProfileChange, Carrying]:
        standing = read_standing(tx, self._deployment.profiles, organization)
        if (standing.profile.name, standing.profile.edition) == (profile.name, profile.edition):
            raise BadInput(
                f"it is under {standing.record.under} already", where=standing.record.name, next="Nothing was changed"
            )
        carrying = carry(tx, self._deployment, standing, profile)
        return _view(tx, carrying), carrying

    def _carried_out(self, tx: Transaction, organization: str, profile: Profile) -> tuple[ProfileChange, Carrying]:
        view, carrying = self._foreseen(tx, organization, profile)
        carry_out(tx, self._deployment, carrying)
        return view, carrying

    async def _unrevoked(self, carrying: Carrying) -> tuple[str, ...]:
        """Revoke what was let go at Zoom; return the Zoom users whose grant could not be ended there."""
        rows = [one.before for one in carrying.connections]
        users = {row.grant_id: row.zoom_user.email for row in rows if row.zoom_user is not None}
        unrevoked = []
        for grant in carrying.let_go:
            try:
                await self._deployment.zoom.revoke(self._deployment.app_named(grant.app), grant.access_token)
            except ZoomError as error:
                log.warning("a grant could not be revoked at Zoom: %s", error.code)
                unrevoked.append(users.get(grant.id, ""))
        return tuple(unrevoked)


def _view(tx: Transaction, carrying: Carrying) -> ProfileChange:
    standing = carrying.before
    emails = {before.id: before.email for before, _ in carrying.members}
    return ProfileChange(
        organization=standing.record.name,
        before=standing.record.under,
        after=carrying.record.under,
        dry_run=True,
        connections=tuple(_connection(carrying, one, emails) for one in carrying.connections),
        settings=tuple(_settings(carrying)),
        members=tuple(_members(carrying)),
        interviews=tuple(_interview(tx, carrying, record) for record in carrying.interviews),
        links=tuple(
            WaitingLink(
                level=one.level, path=one.path, created_at=one.created_at, expires_at=one.expires_at, after="closed"
            )
            for one in carrying.links
        ),
        approval=(standing.approval.state, carrying.approval.state),
        opt_outs_end=tuple(sorted(emails.get(one, "") for one in carrying.opted_in)),
        hosts_unverified=tuple(sorted(standing.verified - carrying.verified)),
    )


def _connection(carrying: Carrying, one: Carried, emails: dict[str, str]) -> ConnectionCarried:
    row, standing, profile = one.before, carrying.before, carrying.profile
    there = row.level in profile.manifest.levels
    return ConnectionCarried(
        level=row.level,
        owner=emails.get(row.owner, "") if row.level is Level.MEMBER else standing.record.name,
        zoom_user=row.zoom_user.email if row.zoom_user is not None and row.grant_id is not None else None,
        carries=not one.why,
        why=one.why,
        before_label=standing.profile.labels.level(row.level),
        before=_phase(standing.profile, one.before),
        after_label=profile.labels.level(row.level) if there else "",
        after=_phase(profile, one.after) if there else None,
        grant=_grant(carrying, one),
    )


def _grant(carrying: Carrying, one: Carried) -> Literal["revoked", "shared", "stays", "none"]:
    if one.before.grant_id is None:
        return "none"
    if one.after.grant_id is not None:
        return "stays"
    return "revoked" if one.before.grant_id in {grant.id for grant in carrying.let_go} else "shared"


def _phase(profile: Profile, row: ConnectionRecord) -> PhaseView:
    label, spec = profile.labels.phase(row.level, row.phase), profile.manifest.phase(row.level, row.phase)
    assert spec is not None
    return PhaseView(phase=row.phase, label=label.label, colour=label.colour, kind=spec.kind)


def _settings(carrying: Carrying) -> Iterator[SettingCarried]:
    after = {(row.scope, row.subject): row.values for row in carrying.settings}
    fate: Literal["restored", "carries"] = "restored" if carrying.restored else "carries"
    for row in carrying.before.settings:
        kept = after.get((row.scope, row.subject), {}) if not carrying.restored else {}
        for name, value in sorted(row.values.items()):
            if name not in kept:
                yield SettingCarried(scope=row.scope, subject=row.subject, name=name, value=_plain(value), fate="left")
    for row in carrying.settings:
        for name, value in sorted(row.values.items()):
            yield SettingCarried(scope=row.scope, subject=row.subject, name=name, value=_plain(value), fate=fate)


def _plain(value: JsonValue) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _members(carrying: Carrying) -> Iterator[MemberCarried]:
    known = carrying.profile.manifest.roles.known
    for before, after in carrying.members:
        yield MemberCarried(
            email=before.email,
            before=tuple(sorted(before.roles)),
            after=tuple(sorted(after.roles)),
            unknown=tuple(sorted(role for role in before.roles if role not in known)),
        )


def _interview(tx: Transaction, carrying: Carrying, record: InterviewRecord) -> InterviewUnder:
    interview = record.interview
    row = tx.interviews.meeting(record.organization_id, record.meeting_id) if record.meeting_id else None
    carried = {one.before.id for one in carrying.connections if not one.why}
    return InterviewUnder(
        id=record.id,
        subject=interview.subject,
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone,
        profile=record.under,
        join_url=row.meeting.join_url if row is not None else (record.given.url if record.given else None),
        in_reach=row is not None and row.connection_id in carried,
        stranded=record.id in {one.id for one in carrying.stranded},
    )
