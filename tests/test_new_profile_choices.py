"""What is chosen when a profile is begun changes what happens, each choice visibly, through the engine."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import yaml
from tests.scaffolds import install, options

from greenroom.profiles import Switches
from greenroom.whatif.play import play
from greenroom.whatif.report import Happened, WhatIf
from greenroom.whatif.scenario import Scenario

CHOSEN = {
    "usual": options("usual"),
    "first": options("first", host="first-interviewer"),
    "turns": options("turns", host="round-robin"),
    "authorizer": options("authorizer", host="authorizer"),
    "chosen": options("chosen", host="chosen"),
    "draft": options("draft", link="draft"),
    "saved": options("saved", link="save"),
    "kinds": options("kinds", link="schedule"),
    "own": options("own", level="member"),
    "both": options("both", level="both"),
    "mail": options("mail", calendar="no"),
    "approved": options("approved", level="member", approval="pre-approval"),
}
"""Profiles that differ from the usual one in one choice (the last in two, since somebody has to connect)."""

PEOPLE = """
  ada: {name: Ada Admin, product: administrator, zoom: {role: admin}}
  rita: {name: Rita Recruiter, product: plain, zoom: {}}
  tess: {name: Tess Temp, product: plain, zoom: {}}
  april: {name: April Lee, zoom: {}}
  pat: {name: Pat Guest, email: pat@partner.example}
  cam: {name: Cam Novak, email: cam@home.example}
"""
SCHEDULING = f"""
scenario: 1
title: Two interviews
question: What does a choice change?
zoom: {{plan: business, approval: required}}
people: {PEOPLE}
set_up: {{zoom_owner: ada, zoom_admin: ada, recruiter: rita, coordinator: ada}}
events:
  - schedule:
      by: rita
      candidates: [cam]
      kind: Onsite
      interviews:
        - {{name: design, start: +3d 09:00, minutes: 45, interviewers: [pat, april], zoom: true, host: april,
            confirmed: false}}
  - confirm: {{interview: design}}
  - schedule:
      by: rita
      candidates: [cam]
      kind: Onsite
      interviews: [{{name: unasked, start: +3d 11:00, minutes: 45, interviewers: [april]}}]
  - schedule:
      by: tess
      candidates: [cam]
      kind: Onsite
      interviews: [{{name: theirs, start: +3d 13:00, minutes: 45, interviewers: [april], zoom: true, host: april}}]
"""
PROPOSED, CONFIRMED, UNASKED, BY_TESS = 1, 2, 3, 4

CONNECTING = f"""
scenario: 1
title: Before approval
question: May somebody connect whose account has approved nothing?
zoom: {{plan: business, approval: not_required}}
people: {PEOPLE}
events:
  - connect: {{by: rita}}
"""


class Played:
    """A scenario played through several profiles."""

    def __init__(self, report: WhatIf) -> None:
        self._names = [one.name for one in report.profiles]
        self._events = {event.number: event for event in report.events}

    def under(self, name: str, number: int) -> Happened:
        """Return what an event came to under a profile; 0 is the set-up."""
        return self._events[number].by_profile[self._names.index(name)]

    def host(self, name: str, number: int = CONFIRMED) -> tuple[str | None, str | None]:
        """Return who hosts the interview an event was about, and through whose connection."""
        (interview,) = self.under(name, number).interviews
        return interview.host, interview.via


def play_through(scenario: str, *names: str) -> Played:
    """Return a scenario played through installed profiles."""
    read = Scenario.model_validate(yaml.safe_load(scenario))
    return Played(asyncio.run(play(read, names, switches=Switches())))


@pytest.fixture(scope="module", autouse=True)
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Have all profiles installed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(install(CHOSEN.values(), tmp_path_factory.mktemp("profiles")))
        yield


@pytest.fixture(scope="module")
def played(installed: None) -> Played:
    """Interviews scheduled under all profiles but the last, which schedules as any other."""
    return play_through(SCHEDULING, *(name for name in CHOSEN if name != "approved"))


@pytest.mark.parametrize(
    ("name", "host"),
    [("usual", "rita"), ("first", "april"), ("turns", "ada"), ("authorizer", "ada"), ("chosen", "april")],
)
def test_host_says_whose_zoom_hosts(played: Played, name: str, host: str) -> None:
    """Of a scheduler, an authorizer, interviewers, hosts in turn and one who was chosen, the right one hosts."""
    assert played.host(name) == (host, "organization")


def test_hosts_take_turns(played: Played) -> None:
    """The next meeting is hosted by the next of those an administrator entered."""
    assert [played.host("turns", number)[0] for number in (CONFIRMED, BY_TESS)] == ["ada", "rita"]


def test_who_has_no_zoom_is_passed_over(played: Played) -> None:
    """The first interviewer without a Zoom user is skipped, by a clause."""
    (interview,) = played.under("first", CONFIRMED).interviews
    assert [(one.who, one.verdict) for one in interview.considered] == [("pat", "skipped"), ("april", "host")]


def test_draft_makes_the_link_and_waits(played: Played) -> None:
    """A draft has its link at once; its invites wait until somebody sends them."""
    assert played.under("draft", PROPOSED).outcome == "made"
    assert [one.sent for one in played.under("draft", CONFIRMED).letters] == [False, False]


def test_save_makes_the_link_and_tells(played: Played) -> None:
    """A saved interview has its link before its time is confirmed; invites go out by themselves."""
    assert played.under("saved", PROPOSED).outcome == "made"
    assert [one.sent for one in played.under("saved", CONFIRMED).letters] == [True, True]


def test_confirm_makes_the_link(played: Played) -> None:
    """Nothing is made while the time is only proposed; confirmed, the meeting is made and people are told."""
    assert played.under("usual", PROPOSED).outcome == "not yet"
    confirmed = played.under("usual", CONFIRMED)
    assert confirmed.outcome == "made"
    assert [one.sent for one in confirmed.letters] == [True, True]


def test_schedule_makes_the_link_by_itself(played: Played) -> None:
    """An interview of a kind that is held over Zoom has a meeting unasked; elsewhere it has none."""
    assert played.under("kinds", UNASKED).outcome == "made"
    assert played.under("usual", UNASKED).outcome == "no Zoom"


def test_level_says_whose_connection_it_is(played: Played) -> None:
    """What is set up is the organization's, one's own, or both; meetings go through it, one's own first."""
    connected = {name: [one.level for one in played.under(name, 0).connections] for name in ("usual", "own", "both")}
    assert connected == {"usual": ["organization"], "own": ["member"], "both": ["organization", "member"]}
    assert [played.host(name)[1] for name in ("usual", "own", "both")] == ["organization", "member", "member"]


def test_level_says_who_else_can_schedule(played: Played) -> None:
    """Who has not connected schedules through the organization's connection where there is one, else is refused."""
    assert played.host("usual", BY_TESS) == ("tess", "organization")
    assert played.host("both", BY_TESS) == ("tess", "organization")
    assert played.under("own", BY_TESS).code == "connect_first"


def test_approval_comes_first() -> None:
    """With pre-approval nobody of a paid account connects before it; without, they do."""
    connecting = play_through(CONNECTING, "own", "approved")
    assert connecting.under("own", 1).outcome == "connected"
    refused = connecting.under("approved", 1)
    assert (refused.code, refused.next) == ("approval_needed", ("Request pre-approval",))


def test_calendar_says_how_people_are_told(played: Played) -> None:
    """Invites are calendar events, or mail."""
    assert {one.by for one in played.under("usual", CONFIRMED).letters} == {"calendar"}
    assert {one.by for one in played.under("mail", CONFIRMED).letters} == {"mail"}
