"""Chat messages."""

from __future__ import annotations

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.subject import SimulatedZoom

MESSAGES = "/chat/users/april@acme.example/messages"


@proves("ZOOM-218")
async def check_whom_the_messages_are_with(zoom: SimulatedZoom) -> None:
    """A channel is read when it is named."""
    caller = await zoom.caller()
    assert (await caller.get(MESSAGES)).status == 400
    assert (await caller.get(MESSAGES, to_channel="hiring")).status == 200


@proves("ZOOM-219")
async def check_message_is_sent_and_read(zoom: SimulatedZoom) -> None:
    """A message goes to channel and contact, and stands there; one too long goes nowhere."""
    caller = await zoom.caller()
    for to in ({"to_channel": "hiring"}, {"to_contact": "ben@acme.example"}):
        sent = await caller.call("POST", MESSAGES, {"message": "m" * 1024, **to})
        assert sent.status == 201
        (read,) = (await caller.get(MESSAGES, **to)).body["messages"]
        assert (read["id"], read["sender"]) == (sent.body["id"], "april@acme.example")
        assert (await caller.call("POST", MESSAGES, {"message": "m" * 1025, **to})).status == 400


@proves("ZOOM-220")
async def check_old_messages_are_not_provided(zoom: SimulatedZoom) -> None:
    """Last month's messages are, last summer's are not."""
    caller = await zoom.caller()
    assert (await caller.get(MESSAGES, to_channel="hiring", date="2027-02-01")).status == 200
    refused = await caller.get(MESSAGES, to_channel="hiring", date="2026-07-01")
    assert refused.refusal == (400, 300, "Only provide past chat messages in recent 6 months.")


@proves("ZOOM-221")
async def check_unknown_channel(zoom: SimulatedZoom) -> None:
    """Nothing is said in a channel that is not there."""
    answer = await (await zoom.caller()).call("POST", MESSAGES, {"message": "Hello", "to_channel": "nothing"})
    assert answer.refusal[1] == 4130
