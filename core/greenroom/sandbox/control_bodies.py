"""What control calls take, as frozen values."""

from datetime import datetime
from typing import Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import BaseModel, ConfigDict, Field

from greenroom.sandbox.approvals import Verdict
from greenroom.sandbox.authorization import Answer, AuthorizeRequest, Choice
from greenroom.sandbox.faults import FaultKind, RetryAfter
from greenroom.sandbox.subscriptions import Audience
from greenroom.sandbox.world import Plan, Status, UserSpec
from greenroom.sandbox.world_products import PHONE_PARTY, CallResult


class _Body(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AuthorizeBody(_Body):
    """Consent without a browser: the parameters of an authorize URL, or the URL itself."""

    user: str
    decision: Choice = "authorize"
    declined_scopes: tuple[str, ...] = ()
    shared_access: bool = False
    authorize_url: str | None = None
    client_id: str = ""
    redirect_uri: str = ""
    response_type: str = "code"
    state: str | None = None
    code_challenge: str = ""
    code_challenge_method: str = ""

    def answer(self) -> Answer:
        """Return what the person chose."""
        return Answer(self.decision, frozenset(self.declined_scopes), self.shared_access)

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
    """Stop the clock or let it run, set it to an instant, move it by seconds; in that order."""

    frozen: bool | None = None
    set: datetime | None = None
    advance: float = 0


class ApprovalBody(_Body):
    """A verdict on an app for some people, for one account, or for all that exist; `by` whom, if it matters."""

    app: str
    state: Verdict
    account: str | None = None
    users: tuple[str, ...] = ()
    by: str | None = None


class AppBody(_Body):
    """What changes about an app; what is left out stays."""

    scopes: tuple[str, ...] | None = Field(None, min_length=1)
    optional_scopes: tuple[str, ...] | None = None
    published: bool | None = None
    activated: bool | None = None
    disabled: bool | None = None


class AccountBody(_Body):
    """What changes about an account; what is left out stays."""

    plan: Plan | None = None
    require_approval: bool | None = None
    settings: dict[str, bool | str] | None = None
    locks: frozenset[str] | None = None
    api_url: str | None = Field(None, pattern="^https?://[^/]+$")


class InviteBody(_Body):
    """Somebody new for an account; without `status` the invitation is not accepted yet."""

    account: str
    email: str = Field(pattern="^[^@ ]+@[^@ ]+$")
    first_name: str
    last_name: str
    role: str = "member"
    type: Literal[1, 2, 4] = 1
    status: Status = "pending"
    timezone: str = "UTC"

    def spec(self) -> UserSpec:
        """Return what a world file would say."""
        return UserSpec.model_validate(self.model_dump(exclude={"account"}))


class UserBody(_Body):
    """What changes about a person; what is left out stays."""

    role: str | None = None
    type: Literal[1, 2, 4] | None = None
    status: Status | None = None
    settings: dict[str, bool | str] = {}


class MoveBody(_Body):
    """Which account somebody goes to, by its id."""

    account: str


class UninstallBody(_Body):
    """Which app is removed, by whom it was authorized."""

    app: str
    user: str


class SubscriptionBody(_Body):
    """A URL that is to be told of events; `*` stands for all of them."""

    app: str
    url: str = Field(pattern="^https?://")
    events: tuple[str, ...] = Field(("*",), min_length=1)
    audience: Audience = "account"
    secret: str | None = Field(None, min_length=8)


class JoinBody(_Body):
    """Who comes to a meeting: somebody of the world by e-mail, or a guest by name.

    `end_other` is the host's answer when too many meetings go on in their name.
    """

    user: str | None = None
    name: str = ""
    end_other: bool = False


class ParticipantBody(_Body):
    """Somebody who is there, by the number `join` answered."""

    participant: int


class SayBody(_Body):
    """A line for the meeting's chat, or, said aloud, for its transcript."""

    participant: int
    text: str = Field(min_length=1)
    aloud: bool = False


class EndBody(_Body):
    """Nothing to say."""


class CallBody(_Body):
    """A phone call that ended now; each side is the e-mail of somebody with a phone, or a number."""

    caller: str = Field(pattern=PHONE_PARTY)
    callee: str = Field(pattern=PHONE_PARTY)
    seconds: int = Field(0, ge=0)
    result: CallResult = "answered"
    recorded: bool = False


class FaultBody(_Body):
    """A rule as `faults.Fault` describes it; `times` of `null` strikes until the rules are dropped."""

    operation: str
    kind: FaultKind
    nth: int = Field(1, ge=1)
    times: int | None = Field(1, ge=1)
    probability: float = Field(1, gt=0, le=1)
    seed: int | None = None
    seconds: float = Field(0, ge=0)
    status: int | None = Field(None, ge=200, le=599)
    body: dict[str, object] | str | None = None
    headers: dict[str, str] = {}
    retry_after: RetryAfter | None = None
