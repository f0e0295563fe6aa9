"""The account's Zoom Rooms, for profiles that list them."""

from __future__ import annotations

from greenroom.engine.deployment import Deployment
from greenroom.engine.features import Allowed, Features
from greenroom.engine.outcomes import RoomsOutcome, RoomView
from greenroom.engine.ports.zoom import Access, Room
from greenroom.engine.standing import Standing
from greenroom.engine.ways import ways_on
from greenroom.engine.words import text_of
from greenroom.model import Refusal


class Rooms:
    """Lists Zoom Rooms through the connection of whoever looks, if the profile lets them."""

    def __init__(self, deployment: Deployment, features: Features) -> None:
        self._deployment = deployment
        self._features = features

    async def list(self, standing: Standing) -> RoomsOutcome:
        """Return the rooms, or why they are not listed. Raises what Zoom raises when it cannot be asked."""
        found = await self._features.use(standing, "rooms", self._listed)
        return _refused(standing, found) if isinstance(found, Refusal) else found

    async def _listed(self, allowed: Allowed) -> RoomsOutcome:
        found = await allowed.call(self._all)
        return RoomsOutcome(
            organization=allowed.standing.record.name,
            kind="done",
            rooms=tuple(RoomView(name=one.name, status=one.status) for one in found),
            because=allowed.because,
        )

    async def _all(self, access: Access) -> tuple[Room, ...]:
        return tuple([room async for room in self._deployment.zoom.rooms(access)])


def _refused(standing: Standing, refusal: Refusal) -> RoomsOutcome:
    return RoomsOutcome(
        organization=standing.record.name,
        kind="refusal",
        message=text_of(standing.profile, refusal.say),
        code=refusal.code,
        ways_on=ways_on(standing.profile, refusal.next),
        because=refusal.because,
    )
