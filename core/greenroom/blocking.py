"""Greenroom for code without an event loop: the same verbs, each of which returns when it is done.

::

    with Greenroom() as greenroom:
        greenroom.create_organization("Northwind", "acme")
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Literal, Self, TypeVar

from greenroom import facade
from greenroom.blocking_features import BlockingFeatureVerbs
from greenroom.configuration import Configuration
from greenroom.engine.approvals import Verdict
from greenroom.engine.connect import Callback
from greenroom.engine.directory_views import DirectoryView
from greenroom.engine.elsewhere import InterviewElsewhere
from greenroom.engine.host_views import HostMoveOutcome, HostsView
from greenroom.engine.notice_views import NoticesView
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
from greenroom.engine.panel import Panel
from greenroom.engine.ports.ambient import Clock, Ids
from greenroom.engine.ports.delivery import Delivery
from greenroom.engine.ports.zoom import ZoomApp
from greenroom.engine.profile_change_views import ProfileChange
from greenroom.engine.share_links import Opened
from greenroom.model import Action, Cause, GivenLink, Level, Scope
from greenroom.profiles import Registry, Switches

T = TypeVar("T")


class Greenroom(BlockingFeatureVerbs):
    """`greenroom.facade.Greenroom`, blocking: same arguments, same answers, same errors.

    It has an event loop of its own while it is open: only the thread that opened it may use it, and where a loop
    runs already, opening raises `RuntimeError`.
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
        self._greenroom: facade.Greenroom = facade.Greenroom(
            configuration,
            switches=switches,
            clock=clock,
            ids=ids,
            delivery=delivery,
            profiles=profiles,
            hurried=hurried,
        )

    def __enter__(self) -> Self:
        _refuse_in_event_loop()
        with contextlib.ExitStack() as undo:
            self._runner = undo.enter_context(asyncio.Runner())
            self._run(self._greenroom.__aenter__())
            undo.push(lambda kind, error, trace: self._run(self._greenroom.__aexit__(kind, error, trace)))
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._undo.__exit__(kind, error, trace)

    @property
    def profiles(self) -> Registry:
        """The registry of profiles."""
        return self._greenroom.profiles

    @property
    def apps(self) -> Mapping[str, ZoomApp]:
        """The configured Zoom apps by name."""
        return self._greenroom.apps

    def ping(self) -> None:
        """Ask the database something small; raises `StoreFault` when it does not answer."""
        return self._run(self._greenroom.ping())

    def create_organization(
        self,
        name: str,
        profile: str,
        *,
        facts: Mapping[str, str] | None = None,
        members: Mapping[str, Sequence[str]] | None = None,
    ) -> OrganizationView:
        """Create an organization under a profile (``NAME`` or ``NAME@EDITION``)."""
        return self._run(self._greenroom.create_organization(name, profile, facts=facts, members=members))

    def organizations(self) -> tuple[OrganizationView, ...]:
        """Return all organizations."""
        return self._run(self._greenroom.organizations())

    def organization(self, organization: str) -> OrganizationView:
        """Return one organization by name or id; raises `NotFound`."""
        return self._run(self._greenroom.organization(organization))

    def save_member(self, organization: str, email: str, roles: Sequence[str]) -> None:
        """Add a member, or give one other roles (the product's names)."""
        return self._run(self._greenroom.save_member(organization, email, roles))

    def change_profile(self, organization: str, profile: str, *, dry_run: bool = False) -> ProfileChange:
        """Change an organization to another profile, and say what carries over; ``dry_run`` changes nothing."""
        return self._run(self._greenroom.change_profile(organization, profile, dry_run=dry_run))

    def actions(self, organization: str, *, as_: str | None = None) -> tuple[Offer, ...]:
        """Return what the acting member may do now, and why not where they may not."""
        return self._run(self._greenroom.actions(organization, as_=as_))

    def act(
        self,
        organization: str,
        action: Action,
        *,
        as_: str | None = None,
        level: Level | None = None,
        confirmed: bool = False,
    ) -> GateOutcome:
        """Do an action that stays inside the product."""
        return self._run(self._greenroom.act(organization, action, as_=as_, level=level, confirmed=confirmed))

    def approval_decided(
        self, organization: str, verdict: Verdict, *, as_: str | None = None, level: Level | None = None
    ) -> GateOutcome:
        """Take note that the Zoom account's admins approved the app, or refused to."""
        return self._run(self._greenroom.approval_decided(organization, verdict, as_=as_, level=level))

    def connect(
        self, organization: str, *, as_: str | None = None, level: Level | None = None, share: bool = False
    ) -> GateOutcome:
        """Begin to connect; the outcome's ``url`` is where a person has to go."""
        return self._run(self._greenroom.connect(organization, as_=as_, level=level, share=share))

    def open_ticket(self, token: str) -> Opened:
        """Open one of our ``/connect/{token}`` addresses in a browser. Raises `BadInput` when it is not valid."""
        return self._run(self._greenroom.open_ticket(token))

    def complete(self, callback: Callback, *, binding: str | None = None) -> GateOutcome:
        """Settle what a browser brought back from Zoom; ``binding`` is the cookie it carried."""
        return self._run(self._greenroom.complete(callback, binding=binding))

    def complete_url(self, url: str) -> GateOutcome:
        """Settle the address a browser ended on after Zoom's page. Raises `BadInput` when it is not one of those."""
        return self._run(self._greenroom.complete_url(url))

    def configure(
        self,
        organization: str,
        values: Mapping[str, str],
        *,
        as_: str | None = None,
        scope: Scope = Scope.ORGANIZATION,
        subject: str = "",
    ) -> GateOutcome:
        """Change settings: text as typed, lists separated by commas."""
        return self._run(self._greenroom.configure(organization, values, as_=as_, scope=scope, subject=subject))

    def schedule(
        self,
        organization: str,
        panel: Panel | Mapping[str, object],
        *,
        as_: str | None = None,
        dry_run: bool = False,
        file: str = "panel",
    ) -> PanelOutcome:
        """Schedule a panel. Raises `BadInput` before anything is written."""
        return self._run(self._greenroom.schedule(organization, panel, as_=as_, dry_run=dry_run, file=file))

    def retry(self, interview: str) -> InterviewOutcome:
        """Take an interview up again: settle what is open by looking at Zoom, then go on from the facts."""
        return self._run(self._greenroom.retry(interview))

    def preview(self, id: str) -> tuple[LetterView, ...]:
        """Return exactly what `send` would send for an interview or panel."""
        return self._run(self._greenroom.preview(id))

    def edit(self, letter: str, *, subject: str | None = None, body: str | None = None) -> LetterView:
        """Rewrite an unsent letter as far as the profile lets people."""
        return self._run(self._greenroom.edit(letter, subject=subject, body=body))

    def send(self, id: str) -> tuple[LetterView, ...]:
        """Send the waiting letters of an interview or panel."""
        return self._run(self._greenroom.send(id))

    def reschedule(self, interview: str, start: str | datetime, *, minutes: int | None = None) -> InterviewOutcome:
        """Move an interview. ``start``: an aware instant, or text as in a panel, read in the interview's zone."""
        return self._run(self._greenroom.reschedule(interview, start, minutes=minutes))

    def place(
        self,
        interview: str,
        *,
        zoom: bool | None = None,
        link: GivenLink | None = None,
        room: str | None = None,
        host: str | None = None,
    ) -> InterviewOutcome:
        """Hold an interview elsewhere: with or without a Zoom link, with a pasted one, in a room."""
        return self._run(self._greenroom.place(interview, zoom=zoom, link=link, room=room, host=host))

    def confirm(self, interview: str) -> InterviewOutcome:
        """Agree the time of an interview that was scheduled unconfirmed, and bring it as far as it goes."""
        return self._run(self._greenroom.confirm(interview))

    def cancel(self, interview: str) -> InterviewOutcome:
        """Cancel an interview."""
        return self._run(self._greenroom.cancel(interview))

    def decide_elsewhere(self, interview: str, profiles: Sequence[str]) -> InterviewElsewhere:
        """Return what each profile decides about an interview from the facts stored about it."""
        return self._run(self._greenroom.decide_elsewhere(interview, profiles))

    def decisions(self, organization: str) -> tuple[DecisionView, ...]:
        """Return every decision about an organization and its interviews."""
        return self._run(self._greenroom.decisions(organization))

    def explain(self, interview: str) -> Explanation:
        """Return every decision about an interview, with its clauses and the facts they name."""
        return self._run(self._greenroom.explain(interview))

    def status(self, organization: str) -> StatusView:
        """Return an organization's connections, interviews and notices."""
        return self._run(self._greenroom.status(organization))

    def directory(self, organization: str) -> DirectoryView:
        """Return who exists at Zoom as last seen through each connection, and how old that is."""
        return self._run(self._greenroom.directory(organization))

    def refresh_directory(self, organization: str) -> DirectoryView:
        """Look at Zoom now who exists, through each connection, and say what changed."""
        return self._run(self._greenroom.refresh_directory(organization))

    def hosts(self, organization: str) -> HostsView:
        """Return who may host here and why not, and whose turn it is; no turn is used."""
        return self._run(self._greenroom.hosts(organization))

    def move_host(self, organization: str, from_: str, to: str, *, dry_run: bool = False) -> HostMoveOutcome:
        """Give the coming meetings of one host to another, as far as the profile lets them host."""
        return self._run(self._greenroom.move_host(organization, from_, to, dry_run=dry_run))

    def notices(self, organization: str, *, as_: str | None = None) -> NoticesView:
        """Return who was told what, oldest first, and whether it was delivered; ``as_``: one person's only."""
        return self._run(self._greenroom.notices(organization, as_=as_))

    def members(self, organization: str, *, as_: str | None = None) -> MembersOutcome:
        """Return who is connected and how, to whom the profile lets see it."""
        return self._run(self._greenroom.members(organization, as_=as_))

    def setup(self, organization: str, *, as_: str) -> SetupView:
        """Return what a member's own Zoom page shows: one connection, and what they may do about it."""
        return self._run(self._greenroom.setup(organization, as_=as_))

    def rooms(self, organization: str, *, as_: str | None = None) -> RoomsOutcome:
        """Return the Zoom Rooms of the connected account, where the profile lists them."""
        return self._run(self._greenroom.rooms(organization, as_=as_))

    def disconnect(
        self,
        organization: str,
        *,
        as_: str | None = None,
        level: Level | None = None,
        confirmed: bool = False,
        dry_run: bool = False,
        cause: Cause = Cause.PERSON,
    ) -> DisconnectOutcome:
        """Disconnect as the profile has it; ``dry_run`` says what would and would not change, whatever the cause."""
        return self._run(
            self._greenroom.disconnect(
                organization, as_=as_, level=level, confirmed=confirmed, dry_run=dry_run, cause=cause
            )
        )

    def recover(self) -> tuple[InterviewOutcome, ...]:
        """Take up what a stopped process left open: every interview whose meeting may or may not exist."""
        return self._run(self._greenroom.recover())

    def end_overdue(self) -> int:
        """End the waits for those who went to Zoom and did not come back in time; return how many ended here."""
        return self._run(self._greenroom.end_overdue())

    def deliver_notices(self) -> int:
        """Deliver the notices that a stopped process or a failed delivery left; return how many left the house."""
        return self._run(self._greenroom.deliver_notices())

    def keep_webhook(self, app: str, body: bytes, digest: str) -> Literal["new", "known"]:
        """Keep a webhook whose signature was verified; act on it with `work_inbox`."""
        return self._run(self._greenroom.keep_webhook(app, body, digest))

    def work_inbox(self) -> int:
        """Act on kept webhooks; return how many were handled."""
        return self._run(self._greenroom.work_inbox())

    def inbox_waits(self) -> bool:
        """Whether a kept webhook was not handled yet."""
        return self._run(self._greenroom.inbox_waits())

    def _run(self, verb: Coroutine[object, object, T]) -> T:
        return self._runner.run(verb)


def _refuse_in_event_loop() -> None:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    raise RuntimeError("an event loop runs here and would stand still: use greenroom.facade with `async with`")
