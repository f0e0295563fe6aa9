"""The sandbox as one ASGI application."""

from datetime import datetime

from starlette.applications import Starlette
from starlette.types import ASGIApp

from greenroom.sandbox import control, oauth, pages, rest
from greenroom.sandbox.clock import Clock
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import Traffic
from greenroom.sandbox.world import World


class Sandbox:
    """An embedded Zoom: OAuth pages and endpoints, REST under `/v2`, control under `/_sandbox/`.

    Args:
        world: who exists; `load_world()` gives the demonstration world.
        seed: makes ids, codes and tokens repeatable; `None` makes them unguessable.
        clock: an instant to start from, which then runs with real time; without one the real time.

    Attributes:
        app: the ASGI application. It knows its own address from each request's `Host`.
        state: everything that changes while it runs; calls over HTTP and reads here see the same.
    """

    def __init__(self, world: World, *, seed: int | None = None, clock: datetime | None = None) -> None:
        self.state = State(world, seed, Clock(clock))
        made = [module.routes(self.state) for module in (oauth, pages, rest, control)]
        routes = [route for one in made for route in one]
        self.app: ASGIApp = Traffic(Starlette(routes=routes), self.state)
