"""Clauses: where they come from, who cites them, who proves them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenroom.lint.finding import Place
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject
from greenroom.lint.yaml_file import Written, YamlFile
from greenroom.profiles.clauses import CORE_PREFIX, core_clauses

NO_SOURCE = Rule(
    code="GR201",
    title="A clause without a source",
    why="*stated* and *implied* say that a document says so; without its name nobody can look there.",
    fix="Name the document under `source`, or give the clause the basis `decided`",
)
MALFORMED = Rule(
    code="GR202",
    title="A clause's id is malformed",
    why="Ids are found in code, checks and reports by their form: two to six capitals, a dash, two or three digits.",
    fix="Write it like ACME-07",
)
DUPLICATE = Rule(
    code="GR203",
    title="A clause's id stands twice",
    why="A decision that cites it would name two sentences at once.",
    fix="Give one of them the next free number",
)
FOREIGN = Rule(
    code="GR204",
    title="A clause of somebody else's",
    why="Ids tell whose document is cited: `CORE-…` is core's own, and one profile's clauses have one prefix.",
    fix="Use the profile's own prefix",
)
UNKNOWN = Rule(
    code="GR205",
    title="A clause is cited that does not exist",
    why="`greenroom explain` would print an id without a sentence, and the decision rests on nothing.",
    fix="Add it to clauses.yaml, or correct it",
)
NEVER_CITED = Rule(
    code="GR206",
    title="A clause that nothing cites",
    severity="warning",
    why="Neither a decision nor the manifest nor a check names it: either a rule is missing, or its reason.",
    fix="Cite it where it is decided, prove it in a check, or say under `note` why it cannot be executed",
)
NO_CHECK = Rule(
    code="GR207",
    title="A clause without a check",
    severity="warning",
    why="Nothing would notice if the profile did the opposite.",
    fix="Write a check with @proves, or say under `note` why it cannot be executed",
)
NO_WRONG_READING = Rule(
    code="GR208",
    title="A clause without a wrong reading",
    severity="warning",
    why="A check that no misreading ever failed may look at nothing.",
    fix="Add a WrongReading to checks/wrong.py",
)
RULES = (NO_SOURCE, MALFORMED, DUPLICATE, FOREIGN, UNKNOWN, NEVER_CITED, NO_CHECK, NO_WRONG_READING)

_ID = re.compile(r"[A-Z]{2,6}-\d{2,3}")
_CITED = re.compile(r"\b[A-Z]{2,6}-\d+\b")
_FROM_A_DOCUMENT = frozenset({"stated", "implied"})


def check(subject: Subject) -> Iterator[Found]:
    """Yield what is wrong with clauses and with those who cite them."""
    yield from _sources(subject.source.clauses)
    yield from _ids(subject)
    yield from _unknown(subject)
    yield from _alone(subject)


def _sources(book: YamlFile) -> Iterator[Found]:
    source = book.word("source")
    if source is not None and source.text.strip():
        return
    for position in book.entries("clauses"):
        basis = book.word("clauses", position, "basis")
        if basis is not None and basis.text in _FROM_A_DOCUMENT:
            name = _id_at(book, position)
            yield NO_SOURCE.at(basis.place, f"{name} is {basis.text}, and clauses.yaml names no source")


def _ids(subject: Subject) -> Iterator[Found]:
    seen: dict[str, int] = {}
    for one in _clause_ids(subject):
        if not _ID.fullmatch(one.text):
            yield MALFORMED.at(one.place, f"{one.text!r} is no id of a clause")
        elif one.text.startswith(CORE_PREFIX):
            yield FOREIGN.at(one.place, f"{one.text} is an id of core's own")
        elif not one.text.startswith(subject.source.prefix):
            yield FOREIGN.at(one.place, f"{one.text} stands among clauses that begin with {subject.source.prefix}")
        if one.text in seen:
            yield DUPLICATE.at(one.place, f"{one.text} stands in line {seen[one.text]} already")
        seen.setdefault(one.text, one.place.line)


def _unknown(subject: Subject) -> Iterator[Found]:
    known = {*subject.source.clause_ids, *core_clauses()}
    declared = {(one.text, one.place.file, one.place.line) for one in _clause_ids(subject)}
    for name, place in _mentioned(subject):
        if name not in known and (name, place.file, place.line) not in declared:
            yield UNKNOWN.at(place, f"{name} is no clause of this profile or of core")
    prefixes = (subject.source.prefix, CORE_PREFIX)
    for flows in (subject.flows, subject.checking):
        for one in flows.of("clause"):
            if one.text.value not in known and not one.text.value.startswith(prefixes):
                yield UNKNOWN.at(one.text.place, f"{one.text.value!r} is no clause of this profile or of core")
    for word in _cited_in_yaml(subject):
        if word.text not in known and not word.text.startswith(prefixes):
            yield UNKNOWN.at(word.place, f"{word.text!r} is no clause of this profile or of core")


def _mentioned(subject: Subject) -> Iterator[tuple[str, Place]]:
    """Yield every id with the profile's own or core's prefix wherever it stands, comments and docstrings included."""
    prefixes = tuple(filter(None, (subject.source.prefix, CORE_PREFIX)))
    for path, text in subject.source.texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            for found in _CITED.finditer(line):
                if found.group().startswith(prefixes):
                    yield found.group(), Place(path, number, found.start() + 1)


def _alone(subject: Subject) -> Iterator[Found]:
    source = subject.source
    noted = {_id_at(source.clauses, word.path[1]) for word in source.clauses.words("clauses") if word.key == "note"}
    proven = {one.text.value for one in subject.checking.of("clause")}
    misread = _misread(subject)
    cited = {value for file in source.code for value, _ in file.strings()}
    cited |= {word.text for word in _cited_in_yaml(subject)}
    for one in _clause_ids(subject):
        if one.text in noted or not _ID.fullmatch(one.text):
            continue
        if one.text not in cited | proven:
            yield NEVER_CITED.at(one.place, f"nothing cites {one.text}")
        if one.text not in proven:
            yield NO_CHECK.at(one.place, f"no check proves {one.text}")
        elif one.text not in misread and not _is_to_be_written(source.clauses, one):
            yield NO_WRONG_READING.at(one.place, f"{one.text} is proven, but no wrong reading shows that it is")


def _is_to_be_written(book: YamlFile, one: Written) -> bool:
    """Whether a clause's sentence is still to be written: then there is nothing to misread, and its check fails."""
    word = book.word(*one.path[:2], "then")
    return word is not None and word.text.startswith("TODO")


def _misread(subject: Subject) -> set[str]:
    files = (file for file in subject.source.checks if file.path.name.startswith("wrong"))
    return {value for file in files for value, _ in file.strings()}


def _cited_in_yaml(subject: Subject) -> Iterator[Written]:
    for word in subject.source.manifest.words():
        if word.key in {"clause", "clauses", "level_clauses"}:
            yield word


def _clause_ids(subject: Subject) -> tuple[Written, ...]:
    return tuple(word for word in subject.source.clauses.words("clauses") if word.path[2:] == ("id",))


def _id_at(book: YamlFile, position: str) -> str:
    word = book.word("clauses", position, "id")
    return word.text if word is not None else f"clause {int(position) + 1}"
