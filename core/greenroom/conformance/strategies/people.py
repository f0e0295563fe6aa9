"""People, Zoom accounts and Zoom users, members and organizations."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st

from greenroom.conformance.product import Product
from greenroom.conformance.strategies.choices import among
from greenroom.conformance.strategies.texts import names
from greenroom.conformance.strategies.times import zones
from greenroom.model import Candidate, Member, Organization, Permission, Person, ZoomAccount, ZoomUser
from greenroom.model.people import CalendarKind
from greenroom.model.zoom import ZoomPlan

ACCOUNT = "acc_1"
"""The one Zoom account that everybody's Zoom user is of."""

PEOPLE = ("ana@acme.example", "ben@acme.example", "chi@acme.example", "dan@acme.example", "eve@partner.example")
CANDIDATES = ("cam@home.example", "kim@home.example")
CALENDARS: tuple[CalendarKind, ...] = ("none", "google", "microsoft365", "exchange_on_premise", "zoom", "local")
PLANS: tuple[ZoomPlan | None, ...] = (None, "basic", "pro", "business", "education", "enterprise")


def plans() -> st.SearchStrategy[ZoomPlan | None]:
    """Draw Zoom's plans, and ``None``: nobody knows which."""
    return among(PLANS)


@cache
def zoom_accounts() -> st.SearchStrategy[ZoomAccount]:
    """Draw the one Zoom account as Zoom shows it: of any plan, in either cloud."""
    return st.builds(
        ZoomAccount,
        id=st.just(ACCOUNT),
        plan=plans(),
        cloud=among(("commercial", "government")),
        source=st.just("observed"),
    )


@cache
def zoom_users(email: str | None = None) -> st.SearchStrategy[ZoomUser]:
    """Draw users of the one Zoom account, in every role, licence and status; of this address, or of any. One address
    has one id there."""
    if email is None:
        return st.sampled_from(PEOPLE).flatmap(zoom_users)
    permission = st.builds(
        Permission,
        section=among(("User and Permission Management", "Zoom Rooms Management")),
        item=among(("Users", "Zoom rooms")),
        view=st.booleans(),
        edit=st.booleans(),
    )
    return st.builds(
        ZoomUser,
        id=among(("z1", "z2", "z3")),
        email=among(PEOPLE) if email is None else st.just(email),
        status=among(("active", "active", "inactive", "pending")),
        licence=among(("basic", "licensed", "none")),
        role=among(("owner", "admin", "custom", "member")),
        permissions=st.frozensets(permission, max_size=3),
        account=zoom_accounts(),
    )


@cache
def _looked_up(email: str) -> st.SearchStrategy[Person]:
    return st.builds(Person, email=st.just(email), name=names(), zoom=st.none() | zoom_users(email))


@cache
def looked_up() -> st.SearchStrategy[Person]:
    """Draw people who were looked up at Zoom: with a user of their own address, or none there."""
    return among(PEOPLE).flatmap(_looked_up)


@cache
def lists_of_people(most: int) -> st.SearchStrategy[tuple[Person, ...]]:
    """Draw people who were looked up, each address once."""
    return st.lists(looked_up(), max_size=most, unique_by=lambda one: one.email).map(tuple)


@cache
def colleagues(most: int) -> st.SearchStrategy[tuple[Person, ...]]:
    """Draw people who can host, each address once: with an active user in the one Zoom account."""
    able = st.sampled_from(PEOPLE).flatmap(zoom_users).map(lambda user: user.model_copy(update={"status": "active"}))
    people = able.map(lambda user: Person(email=user.email, zoom=user))
    return st.lists(people, min_size=1, max_size=most, unique_by=lambda one: one.email).map(tuple)


@cache
def everybody() -> st.SearchStrategy[tuple[Person, ...]]:
    """Draw all the people there are, each looked up."""
    return st.tuples(*map(_looked_up, PEOPLE))


@cache
def candidates() -> st.SearchStrategy[tuple[Candidate, ...]]:
    """Draw none, one or two candidates, who have no Zoom user here and read times in a zone of their own, or in the
    interview's."""
    one = st.builds(Candidate, email=among(CANDIDATES), name=names(), zoom=st.none(), time_zone=st.none() | zones())
    return st.lists(one, max_size=2, unique_by=lambda drawn: drawn.email).map(tuple)


@cache
@st.composite
def members(draw: st.DrawFn, product: Product, *, ripe: bool = False) -> Member:
    """Draw a member, in any of the product's roles, who may have left; ``ripe``: in all roles, and still there."""
    some = draw(st.frozensets(among(product.manifest.roles.known)))
    roles = some | {product.manifest.roles.administrator} if draw(st.booleans()) else some
    roles = frozenset(product.manifest.roles.known) if ripe else roles
    active = ripe or draw(st.integers(0, 9)) > 0
    return Member(id="mem_1", email=draw(among(PEOPLE)), active=active, roles=roles)


@cache
@st.composite
def organizations(draw: st.DrawFn, *, ripe: bool = False) -> Organization:
    """Draw an organization, of which it may have been stated what Zoom account it has; ``ripe``: with a calendar, in
    the commercial cloud, of no package in particular."""
    plan = draw(plans())
    cloud = "commercial" if ripe else draw(among(("commercial", "commercial", "government")))
    account = ZoomAccount(plan=plan, cloud=cloud, source="stated") if plan else None
    calendar = draw(among(("google", "microsoft365") if ripe else CALENDARS))
    package = None if ripe else draw(among((None, "Some package")))
    return Organization(id="org_1", package=package, calendar=calendar, zoom_account=account)
