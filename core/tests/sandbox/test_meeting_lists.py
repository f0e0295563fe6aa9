"""Lists of meetings, and the pages they come in."""

from typing import Any

import pytest

from greenroom.sandbox.live import Guest, join

APRIL, CALVIN = "april.lee@northwind.example", "calvin.ross@northwind.example"
NOW = "2027-03-01T12:00:00Z"


async def _listed(caller: Any, host: str = APRIL, **params: str) -> list[int]:
    reply = await caller("GET", f"/users/{host}/meetings", params=params)
    assert reply.status_code == 200, reply.text
    return [one["id"] for one in reply.json()["meetings"]]


class TestKinds:
    """`type`, with one meeting of yesterday, one of tomorrow, one in eight months, one without time, one instant."""

    @pytest.fixture
    async def made(self, zoom) -> Any:
        """A caller and the meetings' numbers by name."""
        caller = await zoom.connect()
        bodies: dict[str, dict[str, Any]] = {
            "yesterday": {"start_time": "2027-02-28T10:00:00Z"},
            "tomorrow": {"start_time": "2027-03-02T10:00:00Z"},
            "autumn": {"start_time": "2027-11-01T10:00:00Z"},
            "anytime": {"type": 3},
            "instant": {"type": 1},
        }
        return caller, {name: (await caller.meeting(APRIL, **body))["id"] for name, body in bodies.items()}

    @pytest.mark.parametrize(
        ("kind", "names"),
        [
            ("", {"yesterday", "tomorrow", "autumn", "anytime"}),
            ("scheduled", {"yesterday", "tomorrow", "autumn", "anytime"}),
            ("upcoming", {"tomorrow", "anytime"}),
            ("upcoming_meetings", {"tomorrow", "anytime"}),
            ("live", set()),
            ("previous_meetings", set()),
        ],
    )
    async def test_kind(self, made, kind: str, names: set[str]) -> None:
        """Each `type` lists its own, none an instant meeting, and upcoming reaches half a year."""
        caller, numbers = made
        params = {"type": kind} if kind else {}
        assert set(await _listed(caller, **params)) == {numbers[name] for name in names}

    async def test_unknown_kind(self, made) -> None:
        """Another `type` is refused."""
        reply = await made[0]("GET", f"/users/{APRIL}/meetings", params={"type": "pending"})
        assert (reply.status_code, reply.json()["errors"][0]["field"]) == (400, "type")

    @pytest.mark.parametrize(
        ("params", "names"),
        [
            ({"from": "2027-03-02", "to": "2027-03-02"}, {"tomorrow"}),
            ({"to": "2027-02-28"}, {"yesterday"}),
            ({"from": "2027-10-31"}, {"autumn"}),
            ({"from": "2027-03-01", "to": "2027-03-01", "timezone": "Pacific/Honolulu"}, {"anytime"}),
            ({"from": "2027-03-02", "to": "2027-03-02", "timezone": "Pacific/Kiritimati"}, {"anytime"}),
        ],
    )
    async def test_from_and_to(self, made, params: dict[str, str], names: set[str]) -> None:
        """Days are days in `timezone`, UTC without it, first and last included."""
        caller, numbers = made
        assert set(await _listed(caller, **params)) == {numbers[name] for name in names}

    @pytest.mark.parametrize("params", [{"from": "May"}, {"to": "2027-02-30"}, {"timezone": "Mars/Base"}])
    async def test_days_that_are_none(self, made, params: dict[str, str]) -> None:
        """A day or zone that does not exist is refused by name."""
        reply = await made[0]("GET", f"/users/{APRIL}/meetings", params=params)
        assert [error["field"] for error in reply.json()["errors"]] == [*params]


async def test_live_and_previous(zoom) -> None:
    """While it is held a meeting is live and started; afterwards it is a previous one, each time with its UUID."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL, start_time=NOW)
    path = f"/meetings/{made['id']}"
    await _hold(zoom, made["id"])
    assert await _listed(caller, type="live") == [made["id"]]
    assert (await caller("GET", path)).json()["status"] == "started"
    assert (await caller("PUT", f"{path}/status", json={"action": "end"})).status_code == 204
    assert await _listed(caller, type="live") == []
    assert (await caller("GET", path)).json()["status"] == "waiting"
    previous = (await caller("GET", f"/users/{APRIL}/meetings", params={"type": "previous_meetings"})).json()
    assert [one["uuid"] for one in previous["meetings"]] == [made["uuid"]]


async def _hold(zoom: Any, number: int) -> None:
    state = zoom.sandbox.state
    meeting = state.ledger.find(number, state.clock.now())
    host = state.directory.users[meeting.host_id]
    join(state, meeting, Guest(host.display_name, host))


async def test_series_shows_its_next_date(zoom) -> None:
    """A series is one entry, at the next date that is not deleted."""
    caller = await zoom.connect()
    made = await caller.meeting(APRIL, type=8, timezone="UTC", recurrence={"type": 1, "end_times": 4})
    await caller("DELETE", f"/meetings/{made['id']}", params={"occurrence_id": made["occurrences"][1]["occurrence_id"]})
    await zoom.control("/clock", set="2027-03-02T16:00:00Z")
    caller = await zoom.connect()
    (entry,) = (await caller("GET", f"/users/{APRIL}/meetings", params={"type": "upcoming"})).json()["meetings"]
    assert entry["start_time"] == "2027-03-04T15:00:00Z"


async def test_upcoming_of_a_day(zoom) -> None:
    """The next 24 hours, own meetings and those one is invited to, each saying whose it is."""
    caller = await zoom.connect()
    own = await caller.meeting(APRIL, start_time="2027-03-02T10:00:00Z")
    guest = {"meeting_invitees": [{"email": APRIL.upper()}]}
    invited = await caller.meeting(CALVIN, start_time="2027-03-01T13:00:00Z", settings=guest)
    await caller.meeting(CALVIN, start_time="2027-03-01T14:00:00Z")
    await caller.meeting(APRIL, start_time="2027-03-02T12:30:00Z")
    await caller.meeting(APRIL, start_time="2027-03-01T11:00:00Z")
    reply = (await caller("GET", f"/users/{APRIL}/upcoming_meetings")).json()
    assert reply["total_records"] == 2
    assert [(one["id"], one["is_host"]) for one in reply["meetings"]] == [(invited["id"], False), (own["id"], True)]
    assert (reply["meetings"][1]["passcode"], reply["meetings"][1]["join_url"]) == (own["password"], own["join_url"])


async def test_upcoming_of_nobody(zoom) -> None:
    """Here an unknown person is refused with the code of an unknown meeting, as published."""
    reply = await (await zoom.connect())("GET", "/users/nobody@x.example/upcoming_meetings")
    assert (reply.status_code, reply.json()) == (
        404,
        {"code": 3001, "message": "User does not exist: nobody@x.example."},
    )


@pytest.mark.parametrize(("change", "status", "code"), [({"type": 4}, 400, 3161), ({"status": "inactive"}, 200, None)])
async def test_lists_of_people_who_cannot_host(zoom, change: dict[str, Any], status: int, code: int | None) -> None:
    """Without a meetings licence there is no list; a deactivated person's can still be read."""
    caller = await zoom.connect()
    await zoom.control(f"/users/{APRIL}", **change)
    reply = await caller("GET", f"/users/{APRIL}/meetings")
    assert (reply.status_code, reply.json().get("code")) == (status, code)


class TestPages:
    """A list of five in pages of two."""

    INVALID = {"code": 300, "message": "The next page token is invalid or expired."}  # noqa: RUF012 - read only

    @pytest.fixture
    async def caller(self, zoom) -> Any:
        """A caller, after April got five meetings."""
        caller = await zoom.connect()
        self.numbers = [
            (await caller.meeting(APRIL, start_time=f"2027-03-0{day}T10:00:00Z"))["id"] for day in range(2, 7)
        ]
        return caller

    async def _page(self, caller: Any, **params: str) -> Any:
        return await caller("GET", f"/users/{APRIL}/meetings", params={"page_size": "2", **params})

    async def test_following_the_tokens_gives_everything_once(self, caller) -> None:
        """Three pages, the last without a token, hold all five in order."""
        found, token, pages = [], "", 0
        while pages == 0 or token:
            reply = (await self._page(caller, **({"next_page_token": token} if token else {}))).json()
            found += [one["id"] for one in reply["meetings"]]
            token, pages = reply["next_page_token"], pages + 1
            assert (reply["page_count"], reply["total_records"], reply["page_number"]) == (3, 5, pages)
        assert (found, pages) == (self.numbers, 3)

    async def test_page_numbers_still_work(self, caller) -> None:
        """The older `page_number` gives the same pages, and an empty one past the end."""
        pages = [(await self._page(caller, page_number=str(number))).json()["meetings"] for number in (1, 2, 3, 4)]
        assert [one["id"] for page in pages for one in page] == self.numbers

    async def test_token_lives_fifteen_minutes(self, zoom, caller) -> None:
        """A token can be used again until fifteen minutes have passed."""
        zoom.sandbox.state.clock.freeze(frozen=True)
        token = (await self._page(caller)).json()["next_page_token"]
        for seconds, status in ((899, 200), (1, 400)):
            await zoom.control("/clock", advance=seconds)
            reply = await self._page(caller, next_page_token=token)
            assert reply.status_code == status
        assert reply.json() == self.INVALID

    @pytest.mark.parametrize("other", [{"page_size": "3"}, {"type": "upcoming"}, {"from": "2027-03-01"}])
    async def test_token_belongs_to_its_query(self, caller, other: dict[str, str]) -> None:
        """With any other parameter changed the token is refused."""
        token = (await self._page(caller)).json()["next_page_token"]
        reply = await self._page(caller, next_page_token=token, **other)
        assert (reply.status_code, reply.json()) == (400, self.INVALID)

    async def test_token_belongs_to_its_list(self, caller) -> None:
        """A token of one host's list opens no other's, and an invented one opens none."""
        token = (await self._page(caller)).json()["next_page_token"]
        for path, sent in ((CALVIN, token), (APRIL, "invented")):
            params = {"page_size": "2", "next_page_token": sent}
            reply = await caller("GET", f"/users/{path}/meetings", params=params)
            assert (reply.status_code, reply.json()) == (400, self.INVALID)

    @pytest.mark.parametrize("size", ["0", "-1", "301", "x", "1.5"])
    async def test_page_size_out_of_range(self, caller, size: str) -> None:
        """A page has 1 to 300 entries."""
        reply = await self._page(caller, page_size=size)
        assert (reply.status_code, [error["field"] for error in reply.json()["errors"]]) == (400, ["page_size"])

    async def test_thirty_are_the_default(self, caller) -> None:
        """Without a size a page has thirty entries."""
        reply = (await caller("GET", f"/users/{APRIL}/meetings")).json()
        assert (reply["page_size"], reply["next_page_token"]) == (30, "")
