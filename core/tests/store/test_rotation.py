"""The rotation over the turns as kept, whatever begins and fails in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

import pytest
from core.tests.store.samples import CONNECTION
from core.tests.store.test_turns import intend
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from greenroom.rules import round_robin
from greenroom.store.sql import SqlTransaction

HOSTS = ("ana", "ben", "cy")
AT_ONCE = 4

begins = st.just(("begin", 0))
ends = st.tuples(st.sampled_from(["made", "failed", "unclear"]), st.integers(0, AT_ONCE - 1))
histories = st.lists(st.one_of(begins, ends), max_size=30)


@pytest.fixture(autouse=True)
def _people(tx: SqlTransaction) -> None:
    tx.connections.save(CONNECTION)


class Rotation:
    """Meetings that begin under whoever's turn it is and end as told, and the same counted by hand."""

    def __init__(self, tx: SqlTransaction) -> None:
        self._tx = tx
        self._names: Iterator[int] = count()
        self.under_way: list[tuple[str, str]] = []
        self.counted: Counter[str] = Counter(dict.fromkeys(HOSTS, 0))

    def begin(self) -> str:
        """Intend one more meeting, unless as many are under way as can be; return whose turn it was."""
        host = round_robin(HOSTS, self._tx.interviews.turns("org_1"))
        if len(self.under_way) < AT_ONCE:
            name = str(next(self._names))
            intend(self._tx, name, host, frozenset(HOSTS))
            self.under_way.append((name, host))
            self.counted[host] += 1
        return host

    def end(self, how: str, which: int) -> None:
        """Let one of those under way end; what is unclear stays under way."""
        if not self.under_way:
            return
        name, host = self.under_way[which % len(self.under_way)]
        if how == "unclear":
            self._tx.interviews.settle_intent(name, "unclear")
            return
        self._tx.interviews.settle_intent(name, "done" if how == "made" else "failed")
        self.under_way.remove((name, host))
        self.counted[host] -= how == "failed"

    @property
    def apart(self) -> int:
        """How far the busiest and the idlest host are apart."""
        return max(self.counted.values()) - min(self.counted.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_any_interleaving_of_failures(
    tx: SqlTransaction, connection: Connection, history: Sequence[tuple[str, int]]
) -> None:
    """Whatever begins, fails or stays unclear in whatever order: the next host is one with the fewest meetings made
    and under way, and as soon as creations succeed the hosts draw level."""
    with connection.begin_nested() as savepoint:
        rotation = Rotation(tx)
        for how, which in history:
            if how == "begin":
                host, counted = rotation.begin(), rotation.counted
                assert counted[host] <= min(counted.values()) + 1
            else:
                rotation.end(how, which)
        for _ in range(len(HOSTS) * (rotation.apart + 1) + AT_ONCE):
            rotation.begin()
            rotation.end("made", 0)
        assert rotation.apart <= 1
        savepoint.rollback()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.integers(0, 6), failing=st.sets(st.integers(0, AT_ONCE - 1)))
def test_four_at_once_leave_hosts_close(
    tx: SqlTransaction, connection: Connection, before: int, failing: set[int]
) -> None:
    """From a rotation that went well, four at once of which any may fail leave the hosts at most two apart."""
    with connection.begin_nested() as savepoint:
        rotation = Rotation(tx)
        for _ in range(before):
            rotation.begin()
            rotation.end("made", 0)
        for _ in range(AT_ONCE):
            rotation.begin()
        for number in sorted(failing, reverse=True):
            rotation.end("failed", number)
        assert rotation.apart <= 2
        savepoint.rollback()
