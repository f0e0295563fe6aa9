"""Two administrators switch, log in, revoke and lose permissions in any order: who can do what follows from where
that leads, never from how it came to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.model import Action, Cause, Connection, Done, GoToZoom, Keep, Level, Member, Refusal, Wanted
from greenroom.profiles import Registry
from greenroom_exelare.checks.asks import (
    ADAM,
    ADAM_AT_ZOOM,
    ADMINISTRATOR,
    CONNECTED,
    EVERYTHING,
    FEATURES,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    ON,
    RECRUITER,
    RITA_AT_ZOOM,
    ask,
    ending,
    login,
    switch,
    use,
    wanted,
    without,
)

PRODUCT = Product(InProcess(Registry.discover().profile("exelare")))
USERS = {"adam": (ADAM, ADAM_AT_ZOOM), "rita": (ADMINISTRATOR, RITA_AT_ZOOM)}
LOSSES = {
    Cause.UNINSTALLED: NOT_CONNECTED,
    Cause.PERSON: NOT_CONNECTED,
    Cause.GRANT_DEAD: NEEDS_RECONNECT,
    Cause.AUTHORIZER_GONE: NEEDS_RECONNECT,
}
SCOPES = ("calendar:read", "cloud_recording:read", "meeting:write", "zoomapp")
WHO = st.sampled_from(sorted(USERS))
STEPS = st.one_of(
    st.tuples(st.just("switch"), WHO, st.sampled_from((Action.ENABLE, Action.DISABLE))),
    st.tuples(st.just("login"), WHO, st.sampled_from(("all", *SCOPES))),
    st.tuples(st.just("end"), WHO, st.sampled_from(sorted(LOSSES))),
    st.tuples(st.just("lose"), WHO, st.sampled_from(SCOPES)),
)


@dataclass
class Exelare:
    """What the answers have led to, and beside it what the document says that they lead to."""

    toggle: str = OFF
    phases: dict[str, str] = field(default_factory=lambda: dict.fromkeys(USERS, NOT_CONNECTED))
    lacking: dict[str, frozenset[str]] = field(default_factory=lambda: dict.fromkeys(USERS, frozenset()))
    on: bool = False

    @property
    def connections(self) -> tuple[Connection, ...]:
        """What questions are shown."""
        logins = [
            login(self.phases[who], of=member, zoom=zoom, scopes=without(*self.lacking[who]))
            for who, (member, zoom) in USERS.items()
        ]
        return (*logins, switch(self.toggle))

    def switch(self, who: str, action: Action) -> None:
        """Switch on or off, which can be done once."""
        answer = ask(PRODUCT, action, actor=USERS[who][0], connections=self.connections)
        assert isinstance(answer, Done) == (self.on != (action is Action.ENABLE))
        self.on = action is Action.ENABLE
        self.toggle = answer.phase or "" if isinstance(answer, Done) else self.toggle

    def login(self, who: str, lacking: str) -> None:
        """Log in, and approve all permissions or all but one."""
        member, zoom = USERS[who]
        sent = ask(PRODUCT, Action.CONNECT, Level.MEMBER, actor=member, connections=self.connections)
        assert isinstance(sent, GoToZoom) == self.on
        tried = {"path": "direct", "started_by": member.id, "level": Level.MEMBER, "outcome": "granted"}
        granted = EVERYTHING if lacking == "all" else without(lacking)
        back = {"attempt": tried, "zoom": zoom, "scopes": granted}
        kept = ask(PRODUCT, Action.COMPLETE, Level.MEMBER, actor=member, connections=self.connections, **back)
        assert isinstance(kept, Keep) == (self.on and lacking == "all")
        if isinstance(kept, Keep):
            assert kept.replaces == (self.phases[who] != NOT_CONNECTED)
            self.phases[who], self.lacking[who] = kept.phase, frozenset()

    def end(self, who: str, cause: Cause) -> None:
        """Take an authorization away."""
        if self.phases[who] != NOT_CONNECTED:
            self.phases[who] = ending(PRODUCT, cause, phase=self.phases[who], toggle=self.toggle).phase
            assert self.phases[who] == LOSSES[cause]

    def lose(self, who: str, scope: str) -> None:
        """Take one permission away."""
        if self.phases[who] == CONNECTED:
            self.phases[who] = ending(PRODUCT, Cause.SCOPES_LOST, toggle=self.toggle).phase
            self.lacking[who] |= {scope}

    def through(self, actor: Member) -> str | None:
        """Through whom ``actor`` is to reach Zoom: themself, or the first who is authorized."""
        ready = [who for who in USERS if self.on and self.phases[who] == CONNECTED]
        return next((who for who in ready if USERS[who][0] == actor), next(iter(ready), None))

    def agrees(self) -> None:
        """Require that everybody can do just what the state allows."""
        for feature in ("calendar_view", "recordings", "in_meeting", "timeline"):
            for actor in (RECRUITER, ADAM, ADMINISTRATOR):
                self._agrees_on(feature, actor)
        through = self.through(RECRUITER)
        permitted = through is not None and "meeting:write" not in self.lacking[through]
        assert isinstance(wanted(PRODUCT, connections=self.connections), Wanted) == permitted

    def _agrees_on(self, feature: str, actor: Member) -> None:
        answer = use(PRODUCT, feature, actor=actor, connections=self.connections)
        through, scope = self.through(actor), FEATURES.get(feature)
        if scope is None:
            assert isinstance(answer, Done)
        elif through is None or scope in self.lacking[through]:
            assert isinstance(answer, Refusal)
        else:
            assert isinstance(answer, Done)
            assert answer.via is not None
            assert answer.via.owner == USERS[through][0].id


@settings(max_examples=40)
@given(steps=st.lists(STEPS, min_size=1, max_size=6), at_work=st.booleans())
def test_any_order_leads_where_the_document_says(steps: list[tuple[str, str, str]], *, at_work: bool) -> None:
    """Access is there exactly while the switch is on and somebody authorized, for exactly what they still grant."""
    world = Exelare()
    if at_work:
        world.switch("rita", Action.ENABLE)
        world.login("rita", "all")
        world.login("adam", "all")
    for step, who, what in steps:
        match step:
            case "switch":
                world.switch(who, Action(what))
            case "login":
                world.login(who, what)
            case "end":
                world.end(who, Cause(what))
            case _:
                world.lose(who, what)
    world.agrees()


@given(
    first=st.sampled_from(sorted(USERS)), cause=st.sampled_from(sorted(LOSSES)), again=st.booleans(), off=st.booleans()
)
def test_one_users_end_is_not_the_others(first: str, cause: Cause, *, again: bool, off: bool) -> None:
    """Whoever logged in first: when one authorization ends the other goes on, and comes back after Off and On."""
    world = Exelare()
    other = next(who for who in USERS if who != first)
    world.switch(first, Action.ENABLE)
    world.login(first, "all")
    world.login(other, "all")
    world.end(first, Cause(cause))
    if off:
        world.switch(other, Action.DISABLE)
        world.agrees()
        world.switch(first, Action.ENABLE)
    if again:
        world.login(first, "all")
    assert (world.toggle, world.through(RECRUITER)) == (ON, "adam" if again else other)
    world.agrees()
