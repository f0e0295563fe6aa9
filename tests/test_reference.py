"""The reference is made from the code, says what everything means, and is current."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import get_args

import pytest
import yaml

from greenroom import model
from greenroom.conformance import facts as checked
from greenroom.hooks import OPTIONAL_HOOKS, REQUIRED_HOOKS
from greenroom.invites.context import InterviewSeen, LetterFacts, PeopleSeen, letter_context
from greenroom.model import Invite, Value
from greenroom.profiles.manifest import HookFact, Manifest
from greenroom.reference import source
from greenroom.reference.__main__ import pages
from greenroom.reference.examples import MOST_LINES, blocks, examples
from greenroom.reference.hooks_page import documented_facts
from greenroom.reference.source import fields_of
from greenroom.reference.templates_page import NAMES
from greenroom.reference.wording import table

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "reference"
PAGES = pages()


def headings(page: str) -> list[str]:
    """Return the headings of a page of the reference."""
    return re.findall(r"^#+ (.+)$", PAGES[page], re.MULTILINE)


def rows(page: str) -> list[list[str]]:
    """Return the cells of every row of a page's tables."""
    lines = [line for line in PAGES[page].splitlines() if line.startswith("| ") and not line.startswith("| ---")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_current(name: str) -> None:
    """What stands in the repository is what the code says now; ``make reference`` writes it."""
    assert (FOLDER / name).read_text("utf-8") == PAGES[name]


def test_no_page_is_left_over() -> None:
    """Every page is made."""
    assert {path.name for path in FOLDER.iterdir()} == set(PAGES)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_every_cell_says_something(name: str) -> None:
    """No field, key or member is without a type and a meaning."""
    assert [row for row in rows(name) if not all(row)] == []


def test_every_public_value_is_described() -> None:
    """Each name of ``greenroom.model`` has a section of its own, and nothing else has."""
    assert sorted(name for name in headings("model.md") if name in model.__all__) == model.__all__
    assert len(headings("model.md")) == len(set(headings("model.md")))


def test_every_field_of_a_request_is_described() -> None:
    """Each hook has a section that lists every field its request adds, and every answer."""
    text = PAGES["hooks.md"]
    for hook in (*REQUIRED_HOOKS, *OPTIONAL_HOOKS):
        section = re.search(rf"^## {hook}\n(.*?)(?=^## )", text, re.MULTILINE | re.DOTALL)
        assert section is not None
        assert "*Asked:*" in section[1]
        assert "*Judged:*" in section[1]
    for name in ("AuthorizeRequest", "HostRequest", "ChangeRequest", "InviteRequest", "DisconnectRequest"):
        own = fields_of(getattr(model, name))
        assert all(f"| `{field}` |" in text for field in own)


def test_every_fact_is_some_field() -> None:
    """Each fact that a manifest can declare is said to be one by the field it comes in."""
    assert set(documented_facts()) == set(get_args(HookFact))


def test_every_key_of_the_manifest_is_described() -> None:
    """Each key has a row, and an example that stands in the profile it is said to be from."""
    listed = {row[0].strip("`").partition("]")[0].lstrip("[") for row in rows("manifest.md")}
    assert set(Manifest.model_fields) <= listed
    shown = re.findall(r"As in `(\w+)`:\n\n```yaml\n(.*?)\n```", PAGES["manifest.md"], re.DOTALL)
    for profile, text in shown:
        file = ROOT / "plugins" / profile / f"greenroom_{profile}" / "profile.yaml"
        assert text.partition("\n  # and so on")[0] in file.read_text("utf-8")


def test_every_name_of_a_template_is_described() -> None:
    """What a letter can use is what the page lists, and each field of it."""
    invite = Invite(audience="candidate", channel="mail", template="any")
    facts = LetterFacts(interview=checked.interview(), invite=invite, product="Acme")
    assert letter_context(facts).keys() == NAMES.keys()
    told = {row[0].strip("`") for row in rows("templates.md")}
    assert set(NAMES) | {one.name for seen in (InterviewSeen, PeopleSeen) for one in fields(seen)} <= told


def test_a_key_that_two_profiles_have_is_shown_from_the_shorter() -> None:
    """Of several files the shortest example is taken, without the comments between keys."""
    found = examples({"acme": "roles: [a, b, c]\n# why\nlink: x\n", "apex": "roles: [a]\n"})
    assert {key: (one.profile, one.text) for key, one in found.items()} == {
        "roles": ("apex", "roles: [a]"),
        "link": ("acme", "link: x"),
    }


def test_a_long_example_is_cut_between_entries() -> None:
    """What is left of it can still be read."""
    entries = "".join(f"  - name: e{number}\n    to: [{number}]\n" for number in range(20))
    text = examples({"acme": f"things:\n{entries}"})["things"].text
    assert len(text.splitlines()) <= MOST_LINES + 1
    assert [entry["to"] for entry in yaml.safe_load(text)["things"]] == [[number] for number in range(5)]
    assert blocks(text).keys() == {"things"}


def test_a_bar_stays_in_its_cell() -> None:
    """What has a bar in it does not make another cell."""
    assert table(("a", "b"), [("x | y", "z")]).splitlines()[-1] == r"| x \| y | z |"


class Sample(Value):
    """A value to be read.

    In two paragraphs.
    """

    plain: int
    told: int = 3
    """What it
    means."""


def test_the_source_says_what_a_field_means() -> None:
    """The string below a field is its meaning; a field without one has none, and a base's fields are the base's."""
    assert {name: one.meaning for name, one in fields_of(Sample).items()} == {"plain": "", "told": "What it means."}
    assert source.summary_of(Sample) == "A value to be read.\n\nIn two paragraphs."
