"""From what somebody names, an installed profile or a path, to the source of profiles."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from greenroom.errors import BadInput
from greenroom.lint.source import ProfileSource, folders_below
from greenroom.profiles.discovery import GROUPS, Installed, folder_of, installed
from greenroom.profiles.errors import UnknownProfile

_ABOVE = 4


def sources(target: str) -> tuple[ProfileSource, ...]:
    """Return the profile that is installed as ``target``, or every one in the folder of that path; none is imported.

    Raises:
        UnknownProfile: it is neither.
        BadInput: it is a folder without a profile.
        BrokenProfile: it is installed, and has no manifest.
    """
    named = [one for one in installed("profile") if one.origin.name == target]
    if named:
        return tuple(_installed(one) for one in named)
    path = Path(target)
    if not path.exists():
        raise UnknownProfile(target, tuple(one.origin.name for one in installed("profile")))
    found = folders_below(path.resolve() if path.is_dir() else path.resolve().parent)
    if not found:
        raise BadInput("there is no profile.yaml in it", where=target, next="Name a profile, or the folder of one")
    return tuple(_at(folder) for folder in found)


def _installed(one: Installed) -> ProfileSource:
    return ProfileSource(one.origin.name, folder_of(one).resolve(), one.entry_point.module)


def _at(folder: Path) -> ProfileSource:
    package = folder
    while (package.parent / "__init__.py").is_file():
        package = package.parent
    for name, module in _declared(package):
        if folder.name in {name, package.name}:
            return ProfileSource(name, folder, module)
    return ProfileSource(folder.name.removeprefix("greenroom_"), folder)


def _declared(package: Path) -> Iterator[tuple[str, str]]:
    """Yield name and module of the entry points that lead into ``package``, from the pyproject.toml above it."""
    above = (package, *package.parents)[:_ABOVE]
    file = next((folder / "pyproject.toml" for folder in above if (folder / "pyproject.toml").is_file()), None)
    try:
        project = tomllib.loads(file.read_text("utf-8")).get("project", {}) if file is not None else {}
    except (OSError, ValueError):
        return
    for name, value in project.get("entry-points", {}).get(GROUPS["profile"], {}).items():
        module = str(value).partition(":")[0].strip()
        if module.partition(".")[0] == package.name:
            yield str(name), module
