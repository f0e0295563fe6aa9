"""The pages a person walks through: sign in, consent, refusals, asking for approval.

Plain server-rendered forms, no script. A refusal page never sends the browser back to the app.
"""

import hmac
from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qsl, urlencode

from jinja2 import Environment, PackageLoader
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from greenroom.sandbox.authorization import (
    Answer,
    AuthorizeRequest,
    Refusal,
    conclude,
    offered,
    refusal_for,
    requested_app,
)
from greenroom.sandbox.directory import App, User
from greenroom.sandbox.pre_approval import ask_approval
from greenroom.sandbox.scope_words import asked_in_words, in_words
from greenroom.sandbox.state import BrowserSession, State
from greenroom.sandbox.traffic import exchange_of

_COOKIE = "sandbox_session"
_LONGEST_REASON = 500
_HEADERS = {
    "cache-control": "no-store",
    # No form-action: browsers apply it to the redirect back to the app as well.
    "content-security-policy": (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def routes(state: State) -> list[Route]:
    """Return the routes of the authorize pages."""
    pages = _Pages(state)
    return [
        Route("/oauth/authorize", pages.show, methods=["GET"]),
        Route("/oauth/authorize", pages.choose, methods=["POST"]),
        Route("/oauth/signin", pages.sign_in, methods=["POST"]),
        Route("/oauth/signout", pages.sign_out, methods=["POST"]),
        Route("/oauth/request-approval", pages.ask_approval, methods=["POST"]),
    ]


def render(template: str, *, status: int = 200, **context: object) -> HTMLResponse:
    """Return a page made from one of the templates; every value is escaped."""
    return HTMLResponse(_templates().get_template(template).render(**context), status, _HEADERS)


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("greenroom.sandbox"), autoescape=True, trim_blocks=True, lstrip_blocks=True)


class _Pages:
    def __init__(self, state: State) -> None:
        self._state = state

    async def show(self, request: Request) -> Response:
        """Show what comes next: a refusal, the sign-in, or the consent page."""
        query = str(request.url.query)
        return self._next(request, query)

    async def sign_in(self, request: Request) -> Response:
        form = await _fields(request)
        user = self._state.directory.find_user(form.get("user", ""))
        if user is None:
            return self._sign_in_page(form.get("query", ""), "Choose a person to continue.")
        response = _back_to_authorize(form)
        key = self._state.ids.text(32)
        self._state.signed_in[key] = BrowserSession(user.id, self._state.ids.text(32))
        response.set_cookie(_COOKIE, key, httponly=True, samesite="lax", path="/oauth")
        return response

    async def sign_out(self, request: Request) -> Response:
        form = await _fields(request)
        self._state.signed_in.pop(request.cookies.get(_COOKIE, ""), None)
        response = _back_to_authorize(form)
        response.delete_cookie(_COOKIE, path="/oauth")
        return response

    async def choose(self, request: Request) -> Response:
        """Carry out Authorize or Decline."""
        form = await _fields(request)
        user = self._sender(request, form)
        if user is None or form.get("decision") not in ("authorize", "decline"):
            return self._next(request, form.get("query", ""))
        exchange_of(request.scope).user = user.email
        asked = _asked(form.get("query", ""))
        ticked = {one for one in (await request.form()).getlist("scope") if isinstance(one, str)}
        outcome = conclude(self._state, asked, user, self._answer(asked, form, ticked))
        if isinstance(outcome, Refusal):
            return self._refusal_page(request, outcome, form.get("query", ""))
        return RedirectResponse(outcome.location, 302, {"cache-control": "no-store"})

    def _answer(self, asked: AuthorizeRequest, form: Mapping[str, str], ticked: set[str]) -> Answer:
        app = self._state.directory.apps.get(asked.client_id)
        return Answer(
            choice="authorize" if form["decision"] == "authorize" else "decline",
            declined=frozenset(app.optional_scopes if app else ()) - ticked,
            shared_access="shared_access" in form,
        )

    async def ask_approval(self, request: Request) -> Response:
        form = await _fields(request)
        query = form.get("query", "")
        user = self._sender(request, form)
        app = requested_app(self._state, _asked(query))
        if user is None or isinstance(app, Refusal):
            return self._next(request, query)
        refusal = refusal_for(self._state, app, user)
        if refusal is None or refusal.page != "approval_needed":
            return self._next(request, query)
        asked = ask_approval(self._state, app, user, form.get("reason", "").strip()[:_LONGEST_REASON])
        users = self._state.directory.users
        notified = [users[one].display_name for one in asked.notified if one in users]
        return render("requested.html", app=app, user=user, notified=notified)

    def _next(self, request: Request, query: str) -> Response:
        app = requested_app(self._state, _asked(query))
        if isinstance(app, Refusal):
            return self._refusal_page(request, app, query)
        session, user = self._signed_in(request)
        if session is None or user is None:
            return self._sign_in_page(query, None)
        refusal = refusal_for(self._state, app, user)
        if refusal:
            return self._refusal_page(request, refusal, query)
        return self._consent_page(app, user, session, query)

    def _sign_in_page(self, query: str, problem: str | None) -> Response:
        directory = self._state.directory
        accounts = [(account, directory.members(account.id)) for account in directory.accounts.values()]
        status = 400 if problem else 200
        return render("signin.html", status=status, accounts=accounts, query=query, problem=problem)

    def _consent_page(self, app: App, user: User, session: BrowserSession, query: str) -> Response:
        return render(
            "consent.html",
            app=app,
            user=user,
            account=self._state.directory.account_of(user),
            words=asked_in_words(app.scopes),
            optional=[(scope, in_words(scope)) for scope in offered(self._state, app, user)],
            session=session,
            query=query,
        )

    def _refusal_page(self, request: Request, refusal: Refusal, query: str) -> Response:
        session, user = self._signed_in(request)
        app = self._state.directory.apps.get(_asked(query).client_id)
        state = self._state.approvals.state_for(app, user) if app and user else None
        return render(
            "refusal.html",
            status=refusal.status,
            refusal=refusal,
            app=app,
            user=user,
            session=session,
            query=query,
            approval=state,
        )

    def _signed_in(self, request: Request) -> tuple[BrowserSession | None, User | None]:
        session = self._state.signed_in.get(request.cookies.get(_COOKIE, ""))
        return session, self._state.directory.users.get(session.user_id) if session else None

    def _sender(self, request: Request, form: Mapping[str, str]) -> User | None:
        """Return who sent a form, if it came from a page made for them."""
        session, user = self._signed_in(request)
        proof = form.get("form_token", "").encode()
        return user if session and hmac.compare_digest(proof, session.form_token.encode()) else None


async def _fields(request: Request) -> dict[str, str]:
    return {name: value for name, value in (await request.form()).items() if isinstance(value, str)}


def _asked(query: str) -> AuthorizeRequest:
    return AuthorizeRequest.of(dict(parse_qsl(query, keep_blank_values=True)))


def _back_to_authorize(form: Mapping[str, str]) -> RedirectResponse:
    query = urlencode(parse_qsl(form.get("query", ""), keep_blank_values=True))
    return RedirectResponse(f"/oauth/authorize?{query}", 303, {"cache-control": "no-store"})
