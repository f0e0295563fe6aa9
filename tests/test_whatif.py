"""What-if: scenarios are read strictly, played deterministically, and compared in words that mean the same for all."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected, environment

from greenroom.cli import main
from greenroom.configuration import Configuration
from greenroom.documents import DocumentError
from greenroom.errors import BadInput, NotFound
from greenroom.facade import Greenroom
from greenroom.model import Action, Because
from greenroom.profiles import Registry, Switches
from greenroom.whatif.differences import ALL_ALIKE, differences, summary
from greenroom.whatif.events import DOINGS
from greenroom.whatif.markdown import markdown
from greenroom.whatif.play import play
from greenroom.whatif.report import EventPlayed, Happened, LetterNow, WhatIf
from greenroom.whatif.scenario import EARLIEST, Scenario, load_scenario
from greenroom.whatif.telling import sentence

ROOT = Path(__file__).parents[1]
SCENARIOS = sorted((ROOT / "examples" / "scenarios").glob("*.yaml"))
SCHEMAS = ROOT / "docs" / "schemas"
NAMES = Registry.discover(Switches()).names

SMALL = """
scenario: 1
title: Small
question: What happens?
people:
  ada: {product: administrator, zoom: {role: admin}}
events:
  - connect: {by: ada}
"""


@cache
def played(name: str) -> WhatIf:
    """Return a shipped scenario, played through every installed profile."""
    scenario = load_scenario(ROOT / "examples" / "scenarios" / f"{name}.yaml")
    return asyncio.run(play(scenario, NAMES, switches=Switches()))


def under(report: WhatIf, profile: str, number: int) -> Happened:
    """Return what event ``number`` came to under a profile."""
    column = [one.name for one in report.profiles].index(profile)
    return next(event for event in report.events if event.number == number).by_profile[column]


def outcomes(name: str, number: int) -> dict[str, str]:
    """Return how an event ended under each profile."""
    return {one: under(played(name), one, number).outcome for one in NAMES}


def hosts(name: str, number: int) -> dict[str, str | None]:
    """Return who hosts, under each profile, the interview of an event."""
    found = {one: under(played(name), one, number).interviews for one in NAMES}
    return {one: interviews[0].host if interviews else None for one, interviews in found.items()}


def test_a_link_of_the_first_interviewer_needs_one_who_can_host() -> None:
    """Where an interviewer hosts, nobody stands in when none can; where the scheduler does, interviewers do not
    matter; where one authorized user does, neither [LEV-37, LEV-48, TRK-39, CAL-39, IVP-21, EXE-11]."""
    assert hosts("nobody-can-host", 1) == {
        "calendly": "rita",
        "exelare": "rita",
        "interviewplanner": "rita",
        "lever": None,
        "trakstar": "rita",
    }
    refused = under(played("nobody-can-host"), "lever", 1)
    assert (refused.code, {"LEV-37", "LEV-48"} <= set(refused.clauses)) == ("no_eligible_host", True)
    assert hosts("nobody-can-host", 2) == dict.fromkeys(NAMES) | {"exelare": "rita"}


def test_a_turn_is_used_by_a_meeting_that_was_made() -> None:
    """A creation that fails gives the turn back, and a busy host is not passed over [LEV-39]."""
    assert [hosts("taking-turns", number)["lever"] for number in (2, 4, 5, 6)] == ["april", "calvin", "calvin", "april"]
    assert outcomes("taking-turns", 1) == dict.fromkeys(NAMES, "does not apply") | {"lever": "done"}
    assert under(played("taking-turns"), "calendly", 1).notes


def test_only_one_profile_wants_the_same_address_at_zoom() -> None:
    """Another address at Zoom is refused on one's own click and welcome through a shared link [LEV-19, LEV-28]."""
    report = played("another-address-at-zoom")
    assert under(report, "lever", 1).code == "different_email"
    assert "Share link" in under(report, "lever", 1).next
    assert under(report, "lever", 3).outcome == "connected"
    assert outcomes("another-address-at-zoom", 1)["calendly"] == "connected"
    assert under(report, "interviewplanner", 2).says.startswith("Have your Zoom admin log into")


def test_switching_off_ends_new_links_and_keeps_old_ones() -> None:
    """Links that are out stay under every profile; the one that is switched off at Zoom alone goes on [IVP-40]."""
    report = played("switched-off")
    assert not any("deleted" in line for event in report.events for one in event.by_profile for line in one.at_zoom)
    assert outcomes("switched-off", 5) == dict.fromkeys(NAMES, "refused") | {"interviewplanner": "made"}
    assert under(report, "exelare", 2).connections[0].kind == "idle"
    assert under(report, "interviewplanner", 3).clauses == ("IVP-40", "IVP-41")


def test_one_profile_asks_for_approval_itself() -> None:
    """On a paid plan that is not Business approval comes first in one profile, and its requester is told [TRK-09,
    TRK-15]; elsewhere Zoom's own page stops whoever may not add the app."""
    assert outcomes("approval-on-a-pro-plan", 1) == dict.fromkeys(NAMES, "stopped at Zoom") | {"trakstar": "refused"}
    report = played("approval-on-a-pro-plan")
    assert under(report, "trakstar", 2).outcome == "approval asked for"
    assert [notice.to for notice in under(report, "trakstar", 4).notices] == ["rita"]
    assert {one for one, word in outcomes("approval-on-a-pro-plan", 5).items() if word == "connected"} == {
        "exelare",
        "trakstar",
    }


def test_ones_own_connection_goes_before_the_organizations() -> None:
    """Where both levels exist one's own is used, and the organization's when that goes [CAL-27, CAL-28]."""
    report = played("two-connections")
    assert [under(report, "calendly", number).interviews[0].via for number in (1, 3)] == ["member", "organization"]
    assert under(report, "trakstar", 3).code == "connect_first"
    assert under(report, "lever", 2).code == "not_offered"


def test_a_demoted_authorizer_breaks_what_rests_on_being_admin() -> None:
    """One profile's connection needs to be made anew at once [CAL-21, CAL-22]; others find out at the next call; what
    rests on the user alone goes on [EXE-11]."""
    report = played("demoted-admin")
    assert [one.kind for one in under(report, "calendly", 2).connections] == ["broken"]
    assert under(report, "calendly", 3).code == "reconnect_needed"
    assert outcomes("demoted-admin", 3)["interviewplanner"] == "failed"
    assert outcomes("demoted-admin", 3)["exelare"] == "made"
    assert outcomes("demoted-admin", 5)["calendly"] == "made"


def test_removing_the_app_keeps_meetings_and_settings() -> None:
    """Meetings stay; a change reaches none of them; connecting again is enough, without setting up anew [IVP-40]."""
    report = played("removed-at-zoom")
    assert not any(one.at_zoom for one in report.events[4].by_profile)
    assert outcomes("removed-at-zoom", 5) == dict.fromkeys(NAMES, "refused")
    assert outcomes("removed-at-zoom", 7) == dict.fromkeys(NAMES, "made") | {"trakstar": "refused"}
    assert {"TRK-51"} <= set(under(report, "trakstar", 4).clauses)


def test_a_second_recruiter_is_somebody_elses_guest_or_connects() -> None:
    """Everybody connects for themself [TRK-23], the scheduler hosts [CAL-15], or the authorized user does [EXE-11]."""
    assert hosts("second-recruiter", 2) == {
        "calendly": "tess",
        "exelare": "rita",
        "interviewplanner": "tess",
        "lever": "april",
        "trakstar": None,
    }
    assert under(played("second-recruiter"), "trakstar", 2).code == "connect_first"


@pytest.mark.parametrize("name", NAMES)
def test_a_lost_answer_makes_no_second_meeting(name: str) -> None:
    """Zoom made the meeting and its answer was lost: there is one, its link goes out, and a change keeps it."""
    column = [under(played("lost-answer"), name, number) for number in range(5)]
    assert sum(line.startswith("made under") for one in column for line in one.at_zoom) == 1
    assert column[2].interviews[0].link == column[4].interviews[0].link == "link 1"
    assert column[4].at_zoom == ("link 1 changed",)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_shipped_scenario_tells_something(path: Path) -> None:
    """Each scenario asks a question, says what to look for, is set up everywhere, and its refusals rest on clauses."""
    report = played(path.stem)
    assert report.question.endswith("?")
    assert report.look_for
    assert report.where_they_differ != (ALL_ALIKE,)
    for event in report.events:
        if event.kind == "set_up":
            assert [one.outcome for one in event.by_profile] == ["set up"] * len(NAMES)
    refused = [one for event in report.events for one in event.by_profile if one.outcome == "refused"]
    assert all(one.clauses and one.says for one in refused)


def test_ten_scenarios_are_shipped() -> None:
    """There are ten, and each is looked at by a test of its own."""
    told = Path(__file__).read_text("utf-8")
    assert len(SCENARIOS) == 10
    assert all(f'"{path.stem}"' in told for path in SCENARIOS)


def test_the_same_seed_tells_the_same_story() -> None:
    """A scenario played again, in another process with another order of sets, gives the same report to the letter."""
    again = subprocess.run(
        [sys.executable, "-m", "greenroom", "whatif", "examples/scenarios/removed-at-zoom.yaml", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "4711"},
        timeout=120,
    )
    assert json.loads(again.stdout)["data"] == played("removed-at-zoom").model_dump(mode="json")


def read(tmp_path: Path, text: str) -> Scenario:
    """Read a scenario's text."""
    path = tmp_path / "scenario.yaml"
    path.write_text(text, "utf-8")
    return load_scenario(path)


WRONG = {
    "an event that is nothing": ("  - connect: {by: ada}", "  - {at: +1d 09:00}", 8, "exactly one of"),
    "somebody nobody introduced": ("{by: ada}", "{by: bob}", 8, "no person is called bob"),
    "an interview never scheduled": ("connect: {by: ada}", "send: {interview: x}", 8, "no interview is called x"),
    "a misspelt field": ("question:", "qestion:", 4, "Extra inputs are not permitted"),
    "a field too many": ("{by: ada}", "{by: ada, whom: ada}", 8, "Extra inputs are not permitted"),
    "a time that is none": ("- connect", "- at: noon\n    connect", 8, "'noon' is not a time"),
    "a time before the start": ("- connect", "- at: 2027-02-01 10:00\n    connect", 8, "before the event above it"),
    "an unknown zone": ("title: Small", "title: Small\nzone: Mars/Base", 4, "unknown time zone"),
    "a start without offset": ("title: Small", "title: Small\nstarts: 2027-03-01T09:00", 4, "no offset"),
    "a switch as text": ("{by: ada}", "{by: ada, level: everywhere}", 8, "Input should be"),
    "another version": ("scenario: 1", "scenario: 2", 2, "Input should be 1"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG)
def test_mistakes_are_named_with_their_line(tmp_path: Path, case: tuple[str, str, int, str]) -> None:
    """Each mistake in a scenario file is refused before anything is played, with file and line."""
    old, new, line, what = case
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, SMALL.replace(old, new))
    assert any(problem.line == line and what in problem.what for problem in caught.value.problems), str(caught.value)


def test_zooms_own_rules_are_kept(tmp_path: Path) -> None:
    """A role or setting that Zoom does not know is bad input, named as Zoom's."""
    scenario = read(tmp_path, SMALL.replace("{role: admin}", "{role: wizard}"))
    with pytest.raises(BadInput, match="at Zoom"):
        asyncio.run(play(scenario, NAMES[:1], switches=Switches()))


def test_a_set_up_casts_everybody_it_takes(tmp_path: Path) -> None:
    """A set-up that casts nobody for somebody in a walkthrough says whom it lacks."""
    scenario = read(tmp_path, SMALL.replace("events:", "set_up: {recruiter: ada}\nevents:"))
    with pytest.raises(BadInput, match="zoom admin"):
        asyncio.run(play(scenario, ["lever"], switches=Switches()))


def test_scenarios_fit_the_published_schema() -> None:
    """What is shipped is a scenario by docs/schemas, and the defaults of the format stay what they are."""
    schema = json.loads((SCHEMAS / "greenroom.scenario.v1.json").read_text())
    for path in SCENARIOS:
        jsonschema.validate(yaml.safe_load(path.read_text("utf-8")), schema)
    assert schema["required"] == ["scenario", "title", "question", "people", "events"]
    assert EARLIEST.isoformat() == "2027-03-01T09:00:00+00:00"


def test_the_command_prints_json_by_its_schema() -> None:
    """``--json`` prints a document of its schema, for the profiles asked for and in their order."""
    file = str(ROOT / "examples" / "scenarios" / "another-address-at-zoom.yaml")
    found = CliRunner().invoke(main, ["whatif", file, "--profiles", "trakstar,lever", "--json"])
    assert found.exit_code == 0, found.output
    document = json.loads(found.stdout)
    jsonschema.validate(document, json.loads((SCHEMAS / "greenroom.whatif.v1.json").read_text()))
    assert [one["name"] for one in document["data"]["profiles"]] == ["trakstar", "lever"]


def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    """An unknown profile and a missing file end the command as bad input."""
    small = tmp_path / "small.yaml"
    small.write_text(SMALL, "utf-8")
    assert CliRunner().invoke(main, ["whatif", str(small), "--profiles", "nobody"]).exit_code == 2
    assert CliRunner().invoke(main, ["whatif", str(tmp_path / "none.yaml")]).exit_code == 2
    assert CliRunner().invoke(main, ["whatif"]).exit_code == 2


def test_markdown_shows_what_differs_in_bold() -> None:
    """The Markdown report has a table an event, what differs bold, and text that cannot break its table."""
    text = markdown(played("another-address-at-zoom"))
    assert "## Where they differ" in text
    assert "**refused<br>“Login to Zoom using the same email address" in text
    assert "LEV-19" in text
    assert all(line.count(" | ") == len(NAMES) for line in text.splitlines() if line.startswith("| "))


def event(*by_profile: Happened) -> EventPlayed:
    """Return an event played under as many profiles."""
    names = ["acme", "bolt", "crest"][: len(by_profile)]
    found = differences(by_profile, names)
    return EventPlayed(number=1, kind="act", text="It", at=EARLIEST, by_profile=by_profile, differences=found)


def test_product_words_alone_are_no_difference() -> None:
    """Two refusals of one code in different words, resting on different clauses, are the same."""
    one = Happened(outcome="refused", code="connect_first", says="Connect!", because=(Because(clause="ACM-01"),))
    other = Happened(outcome="refused", code="connect_first", says="Log in!", because=(Because(clause="BLT-07"),))
    assert summary([event(one, other)]) == (ALL_ALIKE,)


def test_who_was_sent_what_is_a_difference() -> None:
    """A letter with the link and one without are not the same, and the order of letters does not matter."""
    with_link = LetterNow(interview="x", audience="candidate", by="mail", to=("cam",), sent=True, links=("link 1",))
    without = with_link.model_copy(update={"links": ()})
    panel = with_link.model_copy(update={"audience": "interviewers"})
    one, other = (Happened(outcome="sent", letters=letters) for letters in ((with_link, panel), (panel, with_link)))
    assert event(one, other).differences == ()
    (found,) = event(one, other, Happened(outcome="sent", letters=(without, panel))).differences
    assert (found.aspect, [names for _, names in found.values]) == ("sent", [("acme", "bolt"), ("crest",)])


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_event_has_a_sentence(path: Path) -> None:
    """Each event reads as a sentence that begins with somebody or something, never with its key."""
    scenario = load_scenario(path)
    told = [sentence(scenario, one) for one in scenario.events]
    assert all(line and "{" not in line.replace("{userId}", "") for line in told)


PANEL = {
    "scheduler": RECRUITER,
    "candidate": {"name": "Cam Novak", "email": "cam@home.example"},
    "interviews": [
        {
            "title": "System design",
            "start": "+3d 09:00",
            "duration_minutes": 45,
            "interviewers": [{"name": "April Lee", "email": "april.lee@northwind.example"}],
            "place": {"zoom": True},
        }
    ],
}


async def scheduled(greenroom: Greenroom, world: World) -> str:
    """Return an interview made under a profile where the first interviewer hosts."""
    facts = {"calendar": "google", "package": "LeverTRM"}
    members = {ZOOM_ADMIN: ["Super Admin"], RECRUITER: ["Team Member"]}
    await greenroom.create_organization("First", "lever", facts=facts, members=members)
    await greenroom.act("First", Action.ENABLE, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    made = (await greenroom.schedule("First", PANEL)).interviews[0]
    assert made.kind == "made"
    return made.id


async def test_an_interview_is_decided_by_every_profile(greenroom: Greenroom, world: World) -> None:
    """From what is stored of one interview each profile says whom it would let host; what is assumed is said, nothing
    is written, and Zoom is not asked."""
    interview = await scheduled(greenroom, world)
    asked, before = len(world.ledger["requests"]), await greenroom.status("First")
    found = await greenroom.decide_elsewhere(interview, NAMES)
    there = {one.profile: one for one in found.profiles}
    hosts = {name: one.outcome.host for name, one in there.items()}
    assert hosts["lever"] == "april.lee@northwind.example"
    assert there["lever"].own
    assert not there["lever"].assumed
    assert hosts["calendly"] == hosts["trakstar"] == hosts["exelare"] == RECRUITER
    assert there["interviewplanner"].outcome.kind == "none"
    assert any("member level" in line and RECRUITER in line for line in there["trakstar"].assumed)
    assert all(one.outcome.because for one in found.profiles)
    assert await greenroom.status("First") == before
    assert len(world.ledger["requests"]) == asked


async def test_an_own_connection_is_taken_over_by_its_kind(greenroom: Greenroom, world: World) -> None:
    """A connection that ended is no connection elsewhere either, and nothing is assumed in its place."""
    interview = await scheduled(greenroom, world)
    await greenroom.disconnect("First", as_=ZOOM_ADMIN, confirmed=True)
    found = await greenroom.decide_elsewhere(interview, NAMES)
    assert {one.outcome.kind for one in found.profiles} <= {"refused", "none"}


async def test_an_unknown_interview_is_said_to_be_one(greenroom: Greenroom) -> None:
    """An interview that nobody knows is `NotFound`."""
    with pytest.raises(NotFound):
        await greenroom.decide_elsewhere("int_nobody", NAMES)


def test_the_command_decides_an_interview(configuration: Configuration, world: World) -> None:
    """``whatif --interview`` prints each profile's decision, as a table and by its schema."""

    async def prepared() -> str:
        async with Greenroom(configuration, switches=Switches()) as greenroom:
            return await scheduled(greenroom, world)

    interview = asyncio.run(prepared())
    env = {**environment(configuration), "COLUMNS": "200"}
    found = CliRunner().invoke(main, ["whatif", "--interview", interview, "--json"], env=env)
    assert found.exit_code == 0, found.output
    document = json.loads(found.stdout)
    jsonschema.validate(document, json.loads((SCHEMAS / "greenroom.whatif_interview.v1.json").read_text()))
    shown = CliRunner().invoke(main, ["whatif", "--interview", interview], env=env)
    assert "its own" in shown.stdout
    assert "makes a link" in shown.stdout


PAGE = ROOT / "docs" / "whatif.md"


def shown_commands() -> list[list[str]]:
    """Return every command that the page shows, as words; one about an interview needs a deployment and is left out."""
    blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    lines = [shlex.split(line) for block in blocks for line in block.splitlines()]
    return [words[1:] for words in lines if "--interview" not in words]


@pytest.mark.parametrize("words", shown_commands(), ids=" ".join)
def test_the_commands_of_the_page_run(words: list[str]) -> None:
    """Each command shown in docs/whatif.md runs from the project's folder."""
    with contextlib.chdir(ROOT):
        found = CliRunner().invoke(main, words, env={"COLUMNS": "165"})
    assert found.exit_code == 0, found.output
    assert found.stdout


def test_the_scenario_of_the_page_plays(tmp_path: Path) -> None:
    """The scenario shown in docs/whatif.md is one, and answers its question: who hosts for a recruiter who cannot."""
    (text,) = re.findall(r"```yaml scenario\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    report = asyncio.run(play(read(tmp_path, text), NAMES, switches=Switches()))
    made = [one.name for one in report.profiles if under(report, one.name, 2).outcome == "made"]
    assert made == ["exelare", "lever"]


def test_the_page_teaches_every_event() -> None:
    """Every event of the format stands in the page's table."""
    text = PAGE.read_text("utf-8")
    assert [name for name in DOINGS if f"`{name}" not in text] == []


EVERYTHING = """
scenario: 1
title: Everything at once
question: Can all of it be played?
zoom:
  plan: business
  approval: required
  roles: [{name: Interview coordinator, privileges: ["User:Edit", "ZoomRooms:Read"]}]
people:
  ada: {product: administrator, roles: {exelare: [Administrator]}, zoom: {role: admin}}
  cora: {product: plain, zoom: {role: Interview coordinator}}
  rita: {product: plain, zoom: {settings: {use_pmi_for_scheduled_meetings: true}}}
  sam: {product: plain, zoom: {account: own, licence: basic}}
  pat: {}
  cam: {email: cam@home.example}
set_up: {zoom_owner: ada, zoom_admin: ada, recruiter: rita, coordinator: cora}
events:
  - connect: {by: pat, decision: leave}
  - connect: {by: sam, decision: decline, level: member}
  - share: {by: ada}
  - open_link: {by: sam, decision: decline}
  - act: {by: ada, action: see_members}
  - configure: {by: ada, scope: candidate, subject: cam, values: {video: true}}
  - schedule:
      by: rita
      candidates: [cam]
      kind: Onsite
      interviews:
        - {name: one, start: +3d 09:00, minutes: 30, interviewers: [rita], zoom: true, confirmed: false}
        - {name: two, start: +3d 10:00, minutes: 30, interviewers: [rita], link_of: one}
        - {name: three, start: +3d 11:00, minutes: 30, url: "https://video.example/room"}
  - confirm: {interview: one}
  - place: {interview: two, link_of: one}
  - preview: {interview: one}
  - edit: {interview: one, audience: candidate, subject: Come and talk}
  - send: {interview: one}
  - zoom_account: {plan: enterprise, approval: not_required, settings: {waiting_room: true}}
  - zoom_user: {who: rita, licence: basic}
  - zoom_down: {operation: "*", status: 503}
  - reschedule: {interview: one, start: +3d 12:00}
  - zoom_up: {}
  - {at: +1d 09:00, reschedule: {interview: one, start: +3d 12:00, minutes: 45}}
  - retry: {interview: one}
  - wait: {hours: 2}
  - restart: {}
  - cancel: {interview: one}
  - remove_scope: {scope: meeting:delete}
  - reject: {by: ada}
  - approve: {by: ada}
  - uninstall: {by: ada}
  - disconnect: {by: rita, level: member}
  - zoom_user: {who: rita, deleted: true}
"""


def test_everything_that_can_happen_can_be_played(tmp_path: Path) -> None:
    """Each event of the format is played under every profile; what Zoom or core will not have is an outcome."""
    scenario = read(tmp_path, EVERYTHING)
    assert {one.kind for one in scenario.events} == set(DOINGS)
    report = asyncio.run(play(scenario, NAMES, switches=Switches()))
    assert len(report.events) == len(scenario.events) + 1
    by_kind = {one.kind: one for one in report.events}
    assert {one.outcome for one in by_kind["set_up"].by_profile} == {"set up"}
    assert under(report, "lever", 16).code == "zoom.unavailable"
    assert under(report, "lever", 18).at_zoom == ("link 1 changed",)
    assert [line for one in by_kind["cancel"].by_profile for line in one.at_zoom]
    assert under(report, "exelare", 11).outcome == "edited"
    assert under(report, "interviewplanner", 6).outcome == "done"
    assert under(report, "trakstar", 1).outcome in {"refused", "left at Zoom"}
