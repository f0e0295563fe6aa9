"""How deep random tests look: quick by default, deep with ``HYPOTHESIS_PROFILE=deep``."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

DEEP_EXAMPLES = 200
DEEP_PLAYS, DEEP_STEPS = 600, 80
DEEP = os.environ.get("HYPOTHESIS_PROFILE") == "deep"

QUICK = settings(
    max_examples=DEEP_EXAMPLES if DEEP else 8,
    deadline=None,
    derandomize=not DEEP,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Properties over all installed profiles; the same examples every time unless deep."""
