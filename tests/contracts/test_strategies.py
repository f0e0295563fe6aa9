"""What strategies draw can occur: it keeps what is true of everything the engine asks, and the engine's own questions
keep it too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.contracts.depth import QUICK

import greenroom.conformance.strategies as draw
from greenroom.conformance import Product
from greenroom.conformance.contracts.answering import QUESTIONS
from greenroom.conformance.plays.cast import INTERVIEWERS, casting
from greenroom.conformance.plays.playing import play
from greenroom.conformance.plays.stories import live
from greenroom.engine.panel import Line
from greenroom.model import (
    Ask,
    AuthorizeRequest,
    Connection,
    CreateRequest,
    HostRequest,
    InviteRequest,
    Person,
    PhaseKind,
    Scope,
    Value,
)
from greenroom.profiles import Profile
from greenroom.profiles.profile import Profile as Asked
from greenroom.whatif.scenario import Scenario


def impossible(product: Product, request: Ask) -> Iterator[str]:
    """Yield what of a request the engine would never ask."""
    yield from _in_connections(product, request.connections)
    if {scope for scope in Scope if getattr(request.settings, scope.value)} - product.settings.keys():
        yield "settings of a scope the product does not have"
    for person in _people(request):
        if person.zoom is not None and person.zoom.email != person.email:
            yield "somebody whose Zoom user has another address"
    match request:
        case AuthorizeRequest():
            yield from _in_attempt(request)
        case HostRequest() if len({one.email for one in request.hosts}) != len(request.hosts):
            yield "a host looked up twice"
        case CreateRequest() if request.choice.via not in request.connections or not request.choice.via.usable:
            yield "a host through a connection that is not there, or not usable"
        case InviteRequest() if request.meeting is not None and request.given is not None:
            yield "a meeting beside a link that was given"


def _in_connections(product: Product, shown: tuple[Connection, ...]) -> Iterator[str]:
    if len({(one.level, one.owner) for one in shown}) != len(shown):
        yield "two connections of one owner at one level"
    for one in shown:
        phase = product.manifest.phase(one.level, one.phase) if one.level in product.manifest.levels else None
        if phase is None or phase.kind is not one.kind:
            yield "a connection in no phase of its level"
        if one.kind is PhaseKind.PENDING and one.zoom_user is not None:
            yield "a Zoom user before anybody authorized"


def _in_attempt(request: AuthorizeRequest) -> Iterator[str]:
    granted = request.attempt is not None and request.attempt.outcome == "granted"
    if (request.zoom is not None) is not granted:
        yield "a Zoom user without a grant, or a grant of nobody"
    if request.held_elsewhere and not granted:
        yield "held elsewhere, and not granted"
    if request.attempt is not None and request.attempt.path == "shared" and request.attempt.must_be_email:
        yield "an address demanded of whoever opens a shared link"


def _people(value: object) -> Iterator[Person]:
    if isinstance(value, Person) and "zoom" in value.model_fields_set:
        yield value
    elif isinstance(value, Value):
        for name in type(value).model_fields:
            yield from _people(value.__dict__.get(name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _people(one)


@QUICK
@given(data=st.data())
def test_what_is_drawn_can_occur(product: Product, data: st.DataObject) -> None:
    """No question that is drawn says what the engine would never say."""
    question = data.draw(st.sampled_from(sorted(QUESTIONS)))
    assert list(impossible(product, data.draw(QUESTIONS[question](product)))) == []


def test_what_occurs_keeps_the_same(profile: Profile, product: Product, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same holds for every question that the engine asks in a whole life of the product."""
    heard: dict[str, list[Ask]] = defaultdict(list)
    honest = Asked._ask

    def ask(self: Asked, question: object, request: Ask) -> object:
        heard[type(request).__name__].append(request)
        return honest(self, question, request)  # type: ignore[arg-type, type-var]  # passed on as it came

    monkeypatch.setattr(Asked, "_ask", ask)
    play(product, live)
    asked = [request for requests in heard.values() for request in requests]
    assert {"AuthorizeRequest", "MeetingRequest", "HostRequest", "CreateRequest", "InviteRequest"} <= heard.keys()
    assert [what for request in asked for what in impossible(product, request)] == []


@given(text=draw.typed_lines())
@QUICK
def test_typed_lines_are_let_in(text: str) -> None:
    """A line that is drawn as typed is one that the engine takes, and takes as it is."""
    assert TypeAdapter[str](Line).validate_python(text) == text


@given(slot=draw.slots())
@QUICK
def test_slots_are_instants_in_zones(slot: draw.Slot) -> None:
    """Every time is an instant in UTC after the one all facts are about, in a zone that is known."""
    assert slot.start.utcoffset() == timedelta(0)
    assert slot.start > draw.NOW - timedelta(hours=2)
    assert slot.start.astimezone(ZoneInfo(slot.zone)).timestamp() == slot.start.timestamp()


@pytest.mark.parametrize("what", ["repeated", "skipped"])
def test_edges_meet_both_changes_of_clocks(what: str) -> None:
    """Among the edges are interviews in an hour that is there twice, and across one that is skipped."""

    def meets(slot: draw.Slot) -> bool:
        zone = ZoneInfo(slot.zone)
        start = slot.start.astimezone(zone)
        end = (slot.start + timedelta(minutes=slot.minutes)).astimezone(zone)
        wall = end.replace(tzinfo=None) - start.replace(tzinfo=None)
        planned = timedelta(minutes=slot.minutes)
        return wall < planned if what == "repeated" else wall > planned

    find(draw.edges(), meets)


def test_clocks_change_as_they_are_known_to() -> None:
    """New York's clocks change on the second Sunday of March and the first of November, at two; Kathmandu's never."""
    assert [f"{one:%m-%d %H:%M}" for one in draw.clock_changes("America/New_York")] == ["03-14 07:00", "11-07 06:00"]
    assert draw.clock_changes("Asia/Kathmandu") == ()


@pytest.mark.parametrize(
    "sign", ["\r\n", "<script>", "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{ZERO WIDTH SPACE}", "BEGIN:VEVENT"]
)
def test_hostile_texts_are_hostile(sign: str) -> None:
    """Headers, markup, marks that are not seen and lines of a calendar are among them."""
    find(draw.hostile_texts(), lambda text: sign in text)
    find(draw.hostile_texts(), lambda text: len(text) == 200)


@QUICK
@given(data=st.data())
def test_settings_are_the_products_own(profile: Profile, product: Product, data: st.DataObject) -> None:
    """What is drawn for a scope is a value of the model the product has for it."""
    for scope in product.settings:
        model = profile.settings_model(scope)
        assert model is not None
        model.model_validate(data.draw(draw.settings(product, scope)).model_dump())


@QUICK
@given(panel=draw.panels(most=3))
def test_panels_hang_together(panel: tuple[object, ...]) -> None:
    """Interviews of one panel have ids of their own, one scheduler, one kind, the same candidates, and each a time."""
    assert len({one.id for one in panel}) == len(panel)
    assert len({(one.panel, one.scheduler, one.kind, one.candidates) for one in panel}) == 1
    assert all(one.span is not None for one in panel)


@QUICK
@given(data=st.data())
def test_event_sequences_are_scenarios(profile: Profile, product: Product, data: st.DataObject) -> None:
    """Whatever is drawn can be played: it is the events of a scenario, with nobody and nothing unknown in it."""
    opening = casting(profile)
    people = ["ada", "rita", "ben"]
    events = data.draw(draw.event_sequences(product, people, interviewers=INTERVIEWERS, candidate="cam"))
    Scenario.model_validate({**opening.model_dump(), "events": events})


def test_everything_public_is_named_and_explained() -> None:
    """All that `greenroom.conformance.strategies` offers is listed once, and every strategy says what it draws."""
    assert len(set(draw.__all__)) == len(draw.__all__)
    assert all(getattr(draw, name).__doc__ for name in draw.__all__ if name[0].islower())
