"""``labels/<edition>.yaml``: a product's words, kept apart from its rules."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from greenroom.model import Action, Level, Say, Value

Colour = Literal["grey", "yellow", "blue", "green", "red"]

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class PhaseLabel(Value):
    """How a phase reads: its word, the colour it is drawn in, and what its button says (if it has one)."""

    label: str
    colour: Colour = "grey"
    button: str | None = None


class Labels(Value):
    """One edition of a product's words.

    ``messages`` are what `Say` keys point at; ``settings`` and ``options`` what a setting and its values are
    called; ``places`` where in the product something is found ("Settings > Integrations and API"), ``pages`` where
    the actions of each level are. ``level_actions`` are the actions that are called something else at one level than
    at the other.
    """

    edition: str
    actions: dict[Action, str] = Field(default_factory=dict)
    level_actions: dict[Level, dict[Action, str]] = Field(default_factory=dict)
    phases: dict[Level, dict[str, PhaseLabel]] = Field(default_factory=dict)
    levels: dict[Level, str] = Field(default_factory=dict)
    settings: dict[str, str] = Field(default_factory=dict)
    options: dict[str, str] = Field(default_factory=dict)
    messages: dict[str, str] = Field(default_factory=dict)
    places: dict[str, str] = Field(default_factory=dict)
    pages: dict[Level, str] = Field(default_factory=dict)

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
