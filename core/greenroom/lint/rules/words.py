"""Words: every key that is said has its text in every edition, and every text is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from greenroom.lint.finding import Place
from greenroom.lint.flows import SAID_BY_RULES
from greenroom.lint.rule import Found, Rule
from greenroom.lint.rules.settings import fields_of
from greenroom.lint.subject import Subject
from greenroom.lint.yaml_file import Written, YamlFile

MISSING_KEY = Rule(
    code="GR301",
    title="A key is missing in an edition",
    why="People of that edition would read the bare key instead of a sentence.",
    fix="Add the key to that file, or correct its spelling",
)
ONE_EDITION = Rule(
    code="GR302",
    title="A key in some editions only",
    why="Editions are the same product in other words, so a text that one of them lacks was forgotten there.",
    fix="Add it to the other editions, or remove it",
)
UNUSED_KEY = Rule(
    code="GR303",
    title="A key that nothing says",
    severity="warning",
    why="The text is never shown: either a rule is missing, or the key that is said is spelt otherwise.",
    fix="Say it, or remove it",
)
UNFILLED = Rule(
    code="GR304",
    title="A placeholder that no code fills",
    why="People would read the braces.",
    fix="Give the value where the message is said, or correct the placeholder",
)
UNPRINTED = Rule(
    code="GR305",
    title="A value that no edition prints",
    severity="warning",
    why="What the code took the trouble to say never reaches anybody.",
    fix="Put {name} into the text, or do not give the value",
)
NO_EDITION = Rule(
    code="GR306",
    title="An edition without its file, or a file without its edition",
    why="An edition without `labels/<edition>.yaml` does not load; a file that the manifest does not list is dead.",
    fix="List it under `editions`, and name file and `edition` alike",
)
RULES = (MISSING_KEY, ONE_EDITION, UNUSED_KEY, UNFILLED, UNPRINTED, NO_EDITION)

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_PRINTED = ("messages", "settings", "options")
_BY_THE_ENGINE: Mapping[str, frozenset[str]] = {
    "moved_at_zoom": frozenset({"subject", "when"}),
    "deleted_at_zoom": frozenset({"subject"}),
}
"""The values that core itself gives the message of a problem in the manifest."""


class Said(NamedTuple):
    """A key that is used: in which section of the labels, where, and with which values (``None`` = unknown ones)."""

    section: str
    key: str
    place: Place
    given: frozenset[str] | None = frozenset()


def check(subject: Subject) -> Iterator[Found]:
    """Yield keys without text, texts without key, and placeholders that do not fit."""
    said = tuple(_said(subject))
    yield from _editions(subject)
    yield from _missing(subject, said)
    yield from _in_one_edition(subject, said)
    yield from _unused(subject, said)
    yield from _placeholders(subject, said)


def _said(subject: Subject) -> Iterator[Said]:
    for one in subject.flows.of("message"):
        yield Said("messages", one.text.value, one.text.place, one.sink.given)
    for within, call, name in subject.flows.core_calls:
        if name in SAID_BY_RULES:
            yield Said("messages", SAID_BY_RULES[name], within.file.place(call))
    for word in subject.source.manifest.words():
        if word.key in {"say", "purpose", "steps"}:
            yield Said("messages", word.text, word.place, _BY_THE_ENGINE.get(word.path[1], frozenset()))
    for setting in fields_of(subject):
        yield from (Said("settings", one.value, one.place) for one in setting.title)
        yield from (Said("messages", one.value, one.place) for one in setting.description)


def _editions(subject: Subject) -> Iterator[Found]:
    source = subject.source
    listed = {word.text: word for word in source.manifest.words("editions")}
    for edition, word in listed.items():
        if edition not in source.labels:
            yield NO_EDITION.at(word.place, f"there is no labels/{edition}.yaml")
    for edition, words in source.labels.items():
        named = words.word("edition")
        if edition not in listed:
            yield NO_EDITION.at(Place(words.path), f"profile.yaml does not list the edition {edition}")
        elif named is not None and named.text != edition:
            yield NO_EDITION.at(named.place, f"the file of edition {edition} calls itself {named.text}")


def _missing(subject: Subject, said: tuple[Said, ...]) -> Iterator[Found]:
    for edition, words in _readable(subject):
        known = {section: words.entries(section).keys() for section in ("messages", "settings")}
        for one in said:
            if one.key not in known[one.section]:
                what = f"labels/{edition}.yaml has no {one.key!r} under {one.section}"
                yield MISSING_KEY.at(one.place, what)
        for level, phases in _phases(subject):
            for phase in phases:
                if phase.text not in words.entries("phases", level):
                    what = f"labels/{edition}.yaml has no phase {phase.text!r} of level {level}"
                    yield MISSING_KEY.at(phase.place, what)


def _in_one_edition(subject: Subject, said: tuple[Said, ...]) -> Iterator[Found]:
    told = {(one.section, one.key) for one in said}
    phases = {("phases", level, phase.text) for level, found in _phases(subject) for phase in found}
    editions = dict(_readable(subject))
    for edition, words in editions.items():
        for path, one in _key_paths(words):
            lacking = [other for other, there in editions.items() if path not in dict(_key_paths(there))]
            if lacking and path not in told and path not in phases:
                what = f"{one.text!r} is in {edition}, and not in {', '.join(lacking)}"
                yield ONE_EDITION.at(one.place, what)


def _key_paths(words: YamlFile) -> Iterator[tuple[tuple[str, ...], Written]]:
    for section in words.entries():
        for key, one in words.entries(section).items():
            yield (section, key), one
            yield from (((section, key, inner), found) for inner, found in words.entries(section, key).items())


def _unused(subject: Subject, said: tuple[Said, ...]) -> Iterator[Found]:
    spoken = {value for file in subject.source.code for value, _ in file.strings()}
    used = {(one.section, one.key) for one in said}
    for _, words in _readable(subject):
        for section in _PRINTED:
            for key, one in words.entries(section).items():
                plain = key.rpartition(".")[2] if section == "options" else key
                if (section, key) not in used and plain not in spoken:
                    yield UNUSED_KEY.at(one.place, f"nothing says {key!r}")
        yield from _unused_states(subject, words)


def _unused_states(subject: Subject, words: YamlFile) -> Iterator[Found]:
    phases = {(level, phase.text) for level, found in _phases(subject) for phase in found}
    for level in words.entries("phases"):
        for phase, one in words.entries("phases", level).items():
            if (level, phase) not in phases:
                yield UNUSED_KEY.at(one.place, f"the manifest has no phase {phase!r} of level {level}")
    manifest = subject.source.manifest
    actions = {word.text for word in manifest.words("actions")} | manifest.entries("not_offered").keys()
    for action, one in words.entries("actions").items():
        if action not in actions:
            yield UNUSED_KEY.at(one.place, f"the manifest has no action {action!r}")


def _placeholders(subject: Subject, said: tuple[Said, ...]) -> Iterator[Found]:
    given: dict[str, frozenset[str] | None] = {}
    for one in said:
        if one.section == "messages":
            before = given.get(one.key, frozenset())
            given[one.key] = None if before is None or one.given is None else before | one.given
    printed: dict[str, frozenset[str]] = {}
    for _, words in _readable(subject):
        for word in words.words("messages"):
            key, names = ".".join(word.path[1:]), frozenset(_PLACEHOLDER.findall(word.text))
            printed[key] = printed.get(key, frozenset()) | names
            filled = given.get(key)
            for name in sorted(names - filled) if filled is not None else ():
                yield UNFILLED.at(_placeholder(words, word, name), f"nothing gives {{{name}}} in {key!r}")
    for one in said:
        for name in sorted((one.given or frozenset()) - printed.get(one.key, one.given or frozenset())):
            if one.key not in _engine_says(subject):
                yield UNPRINTED.at(one.place, f"no edition prints {{{name}}} in {one.key!r}")


def _engine_says(subject: Subject) -> frozenset[str]:
    words = subject.source.manifest.words("problems")
    return frozenset(word.text for word in words if word.key == "say" and word.path[1] in _BY_THE_ENGINE)


def _placeholder(words: YamlFile, word: Written, name: str) -> Place:
    """Return where ``{name}`` stands, at or after the beginning of its text."""
    for number, line in enumerate(words.text.splitlines(), start=1):
        if number >= word.place.line and (column := line.find(f"{{{name}}}")) >= 0:
            return Place(words.path, number, column + 1)
    return word.place


def _phases(subject: Subject) -> Iterator[tuple[str, tuple[Written, ...]]]:
    manifest = subject.source.manifest
    for level in manifest.entries("phases"):
        yield level, tuple(word for word in manifest.words("phases", level) if word.path[3:] == ("name",))


def _readable(subject: Subject) -> Iterator[tuple[str, YamlFile]]:
    return ((edition, words) for edition, words in subject.source.labels.items() if words.root is not None)
