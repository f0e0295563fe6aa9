"""The way to Zoom's consent page and back: tickets, attempts, and what becomes of a grant."""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import SecretStr

from greenroom.engine.attention import clear_rescued
from greenroom.engine.decisions import keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.disconnect import Disconnect
from greenroom.engine.gate import Asked, Gate, move
from greenroom.engine.granted import Granted, leave_grant, new_grant, renew_existing
from greenroom.engine.notices import deliver
from greenroom.engine.outcomes import GateOutcome
from greenroom.engine.ports.records import AttemptRecord, ConnectionRecord, GrantRecord, NoticeRecord, TicketRecord
from greenroom.engine.ports.store import StoreConflict, Transaction
from greenroom.engine.ports.zoom import Access, ScopeMissing, Tokens, ZoomApp, ZoomError
from greenroom.engine.share_outcomes import keep_share_outcome
from greenroom.engine.standing import Standing, expired, read_standing
from greenroom.errors import BadInput
from greenroom.model import Action, Attempt, GoToZoom, Keep, Level, Outcome, ShareLink, ZoomUser

ATTEMPT_LIVES = timedelta(minutes=10)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Callback:
    """What a browser brought back from Zoom to ``/oauth/callback/{app}``."""

    app: str
    state: str
    code: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class _Kept:
    """A connection that was made or renewed, and the grant it rested on before, if nobody rests on that any more."""

    row: ConnectionRecord
    notices: tuple[NoticeRecord, ...]
    replaced: GrantRecord | None


class Connect:
    """Leads people to Zoom and settles what they bring back."""

    def __init__(self, deployment: Deployment, gate: Gate, disconnect: Disconnect) -> None:
        self._deployment = deployment
        self._gate = gate
        self._disconnect = disconnect

    async def begin(self, standing: Standing, level: Level, *, share: bool) -> GateOutcome:
        """Ask for the way to Zoom. With a public service the address is ours and makes a fresh attempt at each
        opening; without one it is Zoom's consent page itself, good for one attempt of ten minutes."""
        action = Action.SHARE if share else Action.CONNECT
        asked = self._gate.ask(standing, self._gate.request(standing, action, level))
        step = asked.step
        if not isinstance(step, GoToZoom | ShareLink):
            return await self._no_way(asked)

        def also(tx: Transaction) -> None:
            tx.records.add_decision(self._gate.record_of(asked))
            if step.phase is not None:
                move(tx, self._deployment, standing, level, step.phase)

        url, expires_at = await self.lead(standing, level, step, also)
        return self._gate.outcome(asked, url=url).model_copy(update={"url_expires_at": expires_at})

    async def lead(
        self,
        standing: Standing,
        level: Level,
        step: GoToZoom | ShareLink,
        also: Callable[[Transaction], None] | None = None,
    ) -> tuple[str, datetime | None]:
        """Open a way to Zoom's page; return its address and until when it is good. ``also`` is committed with it."""
        app = self._deployment.app_for(standing.profile.name, step.app)
        secret = self._deployment.ids.secret()
        ticket = self._ticket(standing, level, step, secret)
        attempt, url = self.attempt(ticket, app, standing, state=secret)

        def commit(tx: Transaction) -> None:
            if also is not None:
                also(tx)
            if self._deployment.public_url:
                _replace_earlier(tx, ticket)
                tx.attempts.add_ticket(ticket)
            else:
                tx.attempts.add(attempt)

        await self._deployment.store.write(commit)
        if self._deployment.public_url:
            return f"{self._deployment.public_url}/connect/{secret}", ticket.expires_at
        return url, attempt.expires_at

    def attempt(
        self, ticket: TicketRecord, app: ZoomApp, standing: Standing, *, state: str, binding: str | None = None
    ) -> tuple[AttemptRecord, str]:
        """Return a fresh attempt of a ticket, to be kept, and the address of Zoom's page for it."""
        now = self._deployment.clock.now()
        verifier = self._deployment.ids.secret() + self._deployment.ids.secret()
        record = AttemptRecord(
            state_hash=hashed(state),
            organization_id=standing.record.id,
            level=ticket.level,
            path=ticket.path,
            app=app.name,
            started_by=ticket.started_by,
            must_be_email=ticket.must_be_email,
            verifier=SecretStr(verifier),
            binding_hash=hashed(binding) if binding else None,
            ticket_hash=ticket.token_hash if self._deployment.public_url else None,
            created_at=now,
            expires_at=now + ATTEMPT_LIVES,
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        return record, self._deployment.zoom.authorize_url(app, state=state, challenge=challenge)

    async def complete(self, callback: Callback, *, binding: str | None) -> GateOutcome:
        """Settle what came back from Zoom. Raises `BadInput` on a state that is unknown, used, expired, of another
        app or of another browser; otherwise the profile answers."""
        attempt = await self._used_attempt(callback, binding)
        standing = await self._standing_of(attempt.organization_id, attempt.started_by)
        if callback.code is None:
            outcome: Outcome = "declined" if callback.error == "access_denied" else "failed"
            asked = self._ask_complete(standing, attempt, outcome, None)
            return await self._not_kept(asked, attempt, outcome)
        app = self._deployment.app_named(attempt.app)
        verifier = attempt.verifier.get_secret_value()
        tokens = await self._deployment.zoom.exchange_code(app, callback.code, verifier=verifier)
        try:
            granted = await self._granted(standing, app, tokens)
        except ScopeMissing:
            return await self._nobody(standing, attempt, app, tokens)
        except ZoomError:
            await self._unknown(standing, attempt, app, tokens)
            raise
        return await self._settle(attempt, granted, held_elsewhere=await self._held(standing, granted.user))

    async def _no_way(self, asked: Asked) -> GateOutcome:
        record = self._gate.record_of(asked)
        await self._deployment.store.write(lambda tx: tx.records.add_decision(record))
        return self._gate.outcome(asked)

    def _ticket(self, standing: Standing, level: Level, step: GoToZoom | ShareLink, secret: str) -> TicketRecord:
        now = self._deployment.clock.now()
        shared = isinstance(step, ShareLink)
        life = standing.profile.manifest.share
        return TicketRecord(
            token_hash=hashed(secret),
            organization_id=standing.record.id,
            level=level,
            path="shared" if shared else "direct",
            app=step.app,
            started_by=standing.actor.id if standing.actor else standing.record.id,
            must_be_email=step.must_be_email if isinstance(step, GoToZoom) else None,
            single_use=not shared or (life is not None and life.life == "until_used"),
            created_at=now,
            expires_at=None if shared else now + ATTEMPT_LIVES,
        )

    async def _used_attempt(self, callback: Callback, binding: str | None) -> AttemptRecord:
        now = self._deployment.clock.now()
        attempt = await self._deployment.store.write(lambda tx: tx.attempts.use(hashed(callback.state), now))
        bound = (
            attempt is None
            or attempt.binding_hash is None
            or (binding is not None and hmac.compare_digest(hashed(binding), attempt.binding_hash))
        )
        if attempt is None or not bound or attempt.app != callback.app or expired(attempt.expires_at, now):
            raise BadInput(
                "this authorization is unknown, was used before, has expired or began in another browser",
                next="Start again from the product's integration page",
            )
        return attempt

    async def _nobody(self, standing: Standing, attempt: AttemptRecord, app: ZoomApp, tokens: Tokens) -> GateOutcome:
        """Settle a grant that does not even say whose it is: it is given back, and the profile told what it grants."""
        await self._revoke(app, tokens.access_token)
        asked = self._ask_complete(standing, attempt, "failed", None, scopes=tokens.scopes)
        return await self._not_kept(asked, attempt, "failed")

    async def _unknown(self, standing: Standing, attempt: AttemptRecord, app: ZoomApp, tokens: Tokens) -> None:
        """Give back a grant of which Zoom did not say whose it is: nobody could rest on it, and it would live on."""
        await self._revoke(app, tokens.access_token)
        await self._not_kept(self._ask_complete(standing, attempt, "failed", None), attempt, "failed")

    async def _granted(self, standing: Standing, app: ZoomApp, tokens: Tokens) -> Granted:
        zoom = self._deployment.zoom
        permissions = "permissions" in standing.profile.manifest.facts_for("authorize")
        access = Access(api_url=tokens.api_url, token=tokens.access_token)
        user = await zoom.me(access, cloud=app.cloud, with_permissions=permissions)
        # Zoom ended the earlier grant of this app and user the moment it gave this one: whoever rests on it must
        # have the new tokens, whatever becomes of the connection that was asked for.
        granted = Granted(app, tokens, user, None)
        return await self._deployment.store.write(lambda tx: renew_existing(tx, self._deployment, granted))

    async def _held(self, standing: Standing, user: ZoomUser) -> bool:
        if standing.profile.manifest.exclusive is None:
            return False
        name, own = standing.record.profile, standing.record.id
        holder = await self._deployment.store.read(lambda tx: tx.connections.holder(name, user.id))
        return holder not in {None, own}

    def _ask_complete(
        self,
        standing: Standing,
        attempt: AttemptRecord,
        outcome: Outcome,
        granted: Granted | None,
        *,
        held_elsewhere: bool = False,
        scopes: frozenset[str] = frozenset(),
    ) -> Asked:
        tried = Attempt(
            path=attempt.path,
            started_by=attempt.started_by,
            level=attempt.level,
            must_be_email=attempt.must_be_email,
            outcome=outcome,
        )
        plain = self._gate.request(standing, Action.COMPLETE, attempt.level)
        update: dict[str, object] = {"attempt": tried, "held_elsewhere": held_elsewhere, "scopes": scopes}
        if granted is not None:
            update |= {"zoom": granted.user, "scopes": granted.tokens.scopes}
        if attempt.path == "shared":
            update["actor"] = None
        return self._gate.ask(standing, plain.model_copy(update=update))

    async def _settle(self, attempt: AttemptRecord, granted: Granted, *, held_elsewhere: bool) -> GateOutcome:
        standing = await self._standing_of(attempt.organization_id, attempt.started_by)
        asked = self._ask_complete(standing, attempt, "granted", granted, held_elsewhere=held_elsewhere)
        if not isinstance(asked.step, Keep):
            await self._give_back(granted)
            outcome = await self._not_kept(asked, attempt, "not_allowed")
            await self._tell_lost(granted)
            return outcome
        keep = asked.step
        try:
            kept = await self._deployment.store.write(lambda tx: self._keep(tx, asked, keep, attempt, granted))
        except StoreConflict as conflict:
            return await self._settle_again(attempt, granted, conflict, held_elsewhere=held_elsewhere)
        if kept.replaced is not None:
            await self._revoke(self._deployment.app_named(kept.replaced.app), kept.replaced.access_token)
        await deliver(self._deployment, kept.notices)
        await self._tell_lost(granted, renewed=kept.row.id)
        return self._gate.outcome(asked, phase=keep.phase, connection=kept.row)

    async def _tell_lost(self, granted: Granted, *, renewed: str | None = None) -> None:
        """Have whoever else rests on the same grant know that less was allowed this time."""
        if granted.grant is not None and granted.lost:
            await self._disconnect.scopes_lost(granted.grant.id, granted.lost, renewed=renewed)

    async def _settle_again(
        self, attempt: AttemptRecord, granted: Granted, conflict: StoreConflict, *, held_elsewhere: bool
    ) -> GateOutcome:
        """Another callback was quicker: it took the hold on this Zoom user, or kept the grant we meant to add."""
        if conflict.rule == "hold" and not held_elsewhere:
            return await self._settle(attempt, granted, held_elsewhere=True)
        if conflict.rule == "grant" and granted.grant is None:
            renewed = await self._deployment.store.write(lambda tx: renew_existing(tx, self._deployment, granted))
            return await self._settle(attempt, renewed, held_elsewhere=held_elsewhere)
        raise conflict

    def _keep(self, tx: Transaction, asked: Asked, keep: Keep, attempt: AttemptRecord, granted: Granted) -> _Kept:
        standing, now = asked.standing, self._deployment.clock.now()
        grant = tx.grants.find(granted.app.client_id, granted.user.id)
        if grant is None:
            grant = new_grant(self._deployment, granted)
            tx.grants.add(grant)
        if standing.profile.manifest.exclusive is not None:
            tx.connections.hold(standing.record.profile, granted.user.id, standing.record.id)
        before = standing.connection_of(keep.level)
        row = move(tx, self._deployment, standing, keep.level, keep.phase).model_copy(
            update={"grant_id": grant.id, "zoom_user": granted.user, "scopes": grant.scopes}
        )
        tx.connections.save(row)
        other = before is not None and before.grant_id not in {None, grant.id}
        replaced = leave_grant(tx, standing, before) if before is not None and other else None
        tx.directory.forget(grant.id)
        tx.attempts.settle(attempt.state_hash, "granted")
        if attempt.ticket_hash is not None:
            tx.attempts.close_ticket(attempt.ticket_hash, now, "used")
        tx.attempts.close_tickets(standing.record.id, keep.level, _whose(keep.level, attempt), now)
        tx.records.add_decision(self._gate.record_of(asked))
        clear_rescued(tx, self._deployment.profiles, standing.record.id)
        event = f"complete:{attempt.state_hash}"
        notices = keep_notices(tx, self._deployment, standing, keep.notices, event=event)
        shared = keep_share_outcome(tx, self._deployment, asked, attempt, "granted")
        return _Kept(row, (*notices, *shared), replaced)

    async def _give_back(self, granted: Granted) -> None:
        """Revoke what nobody keeps. Tokens that now serve somebody else's connection must live on."""
        if granted.grant is None:
            await self._revoke(granted.app, granted.tokens.access_token)

    async def _revoke(self, app: ZoomApp, token: SecretStr) -> None:
        try:
            await self._deployment.zoom.revoke(app, token)
        except ZoomError as error:
            log.warning("a grant that nobody rests on could not be revoked at Zoom: %s", error.code)

    async def _not_kept(self, asked: Asked, attempt: AttemptRecord, outcome: Outcome) -> GateOutcome:
        ended: Literal["declined", "failed", "not_allowed"] | Outcome = outcome

        def commit(tx: Transaction) -> tuple[NoticeRecord, ...]:
            tx.attempts.settle(attempt.state_hash, ended)
            tx.records.add_decision(self._gate.record_of(asked))
            event = f"complete:{attempt.state_hash}"
            notices = keep_notices(tx, self._deployment, asked.standing, asked.step.notices, event=event)
            return (*notices, *keep_share_outcome(tx, self._deployment, asked, attempt, outcome))

        await deliver(self._deployment, await self._deployment.store.write(commit))
        return self._gate.outcome(asked)

    async def _standing_of(self, organization_id: str, member_id: str) -> Standing:
        def read(tx: Transaction) -> Standing:
            member = tx.organizations.member(organization_id, member_id)
            return read_standing(tx, self._deployment.profiles, organization_id, member)

        return await self._deployment.store.read(read)


def _whose(level: Level, begun: AttemptRecord | TicketRecord) -> str | None:
    """Return whose links of a level lead to the same connection: everybody's, or one member's."""
    return None if level is Level.ORGANIZATION else begun.started_by


def _replace_earlier(tx: Transaction, ticket: TicketRecord) -> None:
    """Close the earlier shared links of a level where such a link is good until it was used or replaced."""
    if ticket.path != "shared" or not ticket.single_use:
        return
    whose = _whose(ticket.level, ticket)
    for one in tx.attempts.waiting_tickets(ticket.organization_id, ticket.created_at):
        if (one.path, one.level) == ("shared", ticket.level) and whose in {None, one.started_by}:
            tx.attempts.close_ticket(one.token_hash, ticket.created_at, "replaced")


def hashed(secret: str) -> str:
    """Return what is kept of a secret that only a browser knows."""
    return hashlib.sha256(secret.encode()).hexdigest()
