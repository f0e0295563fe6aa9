"""Zoom's OAuth: the consent page, and the token endpoint."""

from __future__ import annotations

import base64
import hashlib
import logging
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, TypedDict
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, SecretStr, StringConstraints, ValidationError

from greenroom.engine.ports.zoom import (
    AppRefused,
    GrantDead,
    GrantEnd,
    OutcomeUnclear,
    RateLimited,
    Tokens,
    ZoomApp,
    ZoomError,
    ZoomUnavailable,
)
from greenroom.http import HttpPool, NoReply, Reply
from greenroom.zoom.hosts import UNREADABLE, Hosts, api_host_of, origin_of
from greenroom.zoom.refusals import tracking_id
from greenroom.zoom.waiting import reached

ACCESS_LIFE = 3600
"""Seconds an access token lives, as Zoom documents it. A reply that states no usable figure, or a longer one, is
taken to mean this: the tokens themselves are good, and a rotated refresh token must never be thrown away."""

_DEPLOYMENTS_FAULT = frozenset(
    {"invalid_client", "invalid_request", "unauthorized_client", "unsupported_grant_type", "invalid_scope"}
)

_ENDED: Mapping[str, GrantEnd] = {
    "the token is disabled by admin": "approval_withdrawn",
    "the owner of the token does not exist": "owner_gone",
}
"""Zoom's published texts 4738 and 4735, without their full stops."""

_Token = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]{1,8192}$")]

log = logging.getLogger(__name__)


class _TokenReply(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    access_token: _Token
    refresh_token: _Token
    scope: str = ""
    expires_in: object = ACCESS_LIFE
    api_url: object = None


class _Facts(TypedDict):
    where: str
    status: int
    tracking_id: str | None


def pkce_challenge(verifier: str) -> str:
    """Return the S256 challenge of a PKCE verifier (RFC 7636)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def authorize_url(app: ZoomApp, *, state: str, challenge: str) -> str:
    """Return Zoom's consent page for ``app``."""
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": app.redirect_uri,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{app.host.rstrip('/')}/oauth/authorize?{urlencode(query)}"


def api_base(app: ZoomApp, stated: object) -> str:
    """Return where the REST API of a grant is: where the token reply says, else the API host of the app's host.

    A host that may not see tokens is kept as stated and said so in the log. The tokens are good, and must not be
    lost; but no call is sent there (`ForeignHost`) until the deployment names the host as its own.
    """
    if stated is None or stated == "":
        return api_host_of(app.host)
    origin = origin_of(stated) if isinstance(stated, str) else None
    if origin is None or not Hosts((app,)).may_see(str(origin)):
        log.warning("Zoom app %r: the token reply states an API host that is not allowed; nothing goes there", app.name)
    return UNREADABLE if origin is None else str(origin)


class TokenEndpoint:
    """Zoom's token and revoke endpoints; the app is authenticated with HTTP Basic.

    Only the ``error`` field of a refusal is ever repeated: its ``reason`` can quote the code that was sent.
    """

    def __init__(self, pool: HttpPool, now: Callable[[], datetime]) -> None:
        self._pool = pool
        self._now = now

    async def tokens(self, app: ZoomApp, form: Mapping[str, str]) -> Tokens:
        """Ask for tokens; raises as `Zoom.exchange_code` and `Zoom.refresh` do."""
        document = await self._post(app, "token", form)
        reply = _read(document)
        if reply is None:
            raise OutcomeUnclear(
                "the reply holds no usable tokens",
                where=_where("token"),
                next="If refreshing fails from now on, connect to Zoom anew",
                status=200,
            )
        return Tokens(
            access_token=SecretStr(reply.access_token),
            refresh_token=SecretStr(reply.refresh_token),
            expires_in=_life(reply.expires_in),
            scopes=frozenset(reply.scope.split()),
            api_url=api_base(app, reply.api_url),
        )

    async def revoke(self, app: ZoomApp, token: SecretStr) -> None:
        """End a grant."""
        await self._post(app, "revoke", {"token": token.get_secret_value()})

    async def _post(self, app: ZoomApp, endpoint: str, form: Mapping[str, str]) -> Mapping[str, object]:
        answer = await self._pool.send(
            "POST",
            f"{app.host.rstrip('/')}/oauth/{endpoint}",
            headers={"authorization": _basic(app)},
            form=form,
        )
        document = answer.document if isinstance(answer, Reply) else None
        error = _refusal(app, answer, document, _where(endpoint), self._now())
        if error is not None:
            raise error
        return document or {}


def _refusal(
    app: ZoomApp, answer: Reply | NoReply, document: Mapping[str, object] | None, where: str, now: datetime
) -> ZoomError | None:
    if isinstance(answer, NoReply):
        if answer.sent:
            return OutcomeUnclear(answer.why, where=where, next="Try again; if that fails, connect to Zoom anew")
        return ZoomUnavailable(answer.why, where=where, next="Try again later")
    facts = _Facts(where=where, status=answer.status, tracking_id=tracking_id(answer))
    if answer.status == 429:
        limit, until = reached(answer.headers, "", now)
        return RateLimited("Zoom's limit of requests is reached", until=until, limit=limit, **facts)
    if document is None or answer.status >= 500 or 300 <= answer.status < 400 or _is_garbled(answer, document):
        remedy = "Try again; if it goes on, check the host that is configured for this Zoom app"
        return OutcomeUnclear(f"no usable answer (HTTP {answer.status})", next=remedy, **facts)
    error = document.get("error")
    if answer.granted and not error:
        return None
    return _named(app, error, document.get("reason"), facts)


def _is_garbled(answer: Reply, document: Mapping[str, object]) -> bool:
    """Whether an answer grants by its status and refuses by its body, in a form that is not this endpoint's."""
    return answer.granted and not document.keys().isdisjoint({"code", "reason"}) and "error" not in document


def _named(app: ZoomApp, error: object, reason: object, facts: _Facts) -> ZoomError:
    if error == "invalid_grant":
        what = "Zoom does not accept the authorization any more (invalid_grant)"
        ended = _ENDED.get(reason.strip(" .").casefold()) if isinstance(reason, str) else None
        return GrantDead(what, ended=ended, next="Connect to Zoom anew", **facts)
    known = error if isinstance(error, str) and error in _DEPLOYMENTS_FAULT else "no known error name"
    return AppRefused(
        f"Zoom refused the Zoom app {app.name!r} ({known}); this is about the deployment's credentials or "
        "settings, not about the person who connects",
        next="Check client id, client secret and redirect URI of the app: development and production have their own",
        **facts,
    )


def _read(document: Mapping[str, object]) -> _TokenReply | None:
    try:
        return _TokenReply.model_validate(document)
    except ValidationError:
        return None


def _life(stated: object) -> int:
    if isinstance(stated, str) and re.fullmatch(r"[0-9]{1,9}", stated):
        stated = int(stated)
    return stated if isinstance(stated, int) and 0 < stated <= ACCESS_LIFE else ACCESS_LIFE


def _basic(app: ZoomApp) -> str:
    pair = f"{app.client_id}:{app.client_secret.get_secret_value()}"
    return f"Basic {base64.b64encode(pair.encode()).decode()}"


def _where(endpoint: str) -> str:
    return f"Zoom POST /oauth/{endpoint}"
