"""Mistakes of what carries decisions out, made under an honest profile: letters, calendars, settings, endings."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from tests.faulty_profiles.faults import EngineFault

from greenroom.embedded import EmbeddedZoom
from greenroom.engine import letters
from greenroom.facade import Greenroom
from greenroom.invites import context, message, render, templates

PROFILE = "calendly"
"""An honest profile with letters that go out at once, settings, and both kinds of connection."""

Patch = Callable[[pytest.MonkeyPatch], None]


def _spoiling(patch: Patch) -> Callable[[], Any]:
    @contextmanager
    def spoil() -> Iterator[None]:
        with pytest.MonkeyPatch.context() as monkey:
            patch(monkey)
            yield

    return spoil


def _cancels_before_disconnecting(monkey: pytest.MonkeyPatch) -> None:
    honest = Greenroom.disconnect

    async def disconnect(self: Greenroom, organization: str, **how: Any) -> Any:
        for one in (await self.status(organization)).interviews:
            if one.join_url and one.state != "cancelled":
                await self.cancel(one.id)
        return await honest(self, organization, **how)

    monkey.setattr(Greenroom, "disconnect", disconnect)


def _tells_of_settings(monkey: pytest.MonkeyPatch) -> None:
    honest = Greenroom.configure

    async def configure(self: Greenroom, organization: str, *values: Any, **how: Any) -> Any:
        outcome = await honest(self, organization, *values, **how)
        for one in (await self.status(organization)).interviews:
            if one.join_url and one.state != "cancelled":
                await self.reschedule(one.id, "+9d 09:00")
        return outcome

    monkey.setattr(Greenroom, "configure", configure)


def _composing(**wrong: Callable[[Any], object]) -> Patch:
    """Return a mistake in how letters are composed: arguments are others than they should be."""
    honest = letters.compose

    def compose(facts: Any, **how: Any) -> Any:
        return honest(facts, **{**how, **{name: value(how) for name, value in wrong.items()}})

    return lambda monkey: monkey.setattr(letters, "compose", compose)


def _in_utc(monkey: pytest.MonkeyPatch) -> None:
    for module in (context, render):
        monkey.setattr(module, "zone_of", lambda _facts: "UTC")


def _unescaped(monkey: pytest.MonkeyPatch) -> None:
    monkey.setattr(templates, "StrictEnvironment", partial(_unescaping, templates.StrictEnvironment))
    monkey.setattr(templates, "sifted", lambda fragment, **_how: fragment)


def _unescaping(environment: Any, sources: Any, *, html: bool) -> Any:
    made = environment(sources, html=html)
    made.autoescape = False
    return made


def _names_as_they_are(monkey: pytest.MonkeyPatch) -> None:
    monkey.setattr(message, "_words", lambda _header, text, _plain: text.encode("ascii", "ignore").decode())


def _takes_no_for_yes(monkey: pytest.MonkeyPatch) -> None:
    honest = EmbeddedZoom.authorize
    monkey.setattr(EmbeddedZoom, "authorize", lambda self, url, user, _decision="authorize": honest(self, url, user))


def _ends_an_hour_later(monkey: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("greenroom.invites.calendar_object")  # the package calls its function so
    honest = module.local

    def local(instant: Any, zone: str) -> Any:
        return honest(instant, zone).replace(tzinfo=honest(instant, "Europe/London").tzinfo)

    monkey.setattr(module, "local", local)


FAULTS = (
    EngineFault(
        "what_was_made_outlives_the_connection",
        "disconnecting cancels every interview first",
        "went with its connection",
        _spoiling(_cancels_before_disconnecting),
    ),
    EngineFault(
        "a_decline_connects_nothing",
        "whoever declines at Zoom has granted all the same",
        "a grant was made",
        _spoiling(_takes_no_for_yes),
    ),
    EngineFault(
        "settings_change_nothing_that_was_made",
        "a change of settings moves interviews",
        "after settings changed",
        _spoiling(_tells_of_settings),
    ),
    EngineFault(
        "a_calendar_event_lives_once",
        "each letter has an event of its own",
        "another UID",
        _spoiling(_composing(uid=lambda how: how["letter_id"])),
    ),
    EngineFault(
        "a_calendar_event_lives_once",
        "a change is not counted",
        "SEQUENCE does not rise",
        _spoiling(_composing(sequence=lambda _how: 0)),
    ),
    EngineFault(
        "a_calendar_event_lives_once",
        "a time is written in another zone's hours",
        "begins otherwise",
        _spoiling(_ends_an_hour_later),
    ),
    EngineFault(
        "each_reader_reads_their_own_hours",
        "everybody reads UTC",
        "reads no",
        _spoiling(_in_utc),
    ),
    EngineFault("names_stay_names", "a page is not escaped", "became markup", _spoiling(_unescaped)),
    EngineFault("hostile_texts_inject_nothing", "a page is not escaped", "in its page", _spoiling(_unescaped)),
    EngineFault(
        "hostile_texts_inject_nothing",
        "a name stands in a header as it was typed",
        "",
        _spoiling(_names_as_they_are),
    ),
)
