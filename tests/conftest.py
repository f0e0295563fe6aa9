"""What tests across packages share: an embedded Zoom on a real port, and a Greenroom that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.embedded import World
from tests.tutorial.workbench import Workbench

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Return a fresh embedded Zoom with the demonstration world."""
    with World(tmp_path, seed=7) as opened:
        yield opened


@pytest.fixture
def configuration(world: World) -> Configuration:
    """Return a deployment's configuration with one app of each kind at the embedded Zoom."""
    return world.configuration()


@pytest.fixture
async def greenroom(configuration: Configuration) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom."""
    async with Greenroom(configuration, switches=Switches()) as opened:
        yield opened


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Workbench:
    """Return a place outside the repository, with wheels of the core and of a plugin to install."""
    return Workbench.set_up(tmp_path_factory.mktemp("bench"))
