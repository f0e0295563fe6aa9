"""The state machine: every profile keeps every promise, whatever chance has people and Zoom do."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from greenroom.cli import main
from greenroom.cli.schema_files import schema_texts
from greenroom.conformance.machine.choosing import FAMILIES, deeds_for, event_sequences
from greenroom.conformance.machine.company import CAST, opening
from greenroom.conformance.machine.deeds import DEEDS
from greenroom.conformance.machine.ground import Ground
from greenroom.conformance.machine.plot import plot_of
from greenroom.conformance.machine.promises import ALL
from greenroom.conformance.machine.running import judge_scenario, run_machine
from greenroom.conformance.machine.shrinking import smallest
from greenroom.profiles import Registry, Switches
from greenroom.whatif.events import Event
from greenroom.whatif.play import Performance
from greenroom.whatif.report import Happened
from greenroom.whatif.scenario import Scenario, load_scenario
from greenroom.whatif.theatre import Theatre
from greenroom.whatif.writing import write_scenario

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "state-machine.md"
REGISTRY = Registry.discover(Switches())
NAMES = REGISTRY.names
OPENING = opening("A play", "Does it hold?")
GROUND = Ground(tuple(map(REGISTRY.profile, NAMES)))

ONE = {
    "by": "rita",
    "candidates": ["cam"],
    "kind": "Onsite",
    "interviews": [{"name": "one", "start": "+3d 09:00", "minutes": 45, "interviewers": ["april"], "zoom": True}],
}


def events(*said: dict[str, object]) -> tuple[Event, ...]:
    """Return events as a file says them."""
    return tuple(map(Event.model_validate, said))


def command(*words: str) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["conformance", "machine", *words])


@pytest.mark.parametrize("name", NAMES)
def test_a_few_plays_hold(name: str) -> None:
    """Nothing that chance does in a few plays breaks a promise."""
    report = run_machine(REGISTRY.profile(name), REGISTRY, first=1, plays=3, steps=8)
    assert report.finding is None, report.finding


@pytest.mark.deep
def test_every_rule_fires_and_every_promise_is_at_stake() -> None:
    """A run as the command does it holds, and tries every applicable rule; every promise is at stake somewhere."""
    at_stake = set()
    for name in NAMES:
        report = run_machine(REGISTRY.profile(name), REGISTRY, first=21)
        assert report.finding is None, report.finding
        assert report.never_fired == (), name
        at_stake |= {one.name for one in report.promises if one.times}
    assert at_stake == {one.name for one in ALL}


def test_rules_are_applicable_as_the_manifest_says() -> None:
    """Where nothing can be shared or configured, those rules do not exist, and are not missed."""
    by_profile = {name: {deed.name for deed in deeds_for(Ground((REGISTRY.profile(name),)))} for name in NAMES}
    shares = {
        name
        for name in NAMES
        if any("share" in actions for actions in REGISTRY.profile(name).manifest.actions.values())
    }
    assert {name for name, deeds in by_profile.items() if "open_link" in deeds} == shares
    assert {name for name, deeds in by_profile.items() if "configure" in deeds} == {
        name for name in NAMES if REGISTRY.profile(name).settings
    }


def test_every_deed_is_of_a_family() -> None:
    """A deed that no family names would never be done."""
    assert {name for family in FAMILIES for name in family} == set(DEEDS)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(event_sequences(GROUND, most=8))
def test_what_is_drawn_is_a_scenario(drawn: tuple[Event, ...]) -> None:
    """Every sequence of events is one that a file could say: names are known, and nothing is scheduled twice."""
    scenario = Scenario.of(OPENING, drawn)
    assert plot_of(drawn).events == len(scenario.events)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=event_sequences(GROUND), set_up=st.booleans())
def test_a_story_is_written_and_read_as_the_same(tmp_path: Path, drawn: tuple[Event, ...], set_up: bool) -> None:
    """A scenario is read back from the file that was written of it, whatever happens in it."""
    scenario = Scenario.of(opening("A play", "Is it the same?", set_up=set_up), drawn)
    file = tmp_path / "story.yaml"
    write_scenario(scenario, file)
    assert load_scenario(file) == scenario


async def test_plays_of_one_theatre_begin_anew() -> None:
    """A play that follows another on the same embedded Zoom comes to what it would have come to as the first."""
    story = events({"schedule": ONE}, {"restart": {}}, {"cancel": {"interview": "one"}})
    async with Theatre(OPENING, REGISTRY) as theatre:
        assert await played(theatre, story) == await played(theatre, story)


async def played(theatre: Theatre, story: Sequence[Event]) -> list[Happened]:
    """Return what events came to."""
    async with theatre.stage(REGISTRY.profile(NAMES[0])) as stage:
        performance = await Performance.begin(stage)
        return [await performance.set_up(), *[await performance.do(one) for one in story]]


async def test_a_restart_is_an_event_like_any_other() -> None:
    """Greenroom starts anew over the same database: the interview and its link are still there."""
    async with Theatre(OPENING, REGISTRY) as theatre, theatre.stage(REGISTRY.profile(NAMES[0])) as stage:
        performance = await Performance.begin(stage)
        await performance.set_up()
        for one in events({"schedule": ONE}, {"restart": {}}):
            before = performance.seen
            came = await performance.do(one)
        assert came.outcome == "restarted"
        assert performance.seen.interviews == before.interviews != ()


async def test_a_meeting_asked_for_through_a_connection_that_ended_stays_unclear() -> None:
    """Whoever disconnects while nobody knows whether Zoom made a meeting is told how to find out; nothing breaks."""
    lost = {"operation": "*", "kind": "reset_after"}
    story = events(
        {"zoom_down": lost},
        {"schedule": ONE},
        {"disconnect": {"by": "rita"}},
        {"zoom_up": {}},
        {"retry": {"interview": "one"}},
        {"restart": {}},
    )
    profile = next(one for one in map(REGISTRY.profile, NAMES) if one.manifest.reach == "own")
    async with Theatre(OPENING, REGISTRY) as theatre, theatre.stage(profile) as stage:
        performance = await Performance.begin(stage)
        await performance.set_up()
        outcomes = [(await performance.do(one)) for one in story]
    assert outcomes[4].outcome == "unclear"
    assert "has ended" in outcomes[4].says
    assert outcomes[5].outcome == "restarted"


async def test_what_zoom_has_no_more_is_told() -> None:
    """Whoever is gone from Zoom cannot be deleted again: it does not apply, in Zoom's words, and the play goes on."""
    gone = {"zoom_user": {"who": "rita", "deleted": True}}
    async with Theatre(OPENING, REGISTRY) as theatre, theatre.stage(REGISTRY.profile(NAMES[0])) as stage:
        performance = await Performance.begin(stage)
        came = [await performance.do(one) for one in events(gone, gone)]
    assert [one.outcome for one in came] == ["at Zoom", "does not apply"]
    assert came[1].notes == ("Zoom: No user 'rita@northwind.example'; GET /_sandbox/world lists them.",)


async def test_a_refused_place_leaves_the_link() -> None:
    """Where a product takes no link typed by hand, an interview that is offered one keeps the meeting it has."""
    typed = {"interview": "one", "url": "https://meet.example/typed"}
    outcomes = []
    for name in NAMES:
        async with Theatre(OPENING, REGISTRY) as theatre, theatre.stage(REGISTRY.profile(name)) as stage:
            performance = await Performance.begin(stage)
            await performance.set_up()
            await performance.do(*events({"schedule": ONE}))
            before = performance.seen
            outcomes.append((await performance.do(*events({"place": typed}))).outcome)
            kept = performance.seen.meetings == before.meetings
            assert kept == (outcomes[-1] == "refused"), name
    assert {"refused", "link"} <= set(outcomes)


async def test_a_story_is_made_as_short_as_it_gets() -> None:
    """Events go, with what is done to interviews they scheduled; then what they say; what matters stays."""
    story = events(
        {"wait": {"days": 1}},
        {"schedule": ONE},
        {"reschedule": {"interview": "one", "start": "+5d 09:00", "minutes": 30}},
        {"connect": {"by": "rita", "decision": "leave"}},
        {"restart": {}},
    )

    async def moves(some: tuple[Event, ...]) -> bool:
        return any(one.reschedule is not None for one in some)

    shortest = await smallest(OPENING, story, moves)
    assert [one.kind for one in shortest] == ["schedule", "reschedule"]
    assert shortest[1].model_dump(exclude_defaults=True) == {"reschedule": {"interview": "one", "start": "+5d 09:00"}}
    assert shortest[0].schedule is not None
    assert shortest[0].schedule.interviews[0].model_dump(exclude_defaults=True) == {"name": "one"}


def test_examples_hold() -> None:
    """A scenario of the documentation is held to the promises as any story is."""
    scenario = load_scenario(ROOT / "examples" / "scenarios" / "lost-answer.yaml")
    assert asyncio.run(judge_scenario(scenario, REGISTRY.profile(NAMES[0]), REGISTRY)) is None


def test_the_command_tells_rules_from_promises(tmp_path: Path) -> None:
    """With too few plays some rule never fired: that is said, and is no pass; the report is by its schema."""
    found = command(NAMES[0], "--seed", "1", "--plays", "1", "--steps", "3", "--json", "--out", str(tmp_path))
    document = json.loads(found.stdout)
    Draft202012Validator(json.loads(schema_texts()["greenroom.conformance_machine.v1.json"])).validate(document)
    (report,) = document["data"]
    assert found.exit_code == 4
    assert {one["name"] for one in report["promises"]} | set(report["not_applicable"]) >= {one.name for one in ALL}
    assert sum(one["times"] for one in report["rules"]) <= 6
    assert command().exit_code == 2


def test_the_command_judges_a_scenario(tmp_path: Path) -> None:
    """What a file says is played and judged; the last line says whether it held."""
    file = tmp_path / "story.yaml"
    write_scenario(Scenario.of(OPENING, events({"schedule": ONE})), file)
    found = command(NAMES[0], "--scenario", str(file))
    assert (found.exit_code, found.stdout.strip()) == (0, f"{NAMES[0]} pass events=1")


def test_two_runs_with_one_seed_are_the_same() -> None:
    """The same seed draws the same plays: the reports differ in nothing but the time taken."""
    runs = [run_machine(REGISTRY.profile(NAMES[0]), REGISTRY, first=5, plays=1, steps=5) for _ in range(2)]
    assert runs[0].model_copy(update={"seconds": 0.0}) == runs[1].model_copy(update={"seconds": 0.0})


def test_the_page_names_every_rule_and_promise() -> None:
    """Whoever reads the page knows all that is done and all that is held to, in the words of the code."""
    text = PAGE.read_text("utf-8")
    for one in (*ALL, *DEEDS.values()):
        assert f"| `{one.name}` | {one.says} |" in text


def test_the_program_shown_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """The example of the page does what it says."""
    (source,) = re.findall(r"```python machine\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    exec(compile(source, str(PAGE), "exec"), {"__name__": "shown"})  # noqa: S102  # our own page
    assert "events; never fired:" in capsys.readouterr().out


def test_everybody_is_of_the_company() -> None:
    """Every name that a deed may draw is somebody's."""
    names = {name for field in type(CAST).model_fields for name in getattr(CAST, field)}
    assert names <= set(OPENING.people)
