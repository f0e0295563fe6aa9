"""The examples run as they stand, and stay short enough to read."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

EXAMPLES = Path(__file__).parents[1] / "examples"


def example(name: str) -> ModuleType:
    """Import an example from its file."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


async def test_embed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The asynchronous example makes a meeting and prints the clauses it rests on."""
    assert (await example("embed").main(tmp_path)).startswith("https://")
    assert "TRK-" in capsys.readouterr().out


def test_embed_blocking(tmp_path: Path) -> None:
    """The example without async finds the first interviewer with a Zoom user as host."""
    assert example("embed_blocking").main(tmp_path) == "april.lee@northwind.example"


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.py")), ids=lambda path: path.name)
def test_examples_are_short(path: Path) -> None:
    """Each example is under 40 lines with its imports."""
    assert len(path.read_text().splitlines()) < 40
