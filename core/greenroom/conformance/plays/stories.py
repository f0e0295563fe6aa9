"""Told step by step: each step is an event of a scenario, what Zoom tells of it is heard, and then one looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from greenroom.conformance.plays.cast import ANOTHER, CANDIDATE, CAST, HOSTILE_TITLE, INTERVIEWERS, scheduler
from greenroom.conformance.plays.moments import Moment, look
from greenroom.model import Action, Level, Scope
from greenroom.profiles import Profile
from greenroom.whatif.events import Event
from greenroom.whatif.play import came_of
from greenroom.whatif.stage import ORGANIZATION, Came, Stage

REFUSED = frozenset({"refused", "instructed", "does not apply", "not possible", "failed", "stopped at Zoom"})
"""What a step came to when nothing was done."""

KIND = "Onsite"
"""The kind of the interviews, where a profile's walkthrough names none."""

_PRESSED = frozenset(
    {Action.ENABLE, Action.DISABLE, Action.CONNECT, Action.SHARE, Action.ASK_APPROVAL, Action.DISCONNECT}
    | {Action.REMOVE_MINE, Action.RESTORE_MINE}
)
"""Buttons that are pressed without saying more."""

CREATE = "POST /users/{userId}/meetings"
"""Zoom's operation that makes a meeting."""

_BETWEEN = timedelta(minutes=7)
"""How far the clock moves with each step, so that what should rise with time can be told apart."""


@dataclass
class Teller:
    """Tells one story on a stage: every step moves the clock, and what was seen after it is kept by a name."""

    stage: Stage
    moments: dict[str, Moment] = field(default_factory=dict)

    async def tell(self, name: str, event: Mapping[str, object], *others: Mapping[str, object]) -> Moment:
        """Have events happen, one after another, and look; what the first came to is what the moment came to."""
        came = await self.do(event)
        for other in others:
            await self.do(other)
        return await self.seen(name, came)

    async def seen(self, name: str, came: Came) -> Moment:
        """Look, and keep what is seen under a name."""
        await self.stage.hear()
        self.moments[name] = await look(self.stage, came)
        return self.moments[name]

    async def do(self, event: Mapping[str, object]) -> Came:
        """Have one event happen."""
        await self.stage.move_clock(self.stage.zoom.clock.now() + _BETWEEN)
        came = await came_of(self.stage, Event.model_validate(event))
        await self.stage.hear()
        return came


def scheduling(profile: Profile, name: str, start: str, zone: str, **more: object) -> dict[str, object]:
    """Return the event that schedules one interview as a profile wants it asked for; ``by`` is the scheduler unless
    said otherwise."""
    chosen = Action.CHOOSE_HOST in {action for actions in profile.manifest.actions.values() for action in actions}
    walkthrough, by = profile.walkthrough, more.pop("by", scheduler(profile))
    host = CAST[walkthrough.host] if walkthrough.host is not None else INTERVIEWERS[0] if chosen else None
    too = () if walkthrough.interviewer is None else (CAST[walkthrough.interviewer],)
    interview = {
        "name": name,
        "title": HOSTILE_TITLE,
        "start": start,
        "minutes": 60,
        "zone": zone,
        "interviewers": (*INTERVIEWERS, *too),
        "zoom": True,
        "host": host,
        **more,
    }
    kind = walkthrough.stage or KIND
    return {"schedule": {"by": by, "candidates": [CANDIDATE], "kind": kind, "interviews": [interview]}}


async def live(teller: Teller) -> None:
    """Tell a life: an interview is proposed and then agreed, another is scheduled; one moves and one is cancelled;
    somebody else connects and leaves; settings change; then everything that is connected ends, and one more interview
    is scheduled."""
    profile = teller.stage.profile
    design = scheduling(profile, "design", "2027-03-14 01:30", "America/New_York", confirmed=False)
    await teller.tell("proposed", design)
    await teller.tell("agreed", {"confirm": {"interview": "design"}}, *_sending("design"))
    coding = scheduling(profile, "coding", "2027-03-28 00:30", "Europe/London")
    await teller.tell("scheduled", coding, *_sending("coding"))
    moved = {"reschedule": {"interview": "design", "start": "2027-03-16 16:15"}}
    await teller.tell("moved", moved, *_sending("design"))
    await teller.tell("cancelled", {"cancel": {"interview": "coding"}}, *_sending("coding"))
    await _somebody_else(teller)
    await teller.seen("settings changed", await _other_settings(teller))
    await teller.seen("ended", await _end_connections(teller))
    await teller.tell("scheduled after", scheduling(profile, "late", "2027-03-20 10:00", "UTC"))


async def press(teller: Teller) -> None:
    """Tell of buttons: somebody declines at Zoom, and everybody presses what they are not offered."""
    profile = teller.stage.profile
    own = Level.MEMBER in profile.manifest.levels
    by, level = (ANOTHER, Level.MEMBER) if own else (CAST["zoom_admin"], Level.ORGANIZATION)
    await teller.tell("declined", {"connect": {"by": by, "level": level.value, "decision": "decline"}})
    for who in sorted({*CAST.values(), ANOTHER}):
        for offer in await teller.stage.greenroom.actions(ORGANIZATION, as_=teller.stage.scenario.email(who)):
            if offer.action in _PRESSED and not offer.allowed:
                pressed = _pressing(who, offer.action, offer.level)
                await teller.tell(f"{who} presses {offer.action} at {offer.level}, which is refused", pressed)


async def fail(teller: Teller) -> None:
    """Tell of a meeting that Zoom refuses to make: two were made, one is refused, one more is made.

    Of the settings a product has, those are taken under which the first two have different hosts.
    """
    for number, values in enumerate(_rotating(teller.stage)):
        said = {"by": CAST["zoom_admin"], "values": values}
        if values:
            await teller.do({"configure": said})
        first = await teller.tell("first", _any(teller, f"first-{number}", "2027-04-05 10:00"))
        second = await teller.tell("second", _any(teller, f"second-{number}", "2027-04-06 10:00"))
        if _host(first) not in {None, _host(second)}:
            break
    await teller.do({"zoom_down": {"operation": CREATE, "kind": "status", "status": 400}})
    await teller.tell("refused by Zoom", _any(teller, "third", "2027-04-07 10:00"))
    await teller.do({"zoom_up": {}})
    await teller.tell("fourth", _any(teller, "fourth", "2027-04-08 10:00"))


def _any(teller: Teller, name: str, start: str) -> dict[str, object]:
    return scheduling(teller.stage.profile, name, start, "UTC")


def _host(moment: Moment) -> str | None:
    return moment.came.interviews[0].host if moment.came.interviews else None


def _rotating(stage: Stage) -> list[dict[str, object]]:
    """Return settings of the organization, a rotation's perhaps among them: people named wherever people can be, and
    each word of each list of words in turn."""
    model = stage.profile.settings_model(Scope.ORGANIZATION)
    if model is None:
        return [{}]
    schema = model.model_json_schema()
    named = {name: list(INTERVIEWERS) for name, one in schema["properties"].items() if one.get("type") == "array"}
    words = [
        (name, word)
        for name, one in schema["properties"].items()
        for word in schema.get("$defs", {}).get(str(one.get("$ref", "")).rpartition("/")[2], {}).get("enum", ())
    ]
    return [{**named, name: word} for name, word in words] or [dict(named)]


def _pressing(who: str, action: Action, level: Level) -> dict[str, object]:
    """Return the event of a button."""
    match action:
        case Action.CONNECT:
            return {"connect": {"by": who, "level": level.value, "decision": "leave"}}
        case Action.SHARE:
            return {"share": {"by": who, "level": level.value}}
        case Action.DISCONNECT:
            return {"disconnect": {"by": who, "level": level.value}}
        case _:
            return {"act": {"by": who, "action": action.value, "level": level.value, "confirmed": True}}


def _sending(interview: str) -> tuple[dict[str, object], dict[str, object]]:
    return {"preview": {"interview": interview}}, {"send": {"interview": interview}}


async def _somebody_else(teller: Teller) -> None:
    """Where members connect themselves: another one connects, schedules, and ends it again."""
    profile = teller.stage.profile
    if Level.MEMBER not in profile.manifest.levels:
        return
    await teller.tell("another connected", {"connect": {"by": ANOTHER, "level": "member"}})
    pairing = scheduling(profile, "pairing", "2027-03-17 09:00", "UTC", by=ANOTHER)
    await teller.tell("another's scheduled", pairing, *_sending("pairing"))
    await teller.seen("another left", await _end(teller, "member", ANOTHER))


async def _other_settings(teller: Teller) -> Came:
    """Turn every setting of every scope that can be turned, each alone, as whoever may."""
    stage, came = teller.stage, Came("nothing to set")
    subjects = {Scope.KIND: stage.profile.walkthrough.stage or KIND, Scope.CANDIDATE: CANDIDATE}
    for scope, name, value in _turned(stage.profile):
        for by in (CAST["zoom_admin"], scheduler(stage.profile)):
            subject = subjects.get(scope, "")
            said = {"by": by, "scope": scope.value, "subject": subject, "values": {name: value}}
            came = await teller.do({"configure": said})
            if came.outcome not in REFUSED:
                break
    return came


def _turned(profile: Profile) -> Iterator[tuple[Scope, str, bool]]:
    for scope, model in profile.settings.items():
        for name, schema in model.model_json_schema()["properties"].items():
            if isinstance(schema.get("default"), bool):
                yield scope, name, not schema["default"]


async def _end_connections(teller: Teller) -> Came:
    """End every active connection the way the product has it, and if it has none, at Zoom itself."""
    came = Came("nothing to end")
    for one in (await look(teller.stage, came)).connections:
        if one.kind == "active" and one.zoom_user is not None:
            own = one.level == Level.MEMBER.value
            owner = teller.stage.scenario.name_of(one.owner if own else one.zoom_user)
            came = await _end(teller, one.level, owner)
    return came


async def _end(teller: Teller, level: str, by: str) -> Came:
    """Have somebody end a connection: disconnect, switch it off, or remove the app at Zoom. Where it is not their own,
    whoever is let does."""
    came = Came("nothing to end")
    for who in dict.fromkeys((by, *CAST.values())) if level == Level.ORGANIZATION.value else (by,):
        for event in _ways_to_end(teller.stage.profile, level, who):
            came = await teller.do(event)
            if came.outcome not in REFUSED:
                return came
    return came


def _ways_to_end(profile: Profile, level: str, by: str) -> Iterator[dict[str, object]]:
    offered = profile.manifest.actions[Level(level)]
    if Action.DISCONNECT in offered:
        yield {"disconnect": {"by": by, "level": level}}
    if Action.DISABLE in offered:
        yield {"act": {"by": by, "action": "disable", "level": level, "confirmed": True}}
    if not {Action.DISCONNECT, Action.DISABLE} & set(offered):
        yield {"uninstall": {"by": by}}
