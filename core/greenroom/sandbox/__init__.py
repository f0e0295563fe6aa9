"""An embedded Zoom: a real server that keeps Zoom's contract, so that everything runs without an account.

::

    from greenroom.sandbox import Sandbox, SandboxServer, load_world

    with SandboxServer(Sandbox(load_world(), seed=1)) as server:
        print(server.ready_line)
"""

from greenroom.sandbox.app import Sandbox
from greenroom.sandbox.errors import ControlError, SandboxError, WorldError
from greenroom.sandbox.remote import RemoteSandbox
from greenroom.sandbox.server import SandboxServer, ready_line, serve
from greenroom.sandbox.world import World, load_world, parse_world

__all__ = [
    "ControlError",
    "RemoteSandbox",
    "Sandbox",
    "SandboxError",
    "SandboxServer",
    "World",
    "WorldError",
    "load_world",
    "parse_world",
    "ready_line",
    "serve",
]
