"""Start a meeting as its host from within the product: a signature for the Meeting SDK and the host's access key.

Both are made for the one who asks, handed over once, and kept nowhere.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from pydantic import SecretStr

from greenroom.engine.deployment import Deployment
from greenroom.engine.feature_outcomes import HostStartOutcome, refused
from greenroom.engine.features import Allowed, Features
from greenroom.engine.held import Held, held, interviews_about
from greenroom.engine.ports.store import Transaction
from greenroom.engine.recordings import as_now
from greenroom.engine.standing import Standing
from greenroom.engine.words import core_refusal
from greenroom.errors import BadInput
from greenroom.model import Refusal

SIGNATURE_LIVES = timedelta(hours=2)
"""Zoom takes signatures of half an hour to two days."""

KEY_LIVES = timedelta(minutes=5)
AS_HOST = 1


class HostStart:
    """The use case behind `start`."""

    def __init__(self, deployment: Deployment, features: Features) -> None:
        self._deployment = deployment
        self._features = features

    async def start(self, standing: Standing, interview: str) -> HostStartOutcome:
        """Return what the Meeting SDK takes to start an interview's meeting as its host.

        Raises `NotFound`, `BadInput` where there is no meeting to start, `ZoomError`.
        """
        one = await self._deployment.store.read(lambda tx: _to_start(tx, standing, interview))

        async def make(allowed: Allowed) -> HostStartOutcome | Refusal:
            user = allowed.through.zoom_user
            if user is None or user.id != one.meeting.meeting.host.id:
                # The key starts meetings as whom the connection is of: anybody else would not be the host.
                return core_refusal("not_offered", "CORE-11", about="start_as_host")
            return await self._made(allowed, one)

        through = as_now(standing, one.meeting.meeting.via)
        found = await self._features.use(standing, "start_as_host", make, through=through, interview=interview)
        return refused(HostStartOutcome, standing, found) if isinstance(found, Refusal) else found

    async def _made(self, allowed: Allowed, one: Held) -> HostStartOutcome:
        key = await allowed.call(self._deployment.zoom.access_key)
        meeting, now = one.meeting.meeting, self._deployment.clock.now()
        kind = allowed.standing.profile.manifest.apps[allowed.through.level]
        app = self._deployment.app_for(allowed.standing.profile.name, kind)
        actor = allowed.standing.actor
        return HostStartOutcome(
            organization=allowed.standing.record.name,
            because=allowed.because,
            meeting=meeting.id,
            client_id=app.client_id,
            user_name=(actor.name or actor.email) if actor is not None else meeting.host.email,
            passcode=SecretStr(meeting.passcode) if meeting.passcode else None,
            signature=signature(app.client_id, app.client_secret, meeting=meeting.id, role=AS_HOST, now=now),
            access_key=key,
            key_expires_at=now + KEY_LIVES,
        )


def signature(client_id: str, client_secret: SecretStr, *, meeting: str, role: int, now: datetime) -> SecretStr:
    """Return a Meeting SDK signature: a JWT (HS256) by which the app vouches for ``role`` in one meeting."""
    issued = int(now.timestamp())
    ends = issued + int(SIGNATURE_LIVES.total_seconds())
    claims = {
        "appKey": client_id,
        "sdkKey": client_id,
        "mn": meeting,
        "role": role,
        "iat": issued,
        "exp": ends,
        "tokenExp": ends,
    }
    signed = f"{_segment({'alg': 'HS256', 'typ': 'JWT'})}.{_segment(claims)}"
    seal = hmac.new(client_secret.get_secret_value().encode(), signed.encode(), hashlib.sha256).digest()
    return SecretStr(f"{signed}.{_base64url(seal)}")


def _to_start(tx: Transaction, standing: Standing, interview: str) -> Held:
    records = interviews_about(tx, standing.record.id, interview=interview)
    found = next(iter(held(tx, records)), None)
    if found is None or found.meeting.state != "live" or found.record.state != "live":
        raise BadInput("there is no meeting to start", where=interview, next="Schedule it first")
    return found


def _segment(content: Mapping[str, object]) -> str:
    return _base64url(json.dumps(content, separators=(",", ":")).encode())


def _base64url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
