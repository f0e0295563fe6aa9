"""The store: short transactions over typed repositories. No transaction is open while Zoom is called.

StoreConflict                something that must be single is there already; the transaction was rolled back
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar

from greenroom.engine.ports.activity import Activities
from greenroom.engine.ports.records import (
    AttemptRecord,
    Closed,
    ConnectionRecord,
    DecisionRecord,
    DirectoryAge,
    GrantRecord,
    HostDayRecord,
    InboxRecord,
    IntentRecord,
    InterviewRecord,
    LetterRecord,
    MeetingRecord,
    NoticeRecord,
    OrganizationRecord,
    SettingsRecord,
    TicketRecord,
)
from greenroom.errors import GreenroomError
from greenroom.model import Approval, Level, Member, Scope, Turn, Turns, ZoomUser

T = TypeVar("T")


class StoreConflict(GreenroomError):
    """A unique rule was broken: ``rule`` names it (``grant``, ``hold``, ``intent``, ``member_email``,
    ``organization_name``; ``organization`` = the row of this id is another organization's)."""

    code = "store.conflict"

    def __init__(self, rule: str) -> None:
        self.rule = rule
        super().__init__(f"there is already one: {rule}")


class Organizations(Protocol):
    """Organizations and their members."""

    def add(self, record: OrganizationRecord) -> None:
        """Add one; raises `StoreConflict` ``organization_name`` when the name is taken (case ignored)."""

    def get(self, id_or_name: str) -> OrganizationRecord | None: ...
    def list(self) -> tuple[OrganizationRecord, ...]: ...
    def replace(self, record: OrganizationRecord) -> None:
        """Replace the organization of this id; its name stays."""

    def save_member(self, organization_id: str, member: Member) -> None:
        """Add or replace a member; e-mail addresses are single within an organization."""

    def member(self, organization_id: str, id_or_email: str) -> Member | None: ...
    def members(self, organization_id: str) -> tuple[Member, ...]: ...


class Connections(Protocol):
    """Connections, opt-outs, approvals and who holds which Zoom user."""

    def save(self, record: ConnectionRecord) -> None:
        """Add or replace; one per (organization, level, owner)."""

    def get(self, connection_id: str) -> ConnectionRecord | None: ...
    def find(self, organization_id: str, level: Level, owner: str) -> ConnectionRecord | None: ...
    def of_organization(self, organization_id: str) -> tuple[ConnectionRecord, ...]: ...
    def on_grant(self, grant_id: str) -> tuple[ConnectionRecord, ...]:
        """Return all connections of the deployment that rest on a grant."""

    def of_zoom_user(self, zoom_user_id: str) -> tuple[ConnectionRecord, ...]:
        """Return all connections of the deployment that are, or last were, of a Zoom user."""

    def set_opt_out(self, organization_id: str, member_id: str, *, opted_out: bool) -> None: ...
    def opted_out(self, organization_id: str) -> frozenset[str]: ...
    def approval(self, organization_id: str) -> Approval: ...
    def save_approval(self, organization_id: str, approval: Approval) -> None: ...
    def holder(self, profile: str, zoom_user_id: str) -> str | None:
        """Return the organization that holds this Zoom user under an exclusive profile."""

    def hold(self, profile: str, zoom_user_id: str, organization_id: str) -> None:
        """Take it; taking one's own again is fine; raises `StoreConflict` ``hold`` if another has it."""

    def release(self, profile: str, zoom_user_id: str, organization_id: str) -> None: ...


class Grants(Protocol):
    """Token pairs, sealed at rest, one per (client id, Zoom user) in the whole deployment."""

    def get(self, grant_id: str) -> GrantRecord | None: ...
    def find(self, client_id: str, zoom_user_id: str) -> GrantRecord | None: ...
    def of_user(self, zoom_account_id: str, zoom_user_id: str) -> tuple[GrantRecord, ...]: ...
    def add(self, record: GrantRecord) -> None:
        """Add one; raises `StoreConflict` ``grant`` if there is one for this app and user."""

    def replace(self, record: GrantRecord, *, generation: int) -> bool:
        """Replace if it still is of ``generation``; return whether it was."""

    def remove(self, grant_id: str) -> None: ...
    def lease(self, grant_id: str, holder: str, *, until: datetime, now: datetime) -> bool:
        """Take the right to refresh, unless somebody else holds it beyond ``now``."""

    def end_lease(self, grant_id: str, holder: str) -> None: ...


class Attempts(Protocol):
    """Tickets (our addresses that lead to Zoom) and OAuth attempts."""

    def add_ticket(self, record: TicketRecord) -> None: ...
    def ticket(self, token_hash: str) -> TicketRecord | None: ...
    def waiting_tickets(self, organization_id: str, now: datetime) -> tuple[TicketRecord, ...]:
        """Return the tickets that may still be opened, oldest first."""

    def close_tickets(self, organization_id: str, level: Level, owner: str | None, at: datetime) -> None:
        """Close open tickets of this level (of one starter if ``owner`` is given), since it is connected."""

    def close_ticket(self, token_hash: str, at: datetime, because: Closed = "ended") -> None: ...
    def add(self, record: AttemptRecord) -> None: ...
    def use(self, state_hash: str, at: datetime) -> AttemptRecord | None:
        """Mark an unused attempt used and return it; ``None`` when unknown or used before."""

    def get(self, state_hash: str) -> AttemptRecord | None: ...
    def overdue(self, now: datetime) -> tuple[AttemptRecord, ...]:
        """Return the attempts whose time is up and of which nothing was settled, oldest first."""

    def unanswered(self, organization_id: str) -> tuple[AttemptRecord, ...]:
        """Return an organization's attempts of which nobody came back, settled or not, oldest first."""

    def settle(self, state_hash: str, outcome: str) -> None: ...


class SettingsShelf(Protocol):
    """Saved settings, verified host addresses."""

    def get(self, organization_id: str, scope: Scope, subject: str = "") -> SettingsRecord | None: ...
    def of_organization(self, organization_id: str) -> tuple[SettingsRecord, ...]: ...
    def save(self, record: SettingsRecord) -> None:
        """Add or replace one; raises the stored revision by one."""

    def verified(self, organization_id: str) -> frozenset[str]: ...
    def save_verified(self, organization_id: str, emails: Collection[str]) -> None: ...


class Directory(Protocol):
    """Zoom users as last seen through a grant."""

    def age(self, grant_id: str) -> DirectoryAge | None:
        """Return how old they are; ``None`` if nobody looked yet."""

    def replace(self, grant_id: str, users: Collection[ZoomUser], at: datetime, *, marks: int) -> None:
        """Keep these users instead of those seen before. ``marks``: of their age when they were asked for."""

    def users(self, grant_id: str) -> tuple[ZoomUser, ...]:
        """Return all of them, in the order of their addresses."""

    def mark_stale(self, grant_id: str, because: str) -> None:
        """Say that somebody changed at Zoom: whoever reads next looks there first."""

    def mark_account_stale(self, zoom_account_id: str, because: str) -> None:
        """Say so of everything that was seen of a Zoom account, through whichever grant."""

    def find(self, grant_id: str, emails: Collection[str]) -> Mapping[str, ZoomUser]:
        """Return the users of these addresses, keyed by address in lower case."""

    def forget(self, grant_id: str) -> None: ...


class Interviews(Protocol):
    """Interviews, meetings, intents, turns."""

    def save(self, record: InterviewRecord) -> None: ...
    def get(self, organization_id: str | None, interview_id: str) -> InterviewRecord | None: ...
    def of_panel(self, panel_id: str) -> tuple[InterviewRecord, ...]: ...
    def of_organization(self, organization_id: str) -> tuple[InterviewRecord, ...]: ...
    def save_meeting(self, record: MeetingRecord) -> None: ...
    def meeting(self, organization_id: str, meeting_id: str) -> MeetingRecord | None: ...
    def meeting_by_url(self, organization_id: str, join_url: str) -> MeetingRecord | None: ...
    def meetings(self, organization_id: str) -> tuple[MeetingRecord, ...]: ...
    def meetings_at_zoom(self, meeting_id: str) -> tuple[MeetingRecord, ...]:
        """Return what the organizations of the deployment keep of a meeting that Zoom told of by its number."""

    def meetings_hosted_by(self, zoom_user_id: str) -> tuple[MeetingRecord, ...]:
        """Return what the organizations of the deployment keep of the meetings made under a Zoom user."""

    def add_intent(self, record: IntentRecord) -> None:
        """Add one; raises `StoreConflict` ``intent`` while another of the interview is open. Counts its turn."""

    def settle_intent(
        self, intent_id: str, state: Literal["unclear", "done", "failed"], reason: str | None = None
    ) -> None:
        """Move an open intent on; ``failed`` gives its turn back. ``reason``: what it ended with, in words."""

    def intents(self, interview_id: str) -> tuple[IntentRecord, ...]:
        """Return all intents of an interview, oldest first."""

    def open_intent(self, interview_id: str) -> IntentRecord | None: ...
    def open_intents(self) -> tuple[IntentRecord, ...]: ...
    def was_unclear(self, interview_id: str) -> bool:
        """Whether any intent of this interview ever ended without a usable answer."""

    def turns(self, organization_id: str) -> Turns: ...
    def count_turn(self, organization_id: str, turn: Turn, intent_id: str) -> None: ...


class HostDays(Protocol):
    """How often meetings of a Zoom user were created or updated in a UTC day; earlier days are forgotten."""

    def get(self, host_id: str, day: date) -> HostDayRecord:
        """Return the host's day; one that nobody counted has no changes."""

    def of_hosts(self, host_ids: Collection[str], day: date) -> tuple[HostDayRecord, ...]:
        """Return the days of these hosts that were counted."""

    def count(self, host_id: str, day: date) -> None:
        """Count one change."""

    def use_up(self, host_id: str, day: date) -> None:
        """Take note that Zoom takes no further change that day."""


class Records(Protocol):
    """Decisions, letters, notices, and Zoom's webhooks."""

    def add_decision(self, record: DecisionRecord) -> None: ...
    def decisions(self, organization_id: str, interview_id: str | None = None) -> tuple[DecisionRecord, ...]: ...
    def save_letter(self, record: LetterRecord) -> None: ...
    def letters(self, interview_id: str) -> tuple[LetterRecord, ...]: ...
    def letter(self, letter_id: str) -> LetterRecord | None: ...
    def add_notice(self, record: NoticeRecord) -> bool:
        """Keep a notice unless its event already told the same recipient; return whether it is new."""

    def notices(self, organization_id: str) -> tuple[NoticeRecord, ...]: ...
    def undelivered(
        self, now: datetime, organization_id: str | None = None, limit: int = 100
    ) -> tuple[NoticeRecord, ...]:
        """Return notices that still have to be delivered and that nobody claims beyond ``now``, oldest first."""

    def claim_notice(
        self, *, until: datetime, now: datetime, organization_id: str | None = None, notice_id: str | None = None
    ) -> NoticeRecord | None:
        """Take the oldest of them, or the one of an id; it is the caller's ``until`` then."""

    def delivered(self, notice_id: str, at: datetime) -> None: ...
    def postpone_notice(self, notice_id: str, until: datetime) -> None:
        """Let nobody claim a notice before ``until``."""

    def add_to_inbox(self, record: InboxRecord) -> bool:
        """Keep a webhook unless its digest is known; return whether it is new."""

    def unhandled(self, limit: int = 100) -> tuple[InboxRecord, ...]:
        """Return webhooks that were not handled yet, claimed or not, oldest first."""

    def claim(self, *, until: datetime, now: datetime) -> InboxRecord | None:
        """Take the oldest unhandled webhook that nobody claims beyond ``now``; it is the caller's ``until`` then."""

    def postpone(self, inbox_id: str, until: datetime) -> None:
        """Let nobody claim a webhook before ``until``."""

    def handled(self, inbox_id: str, at: datetime) -> None: ...


class Transaction(Protocol):
    """All repositories inside one transaction."""

    @property
    def organizations(self) -> Organizations: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def grants(self) -> Grants: ...
    @property
    def attempts(self) -> Attempts: ...
    @property
    def settings(self) -> SettingsShelf: ...
    @property
    def directory(self) -> Directory: ...
    @property
    def interviews(self) -> Interviews: ...
    @property
    def records(self) -> Records: ...
    @property
    def activities(self) -> Activities: ...
    @property
    def host_days(self) -> HostDays: ...


class Store(Protocol):
    """Runs functions inside transactions, off the event loop."""

    async def read(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in a read-only transaction and return what it returns."""
        ...

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in a transaction that has the write lock from its first statement (BEGIN IMMEDIATE) and
        commit; any exception rolls back and is raised."""
        ...

    async def close(self) -> None:
        """Release connections and threads."""
        ...
