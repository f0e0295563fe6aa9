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
    """One set for the organization."""
    MEMBER = "member"
    """One for each member."""
    KIND = "kind"
    """One for each kind of interview (what a product calls stage or event type)."""
    CANDIDATE = "candidate"
    """One for each candidate."""


class Settings(Value):
    """Base of a plugin's settings models, one per `Scope`; every field has a default."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SettingsView(Value):
    """The settings in force for this question; a scope without a model stays ``None``. Read them with
    `greenroom.rules.settings_of`."""

    organization: SerializeAsAny[Settings] | None = None
    """Of the organization."""
    member: SerializeAsAny[Settings] | None = None
    """Of the acting member."""
    kind: SerializeAsAny[Settings] | None = None
    """Of the interview's kind."""
    candidate: SerializeAsAny[Settings] | None = None
    """Of the candidate, where there is exactly one."""
    verified: frozenset[str] = frozenset()
    """E-mail addresses that the engine looked up at Zoom and the profile accepted as hosts."""


class Ask(Value):
    """Base of every request: what every hook is told."""

    organization: Organization
    """Whose product it is."""
    actor: Member | None
    """The member who acts; ``None`` = nobody, such as a webhook of Zoom's."""
    at: AwareDatetime
    """The instant of asking, with a time zone. A hook has no other clock."""
    settings: SettingsView = SettingsView()
    """The settings in force."""
    connections: tuple[Connection, ...] = ()
    """Those that the manifest's ``reach`` lets this question see, in the manifest's order of precedence."""
    parameters: FrozenMap = ()
    """The manifest's parameters, with this deployment's overrides; read one with ``parameter``."""

    def parameter(self, name: str, default: P) -> P:
        """Return a parameter of the manifest; ``default`` where the request carries none of its type."""
        value = dict(self.parameters).get(name)
        return value if isinstance(value, type(default)) else default
