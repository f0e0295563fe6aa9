"""Profiles as ``greenroom new-profile`` writes them: every combination of choices, and their installation in tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from pathlib import Path

from greenroom.scaffold import QUESTIONS, Options, write

PRODUCT = "Zenith & Sons' Hire+"

Choice = tuple[str, str]
"""A question's name and the word of an answer."""

_NAMES = tuple(one.name for one in QUESTIONS)


def options(name: str, **chosen: str) -> Options:
    """Return options by the words of the questions; what is not chosen is as most products have it."""
    words = {**{one.name: one.default for one in QUESTIONS}, **chosen}
    calendar = words.pop("calendar") == "yes"
    return Options(name=name, product=PRODUCT, calendar=calendar, **words)  # type: ignore[arg-type]  # words of the questions


def choices(of: Options) -> tuple[Choice, ...]:
    """Return what was chosen, question by question."""
    words = {**vars(of), "calendar": "yes" if of.calendar else "no"}
    return tuple((name, str(words[name])) for name in _NAMES)


def called(of: Options) -> str:
    """Return the words of what was chosen, for the name of a test."""
    return "-".join(word for _, word in choices(of))


def _every() -> Iterator[Options]:
    for number, words in enumerate(product(*(one.words for one in QUESTIONS))):
        yield options(f"zenith{number}", **dict(zip(_NAMES, words, strict=True)))


def _covering(every: Sequence[Options], size: int) -> tuple[Options, ...]:
    """Return a few of ``every`` in which any ``size`` choices that go together stand together at least once."""
    sets = {one: frozenset(combinations(choices(one), size)) for one in every}
    left, found = frozenset[object]().union(*sets.values()), []
    while left:
        found.append(max(every, key=lambda one: len(sets[one] & left)))
        left -= sets[found[-1]]
    return tuple(found)


EVERY = tuple(_every())
"""Every combination of answers."""

PAIRS = _covering(EVERY, 2)
"""Combinations in which any two answers stand together."""

SINGLES = _covering(EVERY, 1)
"""Combinations in which each answer stands."""


def install(written: Iterable[Options], folder: Path) -> Path:
    """Write profiles and install them without a network, each as its package and its ``.dist-info``.

    Returns the folder to put on the path.
    """
    site = folder / "site"
    for one in written:
        home = folder / one.name
        write(one, home)
        info = site / f"{one.package}-0.1.0.dist-info"
        info.mkdir(parents=True)
        lines = ("Metadata-Version: 2.1", f"Name: greenroom-{one.name}", "Version: 0.1.0", "")
        (info / "METADATA").write_text("\n".join(lines), "utf-8")
        (info / "entry_points.txt").write_text(f"[greenroom.profiles]\n{one.name} = {one.package}.rules\n", "utf-8")
        (site / one.package).symlink_to(home / one.package)
    return site
