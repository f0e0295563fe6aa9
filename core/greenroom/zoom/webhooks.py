"""Zoom's webhooks: are they Zoom's, and the answer to its validation of our address."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime

from pydantic import SecretStr

from greenroom.engine.ports.zoom import ZoomApp
from greenroom.errors import GreenroomError

WINDOW = 300
"""Seconds by which a webhook's timestamp may differ from our clock. Zoom sets no window; five minutes is usual."""

_TIMESTAMP = re.compile(r"[0-9]{1,12}")

# No colon: an answer to `v0:<timestamp>:<body>` would be a valid signature for a body of somebody's choice.
_PLAIN_TOKEN = re.compile(r"[A-Za-z0-9_+/=.-]{1,256}")


class WebhookRejected(GreenroomError):
    """This is not, or not provably, a webhook Zoom just sent for this app. Answer 401 and keep nothing."""

    code = "zoom.webhook_rejected"

    def __init__(self, app: ZoomApp, what: str, *, next: str) -> None:
        super().__init__(what, where=f"webhook of the Zoom app {app.name!r}", next=next)


def verify(app: ZoomApp, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> SecretStr:
    """Check that Zoom signed exactly these bytes for this app, within five minutes of ``now``.

    Returns the secret it was signed with: the current one or, while it is being changed, the previous. Raises
    `WebhookRejected`. Header names may be in any case. Verify before parsing, and before answering a validation:
    that request is signed as well.
    """
    given = {name.lower(): value for name, value in headers.items()}
    stamp, signature = given.get("x-zm-request-timestamp", ""), given.get("x-zm-signature", "")
    if not _TIMESTAMP.fullmatch(stamp) or not signature:
        raise WebhookRejected(app, "it carries no usable signature and timestamp", next="Ignore it")
    if abs(now.timestamp() - int(stamp)) > WINDOW:
        raise WebhookRejected(
            app, f"its timestamp is more than {WINDOW} seconds off", next="If all are, set this machine's clock"
        )
    signed = b"v0:" + stamp.encode() + b":" + raw_body
    # All are compared, each in constant time: how long it takes does not tell which secret nearly fitted.
    fitting = [secret for secret in _secrets(app) if _fits(secret, signed, signature)]
    if not fitting:
        raise WebhookRejected(
            app, "its signature is not Zoom's for this app", next="If all are, check the app's webhook secret"
        )
    return fitting[0]


def validation_reply(app: ZoomApp, plain_token: str, secret: SecretStr) -> dict[str, str]:
    """Return the answer to an ``endpoint.url_validation`` that was verified with ``secret``.

    Raises `WebhookRejected` on a token that is not one of Zoom's.
    """
    if not _PLAIN_TOKEN.fullmatch(plain_token):
        raise WebhookRejected(app, "its validation token is not one of Zoom's", next="Ignore it")
    return {"plainToken": plain_token, "encryptedToken": _hmac(secret, plain_token.encode())}


def digest(body: bytes) -> str:
    """Return what tells a redelivery: the same body, the same digest."""
    return hashlib.sha256(body).hexdigest()


def _secrets(app: ZoomApp) -> tuple[SecretStr, ...]:
    if not app.webhook_secrets:
        name = f"GREENROOM_ZOOM_APPS__{app.name.upper()}__WEBHOOK_SECRET"
        raise WebhookRejected(app, "this deployment has no webhook secret for the app", next=f"Set {name}")
    return app.webhook_secrets


def _fits(secret: SecretStr, signed: bytes, signature: str) -> bool:
    expected = f"v0={_hmac(secret, signed)}"
    return hmac.compare_digest(expected.encode(), signature.encode(errors="replace"))


def _hmac(secret: SecretStr, message: bytes) -> str:
    return hmac.new(secret.get_secret_value().encode(), message, hashlib.sha256).hexdigest()
