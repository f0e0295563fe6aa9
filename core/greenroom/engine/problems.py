"""What goes wrong at Zoom is told to whom the profile says, in its words, once."""

from __future__ import annotations

from greenroom.engine.decisions import keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.notices import deliver
from greenroom.engine.ports.records import ConnectionRecord
from greenroom.engine.ports.zoom import (
    HostCannotSchedule,
    NotPermitted,
    PlanRefused,
    RateLimited,
    ScopeMissing,
    ZoomError,
    ZoomRefused,
)
from greenroom.engine.standing import Standing
from greenroom.model import Notice, Say


def problems_of(error: ZoomError) -> tuple[str, ...]:
    """Return which of a manifest's problems a failed creation is, the most telling first.

    What the account's plan, a licence or Zoom's limit for a host does not allow is a limitation of the account.
    Nothing while Zoom may still make it, or would if it were asked again.
    """
    match error:
        case ScopeMissing() | NotPermitted():
            return "permission_lost", "creation"
        case PlanRefused() | HostCannotSchedule():
            return "plan_limit", "creation"
        case RateLimited(limit="host_day"):
            return ("plan_limit",)
        case ZoomRefused():
            return ("creation",)
        case _:
            return ()


async def tell_failure(deployment: Deployment, standing: Standing, error: ZoomError, *, event: str) -> None:
    """Tell that a meeting was not made, as the first of its problems that the profile has words for."""
    for problem in problems_of(error):
        if await tell_problem(deployment, standing, problem, event=f"{problem}:{event}") is not None:
            return


async def tell_problem(
    deployment: Deployment, standing: Standing, problem: str, *, event: str, through: ConnectionRecord | None = None
) -> str | None:
    """Tell of a problem the manifest names; return its words, ``None`` if the profile says nothing of it.

    A problem that is tied to scopes is not told while the connection lacks one. ``event`` makes the notice single.
    """
    spec = standing.profile.manifest.problems.get(problem)
    if spec is None:
        return None
    scopes = _scopes(standing, through)
    if not all(standing.profile.manifest.grants(name, scopes) for name in spec.scopes):
        return None
    notice = Notice(to=spec.to, say=Say(key=spec.say))
    kept = await deployment.store.write(lambda tx: keep_notices(tx, deployment, standing, (notice,), event=event))
    await deliver(deployment, kept)
    return standing.profile.labels.text(notice.say)


def _scopes(standing: Standing, through: ConnectionRecord | None) -> frozenset[str]:
    if through is not None:
        return through.scopes
    return frozenset().union(*(one.scopes for one in standing.visible() if one.usable))
