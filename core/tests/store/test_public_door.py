"""The package's door: complete, sorted, and light to open."""

from __future__ import annotations

import subprocess
import sys

import pytest

from greenroom import store


def test_all_names_are_there_and_sorted() -> None:
    """Each public name can be had from the package, and the list of them is in order."""
    assert store.__all__ == sorted(store.__all__)
    for name in store.__all__:
        assert getattr(store, name).__name__ == name


def test_other_names_are_not() -> None:
    """A misspelt name is an attribute error, as of any module."""
    with pytest.raises(AttributeError, match="SqlStor"):
        _ = store.SqlStor


@pytest.mark.parametrize("names", ["__name__", "Keyring, NoKeys"])
def test_the_door_is_light(names: str) -> None:
    """Neither importing the package nor reading keys loads SQLAlchemy or Alembic."""
    code = f"import sys; from greenroom.store import {names}; print({{'sqlalchemy', 'alembic'}} & set(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert found.stdout.strip() == "set()"
