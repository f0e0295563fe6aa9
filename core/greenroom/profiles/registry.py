"""All installed profiles: listed without importing any, loaded one at a time, reported each on its own."""

from __future__ import annotations

import traceback
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import RLock
from types import MappingProxyType
from typing import Literal

from greenroom.errors import ConfigurationFault
from greenroom.model import Value
from greenroom.profiles.discovery import Installed, folder_of, installed
from greenroom.profiles.errors import (
    BlockedProfile,
    BrokenProfile,
    DuplicateProfile,
    IncompatibleProfile,
    PluginKind,
    UnknownProfile,
)
from greenroom.profiles.files import read_manifest
from greenroom.profiles.loading import LoadedProfile, Policy, load_policy, load_profile
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.profile import Profile
from greenroom.profiles.switches import Switches

Overrides = Mapping[str, Mapping[str, object]]
"""By profile, the parameters that a deployment overrides: values of the right type, or text."""

Status = Literal["available", "loaded", "failed", "blocked", "incompatible", "duplicate"]


class PluginReport(Value):
    """What became of one installed plugin.

    ``product`` and ``editions`` come from the manifest; they are empty for a policy, and where a manifest was not
    or could not be read. ``detail`` is one line that says why the plugin cannot be used, ``traceback`` all of it.
    """

    name: str
    kind: PluginKind
    distribution: str
    version: str
    status: Status
    product: str = ""
    editions: tuple[str, ...] = ()
    detail: str = ""
    traceback: str = ""


@dataclass(slots=True)
class _Entry:
    """An installed plugin, and what became of it so far."""

    plugin: Installed
    blocked: str | None = None
    failure: BrokenProfile | None = None
    manifest: Manifest | None = None
    loaded: LoadedProfile | Policy | None = None

    @property
    def name(self) -> str:
        return self.plugin.origin.name

    @contextmanager
    def usable(self) -> Iterator[None]:
        """Refuse what is blocked or has failed before; remember how it fails inside."""
        if self.blocked is not None:
            raise BlockedProfile(self.plugin.origin, self.blocked)
        if self.failure is not None:
            raise self.failure.with_traceback(None)
        try:
            yield
        except BrokenProfile as error:
            self.failure = error
            raise

    def status(self) -> Status:
        if self.blocked is not None:
            return "blocked"
        if isinstance(self.failure, DuplicateProfile):
            return "duplicate"
        if isinstance(self.failure, IncompatibleProfile):
            return "incompatible"
        if self.failure is not None:
            return "failed"
        return "available" if self.loaded is None else "loaded"

    def report(self) -> PluginReport:
        origin, failure = self.plugin.origin, self.failure
        return PluginReport(
            name=origin.name,
            kind=origin.kind,
            distribution=origin.distribution,
            version=origin.version,
            status=self.status(),
            product=self.manifest.product if self.manifest else "",
            editions=self.manifest.editions if self.manifest else (),
            detail=self.blocked or (" ".join(str(failure).split()) if failure else ""),
            traceback="".join(traceback.format_exception(failure)) if failure else "",
        )


class Registry:
    """The installed profiles, and the policies around them.

    A plugin that is broken is reported and never stops the others; a policy that is broken is not applied, and
    `report` says so. Safe to use from several threads.
    """

    def __init__(
        self,
        profiles: Iterable[Installed],
        policies: Iterable[Installed],
        switches: Switches,
        parameters: Overrides = MappingProxyType({}),
    ) -> None:
        self._profiles = [_Entry(one, switches.reason_to_block(one.origin.name)) for one in profiles]
        self._policies = [_Entry(one, switches.reason_to_block(one.origin.name, policy=True)) for one in policies]
        _mark_duplicates(self._profiles)
        _mark_duplicates(self._policies)
        self._parameters = parameters
        for name in parameters:
            _must_be_known(name, [entry.name for entry in self._profiles])
        self._editions: dict[tuple[str, str | None], Profile] = {}
        self._lock = RLock()

    @classmethod
    def discover(cls, switches: Switches | None = None, parameters: Overrides = MappingProxyType({})) -> Registry:
        """Return a registry of what is installed in this environment; no plugin is imported.

        ``parameters``: by profile, the parameters that this deployment overrides. Raises `ConfigurationFault` where
        no such profile is installed.
        """
        return cls(installed("profile"), installed("policy"), switches or Switches(), parameters)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the profiles that are neither blocked nor offered twice, sorted."""
        return tuple(entry.name for entry in self._profiles if entry.status() not in {"blocked", "duplicate"})

    def profile(self, name: str) -> Profile:
        """Return a profile, importing it the first time: ``acme`` in its newest edition, or ``acme@2026-11``.

        Raises:
            UnknownProfile: none of that name is installed.
            UnknownEdition: it has no such edition.
            BlockedProfile: a switch keeps it from being used.
            BrokenProfile: it cannot be used; the message says why. Other profiles are not affected.
            ConfigurationFault: this deployment overrides a parameter that it does not have.
        """
        plain, _, edition = name.partition("@")
        key = (plain, edition or None)
        with self._lock:
            if key not in self._editions:
                self._editions[key] = self._in_edition(plain, edition or None)
            return self._editions[key]

    def manifest(self, name: str) -> Manifest:
        """Return the manifest of a profile without importing it; raises as `profile` does."""
        with self._lock:
            return _read(self._entry(name))

    def report(self) -> tuple[PluginReport, ...]:
        """Return what became of each plugin, profiles first, by name; reads manifests, imports nothing."""
        with self._lock:
            for entry in self._profiles:
                with suppress(BrokenProfile, BlockedProfile):
                    _read(entry)
            return tuple(entry.report() for entry in (*self._profiles, *self._policies))

    def check_all(self) -> tuple[PluginReport, ...]:
        """Load every plugin that no switch blocks, each apart, and return the `report`."""
        with self._lock:
            self._usable_policies()
            for entry in self._profiles:
                with suppress(BrokenProfile, BlockedProfile):
                    self._load(entry)
            return self.report()

    def _entry(self, name: str) -> _Entry:
        entry = next((entry for entry in self._profiles if entry.name == name), None)
        if entry is None:
            raise UnknownProfile(name, self.names)
        return entry

    def _in_edition(self, name: str, edition: str | None) -> Profile:
        return self._load(self._entry(name)).edition(edition, self._parameters.get(name, {}))

    def _load(self, entry: _Entry) -> LoadedProfile:
        with entry.usable():
            if not isinstance(entry.loaded, LoadedProfile):
                entry.loaded = load_profile(entry.plugin, self._usable_policies())
                entry.manifest = entry.loaded.files.manifest
            return entry.loaded

    def _usable_policies(self) -> tuple[Policy, ...]:
        found: list[Policy] = []
        for entry in self._policies:
            with suppress(BrokenProfile, BlockedProfile), entry.usable():
                if not isinstance(entry.loaded, Policy):
                    entry.loaded = load_policy(entry.plugin, found)
                found.append(entry.loaded)
        return tuple(found)


def _must_be_known(name: str, known: Iterable[str]) -> None:
    if name not in set(known):
        where = f"GREENROOM_PARAMETERS__{name.upper()}"
        listed = ", ".join(sorted(known)) or "none"
        raise ConfigurationFault(f"no profile {name!r} is installed", where=where, next=f"Installed: {listed}")


def _read(entry: _Entry) -> Manifest:
    with entry.usable():
        if entry.manifest is None:
            entry.manifest = read_manifest(entry.plugin.origin, folder_of(entry.plugin))
        return entry.manifest


def _mark_duplicates(entries: Iterable[_Entry]) -> None:
    by_name: defaultdict[str, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_name[entry.name].append(entry)
    for same in by_name.values():
        offers = [f"{entry.plugin.origin.distribution} {entry.plugin.origin.version}" for entry in same]
        for entry in same if len(same) > 1 else ():
            entry.failure = DuplicateProfile(entry.plugin.origin, offers)
