"""The sandbox as one ASGI application."""

from datetime import datetime

from starlette.applications import Starlette
from starlette.types import ASGIApp

from greenroom.sandbox import console, control, downloads, oauth, pages, phone_downloads, rest
from greenroom.sandbox.clock import Clock
from greenroom.sandbox.deliveries import SigningClock
from greenroom.sandbox.outgoing import Transport
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import Traffic
from greenroom.sandbox.world import World


class Sandbox:
    """An embedded Zoom: OAuth pages and endpoints, REST under `/v2`, control under `/_sandbox/`.

    Args:
        world: who exists; `load_world()` gives the demonstration world.
        seed: makes ids, codes and tokens repeatable; `None` makes them unguessable.
        clock: an instant to start from, which then runs with real time; without one the real time.
        frozen: let the clock move only when the control API moves it.
        transport: where events are sent; the network by default, `httpx.ASGITransport(app)` in process.
        signing_clock: whose time the events' signatures carry: `real`, which receivers check against, or
            `sandbox` for receivers that live by the sandbox's clock.

    Attributes:
        app: the ASGI application. It knows its own address from each request's `Host`.
        state: everything that changes while it runs; calls over HTTP and reads here see the same.
    """

    def __init__(
        self,
        world: World,
        *,
        seed: int | None = None,
        clock: datetime | None = None,
        frozen: bool = False,
        transport: Transport | None = None,
        signing_clock: SigningClock = "real",
    ) -> None:
        time = Clock(clock, frozen=frozen)
        self.state = State(world, seed, time, transport=transport, signing_clock=signing_clock)
        doors = (oauth, pages, phone_downloads, rest, downloads, console, control)
        made = [module.routes(self.state) for module in doors]
        routes = [route for one in made for route in one]
        self.app: ASGIApp = Traffic(Starlette(routes=routes), self.state)
