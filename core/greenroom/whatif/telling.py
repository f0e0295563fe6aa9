"""A sentence for each event: what somebody does, in nobody's product words."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from greenroom.whatif import events as e
from greenroom.whatif.scenario import Opening

Call = Callable[[str], str]
"""From somebody's name in the file to how they are called."""


def sentence(scenario: Opening, event: e.Event) -> str:
    """Return what an event does, as people read it; its own ``tell`` if it has one."""
    return event.tell or _SENTENCES[event.kind](event.doing, scenario.full_name)


def _connect(doing: e.Connect, call: Call) -> str:
    as_whom = f", signed in at Zoom as {call(doing.at_zoom)}" if doing.at_zoom not in {None, doing.by} else ""
    ends = {"authorize": "", "decline": ", and declines at Zoom", "leave": ", and leaves Zoom's page"}[doing.decision]
    return f"{call(doing.by)} connects to Zoom{as_whom}{ends}"


def _open_link(doing: e.OpenLink, call: Call) -> str:
    ends = {"authorize": "authorizes", "decline": "declines", "leave": "leaves Zoom's page"}[doing.decision]
    return f"{call(doing.by)} opens the shared link and {ends}"


def _configure(doing: e.Configure, call: Call) -> str:
    values = ", ".join(f"{name} = {_value(value)}" for name, value in doing.values.items())
    of = f" of {doing.scope.value} {doing.subject}" if doing.subject else ""
    return f"{call(doing.by)} sets {values}{of}"


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _schedule(doing: e.Schedule, call: Call) -> str:
    names = ", ".join(interview.name for interview in doing.interviews)
    for_whom = f" with {', '.join(call(name) for name in doing.candidates)}" if doing.candidates else ""
    return f"{call(doing.by)} schedules {names}{for_whom}"


def _zoom_user(doing: e.ZoomUserChange, call: Call) -> str:
    if doing.deleted:
        return f"{call(doing.who)} is deleted at Zoom"
    changes = [("role", doing.role), ("licence", doing.licence), ("status", doing.status), *doing.settings.items()]
    said = ", ".join(f"{name} {_value(value)}" for name, value in changes if value is not None)
    return f"At Zoom, {call(doing.who)} gets {said}"


def _zoom_account(doing: e.ZoomAccountChange, _: Call) -> str:
    approval = doing.approval.replace("_", " ") if doing.approval else None
    changes = [("plan", doing.plan), ("approval", approval), *doing.settings.items()]
    return "The Zoom account gets " + ", ".join(f"{name} {_value(value)}" for name, value in changes if value)


def _zoom_down(doing: e.ZoomDown, _: Call) -> str:
    what = "Zoom" if doing.operation == "*" else doing.operation
    how = f"answers {doing.status}" if doing.kind == "status" else doing.kind.replace("_", " ")
    return f"{what}: {how}" + (f", {doing.times} time(s)" if doing.times else "")


def _wait(doing: e.Wait, _: Call) -> str:
    parts = [("day", doing.days), ("hour", doing.hours), ("minute", doing.minutes)]
    return "Pass: " + ", ".join(f"{count} {unit}{'s' if count > 1 else ''}" for unit, count in parts if count)


def _place(doing: e.Place, call: Call) -> str:
    parts = [
        {True: "on Zoom", False: "not on Zoom"}.get(doing.zoom) if doing.zoom is not None else None,
        f"in {doing.room}" if doing.room else None,
        f"hosted by {call(doing.host)}" if doing.host else None,
        f"under the link of {doing.link_of}" if doing.link_of else None,
        f"under {doing.url}" if doing.url else None,
    ]
    return f"{doing.interview} is held " + (", ".join(part for part in parts if part) or "as it is")


def _act(doing: e.Act, call: Call) -> str:
    return f"{call(doing.by)}: {doing.action.value.replace('_', ' ')}"


def _edit(doing: e.Edit, _: Call) -> str:
    return f"The letter about {doing.interview} to the {doing.audience} is rewritten"


def _simple(text: str) -> Callable[[e.OfInterview, Call], str]:
    return lambda doing, _: text.format(doing.interview)


def _by(text: str) -> Callable[[e.Share | e.Verdict | e.Uninstall | e.Disconnect, Call], str]:
    return lambda doing, call: text.format(call(doing.by))


_SENTENCES = cast(
    "dict[str, Callable[[e.Doing, Call], str]]",
    {
        "connect": _connect,
        "share": _by("{} asks for a link to share"),
        "open_link": _open_link,
        "act": _act,
        "configure": _configure,
        "schedule": _schedule,
        "preview": _simple("The invites of {} are looked at"),
        "edit": _edit,
        "send": _simple("The invites of {} are sent"),
        "reschedule": lambda doing, _: f"{doing.interview} moves to {doing.start}",
        "cancel": _simple("{} is cancelled"),
        "confirm": _simple("The time of {} is agreed"),
        "place": _place,
        "retry": _simple("{} is taken up again"),
        "disconnect": _by("{} disconnects"),
        "approve": _by("At Zoom, {} approves the app"),
        "reject": _by("At Zoom, {} rejects the app"),
        "uninstall": _by("At Zoom, {} removes the app"),
        "zoom_user": _zoom_user,
        "zoom_account": _zoom_account,
        "remove_scope": lambda doing, _: f"At Zoom, the app loses the scope {doing.scope}",
        "zoom_down": _zoom_down,
        "zoom_up": lambda *_: "Zoom works again",
        "wait": _wait,
        "restart": lambda *_: "Greenroom is restarted",
    },
)
