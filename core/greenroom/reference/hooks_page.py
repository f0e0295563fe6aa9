"""The page of the hooks: what each is asked, with what, what it may answer, and what it may know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import get_args, get_type_hints

from greenroom import hooks, model
from greenroom.hooks import HOOK_API, OPTIONAL_HOOKS, REQUIRED_HOOKS
from greenroom.model import Ask, Value
from greenroom.profiles.manifest import FACTS, HookFact
from greenroom.reference.source import fields_of, summary_of
from greenroom.reference.values import field_table
from greenroom.reference.wording import Links, linked, prose, table

HOOKS = (*REQUIRED_HOOKS, *OPTIONAL_HOOKS)

_FACT = re.compile(r"[Aa] fact to declare[^:]*: ``(\w+)``\.")

_HEAD = f"""\
# Hooks

A profile answers {len(HOOKS)} questions, of which it may leave {len(OPTIONAL_HOOKS)} to core. This is version
{HOOK_API} of the hook API ([what that promises](../stability.md)). Each question is a frozen request, each answer a
frozen [value](model.md) with at least one reason. Hooks are plain functions with one argument, `request`, marked
`@hookimpl`; they do no I/O, and look at no clock. What raises, or answers something else, is that plugin's fault and is
told so; the other profiles are not affected.

Answers are judged before anybody acts on them: besides what is said of each hook below, reasons cite clauses that
exist, and messages are keys that the edition has."""

_FACTS_HEAD = """\
## Facts

What costs a look at Zoom, at calendars or at the store is gathered only for a hook whose manifest declares it under
[`facts`](manifest.md#facts). Reading what was not gathered raises [UndeclaredFact](model.md#undeclaredfact). What could
not be gathered stops the operation before anybody is asked."""


def hooks_page(links: Links) -> str:
    """Return the page, in Markdown."""
    every = "## What every request has\n\n" + field_table(Ask, links=links)
    parts = (_HEAD, _overview(links), every, *(_hook(name, links) for name in HOOKS), _facts(links))
    return "\n\n".join(parts) + "\n"


def documented_facts() -> Mapping[str, tuple[str, str]]:
    """Return for each fact the value and field it comes in."""
    found: dict[str, tuple[str, str]] = {}
    values = (getattr(model, name) for name in model.__all__)
    for cls in (one for one in values if isinstance(one, type) and issubclass(one, Value)):
        for field in fields_of(cls).values():
            for fact in _FACT.findall(field.meaning):
                found.setdefault(fact, (cls.__name__, field.name))
    return found


def _overview(links: Links) -> str:
    rows = [
        (
            f"[{name}](#{name})",
            prose(summary_of(getattr(hooks, name)).partition("\n\n")[0], links),
            linked(_request(name).__name__, links),
            "yes" if name in REQUIRED_HOOKS else "no",
        )
        for name in HOOKS
    ]
    return table(("Hook", "Asks", "With", "Has to be there"), rows)


def _hook(name: str, links: Links) -> str:
    answers = _answers(name)
    rows = [(linked(one.__name__, links), prose(summary_of(one).partition("\n\n")[0], links)) for one in answers]
    return "\n\n".join(
        (
            f"## {name}",
            _told(name, links),
            field_table(*_asked_with(_request(name)), links=links, head="`request.`"),
            _may_know(name),
            table(("Answer", "Means"), rows),
        )
    )


def _told(name: str, links: Links) -> str:
    text = prose(summary_of(getattr(hooks, name)), links)
    return re.sub(r"^(Asked|Judged|Optional):", r"*\1:*", text, flags=re.MULTILINE)


def _asked_with(request: type[Ask]) -> Iterator[type[Ask]]:
    """Yield the classes whose fields a request has besides those of every request, the most general first."""
    for cls in reversed(request.__mro__):
        if issubclass(cls, Ask) and cls is not Ask:
            yield cls


def _answers(name: str) -> tuple[type, ...]:
    """Return the kinds of answer that a hook has, in the order its type lists them."""
    returned = get_type_hints(getattr(hooks, name))["return"]
    return get_args(returned) or (returned,)


def _request(name: str) -> type[Ask]:
    request: type[Ask] = get_type_hints(getattr(hooks, name))["request"]
    return request


def _may_know(name: str) -> str:
    facts = sorted(FACTS.get(name, ()))
    if not facts:
        return "It may declare no facts."
    return f"Facts it may declare: {', '.join(f'[`{one}`](#facts)' for one in facts)}."


def _facts(links: Links) -> str:
    where = documented_facts()
    rows = [
        (
            f"`{fact}`",
            f"{linked(where[fact][0], links)}`.{where[fact][1]}`",
            ", ".join(f"`{hook}`" for hook, known in FACTS.items() if fact in known),
        )
        for fact in get_args(HookFact)
    ]
    return f"{_FACTS_HEAD}\n\n{table(('Fact', 'Is', 'May be declared for'), rows)}"
