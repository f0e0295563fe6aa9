"""Our app inside Zoom's client: its home page, and the two things that are written from it.

The session's secret stands in the page's forms and in no cookie, so no other site can send them.
"""

from __future__ import annotations

from markupsafe import Markup
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from greenroom.engine.feature_outcomes import FeatureOutcome, InMeetingOutcome
from greenroom.engine.ports.zoom import AppContextRefused
from greenroom.errors import NotFound
from greenroom.facade import Greenroom
from greenroom.service.pages import Page, html, page_style, templates
from greenroom.service.routing import only

HOME = "/zoom-app"
MOST_BYTES = 64 * 1024
_CONTEXT = "x-zoom-app-context"


class InMeetingPages:
    """Shows the candidate in the meeting, and takes notes and status."""

    def __init__(self, greenroom: Greenroom) -> None:
        self._greenroom = greenroom

    def routes(self) -> list[Route]:
        """Return the routes: the app's home URL at Zoom is the first one."""
        return [
            only("GET", f"{HOME}/{{app}}", self.home),
            only("POST", f"{HOME}/{{app}}/note", self.note, max_body_size=MOST_BYTES),
            only("POST", f"{HOME}/{{app}}/status", self.status, max_body_size=MOST_BYTES),
        ]

    async def home(self, request: Request) -> Response:
        """Open a session for whoever opened the app in a meeting, and show the candidate."""
        app = self._app(request)
        header = request.headers.get(_CONTEXT)
        if header is None:
            raise AppContextRefused
        opened = await self._greenroom.open_app(app, header)
        if opened.session is None:
            return _refusal(opened)
        return self._shown(request, opened.session, await self._greenroom.in_meeting(opened.session))

    async def note(self, request: Request) -> Response:
        """Keep a note."""
        session, text = await _sent(request)
        return self._shown(request, session, await self._greenroom.take_note(session, text))

    async def status(self, request: Request) -> Response:
        """Set the candidate's status."""
        session, text = await _sent(request)
        return self._shown(request, session, await self._greenroom.set_status(session, text))

    def _shown(self, request: Request, session: SecretStr, shown: InMeetingOutcome) -> Response:
        if shown.refused:
            return _refusal(shown)
        style, digest = page_style()
        body = (
            templates()
            .get_template("in_meeting.html")
            .render(
                shown=shown,
                session=session.get_secret_value(),
                home=f"{HOME}/{self._app(request)}",
                style=Markup(style),  # noqa: S704  # our own file
            )
        )
        policy = f"default-src 'none'; style-src '{digest}'; base-uri 'none'; form-action 'self'"
        frames = "frame-ancestors https://*.zoom.us https://*.zoomgov.com"
        return HTMLResponse(body, headers={"content-security-policy": f"{policy}; {frames}"})

    def _app(self, request: Request) -> str:
        app: str = request.path_params["app"]
        if app not in self._greenroom.apps:
            raise NotFound("no Zoom app of this name is configured here", next="Open the app in Zoom")
        return app


def _refusal(outcome: FeatureOutcome) -> Response:
    page = Page(title="Not available here", says=(outcome.message,), facts=(("Organization", outcome.organization),))
    return html(page, status=403)


async def _sent(request: Request) -> tuple[SecretStr, str]:
    async with request.form(max_files=0) as form:
        session, text = form.get("session"), form.get("text")
        return SecretStr(session if isinstance(session, str) else ""), text if isinstance(text, str) else ""
