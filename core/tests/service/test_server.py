"""Serving on a port: from a thread, and as the whole process."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
from core.tests.service.outside import Configure

from greenroom.configuration import Configuration
from greenroom.errors import ConfigurationFault
from greenroom.profiles import Switches
from greenroom.service import ServiceServer
from greenroom.store import Keyring, NoKeys

NO_PROFILES = Switches(none=True)


def quiet_port() -> int:
    """Return a free port that no other program is given by chance: one below those the system hands out."""
    for port in range(20_000, 30_000):
        with contextlib.suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("ten thousand ports are taken")


def test_the_address_is_known_before_greenroom_opens(configure: Configure) -> None:
    """Redirect URIs derive from the address of a port that is free until it is taken."""
    told: list[str] = []

    def noting(base_url: str) -> Configuration:
        told.append(base_url)
        return configure(base_url)

    with ServiceServer(noting, switches=NO_PROFILES) as service:
        assert told == [service.base_url]
        assert httpx.get(f"{service.base_url}/healthz").json()["status"] == "ok"


def test_it_stops_and_frees_its_port(configure: Configure) -> None:
    """After the block nothing listens, and the same port can be served again."""
    port = quiet_port()
    with ServiceServer(configure, port=port, switches=NO_PROFILES) as first:
        assert first.base_url == f"http://127.0.0.1:{port}"
    with pytest.raises(httpx.ConnectError):
        httpx.get(first.base_url)
    with ServiceServer(configure, port=port, switches=NO_PROFILES) as second:
        assert httpx.get(f"{second.base_url}/healthz").status_code == 200


def test_a_taken_port_is_said(configure: Configure) -> None:
    """A port somebody listens on is an error that names it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationFault, match=f"127.0.0.1:{port}: cannot listen"):
            ServiceServer(configure, port=port, switches=NO_PROFILES).__enter__()


def test_what_keeps_greenroom_from_opening_is_raised(configure: Configure) -> None:
    """A deployment without keys does not serve: entering raises what opening raised, and leaves no thread."""

    def keyless(base_url: str) -> Configuration:
        return configure(base_url).model_copy(update={"keys": None})

    with pytest.raises(NoKeys):
        ServiceServer(keyless, switches=NO_PROFILES).__enter__()
    assert not [one for one in threading.enumerate() if one.name.startswith("greenroom-service")]


def test_the_server_tells_nothing_about_itself(server: ServiceServer) -> None:
    """No header names the software."""
    assert "server" not in httpx.get(f"{server.base_url}/healthz").headers


def test_garbage_on_the_wire_is_survived(server: ServiceServer) -> None:
    """Bytes that are no HTTP end their connection; the next request is served."""
    host, port = server.base_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=5) as wire:
        wire.sendall(b"\x16\x03\x01\x00\xff\r\n\r\n")
        wire.recv(1000)

    assert httpx.get(f"{server.base_url}/healthz").status_code == 200


def test_the_process_ends_quietly_on_a_signal(tmp_path: Path) -> None:
    """`serve` returns on SIGTERM and SIGINT after closing everything: exit code 0, no traceback."""
    with contextlib.ExitStack() as stack:
        stops = (signal.SIGTERM, signal.SIGINT)
        processes = {stop: stack.enter_context(serving(tmp_path / f"{stop.name}.db")) for stop in stops}
        for stop, process in processes.items():
            assert process.stderr is not None
            base_url = process.stderr.readline().split()[-1]
            assert httpx.get(f"{base_url}/healthz").status_code == 200
            process.send_signal(stop)
            rest = process.stderr.read()
            assert process.wait(5) == 0
            assert "Traceback" not in rest
            assert "GET /healthz 200" in rest


def serving(database: Path) -> subprocess.Popen[str]:
    """Start a process that serves; the first line of its log ends with its address."""
    code = (
        "from greenroom.configuration import read_configuration; from greenroom.service import serve;"
        "serve(read_configuration(), host='127.0.0.1', port=0)"
    )
    environment = os.environ | {
        "GREENROOM_KEYS": Keyring.generate(),
        "GREENROOM_DATABASE_URL": f"sqlite:///{database}",
        "GREENROOM_NO_PROFILES": "1",
    }
    command = [sys.executable, "-c", code]
    return subprocess.Popen(command, cwd=database.parent, env=environment, stderr=subprocess.PIPE, text=True)
