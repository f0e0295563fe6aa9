"""What people do in the product: each doing through the same verbs as a command or a page would use."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from greenroom.embedded import ZoomPageShown
from greenroom.engine.connect import Callback
from greenroom.engine.outcomes import DisconnectOutcome, GateOutcome, InterviewOutcome, LetterView
from greenroom.model import Action, GivenLink, Scope
from greenroom.whatif import events as e
from greenroom.whatif.stage import ORGANIZATION, Came, Stage

NEVER_SCHEDULED = "never scheduled"

_GATE_WORDS = {
    "done": "done",
    "keep": "connected",
    "refusal": "refused",
    "instruct": "instructed",
    "go_to_zoom": "sent to Zoom",
    "share_link": "link to share",
    "ask_approval": "approval asked for",
    "confirm": "asked to confirm",
}


async def connect(stage: Stage, doing: e.Connect) -> Came:
    """Connect as a person does: what has to be switched on first is switched on, then on to Zoom and back."""
    by = stage.scenario.email(doing.by)
    outcome = await stage.greenroom.connect(ORGANIZATION, as_=by, level=doing.level)
    notes: tuple[str, ...] = ()
    if outcome.refused and Action.ENABLE in outcome.next:
        enabled = await stage.greenroom.act(ORGANIZATION, Action.ENABLE, as_=by)
        if enabled.refused:
            return gate_came(stage, enabled)
        notes = (f"{stage.profile.labels.action(Action.ENABLE)} first",)
        outcome = await stage.greenroom.connect(ORGANIZATION, as_=by, level=doing.level)
    if outcome.url is None:
        return gate_came(stage, outcome, notes=notes)
    return await to_zoom(stage, outcome.url, doing.at_zoom or doing.by, doing.decision, notes=notes)


async def share(stage: Stage, doing: e.Share) -> Came:
    """Ask for a link to give to somebody else."""
    by = stage.scenario.email(doing.by)
    outcome = await stage.greenroom.connect(ORGANIZATION, as_=by, level=doing.level, share=True)
    stage.shared = outcome.url or stage.shared
    return gate_came(stage, outcome)


async def open_link(stage: Stage, doing: e.OpenLink) -> Came:
    """Open the latest shared link."""
    if stage.shared is None:
        return Came("does not apply", notes=("there is no shared link to open",))
    return await to_zoom(stage, stage.shared, doing.by, doing.decision)


async def to_zoom(stage: Stage, url: str, who: str, decision: e.Decision, *, notes: tuple[str, ...] = ()) -> Came:
    """Open one of our addresses in somebody's browser, decide on Zoom's page, and come back with its answer."""
    opened = await stage.greenroom.open_ticket(url.rpartition("/")[2])
    if decision == "leave":
        return Came("left at Zoom", notes=notes)
    if stage.scenario.people[who].zoom is None:
        return Came("stopped at Zoom", says="Zoom knows nobody of this address.", notes=notes)
    user = stage.scenario.email(who)
    try:
        back = await asyncio.to_thread(stage.zoom.authorize, opened.authorize_url, user, decision)
    except ZoomPageShown as page:
        return Came("stopped at Zoom", says=page.what, notes=notes)
    outcome = await stage.greenroom.complete(_callback(back), binding=opened.binding)
    return gate_came(stage, outcome, notes=notes)


async def act(stage: Stage, doing: e.Act) -> Came:
    """Do any other action of the gate."""
    outcome = await stage.greenroom.act(
        ORGANIZATION,
        doing.action,
        as_=stage.scenario.email(doing.by),
        level=doing.level,
        confirmed=doing.confirmed,
    )
    return gate_came(stage, outcome)


async def configure(stage: Stage, doing: e.Configure) -> Came:
    """Change those settings that the profile has; say of the others that it has them not."""
    model = stage.profile.settings_model(doing.scope)
    if model is None:
        return Came("does not apply", notes=(f"{stage.profile.name} has no {doing.scope.value} settings",))
    has = {name: _typed(stage, value) for name, value in doing.values.items() if name in model.model_fields}
    notes = tuple(f"{stage.profile.name} has no setting {name}" for name in doing.values if name not in has)
    if not has:
        return Came("does not apply", notes=notes)
    subject = doing.subject
    if doing.scope is Scope.CANDIDATE and subject in stage.scenario.people:
        subject = stage.scenario.email(subject)
    by = stage.scenario.email(doing.by)
    outcome = await stage.greenroom.configure(ORGANIZATION, has, as_=by, scope=doing.scope, subject=subject)
    return gate_came(stage, outcome, notes=notes)


async def disconnect(stage: Stage, doing: e.Disconnect) -> Came:
    """Disconnect; who is asked to confirm does, unless the scenario says otherwise."""
    outcome: DisconnectOutcome = await stage.greenroom.disconnect(
        ORGANIZATION, as_=stage.scenario.email(doing.by), level=doing.level, confirmed=doing.confirmed
    )
    words = {"done": "disconnected", "confirm": "asked to confirm", "refusal": "refused"}
    return Came(
        words[outcome.kind],
        says=outcome.message,
        code=outcome.code,
        next=tuple(stage.profile.labels.action(action) for action in outcome.next),
        because=outcome.because,
    )


async def schedule(stage: Stage, doing: e.Schedule) -> Came:
    """Schedule a panel; the interviews keep the scenario's names."""
    notes: list[str] = []
    panel = {
        "scheduler": _person(stage, doing.by),
        "candidates": [_candidate(stage, name) for name in doing.candidates],
        "stage": doing.kind,
        "interviews": [await _interview(stage, one, notes) for one in doing.interviews],
    }
    outcome = await stage.greenroom.schedule(ORGANIZATION, panel, file="schedule")
    for wanted, one in zip(doing.interviews, outcome.interviews, strict=True):
        stage.interviews[wanted.name] = one.id
    return interviews_came(stage, *outcome.interviews, notes=tuple(notes))


async def preview(stage: Stage, doing: e.OfInterview) -> Came:
    """Look at the invites as they would be sent."""
    return _letters_came("previewed", await stage.greenroom.preview(stage.interviews[doing.interview]))


async def edit(stage: Stage, doing: e.Edit) -> Came:
    """Rewrite the letter to one audience."""
    letters = await stage.greenroom.preview(stage.interviews[doing.interview])
    letter = next((one for one in letters if one.audience == doing.audience), None)
    if letter is None:
        return Came("does not apply", notes=(f"no letter to the {doing.audience} waits",))
    await stage.greenroom.edit(letter.id, subject=doing.subject, body=doing.body)
    return Came("edited")


async def send(stage: Stage, doing: e.OfInterview) -> Came:
    """Send the waiting letters."""
    await stage.greenroom.send(stage.interviews[doing.interview])
    return Came("sent")


async def reschedule(stage: Stage, doing: e.Reschedule) -> Came:
    """Move an interview."""
    outcome = await stage.greenroom.reschedule(stage.interviews[doing.interview], doing.start, minutes=doing.minutes)
    return interviews_came(stage, outcome, done="moved")


async def cancel(stage: Stage, doing: e.OfInterview) -> Came:
    """Cancel an interview."""
    outcome = await stage.greenroom.cancel(stage.interviews[doing.interview])
    return interviews_came(stage, outcome, done="cancelled")


async def confirm(stage: Stage, doing: e.OfInterview) -> Came:
    """Agree the time of an interview."""
    return interviews_came(stage, await stage.greenroom.confirm(stage.interviews[doing.interview]))


async def place(stage: Stage, doing: e.Place) -> Came:
    """Hold an interview elsewhere."""
    url = doing.url
    if doing.link_of is not None:
        url = await _link_of(stage, doing.link_of)
        if url is None:
            return Came("does not apply", notes=(f"{doing.link_of} has no link to paste",))
    if url is not None:
        stage.given[doing.interview] = url
    outcome = await stage.greenroom.place(
        stage.interviews[doing.interview],
        zoom=doing.zoom,
        link=GivenLink(url=url) if url else None,
        room=doing.room,
        host=stage.scenario.email(doing.host) if doing.host else None,
    )
    return interviews_came(stage, outcome)


async def retry(stage: Stage, doing: e.OfInterview) -> Came:
    """Take an interview up again."""
    return interviews_came(stage, await stage.greenroom.retry(stage.interviews[doing.interview]))


async def restart(stage: Stage, _: e.Restart) -> Came:
    """Stop Greenroom, and start it anew over the same database."""
    await stage.restart()
    return Came("restarted")


def gate_came(stage: Stage, outcome: GateOutcome, *, notes: tuple[str, ...] = ()) -> Came:
    """Return what came of an action."""
    return Came(
        _GATE_WORDS[outcome.kind],
        says=outcome.message,
        code=outcome.code,
        next=tuple(stage.profile.labels.action(action) for action in outcome.next),
        warnings=outcome.warnings,
        notes=notes,
        because=outcome.because,
    )


def interviews_came(stage: Stage, *outcomes: InterviewOutcome, done: str = "", notes: tuple[str, ...] = ()) -> Came:
    """Return what came of one interview or several; ``done`` says it where nothing stood in the way."""
    kinds = list(dict.fromkeys(outcome.kind for outcome in outcomes))
    halted = {"refused", "failed", "unclear", "not_yet"} & set(kinds)
    words = ", ".join(kind.replace("_", " ") for kind in kinds).replace("none", "no Zoom")
    codes = list(dict.fromkeys(outcome.code for outcome in outcomes if outcome.code))
    return Came(
        done if done and not halted else words,
        says=" ".join(dict.fromkeys(outcome.message for outcome in outcomes if outcome.message)),
        code=codes[0] if codes else None,
        next=tuple(
            dict.fromkeys(stage.profile.labels.action(action) for outcome in outcomes for action in outcome.next)
        ),
        warnings=tuple(warning for outcome in outcomes for warning in outcome.warnings),
        notes=notes,
        because=tuple(reason for outcome in outcomes for reason in outcome.because),
        interviews=outcomes,
    )


def _letters_came(word: str, letters: tuple[LetterView, ...]) -> Came:
    return Came(word if letters else "nothing waits", notes=tuple(f"to the {one.audience}" for one in letters))


def _callback(url: str) -> Callback:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return Callback(
        app=parts.path.rpartition("/")[2], state=query["state"], code=query.get("code"), error=query.get("error")
    )


def _person(stage: Stage, name: str) -> dict[str, str]:
    return {"email": stage.scenario.email(name), "name": stage.scenario.full_name(name)}


def _candidate(stage: Stage, name: str) -> dict[str, str]:
    zone = stage.scenario.people[name].time_zone
    return {**_person(stage, name), **({"time_zone": zone} if zone else {})}


async def _interview(stage: Stage, one: e.ScenarioInterview, notes: list[str]) -> Mapping[str, object]:
    url = one.url
    if one.link_of is not None:
        url = await _link_of(stage, one.link_of)
        if url is None:
            notes.append(f"{one.link_of} has no link to paste into {one.name}")
    if url is not None:
        stage.given[one.name] = url
    place = {
        "zoom": one.zoom,
        "room": one.room,
        "manual": {"url": url} if url else None,
        "host": stage.scenario.email(one.host) if one.host else None,
    }
    return {
        "title": one.title or one.name,
        "start": one.start,
        "duration_minutes": one.minutes,
        "time_zone": one.zone,
        "interviewers": [_person(stage, name) for name in one.interviewers],
        "place": place,
        "notes": one.notes,
        "confirmed": one.confirmed,
    }


async def _link_of(stage: Stage, name: str) -> str | None:
    status = await stage.greenroom.status(ORGANIZATION)
    wanted = stage.interviews.get(name)
    return next((one.join_url for one in status.interviews if one.id == wanted), None)


def _typed(stage: Stage, value: e.SettingValue) -> str:
    """Return a value as somebody types it; a person's name in the file stands for their address."""
    if isinstance(value, bool):
        return "true" if value else "false"
    items = value if isinstance(value, tuple) else (str(value),)
    return ",".join(stage.scenario.email(item) if item in stage.scenario.people else item for item in items)
