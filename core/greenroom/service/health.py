"""Whether this process can do its work: for whatever starts, watches and replaces it."""

from __future__ import annotations

import asyncio
from importlib.metadata import version

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.facade import Greenroom
from greenroom.service.problems import note_error
from greenroom.service.worker import Worker
from greenroom.store import StoreFault

ANSWER_WITHIN = 3.0
"""Seconds the database may take."""


class Health:
    """Tells whether the database answers and the worker works. Says nothing about Zoom: a restart cures no outage."""

    def __init__(self, greenroom: Greenroom, worker: Worker) -> None:
        self._greenroom = greenroom
        self._worker = worker

    def routes(self) -> list[Route]:
        """Return the route."""
        return [Route("/healthz", self.check, methods=["GET"])]

    async def check(self, request: Request) -> Response:
        """Answer 200 when all is well, 503 when not."""
        database = await self._database_answers(request)
        well = database and self._worker.running
        report = {
            "status": "ok" if well else "unavailable",
            "version": version("greenroom"),
            "database": "ok" if database else "unavailable",
            "worker": "ok" if self._worker.running else "stopped",
            "profiles": len(self._greenroom.profiles.names),
        }
        return JSONResponse(report, 200 if well else 503)

    async def _database_answers(self, request: Request) -> bool:
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await self._greenroom.ping()
        except StoreFault as error:
            note_error(request, error)
            return False
        except TimeoutError:
            return False
        return True
