"""Serving on a real port: as the whole process, or from a background thread."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from greenroom.configuration import Configuration
from greenroom.engine.ports.ambient import Clock, Ids
from greenroom.engine.ports.delivery import Delivery
from greenroom.errors import ConfigurationFault
from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.service.app import create_app

START_WITHIN = 20.0
STOP_WITHIN = 5
"""Seconds that requests under way are given when the service stops."""

log = logging.getLogger(__name__)


def serve(configuration: Configuration, *, host: str, port: int, switches: Switches | None = None) -> None:
    """Serve until SIGINT or SIGTERM. Port 0 takes a free one.

    Without a ``public_url`` the address it listens on is the public one. Prints one line of log for each request.
    Raises `ConfigurationFault` when the address cannot be listened on, and whatever opening Greenroom raises.
    """
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("greenroom").setLevel(logging.INFO)
    with _listen(host, port) as listening:
        base_url = _base_url(listening)
        if configuration.public_url is None:
            configuration = configuration.model_copy(update={"public_url": base_url})
        greenroom = Greenroom(configuration, switches=switches)
        app = create_app(greenroom, public_url=configuration.public_url)
        server = _Server(app, lambda: log.info("serving %s on %s", configuration.public_url, base_url))
        asyncio.run(_run(greenroom, server, listening))


class ServiceServer:
    """Serves from a background thread with an event loop and a `Greenroom` of its own.

    ``configure`` is given the service's address, such as ``http://127.0.0.1:49152``, and returns the configuration
    to open Greenroom with: redirect URIs derive from an address that a free port (``port=0``) has only once it is
    taken. ``base_url`` is that address, once the block is entered.
    """

    def __init__(
        self,
        configure: Callable[[str], Configuration],
        *,
        port: int = 0,
        switches: Switches | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
        delivery: Delivery | None = None,
    ) -> None:
        self.base_url = ""
        self._configure = configure
        self._port = port
        self._switches = switches
        self._clock = clock
        self._ids = ids
        self._delivery = delivery
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="greenroom-service")

    def __enter__(self) -> Self:
        """Start serving; return once connections are accepted. Raises what opening Greenroom raises."""
        with contextlib.ExitStack() as undo:
            undo.callback(self._threads.shutdown)
            listening = undo.enter_context(_listen("127.0.0.1", self._port))
            self.base_url = _base_url(listening)
            ready = threading.Event()
            greenroom, self._server = self._made(self._configure(self.base_url), ready.set)
            self._ended = self._threads.submit(asyncio.run, _run(greenroom, self._server, listening))
            undo.callback(self._stop)
            self._await(ready, self._ended)
            self._undo = undo.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving and wait until Greenroom is closed; raises what ended the service early, if anything did."""
        self._undo.close()
        if error is None:
            self._ended.result()

    def _made(self, configuration: Configuration, on_ready: Callable[[], None]) -> tuple[Greenroom, _Server]:
        greenroom = Greenroom(
            configuration, switches=self._switches, clock=self._clock, ids=self._ids, delivery=self._delivery
        )
        app = create_app(greenroom, public_url=configuration.public_url, clock=self._clock)
        return greenroom, _Server(app, on_ready)

    def _await(self, ready: threading.Event, ended: Future[None]) -> None:
        ended.add_done_callback(lambda _: ready.set())
        if not ready.wait(START_WITHIN) or ended.done():
            ended.result(timeout=0)

    def _stop(self) -> None:
        self._server.should_exit = True
        self._ended.exception()


class _Server(uvicorn.Server):
    """Uvicorn that tells when it is ready and ends quietly on a signal, so that what is around it can close."""

    def __init__(self, app: ASGIApp, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=STOP_WITHIN,
        )
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_ready()

    @contextlib.contextmanager
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


async def _run(greenroom: Greenroom, server: _Server, listening: socket.socket) -> None:
    async with greenroom:
        await server.serve(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=512)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigurationFault(
            f"cannot listen: {reason}", where=f"{host}:{port}", next="Choose another port or host"
        ) from None


def _base_url(listening: socket.socket) -> str:
    """Return the address to reach the socket at; one that listens everywhere is reached on the loopback."""
    host, port = listening.getsockname()[:2]
    if host in {"0.0.0.0", "::"}:  # noqa: S104  # compared, not listened on
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
