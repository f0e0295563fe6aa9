"""Play a scenario: every profile on its own fresh Greenroom and embedded Zoom, all at once, one frozen clock each."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import cast

from greenroom.ambient import SeededIds
from greenroom.configuration import DEFAULT_SERVICE
from greenroom.conformance.zoom.receiver import Receiver, receiver
from greenroom.embedded import EmbeddedZoom
from greenroom.engine.ports.zoom import ZoomError
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.profiles import Profile, Registry, Switches
from greenroom.whatif import at_zoom, in_product
from greenroom.whatif.clockwork import instants
from greenroom.whatif.differences import IMPOSSIBLE, differences, summary
from greenroom.whatif.events import Doing, Edit, Event, OfInterview
from greenroom.whatif.report import EventPlayed, Happened, ProfilePlayed, WhatIf
from greenroom.whatif.scenario import Scenario
from greenroom.whatif.seen import Links, Seen, happened, look
from greenroom.whatif.set_up import create_organization, set_up
from greenroom.whatif.stage import Came, Mailbox, Stage
from greenroom.whatif.telling import sentence
from greenroom.whatif.world import zoom_of

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
    names = [one.name for one in loaded]
    events = tuple(_event(scenario, names, number, column) for number, column in _rows(scenario, found))
    return WhatIf(
        title=scenario.title,
        question=scenario.question,
        look_for=scenario.look_for,
        seed=seed,
        profiles=tuple(
            ProfilePlayed(name=one.name, edition=one.edition, product=one.manifest.product, version=one.version)
            for one in loaded
        ),
        events=events,
        where_they_differ=summary(events),
    )


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


async def _play(scenario: Scenario, profile: Profile, switches: Switches, seed: int, file: str) -> tuple[Happened, ...]:
    async with _staged(scenario, profile, switches, seed, file) as stage:
        await create_organization(stage, file=file)
        links = Links()
        found: list[Happened] = []
        before = await look(stage)
        if scenario.set_up is not None:
            before = await _step(stage, set_up(stage, file=file), before, links, found)
        times = instants(scenario.events, scenario.start, scenario.zone)
        for event, at in zip(scenario.events, times, strict=True):
            await stage.move_clock(at)
            before = await _step(stage, _came(stage, event), before, links, found)
    return tuple(found)


async def _step(stage: Stage, doing: Awaitable[Came], before: Seen, links: Links, found: list[Happened]) -> Seen:
    came = await doing
    await stage.hear()
    after = await look(stage)
    found.append(happened(stage, came, before, after, links))
    return after


async def _came(stage: Stage, event: Event) -> Came:
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


@contextlib.asynccontextmanager
async def _staged(
    scenario: Scenario, profile: Profile, switches: Switches, seed: int, file: str
) -> AsyncIterator[Stage]:
    world = zoom_of(scenario, file=file)
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-whatif-")))
        zoom = stack.enter_context(EmbeddedZoom(folder, seed=seed, world=world, starts=scenario.start))
        mailbox = Mailbox()
        greenroom = await stack.enter_async_context(
            Greenroom(
                zoom.configuration(DEFAULT_SERVICE),
                switches=switches,
                clock=zoom.clock,
                ids=SeededIds(seed),
                delivery=mailbox,
            )
        )
        receivers = {
            app.name: await _receiver(stack, zoom, app.name, app.webhook_secret or "") for app in zoom.apps.values()
        }
        yield Stage(scenario, profile, greenroom, zoom, mailbox, receivers)


async def _receiver(stack: contextlib.AsyncExitStack, zoom: EmbeddedZoom, app: str, secret: str) -> Receiver:
    """Open somebody who hears what Zoom tells of an app: its events, and by name its own removal."""
    found = await stack.enter_async_context(receiver(secret))
    for events in (["*"], ["app_deauthorized"]):
        await asyncio.to_thread(zoom.control, "POST", "subscriptions", app=app, url=found.url, events=events)
    return found
