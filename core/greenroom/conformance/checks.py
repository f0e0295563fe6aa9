"""Clause checks: functions named ``check_…`` in a plugin's ``checks`` package, each saying what it proves."""

from __future__ import annotations

from collections.abc import Callable

Check = Callable[[], None]

MOST_CLAUSES_A_CHECK = 3


def proves(*clauses: str) -> Callable[[Check], Check]:
    """Mark a check as the proof of ``clauses`` (one to three ids), read back as ``check.clauses``."""
    if not 1 <= len(clauses) <= MOST_CLAUSES_A_CHECK:
        message = f"a check proves one to {MOST_CLAUSES_A_CHECK} clauses, not {len(clauses)}"
        raise ValueError(message)

    def mark(check: Check) -> Check:
        check.clauses = clauses  # type: ignore[attr-defined]  # functions take attributes
        return check

    return mark
