"""Facts with sensible defaults, for checks and tests: say only what matters to the rule at hand."""

from __future__ import annotations

from datetime import UTC, datetime

from pydantic import ConfigDict

from greenroom.model import (
    Attempt,
    Candidate,
    Connection,
    Interview,
    Level,
    Meeting,
    Member,
    Organization,
    Permission,
    Person,
    PhaseKind,
    Settings,
    Stage,
    Wish,
    ZoomAccount,
    ZoomPlan,
    ZoomRole,
    ZoomStatus,
    ZoomUser,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""The instant all facts are about: a Monday morning."""


def organization(*, package: str | None = None, calendar: str = "google", plan: ZoomPlan | None = None) -> Organization:
    """Return an organization, with a stated Zoom plan if one is given."""
    account = ZoomAccount(plan=plan, source="stated") if plan else None
    return Organization.model_validate(
        {"id": "org_1", "package": package, "calendar": calendar, "zoom_account": account}
    )


def member(*roles: str, email: str = "rita@acme.example", active: bool = True) -> Member:
    """Return a member holding ``roles``."""
    return Member(id="mem_" + email.partition("@")[0], email=email, active=active, roles=frozenset(roles))


def zoom_user(
    email: str = "rita@acme.example",
    *,
    role: ZoomRole = "member",
    status: ZoomStatus = "active",
    licensed: bool = True,
    plan: ZoomPlan | None = "business",
    government: bool = False,
    permissions: frozenset[Permission] = frozenset(),
) -> ZoomUser:
    """Return a Zoom user of the one account."""
    return ZoomUser(
        id="zoom_" + email.partition("@")[0],
        email=email,
        status=status,
        licence="licensed" if licensed else "basic",
        role=role,
        permissions=permissions,
        account=ZoomAccount(
            id="acc_1", plan=plan, cloud="government" if government else "commercial", source="observed"
        ),
    )


def person(email: str, *, zoom: ZoomUser | None = None, name: str = "") -> Person:
    """Return somebody whose Zoom user was looked up: ``zoom``, or none there."""
    return Person(email=email, name=name, zoom=zoom)


def with_zoom(email: str, *, status: ZoomStatus = "active", licensed: bool = True) -> Person:
    """Return somebody who has a Zoom user of their own address."""
    return Person(email=email, zoom=zoom_user(email, status=status, licensed=licensed))


def connection(
    level: Level = Level.ORGANIZATION,
    *,
    phase: str,
    kind: PhaseKind = PhaseKind.ACTIVE,
    owner: str = "org_1",
    zoom: ZoomUser | None = None,
    scopes: frozenset[str] = frozenset(),
    removed_by_actor: bool = False,
) -> Connection:
    """Return a connection in ``phase``; an active one is made by a Zoom admin unless said otherwise."""
    user = zoom or (zoom_user("zoe@acme.example", role="admin") if kind is PhaseKind.ACTIVE else None)
    return Connection(
        level=level,
        owner=owner,
        phase=phase,
        kind=kind,
        zoom_user=user,
        scopes=scopes,
        removed_by_actor=removed_by_actor,
    )


def interview(
    *interviewers: Person,
    stage: Stage = Stage.DRAFT,
    wish: Wish | None = None,
    scheduler: Person | None = None,
    candidates: tuple[Candidate, ...] | None = None,
    subject: str | None = "Onsite interview",
    start: datetime | None = datetime(2026, 11, 26, 10, 0, tzinfo=UTC),
    minutes: int | None = 45,
    kind: str | None = None,
    room: str | None = None,
    id: str = "int_1",
) -> Interview:
    """Return an interview on Thursday at ten UTC with one candidate, wishing for Zoom."""
    return Interview(
        id=id,
        panel="pan_1",
        kind=kind,
        stage=stage,
        wish=wish or Wish(zoom=True),
        subject=subject,
        start=start,
        minutes=minutes,
        zone="Europe/Berlin" if start else None,
        scheduler=scheduler or Person(email="rita@acme.example", name="Rita Recruiter"),
        interviewers=interviewers,
        candidates=(Candidate(email="cam@home.example", name="Cam Candidate"),) if candidates is None else candidates,
        room=room,
    )


def meeting(host: ZoomUser, via: Connection, *, of: str = "int_1") -> Meeting:
    """Return a meeting made for interview ``of``."""
    return Meeting(
        id="81234567890",
        join_url="https://example.zoom.us/j/81234567890",
        passcode="135790",
        host=host,
        via=via,
        of=of,
        used_by=frozenset({of}),
    )


def attempt(
    path: str = "direct",
    *,
    level: Level = Level.ORGANIZATION,
    outcome: str | None = "granted",
    must_be_email: str | None = None,
) -> Attempt:
    """Return a finished attempt at Zoom."""
    return Attempt.model_validate(
        {"path": path, "started_by": "mem_rita", "level": level, "outcome": outcome, "must_be_email": must_be_email}
    )


class Given(Settings):
    """Settings by name, in the vocabulary of whoever is judged; that refuses a name it does not have."""

    model_config = ConfigDict(frozen=True, extra="allow")


def given(**values: object) -> Given:
    """Return settings of which ``values`` are saved; the rest keep the product's defaults."""
    return Given.model_validate(values)
