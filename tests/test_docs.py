"""What the documentation shows is what runs: commands exist with their options, examples execute."""

from __future__ import annotations

import re
import shlex
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click
import pytest
import yaml

from greenroom.cli import main
from greenroom.conformance import facts
from greenroom.engine.panel import read_panel, settle_times
from greenroom.model import MeetingRequest, NoMeeting, Stage, Wanted

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "plugins").glob("*/README.md"))]
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def blocks(page: Path, language: str) -> Iterator[str]:
    """Return the fenced blocks of a page in one language."""
    yield from re.findall(rf"```{language}\n(.*?)```", page.read_text("utf-8"), re.DOTALL)


def commands(page: Path) -> Iterator[list[str]]:
    """Return every ``greenroom …`` line of a page's shell blocks, split into words."""
    for block in blocks(page, "sh"):
        for line in block.replace("\\\n", " ").splitlines():
            words = shlex.split(line, comments=True)
            if words and words[0].rpartition("/")[2] == "greenroom":
                yield words[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_documented_commands_exist(page: Path) -> None:
    """Every documented command is one, and takes the options shown."""
    for words in commands(page):
        context = click.Context(main)
        command: click.Command = main
        for word in words:
            if not isinstance(command, click.Group) or word.startswith("-"):
                break
            found = command.get_command(context, word)
            assert found is not None, f"{page.name}: greenroom {' '.join(words)}"
            command = found
        if isinstance(command, click.Group):  # where no subcommand is named, its default is meant, if it has one
            command = command.get_command(context, "") or command
        known = {option for parameter in command.params for option in parameter.opts} | {"--help", "-h"}
        used = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert used <= known, f"{page.name}: greenroom {' '.join(words)}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_documented_panels_are_panels(page: Path) -> None:
    """A panel shown in YAML can be scheduled."""
    for block in blocks(page, "yaml"):
        source = yaml.safe_load(block)
        if "interviews" in source:
            assert settle_times(read_panel(source), now=NOW)


def test_the_hook_shown_answers() -> None:
    """The hook in the page for authors answers as its text says."""
    page = ROOT / "docs" / "writing-a-profile.md"
    source = next(block for block in blocks(page, "python") if "hookimpl" in block)
    names: dict[str, object] = {"__name__": "shown"}
    exec(compile(source, str(page), "exec"), names)  # noqa: S102  # our own page
    hook = names["want_meeting"]
    assert callable(hook)

    def asked(stage: Stage) -> object:
        interview = facts.interview(stage=stage)
        return hook(MeetingRequest(organization=facts.organization(), actor=None, at=facts.NOW, interview=interview))

    assert isinstance(asked(Stage.CONFIRMED), Wanted)
    assert isinstance(asked(Stage.SAVED), NoMeeting)


def links(page: Path) -> Iterator[tuple[Path, str]]:
    """Return where a page's relative links lead: a file or folder, and the heading in it (empty = its beginning)."""
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target, _, anchor in re.findall(r"\]\((?!https?://)([^)#\s]*)(#([^)\s]+))?\)", prose):
        yield ((page.parent / target).resolve() if target else page), anchor


@cache
def anchors(page: Path) -> frozenset[str]:
    """Return the anchors of a page's headings, as GitHub and GitLab make them."""
    prose = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    found: Counter[str] = Counter()
    made = []
    for heading in re.findall(r"^#+ +(.+?) *$", prose, re.MULTILINE):
        shown = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")
        made.append(f"{slug}-{found[slug]}" if found[slug] else slug)
        found[slug] += 1
    return frozenset(made)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file that is there, and a heading that is in it."""
    for target, anchor in links(page):
        assert target.exists(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(target), f"{page.name}: {target.name}#{anchor}"


def test_every_page_can_be_reached() -> None:
    """From the entry page, which the README leads to, one comes to every page of the documentation."""
    entry = DOCS / "README.md"
    assert entry in {target for target, _ in links(ROOT / "README.md")}
    reached, waiting = set(), [entry]
    while waiting:
        page = waiting.pop()
        if page not in reached and page.suffix == ".md":
            reached.add(page)
            waiting.extend(target for target, _ in links(page) if DOCS in target.parents)
    assert set(DOCS.rglob("*.md")) - reached == set()


def test_the_entry_page_says_a_sentence_of_each() -> None:
    """Every page that stands in the folder itself is named by the entry page, with what it is for."""
    text = (DOCS / "README.md").read_text("utf-8")
    for page in DOCS.glob("*.md"):
        if page.name != "README.md":
            assert re.search(rf"\]\({page.name}\):|\]\({page.name}[)#]", text), page.name
