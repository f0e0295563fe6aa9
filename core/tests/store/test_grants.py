"""Generations, leases, tickets and attempts: the rows that several processes reach for at once."""

from __future__ import annotations

from datetime import timedelta, timezone

import pytest
from core.tests.store.samples import ATTEMPT, GRANT, INBOX, LATER, NOW, TICKET
from pydantic import SecretStr
from sqlalchemy.exc import StatementError

from greenroom.model import Level
from greenroom.store.sql import SqlTransaction

UNTIL = NOW + timedelta(seconds=45)


def test_a_grant_is_replaced_only_in_its_generation(tx: SqlTransaction) -> None:
    """Tokens that somebody else renewed meanwhile are not overwritten."""
    tx.grants.add(GRANT)
    fresh = GRANT.model_copy(update={"access_token": SecretStr("new"), "generation": 5})
    assert tx.grants.replace(fresh, generation=4)
    assert not tx.grants.replace(GRANT, generation=4)
    assert tx.grants.get("grt_1") == fresh


def test_a_lease_is_one_holders_until_it_expires(tx: SqlTransaction) -> None:
    """Somebody else's lease is respected up to its end, exactly; a holder may take its own again."""
    tx.grants.add(GRANT)
    assert tx.grants.lease("grt_1", "a", until=UNTIL, now=NOW)
    assert not tx.grants.lease("grt_1", "b", until=LATER, now=UNTIL - timedelta(microseconds=1))
    assert tx.grants.lease("grt_1", "a", until=UNTIL, now=NOW)
    assert tx.grants.lease("grt_1", "b", until=LATER, now=UNTIL)
    assert not tx.grants.lease("grt_1", "a", until=LATER, now=UNTIL)


def test_instants_compare_across_zones(tx: SqlTransaction) -> None:
    """The end of a lease is an instant, whatever zone it was said in; a time without a zone is none."""
    tx.grants.add(GRANT)
    berlin = timezone(timedelta(hours=2))
    assert tx.grants.lease("grt_1", "a", until=UNTIL.astimezone(berlin), now=NOW)
    assert tx.grants.lease("grt_1", "b", until=LATER, now=UNTIL)
    with pytest.raises(StatementError, match="time zone"):
        tx.grants.lease("grt_1", "b", until=LATER.replace(tzinfo=None), now=UNTIL)


def test_a_lease_is_ended_by_its_holder(tx: SqlTransaction) -> None:
    """Ending a lease frees it, unless it is somebody else's by now."""
    tx.grants.add(GRANT)
    tx.grants.lease("grt_1", "a", until=UNTIL, now=NOW)
    tx.grants.end_lease("grt_1", "b")
    assert not tx.grants.lease("grt_1", "b", until=UNTIL, now=NOW)
    tx.grants.end_lease("grt_1", "a")
    assert tx.grants.lease("grt_1", "b", until=UNTIL, now=NOW)


def test_a_lease_outlives_a_replacement(tx: SqlTransaction) -> None:
    """Keeping new tokens does not give the lease away."""
    tx.grants.add(GRANT)
    tx.grants.lease("grt_1", "a", until=UNTIL, now=NOW)
    tx.grants.replace(GRANT.model_copy(update={"generation": 5}), generation=4)
    assert not tx.grants.lease("grt_1", "b", until=UNTIL, now=NOW)


def test_nobody_leases_what_is_not_there(tx: SqlTransaction) -> None:
    """There is no lease of a grant that ended."""
    assert not tx.grants.lease("grt_1", "a", until=UNTIL, now=NOW)


def test_a_webhook_is_one_workers_until_its_claim_ends(tx: SqlTransaction) -> None:
    """Webhooks are claimed oldest first, each by one worker; a claim that ended, or was put off, ends exactly then."""
    for number in (1, 2):
        tx.records.add_to_inbox(INBOX.model_copy(update={"id": f"wh_{number}", "digest": f"d{number}"}))
    claimed = [tx.records.claim(until=UNTIL, now=NOW) for _ in range(3)]
    assert [one.id if one else None for one in claimed] == ["wh_1", "wh_2", None]
    assert tx.records.claim(until=LATER, now=UNTIL - timedelta(microseconds=1)) is None
    tx.records.postpone("wh_1", LATER)
    again = tx.records.claim(until=LATER, now=UNTIL)
    assert again is not None
    assert again.id == "wh_2"
    tx.records.handled("wh_2", NOW)
    assert tx.records.claim(until=LATER, now=LATER) == INBOX.model_copy(update={"id": "wh_1", "digest": "d1"})


def test_an_attempt_is_used_once(tx: SqlTransaction) -> None:
    """The second who comes with the same state gets nothing."""
    tx.attempts.add(ATTEMPT.model_copy(update={"used_at": None, "outcome": None}))
    assert tx.attempts.use("state-1", NOW) == ATTEMPT.model_copy(update={"used_at": NOW, "outcome": None})
    assert tx.attempts.use("state-1", LATER) is None
    assert tx.attempts.use("unknown", NOW) is None
    tx.attempts.settle("state-1", "declined")
    found = tx.attempts.get("state-1")
    assert found is not None
    assert (found.used_at, found.outcome) == (NOW, "declined")


def test_tickets_close_by_level_and_starter(tx: SqlTransaction) -> None:
    """Closing tickets reaches one level of one organization, of one starter if asked; what is closed stays so."""
    tickets: dict[str, dict[str, object]] = {
        "mine": {"level": Level.MEMBER},
        "theirs": {"level": Level.MEMBER, "started_by": "mem_2"},
        "whole": {},
        "other": {"organization_id": "org_2"},
        "closed": {"closed_at": NOW},
    }
    for name, update in tickets.items():
        tx.attempts.add_ticket(TICKET.model_copy(update={"token_hash": name, "closed_at": None, **update}))
    tx.attempts.close_tickets("org_1", Level.MEMBER, "mem_1", LATER)
    assert _closed(tx, tickets) == {"mine": LATER, "closed": NOW}
    tx.attempts.close_tickets("org_1", Level.ORGANIZATION, None, LATER)
    assert _closed(tx, tickets) == {"mine": LATER, "closed": NOW, "whole": LATER}
    tx.attempts.close_ticket("theirs", NOW)
    tx.attempts.close_ticket("theirs", LATER)
    assert _closed(tx, tickets)["theirs"] == NOW


def _closed(tx: SqlTransaction, names: dict[str, dict[str, object]]) -> dict[str, object]:
    found = {name: tx.attempts.ticket(name) for name in names}
    return {name: one.closed_at for name, one in found.items() if one is not None and one.closed_at is not None}
