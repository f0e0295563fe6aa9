"""What happens in the world, as the events Zoom tells apps of."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from greenroom.sandbox.clock import Clock, milliseconds


@dataclass(frozen=True)
class Event:
    """One event, to be told to whoever subscribed.

    Attributes:
        account_id: the account it happened in.
        about: ids of the users it concerns; a user-managed app hears only of users who added it.
        body: the JSON object sent, envelope and all.
        app: the client id of the only app to be told; `None` for every subscriber.
    """

    number: int
    name: str
    account_id: str
    about: frozenset[str]
    body: Mapping[str, object]
    at: datetime
    app: str | None = None


class Events:
    """Every event since the start, and who listens to them within the sandbox."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.happened: list[Event] = []
        self.listeners: list[Callable[[Event], None]] = []

    def emit(
        self,
        name: str,
        account_id: str,
        payload: Mapping[str, object],
        *,
        about: Iterable[str] = (),
        beside: Mapping[str, object] | None = None,
        app: str | None = None,
    ) -> Event:
        """Record an event and hand it to the listeners.

        Args:
            name: such as `meeting.started`.
            payload: the payload; `account_id` is added to it.
            about: ids of the users it concerns.
            beside: fields beside the payload, such as a recording's `download_token`.
            app: the client id of the only app to be told.
        """
        now = self._clock.now()
        body = _envelope(name, milliseconds(now), {"account_id": account_id, **payload}, beside or {})
        event = Event(len(self.happened) + 1, name, account_id, frozenset(about), body, now, app)
        self.happened.append(event)
        for listen in self.listeners:
            listen(event)
        return event


def _envelope(name: str, stamp: int, payload: Mapping[str, object], beside: Mapping[str, object]) -> dict[str, object]:
    """Wrap a payload; the event of an app's removal carries its stamp inside."""
    if name == "app_deauthorized":
        return {"event": name, **beside, "payload": {**payload, "event_ts": stamp}}
    return {"event": name, "event_ts": stamp, **beside, "payload": payload}
