"""The walls: who imports whom, what core may not know, and that the public doors are what they say."""

from __future__ import annotations

import re
import subprocess
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from benchmarks.evidence import SUITES
from pydantic import BaseModel

import greenroom
from greenroom import model

ROOT = Path(__file__).parents[1]
PRODUCTS = re.compile("lever|trakstar|calendly|interviewplanner|exelare", re.IGNORECASE)


def test_no_product_name_in_core() -> None:
    """Core knows no product: a sixth one needs no edit here."""
    named = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in (ROOT / "core" / "greenroom").rglob("*")
        if path.suffix in {".py", ".yaml", ".j2", ".json", ".html"}
        for line in path.read_text("utf-8").splitlines()
        if PRODUCTS.search(line) and "leverag" not in line.casefold()
    ]
    assert named == []


def test_values_hold_nothing_that_can_change() -> None:
    """Model values have no dict, list or set fields: frozen means frozen all the way down."""
    loose = [
        f"{name}.{field}"
        for name in model.__all__
        if isinstance(one := getattr(model, name), type) and issubclass(one, BaseModel)
        for field, info in one.model_fields.items()
        if re.search(r"\b(dict|list|set|Dict|List|Set)\[", str(info.annotation))
    ]
    assert loose == []


@pytest.mark.parametrize("module", [greenroom, model])
def test_public_doors_are_complete_and_sorted(module: object) -> None:
    """``__all__`` is alphabetical, single, and every name in it is there."""
    names = list(getattr(module, "__all__"))  # noqa: B009
    assert names == sorted(set(names))
    assert all(hasattr(module, name) for name in names)


def test_every_plugin_folder_is_a_profile_of_its_own() -> None:
    """Each folder of plugins/ is one distribution with one profile of the same name."""
    folders = {path.parent.name for path in (ROOT / "plugins").glob("*/pyproject.toml")}
    assert folders == {point.name for point in entry_points(group="greenroom.profiles")}


def test_nothing_names_a_registry_or_this_machine() -> None:
    """No committed text names a package registry or a path of the machine it was written on."""
    hosts = "py" + "pi[.]org|python" + "hosted[.]|npm" + "js[.]|/wo" + "rk/|/ro" + "ot/[.]"
    found = subprocess.run(
        ["git", "grep", "-nIE", hosts, "--", ".", ":!*.svg"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.stdout == ""


def test_every_long_test_is_in_a_suite() -> None:
    """What `make test` leaves out is run by a suite of `make deep`; nothing long is run by nobody."""
    suites = [ROOT / path for suite in SUITES.values() for path in suite.tests]
    long = [file for file in sorted((ROOT / "tests").rglob("test_*.py")) if "mark.deep" in file.read_text("utf-8")]
    nowhere = [file.name for file in long if not any(file.is_relative_to(path) for path in suites)]
    assert nowhere == [Path(__file__).name]  # which names the mark to look for it
