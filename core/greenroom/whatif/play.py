"""Play a scenario: every profile on its own fresh Greenroom and embedded Zoom, all at once, one frozen clock each."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Self, cast

from greenroom.engine.ports.zoom import ZoomError
from greenroom.errors import BadInput
from greenroom.profiles import Profile, Registry, Switches
from greenroom.sandbox import ControlError
from greenroom.whatif import at_zoom, in_product
from greenroom.whatif.clockwork import instants
from greenroom.whatif.differences import IMPOSSIBLE, differences, summary
from greenroom.whatif.events import Doing, Edit, Event, OfInterview
from greenroom.whatif.report import EventPlayed, Happened, ProfilePlayed, WhatIf
from greenroom.whatif.scenario import Opening, Scenario
from greenroom.whatif.seen import Links, Seen, happened, look
from greenroom.whatif.set_up import create_organization, set_up
from greenroom.whatif.stage import Came, Stage
from greenroom.whatif.telling import sentence
from greenroom.whatif.theatre import Theatre

_Do = Callable[[Stage, Doing], Awaitable[Came]]

_DOINGS = cast(
    "dict[str, _Do]",
    {
        "connect": in_product.connect,
        "share": in_product.share,
        "open_link": in_product.open_link,
        "act": in_product.act,
        "configure": in_product.configure,
        "schedule": in_product.schedule,
        "preview": in_product.preview,
        "edit": in_product.edit,
        "send": in_product.send,
        "reschedule": in_product.reschedule,
        "cancel": in_product.cancel,
        "confirm": in_product.confirm,
        "place": in_product.place,
        "retry": in_product.retry,
        "disconnect": in_product.disconnect,
        "approve": at_zoom.approve,
        "reject": at_zoom.reject,
        "uninstall": at_zoom.uninstall,
        "zoom_user": at_zoom.zoom_user,
        "zoom_account": at_zoom.zoom_account,
        "remove_scope": at_zoom.remove_scope,
        "zoom_down": at_zoom.zoom_down,
        "zoom_up": at_zoom.zoom_up,
        "restart": in_product.restart,
    },
)


async def play(
    scenario: Scenario, profiles: Sequence[str], *, switches: Switches, seed: int = 1, file: str = "scenario"
) -> WhatIf:
    """Play a scenario through ``profiles`` (``NAME`` or ``NAME@EDITION``) and compare what it came to.

    The same scenario, seed and profiles give the same report. Raises `BadInput` for what only becomes clear with a
    profile or with Zoom's own rules: a role it does not know, a set-up that casts nobody for a part.
    """
    registry = Registry.discover(switches)
    loaded = [registry.profile(name) for name in profiles]
    plays = [_play(scenario, one, switches, seed, file) for one in loaded]
    found: list[tuple[Happened, ...]] = await asyncio.gather(*plays)
    return report_on(scenario, loaded, found, seed=seed)


def report_on(
    scenario: Scenario, profiles: Sequence[Profile], found: Sequence[tuple[Happened, ...]], *, seed: int
) -> WhatIf:
    """Return the report of a scenario that was played: for each profile what each event came to, the set-up first."""
    names = _told_apart(profiles)
    events = tuple(_event(scenario, names, number, column) for number, column in _rows(scenario, found))
    return WhatIf(
        title=scenario.title,
        question=scenario.question,
        look_for=scenario.look_for,
        seed=seed,
        profiles=tuple(
            ProfilePlayed(name=one.name, edition=one.edition, product=one.manifest.product, version=one.version)
            for one in profiles
        ),
        events=events,
        where_they_differ=summary(events),
    )


def _told_apart(profiles: Sequence[Profile]) -> list[str]:
    """Return their names; with the edition where one name is played in several."""
    names = [one.name for one in profiles]
    if len(set(names)) == len(names):
        return names
    return [f"{one.name}@{one.edition}" for one in profiles]


def _rows(scenario: Scenario, found: Sequence[tuple[Happened, ...]]) -> list[tuple[int, tuple[Happened, ...]]]:
    first = 0 if scenario.set_up is not None else 1
    return list(enumerate(zip(*found, strict=True), start=first))


def _event(scenario: Scenario, names: Sequence[str], number: int, by_profile: tuple[Happened, ...]) -> EventPlayed:
    at = (scenario.start, *instants(scenario.events, scenario.start, scenario.zone))[number]
    event = scenario.events[number - 1] if number else None
    return EventPlayed(
        number=number,
        kind=event.kind if event else "set_up",
        text=sentence(scenario, event) if event else "Everything is set up as each product documents it",
        at=at,
        by_profile=by_profile,
        differences=differences(by_profile, names),
    )


class Performance:
    """One play of one profile, event by event: do one, look, and decide what happens next.

    Attributes:
        profile: the profile played.
        events: what happened so far.
        seen: everything there was when it was last looked.
    """

    def __init__(self, stage: Stage, seen: Seen) -> None:
        self.profile = stage.profile
        self.events: tuple[Event, ...] = ()
        self.seen = seen
        self._stage = stage
        self._links = Links()

    @classmethod
    async def begin(cls, stage: Stage, *, file: str = "scenario") -> Self:
        """Make the organization on a fresh stage. Raises `BadInput` for a role that the profile does not know."""
        await create_organization(stage, file=file)
        return cls(stage, await look(stage))

    async def set_up(self, *, file: str = "scenario") -> Happened:
        """Play the profile's own walkthrough. Raises `BadInput` when nobody is cast for somebody in it."""
        return await self._step(set_up(self._stage, file=file))

    async def do(self, event: Event) -> Happened:
        """Let an event happen, and return what it came to.

        Raises `BadInput` when its time lies before that of the one before.
        """
        opening, events = self._stage.scenario, (*self.events, event)
        await self._stage.move_clock(instants(events, opening.start, opening.zone)[-1])
        self.events = events
        return await self._step(came_of(self._stage, event))

    async def _step(self, doing: Awaitable[Came]) -> Happened:
        came = await doing
        await self._stage.hear()
        before, self.seen = self.seen, await look(self._stage)
        return happened(self._stage, came, before, self.seen, self._links)


async def _play(scenario: Scenario, profile: Profile, switches: Switches, seed: int, file: str) -> tuple[Happened, ...]:
    async with staged(scenario, profile, switches, seed, file) as stage:
        performance = await Performance.begin(stage, file=file)
        found = [await performance.set_up(file=file)] if scenario.set_up is not None else []
        for event in scenario.events:
            found.append(await performance.do(event))  # noqa: PERF401  # one after another
    return tuple(found)


async def came_of(stage: Stage, event: Event) -> Came:
    """Do what an event says. A refusal of ours is an outcome here, not the end of the play."""
    if event.wait is not None:
        return Came("time passes")
    doing = event.doing
    if isinstance(doing, OfInterview | Edit) and doing.interview not in stage.interviews:
        return Came("does not apply", notes=(f"{doing.interview} was never scheduled here",))
    try:
        return await _DOINGS[event.kind](stage, doing)
    except BadInput as error:
        return Came(IMPOSSIBLE, says=error.what, code=error.code)
    except ZoomError as error:
        return Came("failed", says=error.what, code=error.code)
    except ControlError as error:  # nobody of this name is left at Zoom, say
        return Came("does not apply", notes=(f"Zoom: {_words_of(error)}",))


def _words_of(error: ControlError) -> str:
    """Return what the embedded Zoom says is wrong; it says so in JSON."""
    try:
        return str(json.loads(str(error))["error"])
    except (ValueError, KeyError, TypeError):
        return str(error)


@contextlib.asynccontextmanager
async def staged(scenario: Opening, profile: Profile, switches: Switches, seed: int, file: str) -> AsyncIterator[Stage]:
    """Open one profile's stage: its own Greenroom and embedded Zoom, and a mailbox; its organization is not made yet.

    Raises `BadInput` when a role or setting of the scenario is not one of Zoom's.
    """
    theatre = Theatre(scenario, Registry.discover(switches), seed=seed, file=file)
    async with theatre, theatre.stage(profile) as stage:
        yield stage
