"""The two addresses people visit: a link that leads to Zoom, and the one Zoom sends them back to."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from greenroom.engine.connect import ATTEMPT_LIVES, Callback
from greenroom.engine.outcomes import GateOutcome
from greenroom.errors import GreenroomError, NotFound
from greenroom.facade import Greenroom
from greenroom.service.pages import html, outcome_page
from greenroom.service.problems import answer_error
from greenroom.service.routing import only

CALLBACK = "/oauth/callback/{app}"
"""Where Zoom sends browsers back to, by the app's name."""


@dataclass(frozen=True)
class BindingCookie:
    """The cookie that binds an authorization to the browser it began in, as long as the attempt lives.

    Over https its name begins with ``__Host-``: a browser then takes it from this very host only, so that no
    sister domain can plant one. Lax, because Zoom's page sends the browser back from another site.
    """

    https: bool

    @property
    def name(self) -> str:
        return "__Host-greenroom" if self.https else "greenroom-connect"

    def set(self, response: Response, value: str) -> None:
        age = int(ATTEMPT_LIVES.total_seconds())
        response.set_cookie(self.name, value, max_age=age, path="/", secure=self.https, httponly=True, samesite="lax")

    def clear(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", secure=self.https, httponly=True, samesite="lax")


class Visits:
    """Leads browsers to Zoom and receives them back."""

    def __init__(self, greenroom: Greenroom, cookie: BindingCookie) -> None:
        self._greenroom = greenroom
        self._cookie = cookie

    def routes(self) -> list[Route]:
        """Return the routes; HEAD is none of them, so that what looks at a link does not use it up."""
        return [only("GET", "/connect/{token}", self.open), only("GET", CALLBACK, self.back)]

    async def open(self, request: Request) -> Response:
        """Send the browser to Zoom, bound to the attempt that this begins."""
        if "prefetch" in request.headers.get("sec-purpose", request.headers.get("purpose", "")):
            raise HTTPException(503, "this link opens when a person follows it")
        opened = await self._greenroom.open_ticket(request.path_params["token"])
        response = RedirectResponse(opened.authorize_url, 303)
        self._cookie.set(response, opened.binding)
        return response

    async def back(self, request: Request) -> Response:
        """Settle what the browser brought back and say what came of it, in our words and the product's only."""
        try:
            outcome = await self._complete(request)
        except GreenroomError as error:
            response = answer_error(request, error)
        else:
            response = html(outcome_page(outcome))
        self._cookie.clear(response)
        return response

    async def _complete(self, request: Request) -> GateOutcome:
        app, query = request.path_params["app"], request.query_params
        if app not in self._greenroom.apps:
            raise NotFound("no Zoom app of this name is configured here", next="Start again from the product's page")
        callback = Callback(app=app, state=query.get("state", ""), code=query.get("code"), error=query.get("error"))
        return await self._greenroom.complete(callback, binding=request.cookies.get(self._cookie.name))
