"""The base of every request: what a hook may know."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from pydantic import AwareDatetime, ConfigDict, SerializeAsAny

from greenroom.model.connection import Connection
from greenroom.model.people import Member, Organization
from greenroom.model.value import FrozenMap, Value

P = TypeVar("P", int, str)


class Scope(StrEnum):
    """What a set of settings belongs to."""

    ORGANIZATION = "organization"
    MEMBER = "member"
    KIND = "kind"
    CANDIDATE = "candidate"


class Settings(Value):
    """Base of a plugin's settings models, one per `Scope`; every field has a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SettingsView(Value):
    """The settings in force for this question; a scope without a model stays ``None``.

    ``verified``: e-mail addresses that the engine looked up at Zoom and the profile accepted.
    """

    organization: SerializeAsAny[Settings] | None = None
    member: SerializeAsAny[Settings] | None = None
    kind: SerializeAsAny[Settings] | None = None
    candidate: SerializeAsAny[Settings] | None = None
    verified: frozenset[str] = frozenset()


class Ask(Value):
    """Base of every request.

    ``at`` is the instant of asking; ``connections`` those that the manifest's ``reach`` lets this question see, in
    the manifest's order of precedence; ``parameters`` the manifest's, with this deployment's overrides.
    """

    organization: Organization
    actor: Member | None
    at: AwareDatetime
    settings: SettingsView = SettingsView()
    connections: tuple[Connection, ...] = ()
    parameters: FrozenMap = ()

    def parameter(self, name: str, default: P) -> P:
        """Return a parameter of the manifest; ``default`` where the request carries none of its type."""
        value = dict(self.parameters).get(name)
        return value if isinstance(value, type(default)) else default
