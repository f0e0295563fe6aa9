"""Read what a profile ships as data: manifest, clauses, one set of labels an edition, walkthrough, templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from pydantic import BaseModel

from greenroom.documents import DocumentError, load_model, read_document
from greenroom.hooks import HOOK_API
from greenroom.model import Clause, Value
from greenroom.profiles.clauses import CORE_PREFIX, ClauseBook, core_clauses
from greenroom.profiles.discovery import MANIFEST
from greenroom.profiles.errors import BrokenProfile, IncompatibleProfile, Origin
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest

TEMPLATE_PARTS = ("subject", "txt", "html")
"""Every template consists of ``<stem>.subject.j2``, ``<stem>.txt.j2`` and ``<stem>.html.j2``."""

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class ProfileFiles:
    """A profile's data: ``clauses`` are its own, ``labels`` stand by edition."""

    folder: Path
    manifest: Manifest
    clauses: Mapping[str, Clause]
    labels: Mapping[str, Labels]

    @property
    def templates(self) -> Path:
        """The folder its templates stand in."""
        return self.folder / "templates"


def read_manifest(origin: Origin, folder: Path) -> Manifest:
    """Return the manifest in ``folder``.

    Raises:
        IncompatibleProfile: it states a range of hook APIs without ours. Looked at first, since a manifest
            written for another API may have another shape.
        BrokenProfile: it is not a manifest.
    """
    path = folder / MANIFEST
    try:
        wants = read_document(path).get("hook_api")
    except DocumentError as error:
        raise _broken(origin, error) from error
    if isinstance(wants, str) and not _speaks(origin, wants):
        raise IncompatibleProfile(origin, wants, HOOK_API)
    return _load(origin, path, Manifest)


def read_files(origin: Origin, folder: Path) -> ProfileFiles:
    """Return everything that is read before the profile is imported, checked to fit together.

    Raises:
        BrokenProfile: a file is missing or wrong, or cites a clause or message that does not exist.
    """
    manifest = read_manifest(origin, folder)
    clauses = _load(origin, folder / "clauses.yaml", ClauseBook).by_id()
    labels = {edition: _labels(origin, folder, edition) for edition in manifest.editions}
    files = ProfileFiles(folder, manifest, clauses, MappingProxyType(labels))
    for loose_end in _loose_ends(files):
        raise BrokenProfile(origin, loose_end, next="Add it, or correct its spelling")
    return files


def load_walkthrough(origin: Origin, folder: Path, model: type[M]) -> M:
    """Return the profile's ``walkthrough.yaml``; raises `BrokenProfile` when it is missing or wrong."""
    return _load(origin, folder / "walkthrough.yaml", model)


def template_stems(folder: Path) -> frozenset[str]:
    """Return the names of the templates in ``folder`` that are there with all their parts."""
    stems = {path.name.partition(".")[0] for path in folder.glob("*.j2")}
    return frozenset(stem for stem in stems if all((folder / f"{stem}.{part}.j2").is_file() for part in TEMPLATE_PARTS))


def _speaks(origin: Origin, wants: str) -> bool:
    try:
        return SpecifierSet(wants).contains(HOOK_API)
    except InvalidSpecifier:
        what = f"{MANIFEST}: hook_api: {wants!r} is not a range of versions"
        raise BrokenProfile(origin, what, next="Write it like '>=1.0,<2'") from None


def _labels(origin: Origin, folder: Path, edition: str) -> Labels:
    labels = _load(origin, folder / "labels" / f"{edition}.yaml", Labels)
    if labels.edition != edition:
        what = f"labels/{edition}.yaml calls itself edition {labels.edition!r}"
        raise BrokenProfile(origin, what, next="Name file and edition alike")
    return labels


def _load(origin: Origin, path: Path, model: type[M]) -> M:
    try:
        return load_model(path, model)
    except DocumentError as error:
        raise _broken(origin, error) from error


def _broken(origin: Origin, error: DocumentError) -> BrokenProfile:
    problem, others = error.problems[0], len(error.problems) - 1
    line = f":{problem.line}" if problem.line else ""
    field = f" {problem.field}:" if problem.field else ""
    more = f" (and {others} more)" if others else ""
    return BrokenProfile(origin, f"{error.file}{line}:{field} {problem.what}{more}", next=problem.remedy)


def _loose_ends(files: ProfileFiles) -> Iterator[str]:
    for name in files.clauses:
        if name.startswith(CORE_PREFIX):
            yield f"clauses.yaml has a clause {name}, an id that is core's own"
    cited = {name for value in _values(files.manifest) for name in _clauses_of(value)}
    for name in sorted(cited - files.clauses.keys() - core_clauses().keys()):
        yield f"{MANIFEST} cites clause {name}, which is not in clauses.yaml"
    keys = {key for value in _values(files.manifest) for key in _messages_of(value)}
    for edition, labels in files.labels.items():
        for key in sorted(keys - labels.messages.keys()):
            yield f"{MANIFEST} names the message {key!r}, which is not in labels/{edition}.yaml"


def _values(value: object) -> Iterator[Value]:
    """Yield every value inside ``value``, itself included."""
    if isinstance(value, Value):
        yield value
        for field in value.__dict__.values():
            yield from _values(field)
    elif isinstance(value, tuple):
        for item in value:
            yield from _values(item)
    elif isinstance(value, Mapping):
        yield from _values(tuple(value.values()))


def _clauses_of(value: Value) -> tuple[str, ...]:
    one = getattr(value, "clause", None)
    many = (*getattr(value, "clauses", ()), *getattr(value, "level_clauses", ()))
    return (one, *many) if isinstance(one, str) else many


def _messages_of(value: Value) -> tuple[str, ...]:
    return tuple(key for field in ("say", "purpose", "steps") for key in _as_tuple(getattr(value, field, ())))


def _as_tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value
