"""Questions of scheduling: is a meeting wanted, who hosts, what is asked of Zoom, who is told, what then changes."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from greenroom.conformance.product import Product
from greenroom.conformance.strategies.choices import among
from greenroom.conformance.strategies.connections import grounds, working_connections
from greenroom.conformance.strategies.interviews import interviews
from greenroom.conformance.strategies.people import PEOPLE, everybody, lists_of_people, zoom_users
from greenroom.model import (
    Because,
    ChangeRequest,
    Connection,
    CreateRequest,
    GivenLink,
    HostChoice,
    HostRequest,
    InviteRequest,
    Meeting,
    MeetingRequest,
    Member,
    Organization,
    Person,
    Span,
    Stage,
    Turns,
)

_TYPED = GivenLink(url="https://example.zoom.us/j/9")


@cache
@st.composite
def meeting_requests(draw: st.DrawFn, product: Product, *, stage: Stage | None = None) -> MeetingRequest:
    """Draw the question whether a meeting is wanted."""
    ripe = draw(st.integers(0, 3)) > 0
    ground = draw(grounds(product, ripe=ripe))
    organization, actor = ground["organization"], ground["actor"]
    assert isinstance(organization, Organization)
    assert isinstance(actor, Member)
    interview = draw(interviews(stage=stage, ripe=ripe))
    if ripe and draw(st.integers(0, 3)):
        own = Person(email=actor.email, zoom=draw(zoom_users(actor.email)))
        interview = interview.model_copy(update={"scheduler": own})
    busy = (interview.span,) if interview.span is not None and draw(st.booleans()) else ()
    return MeetingRequest.model_validate(
        {**ground, "interview": interview, "calendar": organization.calendar, "busy": busy}
    )


@cache
@st.composite
def host_requests(draw: st.DrawFn, product: Product) -> HostRequest:
    """Draw the question who hosts, with everybody named looked up, somebody picked on the interview among them."""
    asking = draw(meeting_requests(product))
    fields = {name: getattr(asking, name) for name in MeetingRequest.model_fields}
    hosts = draw(lists_of_people(5) | everybody())
    known = {person.email: person for person in (*hosts, asking.interview.scheduler)}
    pool = draw(st.frozensets(among(PEOPLE)))
    counts = tuple((email, draw(st.integers(0, 4))) for email in sorted(pool))
    turns = Turns(pool=pool, counts=counts, last=draw(st.none() | among(PEOPLE)))
    span = asking.interview.span
    load: tuple[tuple[str, Span], ...] = ((draw(among(PEOPLE)), span),) if span and draw(st.booleans()) else ()
    wish = asking.interview.wish.model_copy(update={"host": draw(among((None, *known)))})
    interview = asking.interview.model_copy(update={"wish": wish})
    return HostRequest.model_validate(
        {**fields, "interview": interview, "hosts": tuple(known.values()), "turns": turns, "load": load}
    )


@cache
@st.composite
def create_requests(draw: st.DrawFn, product: Product) -> CreateRequest:
    """Draw the question what is asked of Zoom, for a host who was chosen through one of the connections shown."""
    earliest = Stage[product.manifest.link.stage.upper()]
    late_enough = tuple(one for one in Stage if one >= earliest)
    asking = draw(meeting_requests(product, stage=draw(among(late_enough))))
    via = draw(working_connections(product))
    host = draw(zoom_users()).model_copy(update={"status": "active"})
    reasons = (Because(clause=draw(among(sorted(product.clauses)))),)
    fields = {name: getattr(asking, name) for name in MeetingRequest.model_fields}
    shown = tuple(via if one.level is via.level else one for one in asking.connections)
    choice = HostChoice(host=host, via=via, because=reasons)
    return CreateRequest.model_validate({**fields, "connections": shown, "choice": choice})


@cache
@st.composite
def invite_requests(draw: st.DrawFn, product: Product) -> InviteRequest:
    """Draw the question who is told, with a made meeting, a given link, or neither."""
    ground = draw(grounds(product, ripe=draw(st.booleans())))
    organization, around = ground["organization"], ground["connections"]
    assert isinstance(organization, Organization)
    assert isinstance(around, tuple)
    shown = [one for one in around if one.usable]
    meeting = draw(_meetings(shown[0])) if shown else None
    return InviteRequest.model_validate(
        {
            **ground,
            "interview": draw(interviews()),
            "meeting": meeting,
            "given": None if meeting is not None else draw(st.none() | st.just(_TYPED)),
            "calendar": organization.calendar,
            "why": draw(among(("new", "changed", "cancelled"))),
        }
    )


@cache
@st.composite
def _meetings(draw: st.DrawFn, via: Connection) -> Meeting:
    return Meeting(
        id="81234567890",
        join_url="https://example.zoom.us/j/81234567890?pwd=abc",
        passcode="135790",
        host=draw(zoom_users()).model_copy(update={"status": "active"}),
        via=via,
        of="int_1",
        used_by=frozenset({"int_1"}),
    )


@cache
@st.composite
def change_requests(draw: st.DrawFn, product: Product) -> ChangeRequest:
    """Draw a reschedule or cancellation of an interview with a meeting."""
    asked = draw(invite_requests(product))
    ground = {name: getattr(asked, name) for name in ("organization", "actor", "at", "settings", "connections")}
    after = draw(st.none() | interviews() | interviews(ripe=True))
    return ChangeRequest.model_validate(
        {
            **ground,
            "before": asked.interview,
            "after": after,
            "meeting": asked.meeting,
            "by": draw(among(("person", "zoom"))),
            "reachable": draw(st.booleans()),
        }
    )
