"""Bring one plugin into the process: read its files, import it, check what it brought, wire it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import ValidationError

from greenroom.model import Clause, Scope, Settings
from greenroom.profiles.clauses import CORE_PREFIX, core_clauses
from greenroom.profiles.discovery import Installed, blaming, folder_of, load
from greenroom.profiles.errors import BrokenProfile, Origin, UnknownEdition
from greenroom.profiles.files import ProfileFiles, read_files
from greenroom.profiles.parameters import deviations
from greenroom.profiles.profile import Profile
from greenroom.profiles.wiring import Plugin, Wiring, check_policy


@dataclass(frozen=True, slots=True)
class Policy:
    """A site's rule around any profile's hooks.

    Its module may define ``CLAUSES``, a tuple of clauses for its reasons, and ``MESSAGES``, texts by key, each
    key led by the policy's name and a dot.
    """

    plugin: Plugin
    clauses: Mapping[str, Clause]
    messages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LoadedProfile:
    """A profile in the process, with every edition of its words."""

    origin: Origin
    files: ProfileFiles
    settings: Mapping[Scope, type[Settings]]
    wiring: Wiring
    policies: tuple[Policy, ...]

    def edition(self, edition: str | None, parameters: Mapping[str, object]) -> Profile:
        """Return the profile in this edition, or in the newest one, with ``parameters`` overridden.

        Raises `UnknownEdition`, and `ConfigurationFault` for a parameter it does not have.
        """
        name = edition or max(self.files.labels)
        if name not in self.files.labels:
            raise UnknownEdition(self.origin, name, self.files.labels)
        labels = self.files.labels[name]
        messages = {key: text for policy in self.policies for key, text in policy.messages.items()}
        foreign = {key: clause for policy in self.policies for key, clause in policy.clauses.items()}
        return Profile(
            origin=self.origin,
            edition=name,
            manifest=self.files.manifest,
            labels=labels.model_copy(update={"messages": {**messages, **labels.messages}}),
            clauses=MappingProxyType({**foreign, **self.files.clauses, **core_clauses()}),
            folder=self.files.folder,
            settings=self.settings,
            wiring=self.wiring,
            deviations=deviations(self.origin.name, self.files.manifest, parameters),
        )


def load_profile(plugin: Installed, policies: tuple[Policy, ...]) -> LoadedProfile:
    """Return a profile ready to be asked.

    Raises:
        BrokenProfile: anything about it is wrong; the error names it and says what.
    """
    files = read_files(plugin.origin, folder_of(plugin))
    brought = Plugin(plugin.origin, load(plugin))
    with blaming(plugin.origin, "loading it"):
        settings = _settings(brought)
        wiring = Wiring(brought, files.manifest, [policy.plugin for policy in policies])
    return LoadedProfile(plugin.origin, files, settings, wiring, policies)


def load_policy(plugin: Installed, others: Iterable[Policy]) -> Policy:
    """Return a policy ready to be wired beside ``others``; raises `BrokenProfile` when anything is wrong with it."""
    brought = Plugin(plugin.origin, load(plugin))
    for other in others:
        if other.plugin.hooks is brought.hooks:
            what = f"it is the same object as {other.plugin.origin}"
            raise BrokenProfile(plugin.origin, what, next="Install a policy under one name")
    with blaming(plugin.origin, "loading it"):
        check_policy(brought)
        return Policy(brought, _policy_clauses(brought), _policy_messages(brought))


def _policy_clauses(plugin: Plugin) -> Mapping[str, Clause]:
    found: object = getattr(plugin.hooks, "CLAUSES", ())
    if not isinstance(found, tuple) or not all(isinstance(one, Clause) for one in found):
        raise BrokenProfile(plugin.origin, "its CLAUSES are no tuple of Clause", next="Use greenroom.model.Clause")
    if any(one.id.startswith(CORE_PREFIX) for one in found):
        raise BrokenProfile(plugin.origin, "its CLAUSES have an id of core's", next="Choose ids of its own")
    return {one.id: one for one in found}


def _policy_messages(plugin: Plugin) -> Mapping[str, str]:
    found: object = getattr(plugin.hooks, "MESSAGES", {})
    prefix = f"{plugin.origin.name}."
    if not isinstance(found, Mapping) or not all(str(key).startswith(prefix) for key in found):
        raise BrokenProfile(plugin.origin, "its MESSAGES have other keys", next=f"Begin each key with {prefix!r}")
    return {str(key): str(text) for key, text in found.items()}


def _settings(plugin: Plugin) -> Mapping[Scope, type[Settings]]:
    found: object = getattr(plugin.hooks, "SETTINGS", {})
    if not isinstance(found, Mapping):
        raise BrokenProfile(plugin.origin, "its SETTINGS are no mapping", next="Map each Scope to a Settings model")
    models: dict[Scope, type[Settings]] = {}
    for scope, model in found.items():
        if not isinstance(scope, Scope) or not isinstance(model, type) or not issubclass(model, Settings):
            what = "its SETTINGS map something else than scopes to Settings models"
            raise BrokenProfile(plugin.origin, what, next="Map each Scope to a subclass of greenroom.model.Settings")
        models[scope] = model
        _check_defaults(plugin.origin, scope, model)
    return MappingProxyType(models)


def _check_defaults(origin: Origin, scope: Scope, model: type[Settings]) -> None:
    try:
        model()
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        what = f"its {scope.value} settings cannot stand unset: {field or model.__name__} has no valid default"
        raise BrokenProfile(origin, what, next="Give every setting the default the product documents") from error
