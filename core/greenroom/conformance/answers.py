"""Look at an answer as a check does."""

from __future__ import annotations

from greenroom.model import Answer, Refusal


def cited(answer: Answer) -> set[str]:
    """Return the clauses an answer rests on."""
    return {one.clause for one in answer.because}


def refusal(answer: object, code: str, *clauses: str) -> Refusal:
    """Return ``answer``, which has to be a refusal with this code that rests at least on ``clauses``.

    Raises ``AssertionError`` when it is not.
    """
    assert isinstance(answer, Refusal), f"expected a refusal {code}, got {answer!r}"
    assert answer.code == code, f"expected {code}, got {answer.code}"
    assert cited(answer) >= set(clauses), f"{code} does not cite {', '.join(clauses)}"
    return answer
