"""The phases a profile declares to move through are those it moves through."""

from __future__ import annotations

from greenroom.conformance.moves import reached
from greenroom.profiles import Profile


def test_declared_moves_are_those_reached(profile: Profile) -> None:
    """Every declared move happens, and every move that happens is declared."""
    declared = {
        (level, move) for level, moves in profile.manifest.moves.items() for one in moves for move in one.each()
    }
    assert declared == reached(profile)


def test_every_phase_is_reached(profile: Profile) -> None:
    """No phase is a dead word: each is where a connection starts, or somewhere it can get to."""
    for level in profile.manifest.levels:
        there = {move.to for move in profile.manifest.moves[level]} | {profile.manifest.initial_phase(level).name}
        assert there == {phase.name for phase in profile.manifest.phases[level]}
