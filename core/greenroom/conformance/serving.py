"""The reference server of the kit's protocol: any subject, served over HTTP."""

from __future__ import annotations

import json
import socket
import sys
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

import uvicorn
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.conformance.protocol import Act, Observe, Reset
from greenroom.conformance.subject import Subject, SubjectFault

_HOST = "127.0.0.1"
_START_SECONDS = 10


def subject_app(subject: Subject) -> Starlette:
    """Return an application that answers for ``subject``; one judge at a time, as worlds are not kept apart."""

    async def reset(request: Request) -> Response:
        asked = Reset.model_validate_json(await request.body())
        subject.reset(asked.world, asked.settings)
        return Response(status_code=204)

    async def act(request: Request) -> Response:
        asked = Act.model_validate_json(await request.body())
        return JSONResponse({"answer": subject.act(asked.actor, asked.action, asked.arguments)})

    async def observe(request: Request) -> Response:
        asked = Observe.model_validate_json(await request.body())
        return JSONResponse({"seen": subject.observe(asked.what)})

    routes = [Route(f"/{verb.__name__}", verb, methods=["POST"]) for verb in (reset, act, observe)]
    return Starlette(routes=routes, exception_handlers={SubjectFault: _fault, ValidationError: _invalid})


class SubjectServer:
    """Serves a subject on a free port of this machine, in a thread, while the context lasts."""

    def __init__(self, subject: Subject) -> None:
        self._ready = threading.Event()
        self._socket = socket.create_server((_HOST, 0))
        self._server = _Server(subject_app(subject), self._ready.set)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    @property
    def url(self) -> str:
        """Where it serves."""
        return f"http://{_HOST}:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        if not self._ready.wait(_START_SECONDS):
            message = "the server of the subject did not start"
            raise TimeoutError(message)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


def serve_subject(subject: Subject, *, port: int) -> None:
    """Serve until interrupted; print one line of JSON with the address when connections are accepted.

    Raises ``OSError`` when the port is taken.
    """
    with socket.create_server((_HOST, port)) as bound:
        url = f"http://{_HOST}:{bound.getsockname()[1]}"
        _Server(subject_app(subject), lambda: _say(json.dumps({"subject_url": url}))).run(sockets=[bound])


class _Server(uvicorn.Server):
    def __init__(self, app: Starlette, on_ready: Callable[[], None]) -> None:
        config = uvicorn.Config(app, lifespan="off", log_config=None, access_log=False, ws="none")
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self._on_ready()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _fault(_request: Request, error: Exception) -> Response:
    assert isinstance(error, SubjectFault)
    return JSONResponse({"fault": error.what}, status_code=422)


async def _invalid(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError)
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the body"
    return JSONResponse({"invalid": f"{where}: {first['msg']}"}, status_code=400)
