"""What the sandbox serves on one core: a real port, HTTP clients that keep their connections, the process on a core.

Latency is measured by one client that asks for one thing at a time; requests a second by several at once. Where the
machine has more than one core, the clients have another one than the sandbox.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from greenroom.sandbox import RemoteSandbox

CLIENTS = 4
REQUESTS = 600
"""For each of the two measurements of an operation; those of the second are divided among the clients."""

LISTED = 100
ADMIN, LISTED_HOST = "admin@bench.example", "listed@bench.example"
# Zoom lets each host have a hundred creates a day.
HOSTS = [f"host-{number}@bench.example" for number in range(2 + 2 * REQUESTS // 100)]
SCOPES = (
    "user:read:user:admin",
    "meeting:write:meeting:admin",
    "meeting:read:list_meetings:admin",
)
JSON = {"content-type": "application/json"}


@dataclass
class Client:
    """One kept connection, with tokens of its own."""

    connection: HTTPConnection
    authorization: str
    basic: str
    refresh_token: str

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = JSON) -> bytes:
        """Send a request and return the body of its answer, which must be one of success."""
        self.connection.request(method, path, body, {"authorization": self.authorization, **headers})
        answer = self.connection.getresponse()
        content = answer.read()
        assert answer.status < 300, content
        return content


class Meetings:
    """Creates meetings, a hundred for each host."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hosts = iter([host for host in HOSTS for _ in range(100)])

    def create(self, client: Client) -> None:
        """Create a meeting for the next host."""
        with self._lock:
            host = next(self._hosts)
        client.ask("POST", f"/v2/users/{host}/meetings", meeting())


def meeting() -> bytes:
    """Return the body of a create."""
    settings = {"waiting_room": True, "join_before_host": False}
    start = {"start_time": "2099-03-01T12:00:00Z", "duration": 45, "timezone": "America/New_York"}
    return json.dumps({"topic": "Interview", "type": 2, **start, "settings": settings}).encode()


def me(client: Client) -> None:
    """Read who one is."""
    client.ask("GET", "/v2/users/me")


def walk(client: Client) -> None:
    """List a host's hundred meetings."""
    client.ask("GET", f"/v2/users/{LISTED_HOST}/meetings?page_size=300")


def refresh(client: Client) -> None:
    """Trade the refresh token for the next one."""
    form = urlencode({"grant_type": "refresh_token", "refresh_token": client.refresh_token}).encode()
    headers = {"authorization": client.basic, "content-type": "application/x-www-form-urlencoded"}
    client.refresh_token = json.loads(client.ask("POST", "/oauth/token", form, headers))["refresh_token"]


def world() -> Mapping[str, object]:
    """Return a world of one account: an admin for each client, and hosts."""
    person = {"first_name": "Host", "last_name": "Bench", "type": 2}
    members = [{**person, "email": email} for email in (LISTED_HOST, *HOSTS)]
    admins = [{**person, "email": f"{number}-{ADMIN}", "role": "admin"} for number in range(CLIENTS)]
    owner = {**person, "email": "owner@bench.example", "role": "owner"}
    return {
        "rate_limits": False,
        "accounts": [{"id": "bench", "name": "Bench", "plan": "business", "users": [owner, *admins, *members]}],
        "apps": [{"name": "admin", "kind": "admin", "scopes": SCOPES}],
    }


@contextmanager
def serving() -> Iterator[RemoteSandbox]:
    """Run a sandbox on a core of its own, if there is one."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "world.yaml"
        file.write_text(json.dumps(world()), "utf-8")
        command = [sys.executable, "-m", "greenroom", "sandbox", "--seed", "1", "--world", str(file)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
            assert process.stdout
            ready = json.loads(process.stdout.readline())
            part_cores(process.pid)
            try:
                yield RemoteSandbox(ready["base_url"])
            finally:
                process.terminate()


def part_cores(sandbox: int) -> None:
    """Give the sandbox one core and this process the others."""
    if not hasattr(os, "sched_setaffinity"):
        return
    first, *others = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(sandbox, {first})
    os.sched_setaffinity(0, others or {first})


def connect(sandbox: RemoteSandbox, admin: str) -> Client:
    """Return a client with the tokens of an admin."""
    app = sandbox.app("admin")
    basic = b64encode(f"{app['client_id']}:{app['client_secret']}".encode()).decode()
    tokens = sandbox.tokens(admin)
    connection = HTTPConnection(urlsplit(sandbox.base_url).netloc)
    return Client(connection, f"Bearer {tokens['access_token']}", f"Basic {basic}", str(tokens["refresh_token"]))


def latencies(client: Client, act: Callable[[Client], None], many: int) -> list[float]:
    """Return the milliseconds of each of many requests, one after the other."""
    found = []
    for _ in range(many):
        started = time.perf_counter()
        act(client)
        found.append((time.perf_counter() - started) * 1000)
    return found


def rate(clients: list[Client], act: Callable[[Client], None]) -> float:
    """Return the requests a second of all clients at once."""
    each = REQUESTS // len(clients)
    threads = [threading.Thread(target=latencies, args=(client, act, each)) for client in clients]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return each * len(clients) / (time.perf_counter() - started)


def main() -> None:
    """Print requests a second and latency of each operation."""
    with serving() as sandbox:
        clients = [connect(sandbox, f"{number}-{ADMIN}") for number in range(CLIENTS)]
        for _ in range(LISTED):
            clients[0].ask("POST", f"/v2/users/{LISTED_HOST}/meetings", meeting())
        print(f"{'':24}{'requests/s':>12}{'median':>12}{'p99':>12}")
        operations = {"GET /users/me": me, "create a meeting": Meetings().create}
        operations |= {f"list {LISTED} meetings": walk, "refresh a token": refresh}
        for name, act in operations.items():
            times = latencies(clients[0], act, REQUESTS)
            p99 = statistics.quantiles(times, n=100)[98]
            print(f"{name:24}{rate(clients, act):12.0f}{statistics.median(times):9.2f} ms{p99:9.2f} ms")
        for client in clients:
            client.connection.close()


if __name__ == "__main__":
    main()
