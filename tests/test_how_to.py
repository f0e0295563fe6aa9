"""The how-to pages: every rule has a section, every example runs, and who uses a rule is as it says."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from greenroom import rules

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "how-to"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.stem != "README")
PRODUCTS = sorted(path.name for path in (ROOT / "plugins").iterdir() if (path / "pyproject.toml").is_file())


def sections(page: Path) -> Mapping[str, str]:
    """Return the sections of a page by their headings."""
    return dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page.read_text("utf-8"), re.MULTILINE | re.DOTALL))


SECTIONS = {name: text for page in PAGES for name, text in sections(page).items()}


def imported(product: str) -> Iterator[str]:
    """Return the rules that a product's plugin decides with; what its checks import is not that."""
    for file in (ROOT / "plugins" / product / f"greenroom_{product}").rglob("*.py"):
        if "checks" not in file.parts:
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.ImportFrom) and node.module == "greenroom.rules":
                    yield from (name.name for name in node.names)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_examples_run(page: Path) -> None:
    """The examples of a page run one after the other, as they stand."""
    examples = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    names: dict[str, object] = {"__name__": page.stem}
    for number, source in enumerate(examples, start=1):
        exec(compile(source, f"{page.name}, example {number}", "exec"), names)  # noqa: S102  # our own page
    assert examples


def test_every_rule_has_a_section() -> None:
    """Each public rule is explained once, on the page of its module, and nothing else is."""
    explained = {(page.stem, name) for page in PAGES for name in sections(page)}
    assert explained == {(getattr(rules, name).__module__.rpartition(".")[2], name) for name in rules.__all__}


@pytest.mark.parametrize("name", rules.__all__)
def test_a_section_says_when_how_and_who(name: str) -> None:
    """A section says which sentence of a document it is for, shows it, tells the awkward cases, and names its users."""
    text = SECTIONS[name]
    assert text.strip().startswith("*A document says*")
    assert "In the awkward cases:" in text
    assert text.count("```python") == 2
    users = [product for product in PRODUCTS if name in set(imported(product))]
    said = re.findall(r"^Used by: (.*)$", text, re.MULTILINE)
    assert said == [", ".join(f"`{product}`" for product in users) or "none of the profiles here"]


def test_the_overview_leads_to_every_rule() -> None:
    """The table of the overview names each rule once, with the sentence it is for."""
    linked = re.findall(
        r"^\|[^|]+\| \[(\w+)\]\((\w+)\.md#(\w+)\) \|$", (FOLDER / "README.md").read_text(), re.MULTILINE
    )
    assert sorted(name for name, _, _ in linked) == sorted(rules.__all__)
    assert all(name == anchor and name in sections(FOLDER / f"{page}.md") for name, page, anchor in linked)
