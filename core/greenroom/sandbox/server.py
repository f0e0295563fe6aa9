"""Serving the sandbox on a real port, in a background thread or as the whole process."""

import json
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from greenroom.sandbox.app import Sandbox
from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import Account, App
from greenroom.sandbox.traffic import CONTROL, DROP

_HOST = "127.0.0.1"
_START_SECONDS = 10


def ready_line(sandbox: Sandbox, base_url: str) -> str:
    """Return one line of JSON with all a client needs to use a sandbox that serves at `base_url`."""
    directory = sandbox.state.directory
    return json.dumps(
        {
            "base_url": base_url,
            "api_url": base_url,
            "authorize_url": f"{base_url}/oauth/authorize",
            "token_url": f"{base_url}/oauth/token",
            "revoke_url": f"{base_url}/oauth/revoke",
            "control_url": f"{base_url}{CONTROL}",
            "clock": iso(sandbox.state.clock.now()),
            "apps": [_app(app) for app in directory.apps.values()],
            "accounts": [_account(sandbox, account) for account in directory.accounts.values()],
        }
    )


def _app(app: App) -> dict[str, object]:
    return {
        "name": app.name,
        "kind": app.kind,
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uris": app.redirect_uris,
        "webhook_secret": app.webhook_secret,
        "account": app.developer_account,
    }


def _account(sandbox: Sandbox, account: Account) -> dict[str, object]:
    members = sandbox.state.directory.members(account.id)
    users = [{"id": one.id, "email": one.email, "role": one.role, "type": one.type} for one in members]
    return {"id": account.id, "plan": account.plan, "users": users}


class _Server(uvicorn.Server):
    """Uvicorn that tells when it is ready, ends quietly on a signal, and can break a connection."""

    def __init__(self, app: ASGIApp, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            self._with_drop,
            interface="asgi3",
            lifespan="off",
            log_config=None,
            access_log=False,
            log_level="error",
            ws="none",
            timeout_graceful_shutdown=1,
        )
        super().__init__(config)
        self._app = app
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_ready()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on SIGINT and SIGTERM as on any other wish to stop; uvicorn would raise them again."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {sig: signal.signal(sig, self.handle_exit) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sig, handler in before.items():
                signal.signal(sig, handler)

    async def _with_drop(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[DROP] = lambda: self._drop(scope)
        await self._app(scope, receive, send)

    def _drop(self, scope: Scope) -> None:
        """Abort the connection a request came on, so that the client sees a reset and no reply."""
        for connection in list(self.server_state.connections):
            if getattr(connection, "client", None) == scope["client"]:
                connection.transport.abort()


class SandboxServer:
    """Serves a sandbox from a background thread.

    Example::

        with SandboxServer(Sandbox(load_world())) as server:
            httpx.get(f"{server.base_url}/_sandbox/world")

    Args:
        sandbox: what to serve.
        port: 0 takes a free port; the port is taken, and `base_url` known, when the block is entered.

    Attributes:
        base_url: such as `http://127.0.0.1:49152`, once started.
    """

    def __init__(self, sandbox: Sandbox, *, port: int = 0) -> None:
        self.sandbox = sandbox
        self.base_url = ""
        self._port = port
        self._ready = threading.Event()
        self._server = _Server(sandbox.app, self._ready.set)
        self._thread: threading.Thread | None = None

    @property
    def ready_line(self) -> str:
        """Return the line `serve` would print."""
        return ready_line(self.sandbox, self.base_url)

    def __enter__(self) -> "SandboxServer":
        """Start serving; return once connections are accepted.

        Raises:
            OSError: the port is taken, or the server did not start.
        """
        listening = _listen(self._port)
        self.base_url = _base_url(listening)
        run = {"sockets": [listening]}
        self._thread = threading.Thread(target=self._server.run, kwargs=run, name="sandbox", daemon=True)
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            message = f"the sandbox did not start within {_START_SECONDS} seconds"
            raise OSError(message)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and wait for the thread."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join()


def serve(sandbox: Sandbox, *, port: int = 0) -> None:
    """Serve until SIGINT or SIGTERM; print the ready line once connections are accepted.

    Args:
        port: 0 takes a free port.

    Raises:
        OSError: the port is taken.
    """
    listening = _listen(port)

    def announce() -> None:
        sys.stdout.write(ready_line(sandbox, _base_url(listening)) + "\n")
        sys.stdout.flush()

    _Server(sandbox.app, announce).run(sockets=[listening])


def _listen(port: int) -> socket.socket:
    return socket.create_server((_HOST, port), backlog=512)


def _base_url(listening: socket.socket) -> str:
    return f"http://{_HOST}:{listening.getsockname()[1]}"
