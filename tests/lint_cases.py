"""For each rule of lint, what breaks it and where, and what looks like it and does not.

A case edits a clean profile. In what it writes, ``▸`` stands where the finding is to point at, and is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.tests.profiles.acme import PluginSource
from tests.lint_profile import clean

MARK = "▸"

RULES, MANIFEST, CLAUSES = "rules.py", "profile.yaml", "clauses.yaml"
OLD_WORDS, WORDS = "labels/2026-05.yaml", "labels/2026-11.yaml"
TEXT, PAGE = "templates/letter.txt.j2", "templates/letter.html.j2"


@dataclass(frozen=True)
class Edit:
    """``old`` becomes ``new`` in ``file``; at its end where ``old`` is empty; the whole file where it is ``None``."""

    file: str
    old: str | None
    new: str

    def carried_out(self, profile: PluginSource) -> PluginSource:
        """Return the edited profile, marks included."""
        if self.old is None:
            return profile.with_file(self.file, self.new)
        if not self.old:
            return profile.with_file(self.file, profile.files[self.file] + self.new)
        return profile.edited(self.file, self.old, self.new)


@dataclass(frozen=True, init=False)
class Case:
    """Edits that break the rule ``code``; ``also`` are rules that cannot but be broken with it."""

    code: str
    edits: tuple[Edit, ...]
    also: frozenset[str]

    def __init__(self, code: str, *edits: Edit, also: str = "") -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "edits", edits)
        object.__setattr__(self, "also", frozenset(also.split()))

    def profile(self) -> PluginSource:
        """Return the edited profile, with its marks."""
        found = clean()
        for edit in self.edits:
            found = edit.carried_out(found)
        return found


def marks(profile: PluginSource) -> Iterator[tuple[str, int, int]]:
    """Yield file, line and column of each mark."""
    for file, text in profile.files.items():
        for number, line in enumerate(text.split("\n"), start=1):
            parts = line.split(MARK)
            for count in range(1, len(parts)):
                yield file, number, sum(map(len, parts[:count])) + 1


def unmarked(profile: PluginSource) -> PluginSource:
    """Return the profile without marks."""
    for file, text in profile.files.items():
        profile = profile.with_file(file, text.replace(MARK, ""))
    return profile


def code(*lines: str) -> Edit:
    """Return an edit that adds these lines to the rules."""
    return Edit(RULES, "", "\n".join(("", "", *lines, "")))


def clause(text: str) -> Edit:
    """Return an edit that adds a clause."""
    return Edit(CLAUSES, "", f"  - {{{text}}}\n")


def in_authorize(text: str) -> Edit:
    """Return an edit that puts a line before the gate's match."""
    return Edit(RULES, "    match request.action:\n", f"    {text}\n    match request.action:\n")


def in_select_host(text: str) -> Edit:
    """Return an edit that puts a line at the top of the choice of host."""
    return Edit(RULES, "    via = first_usable(", f"    {text}\n    via = first_usable(")


def facts(text: str) -> Edit:
    """Return an edit that declares facts."""
    return Edit(MANIFEST, "sending:", f"facts: {text}\nsending:")


def setting(text: str) -> Edit:
    """Return an edit that adds a line to the settings."""
    return Edit(RULES, "\n\nSETTINGS:", f"    {text}\n\n\nSETTINGS:")


def both(old: str, new: str) -> tuple[Edit, Edit]:
    """Return the same edit of both editions."""
    return Edit(OLD_WORDS, old, new), Edit(WORDS, old, new)


HELPED = 'title="recording", description="help.recording"'
NOT_SAVED = 'Say(key="save_first")'
NO_SUCH_WAY = 'case _:\n            return refuse("not_connected", "ACME-01")'
FIRST_WITH_ZOOM = Edit(RULES, "only_roles, refuse\n", "only_roles, refuse, first_with_zoom\n")
PAUSED = '    - {name: "lost", kind: broken, clauses: [CORE-08]}\n'
