"""What the package offers, and what it leans on."""

from __future__ import annotations

import ast
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

import greenroom
import greenroom.zoom
from greenroom.engine.ports import zoom as port

ROOT = Path(str(greenroom.__file__)).parent


def imported(file: Path) -> set[str]:
    """Return the modules a file imports."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    named = {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return named | {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}


@pytest.mark.parametrize("door", [greenroom.zoom, port])
def test_a_door_is_sorted_and_everything_behind_it_is_documented(door: ModuleType) -> None:
    """``__all__`` is alphabetical, constants first, and each name is there and says what it is for."""
    names = list(door.__all__)
    assert names == sorted(names, key=lambda name: (not name.isupper(), name))
    things = [getattr(door, name) for name in names]
    assert all(thing.__doc__ for thing in things if isinstance(thing, type | FunctionType))


def test_the_package_leans_on_the_model_and_its_ports_only() -> None:
    """Above all not on the sandbox: one client, whoever answers."""
    ours = {name for file in (ROOT / "zoom").glob("*.py") for name in imported(file) if name.startswith("greenroom")}
    assert {name for name in ours if not name.startswith("greenroom.zoom")} == {
        "greenroom.engine.ports.calendar",
        "greenroom.engine.ports.zoom",
        "greenroom.errors",
        "greenroom.http",
        "greenroom.model",
    }


def test_one_module_knows_the_http_library() -> None:
    """Changing it is a matter of one file; sandbox and kit share no code with the client."""
    files = {file.relative_to(ROOT): file for file in ROOT.rglob("*.py")}
    ours = {name: file for name, file in files.items() if name.parts[0] not in {"sandbox", "conformance"}}
    assert {str(name) for name, file in ours.items() if imported(file) & {"httpx", "httpx2"}} == {"http.py"}
