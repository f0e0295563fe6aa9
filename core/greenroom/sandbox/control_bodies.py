"""What control calls take, as frozen values."""

from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from greenroom.sandbox.approvals import Verdict
from greenroom.sandbox.authorization import AuthorizeRequest, Choice
from greenroom.sandbox.faults import FaultKind
from greenroom.sandbox.world import Status


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AuthorizeBody(_Body):
    """Consent without a browser: the parameters of an authorize URL, or the URL itself."""

    user: str
    decision: Choice = "authorize"
    authorize_url: str | None = None
    client_id: str = ""
    redirect_uri: str = ""
    response_type: str = "code"
    state: str | None = None
    code_challenge: str = ""
    code_challenge_method: str = ""

    def request(self) -> AuthorizeRequest:
        """Return the authorize request meant."""
        if self.authorize_url:
            query = dict(parse_qsl(urlsplit(self.authorize_url).query, keep_blank_values=True))
            return AuthorizeRequest.of(query)
        return AuthorizeRequest(
            client_id=self.client_id,
            redirect_uri=self.redirect_uri,
            response_type=self.response_type,
            state=self.state,
            code_challenge=self.code_challenge,
            code_challenge_method=self.code_challenge_method or "plain",
        )


class ClockBody(_Body):
    """Set the clock to an instant, move it by seconds, or both in that order."""

    set: datetime | None = None
    advance: float = 0


class ApprovalBody(_Body):
    """A verdict on an app for one account, or for all that exist."""

    app: str
    state: Verdict
    account: str | None = None


class UserBody(_Body):
    """What changes about a person; what is left out stays."""

    role: str | None = None
    type: Literal[1, 2, 4] | None = None
    status: Status | None = None
    settings: dict[str, bool | str] = {}


class UninstallBody(_Body):
    """Which app is removed, by whom it was authorized."""

    app: str
    user: str


class FaultBody(_Body):
    """A rule as `faults.Fault` describes it; `times` of `null` strikes until the rules are dropped."""

    operation: str
    kind: FaultKind
    nth: int = Field(1, ge=1)
    times: int | None = Field(1, ge=1)
    seconds: float = Field(0, ge=0)
    status: int | None = Field(None, ge=200, le=599)
    body: dict[str, object] | str | None = None
    headers: dict[str, str] = {}
