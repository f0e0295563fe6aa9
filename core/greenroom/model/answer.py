"""What every answer of a hook carries: words by key, reasons by clause id, notices and warnings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from greenroom.model.connection import Action
from greenroom.model.value import Value


class Say(Value):
    """A message by key; the words live in ``labels/<edition>.yaml``, ``values`` fill its ``{names}``."""

    key: str
    values: tuple[tuple[str, str | int], ...] = ()


class Because(Value):
    """A reason: the clause an answer rests on, whom or what it is about, and the fact that was seen."""

    clause: str
    about: str = ""
    fact: str = ""


class Notice(Value):
    """Somebody is told something. ``sent_by="zoom"``: the document promises Zoom's own message; we send none."""

    to: Literal["actor", "requester", "zoom_admins", "members_affected", "scheduler", "authorizer"]
    say: Say
    sent_by: Literal["greenroom", "zoom"] = "greenroom"


class Answer(Value):
    """Base of every answer: at least one reason; ``warnings`` are shown and never block."""

    because: tuple[Because, ...] = Field(min_length=1)
    notices: tuple[Notice, ...] = ()
    warnings: tuple[Say, ...] = ()


class Refusal(Answer):
    """No, and why: a stable ``code``, the product's own message, and what the person can do instead."""

    kind: Literal["refusal"] = "refusal"
    code: str
    say: Say
    next: tuple[Action, ...] = ()
