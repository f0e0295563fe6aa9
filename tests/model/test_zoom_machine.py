"""Random operations, clock jumps and faults on client and sandbox, against a small model of the ledger.

After every step the ledger must be what the model says: nothing lost, nothing doubled, nothing changed by a request
that failed without effect. Where an answer was lost, the client has to say so, and the ledger may have either state.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.contracts.depth import DEEP, DEEP_PLAYS, DEEP_STEPS, QUICK
from tests.model.ledger_model import Expected, LedgerModel, Wanted
from tests.model.zoom_at_play import (
    ADMIN,
    DONE,
    HOSTS,
    REFUSED,
    SLOW,
    UNDONE,
    VERIFIER,
    Ended,
    Fault,
    ZoomAtPlay,
    draft,
)
from tests.model.zoom_at_play import access as access_of

from greenroom.engine.ports.zoom import (
    Access,
    AccessRejected,
    AppRefused,
    GrantDead,
    HostCannotSchedule,
    NotPermitted,
    OutcomeUnclear,
    RateLimited,
    Tokens,
    ZoomError,
    ZoomNotFound,
    ZoomUnavailable,
)

CREATE, UPDATE = "POST /users/{userId}/meetings", "PATCH /meetings/{meetingId}"
DELETE, GET, LIST = "DELETE /meetings/{meetingId}", "GET /meetings/{meetingId}", "GET /users/{userId}/meetings"
TOKEN, REVOKE = "POST /oauth/token", "POST /oauth/revoke"

ACCESS_LIFE, REFRESH_LIFE = timedelta(hours=1), timedelta(days=90)

QUICK_KINDS = [kind for kind in (*REFUSED, *UNDONE, *DONE) if kind not in SLOW]
# Slow ones cost real time and are rarer.
FAULTS = [*(Fault(kind, times) for kind in QUICK_KINDS for times in (1, 1, 5)), *map(Fault, SLOW * 2)]
STEPS = {
    "create": 8,
    "update": 8,
    "delete": 5,
    "get": 4,
    "walk": 4,
    "wait": 7,
    "refresh": 4,
    "idle": 2,
    "authorize": 1,
    "revoke": 1,
    "uninstall": 1,
    "status": 2,
    "type": 1,
    "role": 1,
    "remove": 2,
}
"""What may happen, and how often beside the others."""

faults = st.sampled_from([*[None] * 2 * len(FAULTS), *FAULTS])
hosts = st.sampled_from((HOSTS[0], *HOSTS))
jumps = st.sampled_from(
    [timedelta(seconds=5), timedelta(minutes=2), timedelta(minutes=58), *[timedelta(minutes=61)] * 2, timedelta(days=1)]
)
months = st.sampled_from([timedelta(days=29), timedelta(days=31), timedelta(days=89), timedelta(days=91)])


class ZoomMachine(RuleBasedStateMachine):
    """One admin's connection, three hosts, and whatever happens to them."""

    play: ZoomAtPlay

    def __init__(self) -> None:
        super().__init__()
        self.play.begin()
        self.model = LedgerModel()
        self.names = count(1)
        self.status = dict.fromkeys(HOSTS, "active")
        self.is_admin = True
        self.alive = False
        """Whether a grant of the admin is alive at Zoom."""
        self.granted = False
        """Whether it is the one behind our tokens."""
        self.rotated = False
        """Whether Zoom replaced our refresh token without our learning of it."""
        self.quiet_until: datetime | None = None

    @initialize()
    def connect(self) -> None:
        """Begin with a live connection."""
        self.authorize(None)

    def teardown(self) -> None:
        """Close the client."""
        self.play.end()

    @rule(
        do=st.sampled_from([name for name, weight in STEPS.items() for _ in range(weight)]),
        fault=faults,
        stale=st.sampled_from([*[False] * 4, True]),
        data=st.data(),
    )
    def step(self, do: str, fault: Fault | None, stale: bool, data: st.DataObject) -> None:
        """Do something at Zoom, or let something happen there; mostly with a token as good as the engine keeps it."""
        if do in ("create", "update", "delete", "get", "walk"):
            if not stale and not (self.accepted and self.is_admin):
                self.authorize(None)
            self._use(do, fault, data)
        elif do in ("authorize", "refresh", "revoke"):
            getattr(self, do)(fault)
        elif do == "idle":
            self.play.pass_time(data.draw(months))
            self.refresh(fault)
        else:
            self._happen(do, data)

    def _use(self, do: str, fault: Fault | None, data: st.DataObject) -> None:
        if do in ("create", "walk") or not self.model.there:
            host = data.draw(hosts)
            self.walk(host, fault) if do == "walk" else self.create(host, self._wanted(data), fault)
            return
        known = self.model.there[data.draw(st.sampled_from(sorted(self.model.there)))]
        if do == "update":
            self.update(known, self._wanted(data), fault)
        elif do == "delete":
            self.delete(known, fault)
        else:
            self.get(known, fault)

    def _wanted(self, data: st.DataObject) -> Wanted:
        start = self.play.now() + timedelta(days=data.draw(st.integers(1, 40)))
        return Wanted(f"Interview {next(self.names)}", start, data.draw(st.integers(15, 120)))

    def _happen(self, what: str, data: st.DataObject) -> None:
        if what == "wait":
            self.play.pass_time(data.draw(jumps))
        elif what == "status":
            self.alter(data.draw(hosts), status=data.draw(st.sampled_from(["active", "active", "inactive"])))
        elif what == "type":
            self.alter(data.draw(hosts), type=data.draw(st.sampled_from([1, 2])))
        elif what == "remove":
            self.remove(data.draw(hosts))
        elif what == "role":
            self.role()
            self.walk(data.draw(hosts), None)
        else:
            self.uninstall()

    # Tokens

    def authorize(self, fault: Fault | None) -> None:
        """A new authorization works and replaces the grant before it, or ends with an error that a fault explains."""
        if not self.is_admin:
            self.role()
        code = self.play.code()
        exchange = self.play.client(fault).exchange_code(self.play.app, code, verifier=VERIFIER)
        ended = self._call(TOKEN, fault, exchange)
        if ended.error is None:
            self._hold(ended.value)
        else:
            self._token_error(ended.error, fault)
            if fault and fault.loses_work:
                self.alive, self.granted = True, False

    def refresh(self, fault: Fault | None) -> None:
        """A refresh gives new tokens exactly if the old one is good; the old one is dead from then on."""
        good = self.granted and not self.rotated and self.play.now() - self.issued < REFRESH_LIFE
        before = self.tokens.refresh_token
        ended = self._call(TOKEN, fault, self.play.client(fault).refresh(self.play.app, before))
        if ended.error is None:
            assert good
            self._hold(ended.value)
            assert isinstance(self.play.call(self.play.client().refresh(self.play.app, before)).error, GrantDead)
        elif isinstance(ended.error, GrantDead):
            assert not good
        else:
            self._token_error(ended.error, fault)
            self.rotated = self.rotated or (good and fault is not None and fault.loses_work)

    def revoke(self, fault: Fault | None) -> None:
        """A revoked grant is dead."""
        ended = self._call(REVOKE, fault, self.play.client(fault).revoke(self.play.app, self.tokens.access_token))
        if ended.error is not None:
            self._token_error(ended.error, fault)
        if ended.error is None or (fault and fault.loses_work):
            self.alive = self.alive and not self.granted
            self.granted = False

    def uninstall(self) -> None:
        """The admin removes the app: every token of it is dead."""
        self.play.remote.control("POST", "uninstall", app="admin", user=ADMIN)
        self.alive = self.granted = False

    def _hold(self, tokens: Tokens) -> None:
        self.tokens, self.issued = tokens, self.play.now()
        self.alive = self.granted = True
        self.rotated = False

    def _token_error(self, error: ZoomError, fault: Fault | None) -> None:
        """An error of the token endpoint is the fault's, and of its kind."""
        assert fault is not None, error
        expected = {"token_rejected": AppRefused, "rate_limited": RateLimited}.get(fault.kind, OutcomeUnclear)
        assert isinstance(error, expected), error

    @property
    def accepted(self) -> bool:
        """Tell whether Zoom accepts the access token we hold."""
        return self.granted and self.play.now() - self.issued < ACCESS_LIFE

    @property
    def access(self) -> Access:
        """Return what a REST call carries."""
        return access_of(self.tokens)

    # Meetings

    def create(self, host: str, what: Wanted, fault: Fault | None) -> None:
        """A create is in the ledger once when it succeeds, not at all when it fails, at most once when unclear."""
        before = self.play.meetings()
        create = self.play.client(fault).create_meeting(self.access, self.play.ids[host], draft(what))
        ended = self._call(CREATE, fault, create)
        new = sorted(self.play.meetings().keys() - before)
        done = self._done(ended, fault, host, possible=self.accepted and self.status[host] == "active")
        assert len(new) == done, f"{ended}, and {len(new)} were made"
        for number in new:
            self.model.make(number, host, what)
        assert ended.error or [ended.value.id] == new

    def update(self, known: Expected, what: Wanted, fault: Fault | None) -> None:
        """An update changes the meeting when it succeeds, not at all when it fails, wholly or not when unclear."""
        possible = self.accepted and self.status[known.host] == "active" and self._live(known)
        ended = self._call(UPDATE, fault, self.play.client(fault).update_meeting(self.access, known.id, draft(what)))
        if self._done(ended, fault, known.host, possible=possible):
            self.model.change(known.id, what)

    def delete(self, known: Expected, fault: Fault | None) -> None:
        """A delete leaves nothing live when it succeeds, and says so when it may have; what is gone is gone for all."""
        gone = not self._live(known)
        ended = self._call(DELETE, fault, self.play.client(fault).delete_meeting(self.access, known.id))
        if self._done(ended, fault, known.host, possible=self.accepted, anybody=gone):
            self.model.delete(known.id)

    def get(self, known: Expected, fault: Fault | None) -> None:
        """A read shows the meeting as it is."""
        ended = self._call(GET, fault, self.play.client(fault).get_meeting(self.access, known.id))
        if self._done(ended, fault, known.host, possible=self.accepted and self._live(known)):
            found = ended.value
            assert (found.id, Wanted(found.topic, found.start, found.minutes)) == (known.id, known.what)

    def walk(self, host: str, fault: Fault | None) -> None:
        """A list shows exactly the host's live meetings, or fails."""
        client = self.play.client(fault)

        async def walked() -> list[str]:
            return sorted([one.id async for one in client.meetings(self.access, self.play.ids[host])])

        ended = self._call(LIST, fault, walked())
        if self._done(ended, fault, host, possible=self.accepted and self.status[host] != "deleted"):
            assert ended.value == self.model.live_of(host, self.play.now())

    def _live(self, known: Expected) -> bool:
        return known.seen(self.play.now()).live

    def _done(self, ended: Ended, fault: Fault | None, host: str, *, possible: bool, anybody: bool = False) -> bool:
        """Tell whether a call had its effect; a success had to be possible, an error needs its reason. Others' meetings
        are an admin's, unless ``anybody`` may.

        Whatever may have been done has to be told as unclear.
        """
        if ended.error is None:
            assert possible
            assert self.is_admin or anybody
            return True
        self._explained(ended.error, fault, host, possible=possible)
        unclear = isinstance(ended.error, OutcomeUnclear)
        return unclear and possible and self.is_admin and fault is not None and fault.loses_work

    # The world

    def alter(self, host: str, **how: Any) -> None:
        """An admin deactivates, activates, promotes or demotes a host."""
        if self.status[host] != "deleted":
            self.play.remote.control("POST", f"users/{host}", **how)
            self.status[host] = how.get("status", self.status[host])

    def role(self) -> None:
        """The admin becomes a member, or an admin again."""
        self.is_admin = not self.is_admin
        self.play.remote.control("POST", f"users/{ADMIN}", role="admin" if self.is_admin else "member")

    def remove(self, host: str) -> None:
        """An admin deletes a host, but never the last; what they hosted is gone."""
        others = [one for one, status in self.status.items() if one != host and status != "deleted"]
        if others and self.status[host] != "deleted":
            self.play.remote.control("DELETE", f"users/{host}")
            self.status[host] = "deleted"
            self.model.delete_host(host)

    # What must always be

    @invariant()
    def the_ledger_is_as_expected(self) -> None:
        """Nothing lost, nothing doubled, nothing that was said not to have happened."""
        assert list(self.model.differences(self.play.meetings(), self.play.now())) == []

    @invariant()
    def one_grant_lives(self) -> None:
        """The admin has one live grant for the app, or none once it was revoked; never two."""
        assert self.play.live_grants() == self.alive

    def _call(self, operation: str, fault: Fault | None, coroutine: Any) -> Ended:
        self.play.fault(operation, fault)
        ended = self.play.call(coroutine)
        self.play.fault(operation, None)
        return ended

    def _explained(self, error: ZoomError, fault: Fault | None, host: str, *, possible: bool) -> None:
        """Check that an error of the REST API has its reason in the world or in the fault, the right one."""
        now = self.play.now()
        if fault and fault.kind == "rate_limited":
            self.quiet_until = now + timedelta(seconds=61)
        match error:
            case AccessRejected():
                assert not self.accepted or (fault and fault.kind == "token_rejected"), error
            case RateLimited():
                assert self.quiet_until is not None, error
                assert now < self.quiet_until, error
            case NotPermitted():
                assert not self.is_admin, error
            case HostCannotSchedule():
                assert self.status[host] == "inactive", error
            case ZoomNotFound():
                assert not possible, error
            case OutcomeUnclear() | ZoomUnavailable():
                assert fault is not None, error
                assert not fault.refuses, error
            case _:
                raise AssertionError(f"{type(error).__name__} without a reason: {error}")


@pytest.fixture(scope="module", autouse=True)
def play() -> Iterator[None]:
    """One sandbox for all plays of this module."""
    ZoomMachine.play = ZoomAtPlay()
    yield
    ZoomMachine.play.close()


def test_random_plays_leave_the_ledger_as_expected() -> None:
    """Whatever is done in whatever order, with whatever going wrong, the ledger is what the model says."""
    run_state_machine_as_test(
        ZoomMachine,
        settings=settings(
            QUICK,
            max_examples=DEEP_PLAYS if DEEP else 20,
            stateful_step_count=DEEP_STEPS if DEEP else 50,
            suppress_health_check=list(HealthCheck),
        ),
    )
