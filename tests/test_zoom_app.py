"""What `greenroom profiles zoom-app` says to enter at Zoom is enough for a profile to work, and nothing less is."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from tests.embedded import World

from greenroom.cli import main
from greenroom.configuration import Configuration
from greenroom.demo import Browser, Stage, judge, play, read_ledger, read_letters
from greenroom.errors import GreenroomError
from greenroom.facade import Greenroom
from greenroom.profiles import Registry, Switches
from greenroom.service import ServiceServer

NAMES = Registry.discover(Switches()).names
SCHEMA = Path(__file__).parents[1] / "docs" / "schemas" / "greenroom.zoom_app.v1.json"


def typed(*words: str) -> Result:
    """Run ``greenroom profiles zoom-app``."""
    return CliRunner().invoke(main, ("profiles", "zoom-app", *words), env={"COLUMNS": "200"})


def sheets(name: str, *words: str) -> list[dict[str, Any]]:
    """Return the apps of a profile as the command prints them in JSON, held to its schema."""
    found = typed(name, "--json", *words)
    assert found.exit_code == 0, found.output
    printed = json.loads(found.stdout)
    jsonschema.validate(printed, json.loads(SCHEMA.read_text("utf-8")))
    apps: list[dict[str, Any]] = printed["data"]["apps"]
    return apps


def scopes(sheet: dict[str, Any], style: str, without: str = "") -> list[str]:
    """Return the scopes of an app in one style; ``without`` one, whichever data it reaches."""
    names = [one["name"] for one in sheet[style]]
    return [name for name in names if not without or name.removesuffix(":admin") != without]


def demonstrated(name: str, folder: Path, style: str = "granular", without: str = "") -> list[str]:
    """Play a profile's demo with apps that have just the scopes of its sheet; return what the judge found wrong."""

    async def go(zoom: World, configuration: Configuration, apps: dict[str, str]) -> list[str]:
        browser = Browser(zoom.control_url)
        async with Greenroom(configuration, switches=Switches()) as greenroom:
            played = await play(Stage(greenroom, browser, lambda _: None, apps), name)
            profile = greenroom.profiles.profile(name)
        ledger = read_ledger(await browser.ledger())
        return list(judge(profile, played, ledger, read_letters(folder / "invites"), folder).findings)

    with World(folder, seed=1) as zoom:
        apps = {kind: app.name for kind, app in zoom.apps.items()}
        for sheet in sheets(name):
            wanted = scopes(sheet, style, without)
            zoom.control("POST", f"apps/{apps[sheet['kind']]}", scopes=wanted, optional_scopes=[])
        with ServiceServer(zoom.configuration, switches=Switches()) as service:
            return asyncio.run(go(zoom, zoom.configuration(service.base_url), apps))


@pytest.mark.parametrize("style", ["granular", "classic"])
@pytest.mark.parametrize("name", NAMES)
def test_the_scopes_of_the_sheet_are_enough(name: str, style: str, tmp_path: Path) -> None:
    """With the scopes listed and no other, the profile connects, schedules, moves and cancels; in either style."""
    assert demonstrated(name, tmp_path, style) == []


@pytest.mark.parametrize("without", ["user:read:user", "meeting:write:meeting", "meeting:update:meeting"])
@pytest.mark.parametrize("name", [NAMES[0], *(pytest.param(one, marks=pytest.mark.deep) for one in NAMES[1:])])
def test_one_scope_less_is_too_few(name: str, without: str, tmp_path: Path) -> None:
    """Without a scope that connecting, scheduling or moving needs, the demo does not come out as it should."""
    try:
        findings = demonstrated(name, tmp_path, without=without)
    except GreenroomError:
        return
    assert findings


@pytest.mark.parametrize("name", NAMES)
def test_one_app_serves_all_levels_of_its_kind(name: str) -> None:
    """There is one sheet for each kind of app, and every level is on exactly one."""
    manifest = Registry.discover(Switches()).profile(name).manifest
    found = sheets(name)
    assert {one["kind"] for one in found} == set(manifest.apps.values())
    assert len(found) == len({one["kind"] for one in found})
    assert sorted(level for one in found for level in one["levels"]) == sorted(level.value for level in manifest.levels)


@pytest.mark.parametrize("name", NAMES)
def test_printed_scopes_come_with_their_clauses(name: str) -> None:
    """What the product prints is on the sheet, with each purpose's sentence and clauses."""
    profile = Registry.discover(Switches()).profile(name)
    for sheet in sheets(name):
        listed = {one["name"]: [tuple(each["clauses"]) for each in one["purposes"]] for one in sheet["granular"]}
        for spec in profile.manifest.scopes:
            for scope in spec.zoom:
                assert {purpose.clauses for purpose in spec.purposes} <= set(listed[scope])


@pytest.mark.parametrize("name", NAMES)
def test_zoom_accepts_the_events_of_the_sheet(name: str, tmp_path: Path) -> None:
    """An app with the scopes of the sheet may subscribe to all of its events, at the service's own address."""
    with World(tmp_path, seed=1) as zoom:
        apps = {kind: app.name for kind, app in zoom.apps.items()}
        with ServiceServer(zoom.configuration, switches=Switches()) as service:
            for sheet in sheets(name):
                app = apps[sheet["kind"]]
                zoom.control("POST", f"apps/{app}", scopes=scopes(sheet, "granular"), optional_scopes=[])
                url = sheet["event_endpoint"].replace("https://greenroom.example", service.base_url)
                for events in (sheet["events"], [sheet["deauthorization_event"]]):
                    zoom.control("POST", "subscriptions", app=app, url=url, events=events)


def test_addresses_stand_at_the_public_address() -> None:
    """Redirect, allow list and event endpoint are of the address given, else of a placeholder."""
    for sheet, other in zip(sheets("calendly", "--public-url", "https://x.example/"), sheets("calendly"), strict=True):
        assert sheet["redirect_uri"] == f"https://x.example/oauth/callback/{sheet['name']}"
        assert sheet["allow_list"] == [sheet["redirect_uri"]]
        assert sheet["event_endpoint"] == f"https://x.example/webhooks/zoom/{sheet['name']}"
        assert other["redirect_uri"].startswith("https://greenroom.example/")


@pytest.mark.parametrize("name", NAMES)
def test_people_read_everything_that_programs_read(name: str) -> None:
    """The tables show every scope, event and address of the JSON."""
    text = typed(name).output
    for one in sheets(name):
        shown = [*scopes(one, "granular"), *scopes(one, "classic"), *one["events"], one["deauthorization_event"]]
        assert [each for each in [*shown, one["redirect_uri"], one["event_endpoint"]] if each not in text] == []


@pytest.mark.parametrize("words", [("nobody",), ("lever", "--public-url", "http://x.example")])
def test_what_cannot_be_is_refused(words: tuple[str, ...]) -> None:
    """A profile that is not installed, and an address that Zoom would not take, exit 2."""
    assert typed(*words).exit_code == 2
