"""What people and Zoom do in a play: each deed a rule of the machine, and a strategy of events.

A deed knows where it is applicable (a product without shared links has none to open) and when (nothing is
rescheduled that was not scheduled). What a product refuses is a deed like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hypothesis import strategies as st

from greenroom.conformance.machine.company import CAST, KIND
from greenroom.conformance.machine.ground import Ground
from greenroom.conformance.machine.plot import Plot
from greenroom.model import Action
from greenroom.whatif.events import Event

Drawn = dict[str, object]
Events = Callable[[Ground, Plot], st.SearchStrategy[Drawn]]

_GATE = (
    Action.ENABLE,
    Action.DISABLE,
    Action.ASK_APPROVAL,
    Action.APPROVAL_DECIDED,
    Action.REMOVE_MINE,
    Action.RESTORE_MINE,
)
"""Actions that stay inside the product and have no deed of their own."""

_STARTS = ("+3d 09:00", "+3d 10:30", "+9d 16:00", "+27d 02:30")
"""The last is within the hour that a zone of Europe skips."""

_TYPED = "https://meet.example/typed"
_AGAIN = frozenset({"act", "approve", "cancel", "configure", "confirm", "disconnect", "reject", "reschedule", "retry"})


@dataclass(frozen=True)
class Deed:
    """A rule: ``draw`` an event of it, in a play that has come as far as a plot.

    Attributes:
        name: of the rule.
        says: what happens, in a sentence.
        applies: whether there is such a thing under a profile at all.
        possible: whether there is at this moment.
    """

    name: str
    says: str
    applies: Callable[[Ground], bool]
    possible: Callable[[Plot], bool]
    draws: Events

    def draw(self, ground: Ground, plot: Plot) -> st.SearchStrategy[Event]:
        """Draw what exactly happens."""
        return self.draws(ground, plot).map(Event.model_validate)


def _always(_: object) -> bool:
    return True


def _one(kind: str, /, **fields: st.SearchStrategy[object]) -> st.SearchStrategy[Drawn]:
    return st.fixed_dictionaries(fields).map(lambda doing: {kind: _said(doing)})


def _said(doing: Drawn) -> Drawn:
    return {name: value for name, value in doing.items() if value is not None and value != []}


def _of(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


def _members() -> st.SearchStrategy[str]:
    return _of(CAST.members)


def _decision() -> st.SearchStrategy[str]:
    return _of(("authorize", "authorize", "authorize", "decline", "leave"))


def _connect(ground: Ground, _: Plot) -> st.SearchStrategy[Drawn]:
    level = st.none() | st.sampled_from([one.value for one in ground.levels])
    at_zoom = st.none() | st.none() | _of(CAST.zoom_users)
    return _one("connect", by=_members(), level=level, at_zoom=at_zoom, decision=_decision())


def _act(ground: Ground, _: Plot) -> st.SearchStrategy[Drawn]:
    chosen = st.sampled_from([one.value for one in _GATE if ground.has(one)])
    return _one("act", by=_members(), action=chosen)


def _act_elsewhere(ground: Ground, _: Plot) -> st.SearchStrategy[Drawn]:
    chosen = st.sampled_from([one.value for one in _GATE if not ground.has(one)])
    return _one("act", by=_members(), action=chosen)


def _configure(ground: Ground, _: Plot) -> st.SearchStrategy[Drawn]:
    return ground.settings().flatmap(
        lambda one: _one("configure", by=_members(), **{name: st.just(value) for name, value in one.items()})
    )


def _new_name(plot: Plot) -> str:
    return f"interview-{len(plot.interviews) + 1}"


def _interview(plot: Plot, **fixed: st.SearchStrategy[object]) -> st.SearchStrategy[Drawn]:
    drawn: dict[str, st.SearchStrategy[object]] = {
        "name": st.just(_new_name(plot)),
        "start": _of(_STARTS),
        "minutes": st.sampled_from((45, 30, 240)),
        "zone": st.sampled_from((None, "Europe/Berlin", "America/St_Johns")),
        "interviewers": st.just([CAST.interviewers[0]]) | st.lists(_of(CAST.interviewers), max_size=2, unique=True),
        "zoom": st.sampled_from((True, True, True, True, True, True, None, False)),
        "room": st.sampled_from((None, None, "Lagoon")),
        **fixed,
    }
    return st.fixed_dictionaries(drawn).map(_said)


def _schedulers() -> st.SearchStrategy[str]:
    """Draw who schedules: mostly whoever the set-up connects where people connect for themselves."""
    return _of((CAST.members[0],) * 5 + CAST.members)


def _scheduled(plot: Plot, **fixed: st.SearchStrategy[object]) -> st.SearchStrategy[Drawn]:
    interview = _interview(plot, **fixed).map(lambda one: [one])
    candidates = st.lists(_of(CAST.candidates), min_size=1, max_size=2, unique=True)
    return _one("schedule", by=_schedulers(), candidates=candidates, kind=st.just(KIND), interviews=interview)


def _schedule(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    return _scheduled(plot)


def _propose(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    return _scheduled(plot, confirmed=st.just(value=False), zoom=st.just(value=True))


def _paste(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    if not plot.interviews:
        return _scheduled(plot, url=st.just(_TYPED), zoom=st.none())
    given = st.just(("url", _TYPED)) | _of(plot.interviews).map(lambda name: ("link_of", name))
    return given.flatmap(lambda one: _scheduled(plot, zoom=st.none(), **{one[0]: st.just(one[1])}))


def _interview_of(kind: str) -> Events:
    return lambda _, plot: _one(kind, interview=_of(plot.interviews))


def _reschedule(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    return _one("reschedule", interview=_of(plot.interviews), start=_of(("+4d 09:00", "+5d 11:00", "+26d 02:30")))


def _place(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    wheres: st.SearchStrategy[tuple[str, object]] = st.sampled_from(
        (("zoom", True), ("zoom", False), ("url", _TYPED), ("room", "Lagoon"))
    )
    return wheres.flatmap(lambda one: _one("place", interview=_of(plot.interviews), **{one[0]: st.just(one[1])}))


def _edit(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    audience = _of(("candidate", "interviewers", "scheduler"))
    return _one("edit", interview=_of(plot.interviews), audience=audience, body=st.just("See you there."))


def _disconnect(ground: Ground, _: Plot) -> st.SearchStrategy[Drawn]:
    level = st.none() | st.sampled_from([one.value for one in ground.levels])
    return _one("disconnect", by=_members(), level=level, confirmed=st.sampled_from((True, True, False)))


def _by_zoom_admin(kind: str) -> Events:
    return lambda *_: _one(kind, by=_of(CAST.zoom_admins))


def _demote(_: Ground, __: Plot) -> st.SearchStrategy[Drawn]:
    return _one("zoom_user", who=_of(("ada", "rita", "april")), role=_of(("member", "admin")))


def _user_changes(_: Ground, __: Plot) -> st.SearchStrategy[Drawn]:
    change = st.sampled_from((("status", "inactive"), ("status", "active"), ("licence", "basic"), ("deleted", True)))
    return change.flatmap(lambda one: _one("zoom_user", who=_of(CAST.zoom_users[:4]), **{one[0]: st.just(one[1])}))


def _account(_: Ground, __: Plot) -> st.SearchStrategy[Drawn]:
    plan = _one("zoom_account", plan=_of(("basic", "pro", "business", "enterprise")))
    return plan | _one("zoom_account", approval=_of(("required", "not_required")))


def _remove_scope(ground: Ground, _: Plot) -> st.SearchStrategy[Drawn]:
    return _one("remove_scope", scope=_of(ground.scopes))


_MAKE, _MOVE, _DELETE = "POST /users/{userId}/meetings", "PATCH /meetings/{meetingId}", "DELETE /meetings/{meetingId}"


def _fail(_: Ground, __: Plot) -> st.SearchStrategy[Drawn]:
    operation = _of((_MAKE, _MOVE, _DELETE, "*"))
    times = st.sampled_from((1, 2))
    failing = _one(
        "zoom_down", operation=operation, kind=_of(("status", "reset_before", "token_rejected")), times=times
    )
    # Of all operations, only one: a limit is waited for, and in earnest.
    limited = _one("zoom_down", operation=st.just(_MAKE), kind=st.just("rate_limited"), times=st.just(1))
    return failing | failing | failing | limited


def _lose(_: Ground, __: Plot) -> st.SearchStrategy[Drawn]:
    operation = _of((_MAKE, _MAKE, _MOVE, _DELETE))
    return _one("zoom_down", operation=operation, kind=st.just("reset_after"), times=st.just(1))


def _again(_: Ground, plot: Plot) -> st.SearchStrategy[Drawn]:
    assert plot.last is not None
    return st.just(plot.last.model_dump(exclude_defaults=True))


def _has(*actions: Action) -> Callable[[Ground], bool]:
    return lambda ground: any(ground.has(action) for action in actions)


def _lacks_some(ground: Ground) -> bool:
    return not all(ground.has(action) for action in _GATE)


def _interviews(plot: Plot) -> bool:
    return bool(plot.interviews)


def _room_for_one(plot: Plot) -> bool:
    return len(plot.interviews) < 8


def _repeatable(plot: Plot) -> bool:
    return plot.last is not None and plot.last.kind in _AGAIN


DEEDS: Mapping[str, Deed] = {
    one.name: one
    for one in (
        Deed("connect", "A member connects.", _has(Action.CONNECT), _always, _connect),
        Deed(
            "share",
            "A member asks for a link to give on.",
            _has(Action.SHARE),
            _always,
            lambda *_: _one("share", by=_members()),
        ),
        Deed(
            "open_link",
            "Somebody opens the latest shared link, and decides at Zoom.",
            _has(Action.SHARE),
            lambda plot: plot.shared,
            lambda *_: _one("open_link", by=_of(CAST.zoom_users), decision=_decision()),
        ),
        Deed("act", "A member does what a page of the product offers.", _has(*_GATE), _always, _act),
        Deed(
            "act_elsewhere",
            "A member tries what only other products have.",
            _lacks_some,
            _always,
            _act_elsewhere,
        ),
        Deed(
            "configure",
            "A member changes settings.",
            lambda ground: ground.configurable,
            _always,
            _configure,
        ),
        Deed("schedule", "A member schedules an interview.", _always, _room_for_one, _schedule),
        Deed("propose", "An interview whose time is only proposed.", _always, _room_for_one, _propose),
        Deed(
            "paste",
            "An interview under a link that is there already.",
            _always,
            _room_for_one,
            _paste,
        ),
        Deed(
            "confirm",
            "A proposed time is agreed.",
            _always,
            lambda plot: bool(plot.proposed),
            lambda _, plot: _one("confirm", interview=_of(tuple(sorted(plot.proposed)))),
        ),
        Deed("reschedule", "An interview moves.", _always, _interviews, _reschedule),
        Deed("cancel", "An interview is cancelled.", _always, _interviews, _interview_of("cancel")),
        Deed("place", "An interview is held elsewhere.", _always, _interviews, _place),
        Deed("retry", "An interview is taken up again.", _always, _interviews, _interview_of("retry")),
        Deed("preview", "Its letters are looked at.", _always, _interviews, _interview_of("preview")),
        Deed("edit", "A letter is rewritten.", _always, _interviews, _edit),
        Deed("send", "Its letters are sent.", _always, _interviews, _interview_of("send")),
        Deed("disconnect", "A member disconnects.", _always, _always, _disconnect),
        Deed(
            "approve",
            "At Zoom, an admin approves the apps.",
            _always,
            _always,
            _by_zoom_admin("approve"),
        ),
        Deed("reject", "At Zoom, an admin rejects them.", _always, _always, _by_zoom_admin("reject")),
        Deed(
            "uninstall",
            "At Zoom, somebody removes the apps.",
            _always,
            _always,
            lambda *_: _one("uninstall", by=_of(("rita", "ada", "olga"))),
        ),
        Deed("demote", "At Zoom, somebody gets another role.", _always, _always, _demote),
        Deed(
            "change_user",
            "At Zoom, somebody is changed or deleted.",
            _always,
            _always,
            _user_changes,
        ),
        Deed("change_account", "At Zoom, plan or approval change.", _always, _always, _account),
        Deed(
            "remove_scope",
            "At Zoom, the apps lose a scope.",
            lambda g: bool(g.scopes),
            _always,
            _remove_scope,
        ),
        Deed("fail", "Zoom refuses, or answers nothing.", _always, _always, _fail),
        Deed("lose_answer", "Zoom does it, and the answer is lost.", _always, _always, _lose),
        Deed(
            "work_again",
            "Zoom works again.",
            _always,
            lambda plot: plot.faulty,
            lambda *_: st.just({"zoom_up": {}}),
        ),
        Deed(
            "wait",
            "Time passes.",
            _always,
            _always,
            lambda *_: st.sampled_from(({"wait": {"minutes": 11}}, {"wait": {"hours": 2}}, {"wait": {"days": 1}})),
        ),
        Deed("restart", "Greenroom is restarted.", _always, _always, lambda *_: st.just({"restart": {}})),
        Deed("again", "The same once more.", _always, _repeatable, _again),
    )
}
"""Everything that can be done, by its name."""
