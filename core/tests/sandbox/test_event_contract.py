"""Events against Zoom's published schemas and the table of what counts; and the contract notices what is wrong."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from core.tests.sandbox.test_live import Held

from greenroom.conformance.zoom.contract import MISPRINTED, EventContract, required_events
from greenroom.sandbox.catalogue import event_names, event_schemas
from greenroom.sandbox.pre_approval import ask_approval

CONTRACT = EventContract(event_schemas())

ADAM, APRIL, BASIL = (f"{name}@northwind.example" for name in ("adam.admin", "april.lee", "basil.stone"))
NOT_EMITTED = {"phone.recording_transcript_completed": "the sandbox keeps no transcripts of phone calls"}


async def everything(zoom: Any) -> dict[str, dict[str, Any]]:
    """Let everything happen that is told of; return the first event of each name."""
    await zoom.control("/clock", frozen=True)
    held = Held(zoom, await zoom.connect())
    await meetings(held)
    await people(zoom)
    await products(zoom)
    await zoom.control("/uninstall", app="admin", user=ADAM)
    found: dict[str, dict[str, Any]] = {}
    for event in zoom.sandbox.state.events.happened:
        found.setdefault(event.name, dict(event.body))
    return found


async def meetings(held: Held) -> None:
    """A meeting is changed, held, recorded, summed up, and its recording thrown away."""
    number = await held.meeting(settings={"auto_recording": "cloud", "auto_start_meeting_summary": True})
    await held.caller("PATCH", f"/meetings/{number}", json={"topic": "Moved"})
    await held.join(number, name="Early")
    one = await held.join(number, APRIL)
    await held.act(number, "say", participant=one["participant"], text="Hello.")
    await held.act(number, "end")
    await held.wait(60)
    for _ in range(2):
        await held.zoom.http.delete(f"/_sandbox/meetings/{number}/recording")
    held.caller = await held.zoom.connect()  # the token's hour is over
    await held.caller("DELETE", f"/meetings/{number}")
    waiting = await held.meeting(settings={"waiting_room": True})
    await held.join(waiting, APRIL)
    await held.join(waiting, name="Cleo")


async def people(zoom: Any) -> None:
    """Somebody is invited, changed, deactivated, parted and deleted; an app is asked for."""
    new = {
        "account": "northwind-account",
        "email": "nora.new@northwind.example",
        "first_name": "Nora",
        "last_name": "New",
    }
    await zoom.control("/users", **new)
    await zoom.control("/users/nora.new@northwind.example", status="active")
    for change in ({"type": 2}, {"settings": {"waiting_room": True}}, {"status": "inactive"}, {"status": "active"}):
        await zoom.control(f"/users/{BASIL}", **change)
    await zoom.control(f"/users/{BASIL}/disassociate")
    await zoom.http.delete("/_sandbox/users/peter.panel@northwind.example")
    await zoom.control("/accounts/northwind-account", settings={"join_before_host": True})
    state = zoom.sandbox.state
    ask_approval(state, zoom.app("user"), state.directory.find_user("rita.recruiter@northwind.example"))


async def products(zoom: Any) -> None:
    """A call is made and recorded, and a message is sent."""
    phones = [user for user in zoom.sandbox.state.directory.users.values() if user.phone]
    caller, callee = (user.email for user in phones[:2])
    await zoom.control("/calls", caller=caller, callee=callee, recorded=True)
    await zoom.control("/approvals", app="user", state="approved")
    sender = await zoom.connect(APRIL, "user")
    sent = await sender("POST", "/chat/users/me/messages", json={"message": "Hello.", "to_contact": ADAM})
    assert sent.status_code == 201, sent.text


async def test_every_published_event_is_told_and_keeps_to_the_contract(zoom: Any) -> None:
    """Names, types and enums are published, and what counts is there, for each event there is."""
    found = await everything(zoom)
    assert set(found) | set(NOT_EMITTED) == set(event_names())
    assert {name: problems for name, body in found.items() if (problems := CONTRACT.problems(name, body))} == {}


def test_table_names_every_event() -> None:
    """Each published event has its row, and no row is of another."""
    assert set(required_events()) | set(NOT_EMITTED) == set(event_names())


async def test_contract_notices_what_is_wrong(zoom: Any) -> None:
    """An emptied payload, each field that counts left out, a type changed, a name made up: each is reported."""
    for name, body in (await everything(zoom)).items():
        for what, change in changes(name).items():
            wrong = copy.deepcopy(body)
            change(wrong)
            assert CONTRACT.problems(name, wrong), f"{name}: {what} is not noticed"


def changes(name: str) -> dict[str, Callable[[dict[str, Any]], None]]:
    """Return every way an event is spoilt."""
    required = CONTRACT.required(name).fields
    dropped = {f"without {path}": dropping(path) for path in required}
    named = {} if name in MISPRINTED else {"made up": made_up}
    return {"emptied": emptied, "another type": retyped, **named, **dropped}


def emptied(body: dict[str, Any]) -> None:
    """Leave the payload empty."""
    body["payload"] = {}


def retyped(body: dict[str, Any]) -> None:
    """Send the event's name as a number."""
    body["event"] = 7


def made_up(body: dict[str, Any]) -> None:
    """Add a name nobody published."""
    body["payload"]["colour"] = "blue"


def dropping(path: str) -> Callable[[dict[str, Any]], None]:
    """Return what leaves one field out, of the first entry where it is a list's."""

    def drop(body: dict[str, Any]) -> None:
        here: Any = body
        *holders, last = path.split(".")
        for part in holders:
            here = here[part.removesuffix("[]")]
            here = here[0] if part.endswith("[]") else here
        del here[last]

    return drop


@pytest.mark.parametrize("name", sorted(NOT_EMITTED))
def test_what_is_not_told_is_published_all_the_same(name: str) -> None:
    """The exceptions are events Zoom has."""
    assert name in event_schemas()
