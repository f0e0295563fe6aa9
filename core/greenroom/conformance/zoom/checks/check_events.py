"""Events on their way to an app: signed, validated first, tried again, and told to whom they concern."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from greenroom.conformance.checks import proves
from greenroom.conformance.zoom.receiver import Receiver, receiver
from greenroom.conformance.zoom.subject import SimulatedZoom

APRIL = "april@acme.example"
THREE_DAYS = 72 * 3600


@asynccontextmanager
async def _subscribed(zoom: SimulatedZoom, app: str = "admin", *events: str) -> AsyncIterator[Receiver]:
    """Open a receiver that is subscribed to all events of ``app``, or to those named."""
    async with receiver(zoom.apps[app].webhook_secret) as opened:
        await zoom.control("POST", "/subscriptions", app=app, url=opened.url, events=list(events) or ["*"])
        yield opened


async def _happen(zoom: SimulatedZoom, host: str = APRIL) -> None:
    """Let something happen that concerns ``host``, and have it told."""
    await (await zoom.caller()).meeting(host)
    await zoom.control("POST", "/deliveries")


@proves("ZOOM-161", "ZOOM-162", "ZOOM-171")
async def check_signature(zoom: SimulatedZoom) -> None:
    """The signature covers the stamp in seconds and the very bytes sent, which are compact UTF-8."""
    await zoom.caller()
    async with _subscribed(zoom) as receiving:
        await (await zoom.caller()).meeting(topic="Gespräch / Zoë")
        await zoom.control("POST", "/deliveries")
        (told,) = [one for one in receiving.events if one.event == "meeting.created"]
    assert told.signed_under(zoom.apps["admin"].webhook_secret)
    assert len(told.headers["x-zm-request-timestamp"]) == 10
    assert len(str(told.body["event_ts"])) == 13
    assert told.raw == json.dumps(told.body, separators=(",", ":"), ensure_ascii=False).encode()
    assert "Gespräch / Zoë".encode() in told.raw


@proves("ZOOM-163")
async def check_url_is_validated_first(zoom: SimulatedZoom) -> None:
    """Before any event a URL proves that it knows the secret, asked in a signed request."""
    await zoom.caller()
    async with _subscribed(zoom) as receiving:
        assert [one.event for one in receiving.requests] == ["endpoint.url_validation"]
        (asked,) = receiving.validations
        assert asked.signed_under(zoom.apps["admin"].webhook_secret)
        assert set(asked.body) == {"event", "event_ts", "payload"}
        await _happen(zoom)
        assert receiving.events


@proves("ZOOM-164")
async def check_unvalidated_url_is_told_nothing(zoom: SimulatedZoom) -> None:
    """A URL that proves the knowledge of another secret is told nothing."""
    await zoom.caller()
    async with receiver("another secret") as receiving:
        await zoom.control("POST", "/subscriptions", app="admin", url=receiving.url)
        await _happen(zoom)
        assert receiving.validations
        assert receiving.events == []


@proves("ZOOM-165")
async def check_validation_every_three_days(zoom: SimulatedZoom) -> None:
    """A URL is asked again every 72 hours; the sixth failure in a row ends it, five do not."""
    await zoom.caller()
    async with _subscribed(zoom) as receiving:
        right, receiving.secret = receiving.secret, "another secret"
        for failures in range(1, 7):
            await zoom.pass_time(THREE_DAYS)
            assert len(receiving.validations) == 1 + failures
        receiving.secret = right
        await _happen(zoom)
        assert receiving.events == []


@proves("ZOOM-166")
async def check_retries(zoom: SimulatedZoom) -> None:
    """A server error is tried again after 5, 20 and 60 minutes, and then no more."""
    await zoom.caller()
    async with _subscribed(zoom, "admin", "meeting.created") as receiving:
        receiving.statuses = [500] * 9
        await _happen(zoom)
        counts = []
        for minutes in (4, 1, 19, 1, 59, 1, 600):
            await zoom.pass_time(minutes * 60)
            counts.append(len(receiving.events))
    assert counts == [1, 2, 2, 3, 3, 4, 4]


@proves("ZOOM-167")
async def check_client_errors_are_final(zoom: SimulatedZoom) -> None:
    """A redirect and a client error end an event."""
    await zoom.caller()
    for status in (302, 404):
        async with _subscribed(zoom, "admin", "meeting.created") as receiving:
            receiving.statuses = [status]
            await _happen(zoom)
            await zoom.pass_time(7200)
            assert len(receiving.events) == 1


@proves("ZOOM-168")
async def check_events_twice_and_late(zoom: SimulatedZoom) -> None:
    """On demand an event comes twice, the same both times."""
    await zoom.caller()
    await zoom.control("POST", "/faults", operation="event meeting.created", kind="duplicate")
    async with _subscribed(zoom, "admin", "meeting.created") as receiving:
        await _happen(zoom)
        assert len(receiving.events) == 2
        assert receiving.events[0].raw == receiving.events[1].raw


@proves("ZOOM-169")
async def check_user_app_hears_of_its_users(zoom: SimulatedZoom) -> None:
    """A user-managed app is told of who added it and of nobody else."""
    await zoom.caller(APRIL, "user")
    async with _subscribed(zoom, "user", "meeting.created") as receiving:
        await _happen(zoom, "ben@acme.example")
        assert receiving.events == []
        await _happen(zoom, APRIL)
        assert [one.body["payload"]["object"]["host_id"] for one in receiving.events] == [zoom.users[APRIL]["id"]]


@proves("ZOOM-170")
async def check_envelope(zoom: SimulatedZoom) -> None:
    """An event names itself and its instant, and its payload the account."""
    await (await zoom.caller()).meeting()
    (event,) = [one for one in (await zoom.control("GET", "/events"))["events"] if one["event"] == "meeting.created"]
    body = event["body"]
    assert set(body) == {"event", "event_ts", "payload"}
    assert body["event"] == "meeting.created"
    assert isinstance(body["event_ts"], int)
    assert body["payload"]["account_id"] == "acme"


@proves("ZOOM-062")
async def check_subscription_needs_its_scope(zoom: SimulatedZoom) -> None:
    """An app without the scope behind an event cannot subscribe to it."""
    for app, allowed in (("narrow", False), ("admin", True)):
        body = {"app": app, "url": "http://127.0.0.1:9/events", "events": ["meeting.participant_joined"]}
        answer = await zoom.request("POST", "/_sandbox/subscriptions", json=body)
        assert (answer.status == 200) is allowed
        assert allowed or "The event is not allowed for the app" in answer.text
