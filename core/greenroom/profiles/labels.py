"""``labels/<edition>.yaml``: a product's words, kept apart from its rules."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from greenroom.model import Action, Level, Say, Value

Colour = Literal["grey", "yellow", "blue", "green", "red"]
"""The colours a phase is drawn in."""

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class PhaseLabel(Value):
    """How a phase reads."""

    label: str
    """Its word."""
    colour: Colour = "grey"
    """The colour it is drawn in."""
    button: str | None = None
    """What its button says; ``None`` = it has none."""


class Labels(Value):
    """One edition of a product's words."""

    edition: str
    """Its name, as in the file's name; the newest sorts last."""
    actions: dict[Action, str] = Field(default_factory=dict)
    """What the actions are called."""
    level_actions: dict[Level, dict[Action, str]] = Field(default_factory=dict)
    """The actions that are called something else at one level than at the other."""
    phases: dict[Level, dict[str, PhaseLabel]] = Field(default_factory=dict)
    """How the phases of each level read."""
    levels: dict[Level, str] = Field(default_factory=dict)
    """What the product calls each level of connection."""
    settings: dict[str, str] = Field(default_factory=dict)
    """What settings are called."""
    options: dict[str, str] = Field(default_factory=dict)
    """What the values of settings are called."""
    messages: dict[str, str] = Field(default_factory=dict)
    """What `Say` keys point at; ``{names}`` are filled in as plain text."""
    places: dict[str, str] = Field(default_factory=dict)
    """Where in the product something is found ("Settings > Integrations and API")."""
    pages: dict[Level, str] = Field(default_factory=dict)
    """Where the actions of each level are."""

    def text(self, say: Say) -> str:
        """Return the message ``say`` points at with its values filled in; the bare key if it is not there.

        Values are inserted as plain text: no format specifications, no attribute access.
        """
        values = dict(say.values)
        template = self.messages.get(say.key, say.key)
        return _PLACEHOLDER.sub(lambda found: str(values.get(found.group(1), found.group(0))), template)

    def action(self, action: Action, level: Level | None = None) -> str:
        """Return what the product calls this action (at ``level``), or core's word for it."""
        of_level = self.level_actions.get(level, {}) if level is not None else {}
        return of_level.get(action) or self.actions.get(action) or action.value.replace("_", " ").capitalize()

    def phase(self, level: Level, name: str) -> PhaseLabel:
        """Return how a phase of this level reads."""
        return self.phases.get(level, {}).get(name, PhaseLabel(label=name))

    def level(self, level: Level) -> str:
        """Return what the product calls this level of connection."""
        return self.levels.get(level, level.value)
