"""What holds of connections: declared phases and moves, no grant without an authorization, no loss unseen."""

from __future__ import annotations

from collections.abc import Iterator

from greenroom.conformance.machine.promise import Complaints, Step, promise
from greenroom.model import Action, Level, PhaseKind
from greenroom.whatif.events import Act, Disconnect
from greenroom.whatif.seen import Seen

_AUTHORIZES = frozenset({"connect", "open_link", "set_up"})
_ONE_ASK = frozenset({"act", "configure", "disconnect", "share"})
_REPEATS = frozenset({"act", "approve", "cancel", "configure", "confirm", "disconnect", "reject", "retry", "send"})
Who = tuple[Level, str]


@promise(
    "A connection is in a phase that the manifest declares for its level.",
    fix="`authorize` or `disconnect` answers a phase that profile.yaml does not list",
)
def phases_are_declared(step: Step) -> Complaints:
    """Look at every connection there is."""
    wrong = [one for one in step.after.connections if step.reference.manifest.phase(one.level, one.phase) is None]
    if not step.after.connections:
        return None
    return [f"the {one.level.value} connection is {one.phase!r}, which no profile.yaml declares" for one in wrong]


@promise(
    "A connection moves between phases as the manifest's `moves` say, and by what they say.",
    fix="declare the move with its action or cause, or answer without a phase",
)
def moves_are_declared(step: Step) -> Complaints:
    """Follow declared moves from the phase before to the one after, by ways this event can bring about."""
    doing = step.event.doing if step.event is not None else None
    action = doing.action if isinstance(doing, Act) else None
    moved = list(_moved(step))
    if not moved:
        return None
    return [
        f"{step.kind} took the {level.value} connection from {at!r} to {to!r}, which no move declares"
        for level, at, to in moved
        if not step.reference.reaches(level, at, to, step.kind, action)
    ]


@promise(
    "Nothing is granted unless somebody has just authorized it at Zoom.",
    fix="an active phase belongs to `Keep`, the answer to a completed authorization; not to the way there",
)
def no_grant_without_an_authorization(step: Step) -> Complaints:
    """What became active or got a Zoom user did so by an authorization that ended connected."""
    before, after = _granted(step.before), _granted(step.after)
    fresh = [one for one in after if one not in before]
    if not fresh and step.kind not in _AUTHORIZES:
        return None
    if step.kind == "set_up" or (step.kind in _AUTHORIZES and step.came.outcome == "connected"):
        return []
    return [f"the {level.value} connection works, and nobody authorized it ({step.came.outcome})" for level, _ in fresh]


@promise(
    "What is refused changes nothing: no connection, no meeting, no letter.",
    fix="a refusal has no phase; decide before anything is done",
)
def a_refusal_changes_nothing(step: Step) -> Complaints:
    """Compare before and after; a loss that Zoom tells of at the same moment is no change of the refusal's."""
    if step.came.outcome not in {"refused", "instructed"}:
        return None
    complaints = [f"a refused {step.kind} made a meeting" for _ in step.made]
    complaints += [f"a refused {step.kind} deleted a meeting" for _ in step.ended]
    if len(step.after.letters) > len(step.before.letters):
        complaints.append(f"a refused {step.kind} sent a letter")
    if step.kind in _ONE_ASK:
        complaints += [
            f"a refused {step.kind} took the {level.value} connection from {at!r} to {to!r}"
            for level, at, to in _moved(step)
            if not step.reference.reaches(level, at, to, "refused")
        ]
    return complaints


@promise(
    "What the manifest does not list is refused.",
    fix="answer an action that the product does not have with `not_offered`",
)
def only_what_is_listed_is_done(step: Step) -> Complaints:
    """An action that is not in `actions` of any level is not done."""
    doing = step.event.doing if step.event is not None else None
    if not isinstance(doing, Act) or any(doing.action in listed for listed in step.reference.manifest.actions.values()):
        return None
    done = step.came.outcome not in {"refused", "not possible"}
    return [f"{doing.action.value} was {step.came.outcome}, and the manifest does not list it"] if done else []


@promise(
    "Who disconnects is disconnected: something of theirs has ended.",
    fix="`Loss` has to name the phase that follows; the phase a connection is in already ends nothing",
    applies=lambda manifest: any(Action.DISCONNECT in listed for listed in manifest.actions.values()),
)
def disconnecting_ends_something(step: Step) -> Complaints:
    """A connection that somebody disconnected is in another phase, and no longer active."""
    doing = step.event.doing if step.event is not None else None
    if not isinstance(doing, Disconnect) or step.came.outcome != "disconnected":
        return None
    return [] if list(_moved(step)) else ["it says disconnected, and every connection is as it was"]


@promise(
    "Whoever loses the app at Zoom is not shown as connected.",
    fix="answer the cause *uninstalled* with a phase that is not active, as the manifest's moves say",
)
def a_removal_at_zoom_is_seen(step: Step) -> Complaints:
    """Where the manifest declares a move for it, a connection of the person who removed the app has left its phase."""
    if step.kind != "uninstall" or step.came.outcome != "at Zoom" or step.event is None:
        return None
    who = getattr(step.event.doing, "by", "")
    after = {(one.level, one.owner): one for one in step.after.connections}
    held = [one for one in step.before.connections if (one.zoom_user or "").startswith(f"{who}@")]
    return [
        f"{who} removed the app at Zoom, and the {one.level.value} connection is still {one.phase!r}"
        for one in held
        if after[(one.level, one.owner)].phase == one.phase
        and step.reference.declares(one.level, one.phase, "uninstalled")
    ]


@promise(
    "The same once more changes nothing more.",
    fix="ask what is already so before doing it: a repeated request must not make, send or move anything twice",
)
def once_more_changes_nothing(step: Step) -> Complaints:
    """Where nothing stood in the way of either."""
    if not step.again or step.kind not in _REPEATS or step.reference.plot.faulty:
        return None
    complaints = [f"{step.kind}, done again, made a meeting" for _ in step.made]
    complaints += [f"{step.kind}, done again, deleted a meeting" for _ in step.ended]
    if len(step.after.letters) > len(step.before.letters):
        complaints.append(f"{step.kind}, done again, sent letters again")
    return complaints


@promise(
    "After a restart, everything is as it was.",
    fix="nothing may be kept in memory alone",
)
def a_restart_forgets_nothing(step: Step) -> Complaints:
    """Connections, interviews and links are those of before; what was unclear may have become clear."""
    if step.kind != "restart":
        return None
    waited = {(one.level, one.owner) for one in step.before.connections if one.kind is PhaseKind.PENDING}
    complaints = [
        f"a restart took the {level.value} connection from {at!r} to {to!r}"
        for level, at, to in _moved(step)
        if not any(level is one for one, _ in waited) and not step.reference.reaches(level, at, to, "restart")
    ]
    after = {one.id: one for one in step.after.interviews}
    for one in step.before.interviews:
        now = after.get(one.id)
        if now is None or (now.state, now.start) != (one.state, one.start):
            complaints.append(f"a restart forgot {one.subject}")
        elif not one.unclear and one.subject not in step.reference.doubted and now.join_url != one.join_url:
            complaints.append(f"a restart changed the link of {one.subject}")
    return complaints


def _moved(step: Step) -> Iterator[tuple[Level, str, str]]:
    before = {(one.level, one.owner): one.phase for one in step.before.connections}
    for one in step.after.connections:
        at = before.get((one.level, one.owner)) or step.reference.manifest.initial_phase(one.level).name
        if at != one.phase:
            yield one.level, at, one.phase


def _granted(seen: Seen) -> set[Who]:
    return {(one.level, one.owner) for one in seen.connections if one.zoom_user or one.kind is PhaseKind.ACTIVE}
