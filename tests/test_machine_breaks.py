"""The machine notices what it is there for: the engine, or a profile, is broken in one way, and one promise breaks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from greenroom.conformance.machine.company import opening
from greenroom.conformance.machine.running import judge_scenario, run_machine
from greenroom.conformance.machine.trial import judge
from greenroom.engine.change import Change
from greenroom.engine.disconnect import Disconnect
from greenroom.engine.inbox import Inbox
from greenroom.engine.meetings import Meetings
from greenroom.engine.ports.store import Transaction
from greenroom.facade import Greenroom
from greenroom.model import Cause, GoToZoom, Loss, PhaseKind, Stage
from greenroom.profiles import Profile, Registry, Switches
from greenroom.whatif.scenario import Scenario
from greenroom.whatif.theatre import Theatre
from greenroom.zoom import ZoomClient

Break = Callable[[pytest.MonkeyPatch], None]

REGISTRY = Registry.discover(Switches())

ONE = {
    "by": "rita",
    "candidates": ["cam"],
    "kind": "Onsite",
    "interviews": [{"name": "one", "start": "+3d 09:00", "minutes": 45, "interviewers": ["april"], "zoom": True}],
}
PROPOSED = {**ONE, "interviews": [{**ONE["interviews"][0], "confirmed": False}]}  # type: ignore[dict-item]
TWO = {**ONE, "interviews": [{**ONE["interviews"][0], "name": "two", "start": "+4d 09:00"}]}  # type: ignore[dict-item]
LOST = {"operation": "POST /users/{userId}/meetings", "kind": "reset_after", "times": 1}


def moving_makes_another(patch: pytest.MonkeyPatch) -> None:
    """An interview that moves gets a second meeting beside its first."""

    async def update(self: Change, grant_id: str, meeting: Any, draft: Any) -> None:
        zoom, anew = self._deployment.zoom, draft.model_copy(update={"topic": "one", "agenda": ""})
        await self._grants.call(grant_id, lambda access: zoom.create_meeting(access, meeting.host.id, anew))

    patch.setattr(Change, "_update", update)


def cancelling_deletes_nothing(patch: pytest.MonkeyPatch) -> None:
    """A cancelled interview's meeting is taken for deleted, and Zoom is not told."""

    async def leave(self: Change, record: Any, row: Any, grant_id: str) -> Any:
        return row.model_copy(update={"state": "deleted"})

    patch.setattr(Change, "leave", leave)


def connected_before_the_answer(patch: pytest.MonkeyPatch) -> None:
    """Whoever is sent to Zoom is shown as connected at once."""
    asked = Profile.authorize

    def authorize(self: Profile, request: Any) -> Any:
        answered = asked(self, request)
        if not isinstance(answered.answer, GoToZoom):
            return answered
        active = next(one for one in self.manifest.phases[request.level] if one.kind is PhaseKind.ACTIVE)
        return replace(answered, answer=answered.answer.model_copy(update={"phase": active.name}))

    patch.setattr(Profile, "authorize", authorize)


def disconnecting_keeps_the_phase(patch: pytest.MonkeyPatch) -> None:
    """Whoever disconnects stays in the phase they were in."""
    asked = Profile.disconnect

    def disconnect(self: Profile, request: Any) -> Any:
        answered = asked(self, request)
        if not isinstance(answered.answer, Loss):
            return answered
        kept = {"phase": request.connection.phase, "ends": "nothing"}
        return replace(answered, answer=answered.answer.model_copy(update=kept))

    patch.setattr(Profile, "disconnect", disconnect)


def a_refused_disconnect_disconnects(patch: pytest.MonkeyPatch) -> None:
    """Whoever may not disconnect is refused, and it is done all the same."""
    refused = Disconnect.by_person

    async def by_person(self: Disconnect, standing: Any, level: Any, **how: Any) -> Any:
        outcome, row = await refused(self, standing, level, **how), standing.connection_of(level)
        if outcome.kind == "refusal" and row is not None:
            await self.lose(row, Cause.PERSON)
        return outcome

    patch.setattr(Disconnect, "by_person", by_person)


def proposed_is_as_good_as_confirmed(patch: pytest.MonkeyPatch) -> None:
    """An interview whose time is only proposed is brought as far as one that is agreed."""
    patch.setattr("greenroom.engine.schedule._aim", lambda *_, **__: Stage.CONFIRMED)


def a_lost_answer_is_not_looked_for(patch: pytest.MonkeyPatch) -> None:
    """When Zoom's answer is lost, the meeting is taken for not made, and made again."""

    async def found(*_: Any) -> None:
        return None

    patch.setattr(Meetings, "_found", found)


def a_restart_loses_links(patch: pytest.MonkeyPatch) -> None:
    """After a restart nobody knows any more which meeting an interview has."""

    async def recover(self: Greenroom) -> tuple[()]:
        def forget(tx: Transaction) -> None:
            for one in tx.organizations.list():
                for row in tx.interviews.of_organization(one.id):
                    tx.interviews.save(row.model_copy(update={"meeting_id": None}))

        await self._deployment.store.write(forget)
        return ()

    patch.setattr(Greenroom, "recover", recover)


def settings_reach_back(patch: pytest.MonkeyPatch) -> None:
    """Whoever changes settings changes the interviews that there are."""
    done = Greenroom.configure

    async def configure(self: Greenroom, organization: str, *given: Any, **how: Any) -> Any:
        for one in (await self.status(organization)).interviews:
            await self.cancel(one.id)
        return await done(self, organization, *given, **how)

    patch.setattr(Greenroom, "configure", configure)


def everybody_gets_the_first_link(patch: pytest.MonkeyPatch) -> None:
    """A link is kept, and stated again for the next interview."""
    made, kept = Meetings._commit_result, list[Any]()

    async def commit(self: Meetings, intent: Any, decided: Any, connection: Any, found: Any) -> Any:
        kept.append(found)
        first = found.model_copy(update={"join_url": kept[0].join_url})
        return await made(self, intent, decided, connection, first)

    patch.setattr(Meetings, "_commit_result", commit)


def letters_state_the_start_link(patch: pytest.MonkeyPatch) -> None:
    """What makes its reader the host is taken for the link to join by."""
    made = ZoomClient.create_meeting

    async def create(self: ZoomClient, *given: Any) -> Any:
        found = await made(self, *given)
        return found.model_copy(update={"join_url": found.join_url.replace("/j/", "/s/")})

    patch.setattr(ZoomClient, "create_meeting", create)


def what_zoom_tells_is_not_heard(patch: pytest.MonkeyPatch) -> None:
    """Events of Zoom's are kept and not acted on."""

    async def work(_: Inbox) -> int:
        return 0

    patch.setattr(Inbox, "work", work)


def a_move_is_stored_and_not_told(patch: pytest.MonkeyPatch) -> None:
    """An interview moves here, and Zoom has it at its old time."""

    async def update(*_: Any) -> None:
        return None

    patch.setattr(Change, "_update", update)


def letters_go_out_again(patch: pytest.MonkeyPatch) -> None:
    """Looking at letters that were sent sends them once more."""
    looked = Greenroom.preview

    async def preview(self: Greenroom, id: str) -> Any:
        for letter in self._delivery.letters:  # type: ignore[attr-defined]
            await self._delivery.letter(letter.model_copy(update={"id": f"{letter.id}-again"}))
        return await looked(self, id)

    patch.setattr(Greenroom, "preview", preview)


def a_hook_raises(patch: pytest.MonkeyPatch) -> None:
    """A profile stumbles over a cancelled interview."""

    def change(self: Profile, request: Any) -> Any:
        raise KeyError(request.before.id)

    patch.setattr(Profile, "change", change)


@dataclass(frozen=True)
class Case:
    """A way to break it, the profile and events that show it, and the promise that has to notice."""

    breaks: Break
    promise: str
    profile: str
    events: tuple[dict[str, Any], ...]


CASES = [
    Case(
        moving_makes_another,
        "every_meeting_is_known",
        "trakstar",
        ({"schedule": ONE}, {"reschedule": {"interview": "one", "start": "+5d 10:00"}}),
    ),
    Case(
        cancelling_deletes_nothing,
        "every_meeting_is_known",
        "trakstar",
        ({"schedule": ONE}, {"cancel": {"interview": "one"}}),
    ),
    Case(
        connected_before_the_answer,
        "no_grant_without_an_authorization",
        "calendly",
        ({"connect": {"by": "ada", "level": "member", "decision": "leave"}},),
    ),
    Case(disconnecting_keeps_the_phase, "disconnecting_ends_something", "trakstar", ({"disconnect": {"by": "rita"}},)),
    Case(
        a_refused_disconnect_disconnects,
        "a_refusal_changes_nothing",
        "calendly",
        ({"disconnect": {"by": "rita", "level": "organization"}},),
    ),
    Case(proposed_is_as_good_as_confirmed, "no_link_before_its_stage", "trakstar", ({"schedule": PROPOSED},)),
    Case(
        a_lost_answer_is_not_looked_for,
        "one_meeting_for_an_interview",
        "trakstar",
        ({"zoom_down": LOST}, {"schedule": ONE}, {"retry": {"interview": "one"}}),
    ),
    Case(a_restart_loses_links, "a_restart_forgets_nothing", "trakstar", ({"schedule": ONE}, {"restart": {}})),
    Case(
        settings_reach_back,
        "meetings_follow_their_interview",
        "exelare",
        ({"schedule": ONE}, {"configure": {"by": "rita", "values": {"calendar_sync": True}}}),
    ),
    Case(everybody_gets_the_first_link, "every_meeting_is_known", "trakstar", ({"schedule": ONE}, {"schedule": TWO})),
    Case(letters_state_the_start_link, "no_secret_in_a_letter", "trakstar", ({"schedule": ONE},)),
    Case(what_zoom_tells_is_not_heard, "a_removal_at_zoom_is_seen", "trakstar", ({"uninstall": {"by": "rita"}},)),
    Case(
        a_move_is_stored_and_not_told,
        "kept_as_zoom_has_it",
        "trakstar",
        ({"schedule": ONE}, {"reschedule": {"interview": "one", "start": "+5d 10:00"}}),
    ),
    Case(
        letters_go_out_again,
        "no_letter_out_of_the_blue",
        "trakstar",
        ({"schedule": ONE}, {"preview": {"interview": "one"}}),
    ),
    Case(a_hook_raises, "every_event_ends", "trakstar", ({"schedule": ONE}, {"cancel": {"interview": "one"}})),
]


def story(case: Case) -> Scenario:
    """Return the scenario of a case."""
    begun = opening("Broken", "Is it noticed?").model_dump(exclude_defaults=True)
    return Scenario.model_validate({**begun, "events": case.events})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.breaks.__name__)
def test_what_is_broken_is_noticed(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A story that breaks nothing breaks exactly the promise that names the mistake, once it is made."""
    profile = REGISTRY.profile(case.profile)
    case.breaks(monkeypatch)
    broken = asyncio.run(judge_scenario(story(case), profile, REGISTRY))
    assert broken is not None
    assert broken.promise.name == case.promise, broken.found


@pytest.mark.deep
async def test_unbroken_the_same_stories_hold() -> None:
    """What the cases play breaks nothing of its own accord."""
    async with Theatre(story(CASES[0]), REGISTRY) as theatre:
        for case in CASES:
            events = story(case).events
            assert await judge(theatre, REGISTRY.profile(case.profile), events) is None, case.breaks.__name__


@pytest.mark.deep
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.breaks.__name__)
def test_chance_finds_it_too(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine comes upon every mistake by itself, and tells it in a few sentences, the play's own end included."""
    case.breaks(monkeypatch)
    report = run_machine(REGISTRY.profile(case.profile), REGISTRY, first=1, plays=150, steps=20)
    assert report.finding is not None
    assert len(report.finding.story) <= 9, report.finding.story
