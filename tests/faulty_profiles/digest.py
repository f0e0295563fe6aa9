"""Print a digest of what a profile answers to drawn questions; two processes have to print the same.

PYTHONHASHSEED=7 python -m tests.faulty_profiles.digest lever
"""

from __future__ import annotations

import sys
from hashlib import sha256

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from greenroom.conformance.contracts.answering import each_question
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import Product
from greenroom.profiles import Registry


def digest(product: Product) -> str:
    """Return a digest of answers, sets in them sorted."""
    answers = []

    @seed(1)
    @settings(
        max_examples=15, database=None, deadline=None, phases=(Phase.generate,), suppress_health_check=list(HealthCheck)
    )
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        for question, request in each_question(product, data):
            answer = product.ask(question, request)
            answers.append((answer.kind if hasattr(answer, "kind") else "", sorted(map(repr, answer.because))))

    ask()
    return sha256(repr(answers).encode()).hexdigest()


if __name__ == "__main__":
    sys.stdout.write(digest(Product(InProcess(Registry.discover().profile(sys.argv[1])))) + "\n")
