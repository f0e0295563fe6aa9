"""Serving: the ready line, the background server, the blocking one, and the public door."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

import greenroom.sandbox
from greenroom.sandbox import Sandbox, SandboxServer, load_world, ready_line

READY = {
    "base_url",
    "api_url",
    "authorize_url",
    "token_url",
    "revoke_url",
    "control_url",
    "clock",
    "apps",
    "accounts",
}


def test_ready_line_has_exactly_its_fields() -> None:
    """One line of JSON tells a client all it needs, and nothing else."""
    line = ready_line(Sandbox(load_world(), seed=1), "http://127.0.0.1:1")
    ready = json.loads(line)
    assert "\n" not in line
    assert set(ready) == READY
    assert (ready["api_url"], ready["control_url"]) == ("http://127.0.0.1:1", "http://127.0.0.1:1/_sandbox")
    app = {"name", "kind", "client_id", "client_secret", "redirect_uris", "webhook_secret", "account"}
    assert all(set(one) == app for one in ready["apps"])
    assert set(ready["accounts"][0]) == {"id", "plan", "users"}
    assert set(ready["accounts"][0]["users"][0]) == {"id", "email", "role", "type"}


def test_same_seed_same_credentials() -> None:
    """A seed fixes ids and secrets; another seed, or none, gives others."""
    lines = [ready_line(Sandbox(load_world(), seed=seed), "http://x") for seed in (5, 5, 6, None, None)]
    secrets = [json.loads(line)["apps"][0]["client_secret"] for line in lines]
    assert secrets[0] == secrets[1]
    assert len(set(secrets)) == 4


def test_server_starts_fast_and_stops() -> None:
    """The background server is ready within 0.3 s, and its port is free afterwards."""
    started = time.perf_counter()
    with SandboxServer(Sandbox(load_world())) as server:
        assert time.perf_counter() - started < 0.3
        assert httpx.get(f"{server.base_url}/_sandbox/clock").status_code == 200
        assert json.loads(server.ready_line)["base_url"] == server.base_url
    with pytest.raises(httpx.ConnectError):
        httpx.get(server.base_url)


def test_taken_port_is_an_error() -> None:
    """A port in use is reported at once."""
    with SandboxServer(Sandbox(load_world())) as server:
        port = int(server.base_url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"), SandboxServer(Sandbox(load_world()), port=port):
            pass


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_one_line_and_ends_well(sent: signal.Signals) -> None:
    """The blocking server prints the ready line when it accepts, and a signal ends it with status 0."""
    program = (
        "from datetime import datetime; from greenroom.sandbox import Sandbox, load_world, serve; "
        "serve(Sandbox(load_world(), seed=3, clock=datetime(2027, 1, 1)))"
    )
    path = str(Path(greenroom.sandbox.__file__).parents[2])
    process = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}, text=True
    )
    assert process.stdout
    ready = json.loads(process.stdout.readline())
    assert ready["clock"] == "2027-01-01T00:00:00Z"
    assert httpx.get(f"{ready['base_url']}/_sandbox/world").status_code == 200
    process.send_signal(sent)
    rest, _ = process.communicate(timeout=10)
    assert (process.returncode, rest) == (0, "")


def test_public_door_is_complete_and_sorted() -> None:
    """Every public name is exported, once, in order, with a docstring."""
    names = greenroom.sandbox.__all__
    assert list(names) == sorted(names)
    assert all(getattr(greenroom.sandbox, name).__doc__ for name in names)


def test_sandbox_shares_no_code_with_the_rest() -> None:
    """No module of the sandbox imports anything of Greenroom outside the sandbox."""
    folder = Path(greenroom.sandbox.__file__).parent
    lines = [line.strip() for file in folder.glob("*.py") for line in file.read_text().splitlines()]
    imports = [line for line in lines if line.startswith(("from greenroom", "import greenroom"))]
    assert all(line.startswith("from greenroom.sandbox") for line in imports)
