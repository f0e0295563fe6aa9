"""Sandbox time: it jumps, stands still, and everything due on the way happens at its own instant."""

from datetime import UTC, datetime, timedelta

from greenroom.sandbox.clock import Clock
from greenroom.sandbox.timers import Timers

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def test_frozen_clock_moves_only_when_told() -> None:
    """A frozen clock shows the same instant until it is moved; a running one goes on."""
    frozen, running = Clock(NOON, frozen=True), Clock(NOON)
    assert [frozen.now(), frozen.now()] == [NOON, NOON]
    assert running.now() < running.now()
    frozen.advance(60)
    assert frozen.now() == NOON + timedelta(minutes=1)
    frozen.freeze(frozen=False)
    assert frozen.now() >= NOON + timedelta(minutes=1)


def test_what_is_due_happens_in_order_at_its_own_instant() -> None:
    """Timers run by instant, then by the order they were set, and see the time they were due at."""
    clock = Clock(NOON, frozen=True)
    timers = Timers(clock)
    seen: list[tuple[str, datetime]] = []
    for name, minutes in (("c", 9), ("a", 3), ("b", 3)):
        timers.at(NOON + timedelta(minutes=minutes), name, lambda name=name: seen.append((name, clock.now())))  # type: ignore[misc]
    taken_back = timers.at(NOON + timedelta(minutes=1), "never", lambda: seen.append(("never", clock.now())))
    taken_back.cancel()
    clock.advance(600)
    assert timers.run_due() == 3
    assert seen == [(name, NOON + timedelta(minutes=minutes)) for name, minutes in (("a", 3), ("b", 3), ("c", 9))]
    assert timers.waiting() == []


def test_timer_set_by_a_timer_runs_in_the_same_jump() -> None:
    """What a thing that happens makes due happens too, if the jump reaches it."""
    clock = Clock(NOON, frozen=True)
    timers = Timers(clock)
    seen: list[datetime] = []

    def again() -> None:
        seen.append(clock.now())
        if len(seen) < 3:
            timers.at(clock.now() + timedelta(minutes=20), "again", again)

    timers.at(NOON + timedelta(minutes=5), "first", again)
    clock.advance(3600)
    timers.run_due()
    assert [(at - NOON).total_seconds() / 60 for at in seen] == [5, 25, 45]
