"""Each rule of lint finds its mistake at the very place, and nothing that only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest
from core.tests.profiles.acme import PluginSource
from tests.lint_cases import MARK, Case, marks, unmarked
from tests.lint_profile import clean
from tests.lint_right import RIGHT
from tests.lint_wrong import WRONG

from greenroom.lint import RULES, Linted, lint
from greenroom.lint.locate import sources


def linted(profile: PluginSource, folder: Path) -> Linted:
    """Write the profile into ``folder`` and look through it; files are named as the profile names them."""
    profile.write(folder)
    package = folder / profile.package
    (found,) = sources(str(folder))
    return lint(found, seen_from=package)


def _name(case: Case) -> str:
    return f"{case.code}-{case.edits[0].file}"


def test_the_profile_that_is_edited_is_clean(tmp_path: Path) -> None:
    """Whatever a case finds comes from its edits."""
    assert linted(clean(), tmp_path).findings == ()


@pytest.mark.parametrize("cases", [WRONG, RIGHT], ids=["wrong", "right"])
def test_every_rule_has_its_cases(cases: tuple[Case, ...]) -> None:
    """No rule goes without something that breaks it, and something that does not."""
    assert {case.code for case in cases} == RULES.keys()


@pytest.mark.parametrize("case", WRONG, ids=_name)
def test_a_mistake_is_found_where_it_stands(case: Case, tmp_path: Path) -> None:
    """The rule points at file, line and column, and no other rule at something else."""
    profile = case.profile()
    found = linted(unmarked(profile), tmp_path).findings
    places = {(one.file, one.line, one.column) for one in found if one.code == case.code}
    assert places == set(marks(profile)), "\n".join(map(str, found))
    assert {one.code for one in found} == {case.code, *case.also}, "\n".join(map(str, found))
    assert all(str(one).endswith(f". Next: {one.next}") and not one.next.endswith(".") for one in found)


@pytest.mark.parametrize("case", RIGHT, ids=_name)
def test_what_is_right_is_left_alone(case: Case, tmp_path: Path) -> None:
    """Nothing is found in what only comes near to a mistake."""
    profile = case.profile()
    assert MARK not in "".join(profile.files.values())
    found = linted(profile, tmp_path).findings
    assert found == (), "\n".join(map(str, found))
