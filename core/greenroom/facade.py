"""One object with the verbs of the command line: what an integrator embeds."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from functools import partial
from types import TracebackType
from typing import Literal, Self
from urllib.parse import parse_qs, urlsplit

from pydantic import SecretStr, TypeAdapter, ValidationError

from greenroom.ambient import SecureIds, SystemClock
from greenroom.configuration import Configuration, configuration_file, read_configuration
from greenroom.engine.approvals import Approvals, Verdict
from greenroom.engine.calendars import Calendars
from greenroom.engine.capture import Capture
from greenroom.engine.change import Change
from greenroom.engine.connect import Callback, Connect
from greenroom.engine.deployment import SETTLE_AFTER, Deployment
from greenroom.engine.directories import Directories
from greenroom.engine.directory import Directory
from greenroom.engine.directory_views import DirectoryView
from greenroom.engine.disconnect import Disconnect
from greenroom.engine.elsewhere import Comparison, InterviewElsewhere
from greenroom.engine.features import Features
from greenroom.engine.gate import Gate
from greenroom.engine.grants import Grants
from greenroom.engine.host_moves import HostMoves
from greenroom.engine.host_views import HostMoveOutcome, HostsView
from greenroom.engine.hosts import Hosts
from greenroom.engine.inbox import Inbox
from greenroom.engine.letters import Letters
from greenroom.engine.meeting_news import MeetingNews
from greenroom.engine.meetings import Meetings
from greenroom.engine.notice_views import NoticesView, notices_view
from greenroom.engine.notices import deliver_waiting
from greenroom.engine.outcomes import (
    DecisionView,
    DisconnectOutcome,
    Explanation,
    GateOutcome,
    InterviewOutcome,
    LetterView,
    MembersOutcome,
    Offer,
    OrganizationView,
    PanelOutcome,
    RoomsOutcome,
    SetupView,
    StatusView,
)
from greenroom.engine.panel import Panel, PanelPerson, instant, read_panel, read_place, settle_times
from greenroom.engine.placing import Placing
from greenroom.engine.ports.ambient import Clock, Ids
from greenroom.engine.ports.delivery import Delivery
from greenroom.engine.ports.records import OrganizationRecord
from greenroom.engine.ports.store import StoreConflict, Transaction
from greenroom.engine.ports.zoom import ZoomApp
from greenroom.engine.profile_change import ChangeOfProfile
from greenroom.engine.profile_change_views import ProfileChange
from greenroom.engine.questions import Questions
from greenroom.engine.role_watch import RoleWatch
from greenroom.engine.rooms import Rooms
from greenroom.engine.schedule import Schedule
from greenroom.engine.setups import member_connections, members_outcome, setup_view
from greenroom.engine.share_links import Opened, ShareLinks
from greenroom.engine.standing import Standing, find_organization, read_standing
from greenroom.engine.views import decisions_view, explanation, organization_view, status_view
from greenroom.engine.waiting import Waiting
from greenroom.errors import BadInput, GreenroomError
from greenroom.feature_verbs import FeatureVerbs, feature_desk
from greenroom.mail.files import FileDelivery
from greenroom.model import Action, Cause, Email, GivenLink, Level, Member, Person, Refusal, Scope, normalize_email
from greenroom.profiles import Registry, Switches

log = logging.getLogger(__name__)

_EMAIL: TypeAdapter[str] = TypeAdapter(Email)
_FACTS = ("calendar", "package", "zoom_cloud", "zoom_plan")
_NAME = re.compile(r"^[^\x00-\x1f\x7f]{1,100}$")


class Greenroom(FeatureVerbs):
    """Greenroom as a library: open it, use its verbs, close it.

        async with Greenroom() as greenroom:
            await greenroom.create_organization("Northwind", "acme")

    ``configuration`` is read from the environment unless given. ``switches`` say which plugins may load; ``profiles``
    is a registry to use instead, which several may share. Clock, ids and delivery may be replaced; by default they
    are the system's, and letters are written to files. ``hurried``: look and try again without a pause, for a Zoom
    at which nothing is at work once it has answered, such as the embedded one.
    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        *,
        switches: Switches | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
        delivery: Delivery | None = None,
        profiles: Registry | None = None,
        hurried: bool = False,
    ) -> None:
        self._configuration = configuration or read_configuration()
        self._switches = switches
        self._profiles = profiles
        self._hurried = hurried
        self._clock = clock or SystemClock()
        self._ids = ids or SecureIds()
        self._delivery = delivery or FileDelivery(self._configuration.out)
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        from greenroom.store import Keyring, SqlStore  # SQLAlchemy is slow to import
        from greenroom.zoom import ZoomClient  # so is httpx

        configuration = self._configuration
        keyring = Keyring.parse(_secret(configuration.keys))
        store = await SqlStore.open(configuration.database_url, keyring)
        self._stack.push_async_callback(store.close)
        client = partial(ZoomClient, apps=configuration.apps().values(), now=self._clock.now)
        zoom = await self._stack.enter_async_context(client(pauses=(0.0, 0.0)) if self._hurried else client())
        self._wire(
            Deployment(
                store=store,
                zoom=zoom,
                profiles=self._profiles or self._discover(),
                clock=self._clock,
                ids=self._ids,
                delivery=self._delivery,
                apps=configuration.apps(),
                public_url=configuration.public_url.rstrip("/") if configuration.public_url else None,
                calendars={"zoom": zoom.calendar},
                settle_after=(0.0,) if self._hurried else SETTLE_AFTER,
            )
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    @property
    def profiles(self) -> Registry:
        """The registry of profiles."""
        return self._deployment.profiles

    @property
    def apps(self) -> Mapping[str, ZoomApp]:
        """The configured Zoom apps by name."""
        return self._deployment.apps

    async def ping(self) -> None:
        """Ask the database something small; raises `StoreFault` when it does not answer."""
        await self._deployment.store.read(lambda tx: tx.organizations.get(""))

    async def create_organization(
        self,
        name: str,
        profile: str,
        *,
        facts: Mapping[str, str] | None = None,
        members: Mapping[str, Sequence[str]] | None = None,
    ) -> OrganizationView:
        """Create an organization under a profile (``NAME`` or ``NAME@EDITION``).

        ``facts``: ``package``, ``calendar`` (none, google, microsoft365, exchange_on_premise, zoom, local),
        ``zoom_plan`` (basic, pro, business, education, enterprise), ``zoom_cloud`` (commercial, government).
        ``members``: e-mail address to the product's role names; without any, one administrator is made. Raises
        `BadInput`, and `UnknownProfile` for a profile that is not installed.
        """
        chosen = self._deployment.profiles.profile(profile)
        record = _organization_record(self._deployment, name, chosen.name, chosen.edition, facts or {})
        roles = chosen.manifest.roles
        people = members or {f"admin@{_slug(name)}.example": (roles.administrator,)}
        for email, held in people.items():
            unknown = [role for role in held if role not in roles.known]
            if unknown:
                raise BadInput(
                    f"unknown role {unknown[0]!r}", where=f"member {email}", next=f"Known: {', '.join(roles.known)}"
                )
        saved = [_new_member(self._deployment, email, held) for email, held in people.items()]

        def commit(tx: Transaction) -> OrganizationView:
            tx.organizations.add(record)
            for member in saved:
                tx.organizations.save_member(record.id, member)
            return organization_view(tx, chosen, record)

        try:
            return await self._deployment.store.write(commit)
        except StoreConflict:
            raise BadInput("there is an organization of this name", where=name, next="Choose another name") from None

    async def organizations(self) -> tuple[OrganizationView, ...]:
        """Return all organizations."""
        profiles = self._deployment.profiles

        def read(tx: Transaction) -> tuple[OrganizationView, ...]:
            return tuple(
                organization_view(tx, profiles.profile(f"{row.profile}@{row.edition}"), row)
                for row in tx.organizations.list()
            )

        return await self._deployment.store.read(read)

    async def organization(self, organization: str) -> OrganizationView:
        """Return one organization by name or id; raises `NotFound`."""
        return (await self.status(organization)).organization

    async def save_member(self, organization: str, email: str, roles: Sequence[str]) -> None:
        """Add a member, or give one other roles (the product's names)."""
        standing = await self._standing(organization, None)
        known = standing.profile.manifest.roles.known
        for role in roles:
            if role not in known:
                raise BadInput(f"unknown role {role!r}", where=f"member {email}", next=f"Known: {', '.join(known)}")
        fresh = _new_member(self._deployment, email, roles)
        organization_id = standing.record.id

        def commit(tx: Transaction) -> None:
            old = tx.organizations.member(organization_id, fresh.email)
            kept = fresh if old is None else old.model_copy(update={"roles": fresh.roles})
            tx.organizations.save_member(organization_id, kept)

        await self._deployment.store.write(commit)

    async def change_profile(self, organization: str, profile: str, *, dry_run: bool = False) -> ProfileChange:
        """Change an organization to another profile (``NAME`` or ``NAME@EDITION``), and say what carries over.

        Interviews there are stay under the profile they were decided with. ``dry_run`` changes nothing. Raises
        `BadInput` when it is under it already, and `UnknownProfile` for a profile that is not installed.
        """
        return await self._change_of_profile.change(organization, profile, dry_run=dry_run)

    async def actions(self, organization: str, *, as_: str | None = None) -> tuple[Offer, ...]:
        """Return what the acting member may do now, with labels, and why not where they may not."""
        return self._gate.offers(await self._standing(organization, as_))

    async def act(
        self,
        organization: str,
        action: Action,
        *,
        as_: str | None = None,
        level: Level | None = None,
        confirmed: bool = False,
    ) -> GateOutcome:
        """Do an action that stays inside the product (enable, ask approval, …)."""
        standing = await self._acting(organization, as_)
        chosen = self._level(standing, action, level)
        if action is Action.APPROVAL_DECIDED:
            return await self._approvals.decided(standing, chosen, "approved")
        if action is Action.ASK_APPROVAL:
            return await self._approvals.ask(standing, chosen)
        outcome = await self._gate.act(standing, action, chosen, confirmed=confirmed)
        row = standing.connection_of(chosen)
        if action is Action.DISABLE and outcome.kind == "done" and row is not None:
            await self._disconnect.lose(row, Cause.SWITCHED_OFF)
        return outcome

    async def approval_decided(
        self, organization: str, verdict: Verdict, *, as_: str | None = None, level: Level | None = None
    ) -> GateOutcome:
        """Take note that the Zoom account's admins approved the app, or refused to."""
        standing = await self._acting(organization, as_)
        chosen = self._level(standing, Action.APPROVAL_DECIDED, level)
        return await self._approvals.decided(standing, chosen, verdict)

    async def connect(
        self, organization: str, *, as_: str | None = None, level: Level | None = None, share: bool = False
    ) -> GateOutcome:
        """Begin to connect; the outcome's ``url`` is where a person has to go, with ``share`` one to give on."""
        standing = await self._acting(organization, as_)
        action = Action.SHARE if share else Action.CONNECT
        return await self._connect.begin(standing, self._level(standing, action, level), share=share)

    async def open_ticket(self, token: str) -> Opened:
        """Open one of our ``/connect/{token}`` addresses in a browser. Raises `BadInput` when it is not valid."""
        return await self._share_links.open(token)

    async def complete(self, callback: Callback, *, binding: str | None = None) -> GateOutcome:
        """Settle what a browser brought back from Zoom; ``binding`` is the cookie it carried."""
        return await self._connect.complete(callback, binding=binding)

    async def complete_url(self, url: str) -> GateOutcome:
        """Settle the address a browser ended on after Zoom's page. Raises `BadInput` when it is not one of those."""
        return await self._connect.complete(_callback_of(url, self._deployment.apps), binding=None)

    async def configure(
        self,
        organization: str,
        values: Mapping[str, str],
        *,
        as_: str | None = None,
        scope: Scope = Scope.ORGANIZATION,
        subject: str = "",
    ) -> GateOutcome:
        """Change settings: text as typed, lists separated by commas. ``subject``: the kind or candidate."""
        standing = await self._acting(organization, as_)
        if scope is Scope.MEMBER:
            subject = standing.actor.id if standing.actor else ""
        elif scope is Scope.CANDIDATE:
            subject = _email(subject)
        return await self._gate.configure(standing, scope, subject, values)

    async def schedule(
        self,
        organization: str,
        panel: Panel | Mapping[str, object],
        *,
        as_: str | None = None,
        dry_run: bool = False,
        file: str = "panel",
    ) -> PanelOutcome:
        """Schedule a panel: each interview is brought as far as the profile takes it before sending.

        ``as_`` schedules instead of the panel's ``scheduler``. Raises `BadInput` before anything is written.
        """
        read = read_panel(panel, file=file)
        slots = settle_times(read, now=self._deployment.clock.now(), file=file)
        named = read.scheduler if isinstance(read.scheduler, PanelPerson) else PanelPerson(email=read.scheduler)
        scheduler = Person(email=_email(as_), name="") if as_ else Person(email=named.email, name=named.name)
        if dry_run:
            standing = await self._standing(organization, scheduler.email)
            return await self._schedule.dry_run(standing, slots, scheduler=scheduler, kind=read.stage)
        standing = await self._acting(organization, scheduler.email)
        return await self._schedule.panel(standing, slots, scheduler=scheduler, kind=read.stage)

    async def retry(self, interview: str) -> InterviewOutcome:
        """Take an interview up again: settle what is open by looking at Zoom, then go on from the facts."""
        await self._host_moves.complete(interview)
        return await self._schedule.retry(interview)

    async def preview(self, id: str) -> tuple[LetterView, ...]:
        """Return exactly what `send` would send for an interview or panel."""
        return await self._change.preview(id)

    async def edit(self, letter: str, *, subject: str | None = None, body: str | None = None) -> LetterView:
        """Rewrite an unsent letter as far as the profile lets people; return it as it is now."""
        return await self._letters.edit(letter, subject=subject, body=body)

    async def send(self, id: str) -> tuple[LetterView, ...]:
        """Send the waiting letters of an interview or panel."""
        return await self._change.send(id)

    async def reschedule(
        self, interview: str, start: str | datetime, *, minutes: int | None = None
    ) -> InterviewOutcome:
        """Move an interview. ``start``: an aware instant, or text as in a panel, read in the interview's zone."""
        record = await self._schedule.find(interview)
        if isinstance(start, str):
            zone = record.interview.zone or "UTC"
            start = instant(start, zone, now=self._deployment.clock.now(), where="--start")
        elif start.tzinfo is None:
            raise BadInput("the start has no time zone", where="start", next="Give an aware datetime")
        return await self._change.reschedule(interview, start.replace(microsecond=0), minutes)

    async def place(
        self,
        interview: str,
        *,
        zoom: bool | None = None,
        link: GivenLink | None = None,
        room: str | None = None,
        host: str | None = None,
    ) -> InterviewOutcome:
        """Hold an interview elsewhere: ``zoom`` adds a Zoom link or takes it out, ``link`` is a pasted one.

        ``room`` goes beside a link, ``""`` means none; ``host`` is a chosen host's address. What is not given stays.
        Raises `BadInput` when it was cancelled or its meeting may be under way.
        """
        place = read_place({"zoom": zoom, "manual": link, "room": room, "host": host})
        return await self._placing.place(interview, place)

    async def confirm(self, interview: str) -> InterviewOutcome:
        """Agree the time of an interview that was scheduled unconfirmed, and bring it as far as it goes."""
        return await self._placing.confirm(interview)

    async def cancel(self, interview: str) -> InterviewOutcome:
        """Cancel an interview."""
        return await self._change.cancel(interview)

    async def explain(self, interview: str) -> Explanation:
        """Return every decision about an interview, with its clauses and the facts they name."""
        return await self._deployment.store.read(lambda tx: explanation(tx, self._deployment, interview))

    async def decide_elsewhere(self, interview: str, profiles: Sequence[str]) -> InterviewElsewhere:
        """Return what each profile decides about an interview from the facts stored about it; nothing is written."""
        return await self._comparison.decide(interview, profiles)

    async def decisions(self, organization: str) -> tuple[DecisionView, ...]:
        """Return every decision about an organization and its interviews, in the order they were taken."""
        return await self._deployment.store.read(lambda tx: decisions_view(tx, self._deployment, organization))

    async def status(self, organization: str) -> StatusView:
        """Return an organization's connections, interviews and notices."""
        return await self._deployment.store.read(lambda tx: status_view(tx, self._deployment, organization))

    async def directory(self, organization: str) -> DirectoryView:
        """Return who exists at Zoom as last seen through each connection, and how old that is; asks nothing of Zoom.

        Raises `NotFound` when nothing is connected.
        """
        return await self._directories.show(organization)

    async def refresh_directory(self, organization: str) -> DirectoryView:
        """Look at Zoom now who exists, through each connection, and say what changed.

        A connection through which Zoom cannot be asked says so in its part. Raises `NotFound` when nothing is
        connected.
        """
        return await self._directories.refresh(organization)

    async def hosts(self, organization: str) -> HostsView:
        """Return who may host here and why not, and whose turn it is; no turn is used.

        Raises what Zoom raises when nobody can be looked up.
        """
        return await self._hosts.show(organization)

    async def move_host(self, organization: str, from_: str, to: str, *, dry_run: bool = False) -> HostMoveOutcome:
        """Give the coming meetings of one host to another, as far as the profile lets them host.

        Each interview gets a new link and everybody who was told of it is told once; what is over or under way stays.
        Done again, it completes what was begun. Raises `BadInput` when both are the same.
        """
        leaver, taker = _email(from_), _email(to)
        if leaver == taker:
            raise BadInput("this is the same person", where=to, next="Name whoever is to host instead")
        return await self._host_moves.move(organization, leaver, taker, dry_run=dry_run)

    async def notices(self, organization: str, *, as_: str | None = None) -> NoticesView:
        """Return who was told what, oldest first, and whether it was delivered; ``as_``: one person's only."""
        to = _email(as_) if as_ is not None else None
        return await self._deployment.store.read(lambda tx: notices_view(tx, organization, to))

    async def members(self, organization: str, *, as_: str | None = None) -> MembersOutcome:
        """Return who is connected and how, to whom the profile lets see it."""
        standing = await self._standing(organization, as_)
        asked = self._gate.ask(standing, self._gate.request(standing, Action.SEE_MEMBERS, Level.ORGANIZATION))
        found = None
        if not isinstance(asked.step, Refusal):
            found = await self._deployment.store.read(lambda tx: member_connections(tx, standing))
        return members_outcome(asked, found)

    async def setup(self, organization: str, *, as_: str) -> SetupView:
        """Return what a member's own Zoom page shows: one connection, and what they may do about it."""
        standing = await self._standing(organization, as_)
        return setup_view(standing, self._gate.offers(standing))

    async def rooms(self, organization: str, *, as_: str | None = None) -> RoomsOutcome:
        """Return the Zoom Rooms of the connected account, where the profile lists them."""
        return await self._rooms.list(await self._standing(organization, as_))

    async def disconnect(
        self,
        organization: str,
        *,
        as_: str | None = None,
        level: Level | None = None,
        confirmed: bool = False,
        dry_run: bool = False,
        cause: Cause = Cause.PERSON,
    ) -> DisconnectOutcome:
        """Disconnect as the profile has it; ``dry_run`` says what would and would not change.

        A dry run may ask about another ``cause`` than a person's wish, as if it had just happened at Zoom. Raises
        `BadInput` for one without ``dry_run``.
        """
        standing = await self._standing(organization, as_)
        chosen = self._level(standing, Action.DISCONNECT, level)
        if cause is not Cause.PERSON:
            if not dry_run:
                raise BadInput("a cause at Zoom cannot be brought about here", where="cause", next="Give dry_run too")
            return await self._disconnect.by_cause(standing, chosen, cause)
        return await self._disconnect.by_person(standing, chosen, confirmed=confirmed, dry_run=dry_run)

    async def recover(self) -> tuple[InterviewOutcome, ...]:
        """Take up what a stopped process left open: every interview whose meeting may or may not exist.

        One that cannot be taken up now (its profile is blocked, say) stays open and stops no other.
        """
        open_ = await self._deployment.store.read(lambda tx: tx.interviews.open_intents())
        outcomes = []
        for intent in open_:
            try:
                outcomes.append(await self.retry(intent.interview_id))
            except GreenroomError as error:
                log.warning("interview %s stays open: %s", intent.interview_id, error.code)
        return tuple(outcomes)

    async def end_overdue(self) -> int:
        """End the waits for those who went to Zoom and did not come back in time, as their profiles say.

        Returns how many ended here. Several processes may do so at once.
        """
        return await self._waiting.end_overdue()

    async def deliver_notices(self) -> int:
        """Deliver the notices that a stopped process or a failed delivery left; return how many left the house.

        Several processes may do so at once: each notice is delivered by one of them.
        """
        return await deliver_waiting(self._deployment)

    async def keep_webhook(self, app: str, body: bytes, digest: str) -> Literal["new", "known"]:
        """Keep a webhook whose signature was verified; act on it with `work_inbox`."""
        return await self._inbox.keep(app, body, digest)

    async def work_inbox(self) -> int:
        """Act on kept webhooks; return how many were handled. Several processes may do so at once."""
        return await self._inbox.work()

    async def inbox_waits(self) -> bool:
        """Whether a kept webhook was not handled yet."""
        return await self._inbox.waiting()

    def _discover(self) -> Registry:
        switches = self._switches
        if switches is None:
            switches = Switches.resolve(environment=os.environ, file=configuration_file())
        return Registry.discover(switches, self._configuration.parameters)

    def _wire(self, deployment: Deployment) -> None:
        self._deployment = deployment
        grants = Grants(deployment)
        directory = Directory(deployment, grants)
        self._directories = Directories(deployment, directory)
        self._stack.push_async_callback(grants.settled)
        self._stack.push_async_callback(directory.close)
        self._gate = Gate(deployment, directory)
        self._disconnect = Disconnect(deployment, self._gate)
        self._connect = Connect(deployment, self._gate, self._disconnect)
        self._share_links = ShareLinks(deployment, self._gate, self._connect)
        self._approvals = Approvals(deployment, self._gate, self._connect)
        features = Features(deployment, self._gate, grants)
        calendars = Calendars(deployment, features, grants)
        self._desk = feature_desk(deployment, features, calendars, grants)
        self._letters = Letters(deployment, calendars)
        self._rooms = Rooms(deployment, features)
        grants.when_dead(self._disconnect.grant_died)
        grants.when_scopes_lost(self._disconnect.scopes_lost)
        questions = Questions(deployment, directory, calendars)
        meetings = Meetings(deployment, grants)
        self._schedule = Schedule(deployment, questions, meetings, self._letters)
        self._comparison = Comparison(deployment, features, grants, meetings, self._letters)
        self._change = Change(deployment, grants, self._letters, self._schedule, questions)
        self._placing = Placing(deployment, self._schedule, self._change)
        self._change_of_profile = ChangeOfProfile(deployment)
        self._hosts = Hosts(deployment, directory, questions)
        self._host_moves = HostMoves(deployment, grants, questions, meetings, self._letters, calendars, self._change)
        capture = Capture(deployment, self._desk.conversations)
        self._waiting = Waiting(deployment, self._gate)
        news = MeetingNews(deployment, grants, self._letters)
        roles = RoleWatch(deployment, directory, self._disconnect)
        grants.when_not_permitted(roles.refused)
        self._inbox = Inbox(deployment, roles, self._disconnect, capture, news)

    async def _standing(self, organization: str, as_: str | None) -> Standing:
        """Read a standing; somebody not yet known acts with the profile's plain role, and is not kept."""

        def read(tx: Transaction) -> Standing:
            record = find_organization(tx, organization)
            member = self._member(tx, record, as_)
            return read_standing(tx, self._deployment.profiles, record.id, member)

        return await self._deployment.store.read(read)

    async def _acting(self, organization: str, as_: str | None) -> Standing:
        """Read a standing for somebody who acts: one not yet known becomes a member with the plain role."""

        def write(tx: Transaction) -> Standing:
            record = find_organization(tx, organization)
            member = self._member(tx, record, as_)
            if tx.organizations.member(record.id, member.id) is None:
                tx.organizations.save_member(record.id, member)
            return read_standing(tx, self._deployment.profiles, record.id, member)

        standing = await self._deployment.store.write(write)
        await deliver_waiting(self._deployment, standing.record.id)  # no service may run that does
        return standing

    def _member(self, tx: Transaction, record: OrganizationRecord, as_: str | None) -> Member:
        profile = self._deployment.profiles.profile(f"{record.profile}@{record.edition}")
        roles = profile.manifest.roles
        if as_ is None:
            members = tx.organizations.members(record.id)
            return next((one for one in members if roles.administrator in one.roles), members[0])
        found = tx.organizations.member(record.id, _email(as_))
        return found or _new_member(self._deployment, as_, (roles.plain,))

    def _level(self, standing: Standing, action: Action, level: Level | None) -> Level:
        """The level meant: the one asked for, else the first at which the action is open to this member."""
        manifest = standing.profile.manifest
        if level is not None:
            return level
        having = [one for one in Level if one in manifest.levels and action in manifest.actions[one]]
        for one in having:
            asked = self._gate.ask(standing, self._gate.request(standing, action, one, offer=True))
            if not isinstance(asked.step, Refusal):
                return one
        return having[0] if having else manifest.levels[-1]


def _organization_record(
    deployment: Deployment, name: str, profile: str, edition: str, facts: Mapping[str, str]
) -> OrganizationRecord:
    if not _NAME.match(name.strip()):
        raise BadInput("a name has 1 to 100 characters and no control characters", where="name", next="Choose another")
    unknown = [key for key in facts if key not in _FACTS]
    if unknown:
        raise BadInput(
            f"unknown fact {unknown[0]!r}",
            where="--set",
            next=f"Known: {', '.join(_FACTS)}. The profile's own settings are changed with `greenroom configure`",
        )
    try:
        return OrganizationRecord.model_validate(
            {
                **facts,
                "id": deployment.ids.new("org"),
                "name": name.strip(),
                "profile": profile,
                "edition": edition,
                "created_at": deployment.clock.now(),
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        raise BadInput(first["msg"], where=f"--set {first['loc'][0]}", next="Nothing was written") from None


def _new_member(deployment: Deployment, email: str, roles: Sequence[str]) -> Member:
    return Member(id=deployment.ids.new("mem"), email=_email(email), roles=frozenset(roles))


def _email(text: str) -> str:
    try:
        return normalize_email(_EMAIL.validate_python(text.strip()))
    except ValidationError:
        raise BadInput(
            f"{text!r} is no e-mail address", where="e-mail", next="Write one like ana@example.com"
        ) from None


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "organization"


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value is not None else ""


def _callback_of(url: str, apps: Mapping[str, ZoomApp]) -> Callback:
    """Read the address a browser ended on: which app's redirect URI it is, and what Zoom put into its query."""
    parts = urlsplit(url.strip())
    query = parse_qs(parts.query)
    base = f"{parts.scheme}://{parts.netloc}{parts.path}"
    app = next((one for one in apps.values() if one.redirect_uri == base), None)
    state = query.get("state", [""])[0]
    if app is None or not state:
        known = ", ".join(one.redirect_uri for one in apps.values()) or "none configured"
        raise BadInput(
            "this is not an address Zoom sends a browser back to",
            where="--callback",
            next=f"Paste the whole address; it begins with one of: {known}",
        )
    return Callback(app=app.name, state=state, code=query.get("code", [None])[0], error=query.get("error", [None])[0])
