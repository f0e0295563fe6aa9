"""What greenroom adds to pytest: a Zoom of your own for each test, and the checks of the conformance kit as tests.

    def test_books(zoom_sandbox):
        client = MyClient(api_url=zoom_sandbox.base_url, token=zoom_sandbox.tokens("april.lee@northwind.example"))

    pytest --greenroom-profile acme             # each check of the kit is a test, greenroom::acme::CHECK
    pytest --greenroom-profile all
    pytest --greenroom-subject http://127.0.0.1:8765 --greenroom-against acme

    def test_of_my_own(greenroom_subject):      # once for each profile that is named
        assert greenroom_subject.manifest.levels

pytest reads this module in every project that has greenroom installed: nothing is imported before it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from greenroom.conformance import Product
    from greenroom.conformance.pytest_items import Asked
    from greenroom.sandbox import RemoteSandbox

MARKER = "zoom_sandbox"

ASKED: pytest.StashKey[Asked] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the kit."""
    group = parser.getgroup("greenroom", "Greenroom's conformance kit")
    group.addoption(
        "--greenroom-profile", action="append", default=[], metavar="NAME", help="judge this profile, or all of them"
    )
    group.addoption("--greenroom-subject", metavar="URL", help="judge what answers there")
    group.addoption("--greenroom-against", metavar="NAME", help="by the clause checks of this profile")
    group.addoption("--greenroom-seed", type=int, default=0, metavar="N", help="draw other examples [0]")


def pytest_configure(config: pytest.Config) -> None:
    """Make the marker known, and the kit ready if it is asked for."""
    line = f"{MARKER}(world=None, seed=None, clock=None, frozen=False): how the zoom_sandbox fixture starts"
    config.addinivalue_line("markers", line)
    if config.option.greenroom_profile or config.option.greenroom_subject:
        from greenroom.conformance import pytest_items  # loads the kit

        config.stash[ASKED] = pytest_items.asked(config)
        config.pluginmanager.register(pytest_items.Kit(config.stash[ASKED]), "greenroom-kit")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that takes ``greenroom_subject`` once for each product that is named; skip it where none is."""
    if "greenroom_subject" not in metafunc.fixturenames:
        return
    found = metafunc.config.stash.get(ASKED, None)
    none = pytest.param(None, marks=pytest.mark.skip(reason="no --greenroom-profile is named"), id="nobody")
    products = list(found.names) if found is not None else [none]
    metafunc.parametrize("greenroom_subject", products, indirect=True)


@pytest.fixture
def greenroom_subject(request: pytest.FixtureRequest) -> Iterator[Product]:
    """Return a product that was named on the command line: a profile in this process, or what answers at a URL."""
    with request.config.stash[ASKED].opened(request.param) as product:
        yield product


@pytest.fixture
def zoom_sandbox(request: pytest.FixtureRequest) -> Iterator[RemoteSandbox]:
    """Serve a fresh sandbox on a free port for this test.

    ``@pytest.mark.zoom_sandbox(world="world.yaml", seed=1, clock="2027-03-01T12:00:00Z", frozen=True)`` says how it
    starts: with which world, repeatable ids, and a clock that may stand still.
    """
    from greenroom.sandbox import RemoteSandbox, Sandbox, SandboxServer, load_world

    found = request.node.get_closest_marker(MARKER)
    asked = dict(found.kwargs) if found else {}
    clock = asked.pop("clock", None)
    world = asked.pop("world", None)
    start = datetime.fromisoformat(clock) if isinstance(clock, str) else clock
    sandbox = Sandbox(load_world(Path(world) if world else None), clock=start, **asked)
    with SandboxServer(sandbox) as server:
        yield RemoteSandbox(server.base_url)
