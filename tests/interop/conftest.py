"""A sandbox that answers as zoom.us and api.zoom.us, for clients that know no other hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.interop.zoom_hosts import ZoomHosts

from greenroom.sandbox import RemoteSandbox, Sandbox, SandboxServer, load_world

HOST = "april.lee@northwind.example"


@pytest.fixture
def zoom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RemoteSandbox]:
    """Lead every client of this process that asks for Zoom's hosts to a fresh sandbox."""
    world = load_world(Path(__file__).with_name("world.yaml"))
    with SandboxServer(Sandbox(world, seed=7)) as server:
        port = urlsplit(server.base_url).port or 0
        with ZoomHosts(tmp_path, port) as hosts:
            for name, value in hosts.environment.items():
                monkeypatch.setenv(name, value)
            monkeypatch.delenv("no_proxy", raising=False)
            yield RemoteSandbox(server.base_url)
