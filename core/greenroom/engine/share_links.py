"""Open one of our addresses in a browser: on to Zoom's page, or why not and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.engine.connect import Connect, hashed
from greenroom.engine.deployment import Deployment
from greenroom.engine.gate import Gate, message_of
from greenroom.engine.ports.records import Closed, TicketRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, expired, read_standing
from greenroom.errors import BadInput
from greenroom.model import Action, Refusal

_ASK_FOR_NEW = "Ask whoever gave it to you for a new one"

_DEAD: dict[Closed | None, tuple[str, str]] = {
    None: ("this link is not valid any more", _ASK_FOR_NEW),
    "used": ("this link was used, and can be used once only", _ASK_FOR_NEW),
    "replaced": ("a newer link took the place of this one", "Ask whoever gave it to you for the newest one"),
    "connected": ("Zoom is connected already, so this link is not needed any more", "There is nothing left to do"),
    "ended": ("what this link was for has been switched off or disconnected since", _ASK_FOR_NEW),
}


@dataclass(frozen=True)
class Opened:
    """A ticket opened in a browser: where to send it, and the cookie its answer must carry."""

    authorize_url: str
    binding: str


class ShareLinks:
    """Opens links that people were given, and those they began themselves."""

    def __init__(self, deployment: Deployment, gate: Gate, connect: Connect) -> None:
        self._deployment = deployment
        self._gate = gate
        self._connect = connect

    async def open(self, token: str) -> Opened:
        """Open one of our addresses: a fresh attempt, bound to the browser that opened it.

        Raises `BadInput` when the address is unknown, when it was used, replaced or closed, when its time is up, and
        when whoever shared it could not share it now: nobody is sent to Zoom then.
        """
        now = self._deployment.clock.now()
        ticket = await self._deployment.store.read(lambda tx: tx.attempts.ticket(hashed(token)))
        if ticket is None or ticket.closed_at is not None:
            what, way_on = _DEAD[ticket.closed_because if ticket is not None else None]
            raise BadInput(what, next=way_on)
        if expired(ticket.expires_at, now):
            raise BadInput("the time of this link is up", next="Start again from the product's integration page")
        standing = await self._standing_of(ticket)
        if ticket.path == "shared":
            self._refuse_if_not_shareable(standing, ticket)
        app = self._deployment.app_for(standing.profile.name, ticket.app)
        state, binding = self._deployment.ids.secret(), self._deployment.ids.secret()
        attempt, url = self._connect.attempt(ticket, app, standing, state=state, binding=binding)

        def commit(tx: Transaction) -> None:
            tx.attempts.add(attempt)
            if ticket.path == "direct":
                tx.attempts.close_ticket(ticket.token_hash, now, "used")

        await self._deployment.store.write(commit)
        return Opened(authorize_url=url, binding=binding)

    def _refuse_if_not_shareable(self, standing: Standing, ticket: TicketRecord) -> None:
        """Ask the profile whether the sharer could share it now: they may have lost their role, or switched it off."""
        asked = self._gate.ask(standing, self._gate.request(standing, Action.SHARE, ticket.level))
        if isinstance(asked.step, Refusal):
            raise BadInput(
                f"whoever gave you this link could not share it now: “{message_of(standing, asked.step)}”",
                next="Nothing was asked of Zoom. Tell whoever gave it to you",
            )

    async def _standing_of(self, ticket: TicketRecord) -> Standing:
        def read(tx: Transaction) -> Standing:
            member = tx.organizations.member(ticket.organization_id, ticket.started_by)
            return read_standing(tx, self._deployment.profiles, ticket.organization_id, member)

        return await self._deployment.store.read(read)
