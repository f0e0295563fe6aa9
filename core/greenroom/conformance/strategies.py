"""Hypothesis strategies for requests that can really be asked of a profile.

Everything is drawn around one `Product`: phases its manifest declares, roles it knows, settings of its own models,
facts that fit together (an active connection has a Zoom user, verified hosts are active users of that account).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import get_args

from hypothesis import strategies as st
from pydantic import JsonValue

from greenroom.conformance.facts import Given
from greenroom.conformance.product import Product
from greenroom.model import (
    Action,
    Approval,
    Attempt,
    AuthorizeRequest,
    Because,
    Candidate,
    Cause,
    ChangeRequest,
    Connection,
    CreateRequest,
    DisconnectRequest,
    GivenLink,
    HostChoice,
    HostRequest,
    Interview,
    InviteRequest,
    Level,
    Meeting,
    MeetingRequest,
    Member,
    Organization,
    Outcome,
    Permission,
    Person,
    PhaseKind,
    Scope,
    SettingsChange,
    SettingsView,
    Span,
    Stage,
    Turns,
    Wish,
    ZoomAccount,
    ZoomUser,
)
from greenroom.profiles.manifest import PhaseSpec

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACCOUNT = "acc_1"
_CALENDARS = ("none", "google", "microsoft365", "exchange_on_premise", "zoom", "local")
_PLANS = (None, "basic", "pro", "business", "education", "enterprise")
PEOPLE = ("ana@acme.example", "ben@acme.example", "chi@acme.example", "dan@acme.example", "eve@partner.example")
CANDIDATES = ("cam@home.example", "kim@home.example")


@cache
def zoom_users(email: str | None = None) -> st.SearchStrategy[ZoomUser]:
    """Draw users of the one Zoom account, in every role, licence and status; of this address, or of any."""
    permission = st.builds(
        Permission,
        section=st.sampled_from(("User and Permission Management", "Zoom Rooms Management")),
        item=st.sampled_from(("Users", "Zoom rooms")),
        view=st.booleans(),
        edit=st.booleans(),
    )
    account = st.builds(
        ZoomAccount,
        id=st.just(ACCOUNT),
        plan=st.sampled_from(_PLANS),
        cloud=st.sampled_from(("commercial", "government")),
        source=st.just("observed"),
    )
    return st.builds(
        ZoomUser,
        id=st.sampled_from(("z1", "z2", "z3")),
        email=st.sampled_from(PEOPLE) if email is None else st.just(email),
        status=st.sampled_from(("active", "active", "inactive", "pending")),
        licence=st.sampled_from(("basic", "licensed", "none")),
        role=st.sampled_from(("owner", "admin", "custom", "member")),
        permissions=st.frozensets(permission, max_size=3),
        account=account,
    )


@cache
def _looked_up(email: str) -> st.SearchStrategy[Person]:
    user = st.none() | zoom_users(email)
    return st.builds(Person, email=st.just(email), name=st.sampled_from(("", "Ana")), zoom=user)


@cache
def looked_up() -> st.SearchStrategy[Person]:
    """Draw people who were looked up at Zoom: with a user of their own address, or none there."""
    return st.sampled_from(PEOPLE).flatmap(_looked_up)


@cache
def lists_of_people(most: int) -> st.SearchStrategy[tuple[Person, ...]]:
    """Draw people who were looked up, each address once."""
    return st.lists(looked_up(), max_size=most, unique_by=lambda one: one.email).map(tuple)


@cache
def everybody() -> st.SearchStrategy[tuple[Person, ...]]:
    """Draw all the people there are, each looked up."""
    return st.tuples(*map(_looked_up, PEOPLE))


@cache
def settings(product: Product, scope: Scope) -> st.SearchStrategy[Given]:
    """Draw settings of a scope, field by field, as the product's schema has them."""
    schema = product.settings[scope]
    fields, named = schema.get("properties"), schema.get("$defs", {})
    assert isinstance(fields, dict)
    assert isinstance(named, dict)
    return st.fixed_dictionaries({name: _values(field, named) for name, field in fields.items()}).map(
        Given.model_validate
    )


@st.composite
def connections(draw: st.DrawFn, product: Product, owner: str, *, ripe: bool = False) -> tuple[Connection, ...]:
    """Draw one connection a level, in any declared phase (``ripe``: one that meetings are made in, as far as it has
    one), as the profile's reach would show them."""
    found = []
    for level in product.manifest.levels:
        spec = draw(st.sampled_from(_ripe_phases(product, level) if ripe else product.manifest.phases[level]))
        user = draw(zoom_users()) if spec.kind is PhaseKind.ACTIVE else None
        status = "active" if draw(st.integers(0, 5)) else "inactive"
        user = user.model_copy(update={"status": status}) if user is not None else None
        names = tuple(scope.name for scope in product.manifest.scopes)
        granted = tuple(zoom for scope in product.manifest.scopes for zoom in scope.zoom)
        found.append(
            Connection(
                level=level,
                owner="org_1" if level is Level.ORGANIZATION else owner,
                phase=spec.name,
                kind=spec.kind,
                zoom_user=user,
                scopes=frozenset(granted) if user is not None and names else frozenset(),
                removed_by_actor=level is Level.ORGANIZATION and draw(st.integers(0, 9)) == 0,
            )
        )
    return tuple(found)


def _ripe_phases(product: Product, level: Level) -> tuple[PhaseSpec, ...]:
    """Return the active phases of a level; of one that holds no grant, those that lead on."""
    phases = product.manifest.phases[level]
    active = tuple(phase for phase in phases if phase.kind is PhaseKind.ACTIVE)
    return active or tuple(phase for phase in phases if phase.kind is PhaseKind.PENDING) or phases


@st.composite
def settings_views(draw: st.DrawFn, product: Product) -> SettingsView:
    """Draw the settings in force, with some of the hosts they name verified."""
    drawn = {}
    for scope in Scope:
        if scope in product.settings:
            drawn[scope.value] = draw(settings(product, scope))
    verified = draw(st.just(frozenset(PEOPLE)) | st.frozensets(st.sampled_from(PEOPLE)))
    return SettingsView.model_validate({**drawn, "verified": verified})


@st.composite
def grounds(draw: st.DrawFn, product: Product, *, ripe: bool = False) -> dict[str, object]:
    """Draw what every request shares: organization, actor, instant, settings, connections.

    ``ripe``: so that most of what can be asked is allowed, as otherwise one of many refusals comes first.
    """
    some = draw(st.frozensets(st.sampled_from(product.manifest.roles.known)))
    roles = some | {product.manifest.roles.administrator} if draw(st.booleans()) else some
    roles = frozenset(product.manifest.roles.known) if ripe else roles
    active = ripe or draw(st.integers(0, 9)) > 0
    actor = Member(id="mem_1", email=draw(st.sampled_from(PEOPLE)), active=active, roles=roles)
    plan = draw(st.sampled_from(_PLANS))
    cloud = "commercial" if ripe else draw(st.sampled_from(("commercial", "commercial", "government")))
    account = ZoomAccount(plan=plan, cloud=cloud, source="stated") if plan else None
    calendar = draw(st.sampled_from(("google", "microsoft365") if ripe else _CALENDARS))
    package = None if ripe else draw(st.sampled_from((None, "Some package")))
    return {
        "organization": Organization(id="org_1", package=package, calendar=calendar, zoom_account=account),
        "actor": actor,
        "at": NOW + timedelta(minutes=draw(st.integers(0, 10_000))),
        "settings": draw(settings_views(product)),
        "connections": draw(connections(product, actor.id, ripe=ripe)),
    }


@st.composite
def interviews(draw: st.DrawFn, *, stage: Stage | None = None, ripe: bool = False) -> Interview:
    """Draw interviews from bare drafts to complete ones, with and without wishes, rooms and people; ``ripe``: complete
    ones for which Zoom was wished."""
    complete = ripe or draw(st.integers(0, 3)) > 0
    given = draw(st.none() | st.just(GivenLink(url="https://example.zoom.us/j/95555555555", password="1234")))  # noqa: S106  # made up
    return Interview(
        id="int_1",
        panel="pan_1",
        kind=draw(st.sampled_from((None, "Onsite"))),
        stage=stage if stage is not None else draw(st.sampled_from(Stage)),
        wish=Wish(zoom=True) if ripe else Wish(zoom=draw(st.sampled_from((None, True, False))), given=given),
        subject="System design" if complete else draw(st.sampled_from((None, "System design"))),
        start=NOW + timedelta(days=draw(st.integers(1, 90))) if complete else None,
        minutes=draw(st.sampled_from((15, 40, 41, 60, 240))) if complete else None,
        zone="Europe/Berlin" if complete else None,
        scheduler=draw(looked_up()),
        interviewers=draw(lists_of_people(4)),
        candidates=tuple(
            Candidate(email=email, name="Cam", zoom=None)
            for email in draw(
                st.lists(st.sampled_from(("cam@home.example", "kim@home.example")), max_size=2, unique=True)
            )
        ),
        room=draw(st.sampled_from((None, "Lagoon"))),
        notes=draw(st.sampled_from((None, "Bring a laptop"))),
    )


@st.composite
def authorize_requests(
    draw: st.DrawFn, product: Product, *, action: Action | None = None, level: Level | None = None
) -> AuthorizeRequest:
    """Draw every action (or this one) at a level (or this one), from every state, as every kind of Zoom user."""
    level = draw(st.sampled_from(product.manifest.levels)) if level is None else level
    action = draw(st.sampled_from(product.manifest.actions[level])) if action is None else action
    ground = draw(grounds(product, ripe=draw(st.integers(0, 3)) > 0))
    ground["connections"] = draw(connections(product, "mem_1", ripe=draw(st.integers(0, 2)) == 0))
    extra: dict[str, object] = {}
    if action is Action.COMPLETE:
        outcome = draw(st.sampled_from(("granted", "granted", "granted", *get_args(Outcome))))
        path = draw(st.sampled_from(("direct", "shared")))
        ground["actor"] = None if path == "shared" else ground["actor"]
        extra["attempt"] = Attempt(
            path=path,
            started_by="mem_1",
            level=level,
            must_be_email=draw(st.none() | st.sampled_from(PEOPLE)) if path == "direct" else None,
            outcome=outcome,
        )
        active = draw(zoom_users()).model_copy(update={"status": "active"})
        extra["zoom"] = active if outcome == "granted" else None
        known = sorted({zoom for scope in product.manifest.scopes for zoom in scope.zoom})
        some = st.frozensets(st.sampled_from(known)) | st.just(frozenset(known)) if known else st.just(frozenset())
        extra["scopes"] = draw(some) if outcome == "granted" else frozenset()
        extra["held_elsewhere"] = outcome == "granted" and draw(st.booleans())
    if action is Action.CONFIGURE:
        offered = draw(st.integers(0, 3)) == 0
        extra["change"] = None if offered else draw(settings_changes(product))
    if action is Action.USE:
        extra["feature"] = draw(st.sampled_from(sorted(product.manifest.features) or ["recordings"]))
        shown = ground["connections"]
        extra["through"] = draw(st.none() | st.sampled_from(shown)) if isinstance(shown, tuple) and shown else None
    return AuthorizeRequest.model_validate(
        {
            **ground,
            "action": action,
            "level": level,
            "confirmed": draw(st.booleans()),
            "offer": draw(st.booleans()),
            "approval": draw(approvals()),
            **extra,
        }
    )


@st.composite
def completions(draw: st.DrawFn, product: Product) -> AuthorizeRequest:
    """Draw what Zoom granted, mostly to somebody who may have it: their own Zoom user, and everything asked for."""
    level = draw(st.sampled_from([one for one in product.manifest.levels if _completes(product, one)]))
    request = draw(authorize_requests(product, action=Action.COMPLETE, level=level))
    actor = Member(id="mem_1", email=PEOPLE[0], roles=frozenset(product.manifest.roles.known))
    asked = draw(st.sampled_from(("direct", "direct", "direct", "shared")))
    attempt = Attempt(path=asked, started_by=actor.id, level=level, outcome="granted")
    role = draw(st.sampled_from(("owner", "admin", "member")))
    zoom = draw(zoom_users(actor.email)).model_copy(update={"status": "active", "role": role})
    grant = {"attempt": attempt, "zoom": zoom, "scopes": _scopes(product), "held_elsewhere": False}
    plan = ZoomAccount(plan="business", source="stated") if draw(st.booleans()) else None
    organization = request.organization.model_copy(update={"zoom_account": plan, "package": None})
    who = {"actor": actor if asked == "direct" else None, "organization": organization}
    return request.model_copy(update={**grant, **who, "approval": Approval(state="approved")})


def _completes(product: Product, level: Level) -> bool:
    return Action.COMPLETE in product.manifest.actions[level]


def _scopes(product: Product) -> frozenset[str]:
    return frozenset(zoom for scope in product.manifest.scopes for zoom in scope.zoom)


@st.composite
def settings_changes(draw: st.DrawFn, product: Product) -> SettingsChange:
    """Draw a change of any of the profile's settings, its hosts looked up."""
    scopes = [scope for scope in Scope if scope in product.settings]
    scope = draw(st.sampled_from(scopes))
    found = draw(lists_of_people(5) | everybody())
    return SettingsChange(
        scope=scope,
        subject="" if scope is Scope.ORGANIZATION else "Onsite",
        before=draw(settings(product, scope)),
        after=draw(settings(product, scope)),
        looked_up=tuple(found),
    )


def approvals() -> st.SearchStrategy[Approval]:
    """Draw where a pre-approval stands."""
    states = ["not_requested", "requested", "approved", "refused"]
    return st.builds(Approval, state=st.sampled_from(states), requested_by=st.none() | st.just("mem_1"))


@st.composite
def meeting_requests(draw: st.DrawFn, product: Product, *, stage: Stage | None = None) -> MeetingRequest:
    """Draw the question whether a meeting is wanted."""
    ripe = draw(st.booleans())
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


@st.composite
def host_requests(draw: st.DrawFn, product: Product) -> HostRequest:
    """Draw the question who hosts, with everybody named looked up."""
    asking = draw(meeting_requests(product))
    fields = {name: getattr(asking, name) for name in MeetingRequest.model_fields}
    hosts = draw(lists_of_people(5) | everybody())
    known = {person.email: person for person in (*hosts, asking.interview.scheduler)}
    pool = draw(st.frozensets(st.sampled_from(PEOPLE)))
    counts = tuple((email, draw(st.integers(0, 4))) for email in sorted(pool))
    turns = Turns(pool=pool, counts=counts, last=draw(st.none() | st.sampled_from(PEOPLE)))
    span = asking.interview.span
    load: tuple[tuple[str, Span], ...] = (
        ((draw(st.sampled_from(PEOPLE)), span),) if span and draw(st.booleans()) else ()
    )
    return HostRequest.model_validate({**fields, "hosts": tuple(known.values()), "turns": turns, "load": load})


@st.composite
def create_requests(draw: st.DrawFn, product: Product) -> CreateRequest:
    """Draw the question what is asked of Zoom, for a host who was chosen."""
    earliest = Stage[product.manifest.link.stage.upper()]
    asking = draw(
        meeting_requests(product, stage=draw(st.sampled_from(tuple(one for one in Stage if one >= earliest))))
    )
    fields = {name: getattr(asking, name) for name in MeetingRequest.model_fields}
    host = draw(zoom_users()).model_copy(update={"status": "active"})
    reasons = (Because(clause=draw(st.sampled_from(sorted(product.clauses)))),)
    choice = HostChoice(host=host, via=draw(working_connections(product)), because=reasons)
    return CreateRequest.model_validate({**fields, "choice": choice})


@st.composite
def working_connections(draw: st.DrawFn, product: Product) -> Connection:
    """Draw a connection that meetings are made through."""
    phases = product.manifest.phases
    active = [(level, spec) for level in phases for spec in phases[level] if spec.kind is PhaseKind.ACTIVE]
    level, phase = draw(st.sampled_from(tuple((level, spec.name) for level, spec in active)))
    user = draw(zoom_users()).model_copy(update={"status": "active"})
    owner = "org_1" if level is Level.ORGANIZATION else "mem_1"
    return Connection(level=level, owner=owner, phase=phase, kind=PhaseKind.ACTIVE, zoom_user=user)


@st.composite
def invite_requests(draw: st.DrawFn, product: Product) -> InviteRequest:
    """Draw the question who is told, with a made meeting, a given link, or neither."""
    ground = draw(grounds(product, ripe=draw(st.booleans())))
    organization, around = ground["organization"], ground["connections"]
    assert isinstance(organization, Organization)
    assert isinstance(around, tuple)
    host = draw(zoom_users()).model_copy(update={"status": "active"})
    shown = [one for one in around if one.usable]
    meeting = (
        Meeting(
            id="81234567890",
            join_url="https://example.zoom.us/j/81234567890?pwd=abc",
            passcode="135790",
            host=host,
            via=shown[0],
            of="int_1",
            used_by=frozenset({"int_1"}),
        )
        if shown
        else None
    )
    given = None if meeting is not None else draw(st.none() | st.just(GivenLink(url="https://example.zoom.us/j/9")))
    return InviteRequest.model_validate(
        {
            **ground,
            "interview": draw(interviews()),
            "meeting": meeting,
            "given": given,
            "calendar": organization.calendar,
            "why": draw(st.sampled_from(("new", "changed", "cancelled"))),
        }
    )


@st.composite
def disconnect_requests(draw: st.DrawFn, product: Product) -> DisconnectRequest:
    """Draw every cause of losing a connection that exists."""
    ground = draw(grounds(product))
    shown = ground["connections"]
    assert isinstance(shown, tuple)
    return DisconnectRequest.model_validate(
        {
            **ground,
            "cause": draw(st.sampled_from(Cause)),
            "connection": draw(st.sampled_from(shown)),
            "lost_scopes": frozenset(),
            "offer": draw(st.booleans()),
        }
    )


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
            "by": draw(st.sampled_from(("person", "zoom"))),
            "reachable": draw(st.booleans()),
        }
    )


def _values(field: JsonValue, named: Mapping[str, JsonValue]) -> st.SearchStrategy[object]:
    """Values of a settings field; text stays at its default, since only the product knows what it may say."""
    match field:
        case {"$ref": str(reference)}:
            return _values(named[reference.rpartition("/")[2]], named)
        case {"anyOf": list(parts)}:
            return st.one_of([_values(part, named) for part in parts])
        case {"enum": list(words)}:
            return st.sampled_from(words)
        case {"type": "boolean"}:
            return st.booleans()
        case {"type": "null"}:
            return st.none()
        case {"type": "array"}:
            return st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True).map(tuple)
        case {"default": default}:
            return st.just(default)
        case _:
            message = f"nothing can be drawn for a setting of this shape: {field}"
            raise ValueError(message)
