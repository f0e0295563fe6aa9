"""Hypothesis strategies for the records that hold what others wrote: answers of profiles and free JSON."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from core.tests.store.samples import DECISION, INTENT
from hypothesis import strategies as st
from pydantic import JsonValue

from greenroom.engine.ports.records import DecisionRecord, SettingsRecord
from greenroom.model import (
    Because,
    Connection,
    Considered,
    HostChoice,
    Level,
    Notice,
    Permission,
    PhaseKind,
    Say,
    Scope,
    Turn,
    ZoomAccount,
    ZoomUser,
)

words = st.text(max_size=12)
instants = st.datetimes(
    min_value=datetime(1990, 1, 1),  # noqa: DTZ001  # the strategy adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30)), timezone(timedelta(hours=2))]),
)
json_values: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
documents = st.dictionaries(words, json_values, max_size=4)

# Sets have no order of their own, so that bytes can only be compared where they hold one item.
one_word = st.frozensets(words, max_size=1)

says = st.builds(Say, key=words, values=st.lists(st.tuples(words, words | st.integers()), max_size=2).map(tuple))
becauses = st.builds(Because, clause=words, about=words, fact=words)
accounts = st.builds(
    ZoomAccount,
    id=st.none() | words,
    plan=st.none() | st.sampled_from(["basic", "enterprise"]),
    source=st.sampled_from(["stated", "observed"]),
)
users = st.builds(
    ZoomUser,
    id=words,
    email=words,
    status=st.sampled_from(["active", "inactive", "pending"]),
    licence=st.sampled_from(["basic", "licensed", "none"]),
    role=st.sampled_from(["owner", "admin", "custom", "member"]),
    permissions=st.frozensets(st.builds(Permission, section=words, item=words, edit=st.booleans()), max_size=1),
    account=accounts,
)
seen_connections = st.builds(
    Connection,
    level=st.sampled_from(Level),
    owner=words,
    phase=words,
    kind=st.sampled_from(PhaseKind),
    zoom_user=st.none() | users,
    scopes=one_word,
    removed_by_actor=st.booleans(),
)
turns = st.builds(Turn, pool=one_word, host=words)
choices = st.builds(
    HostChoice,
    because=st.lists(becauses, min_size=1, max_size=3).map(tuple),
    notices=st.lists(st.builds(Notice, to=st.sampled_from(["actor", "authorizer"]), say=says), max_size=1).map(tuple),
    warnings=st.lists(says, max_size=1).map(tuple),
    host=users,
    via=seen_connections,
    turn=st.none() | turns,
    considered=st.lists(
        st.builds(Considered, who=words, verdict=st.sampled_from(["host", "skipped"]), because=becauses), max_size=2
    ).map(tuple),
)
intents = st.builds(
    lambda choice, at, marker: INTENT.model_copy(
        update={"choice": choice, "turn": choice.turn, "created_at": at, "marker": marker}
    ),
    choices,
    instants,
    words,
)
decisions: st.SearchStrategy[DecisionRecord] = st.builds(
    lambda answer, question, at: DECISION.model_copy(update={"answer": answer, "question": question, "at": at}),
    documents,
    words,
    instants,
)
settings = st.builds(
    SettingsRecord,
    organization_id=st.just("org_1"),
    scope=st.sampled_from(Scope),
    subject=words,
    values=documents,
)
