"""Turns: counted when a meeting is intended, given back when it is not made, from zero when the pool changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from core.tests.store.samples import CONNECTION, INTENT, INTERVIEW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from greenroom.model import Turn, Turns
from greenroom.store.sql import SqlTransaction

PAIR = frozenset({"ana", "ben"})
TRIO = PAIR | {"cy"}


@pytest.fixture(autouse=True)
def _people(tx: SqlTransaction) -> None:
    tx.connections.save(CONNECTION)


def intend(tx: SqlTransaction, name: str, host: str, pool: frozenset[str] = PAIR) -> None:
    """Commit an intent of its own interview, under this name."""
    tx.interviews.save(INTERVIEW.model_copy(update={"id": f"int-{name}"}))
    update = {"id": name, "interview_id": f"int-{name}", "turn": Turn(pool=pool, host=host), "state": "committed"}
    tx.interviews.add_intent(INTENT.model_copy(update=update))


def test_nobody_had_a_turn_yet(tx: SqlTransaction) -> None:
    """Before the first meeting the rotation is empty."""
    assert tx.interviews.turns("org_1") == Turns()


def test_turns_in_flight_and_made_count_alike(tx: SqlTransaction) -> None:
    """A meeting that is being made counts as much as one that was."""
    for name, host in (("1", "ana"), ("2", "ben"), ("3", "ana")):
        intend(tx, name, host)
    tx.interviews.settle_intent("1", "done")
    tx.interviews.settle_intent("2", "unclear")
    assert tx.interviews.turns("org_1") == Turns(pool=PAIR, counts=(("ana", 2), ("ben", 1)), last="ana")
    assert tx.interviews.turns("org_2") == Turns()


def test_a_failed_meeting_gives_its_turn_back(tx: SqlTransaction) -> None:
    """After a failure the last turn is the one before it; failing twice gives back once."""
    intend(tx, "1", "ana")
    intend(tx, "2", "ben")
    tx.interviews.settle_intent("2", "failed")
    tx.interviews.settle_intent("2", "failed")
    assert tx.interviews.turns("org_1") == Turns(pool=PAIR, counts=(("ana", 1),), last="ana")


def test_a_meeting_that_was_made_keeps_its_turn(tx: SqlTransaction) -> None:
    """A failure that is told after the meeting was made takes no turn away."""
    intend(tx, "1", "ana")
    tx.interviews.settle_intent("1", "done")
    tx.interviews.settle_intent("1", "failed")
    assert tx.interviews.turns("org_1").counts == (("ana", 1),)


def test_a_changed_pool_starts_anew(tx: SqlTransaction) -> None:
    """Counts begin when the pool last changed, also when it changed back."""
    intend(tx, "1", "ana")
    intend(tx, "2", "cy", TRIO)
    assert tx.interviews.turns("org_1") == Turns(pool=TRIO, counts=(("cy", 1),), last="cy")
    intend(tx, "3", "ben")
    assert tx.interviews.turns("org_1") == Turns(pool=PAIR, counts=(("ben", 1),), last="ben")


def test_a_change_of_pool_that_was_given_back_never_was(tx: SqlTransaction) -> None:
    """When the only turn of another pool failed, the rotation goes on as if the pool had not changed."""
    intend(tx, "1", "ana")
    intend(tx, "2", "cy", TRIO)
    tx.interviews.settle_intent("2", "failed")
    intend(tx, "3", "ben")
    assert tx.interviews.turns("org_1") == Turns(pool=PAIR, counts=(("ana", 1), ("ben", 1)), last="ben")


def test_an_intent_counts_once(tx: SqlTransaction) -> None:
    """Counting the turn of an intent again changes nothing."""
    intend(tx, "1", "ana")
    tx.interviews.count_turn("org_1", Turn(pool=PAIR, host="ana"), "1")
    assert tx.interviews.turns("org_1").counts == (("ana", 1),)


steps = st.lists(st.tuples(st.sampled_from(["ana", "ben"]), st.sampled_from([PAIR, TRIO]), st.booleans()), max_size=12)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=steps)
def test_any_history(
    tx: SqlTransaction, connection: Connection, history: Sequence[tuple[str, frozenset[str], bool]]
) -> None:
    """Whatever was intended and failed, the rotation is what counting by hand gives."""
    with connection.begin_nested() as savepoint:
        for number, (host, pool, failed) in enumerate(history):
            intend(tx, str(number), host, pool)
            if failed:
                tx.interviews.settle_intent(str(number), "failed")
        assert tx.interviews.turns("org_1") == _by_hand([(host, pool) for host, pool, failed in history if not failed])
        savepoint.rollback()


def _by_hand(counted: list[tuple[str, frozenset[str]]]) -> Turns:
    if not counted:
        return Turns()
    last, pool = counted[-1]
    since: list[str] = []
    for host, of in reversed(counted):
        if of != pool:
            break
        since.append(host)
    return Turns(pool=pool, counts=tuple(sorted(Counter(since).items())), last=last)
