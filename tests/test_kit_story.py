"""A failing example reads as people say it: instants, choices and sets without the way Python writes them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from greenroom.conformance.story import story_of, told
from greenroom.model import Action, Level, Member, Stage

_AT = datetime(2026, 3, 9, 8, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (_AT, "2026-03-09 08:05 UTC"),
        (Stage.DRAFT, "DRAFT"),
        (Level.ORGANIZATION, "'organization'"),
        ((Action.CONNECT, Stage.SAVED), "('connect', SAVED)"),
        (
            Member(id="m", email="a@b.example", roles=frozenset("yx")),
            "Member(id='m', email='a@b.example', roles={'x', 'y'})",
        ),
        ("<b>not an enum: 'x'</b>", "\"<b>not an enum: 'x'</b>\""),
    ],
)
def test_what_was_drawn_is_said_plainly(drawn: object, said: str) -> None:
    """Its label leads; texts stay as they are."""
    assert told(f"Draw 2 (request): {drawn!r}") == f"request: {said}"
    assert told(f"Draw 3: {drawn!r}") == said


def test_a_story_is_what_was_drawn() -> None:
    """Other notes on a failure are none of it."""
    failure = AssertionError("broken")
    failure.add_note("Draw 1 (stage): <Stage.DRAFT: 0>\nsomething else")
    assert story_of(failure) == ("stage: DRAFT",)
