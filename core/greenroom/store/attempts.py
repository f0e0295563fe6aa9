"""Tickets and OAuth attempts; the PKCE verifier of an attempt is sealed for its row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from greenroom.engine.ports.records import AttemptRecord, Closed, TicketRecord
from greenroom.model import Level
from greenroom.store.keyring import Keyring
from greenroom.store.rows import first, record_of, row_of, rows
from greenroom.store.sealing import verifier_place
from greenroom.store.tables import attempts, tickets


class SqlAttempts:
    """`greenroom.engine.ports.store.Attempts` in SQL."""

    def __init__(self, connection: Connection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    def add_ticket(self, record: TicketRecord) -> None:
        self._connection.execute(insert(tickets).values(row_of(tickets, record)))

    def ticket(self, token_hash: str) -> TicketRecord | None:
        row = first(self._connection, select(tickets).where(tickets.c.token_hash == token_hash))
        return record_of(TicketRecord, row) if row is not None else None

    def waiting_tickets(self, organization_id: str, now: datetime) -> tuple[TicketRecord, ...]:
        query = select(tickets).where(tickets.c.organization_id == organization_id, tickets.c.closed_at.is_(None))
        found = (record_of(TicketRecord, row) for row in rows(self._connection, query))
        waiting = [one for one in found if one.expires_at is None or one.expires_at > now]
        return tuple(sorted(waiting, key=lambda one: (one.created_at, one.token_hash)))

    def close_tickets(self, organization_id: str, level: Level, owner: str | None, at: datetime) -> None:
        open_ = update(tickets).where(
            tickets.c.organization_id == organization_id,
            tickets.c.level == level.value,
            tickets.c.closed_at.is_(None),
        )
        mine = open_ if owner is None else open_.where(tickets.c.started_by == owner)
        self._connection.execute(mine.values(closed_at=at, closed_because="connected"))

    def close_ticket(self, token_hash: str, at: datetime, because: Closed = "ended") -> None:
        self._connection.execute(
            update(tickets)
            .where(tickets.c.token_hash == token_hash, tickets.c.closed_at.is_(None))
            .values(closed_at=at, closed_because=because)
        )

    def add(self, record: AttemptRecord) -> None:
        place = verifier_place(organization_id=record.organization_id, state_hash=record.state_hash)
        row = row_of(
            attempts,
            record,
            verifier=self._keyring.seal(record.verifier, place),
            sealed_with=self._keyring.first,
        )
        self._connection.execute(insert(attempts).values(row))

    def use(self, state_hash: str, at: datetime) -> AttemptRecord | None:
        used = self._connection.execute(
            update(attempts).where(attempts.c.state_hash == state_hash, attempts.c.used_at.is_(None)).values(used_at=at)
        )
        return self.get(state_hash) if used.rowcount == 1 else None

    def get(self, state_hash: str) -> AttemptRecord | None:
        row = first(self._connection, select(attempts).where(attempts.c.state_hash == state_hash))
        return self._opened(row) if row is not None else None

    def overdue(self, now: datetime) -> tuple[AttemptRecord, ...]:
        open_ = select(attempts).where(attempts.c.outcome.is_(None))
        return tuple(one for one in self._in_order(open_) if one.expires_at <= now)

    def unanswered(self, organization_id: str) -> tuple[AttemptRecord, ...]:
        theirs = attempts.c.organization_id == organization_id
        return self._in_order(select(attempts).where(theirs, attempts.c.used_at.is_(None)))

    def settle(self, state_hash: str, outcome: str) -> None:
        self._connection.execute(update(attempts).where(attempts.c.state_hash == state_hash).values(outcome=outcome))

    def reseal(self, *, limit: int) -> int:
        """Seal up to ``limit`` attempts anew that another key than the first sealed; return how many."""
        query = select(attempts).where(attempts.c.sealed_with != self._keyring.first).limit(limit)
        found = rows(self._connection, query)
        for row in found:
            place = verifier_place(organization_id=row["organization_id"], state_hash=row["state_hash"])
            fresh = self._keyring.seal(self._keyring.open(row["verifier"], place), place)
            self._connection.execute(
                update(attempts)
                .where(attempts.c.state_hash == row["state_hash"])
                .values(verifier=fresh, sealed_with=self._keyring.first)
            )
        return len(found)

    def _in_order(self, query: Select[tuple[object, ...]]) -> tuple[AttemptRecord, ...]:
        found = (self._opened(row) for row in rows(self._connection, query))
        return tuple(sorted(found, key=lambda one: (one.created_at, one.state_hash)))

    def _opened(self, row: RowMapping) -> AttemptRecord:
        place = verifier_place(organization_id=row["organization_id"], state_hash=row["state_hash"])
        return record_of(AttemptRecord, row, verifier=self._keyring.open(row["verifier"], place))
