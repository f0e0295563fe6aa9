"""What happens at Zoom, outside the product: admins decide, people change, apps are removed, Zoom goes down."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, TypeAdapter

from greenroom.sandbox import ControlError
from greenroom.whatif import events as e
from greenroom.whatif.stage import Came, Stage
from greenroom.whatif.world import COMPANY, kind_of

DONE = Came("at Zoom")


class _App(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")

    name: str
    scopes: tuple[str, ...]


_APPS: TypeAdapter[tuple[_App, ...]] = TypeAdapter(tuple[_App, ...])


async def approve(stage: Stage, doing: e.Verdict) -> Came:
    """An admin approves the apps the profile goes through, for the whole account."""
    return await _decide(stage, doing, "approved")


async def reject(stage: Stage, doing: e.Verdict) -> Came:
    """An admin rejects them."""
    return await _decide(stage, doing, "rejected")


async def uninstall(stage: Stage, doing: e.Uninstall) -> Came:
    """Somebody removes the apps; who never added one changes nothing."""
    user, ended = stage.scenario.email(doing.by), 0
    for app in stage.app_names:
        answer = await stage.control("POST", "uninstall", app=app, user=user)
        ended += int(str(answer["grants_ended"]))
    return DONE if ended else Came("does not apply", notes=(f"{doing.by} authorized no app here",))


async def zoom_user(stage: Stage, doing: e.ZoomUserChange) -> Came:
    """Somebody is changed or deleted."""
    path = f"users/{stage.scenario.email(doing.who)}"
    if doing.deleted:
        await stage.control("DELETE", path)
        return DONE
    changes: dict[str, object] = {"role": doing.role, "status": doing.status, "settings": doing.settings}
    if doing.licence is not None:
        changes["type"] = kind_of(doing.licence)
    await stage.control("POST", path, **{name: value for name, value in changes.items() if value})
    return DONE


async def zoom_account(stage: Stage, doing: e.ZoomAccountChange) -> Came:
    """The company's account changes."""
    changes: dict[str, object] = {}
    if doing.plan is not None:
        changes["plan"] = doing.plan
    if doing.approval is not None:
        changes["require_approval"] = doing.approval == "required"
    if doing.settings:
        changes["settings"] = doing.settings
    await stage.control("POST", f"accounts/{COMPANY}", **changes)
    return DONE


async def remove_scope(stage: Stage, doing: e.RemoveScope) -> Came:
    """The apps lose scopes: whoever authorizes them from now on grants fewer, and older grants are renewed no more."""
    removed = []
    for app in stage.app_names:
        scopes = await _scopes(stage, app)
        kept = [scope for scope in scopes if not scope.startswith(doing.scope)]
        removed += [scope for scope in scopes if scope.startswith(doing.scope)]
        if len(kept) < len(scopes):
            await stage.control("POST", f"apps/{app}", scopes=kept)
    if not removed:
        return Came("does not apply", notes=(f"the app asks for no scope {doing.scope}",))
    return DONE


async def zoom_down(stage: Stage, doing: e.ZoomDown) -> Came:
    """Zoom goes wrong until it is said to work again."""
    status = {"status": doing.status} if doing.kind == "status" and doing.status else {}
    await stage.control("POST", "faults", operation=doing.operation, kind=doing.kind, times=doing.times, **status)
    return DONE


async def zoom_up(stage: Stage, _: e.ZoomUp) -> Came:
    """Zoom works again."""
    await stage.control("DELETE", "faults")
    return DONE


async def _scopes(stage: Stage, name: str) -> tuple[str, ...]:
    world = await stage.control("GET", "world")
    return next(app.scopes for app in _APPS.validate_python(world["apps"]) if app.name == name)


async def _decide(stage: Stage, doing: e.Verdict, state: str) -> Came:
    by = stage.scenario.email(doing.by)
    try:
        for app in stage.app_names:
            await stage.control("POST", "approvals", app=app, state=state, account=COMPANY, by=by)
    except ControlError as error:
        return Came("stopped at Zoom", says=str(error))
    return DONE
