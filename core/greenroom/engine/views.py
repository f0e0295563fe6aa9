"""What is so: organizations, connections, interviews, and why things were decided."""

from __future__ import annotations

from pydantic import JsonValue

from greenroom.engine.attention import unmade
from greenroom.engine.deployment import Deployment
from greenroom.engine.host_days import budget_of, today
from greenroom.engine.outcomes import (
    ConnectionView,
    CreationView,
    DecisionView,
    Explanation,
    HostDayView,
    InterviewView,
    NoticeView,
    OrganizationView,
    ReasonView,
    StatusView,
)
from greenroom.engine.ports.records import (
    ConnectionRecord,
    DecisionRecord,
    InterviewRecord,
    LetterRecord,
    OrganizationRecord,
)
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing, find_organization, read_standing
from greenroom.engine.waiting import waiting_views
from greenroom.engine.words import text_of
from greenroom.errors import GreenroomError, NotFound
from greenroom.model import Considered, Level, PhaseKind, Scope
from greenroom.profiles import Profile


def organization_view(tx: Transaction, profile: Profile, record: OrganizationRecord) -> OrganizationView:
    """Return an organization as listed."""
    settings = tx.settings.get(record.id, Scope.ORGANIZATION)
    return OrganizationView(
        id=record.id,
        name=record.name,
        profile=record.profile,
        edition=record.edition,
        earlier=tuple(f"{one.profile}@{one.edition}" for one in record.earlier),
        product=profile.manifest.product,
        package=record.package,
        calendar=record.calendar,
        zoom_plan=record.zoom_plan,
        members=tuple((one.email, tuple(sorted(one.roles))) for one in tx.organizations.members(record.id)),
        settings=tuple((name, _plain(value)) for name, value in sorted(settings.values.items())) if settings else (),
        deviating=tuple(str(one) for one in profile.deviations),
        silent=tuple(sorted(name for name, one in profile.manifest.capabilities.items() if one.level == "silent")),
    )


def status_view(tx: Transaction, deployment: Deployment, organization: str) -> StatusView:
    """Return an organization's connections, interviews and notices."""
    standing = read_standing(tx, deployment.profiles, organization)
    organization_id = standing.record.id
    return StatusView(
        organization=organization_view(tx, standing.profile, standing.record),
        connections=_connections(tx, standing),
        interviews=tuple(
            interview_view(tx, record, _profile_of(deployment, record.under, standing.profile))
            for record in tx.interviews.of_organization(organization_id)
        ),
        notices=tuple(
            NoticeView(to=one.recipient or one.to, text=one.text, at=one.at)
            for one in tx.records.notices(organization_id)
        ),
        host_days=_host_days(tx, deployment, organization_id),
        waiting=waiting_views(tx, deployment, standing),
    )


def interview_view(tx: Transaction, record: InterviewRecord, profile: Profile) -> InterviewView:
    """Return an interview as listed, in the words of ``profile``."""
    interview = record.interview
    row = tx.interviews.meeting(record.organization_id, record.meeting_id) if record.meeting_id else None
    given = record.given.url if record.given is not None else None
    letters = tx.records.letters(record.id)
    return InterviewView(
        id=record.id,
        panel=record.panel_id,
        profile=record.under,
        subject=interview.subject,
        start=interview.start,
        minutes=interview.minutes,
        zone=interview.zone,
        stage=interview.stage.name.lower(),
        state=record.state,
        host=row.meeting.host.email if row is not None else None,
        join_url=row.meeting.join_url if row is not None and row.state == "live" else given,
        room=interview.room,
        room_booked=bool(interview.room) and record.state == "live" and any(map(_books, letters)),
        letters_sent=sum(letter.state == "sent" for letter in letters),
        unclear=tx.interviews.open_intent(record.id) is not None,
        attention=_attention(record, profile),
    )


def _attention(record: InterviewRecord, profile: Profile) -> str:
    """Return what is said of an interview that needs attention: Zoom has its meeting otherwise, or nothing makes it."""
    say = record.differs or (record.attention if unmade(record) else None)
    return text_of(profile, say) if say is not None else ""


def _profile_of(deployment: Deployment, under: str, current: Profile) -> Profile:
    """Return the profile something was decided with; the organization's where that one cannot be loaded any more."""
    if under == f"{current.name}@{current.edition}":
        return current
    try:
        return deployment.profiles.profile(under)
    except GreenroomError:
        return current


def _books(letter: LetterRecord) -> bool:
    """Whether a letter is a calendar event that went out: with it, its room is booked."""
    return letter.state == "sent" and letter.channel == "calendar" and letter.method == "REQUEST"


def explanation(tx: Transaction, deployment: Deployment, interview_id: str) -> Explanation:
    """Return every decision about an interview with its clauses in words. Raises `NotFound`."""
    record = tx.interviews.get(None, interview_id)
    if record is None:
        raise NotFound(f"no interview {interview_id!r}", next="`greenroom status ORG` lists them")
    organization = tx.organizations.get(record.organization_id)
    profile = deployment.profiles.profile(f"{record.profile}@{record.edition}")
    rows = tx.records.decisions(record.organization_id, record.id)
    return Explanation(
        interview=interview_view(tx, record, profile),
        organization=organization.name if organization is not None else record.organization_id,
        decisions=tuple(_decision(profile, row) for row in rows),
        creations=tuple(
            CreationView(at=one.created_at, host=one.choice.host.email, state=one.state, reason=one.reason)
            for one in tx.interviews.intents(record.id)
        ),
    )


def _host_days(tx: Transaction, deployment: Deployment, organization_id: str) -> tuple[HostDayView, ...]:
    """The hosts of this organization whose meetings were changed today, by whomever."""
    chosen = [row.meeting.host for row in tx.interviews.meetings(organization_id)]
    for record in tx.interviews.of_organization(organization_id):
        if record.meeting_id is None:
            chosen.extend(intent.choice.host for intent in tx.interviews.intents(record.id))
    emails = {host.id: host.email for host in chosen}
    budgets = [budget_of(day) for day in tx.host_days.of_hosts(emails, today(deployment))]
    return tuple(
        HostDayView(host=emails[one.host_id], changes=one.count, remaining=one.remaining, resets_at=one.resets_at)
        for one in budgets
    )


def decisions_view(tx: Transaction, deployment: Deployment, organization: str) -> tuple[DecisionView, ...]:
    """Return every decision about an organization and its interviews, in order. Raises `NotFound`."""
    record = find_organization(tx, organization)
    profile = deployment.profiles.profile(record.under)
    return tuple(
        _decision(_profile_of(deployment, f"{row.profile}@{row.edition}", profile), row)
        for row in tx.records.decisions(record.id)
    )


def _connections(tx: Transaction, standing: Standing) -> tuple[ConnectionView, ...]:
    manifest = standing.profile.manifest
    shown = [_connection(tx, standing, row) for row in standing.connections]
    if Level.ORGANIZATION in manifest.levels and not any(one.level is Level.ORGANIZATION for one in shown):
        initial = ConnectionRecord(
            id="",
            organization_id=standing.record.id,
            level=Level.ORGANIZATION,
            owner=standing.record.id,
            phase=manifest.initial_phase(Level.ORGANIZATION).name,
        )
        shown.insert(0, _connection(tx, standing, initial))
    return tuple(shown)


def _connection(tx: Transaction, standing: Standing, row: ConnectionRecord) -> ConnectionView:
    labels = standing.profile.labels
    label = labels.phase(row.level, row.phase)
    spec = standing.profile.manifest.phase(row.level, row.phase)
    member = tx.organizations.member(standing.record.id, row.owner) if row.level is Level.MEMBER else None
    return ConnectionView(
        level=row.level,
        level_label=labels.level(row.level),
        owner=member.email if member is not None else standing.record.name,
        phase=row.phase,
        label=label.label,
        colour=label.colour,
        kind=spec.kind if spec is not None else PhaseKind.BROKEN,
        zoom_user=row.zoom_user.email if row.zoom_user is not None and row.grant_id is not None else None,
    )


def _decision(profile: Profile, row: DecisionRecord) -> DecisionView:
    answer = row.answer
    return DecisionView(
        hook=row.hook,
        question=row.question,
        kind=row.kind,
        at=row.at,
        message=str(answer.get("message") or ""),
        reasons=tuple(_reason(profile, one) for one in _list(answer.get("because"))),
        considered=tuple(Considered.model_validate(one) for one in _list(answer.get("considered"))),
        warnings=tuple(str(one) for one in _list(answer.get("warnings"))),
        profile=f"{row.profile}@{row.edition}",
        version=row.version,
        amended_by=row.amended_by,
        deviating=row.deviating,
    )


def _reason(profile: Profile, value: JsonValue) -> ReasonView:
    fields = value if isinstance(value, dict) else {}
    clause_id = str(fields.get("clause"))
    clause = profile.clauses.get(clause_id)
    return ReasonView(
        clause=clause_id,
        basis=clause.basis if clause is not None else "unknown",
        says=clause.then if clause is not None else "",
        about=str(fields.get("about") or ""),
        fact=str(fields.get("fact") or ""),
    )


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _plain(value: JsonValue) -> str:
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return {True: "on", False: "off"}.get(value, str(value)) if isinstance(value, bool) else str(value)
