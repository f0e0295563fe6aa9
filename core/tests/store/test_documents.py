"""Documents: what profiles and people wrote comes back byte for byte, and nobody-looked stays nobody-looked."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from core.tests.store import strategies
from core.tests.store.samples import CONNECTION, INTERVIEW
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, update

from greenroom.engine.ports.records import DecisionRecord, IntentRecord, SettingsRecord
from greenroom.model import Person, UndeclaredFact, Value, ZoomUser
from greenroom.store import SchemaFault
from greenroom.store.document import pack, to_text, unpack
from greenroom.store.sql import SqlTransaction
from greenroom.store.tables import interviews

# The transaction is shared by all examples, and each takes back what it wrote. Whole answers of a profile take long to
# make up on a busy machine.
in_one_transaction = hypothesis_settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def same_bytes(one: Value, other: Value) -> bool:
    """Whether two values are equal and read the same as JSON text: key order, and 1 apart from 1.0."""
    return one == other and to_text(pack(one)) == to_text(pack(other))


@pytest.fixture
def undone(connection: Connection, tx: SqlTransaction) -> Callable[[Callable[[SqlTransaction], None]], None]:
    """Run something in a savepoint and roll it back."""

    def run(work: Callable[[SqlTransaction], None]) -> None:
        with connection.begin_nested() as savepoint:
            work(tx)
            savepoint.rollback()

    return run


@in_one_transaction
@given(record=strategies.intents)
def test_a_host_choice_inside_an_intent(
    undone: Callable[[Callable[[SqlTransaction], None]], None], record: IntentRecord
) -> None:
    """Whatever host a profile chose, for whatever reasons, is read back byte for byte."""

    def check(tx: SqlTransaction) -> None:
        tx.connections.save(CONNECTION)
        tx.interviews.save(INTERVIEW)
        tx.interviews.add_intent(record)
        found = tx.interviews.open_intent("int_1")
        assert found is not None
        assert same_bytes(found, record)

    undone(check)


@in_one_transaction
@given(record=strategies.decisions)
def test_an_answer_inside_a_decision(
    undone: Callable[[Callable[[SqlTransaction], None]], None], record: DecisionRecord
) -> None:
    """Whatever JSON an answer holds is read back byte for byte."""

    def check(tx: SqlTransaction) -> None:
        tx.interviews.save(INTERVIEW)
        tx.records.add_decision(record)
        assert same_bytes(tx.records.decisions("org_1")[0], record)

    undone(check)


@in_one_transaction
@given(record=strategies.settings)
def test_values_inside_settings(
    undone: Callable[[Callable[[SqlTransaction], None]], None], record: SettingsRecord
) -> None:
    """Whatever JSON settings hold, under whatever subject, is read back byte for byte."""

    def check(tx: SqlTransaction) -> None:
        tx.settings.save(record)
        found = tx.settings.get("org_1", record.scope, record.subject)
        assert found is not None
        assert json.dumps(found.values) == json.dumps(record.values)
        assert found == record

    undone(check)


@given(user=strategies.users)
def test_a_document_is_the_same_when_packed_again(user: ZoomUser) -> None:
    """Packing what was unpacked makes the same bytes."""
    assert same_bytes(unpack(ZoomUser, pack(user)), user)


def test_withheld_facts_stay_withheld(tx: SqlTransaction) -> None:
    """A fact that nobody gathered does not read as *nobody there* after a stay in the store."""
    interview = INTERVIEW.interview
    unseen, nobody = interview.interviewers[0].withholding("zoom"), Person(email="kim@example.org")
    moved = interview.model_copy(
        update={"scheduler": interview.scheduler.withholding("zoom"), "interviewers": (unseen, nobody, unseen)}
    )
    record = INTERVIEW.model_copy(update={"interview": moved})
    tx.interviews.save(record)
    found = tx.interviews.get("org_1", "int_1")
    assert found == record
    for person in (found.interview.scheduler, found.interview.interviewers[0], found.interview.interviewers[2]):
        with pytest.raises(UndeclaredFact):
            _ = person.zoom
    assert found.interview.interviewers[1].zoom is None


def test_a_row_that_does_not_fit(tx: SqlTransaction, connection: Connection) -> None:
    """A row that this version cannot read is named by kind and field, without what stands in it."""
    tx.interviews.save(INTERVIEW)
    connection.execute(update(interviews).values(document={**pack(INTERVIEW), "state": "canary@example.com"}))
    with pytest.raises(SchemaFault, match="InterviewRecord") as caught:
        tx.interviews.get("org_1", "int_1")
    assert "state" in str(caught.value)
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None
