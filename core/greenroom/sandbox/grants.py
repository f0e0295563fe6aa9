"""Codes, tokens and the grants behind them.

At most one live grant exists for each app and Zoom user: tokens issued after a second authorization end the
grant of the first. Codes live five minutes and work once; access tokens live an hour; refresh tokens ninety
days, and are replaced at each use. A server-to-server app's tokens come without asking anybody, each with a
grant of its own that its account's owner holds, and without a refresh token.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from greenroom.sandbox.clock import Clock
from greenroom.sandbox.directory import App, User
from greenroom.sandbox.errors import OAuthError, ZoomError
from greenroom.sandbox.ids import Ids

CODE_LIFE = timedelta(minutes=5)
ACCESS_LIFE = timedelta(hours=1)
REFRESH_LIFE = timedelta(days=90)

Ending = Literal["superseded", "revoked", "uninstalled", "disabled_by_admin", "owner_gone", "owner_inactive"]

# Official texts 4738 and 4735; every other ending reads "Invalid Token!".
_REFRESH_REASON = {
    "disabled_by_admin": "The token is disabled by admin.",
    "owner_gone": "The owner of the token does not exist.",
}


@dataclass(frozen=True)
class Challenge:
    """The PKCE challenge of an authorize request; an empty value means none was sent."""

    value: str = ""
    method: str = "plain"

    def met_by(self, verifier: str) -> bool:
        """Tell whether `verifier` answers the challenge."""
        if not self.value:
            return True
        made = verifier
        if self.method == "S256":
            made = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
        return hmac.compare_digest(made.encode(), self.value.encode())


@dataclass(frozen=True)
class Consent:
    """What a person agreed to at the consent page.

    Attributes:
        scopes: the required scopes, and the optional ones that were not declined.
        shared_access: whether a user-managed app may use what others shared with the person.
    """

    scopes: tuple[str, ...]
    shared_access: bool = False


@dataclass(frozen=True)
class Code:
    """An authorization code and what it was issued for."""

    client_id: str
    user: User
    consent: Consent
    redirect_uri: str
    challenge: Challenge
    expires_at: datetime


@dataclass(frozen=True)
class Grant:
    """What one Zoom user allowed one app.

    Attributes:
        account_id: the account the user was in; it counts only as long as they stay.
        scopes: as consented to; scopes the app gained later are not among them.
        ended: why it no longer counts.
    """

    id: str
    client_id: str
    user_id: str
    account_id: str
    scopes: tuple[str, ...]
    shared_access: bool
    issued_at: datetime
    ended: Ending | None = None


@dataclass(frozen=True)
class Tokens:
    """Fresh tokens; those of a server-to-server app come without a refresh token."""

    access_token: str
    refresh_token: str | None
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class _Access:
    grant_id: str
    expires_at: datetime


@dataclass(frozen=True)
class _Refresh:
    grant_id: str
    expires_at: datetime
    replaced_at: datetime | None = None


class Grants:
    """Everything the OAuth endpoints remember."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._codes: dict[str, Code] = {}
        self._access: dict[str, _Access] = {}
        self._refresh: dict[str, _Refresh] = {}
        self._newest: dict[str, str] = {}
        self._grants: dict[str, Grant] = {}

    def __iter__(self) -> Iterator[Grant]:
        return iter(self._grants.values())

    def issue_code(self, app: App, user: User, consent: Consent, redirect_uri: str, challenge: Challenge) -> str:
        """Return a new authorization code."""
        value = self._ids.text(32)
        expires_at = self._clock.now() + CODE_LIFE
        self._codes[value] = Code(app.client_id, user, consent, redirect_uri, challenge, expires_at)
        return value

    def redeem(self, app: App, value: str, redirect_uri: str, verifier: str) -> Grant:
        """Use up a code and return the grant it stands for; this ends an earlier one of the same app and user.

        Raises:
            OAuthError: the code is unknown, used, expired, another app's, or its proof does not fit.
        """
        code = self._fitting_code(app, value, redirect_uri, verifier)
        del self._codes[value]
        self.end("superseded", lambda grant: (grant.client_id, grant.user_id) == (app.client_id, code.user.id))
        return self._grant(app, code.user, code.consent)

    def _fitting_code(self, app: App, value: str, redirect_uri: str, verifier: str) -> Code:
        code = self._codes.get(value)
        if code is None or code.client_id != app.client_id:
            raise OAuthError(f"Invalid authorization code {value}".strip(), "invalid_grant")
        if self._clock.now() >= code.expires_at:
            msg = "Code is expired"
            raise OAuthError(msg, "invalid_grant")
        if redirect_uri != code.redirect_uri:
            msg = "Redirect URI mismatch."
            raise OAuthError(msg, "invalid_request")
        if not code.challenge.met_by(verifier):
            msg = "Invalid code verifier"
            raise OAuthError(msg, "invalid_grant")
        return code

    def account_token(self, app: App, owner: User, *, alone: bool) -> Tokens:
        """Return a server-to-server app's new token, which stands for its account's owner.

        Args:
            alone: whether it ends the app's tokens before it.
        """
        if alone:
            self.end("superseded", lambda grant: grant.client_id == app.client_id)
        grant = self._grant(app, owner, Consent(app.scopes))
        return Tokens(self._access_token(grant), None, grant.scopes)

    def _grant(self, app: App, user: User, consent: Consent) -> Grant:
        made = Grant(
            id=self._ids.text(22),
            client_id=app.client_id,
            user_id=user.id,
            account_id=user.account_id,
            scopes=consent.scopes,
            shared_access=consent.shared_access,
            issued_at=self._clock.now(),
        )
        self._grants[made.id] = made
        return made

    def of_refresh_token(self, app: App, token: str) -> Grant:
        """Return the live grant a refresh token stands for, within the app's grace if it was replaced already.

        Raises:
            OAuthError: the token is unknown, expired, replaced too long ago, or its grant has ended.
        """
        known = self._refresh.get(token)
        grant = self._grants[known.grant_id] if known else None
        if known is None or grant is None or grant.client_id != app.client_id:
            msg = "Invalid Token!"
            raise OAuthError(msg, "invalid_grant")
        if grant.ended:
            raise OAuthError(_REFRESH_REASON.get(grant.ended, "Invalid Token!"), "invalid_grant")
        now = self._clock.now()
        grace = timedelta(seconds=app.refresh_grace_seconds)
        too_late = known.replaced_at is not None and now >= known.replaced_at + grace
        if too_late or now >= known.expires_at:
            msg = "Invalid Token!"
            raise OAuthError(msg, "invalid_grant")
        return grant

    def of_access_token(self, token: str) -> Grant:
        """Return the live grant behind an access token.

        Raises:
            ZoomError: 401/124, with the text for an expired or an invalid token.
        """
        known = self._access.get(token)
        grant = self._grants[known.grant_id] if known else None
        if known is None or grant is None or grant.ended:
            raise ZoomError(401, 124, "Invalid access token.")
        if self._clock.now() >= known.expires_at:
            raise ZoomError(401, 124, "Access token is expired.")
        return grant

    def revoke(self, app: App, token: str) -> None:
        """End the grant behind an access or refresh token of `app`; an unknown token is no error."""
        known = self._access.get(token) or self._refresh.get(token)
        if known:
            self.end("revoked", lambda grant: (grant.id, grant.client_id) == (known.grant_id, app.client_id))

    def end(self, why: Ending, chosen: Callable[[Grant], bool]) -> int:
        """End every live grant for which `chosen` is true; return how many."""
        ending = [grant for grant in self._grants.values() if not grant.ended and chosen(grant)]
        for grant in ending:
            self._grants[grant.id] = replace(grant, ended=why)
        return len(ending)

    def issue(self, grant: Grant) -> Tokens:
        """Return a new pair of tokens for a grant; the refresh tokens before it are replaced."""
        now = self._clock.now()
        before = self._newest.get(grant.id)
        if before:
            self._refresh[before] = replace(self._refresh[before], replaced_at=now)
        refresh = self._token("refresh", grant, now)
        self._refresh[refresh] = _Refresh(grant.id, now + REFRESH_LIFE)
        self._newest[grant.id] = refresh
        return Tokens(self._access_token(grant), refresh, grant.scopes)

    def _access_token(self, grant: Grant) -> str:
        now = self._clock.now()
        token = self._token("access", grant, now)
        self._access[token] = _Access(grant.id, now + ACCESS_LIFE)
        return token

    def _token(self, kind: str, grant: Grant, now: datetime) -> str:
        """Look like Zoom's tokens: three dotted parts, opaque all the same."""
        header = {"alg": "HS512", "v": "2.0", "kid": self._ids.text(8)}
        claims = {"tokenType": kind, "uid": grant.user_id, "jti": self._ids.text(16), "iat": int(now.timestamp())}
        return ".".join((_segment(header), _segment(claims), self._ids.text(86)))


def _segment(content: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content, separators=(",", ":")).encode()).decode().rstrip("=")
