"""The Zoom Rooms operations. A room has no user and no e-mail: what books it is its calendar resource, if any."""

from dataclasses import replace

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.world import RoomSpec

_EDIT = "ZoomRooms:Edit"


def list_rooms(call: Call) -> Reply:
    """GET /rooms."""
    call.require_role(call.operation.privilege)
    call.require_paid()
    return Reply(
        body=page(call, "rooms", [one for one in call.account.rooms if _asked(call, one)], _entry, numbered=False)
    )


def get_room(call: Call) -> Reply:
    """GET /rooms/{roomId}; `regenerate_activation_code` gives the room a new code first."""
    call.require_role(call.operation.privilege)
    if not call.account.rooms:
        text = "Zoom Room subscription not found. Try again after purchasing a Zoom Room subscription."
        raise ZoomError(400, 200, text)
    room = next((one for one in call.account.rooms if one.id == call.path["roomId"]), None)
    if room is None:
        raise ZoomError(404, 1012, f"Room not found: {call.path['roomId']}.")
    if call.query.get("regenerate_activation_code", "").lower() == "true":
        room = _reactivated(call, room)
    return Reply(body=_profile(room))


def _asked(call: Call, room: RoomSpec) -> bool:
    query = call.query
    tags = {tag for tag in query.get("tag_ids", "").split(",") if tag}
    fits = all(query.get(name) in (None, "", getattr(room, name)) for name in ("status", "type", "location_id"))
    unassigned = query.get("unassigned_rooms", "").lower() != "true" or not room.location_id
    named = query.get("query_name", "").casefold() in room.name.casefold()
    return fits and unassigned and named and tags <= set(room.tag_ids)


def _reactivated(call: Call, room: RoomSpec) -> RoomSpec:
    if not call.state.directory.role_of(call.user).holds(_EDIT):
        raise ZoomError(400, 200, "No permission to regenerate an activation code for a Zoom Room.")
    now = room.model_copy(update={"activation_code": str(call.state.ids.number(9))})
    rooms = tuple(now if one.id == room.id else one for one in call.account.rooms)
    call.state.directory.add_account(replace(call.account, rooms=rooms))
    return now


def _entry(room: RoomSpec) -> dict[str, object]:
    return {
        "id": room.id,
        "room_id": room.id,
        "name": room.name,
        "location_id": room.location_id,
        "status": room.status,
        "tag_ids": list(room.tag_ids),
        "activation_code": room.activation_code,
    }


def _profile(room: RoomSpec) -> dict[str, object]:
    booked_by = {"calendar_resource_id": room.calendar_resource_id} if room.calendar_resource_id else {}
    holds = {"capacity": room.capacity} if room.capacity else {}
    return {
        "basic": {
            **booked_by,
            **holds,
            "name": room.name,
            "display_name": room.name,
            "location_id": room.location_id,
            "tag_ids": list(room.tag_ids),
            "activation_code": room.activation_code,
            "zoom_room_type": room.type,
            "hide_room_in_contacts": False,
        },
        "setup": {"under_construction": room.status == "UnderConstruction"},
    }


HANDLERS: dict[str, Handler] = {"GET /rooms": list_rooms, "GET /rooms/{roomId}": get_room}
