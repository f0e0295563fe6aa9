"""Hypothesis strategies for requests that can really be asked of a profile.

Everything is drawn around one `Profile`: phases its manifest declares, roles it knows, settings of its own models,
facts that fit together (an active connection has a Zoom user, verified hosts are active users of that account).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import Enum
from types import NoneType, UnionType
from typing import Literal, TypeVar, Union, get_args, get_origin

from hypothesis import strategies as st

from greenroom.model import (
    Action,
    Approval,
    Attempt,
    AuthorizeRequest,
    Candidate,
    Cause,
    ChangeRequest,
    Connection,
    DisconnectRequest,
    GivenLink,
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
    Settings,
    SettingsChange,
    SettingsView,
    Span,
    Stage,
    Turns,
    Wish,
    ZoomAccount,
    ZoomUser,
)
from greenroom.profiles import Profile

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACCOUNT = "acc_1"
PEOPLE = ("ana@acme.example", "ben@acme.example", "chi@acme.example", "dan@acme.example", "eve@partner.example")
CANDIDATES = ("cam@home.example", "kim@home.example")
S = TypeVar("S", bound=Settings)


def zoom_users(email: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[ZoomUser]:
    """Draw users of the one Zoom account, in every role, licence and status."""
    permission = st.builds(
        Permission,
        section=st.sampled_from(["User and Permission Management", "Zoom Rooms Management"]),
        item=st.sampled_from(["Users", "Zoom rooms"]),
        view=st.booleans(),
        edit=st.booleans(),
    )
    account = st.builds(
        ZoomAccount,
        id=st.just(ACCOUNT),
        plan=st.sampled_from([None, "basic", "pro", "business", "education", "enterprise"]),
        cloud=st.sampled_from(["commercial", "government"]),
        source=st.just("observed"),
    )
    return st.builds(
        ZoomUser,
        id=st.sampled_from(["z1", "z2", "z3"]),
        email=st.sampled_from(PEOPLE) if email is None else email,
        status=st.sampled_from(["active", "active", "inactive", "pending"]),
        licence=st.sampled_from(["basic", "licensed", "none"]),
        role=st.sampled_from(["owner", "admin", "custom", "member"]),
        permissions=st.frozensets(permission, max_size=3),
        account=account,
    )


def looked_up(emails: st.SearchStrategy[str] | None = None) -> st.SearchStrategy[Person]:
    """Draw people who were looked up at Zoom: with a user of their own address, or none there."""

    def person(email: str) -> st.SearchStrategy[Person]:
        user = st.none() | zoom_users(st.just(email))
        return st.builds(Person, email=st.just(email), name=st.sampled_from(["", "Ana"]), zoom=user)

    return (st.sampled_from(PEOPLE) if emails is None else emails).flatmap(person)


def settings(model: type[S]) -> st.SearchStrategy[S]:
    """Draw settings of a plugin's model, field by field."""
    fields = {name: _values(field.annotation, field.default) for name, field in model.model_fields.items()}
    return st.fixed_dictionaries(fields).map(model.model_validate)


@st.composite
def connections(draw: st.DrawFn, profile: Profile, owner: str) -> tuple[Connection, ...]:
    """Draw one connection a level, in any declared phase, as the profile's reach would show them."""
    found = []
    for level in profile.manifest.levels:
        spec = draw(st.sampled_from(profile.manifest.phases[level]))
        user = draw(zoom_users()) if spec.kind is PhaseKind.ACTIVE else None
        user = user.model_copy(update={"status": "active"}) if user is not None else None
        names = tuple(scope.name for scope in profile.manifest.scopes)
        granted = tuple(zoom for scope in profile.manifest.scopes for zoom in scope.zoom)
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


@st.composite
def settings_views(draw: st.DrawFn, profile: Profile) -> SettingsView:
    """Draw the settings in force, with some of the hosts they name verified."""
    drawn = {}
    for scope in Scope:
        model = profile.settings_model(scope)
        if model is not None:
            drawn[scope.value] = draw(settings(model))
    verified = draw(st.frozensets(st.sampled_from(PEOPLE)))
    return SettingsView.model_validate({**drawn, "verified": verified})


@st.composite
def grounds(draw: st.DrawFn, profile: Profile) -> dict[str, object]:
    """Draw what every request shares: organization, actor, instant, settings, connections."""
    roles = draw(st.frozensets(st.sampled_from(profile.manifest.roles.known)))
    actor = Member(id="mem_1", email=draw(st.sampled_from(PEOPLE)), active=draw(st.integers(0, 9)) > 0, roles=roles)
    plan = draw(st.sampled_from([None, "basic", "pro", "business", "education", "enterprise"]))
    cloud = draw(st.sampled_from(["commercial", "commercial", "government"]))
    account = ZoomAccount(plan=plan, cloud=cloud, source="stated") if plan else None
    calendar = draw(st.sampled_from(["none", "google", "microsoft365", "exchange_on_premise", "zoom", "local"]))
    package = draw(st.sampled_from([None, "Some package"]))
    return {
        "organization": Organization(id="org_1", package=package, calendar=calendar, zoom_account=account),
        "actor": actor,
        "at": NOW + timedelta(minutes=draw(st.integers(0, 10_000))),
        "settings": draw(settings_views(profile)),
        "connections": draw(connections(profile, actor.id)),
    }


@st.composite
def interviews(draw: st.DrawFn, *, stage: Stage | None = None) -> Interview:
    """Draw interviews from bare drafts to complete ones, with and without wishes, rooms and people."""
    complete = draw(st.integers(0, 3)) > 0
    given = draw(st.none() | st.just(GivenLink(url="https://example.zoom.us/j/95555555555", password="1234")))  # noqa: S106  # made up
    return Interview(
        id="int_1",
        panel="pan_1",
        kind=draw(st.sampled_from([None, "Onsite"])),
        stage=stage if stage is not None else draw(st.sampled_from(Stage)),
        wish=Wish(zoom=draw(st.sampled_from([None, True, False])), given=given),
        subject="System design" if complete else draw(st.sampled_from([None, "System design"])),
        start=NOW + timedelta(days=draw(st.integers(1, 90))) if complete else None,
        minutes=draw(st.sampled_from([15, 40, 41, 60, 240])) if complete else None,
        zone="Europe/Berlin" if complete else None,
        scheduler=draw(looked_up()),
        interviewers=tuple(draw(st.lists(looked_up(), max_size=4, unique_by=lambda one: one.email))),
        candidates=tuple(
            Candidate(email=email, name="Cam", zoom=None)
            for email in draw(
                st.lists(st.sampled_from(["cam@home.example", "kim@home.example"]), max_size=2, unique=True)
            )
        ),
        room=draw(st.sampled_from([None, "Lagoon"])),
        notes=draw(st.sampled_from([None, "Bring a laptop"])),
    )


@st.composite
def authorize_requests(draw: st.DrawFn, profile: Profile) -> AuthorizeRequest:
    """Draw every action at a level that offers it, from every state, as every kind of Zoom user."""
    level = draw(st.sampled_from(profile.manifest.levels))
    action = draw(st.sampled_from(profile.manifest.actions[level]))
    ground = draw(grounds(profile))
    extra: dict[str, object] = {}
    if action is Action.COMPLETE:
        outcome = draw(st.sampled_from(get_args(Outcome)))
        path = draw(st.sampled_from(["direct", "shared"]))
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
        known = sorted({zoom for scope in profile.manifest.scopes for zoom in scope.zoom})
        some = st.frozensets(st.sampled_from(known)) | st.just(frozenset(known)) if known else st.just(frozenset())
        extra["scopes"] = draw(some) if outcome == "granted" else frozenset()
        extra["held_elsewhere"] = outcome == "granted" and draw(st.booleans())
    if action is Action.CONFIGURE:
        extra["change"] = draw(st.none() | settings_changes(profile))
    if action is Action.USE:
        extra["feature"] = draw(st.sampled_from(sorted(profile.manifest.features) or ["recordings"]))
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
def settings_changes(draw: st.DrawFn, profile: Profile) -> SettingsChange:
    """Draw a change of any of the profile's settings, its hosts looked up."""
    scopes = [scope for scope in Scope if profile.settings_model(scope) is not None]
    scope = draw(st.sampled_from(scopes))
    model = profile.settings_model(scope)
    assert model is not None
    found = draw(st.lists(looked_up(), max_size=5, unique_by=lambda one: one.email))
    return SettingsChange(
        scope=scope,
        subject="" if scope is Scope.ORGANIZATION else "Onsite",
        before=draw(settings(model)),
        after=draw(settings(model)),
        looked_up=tuple(found),
    )


def approvals() -> st.SearchStrategy[Approval]:
    """Draw where a pre-approval stands."""
    states = ["not_requested", "requested", "approved", "refused"]
    return st.builds(Approval, state=st.sampled_from(states), requested_by=st.none() | st.just("mem_1"))


@st.composite
def meeting_requests(draw: st.DrawFn, profile: Profile, *, stage: Stage | None = None) -> MeetingRequest:
    """Draw the question whether a meeting is wanted."""
    ground = draw(grounds(profile))
    organization = ground["organization"]
    assert isinstance(organization, Organization)
    interview = draw(interviews(stage=stage))
    busy = (interview.span,) if interview.span is not None and draw(st.booleans()) else ()
    return MeetingRequest.model_validate(
        {**ground, "interview": interview, "calendar": organization.calendar, "busy": busy}
    )


@st.composite
def host_requests(draw: st.DrawFn, profile: Profile) -> HostRequest:
    """Draw the question who hosts, with everybody named looked up."""
    asking = draw(meeting_requests(profile))
    fields = {name: getattr(asking, name) for name in MeetingRequest.model_fields}
    hosts = draw(st.lists(looked_up(), max_size=5, unique_by=lambda one: one.email))
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
def invite_requests(draw: st.DrawFn, profile: Profile) -> InviteRequest:
    """Draw the question who is told, with a made meeting, a given link, or neither."""
    ground = draw(grounds(profile))
    organization = ground["organization"]
    assert isinstance(organization, Organization)
    host = draw(zoom_users()).model_copy(update={"status": "active"})
    shown = [one for one in draw(connections(profile, "mem_1")) if one.usable]
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
            "why": draw(st.sampled_from(["new", "changed", "cancelled"])),
        }
    )


@st.composite
def disconnect_requests(draw: st.DrawFn, profile: Profile) -> DisconnectRequest:
    """Draw every cause of losing a connection that exists."""
    ground = draw(grounds(profile))
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
def change_requests(draw: st.DrawFn, profile: Profile) -> ChangeRequest:
    """Draw a reschedule or cancellation of an interview with a meeting."""
    asked = draw(invite_requests(profile))
    ground = {name: getattr(asked, name) for name in ("organization", "actor", "at", "settings", "connections")}
    after = draw(st.none() | interviews())
    return ChangeRequest.model_validate(
        {
            **ground,
            "before": asked.interview,
            "after": after,
            "meeting": asked.meeting,
            "by": draw(st.sampled_from(["person", "zoom"])),
            "reachable": draw(st.booleans()),
        }
    )


def _values(annotation: object, default: object) -> st.SearchStrategy[object]:
    """Values of a settings field; text stays at its default, since only the product knows what it may say."""
    origin = get_origin(annotation)
    if annotation is bool:
        return st.booleans()
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return st.sampled_from(list(annotation))
    if origin is Literal:
        return st.sampled_from(get_args(annotation))
    if origin in {Union, UnionType}:
        parts = [one for one in get_args(annotation) if one is not NoneType]
        return st.none() | st.one_of([_values(one, default) for one in parts])
    if origin is tuple:
        return st.lists(st.sampled_from(PEOPLE), max_size=4, unique=True).map(tuple)
    return st.just(default)
