"""Zoom over HTTP: the client behind the engine's `Zoom` port, and the check of Zoom's webhooks.

::

    async with ZoomClient() as zoom:
        tokens = await zoom.exchange_code(app, code, verifier=verifier)
"""

from greenroom.http import Timeouts
from greenroom.zoom.client import ZoomClient
from greenroom.zoom.oauth import pkce_challenge
from greenroom.zoom.webhooks import WebhookRejected, digest, validation_reply, verify

__all__ = [
    "Timeouts",
    "WebhookRejected",
    "ZoomClient",
    "digest",
    "pkce_challenge",
    "validation_reply",
    "verify",
]
