"""Who is told of events: each app's subscriptions, and the rules Zoom keeps about them."""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from greenroom.sandbox.directory import App
from greenroom.sandbox.events import Event
from greenroom.sandbox.ids import Ids

Audience = Literal["account", "installers"]
Standing = Literal["new", "validated", "disabled"]

DEAUTHORIZED = "app_deauthorized"
FAILURES_ALLOWED = 5
"""Straight failures of the URL validation a subscription survives; the next one disables it."""

# Subscribing takes a scope; these two exist for subscriptions only, and no operation uses them.
_SCOPES = (
    ("meeting.participant_", "meeting:read:participant"),
    ("meeting.", "meeting:read:meeting"),
    ("recording.", "cloud_recording:read:recording"),
    ("user.", "user:read:user"),
    ("phone.recording", "phone:read:list_recordings"),
    ("phone.", "phone:read:list_call_logs"),
    ("chat_message.", "team_chat:read:list_user_messages"),
)


@dataclass(frozen=True)
class Subscription:
    """One URL and what is sent there.

    Attributes:
        events: names of events; `*` stands for all of them.
        audience: `account` tells of everybody in an account that added the app, `installers` only of those who
            authorized it themselves. A user-managed app hears of those only, in any case.
        secret: the secret token its requests are signed with.
        validated_at: when the URL last proved that it knows the secret.
    """

    id: str
    client_id: str
    url: str
    events: tuple[str, ...]
    audience: Audience
    secret: str
    standing: Standing = "new"
    failures: int = 0
    validated_at: datetime | None = None

    def wants(self, event: Event) -> bool:
        """Tell whether it asked for this kind of event."""
        if event.app is not None and event.app != self.client_id:
            return False
        everything = "*" in self.events and event.name != DEAUTHORIZED
        return everything or event.name in self.events

    def proof(self, plain: str) -> str:
        """Return what the URL must answer to `plain`."""
        return hmac.new(self.secret.encode(), plain.encode(), hashlib.sha256).hexdigest()

    def signature(self, timestamp: str, body: bytes) -> str:
        """Return the signature of one request."""
        signed = b"v0:" + timestamp.encode() + b":" + body
        return "v0=" + hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()

    def answered(self, *, right: bool, now: datetime) -> "Subscription":
        """Return it as it stands after a URL validation; one that was never right yet may go on trying."""
        if right:
            return replace(self, standing="validated", failures=0, validated_at=now)
        if self.standing == "new":
            return self
        failures = self.failures + 1
        return replace(self, failures=failures, standing="disabled" if failures > FAILURES_ALLOWED else self.standing)


class Subscriptions:
    """Every subscription, by id."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._all: dict[str, Subscription] = {}

    def __iter__(self) -> Iterator[Subscription]:
        return iter(list(self._all.values()))

    def add(
        self,
        app: App,
        url: str,
        events: tuple[str, ...],
        audience: Audience = "account",
        secret: str | None = None,
    ) -> Subscription:
        """Make a subscription; it is not told anything until its URL is validated."""
        made = Subscription(self._ids.text(22), app.client_id, url, events, audience, secret or app.webhook_secret)
        self._all[made.id] = made
        return made

    def get(self, id: str) -> Subscription | None:
        """Return the subscription as it stands now."""
        return self._all.get(id)

    def keep(self, subscription: Subscription) -> None:
        """Store how a subscription stands now, unless it was dropped."""
        if subscription.id in self._all:
            self._all[subscription.id] = subscription

    def drop(self, id: str) -> bool:
        """Drop a subscription; tell whether there was one."""
        return self._all.pop(id, None) is not None


def forbidden(app: App, events: tuple[str, ...]) -> list[str]:
    """Return the events an app may not subscribe to, for want of a scope.

    Apps with classic scopes are not checked: which classic scope stands behind which event is not published.
    """
    if app.scope_style == "classic":
        return []
    return [event for event in events if not _allowed(app, event)]


def _allowed(app: App, event: str) -> bool:
    needed = next((scope for prefix, scope in _SCOPES if event.startswith(prefix)), None)
    return needed is None or any(scope.removesuffix(":admin") == needed for scope in app.every_scope)
