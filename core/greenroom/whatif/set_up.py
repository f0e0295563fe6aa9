"""The organization a play begins with, and the profile's own walkthrough on the way to one that is set up."""

from __future__ import annotations

from greenroom.errors import BadInput
from greenroom.profiles.walkthrough import AtZoom, CastName, WalkthroughStep
from greenroom.whatif import at_zoom, in_product
from greenroom.whatif import events as e
from greenroom.whatif.stage import ORGANIZATION, Came, Stage

_STATED_ELSEWHERE = frozenset({"calendar", "zoom_plan", "zoom_cloud"})


async def create_organization(stage: Stage, *, file: str) -> None:
    """Create the organization: the profile's usual one, with the calendar, Zoom account and people of the scenario.

    Raises `BadInput` for a role that the profile does not know.
    """
    scenario, usual = stage.scenario, stage.profile.walkthrough.organization.set
    facts = {name: value for name, value in usual.items() if name not in _STATED_ELSEWHERE}
    facts["calendar"] = scenario.organization.calendar
    facts["zoom_cloud"] = scenario.zoom.cloud
    if scenario.organization.zoom_plan == "stated":
        facts["zoom_plan"] = scenario.zoom.plan
    members = _members(stage, file)
    await stage.greenroom.create_organization(
        ORGANIZATION, f"{stage.profile.name}@{stage.profile.edition}", facts=facts, members=members
    )


async def set_up(stage: Stage, *, file: str) -> Came:
    """Play the profile's walkthrough, without the steps that show a refusal.

    Raises `BadInput` when the scenario casts nobody for somebody in it.
    """
    said = []
    for step in stage.profile.walkthrough.steps:
        if step.expect.refused is not None:
            continue
        came = await _step(stage, step, file)
        if came.outcome in {"refused", "instructed", "stopped at Zoom"}:
            return Came("not set up", says=f"{step.tell} {came.says}", code=came.code, because=came.because)
        said.append(step.tell)
    return Came("set up", notes=tuple(said))


def _members(stage: Stage, file: str) -> dict[str, tuple[str, ...]]:
    roles = stage.profile.manifest.roles
    usual = {"administrator": (roles.administrator,), "plain": (roles.plain,)}
    members = {}
    for name, person in stage.scenario.people.items():
        held = person.roles.get(stage.profile.name) or (usual[person.product] if person.product else None)
        if held is not None:
            members[stage.scenario.email(name)] = held
    if stage.scenario.set_up is not None:
        for one in stage.profile.walkthrough.organization.members:
            members[_cast(stage, one.who, file)] = one.roles
    return members


async def _step(stage: Stage, step: WalkthroughStep, file: str) -> Came:
    by = _name(stage, step.who, file)
    if step.act is not None:
        act = step.act
        return await in_product.act(stage, e.Act(by=by, **act.model_dump()))
    if step.configure is not None:
        cast: dict[str, str] = {who: stage.scenario.email(name) for who, name in (stage.scenario.set_up or {}).items()}
        told = {**step.configure.model_dump(), "values": step.configure.filled(cast)}
        return await in_product.configure(stage, e.Configure(by=by, **told))
    if step.zoom is not None:
        verdict = e.Verdict(by=by)
        approved = step.zoom.event == "approve_app"
        return await (at_zoom.approve if approved else at_zoom.reject)(stage, verdict)
    assert step.connect is not None
    return await _connect(stage, by, step.connect.at_zoom, share=step.connect.share, step=step, file=file)


async def _connect(stage: Stage, by: str, at: AtZoom | None, *, share: bool, step: WalkthroughStep, file: str) -> Came:
    assert step.connect is not None
    level = step.connect.level
    if share:
        came = await in_product.share(stage, e.Share(by=by, level=level))
        if at is None or came.outcome != "link to share":
            return came
        return await in_product.open_link(stage, e.OpenLink(by=_name(stage, at.who, file), decision=at.decision))
    who = _name(stage, at.who, file) if at is not None else None
    decision: e.Decision = at.decision if at is not None else "leave"
    return await in_product.connect(stage, e.Connect(by=by, level=level, at_zoom=who, decision=decision))


def _cast(stage: Stage, who: CastName, file: str) -> str:
    return stage.scenario.email(_name(stage, who, file))


def _name(stage: Stage, who: CastName, file: str) -> str:
    name = (stage.scenario.set_up or {}).get(who)
    if name is None:
        raise BadInput(
            f"setting up {stage.profile.name} takes a {who.replace('_', ' ')}, and nobody is cast for it",
            where=f"{file}: set_up",
            next=f"Add {who}: and the name of somebody",
        )
    return name
