"""What tests across packages share: an embedded Zoom on a real port, and a Greenroom that talks to it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from tests.embedded import World, configured

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.sandbox import Sandbox, SandboxServer, load_world


@pytest.fixture
def world() -> Iterator[World]:
    """Return a fresh embedded Zoom with the demonstration world."""
    with SandboxServer(Sandbox(load_world(), seed=7)) as server:
        ready = json.loads(server.ready_line)
        yield World(base_url=server.base_url, apps={app["name"]: app for app in ready["apps"]})


@pytest.fixture
def configuration(world: World, tmp_path: Path) -> Configuration:
    """Return a deployment's configuration with one app of each kind at the embedded Zoom."""
    return configured(world, tmp_path)


@pytest.fixture
async def greenroom(configuration: Configuration) -> AsyncIterator[Greenroom]:
    """Return an open Greenroom."""
    async with Greenroom(configuration, switches=Switches()) as opened:
        yield opened
