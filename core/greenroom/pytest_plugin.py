"""The pytest fixture ``zoom_sandbox``: a Zoom of your own for each test, with no account.

def test_books(zoom_sandbox):
    client = MyClient(api_url=zoom_sandbox.base_url, token=zoom_sandbox.tokens("april.lee@northwind.example"))

pytest finds it as soon as greenroom is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from greenroom.sandbox import RemoteSandbox

MARKER = "zoom_sandbox"


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known."""
    line = f"{MARKER}(world=None, seed=None, clock=None, frozen=False): how the zoom_sandbox fixture starts"
    config.addinivalue_line("markers", line)


@pytest.fixture
def zoom_sandbox(request: pytest.FixtureRequest) -> Iterator[RemoteSandbox]:
    """Serve a fresh sandbox on a free port for this test.

    ``@pytest.mark.zoom_sandbox(world="world.yaml", seed=1, clock="2027-03-01T12:00:00Z", frozen=True)`` says how it
    starts: with which world, repeatable ids, and a clock that may stand still.
    """
    # pytest reads this module in every project that has greenroom installed: nothing heavy before it is wanted.
    from greenroom.sandbox import RemoteSandbox, Sandbox, SandboxServer, load_world

    found = request.node.get_closest_marker(MARKER)
    asked = dict(found.kwargs) if found else {}
    clock = asked.pop("clock", None)
    world = asked.pop("world", None)
    start = datetime.fromisoformat(clock) if isinstance(clock, str) else clock
    sandbox = Sandbox(load_world(Path(world) if world else None), clock=start, **asked)
    with SandboxServer(sandbox) as server:
        yield RemoteSandbox(server.base_url)
