"""What every answer of a hook carries: words by key, reasons by clause id, notices and warnings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from greenroom.model.connection import Action
from greenroom.model.value import Value


class Say(Value):
    """A message by key; the words live in ``labels/<edition>.yaml``."""

    key: str
    """A key under ``messages``."""
    values: tuple[tuple[str, str | int], ...] = ()
    """What fills the message's ``{names}``, as pairs of name and value."""


class Because(Value):
    """A reason of an answer."""

    clause: str
    """The clause it rests on: one of ``clauses.yaml``, or a default of core (``CORE-…``)."""
    about: str = ""
    """Whom or what it is about, such as an address or a cause."""
    fact: str = ""
    """The fact that was seen, in a few words."""


class Notice(Value):
    """Somebody is told something."""

    to: Literal["actor", "requester", "zoom_admins", "members_affected", "scheduler", "authorizer"]
    """Whom; core knows who that is here."""
    say: Say
    """What."""
    sent_by: Literal["greenroom", "zoom"] = "greenroom"
    """*zoom*: the document promises Zoom's own message, so we send none."""


class Answer(Value):
    """Base of every answer."""

    because: tuple[Because, ...] = Field(min_length=1)
    """Why, at least one reason."""
    notices: tuple[Notice, ...] = ()
    """Who is told, once the answer is carried out."""
    warnings: tuple[Say, ...] = ()
    """Shown to whoever asked; they never block."""


class Refusal(Answer):
    """No, and why."""

    kind: Literal["refusal"] = "refusal"
    code: str
    """Stable, for programs; the words are in ``say``."""
    say: Say
    """The product's own message."""
    next: tuple[Action, ...] = ()
    """What the person can do instead; actions that the manifest offers."""
