"""The page on strategies shows what runs, and names everything there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import greenroom.conformance.strategies as draw

PAGE = Path(__file__).parents[2] / "docs" / "strategies.md"


@pytest.fixture
def unhurried() -> Iterator[None]:
    """Let examples take their time, as machines under test are busy."""
    before = settings.get_current_profile_name()
    settings.register_profile("unhurried", suppress_health_check=[HealthCheck.too_slow], database=None)
    settings.load_profile("unhurried")
    yield
    settings.load_profile(before)


def test_its_examples_run(unhurried: None) -> None:
    """Every example runs as it stands, one after another; its tests pass."""
    names: dict[str, object] = {"__name__": "shown"}
    for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL):
        exec(compile(block, str(PAGE), "exec"), names)  # noqa: S102  # our own page
    shown = [found for name, found in names.items() if name.startswith("test_")]
    assert len(shown) == 3
    for test in shown:
        assert callable(test)
        test()


def test_it_names_every_strategy() -> None:
    """Whatever is offered stands in its table."""
    table = PAGE.read_text("utf-8").partition("## What there is")[2].partition("\n## ")[0]
    offered = {name for name in draw.__all__ if name[0].islower()}
    assert offered <= set(re.findall(r"`(\w+)`", table))
