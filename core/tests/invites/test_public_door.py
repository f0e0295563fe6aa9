"""What the package offers, and what it leans on."""

import ast
from pathlib import Path

import greenroom.invites


def test_the_door_is_sorted_and_everything_behind_it_exists() -> None:
    """``__all__`` is alphabetical, and each name is there and says what it is for."""
    names = greenroom.invites.__all__
    assert names == sorted(names)
    assert all(getattr(greenroom.invites, name).__doc__ for name in names if name != "Method")


def test_the_package_leans_on_the_model_only() -> None:
    """Of ours, invites import nothing but themselves and the model."""
    folder = Path(str(greenroom.invites.__file__)).parent
    imported = {
        node.module
        for file in folder.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("greenroom")
    }
    assert {module for module in imported if not module.startswith("greenroom.invites")} == {"greenroom.model"}
