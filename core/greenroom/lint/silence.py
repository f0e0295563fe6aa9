"""``# lint: ignore[CODE] reason``: overlook a finding on this line, and say why."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from greenroom.lint.finding import Place
from greenroom.lint.rule import Found, Rule
from greenroom.lint.source import ProfileSource

NO_REASON = Rule(
    code="GR901",
    title="An ignore without a reason, or of no rule",
    why="Whoever reads it next cannot tell whether it still holds. It silences nothing.",
    fix="Write '# lint: ignore[CODE] reason', with a code of this page",
)
UNUSED = Rule(
    code="GR902",
    title="An ignore that silences nothing",
    severity="warning",
    why="The mistake is gone, and the next one on this line would not be told.",
    fix="Remove it",
)
RULES = (NO_REASON, UNUSED)

_IGNORE = re.compile(r"#\s*lint:\s*ignore(?:\[(?P<codes>[^\]]*)\])?(?P<reason>[^#\n]*?)(?:#}|-->)?\s*$")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code that is ignored on one line."""

    place: Place
    code: str
    reason: str


def ignores(source: ProfileSource) -> Iterator[Ignore]:
    """Yield every ignore in the profile's files, each code by itself; an empty code where none is named."""
    templates = {path: path.read_text("utf-8", errors="replace") for path in source.templates}
    for path, text in (source.texts | templates).items():
        for number, line in enumerate(text.splitlines(), start=1):
            if "lint:" in line and (found := _IGNORE.search(line)):
                place = Place(path, number, found.start() + 1)
                codes = [code.strip() for code in (found["codes"] or "").split(",")]
                yield from (Ignore(place, code, found["reason"].strip(" -:")) for code in codes)


def silenced(
    found: Iterable[Found], ignored: Iterable[Ignore], known: Collection[str]
) -> tuple[list[Found], list[Found]]:
    """Return what is to be told (findings, and ignores that are wrong or unused), and what is overlooked."""
    wanted = list(ignored)
    good = [one for one in wanted if one.code in known and one.reason]
    lines = {(one.place.file, one.place.line, one.code) for one in good}
    told: list[Found] = []
    overlooked: list[Found] = []
    for one in found:
        (overlooked if _where(one) in lines else told).append(one)
    met = {_where(one) for one in overlooked}
    told += (_wrong(one, known) for one in wanted if one not in good)
    told += (
        UNUSED.at(one.place, f"no {one.code} is found on this line")
        for one in good
        if (one.place.file, one.place.line, one.code) not in met
    )
    return told, overlooked


def _where(one: Found) -> tuple[object, int, str]:
    return one.place.file, one.place.line, one.rule.code


def _wrong(one: Ignore, known: Collection[str]) -> Found:
    if one.code not in known:
        return NO_REASON.at(one.place, f"there is no rule {one.code!r}" if one.code else "no rule is named")
    return NO_REASON.at(one.place, f"it does not say why {one.code} is ignored")
