"""Control calls about events: who is told, what was told, and how it went."""

from starlette.requests import Request

from greenroom.sandbox.clock import iso
from greenroom.sandbox.control_bodies import SubscriptionBody
from greenroom.sandbox.control_room import Call, ControlRoom, read
from greenroom.sandbox.deliveries import Delivery
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.events import Event
from greenroom.sandbox.state import State
from greenroom.sandbox.subscriptions import Subscription, forbidden
from greenroom.sandbox.traffic import CONTROL


def event_calls(state: State) -> list[Call]:
    """Return the calls."""
    control = _EventControl(state)
    return [
        ("GET", "/events", control.events),
        ("GET", "/subscriptions", control.subscriptions),
        ("POST", "/subscriptions", control.subscribe),
        ("DELETE", "/subscriptions/{id}", control.unsubscribe),
        ("GET", "/deliveries", control.deliveries),
        ("POST", "/deliveries", control.deliver),
    ]


class _EventControl(ControlRoom):
    async def events(self, _: Request) -> dict[str, object]:
        return {"events": [event_view(event) for event in self.state.events.happened]}

    async def subscriptions(self, _: Request) -> dict[str, object]:
        return {"subscriptions": [self._subscription(one) for one in self.state.subscriptions]}

    async def subscribe(self, request: Request) -> dict[str, object]:
        """Subscribe a URL, which is validated before this answers."""
        body = await read(request, SubscriptionBody)
        app = self.app(body.app)
        refused = forbidden(app, body.events)
        if refused:
            message = f"The event is not allowed for the app: {', '.join(refused)}. Give the app its scope first."
            raise ControlError(message)
        made = self.state.subscriptions.add(app, body.url, body.events, body.audience, body.secret)
        self.state.deliveries.validate(made)
        await self.state.deliveries.flush()
        return self._subscription(self.state.subscriptions.get(made.id) or made)

    async def unsubscribe(self, request: Request) -> dict[str, object]:
        wanted = request.path_params["id"]
        if not self.state.subscriptions.drop(wanted):
            message = f"No subscription {wanted!r}; GET {CONTROL}/subscriptions lists them."
            raise ControlError(message, 404)
        return {"removed": wanted}

    async def deliveries(self, _: Request) -> dict[str, object]:
        return {"deliveries": [delivery_view(one) for one in self.state.deliveries.log]}

    async def deliver(self, request: Request) -> dict[str, object]:
        """Send what is due now; answer once it is sent."""
        await self.state.deliveries.flush()
        return await self.deliveries(request)

    def _subscription(self, one: Subscription) -> dict[str, object]:
        return {
            "id": one.id,
            "app": self.state.directory.apps[one.client_id].name,
            "url": one.url,
            "events": one.events,
            "audience": one.audience,
            "standing": one.standing,
            "failures": one.failures,
            "validated_at": iso(one.validated_at) if one.validated_at else None,
        }


def event_view(event: Event) -> dict[str, object]:
    """Return an event as it is sent."""
    return {"number": event.number, "event": event.name, "at": iso(event.at), "body": event.body}


def delivery_view(one: Delivery) -> dict[str, object]:
    """Return what was told to one URL, and each attempt at it."""
    attempts = [{"at": iso(attempt.at), "status": attempt.status} for attempt in one.attempts]
    return {
        "number": one.number,
        "event_number": one.event.number,
        "event": one.event.name,
        "subscription": one.subscription_id,
        "url": one.url,
        "outcome": one.outcome,
        "attempts": attempts,
        "fault": one.fault,
    }
