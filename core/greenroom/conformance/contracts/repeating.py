"""Contracts of repeating a decision: in another process, under another edition's words, without clock or dice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import FrameType, ModuleType

from hypothesis import strategies as st

from greenroom.conformance.contract import contract
from greenroom.conformance.contracts.answering import said_in, some_question
from greenroom.conformance.contracts.deciding import within_a_hook
from greenroom.conformance.elsewhere import Elsewhere
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import Product
from greenroom.profiles import Profile, Registry, Switches

_CLOCKS = frozenset({"now", "utcnow", "today", "time", "time_ns", "monotonic", "monotonic_ns", "localtime"})
_DICE = frozenset({"random", "getrandbits", "urandom", "getrandom", "randbytes", "uuid1", "uuid4"})
_OF = frozenset({"datetime", "date", "time", "Random", "SystemRandom", "posix", "nt", "_random", "uuid", "_uuid"})


def _profile(product: Product) -> Profile:
    assert isinstance(product.subject, InProcess)
    return product.subject.profile


def _elsewhere(product: Product) -> str:
    return "" if isinstance(product.subject, InProcess) else "it does not run in this process"


def _editions(product: Product) -> str:
    few = "" if len(product.manifest.editions) > 1 else "there is one edition of its words"
    return _elsewhere(product) or few


@lru_cache(maxsize=8)
def _another_process(product: Product) -> Elsewhere:
    return Elsewhere(_profile(product))


@lru_cache(maxsize=8)
def _other_editions(product: Product) -> tuple[Product, ...]:
    own = _profile(product)
    registry = Registry.discover(Switches(only=frozenset({own.name})))
    others = [one for one in product.manifest.editions if one != own.edition]
    return tuple(Product(InProcess(registry.profile(f"{own.name}@{one}"))) for one in others)


@contract(
    why="After a restart the same interview gets another host, and nobody can say why.",
    fix="Never choose by the order of a set or by `hash`; keep nothing of the process one runs in.",
    unless=_elsewhere,
)
def another_process_decides_the_same(product: Product, data: st.DataObject) -> None:
    """In another process, with other hashes and another time zone, a question has the same answer."""
    question, request = some_question(product, data)
    here, there = product.ask(question, request), _another_process(product).ask(question, request)
    assert here == there, "another process decides otherwise"


@contract(
    why="An organization that stays with last year's words finds that its hosts changed with them, or reads a key.",
    fix="Write each message into every edition's labels; decide nothing by words.",
    refuses=True,
    unless=_editions,
)
def editions_differ_in_words_alone(product: Product, data: st.DataObject) -> None:
    """Under every edition a question has the same answer, and whatever it says has words there too."""
    question, request = some_question(product, data)
    answer = product.ask(question, request)
    for other in _other_editions(product):
        edition = other.words.edition
        assert other.ask(question, request) == answer, f"edition {edition} decides otherwise"
        for say in said_in(answer):
            text = other.words.text(say)
            assert text not in {"", say.key}, f"edition {edition} has no words for {say.key}"
            assert "{" not in text, f"edition {edition} leaves a placeholder in {say.key}"


@contract(
    why="A decision that reads the clock changes overnight; one that throws dice is never explained.",
    fix='Take the instant from `request.at`; leave passcodes and ids to the engine (`passcode="generate"`).',
    refuses=True,
    unless=_elsewhere,
)
def a_hook_reads_no_clock_and_no_dice(product: Product, data: st.DataObject) -> None:
    """While it decides, a hook asks neither what time it is nor for anything random."""
    question, request = some_question(product, data)
    with _listening() as heard:
        product.ask(question, request)
    assert not heard, f"{question} calls {', '.join(sorted(set(heard)))}"


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Note each call of a clock or of dice within a hook. Whoever profiles this process meanwhile hears nothing."""
    heard: list[str] = []

    def hear(frame: FrameType, event: str, called: object) -> None:
        if _is_the_kits(frame):
            return
        if event == "c_call" and _tells_time_or_chance(called) and within_a_hook():
            heard.append(f"{_whose(called)}.{getattr(called, '__name__', '')}")

    before = sys.getprofile()
    sys.setprofile(hear)
    try:
        yield heard
    finally:
        sys.setprofile(before)


def _is_the_kits(frame: FrameType) -> bool:
    """Whether this is hypothesis, which times how long garbage is collected, whenever that is."""
    return str(frame.f_globals.get("__name__", "")).startswith("hypothesis")


def _tells_time_or_chance(called: object) -> bool:
    return getattr(called, "__name__", "") in _CLOCKS | _DICE and _whose(called) in _OF


def _whose(called: object) -> str:
    """Return the name of the module, class or class of the object that a built-in function belongs to."""
    owner = getattr(called, "__self__", None)
    if isinstance(owner, ModuleType | type):
        return owner.__name__
    return type(owner).__name__
