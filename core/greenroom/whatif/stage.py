"""One profile's play: its own Greenroom and Zoom, one frozen clock for both, and all that leaves the house."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from greenroom.conformance.zoom.receiver import Receiver
from greenroom.embedded import EmbeddedZoom
from greenroom.engine.outcomes import InterviewOutcome, OrganizationView
from greenroom.engine.ports.records import LetterRecord, NoticeRecord
from greenroom.facade import Greenroom
from greenroom.model import Because
from greenroom.profiles import Profile
from greenroom.whatif.scenario import Opening
from greenroom.zoom import digest

ORGANIZATION = "Northwind"
"""The organization's name, in every play."""

_MOST_ROUNDS = 5


class Mailbox:
    """Takes every letter and notice instead of a mail server, in order. The same id is taken once."""

    def __init__(self) -> None:
        self._letters: dict[str, LetterRecord] = {}
        self._notices: dict[str, NoticeRecord] = {}

    async def letter(self, record: LetterRecord) -> None:
        """Take a letter."""
        self._letters.setdefault(record.id, record)

    async def notice(self, record: NoticeRecord) -> None:
        """Take a notice."""
        self._notices.setdefault(record.id, record)

    @property
    def letters(self) -> tuple[LetterRecord, ...]:
        """Every letter so far."""
        return tuple(self._letters.values())

    @property
    def notices(self) -> tuple[NoticeRecord, ...]:
        """Every notice so far."""
        return tuple(self._notices.values())


@dataclass(frozen=True)
class Came:
    """What a doing answered, before anybody looks at what else it changed."""

    outcome: str
    says: str = ""
    code: str | None = None
    next: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    because: tuple[Because, ...] = ()
    interviews: tuple[InterviewOutcome, ...] = ()


@dataclass
class Stage:
    """Everything a play of one profile needs.

    Attributes:
        opened: makes a Greenroom, not entered yet, over the same database as the one before.
        interviews: ids by the scenario's names; ``given``: the links pasted into them; ``shared``: the latest shared
            link; ``told``: how many of Zoom's events were handed on so far, by app.
    """

    scenario: Opening
    profile: Profile
    greenroom: Greenroom
    zoom: EmbeddedZoom
    mailbox: Mailbox
    receivers: Mapping[str, Receiver]
    opened: Callable[[], Greenroom]
    interviews: dict[str, str] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    shared: str | None = None
    told: dict[str, int] = field(default_factory=dict)

    @property
    def app_names(self) -> tuple[str, ...]:
        """The Zoom apps this profile goes through, each once."""
        apps = self.zoom.apps
        return tuple(dict.fromkeys(apps[kind].name for kind in self.profile.manifest.apps.values()))

    async def control(self, method: str, call: str, **body: object) -> Mapping[str, object]:
        """Make a call of the sandbox's control API; raises `ControlError` in the sandbox's own words."""
        return await asyncio.to_thread(self.zoom.control, method, call, **body)

    async def move_clock(self, instant: datetime) -> None:
        """Move the one clock; what falls due at Zoom on the way happens."""
        await self.control("POST", "clock", set=instant.isoformat())

    async def hear(self) -> None:
        """Hand on what Zoom tells by webhook, and act on it, until nothing new is told."""
        for _ in range(_MOST_ROUNDS):
            await self.control("POST", "deliveries")
            kept = [await self._hear(app, receiver) for app, receiver in self.receivers.items()]
            if not any(kept):
                return
            await self.greenroom.work_inbox()

    async def restart(self) -> None:
        """Stop Greenroom and start it anew over the same database; it then does what its service would."""
        await self.close()
        self.greenroom = await self.opened().__aenter__()
        await self.work()

    async def work(self) -> None:
        """Take up what was left open: meetings nobody knows of, waits that are overdue, notices, webhooks."""
        await self.greenroom.recover()
        await self.greenroom.end_overdue()
        await self.greenroom.deliver_notices()
        await self.greenroom.work_inbox()

    async def close(self) -> None:
        """Stop Greenroom."""
        await self.greenroom.__aexit__(None, None, None)

    async def status(self) -> OrganizationView:
        """Return the organization."""
        return await self.greenroom.organization(ORGANIZATION)

    def name_of_interview(self, id: str) -> str:
        """Return the scenario's name of an interview."""
        return next((name for name, known in self.interviews.items() if known == id), id)

    async def _hear(self, app: str, receiver: Receiver) -> bool:
        fresh = receiver.events[self.told.get(app, 0) :]
        self.told[app] = self.told.get(app, 0) + len(fresh)
        for one in fresh:
            await self.greenroom.keep_webhook(app, one.raw, digest(one.raw))
        return bool(fresh)
