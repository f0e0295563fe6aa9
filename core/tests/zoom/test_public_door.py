"""What the package offers, and what it leans on."""

from __future__ import annotations

import ast
from pathlib import Path

import greenroom
import greenroom.zoom

ROOT = Path(str(greenroom.__file__)).parent


def imported(file: Path) -> set[str]:
    """Return the modules a file imports."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


def test_the_door_is_sorted_and_everything_behind_it_is_documented() -> None:
    """``__all__`` is alphabetical, and each name is there and says what it is for."""
    names = greenroom.zoom.__all__
    assert names == sorted(names)
    assert all(getattr(greenroom.zoom, name).__doc__ for name in names)


def test_the_package_leans_on_the_model_and_its_port_only() -> None:
    """Above all not on the sandbox: one client, whoever answers."""
    ours = {name for file in (ROOT / "zoom").glob("*.py") for name in imported(file) if name.startswith("greenroom")}
    assert {name for name in ours if not name.startswith("greenroom.zoom")} == {
        "greenroom.engine.ports.zoom",
        "greenroom.errors",
        "greenroom.http",
        "greenroom.model",
    }


def test_one_module_knows_the_http_library() -> None:
    """Changing it is a matter of one file."""
    knowing = {str(file.relative_to(ROOT)) for file in ROOT.rglob("*.py") if imported(file) & {"httpx", "httpx2"}}
    assert knowing == {"http.py"}
