"""The pages of contracts say what the kit says: the list, a page each, and mistakes as they were told."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from tests.contract_pages import FOLDER, pages, stored
from tests.faulty_profiles import policies
from tests.faulty_profiles.faults import Fault
from tests.told_mistakes import GROUPS, diff_of, faults, judged, where

from greenroom.conformance.contract import contracts
from greenroom.conformance.contract_page import ToldMistake, page_of
from greenroom.conformance.wrong import Edit

DOCS = Path(__file__).parents[1] / "docs"
NAMES = [one.name for one in contracts()]


@cache
def made() -> Mapping[str, str]:
    """Return every page as it is made of what was told last."""
    return pages(stored())


@pytest.mark.parametrize("path", ["contracts.md", *(f"contracts/{name}.md" for name in NAMES)])
def test_page_is_current(path: str) -> None:
    """What stands in the repository is what the contracts and manifests say now; ``make contracts`` writes it."""
    assert (DOCS / path).read_text("utf-8") == made()[path]


def test_no_page_is_left_over() -> None:
    """Every page is of a contract that there is."""
    assert {path.stem for path in FOLDER.glob("*.md")} == set(NAMES)


def test_every_mistake_was_judged() -> None:
    """Each mistake that a contract has to tell was judged when the pages were made, and no other."""
    there = {(group, one.check, one.mistake) for group in GROUPS for one in faults(group) if one.check in NAMES}
    loosening = {("policies", policies.CONTRACT.name, said) for said in policies.LOOSENING}
    assert {(one.group, one.contract, one.mistake) for one in stored()} == there | loosening


@pytest.mark.parametrize("name", NAMES)
def test_every_page_shows_a_mistake(name: str) -> None:
    """A page has a mistake and what was said of it."""
    told = [one for one in stored() if one.contract == name]
    assert told
    assert all(one.said for one in told)


@pytest.mark.deep
@pytest.mark.parametrize("group", GROUPS)
def test_what_is_shown_is_what_is_said(group: str) -> None:
    """Judged again, each mistake is made the same way and told in the same words."""
    assert judged(group) == tuple(one for one in stored() if one.group == group)


def test_a_mistake_is_shown_with_little_around_it() -> None:
    """A diff names the file, and has one line before and after what changed."""
    fault = Fault("any", "two is three", "", Edit("rules.py", "two", "three"))
    diff = diff_of({"rules.py": "zero\none\ntwo\nfour\nfive\n"}, fault)
    assert diff.splitlines() == ["--- rules.py", " one", "-two", "+three", " four"]


def test_a_page_says_what_it_is_not_for() -> None:
    """The profiles that a contract is not applicable to stand on its page, each with the reason."""
    (one, *_) = contracts()
    assert "| `acme` | nobody hosts |" in page_of(one, {"acme": "nobody hosts"}, ())
    assert "It is for every profile here." in page_of(one, {}, ())


def test_the_shortest_mistakes_are_shown_and_the_others_named() -> None:
    """A page stays readable however many mistakes are told."""
    (one, *_) = contracts()
    row = ToldMistake(group="acme", where=where("acme"), contract=one.name, mistake="", said="")
    told = [row.model_copy(update={"mistake": f"m{n}", "diff": "+" * n, "said": f"said {n}"}) for n in range(1, 7)]
    text = page_of(one, {}, told)
    assert text.count("```diff") == 3
    assert "said 3" in text
    assert "said 4" not in text
    assert "- in the profile `acme`, m6" in text


def test_a_mistake_no_plugin_can_make_is_shown_without_a_diff() -> None:
    """What takes more than a plugin's files is told in words."""
    (one, *_) = contracts()
    row = ToldMistake(group="engine", where=where("engine"), contract=one.name, mistake="all is lost", said="no")
    text = page_of(one, {}, [row])
    assert "In what carries decisions out, all is lost, which no profile can do. The kit says:" in text
    assert "```diff" not in text
