"""Play one profile: its walkthrough, the panel, a reschedule and a cancel, through the real service and sandbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from pydantic import JsonValue, TypeAdapter

from greenroom.demo.browser import Browser
from greenroom.documents import read_document
from greenroom.engine.outcomes import GateOutcome, PanelOutcome
from greenroom.errors import GreenroomError
from greenroom.facade import Greenroom
from greenroom.model import Because
from greenroom.profiles.walkthrough import AtZoom, Walkthrough, WalkthroughStep

_CAST: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])
_OBJECT: TypeAdapter[dict[str, JsonValue]] = TypeAdapter(dict[str, JsonValue])
_LIST: TypeAdapter[list[JsonValue]] = TypeAdapter(list[JsonValue])
_INTERVIEWS: TypeAdapter[list[dict[str, JsonValue]]] = TypeAdapter(list[dict[str, JsonValue]])

Tell = Callable[[str], None]


class WalkthroughBroken(GreenroomError):
    """A step of a walkthrough did not end as it says it does."""

    code = "demo.walkthrough_broken"


@dataclass(frozen=True)
class Stage:
    """What a play needs: Greenroom, somebody's browser at the sandbox, who is told what happens, and the Zoom
    apps' names by kind."""

    greenroom: Greenroom
    browser: Browser
    tell: Tell
    apps: Mapping[str, str]


@dataclass(frozen=True)
class Played:
    """What happened, for the judge to check against the ledger and the invites."""

    organization: str
    panel: PanelOutcome
    steps: tuple[str, ...]
    authorized_by: tuple[str, ...]
    rescheduled: str | None
    cancelled: str | None
    reasons: dict[str, tuple[Because, ...]]


def cast() -> dict[str, str]:
    """Return who plays whom: cast name to e-mail address in the demonstration world."""
    return _CAST.validate_python(dict(read_document(_shipped("cast.yaml"))))


async def play(stage: Stage, profile: str) -> Played:
    """Play a profile from an empty organization to a sent, changed and cancelled panel.

    Raises `WalkthroughBroken` when a step ends otherwise than the walkthrough says.
    """
    loaded = stage.greenroom.profiles.profile(profile)
    walkthrough = loaded.walkthrough
    people = cast()
    organization = f"Northwind on {loaded.manifest.product}"
    setup = walkthrough.organization
    await stage.greenroom.create_organization(
        organization,
        profile,
        facts=setup.set,
        members={people[member.who]: member.roles for member in setup.members},
    )
    steps, authorized_by = [], []
    for step in walkthrough.steps:
        stage.tell(step.tell)
        outcome, who = await _step(stage, organization, people, step)
        _as_expected(step, outcome)
        steps.append(_line(step, outcome))
        authorized_by.extend([who] if who else [])
    panel = await _panel(stage, organization, walkthrough, people)
    return await _afterwards(stage, organization, panel, tuple(steps), tuple(authorized_by))


async def _step(
    stage: Stage, organization: str, people: dict[str, str], step: WalkthroughStep
) -> tuple[GateOutcome | None, str | None]:
    greenroom, who = stage.greenroom, people[step.who]
    if step.act is not None:
        act = step.act
        return await greenroom.act(organization, act.action, as_=who, level=act.level, confirmed=act.confirmed), None
    if step.configure is not None:
        settings = step.configure
        return await greenroom.configure(
            organization, settings.filled(people), as_=who, scope=settings.scope, subject=settings.subject
        ), None
    if step.zoom is not None:
        await stage.browser.decide_app(stage.apps[step.zoom.app], approved=step.zoom.event == "approve_app")
        return None, None
    assert step.connect is not None
    begun = await greenroom.connect(organization, as_=who, level=step.connect.level, share=step.connect.share)
    if begun.url is None or step.connect.at_zoom is None:
        return begun, None
    return await _at_zoom(stage, organization, people, begun, step.connect.at_zoom, who)


async def _at_zoom(
    stage: Stage, organization: str, people: dict[str, str], begun: GateOutcome, at_zoom: AtZoom, acting: str
) -> tuple[GateOutcome, str | None]:
    """Send the person's browser through our link, Zoom's consent and back to our callback; then look again."""
    assert begun.url is not None
    user = people[at_zoom.who]
    await stage.browser.visit(begun.url, user=user, decision=at_zoom.decision)
    status = await stage.greenroom.status(organization)
    owner = acting if begun.level.value == "member" else status.organization.name
    row = next((one for one in status.connections if (one.level, one.owner) == (begun.level, owner)), None)
    phase = row.phase if row is not None else begun.phase
    label = row.label if row is not None else begun.phase_label
    settled = begun.model_copy(update={"phase": phase, "phase_label": label, "kind": "done"})
    return settled, user if at_zoom.decision == "authorize" else None


def _as_expected(step: WalkthroughStep, outcome: GateOutcome | None) -> None:
    expect = step.expect
    if expect.phase is not None and (outcome is None or outcome.phase != expect.phase):
        came = outcome.phase if outcome is not None else "nothing"
        raise WalkthroughBroken(f"the connection is {came!r}, not {expect.phase!r}", where=step.tell)
    if expect.refused is not None and (outcome is None or outcome.code != expect.refused):
        came = outcome.code or outcome.kind if outcome is not None else "nothing"
        raise WalkthroughBroken(f"it ended with {came!r}, not refused as {expect.refused!r}", where=step.tell)
    if expect.refused is None and outcome is not None and outcome.refused:
        raise WalkthroughBroken(f"it was refused: {outcome.message}", where=step.tell)


def _line(step: WalkthroughStep, outcome: GateOutcome | None) -> str:
    if outcome is None:
        return step.tell
    ids = ", ".join(dict.fromkeys(reason.clause for reason in outcome.because))
    result = f"refused ({outcome.code})" if outcome.refused else outcome.phase_label
    return f"{step.tell} → {result} [{ids}]"


async def _panel(stage: Stage, organization: str, walkthrough: Walkthrough, people: dict[str, str]) -> PanelOutcome:
    panel = _OBJECT.validate_python(dict(read_document(_shipped("panel.yaml"))))
    panel["scheduler"] = people[walkthrough.scheduler]
    if walkthrough.stage is not None:
        panel["stage"] = walkthrough.stage
    interviews = [_recast(one, walkthrough, people) for one in _INTERVIEWS.validate_python(panel["interviews"])]
    stage.tell("The panel is scheduled.")
    return await stage.greenroom.schedule(organization, {**panel, "interviews": interviews}, file="panel.yaml")


def _recast(
    interview: dict[str, JsonValue], walkthrough: Walkthrough, people: dict[str, str]
) -> Mapping[str, JsonValue]:
    """Return an interview of the panel with the host and the interviewer that the walkthrough casts."""
    place = _OBJECT.validate_python(interview["place"])
    interviewers = _LIST.validate_python(interview["interviewers"])
    if walkthrough.host is not None:
        place["host"] = people[walkthrough.host]
    if walkthrough.interviewer is not None:
        interviewers.append({"email": people[walkthrough.interviewer]})
    return {**interview, "place": place, "interviewers": interviewers}


async def _afterwards(
    stage: Stage, organization: str, panel: PanelOutcome, steps: tuple[str, ...], authorized_by: tuple[str, ...]
) -> Played:
    greenroom = stage.greenroom
    loaded = greenroom.profiles.profile((await greenroom.organization(organization)).profile)
    waiting = [letter for one in panel.interviews for letter in one.letters if letter.state == "drafted"]
    if waiting and loaded.manifest.sending.review_first:
        stage.tell("The invites are previewed.")
        await greenroom.preview(panel.panel)
    if waiting:
        stage.tell("The invites are sent.")
        await greenroom.send(panel.panel)
    made = [one for one in panel.interviews if one.kind == "made"]
    rescheduled = made[1].id if len(made) > 1 else None
    cancelled = made[2].id if len(made) > 2 else None  # the panel has three
    if rescheduled is not None:
        stage.tell("The second interview moves to the afternoon.")
        await greenroom.reschedule(rescheduled, "+3d 15:00")
    if cancelled is not None:
        stage.tell("The third interview is cancelled.")
        await greenroom.cancel(cancelled)
    return Played(
        organization=organization,
        panel=panel,
        steps=steps,
        authorized_by=authorized_by,
        rescheduled=rescheduled,
        cancelled=cancelled,
        reasons={one.id: one.because for one in panel.interviews},
    )


def _shipped(name: str) -> Path:
    return Path(str(files("greenroom.demo").joinpath(name)))
