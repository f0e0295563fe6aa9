"""Find installed profiles and policies by their metadata, and load one at a time; listing imports nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from stevedore.extension import ExtensionManager, error_on_conflict

from greenroom.profiles.errors import BrokenProfile, Origin, PluginKind, ProfileError

MANIFEST = "profile.yaml"
GROUPS: dict[PluginKind, str] = {"profile": "greenroom.profiles", "policy": "greenroom.policies"}


@dataclass(frozen=True, slots=True)
class Installed:
    """An entry point that some distribution installed."""

    origin: Origin
    entry_point: EntryPoint

    @property
    def package(self) -> str:
        """The top-level package the entry point leads into."""
        return self.entry_point.module.partition(".")[0]


def installed(kind: PluginKind) -> tuple[Installed, ...]:
    """Return what is installed of this kind, by name; nothing is imported."""
    found = (Installed(_origin(entry_point, kind), entry_point) for entry_point in entry_points(group=GROUPS[kind]))
    return tuple(sorted(found, key=lambda plugin: (plugin.origin.name, plugin.origin.distribution)))


def _origin(entry_point: EntryPoint, kind: PluginKind) -> Origin:
    distribution = _metadata(entry_point, "Name") or "unknown distribution"
    return Origin(entry_point.name, distribution, _metadata(entry_point, "Version") or "without version", kind)


def _metadata(entry_point: EntryPoint, field: str) -> str | None:
    # A damaged installation can have entry points and no readable METADATA.
    values = entry_point.dist.metadata.get_all(field) if entry_point.dist else None
    return str(values[0]) if values else None


def folder_of(plugin: Installed) -> Path:
    """Return the folder that holds the profile's manifest: ``<package>/<name>/`` if it is there, else the package.

    Nothing is imported, and editable installations are found like others.

    Raises:
        BrokenProfile: there is no such package on disk, or no manifest in it.
    """
    name = plugin.origin.name
    packages = _package_folders(plugin)
    for folder in (*(package / name for package in packages), *packages):
        if (folder / MANIFEST).is_file():
            return folder
    where = " or ".join(str(package) for package in packages) or f"a package {plugin.package!r}, which is not there"
    raise BrokenProfile(plugin.origin, f"there is no {MANIFEST} in {where}", next="Ship it as data of the package")


def _package_folders(plugin: Installed) -> tuple[Path, ...]:
    try:
        spec = find_spec(plugin.package)
    except (ImportError, ValueError):
        spec = None
    return tuple(Path(folder) for folder in (spec and spec.submodule_search_locations) or ())


def load(plugin: Installed) -> object:
    """Import and return what the entry point names; raises `BrokenProfile` when that raises, whatever it is."""
    with blaming(plugin.origin, f"importing {plugin.entry_point.value!r}"):
        return _OnePlugin(plugin).extensions[0].plugin


@contextmanager
def blaming(origin: Origin, doing: str) -> Iterator[None]:
    """Turn whatever a plugin's own code raises into `BrokenProfile`, so that it never takes the others along."""
    try:
        yield
    except (KeyboardInterrupt, ProfileError):
        raise
    except BaseException as error:
        text = " ".join(f"{type(error).__name__}: {error}".split()).removesuffix(":")
        raise BrokenProfile(origin, f"{doing} raised {text}", next="Repair or uninstall it, or block it") from error


class _OnePlugin(ExtensionManager[object]):
    """stevedore for a single entry point, so that each plugin is loaded apart and only when it is asked for."""

    def __init__(self, plugin: Installed) -> None:
        self._plugin = plugin
        super().__init__(
            plugin.entry_point.group,
            propagate_map_exceptions=True,
            on_load_failure_callback=_raise_it,
            conflict_resolver=error_on_conflict,
        )

    def list_entry_points(self) -> list[EntryPoint]:
        """Return the one entry point. stevedore's own list comes from a disk cache that is stale for minutes."""
        return [self._plugin.entry_point]


def _raise_it(_manager: ExtensionManager[object], _entry_point: EntryPoint, error: BaseException) -> None:
    raise error
