"""What is judged, and the three verbs it is judged through: whatever answers them can be checked, in any language.

All that goes in and out is JSON, of the shapes of `greenroom.model`; `greenroom.conformance.product.Product` is the
same with types, for checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, Protocol

from pydantic import JsonValue

from greenroom.errors import GreenroomError

JsonObject = Mapping[str, JsonValue]

Question = Literal[
    "authorize", "want_meeting", "select_host", "create_meeting", "render_invite", "disconnect", "change"
]
"""What can be asked of a product: the seven hooks of `greenroom.hooks`."""

Sight = Literal["words", "manifest", "settings", "clauses"]
"""What can be seen of a product without asking: its words (`greenroom.profiles.labels.Labels`), what it declares of
itself (`greenroom.profiles.manifest.Manifest`), by scope the JSON Schema of its settings, and by id what its clauses
say."""


class SubjectFault(AssertionError):
    """The subject gave no answer that could be judged. An ``AssertionError``: to a check that is a failure."""

    def __init__(self, asked: str, what: str) -> None:
        self.what = what
        super().__init__(f"{asked} was not answered: {what}")


class SubjectUnusable(GreenroomError):
    """Nothing answers there as the protocol has it: nothing can be judged."""

    code = "conformance.subject_unusable"

    def __init__(self, url: str, what: str) -> None:
        super().__init__(what, where=url, next="Start the subject, and compare it with docs/protocol.md")


class Subject(Protocol):
    """A product under judgement. Raises `SubjectFault` where it fails to answer."""

    def reset(self, world: JsonObject, settings: JsonObject) -> None:
        """Forget everything; stand in this world, with these settings saved.

        ``world``: ``organization``, ``at`` (the instant, RFC 3339), ``connections`` and ``parameters`` as in
        `greenroom.model.Ask`; a parameter that is not named keeps the product's own value. ``settings``: as
        `greenroom.model.SettingsView`, by name in the product's own vocabulary.
        """

    def act(self, actor: JsonObject | None, action: Question, arguments: JsonObject) -> JsonObject:
        """Have ``actor`` (a `greenroom.model.Member`; ``None`` = nobody of the organization) do what leads to this
        question, and return the answer. ``arguments``: the rest of the question's request."""

    def observe(self, what: Sight) -> JsonObject:
        """Return what can be seen of the product."""
