"""Where plays are given: one embedded Zoom, on which plays of one opening follow each other, each from the start."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from types import TracebackType
from typing import Self

from greenroom.ambient import SeededIds
from greenroom.configuration import DEFAULT_SERVICE, Configuration
from greenroom.conformance.zoom.receiver import receiver
from greenroom.embedded import EmbeddedZoom
from greenroom.facade import Greenroom
from greenroom.profiles import Profile, Registry
from greenroom.whatif.scenario import Opening
from greenroom.whatif.stage import Mailbox, Stage
from greenroom.whatif.world import zoom_of


class Theatre:
    """Gives plays of one opening, one after another. Open it, and a `stage` for each play.

    ``profiles`` is shared by all plays. The same ``seed`` makes the same ids. Raises `BadInput` when a role or a
    setting of the opening is not one of Zoom's; ``file`` is what it is called then.
    """

    def __init__(self, opening: Opening, profiles: Registry, *, seed: int = 1, file: str = "scenario") -> None:
        self.opening = opening
        self.profiles = profiles
        self._seed = seed
        self._world = zoom_of(opening, file=file)
        self._stack = contextlib.AsyncExitStack()
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        self._folder = Path(self._stack.enter_context(tempfile.TemporaryDirectory(prefix="greenroom-whatif-")))
        zoom = EmbeddedZoom(self._folder, seed=self._seed, world=self._world, starts=self.opening.start)
        self._zoom = self._stack.enter_context(zoom)
        self._receivers = {
            app.name: await self._stack.enter_async_context(receiver(app.webhook_secret or ""))
            for app in zoom.apps.values()
        }
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.__aexit__(kind, error, trace)

    @contextlib.asynccontextmanager
    async def stage(self, profile: Profile, *, from_nothing: bool = False) -> AsyncIterator[Stage]:
        """Open the stage for one play of a profile; its organization is not made yet. One at a time.

        ``from_nothing``: nobody is cast for the profile's own walkthrough, whatever the opening says.
        """
        number = next(self._numbers)
        if number > 1:
            await asyncio.to_thread(self._zoom.control, "POST", "reset")
        await self._listen()
        opening = self.opening.model_copy(update={"set_up": None}) if from_nothing else self.opening
        stage = await self._staged(opening, profile, number)
        try:
            yield stage
        finally:
            await stage.close()

    async def _staged(self, opening: Opening, profile: Profile, number: int) -> Stage:
        mailbox, ids = Mailbox(), SeededIds(self._seed)
        configuration = self._configuration(number)

        def opened() -> Greenroom:
            return Greenroom(
                configuration,
                profiles=self.profiles,
                clock=self._zoom.clock,
                ids=ids,
                delivery=mailbox,
                hurried=True,
            )

        greenroom = await opened().__aenter__()
        return Stage(opening, profile, greenroom, self._zoom, mailbox, self._receivers, opened)

    def _configuration(self, number: int) -> Configuration:
        own = {"database_url": f"sqlite:///{self._folder / f'greenroom-{number}.db'}"}
        return self._zoom.configuration(DEFAULT_SERVICE).model_copy(update=own)

    async def _listen(self) -> None:
        """Have Zoom tell each app's receiver of every event, and by name of the app's own removal."""
        for app, one in self._receivers.items():
            one.requests.clear()
            for events in (["*"], ["app_deauthorized"]):
                await asyncio.to_thread(
                    self._zoom.control, "POST", "subscriptions", app=app, url=one.url, events=events
                )
