"""The real client on a real port of the sandbox, steered from a state machine: one call at a time."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from pydantic import SecretStr
from tests.model.ledger_model import Seen, Wanted

from greenroom.engine.ports.zoom import Access, MeetingDraft, Tokens, ZoomApp, ZoomError
from greenroom.http import Timeouts
from greenroom.sandbox import RemoteSandbox, Sandbox, SandboxServer, load_world
from greenroom.zoom import ZoomClient, pkce_challenge

T = TypeVar("T")

ADMIN = "adam.admin@northwind.example"
HOSTS = ("april.lee@northwind.example", "calvin.ross@northwind.example", "basil.stone@northwind.example")
VERIFIER = "v" * 64
QUIET = 30
"""Seconds a rate limit asks to wait."""

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)

REFUSED = ("token_rejected", "rate_limited")
UNDONE = ("status", "html", "reset_before", "hang")
DONE = ("reset_after", "status_after", "truncated", "hang_after", "delay")
"""Faults that answer as Zoom does, those that leave nothing done, and those that do the work and lose the answer."""

SLOW = ("delay", "hang", "hang_after")
"""Of these, the ones that make the client give up waiting."""

_HASTE, _DELAY = 0.04, 0.08
"""Seconds the client waits where the sandbox is to be late, and how late it then is."""


@dataclass(frozen=True)
class Fault:
    """What is to go wrong with the next requests of one operation."""

    kind: str
    times: int = 1

    @property
    def slow(self) -> bool:
        """Tell whether the client has to give up waiting."""
        return self.kind in SLOW

    @property
    def refuses(self) -> bool:
        """Tell whether it looks like a refusal of Zoom's own."""
        return self.kind in REFUSED

    @property
    def loses_work(self) -> bool:
        """Tell whether the work is done although the answer is lost."""
        return self.kind in DONE


@dataclass(frozen=True)
class Ended:
    """How a call ended: with a value, or with the error the client typed."""

    value: Any = None
    error: ZoomError | None = None


class ZoomAtPlay:
    """A sandbox that is reset for each play, and the client over it."""

    def __init__(self) -> None:
        self.sandbox = Sandbox(load_world(), seed=11, clock=NOON, frozen=True)
        self.server = SandboxServer(self.sandbox)
        self.server.__enter__()
        self.remote = RemoteSandbox(self.server.base_url)
        self._runner = asyncio.Runner()
        self._runner.get_loop()

    def close(self) -> None:
        """Stop everything."""
        self._runner.close()
        self.server.__exit__(None, None, None)

    def begin(self) -> None:
        """Start over: the world as it was, and a client that remembers nothing."""
        self.remote.reset()
        self.sandbox.state.clock.freeze(frozen=True)
        known = self.remote.app("admin")
        uris: Any = known["redirect_uris"]
        self.app = ZoomApp(
            name="admin",
            kind="admin",
            client_id=str(known["client_id"]),
            client_secret=SecretStr(str(known["client_secret"])),
            redirect_uri=str(uris[0]),
            host=self.server.base_url,
        )
        self._patient, self._hasty = self._client(read=5), self._client(read=_HASTE)
        self.ids = {host: self._user_id(host) for host in HOSTS}

    def end(self) -> None:
        """Close the client."""
        self._runner.run(self._patient.close())
        self._runner.run(self._hasty.close())

    def client(self, fault: Fault | None = None) -> ZoomClient:
        """Return the client; where the sandbox is to be late, one that soon gives up waiting."""
        return self._hasty if fault and fault.slow else self._patient

    def now(self) -> datetime:
        """Return sandbox time, which the client lives by."""
        return self.sandbox.state.clock.now()

    def call(self, coroutine: Coroutine[Any, Any, T]) -> Ended:
        """Run one call until client and sandbox are done with it; anything raised but a `ZoomError` is a finding."""
        try:
            return Ended(self._runner.run(coroutine))
        except ZoomError as error:
            return Ended(error=error)
        finally:
            self._rest()

    def code(self) -> str:
        """Consent as the admin; return the code the browser brings back."""
        url = self._patient.authorize_url(self.app, state="s", challenge=pkce_challenge(VERIFIER))
        page = self.remote.control("POST", "authorize", authorize_url=url, user=ADMIN)
        return str(page["location"]).partition("code=")[2].partition("&")[0]

    def meetings(self) -> dict[str, Seen]:
        """Return every meeting of the ledger, by its number."""
        now = self.now()
        return {
            str(one.id): Seen(
                id=str(one.id),
                host=one.host_email,
                what=Wanted(one.topic, one.start or one.created_at, one.duration),
                live=not one.gone(now),
            )
            for one in self.sandbox.state.ledger
        }

    def live_grants(self) -> int:
        """Return how many grants of any app are alive."""
        return sum(1 for grant in self.sandbox.state.grants if not grant.ended)

    def fault(self, operation: str, fault: Fault | None) -> None:
        """Let the next requests of this operation go wrong, or none."""
        self.remote.control("DELETE", "faults")
        if fault is None:
            return
        more: dict[str, object] = {"seconds": _DELAY}
        if fault.kind.startswith("status"):
            more["status"] = 503
        if fault.kind == "rate_limited":
            more = {"retry_after": "seconds", "seconds": 60}
        self.remote.fault(operation, fault.kind, times=fault.times, **more)

    def pass_time(self, time: timedelta) -> None:
        """Let sandbox time pass."""
        self.remote.advance(time)

    def _client(self, read: float) -> ZoomClient:
        timeouts = Timeouts(connect=5, read=read, write=5, pool=5)
        return ZoomClient(apps=[self.app], timeouts=timeouts, now=self.now, pauses=(0, 0))

    def _rest(self) -> None:
        """Wait until the sandbox is done with every request, those nobody waits for any more too."""
        state, patience = self.sandbox.state, time.monotonic() + 5
        on_its_way = True
        while on_its_way:
            assert time.monotonic() < patience, "the sandbox is stuck on a request"
            unmet = any(seen == 0 and rule.kind in SLOW for rule, seen in state.faults.listed())
            on_its_way = unmet or len(state.ledger.requests) < state.ledger.received.total()
            time.sleep(0.001 if on_its_way else 0)

    def _user_id(self, email: str) -> str:
        user = self.sandbox.state.directory.find_user(email)
        assert user
        return user.id


def access(tokens: Tokens) -> Access:
    """Return what a call carries."""
    return Access(api_url=tokens.api_url, token=tokens.access_token, account="northwind-account")


def draft(what: Wanted) -> MeetingDraft:
    """Return what is sent to make a meeting what it is to be."""
    return MeetingDraft(topic=what.topic, agenda="", start=what.start, minutes=what.minutes, zone="UTC", use_pmi=False)
