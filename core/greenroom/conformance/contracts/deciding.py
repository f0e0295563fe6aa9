"""Contracts of how a decision comes about: out of the request alone, and without touching anything."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import FrameType

from hypothesis import strategies as st

from greenroom.conformance.contract import contract
from greenroom.conformance.contracts.answering import QUESTIONS, some_question
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import ANSWERS, Product
from greenroom.conformance.subject import Question
from greenroom.model import Ask, Value

_UNORDERED = ("connections", "hosts", "busy", "load")
"""Facts of a request that are tuples, and whose order nobody chose."""

_CHOOSING: tuple[Question, ...] = ("select_host", "select_host", "create_meeting", "render_invite", "want_meeting")
"""The questions that choose among facts, the one that chooses most twice."""

_OUTSIDE = frozenset({"open", "os", "shutil", "socket", "subprocess", "time", "_thread"})
"""First words of the audit events of whatever reaches beyond the process, or waits."""


@contract(
    why="Where facts come in another order after a restart, the same interview gets another host.",
    fix="Choose by something that is said, such as an address or a date; never take the first of a set.",
)
def facts_may_come_in_any_order(product: Product, data: st.DataObject) -> None:
    """What comes as a set, or in an order that nobody chose, has the same answer in any other order."""
    question = data.draw(st.sampled_from(_CHOOSING), label="question")
    request = data.draw(QUESTIONS[question](product), label="request")
    turned = {name: getattr(request, name)[::-1] for name in _UNORDERED if hasattr(request, name)}
    other = _turned(request.model_copy(update=turned))
    assert isinstance(other, Ask)
    assert product.ask(question, other) == product.ask(question, request), "decides otherwise"


@contract(
    why="What is remembered of one organization or interview turns up in the next one's answer.",
    fix="Keep nothing between questions: no module-level dictionary, no cache by id.",
    refuses=True,
)
def an_id_says_nothing(product: Product, data: st.DataObject) -> None:
    """The same facts under ids that were never seen before have the same answer, under those ids."""
    number = data.draw(st.integers(10**6, 10**9), label="number")
    for question in dict.fromkeys(_CHOOSING):
        request = data.draw(QUESTIONS[question](product), label=question)
        answer = product.ask(question, request)
        fresh = product.ask(question, _renamed(request, f"-{number}")).model_dump_json()
        same = ANSWERS[question].validate_json(fresh.replace(f"-{number}", ""))
        assert same == answer, f"{question} decides otherwise"


@contract(
    why="A hook that reads a file or asks the network fails when they do, and answers no replay the same way.",
    fix="Read files when the plugin is imported; leave everything outside to the engine, which brings facts.",
    refuses=True,
    unless=lambda product: "" if isinstance(product.subject, InProcess) else "it does not run in this process",
)
def a_hook_leaves_the_world_alone(product: Product, data: st.DataObject) -> None:
    """While it decides, a hook opens no file, no connection and no process, changes no variable, and does not wait."""
    question, request = some_question(product, data)
    with _watched() as seen:
        product.ask(question, request)
    assert not seen, f"{question} does {', '.join(sorted(set(seen)))}"


def _renamed(request: Ask, ending: str) -> Ask:
    """Return the request with an ending to each id of an organization, a member and an interview in it."""
    written = request.model_dump_json()
    for name in ("org_1", "mem_1", "int_1"):
        written = written.replace(f'"{name}"', f'"{name}{ending}"')
    kept = {name: getattr(request, name) for name in ("settings", "change") if hasattr(request, name)}
    return type(request).model_validate({**json.loads(written), **kept})


def _turned(value: object) -> object:
    """Return the same value with every set in it put together the other way round."""
    if isinstance(value, frozenset):
        return frozenset(list(value)[::-1])
    if isinstance(value, tuple):
        return tuple(map(_turned, value))
    if isinstance(value, Value):
        return value.model_copy(update={name: _turned(getattr(value, name)) for name in type(value).model_fields})
    return value


class _Watch(threading.local):
    """What reaches beyond this process in this thread, while something is watched."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None

    def __call__(self, event: str, _arguments: object) -> None:
        """Note an audit event that a hook brings about."""
        if self.seen is not None and event.partition(".")[0] in _OUTSIDE and within_a_hook():
            self.seen.append(event)


@cache
def _watch() -> _Watch:
    """Return the one watch of this process: what listens to audit events cannot be taken away again."""
    watch = _Watch()
    sys.addaudithook(watch)
    return watch


@contextmanager
def _watched() -> Iterator[list[str]]:
    watch = _watch()
    watch.seen = seen = list[str]()
    try:
        yield seen
    finally:
        watch.seen = None


def within_a_hook() -> bool:
    """Whether what happens now is the doing of a hook: neither core's around it, nor that of importing."""
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith(("greenroom.profiles", "importlib._bootstrap")):
            return False
        if module.startswith("pluggy"):
            return True
        frame = frame.f_back
    return False
