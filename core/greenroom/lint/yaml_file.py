"""A YAML file with the place of everything in it, read leniently: what is wrong with it is told by the rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

from greenroom.documents import DEEPEST
from greenroom.lint.finding import Place

Keys = tuple[str, ...]

_MOST_NODES = 100_000
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


@dataclass(frozen=True, slots=True)
class Written:
    """A word as it is written; ``path`` are the keys and positions that lead to it."""

    text: str
    place: Place
    path: Keys = ()

    @property
    def key(self) -> str:
        """The nearest key above it: positions in lists are passed over."""
        return next((part for part in reversed(self.path) if not part.isdigit()), "")


@dataclass(frozen=True)
class YamlFile:
    """One file; ``root`` is ``None`` where it is missing, empty or no YAML."""

    path: Path
    text: str
    root: yaml.Node | None
    error: yaml.MarkedYAMLError | None = None

    def at(self, *path: str) -> Place:
        """Return where ``path`` stands, or the nearest thing above it that is there."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._keys:
                return self._keys[path[:length]].place
        return Place(self.path)

    def entries(self, *path: str) -> dict[str, Written]:
        """Return the keys of the mapping at ``path``, empty where there is none."""
        return {key[-1]: one for key, one in self._keys.items() if len(key) == len(path) + 1 and key[:-1] == path}

    def words(self, *path: str) -> Iterator[Written]:
        """Yield every scalar at ``path`` or below it."""
        return (word for word in self._words.values() if word.path[: len(path)] == path)

    def word(self, *path: str) -> Written | None:
        """Return the scalar that stands exactly at ``path``."""
        return self._words.get(path)

    @cached_property
    def _keys(self) -> dict[Keys, Written]:
        return dict(_keys(self.path, self.root, ()))

    @cached_property
    def _words(self) -> dict[Keys, Written]:
        return {word.path: word for word in _words(self.path, self.root, ())}


def read_yaml(path: Path) -> YamlFile:
    """Return the file; where it cannot be read or is no YAML, one with nothing in it."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return YamlFile(path, "", None)
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return YamlFile(path, text, None, error)
    except (RecursionError, yaml.YAMLError):
        return YamlFile(path, text, None, yaml.MarkedYAMLError(problem="a character, or a depth, that is not allowed"))
    if _has_no_end(root):
        return YamlFile(path, text, None, yaml.MarkedYAMLError(problem="nested too deeply, or too large"))
    return YamlFile(path, text, root)


def _has_no_end(root: yaml.Node | None) -> bool:
    """Whether a tree is deeper or larger than documents are: aliases can make it contain itself, or 2^n copies."""
    left, seen = [(root, 0)], 0
    while left:
        node, depth = left.pop()
        seen += 1
        if depth > DEEPEST or seen > _MOST_NODES:
            return True
        if isinstance(node, yaml.MappingNode):
            left.extend((part, depth + 1) for pair in node.value for part in pair)
        elif isinstance(node, yaml.SequenceNode):
            left.extend((part, depth + 1) for part in node.value)
    return False


def place_of(path: Path, node: yaml.Node) -> Place:
    """Return where a node begins."""
    return Place(path, node.start_mark.line + 1, node.start_mark.column + 1)


def nodes(node: yaml.Node | None) -> Iterator[yaml.Node]:
    """Yield a node and everything below it, keys included."""
    if node is None:
        return
    yield node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from nodes(key)
            yield from nodes(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from nodes(item)


def _children(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node | None, yaml.Node]]:
    """Yield the name of each child, the node of its key if it has one, and the child."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield str(key.value), key, value
    elif isinstance(node, yaml.SequenceNode):
        for position, item in enumerate(node.value):
            yield str(position), None, item


def _keys(file: Path, node: yaml.Node | None, path: Keys) -> Iterator[tuple[Keys, Written]]:
    for name, key, value in _children(node):
        below = (*path, name)
        yield below, Written(name, place_of(file, key if key is not None else value), below)
        yield from _keys(file, value, below)


def _words(file: Path, node: yaml.Node | None, path: Keys) -> Iterator[Written]:
    if isinstance(node, yaml.ScalarNode):
        yield Written(str(node.value), place_of(file, node), path)
    for name, _, value in _children(node):
        yield from _words(file, value, (*path, name))
