"""Control calls on the phone: somebody called somebody, and hung up just now."""

from starlette.requests import Request

from greenroom.sandbox.control_bodies import CallBody
from greenroom.sandbox.control_room import Call, ControlRoom, read
from greenroom.sandbox.phone_events import tell
from greenroom.sandbox.state import State
from greenroom.sandbox.world_products import CallSpec


def phone_calls(state: State) -> list[Call]:
    """Return the control calls on the phone."""
    return [("POST", "/calls", _Phone(state).call)]


class _Phone(ControlRoom):
    async def call(self, request: Request) -> dict[str, object]:
        """Keep a call that ended now, and tell of it."""
        body = await read(request, CallBody)
        made = self.state.phone_calls.place(CallSpec(**body.model_dump()), self.state.clock.now())
        tell(self.state, made)
        return {"call_id": made.id, "call_history_uuid": made.uuid, "recording_id": made.recording_id or None}
