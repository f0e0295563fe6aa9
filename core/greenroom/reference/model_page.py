"""The page of the values that Greenroom speaks in."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType

from greenroom import model
from greenroom.reference.source import names_of, order_of, summary_of
from greenroom.reference.values import alias_section, section
from greenroom.reference.wording import Links, prose

_MODULES = (
    "people",
    "zoom",
    "connection",
    "interview",
    "ask",
    "answer",
    "gate",
    "scheduling",
    "invite",
    "settings",
    "clause",
    "value",
)

_TITLES = {
    "people": "People",
    "zoom": "Zoom",
    "connection": "Connections",
    "interview": "Interviews",
    "ask": "What every question has",
    "answer": "What every answer has",
    "gate": "Connecting: requests and answers",
    "scheduling": "Scheduling: requests and answers",
    "invite": "Invites: request and answer",
    "settings": "Types of settings",
    "clause": "Clauses",
    "value": "The ground of all values",
}

_HEAD = """\
# Values

Everything that hooks are told and answer with, as `greenroom.model` has it. Values are frozen, unknown fields are
refused, and an instant always has a time zone. *Set of* is a `frozenset`, *list of* a `tuple`; *pairs* are a map that
cannot change: a tuple of name and value. What every question is asked with: [hooks](hooks.md)."""


def model_page(links: Links) -> str:
    """Return the page, in Markdown."""
    return "\n\n".join((_HEAD, *(part for name in _MODULES for part in _module(name, links)))) + "\n"


def public_names(module: ModuleType) -> tuple[str, ...]:
    """Return the names of a module of the model that are public, in the order they stand there."""
    return tuple(name for name in order_of(module) if name in model.__all__)


def _module(name: str, links: Links) -> Iterator[str]:
    module = importlib.import_module(f"greenroom.model.{name}")
    yield f"## {_TITLES[name]}"
    yield prose(summary_of(module), links)
    for public in public_names(module):
        alias = names_of(module).get(public)
        yield section(public, getattr(module, public), links) if alias is None else alias_section(public, alias, links)
