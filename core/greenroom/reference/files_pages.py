"""The pages of the files that a profile consists of, key by key: the manifest, and the others."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType

from greenroom.model import Value
from greenroom.profiles import clauses, labels, manifest, walkthrough
from greenroom.profiles.clauses import ClauseBook
from greenroom.profiles.dimensions import dimensions
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.walkthrough import Walkthrough
from greenroom.reference.examples import Example
from greenroom.reference.source import WrittenField, fields_of, names_of, summary_of
from greenroom.reference.values import alias_section, field_table, is_choice, meaning_of
from greenroom.reference.wording import Links, default_of, in_words, prose, table

Examples = Mapping[str, Example]

_READ = """\
YAML is read as version 1.2 has it: only `true` and `false` are yes and no, so `on` and `off` are words; keys are text,
and each stands once. A key that is not listed here is refused, with file and line."""

_MANIFEST_HEAD = f"""\
# The manifest

`profile.yaml` says what a profile is, and is read without importing the plugin. A *clause id* is one of
[`clauses.yaml`](files.md#clausesyaml) or a [default of core](defaults.md) (`CORE-…`), a *message* one of
[`labels`](files.md#labels).

{_READ}"""

_FILES_HEAD = f"""\
# The other files

What stands beside the [manifest](manifest.md) in a profile's package:

- `labels/<edition>.yaml`, `clauses.yaml` and `walkthrough.yaml`, described here;
- `settings.py` with `SETTINGS`, a model for each [scope](model.md#scope): a field's `title` is a key of `settings`, its
  `description` a key of `messages`;
- `rules.py` with the [hooks](hooks.md);
- `templates/` with a [template](templates.md) for each invite;
- `checks/` with [clause checks](../writing-a-profile.md#check-it).

{_READ}"""

_FILES: tuple[tuple[str, str, type[Value], ModuleType], ...] = (
    ("labels", "`labels/<edition>.yaml`", Labels, labels),
    ("clauses.yaml", "`clauses.yaml`", ClauseBook, clauses),
    ("walkthrough.yaml", "`walkthrough.yaml`", Walkthrough, walkthrough),
)

_ALIASES = ("ClauseId", "Key", "HookFact", "FeatureName")


def manifest_page(links: Links, examples: Examples) -> str:
    """Return the page of the manifest, in Markdown."""
    seen = {**links, **_sections(Manifest)}
    names = [alias_section(name, names_of(manifest)[name], seen) for name in _ALIASES]
    sections = _sections_of_keys(Manifest, seen, examples)
    parts = (_MANIFEST_HEAD, _overview(Manifest, seen, examples), *sections, "## Names", *names, _dimensions())
    return "\n\n".join(parts) + "\n"


def files_page(links: Links, examples: Mapping[str, Examples]) -> str:
    """Return the page of the other files, in Markdown; ``examples`` by the file's heading."""
    parts = [_FILES_HEAD]
    for heading, file, root, module in _FILES:
        parts += [f"## {heading}", f"{file}: {prose(summary_of(module).partition(': ')[2], links)}"]
        parts += [prose(summary_of(root), links), *_plain(root, links, examples.get(heading, {}))]
        parts += [alias_section(*one, links, level=0) for one in names_of(module).items() if is_choice(one[1])]
    return "\n\n".join(parts) + "\n"


def _overview(root: type[Value], links: Links, examples: Examples) -> str:
    """Return a table of a file's keys; those that hold entries lead to their section."""
    rows = [
        (
            f"[{key}](#{key})" if _has_section(root, one, examples) else f"`{key}`",
            in_words(one.annotation, links),
            default_of(one.value),
            prose(meaning_of(one), links),
            f"[below](#{key})" if _has_section(root, one, examples) else f"`{examples[key].text}`",
        )
        for key, one in fields_of(root).items()
    ]
    return f"## Keys\n\n{table(('Key', 'Type', 'Default', 'Meaning', 'Example'), rows)}"


def _has_section(root: type[Value], field: WrittenField, examples: Examples) -> bool:
    """Whether a key holds entries, or its example takes more than a line."""
    return any(True for _ in _entries(root, field)) or "\n" in examples[field.name].text


def _sections_of_keys(root: type[Value], links: Links, examples: Examples) -> Iterator[str]:
    for key, one in fields_of(root).items():
        if _has_section(root, one, examples):
            told = tuple(_inside(root, one, links)) or (prose(meaning_of(one), links),)
            yield "\n\n".join((f"### {key}", *told, _shown(examples[key])))


def _plain(root: type[Value], links: Links, examples: Examples) -> Iterator[str]:
    """Yield a table of a file's keys, one for each kind of entry in it, and examples."""
    yield field_table(root, links=links, head="Key")
    for one in fields_of(root).values():
        yield from _inside(root, one, links)
    shown = [examples[key] for key in fields_of(root) if key in examples]
    yield "\n\n".join(map(_shown, sorted(shown, key=lambda one: len(one.text))[-1:]))


def _inside(root: type[Value], field: WrittenField, links: Links) -> Iterator[str]:
    """Yield a table for each kind of entry that a key holds, however deep."""
    for number, cls in enumerate(_entries(root, field)):
        of = f"`{cls.__name__}`" if number == 0 else f"In it, `{cls.__name__}`"
        lineage = [one for one in reversed(cls.__mro__) if issubclass(one, Value) and one is not Value]
        yield f"{of}: {prose(summary_of(cls), links)}\n\n{field_table(*lineage, links=links, head='Key')}"


def _entries(root: type[Value], field: WrittenField) -> Iterator[type[Value]]:
    """Yield the values of the file's own module that a field's type names, and those that they name."""
    home = vars(sys.modules[root.__module__])
    for node in ast.walk(field.annotation) if field.annotation else ():
        found = home.get(node.id) if isinstance(node, ast.Name) else None
        if isinstance(found, type) and issubclass(found, Value) and not _elsewhere(found, root):
            yield found
            for inner in fields_of(found).values():
                yield from _entries(root, inner)


def _elsewhere(found: type[Value], root: type[Value]) -> bool:
    """Whether a value is described on the page of the model; a clause is that, and what its file consists of."""
    return found.__module__ != root.__module__ and root is not ClauseBook


def _sections(root: type[Value]) -> dict[str, str]:
    """Return where each kind of entry is described: below the first key that holds it."""
    found = {name: f"manifest.md#{name.lower()}" for name in _ALIASES}
    for key, field in fields_of(root).items():
        for cls in _entries(root, field):
            found.setdefault(cls.__name__, f"manifest.md#{key}")
    return found


def _dimensions() -> str:
    rows = [(f"`{one.name}`", one.asks, ", ".join(f"`{word}`" for word in one.values)) for one in dimensions().values()]
    return f"### Dimension\n\n{table(('Name', 'Asks', 'Words'), rows)}"


def _shown(example: Example) -> str:
    return f"As in `{example.profile}`:\n\n```yaml\n{example.text}\n```"
