"""A profile's folder as files, read and never imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from greenroom.lint.python_file import PythonFile, read_python
from greenroom.lint.yaml_file import YamlFile, read_yaml
from greenroom.profiles.discovery import MANIFEST

_DEPTH = 3
_SKIPPED = frozenset({"__pycache__", "build", "dist", "node_modules", "tests"})


@dataclass(frozen=True)
class ProfileSource:
    """Everything a profile consists of; ``entry`` is the module its entry point leads to, if known."""

    name: str
    folder: Path
    entry: str | None = None

    @cached_property
    def manifest(self) -> YamlFile:
        """``profile.yaml``."""
        return read_yaml(self.folder / MANIFEST)

    @cached_property
    def clauses(self) -> YamlFile:
        """``clauses.yaml``."""
        return read_yaml(self.folder / "clauses.yaml")

    @cached_property
    def labels(self) -> Mapping[str, YamlFile]:
        """The words by edition, as the folder has them."""
        return {path.stem: read_yaml(path) for path in sorted((self.folder / "labels").glob("*.yaml"))}

    @cached_property
    def documents(self) -> tuple[YamlFile, ...]:
        """Every YAML file."""
        walkthrough = self.folder / "walkthrough.yaml"
        others = (read_yaml(walkthrough),) if walkthrough.is_file() else ()
        return (self.manifest, self.clauses, *self.labels.values(), *others)

    @cached_property
    def templates(self) -> tuple[Path, ...]:
        """Every template file."""
        return tuple(sorted((self.folder / "templates").glob("*.j2")))

    @cached_property
    def python(self) -> tuple[PythonFile, ...]:
        """Every module of the package the folder belongs to, but those of another profile in it."""
        root = self.folder
        while (root.parent / "__init__.py").is_file():
            root = root.parent
        return tuple(_modules(root, self.folder))

    @cached_property
    def code(self) -> tuple[PythonFile, ...]:
        """What decides: every module but the checks."""
        return tuple(one for one in self.python if not one.judges)

    @cached_property
    def checks(self) -> tuple[PythonFile, ...]:
        """What judges the profile."""
        return tuple(one for one in self.python if one.judges)

    @cached_property
    def texts(self) -> dict[Path, str]:
        """Every YAML and Python file as text."""
        documents = {one.path: one.text for one in self.documents}
        return documents | {one.path: one.text for one in self.python}

    @cached_property
    def clause_ids(self) -> tuple[str, ...]:
        """The ids in ``clauses.yaml``, in its order."""
        return tuple(one.text for one in self.clauses.words("clauses") if one.path[2:] == ("id",))

    @cached_property
    def prefix(self) -> str:
        """What most of its clauses' ids begin with, the dash included; empty where there is none."""
        found = [one.rpartition("-")[0] + "-" for one in self.clause_ids if "-" in one]
        return max(found, key=found.count) if found else ""


def folders_below(path: Path) -> tuple[Path, ...]:
    """Return the folders at ``path`` or a few levels below it that hold a profile's manifest."""
    if (path / MANIFEST).is_file():
        return (path,)
    return tuple(sorted(_holding(path, _DEPTH)))


def _holding(folder: Path, depth: int) -> Iterator[Path]:
    for below in sorted(folder.iterdir()) if depth else ():
        if below.is_dir() and below.name not in _SKIPPED and not below.name.startswith("."):
            if (below / MANIFEST).is_file():
                yield below
            else:
                yield from _holding(below, depth - 1)


def _modules(root: Path, folder: Path) -> Iterator[PythonFile]:
    for path in sorted(root.rglob("*.py")):
        parts = path.relative_to(root).parts
        if _SKIPPED.intersection(parts) or _of_another(path, root, folder):
            continue
        dotted = [root.name, *parts[:-1], *([] if path.name == "__init__.py" else [path.stem])]
        yield read_python(path, ".".join(dotted), judges="checks" in parts[:-1])


def _of_another(path: Path, root: Path, folder: Path) -> bool:
    inside = [above for above in path.parents if above.is_relative_to(root) and above != root]
    return any(above != folder and (above / MANIFEST).is_file() for above in inside)
