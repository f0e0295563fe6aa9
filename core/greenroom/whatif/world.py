"""The embedded Zoom of a scenario: the company's account, accounts of people's own, the demonstration's apps."""

from __future__ import annotations

import json

from greenroom.errors import BadInput
from greenroom.sandbox import World, WorldError, load_world, parse_world
from greenroom.whatif.scenario import Company, Opening, Seat

COMPANY = "company"
"""The id of the company's Zoom account."""

_TYPES = {"basic": 1, "licensed": 2}
_OWNER = {
    "email": "zoom.owner@northwind.example",
    "first_name": "Zoom",
    "last_name": "Owner",
    "role": "owner",
    "type": 2,
}


def zoom_of(scenario: Opening, *, file: str) -> World:
    """Return the scenario's Zoom. Raises `BadInput` when a role or setting is not one of Zoom's."""
    own = [name for name, person in scenario.people.items() if person.zoom and person.zoom.account == "own"]
    accounts = [_company(scenario), *(_own_account(scenario, name) for name in own)]
    shipped = load_world().model_dump(mode="json", include={"apps"}, exclude_defaults=True)
    document = {"rate_limits": False, "accounts": accounts, **shipped}
    try:
        return parse_world(json.dumps(document), file)
    except WorldError as error:
        first = error.problems[0]
        raise BadInput(first.what, where=f"{file}: at Zoom, {first.where}", next=first.remedy) from None


def kind_of(licence: str) -> int:
    """Return Zoom's number for a licence."""
    return _TYPES[licence]


def _company(scenario: Opening) -> dict[str, object]:
    zoom = scenario.zoom
    seats = {name: person.zoom for name, person in scenario.people.items() if person.zoom}
    users = [_user(scenario, name, seat) for name, seat in seats.items() if seat.account == "company"]
    if all(user["role"] != "owner" for user in users):
        users.insert(0, dict(_OWNER))
    return {
        "id": COMPANY,
        "name": "Northwind",
        "plan": zoom.plan,
        "cloud": zoom.cloud,
        "require_approval": zoom.approval == "required",
        "settings": zoom.settings,
        "locks": list(zoom.locks),
        "roles": _roles(zoom),
        "users": users,
        "rooms": [{"id": "room-lagoon", "name": "Lagoon"}],
    }


def _roles(zoom: Company) -> list[dict[str, object]]:
    return [{"name": role.name, "privileges": list(role.privileges)} for role in zoom.roles]


def _own_account(scenario: Opening, name: str) -> dict[str, object]:
    seat = scenario.people[name].zoom
    assert seat is not None
    user = {**_user(scenario, name, seat), "role": "owner"}
    return {
        "id": f"own-{name}",
        "name": scenario.full_name(name),
        "plan": "basic" if seat.licence == "basic" else "pro",
        "users": [user],
    }


def _user(scenario: Opening, name: str, seat: Seat) -> dict[str, object]:
    first, _, last = scenario.full_name(name).partition(" ")
    return {
        "email": scenario.email(name),
        "first_name": first,
        "last_name": last or first,
        "role": seat.role,
        "type": kind_of(seat.licence),
        "status": seat.status,
        "settings": seat.settings,
    }
