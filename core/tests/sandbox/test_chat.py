"""Chat: messages sent and read, whom they reach, and how fast."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from greenroom.sandbox import World, parse_world
from greenroom.sandbox.catalogue import event_schemas, published

WORLD = """
accounts:
  - id: acme
    name: Acme
    plan: business
    roles:
      - {name: Listener, privileges: ["ChatMessage:Read"]}
    channels:
      - {id: hiring, name: Hiring, members: [olga@acme.example, emil@acme.example]}
      - {id: board, name: Board, members: [olga@acme.example]}
    users:
      - {email: olga@acme.example, first_name: Olga, last_name: One, role: owner, type: 2,
         contacts: [guest@outside.example, fay@free.example]}
      - {email: emil@acme.example, first_name: Emil, last_name: Two, type: 2}
      - {email: lisa@acme.example, first_name: Lisa, last_name: Three, role: Listener, type: 2}
      - {email: mute@acme.example, first_name: Mute, last_name: Four, type: 2, chat: false}
      - {email: ina@acme.example, first_name: Ina, last_name: Five, status: inactive}
  - id: free
    name: Free
    plan: basic
    users:
      - {email: fay@free.example, first_name: Fay, last_name: One, role: owner, type: 1}
apps:
  - name: admin
    kind: admin
    scopes: ["team_chat:read:list_user_messages:admin", "team_chat:write:user_message:admin"]
  - name: reader
    kind: admin
    scopes: ["team_chat:read:list_user_messages:admin"]
  - name: user
    kind: user
    scopes: ["team_chat:read:list_user_messages", "team_chat:write:user_message"]
"""

OLGA, EMIL = "olga@acme.example", "emil@acme.example"
MINE = "/chat/users/me/messages"
READ = "GET /chat/users/{userId}/messages"


@pytest.fixture
def world() -> World:
    """Two colleagues share a channel; the others are muted, shut out, or outside."""
    return parse_world(WORLD)


async def say(caller: Any, text: str = "Hello", **more: Any) -> str:
    """Send a message and return its id."""
    reply = await caller("POST", MINE, json={"message": text, **more})
    assert reply.status_code == 201, reply.text
    made: str = reply.json()["id"]
    return made


def told(zoom: Any) -> list[dict[str, Any]]:
    """Return the object of each `chat_message.sent`, checked against its published schema."""
    bodies = [one.body for one in zoom.sandbox.state.events.happened if one.name == "chat_message.sent"]
    schema = event_schemas()["chat_message.sent"]
    assert [error.message for body in bodies for error in Draft7Validator(schema).iter_errors(body)] == []
    return [body["payload"]["object"] for body in bodies]


class TestSending:
    """`POST /chat/users/{userId}/messages`."""

    async def test_both_sides_read_it(self, zoom) -> None:
        """A message to a colleague stands in the conversation of both, with published names only."""
        olga, emil = await zoom.connect(OLGA, "user"), await zoom.connect(EMIL, "user")
        made = await say(olga, to_contact=EMIL)
        mine = (await olga("GET", MINE, params={"to_contact": EMIL})).json()
        theirs = (await emil("GET", MINE, params={"to_contact": OLGA})).json()
        assert mine["messages"] == theirs["messages"]
        (message,) = mine["messages"]
        assert (message["id"], message["message"], message["sender"]) == (made, "Hello", OLGA)
        assert (message["sender_display_name"], message["status"]) == ("Olga One", "Normal")
        schema = published().by_name[READ].reply_schema(200)
        assert set(mine) <= set(schema["properties"])
        assert set(message) <= set(schema["properties"]["messages"]["items"]["properties"])
        assert [error.message for error in Draft7Validator(schema).iter_errors(mine)] == []

    @pytest.mark.parametrize(
        ("target", "expected"),
        [
            ({"to_contact": EMIL}, {"contact_email": EMIL, "channel_id": "", "type": "to_contact"}),
            ({"to_channel": "hiring"}, {"contact_email": "", "channel_name": "Hiring", "type": "to_channel"}),
            ({"to_contact": "Guest@outside.example"}, {"contact_email": "guest@outside.example", "contact_id": ""}),
            ({"to_contact": "fay@free.example"}, {"contact_email": "fay@free.example"}),
        ],
    )
    async def test_event(self, zoom, target: dict[str, str], expected: dict[str, str]) -> None:
        """`chat_message.sent` names the contact or the channel; the other part is empty."""
        await say(await zoom.connect(OLGA, "user"), **target)
        (message,) = told(zoom)
        assert {name: message[name] for name in expected} == expected

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ({"message": "x"}, 400, 300),
            ({"message": "x", "to_contact": EMIL, "to_channel": "hiring"}, 400, 300),
            ({"to_contact": EMIL}, 400, 300),
            ({"message": "x" * 1025, "to_contact": EMIL}, 400, 300),
            ({"message": "x", "to_contact": "stranger@outside.example"}, 404, 1001),
            ({"message": "x", "to_channel": "none"}, 404, 4130),
            ({"message": "x", "to_contact": "ina@acme.example"}, 400, 5301),
            ({"message": "x", "to_contact": EMIL, "reply_main_message_id": "none"}, 400, 5402),
            ({"message": "x", "to_contact": EMIL, "file_ids": ["f1"]}, 400, 5403),
            ({"message": "x", "to_contact": EMIL, "interactive_cards": [{"card_json": "{"}]}, 400, 5405),
            ({"message": "x", "to_contact": EMIL, "scheduled_time": "2027-03-01T12:10:00Z"}, 400, 300),
            ({"message": "x", "to_contact": EMIL, "scheduled_time": "2027-09-30T12:00:00Z"}, 400, 300),
            ({"message": "x", "to_contact": EMIL, "scheduled_time": "soon"}, 400, 300),
        ],
    )
    async def test_refusals(self, zoom, body: dict[str, Any], status: int, code: int) -> None:
        """Each message that cannot be sent has its own refusal, and is told to nobody."""
        reply = await (await zoom.connect(OLGA, "user"))("POST", MINE, json=body)
        assert (reply.status_code, reply.json()["code"], told(zoom)) == (status, code, [])

    async def test_longest_message(self, zoom) -> None:
        """1,024 characters are a message."""
        await say(await zoom.connect(OLGA, "user"), "x" * 1024, to_contact=EMIL)

    async def test_channels_of_others(self, zoom) -> None:
        """A channel one is no member of does not exist."""
        reply = await (await zoom.connect(EMIL, "user"))("POST", MINE, json={"message": "x", "to_channel": "board"})
        message = "Channel does not exist: board."
        assert (reply.status_code, reply.json()) == (404, {"code": 4130, "message": message})

    async def test_people_who_may_not_chat(self, zoom) -> None:
        """Somebody without chat sends nothing."""
        reply = await (await zoom.connect("mute@acme.example", "user"))(
            "POST", MINE, json={"message": "x", "to_contact": EMIL}
        )
        assert reply.json() == {"code": 5418, "message": "The user can not chat with others."}

    async def test_replies(self, zoom) -> None:
        """A reply names its main message; a reply to a reply is refused."""
        caller = await zoom.connect(OLGA, "user")
        main = await say(caller, to_channel="hiring")
        reply = await say(caller, "Yes", to_channel="hiring", reply_main_message_id=main)
        latest = (await caller("GET", MINE, params={"to_channel": "hiring"})).json()["messages"]
        assert [one.get("reply_main_message_id") for one in latest] == [main, None]
        without = {"to_channel": "hiring", "exclude_child_message": "true"}
        assert [one["id"] for one in (await caller("GET", MINE, params=without)).json()["messages"]] == [main]
        body = {"message": "No", "to_channel": "hiring", "reply_main_message_id": reply}
        assert (await caller("POST", MINE, json=body)).json()["code"] == 5402

    async def test_scheduled(self, zoom) -> None:
        """A scheduled message is sent when its time comes, and not before."""
        caller = await zoom.connect(OLGA, "user")
        await say(caller, to_contact=EMIL, scheduled_time="2027-03-01T12:45:00Z")
        assert told(zoom) == []
        await zoom.control("/clock", advance=46 * 60)
        assert [one["date_time"] for one in told(zoom)] == ["2027-03-01T12:45:00Z"]

    @pytest.mark.parametrize(("most", "pause"), [(10, 0.0), (30, 0.2), (60, 1.0)])
    async def test_bursts(self, zoom, most: int, pause: float) -> None:
        """A channel takes so many messages a second, in ten, in a hundred; people take as many as they get."""
        await zoom.control("/clock", frozen=True)
        caller = await zoom.connect(OLGA, "user")
        for _ in range(most):
            await say(caller, to_channel="hiring")
            await zoom.control("/clock", advance=pause)
        refused = await caller("POST", MINE, json={"message": "x", "to_channel": "hiring"})
        assert (refused.status_code, refused.json()["code"]) == (429, 429)
        await say(caller, to_channel="board")
        await say(caller, to_contact=EMIL)
        await zoom.control("/clock", advance=101)
        await say(caller, to_channel="hiring")


class TestReading:
    """`GET /chat/users/{userId}/messages`."""

    async def test_days_and_times(self, zoom) -> None:
        """Today's messages unless a day or two times are given; the reply tells which."""
        caller = await zoom.connect(OLGA, "user")
        await say(caller, "first", to_contact=EMIL)
        await zoom.control("/clock", advance=86_400)
        caller = await zoom.connect(OLGA, "user")
        await say(caller, "second", to_contact=EMIL)

        async def read(**params: str) -> tuple[list[str], dict[str, Any]]:
            body = (await caller("GET", MINE, params={"to_contact": EMIL, **params})).json()
            return [one["message"] for one in body.pop("messages")], body

        assert (await read())[0] == ["second"]
        texts, body = await read(date="2027-03-01")
        assert (texts, body["date"]) == (["first"], "2027-03-01")
        texts, body = await read(**{"from": "2027-03-01T00:00:00Z", "to": "2027-03-03T00:00:00Z"})
        assert (texts, body["from"], body["to"]) == (
            ["second", "first"],
            "2027-03-01T00:00:00Z",
            "2027-03-03T00:00:00Z",
        )

    async def test_pages_of_ten(self, zoom) -> None:
        """Ten messages make a page unless more are asked for, fifty at most."""
        caller = await zoom.connect(OLGA, "user")
        for number in range(12):
            await say(caller, f"{number}", to_contact=EMIL)
        params = {"to_contact": EMIL}
        first = (await caller("GET", MINE, params=params)).json()
        params["next_page_token"] = first["next_page_token"]
        second = (await caller("GET", MINE, params=params)).json()
        assert (first["page_size"], len(first["messages"])) == (10, 10)
        assert [one["message"] for one in second["messages"]] == ["1", "0"]
        assert (await caller("GET", MINE, params={"to_contact": EMIL, "page_size": "50"})).json()[
            "next_page_token"
        ] == ""

    async def test_search(self, zoom) -> None:
        """A search needs no conversation, and finds what one took part in."""
        olga, emil = await zoom.connect(OLGA, "user"), await zoom.connect(EMIL, "user")
        await say(olga, "The offer", to_contact=EMIL)
        await say(olga, "The OFFER again", to_channel="hiring")
        await say(olga, "An offer for the board", to_channel="board")
        await say(olga, "An offer outside", to_contact="guest@outside.example")
        search = {"search_key": "offer", "search_type": "message"}
        found = [(await one("GET", MINE, params=search)).json()["messages"] for one in (olga, emil)]
        assert [len(messages) for messages in found] == [4, 2]
        files = {**search, "search_type": "file"}
        assert (await olga("GET", MINE, params=files)).json()["messages"] == []

    @pytest.mark.parametrize(
        ("params", "status", "code"),
        [
            ({}, 400, 300),
            ({"search_key": "offer"}, 400, 300),
            ({"to_contact": EMIL, "date": "2026-08-01"}, 400, 300),
            ({"to_contact": EMIL, "date": "today"}, 400, 300),
            ({"to_contact": EMIL, "from": "2026-08-01T00:00:00Z", "to": "2027-03-01T00:00:00Z"}, 400, 300),
            ({"to_contact": EMIL, "from": "2027-03-01T00:00:00Z", "to": "2027-02-01T00:00:00Z"}, 400, 300),
            ({"to_contact": EMIL, "page_size": "51"}, 400, 300),
            ({"to_contact": EMIL, "next_page_token": "garbage"}, 400, 300),
            ({"to_contact": EMIL, "search_key": "x", "search_type": "mood"}, 400, 300),
            ({"to_contact": "stranger@outside.example"}, 404, 1001),
            ({"to_channel": "none"}, 404, 4130),
        ],
    )
    async def test_refusals(self, zoom, params: dict[str, str], status: int, code: int) -> None:
        """A conversation that is there, within six months, in pages of at most fifty."""
        reply = await (await zoom.connect(OLGA, "user"))("GET", MINE, params=params)
        assert (reply.status_code, reply.json()["code"]) == (status, code)

    async def test_texts_of_refusals(self, zoom) -> None:
        """Two refusals of one code are told apart by their texts."""
        caller = await zoom.connect(OLGA, "user")
        asked = ({}, {"to_contact": EMIL, "date": "2026-08-01"})
        texts = [(await caller("GET", MINE, params=params)).json()["message"] for params in asked]
        assert texts == [
            "Must provide either contact or channel parameter.",
            "Only provide past chat messages in recent 6 months.",
        ]

    async def test_reach(self, zoom) -> None:
        """Others' messages need the right to read them, and an admin-managed app."""
        await say(await zoom.connect(OLGA, "user"), to_contact=EMIL)
        path, params = f"/chat/users/{OLGA}/messages", {"to_contact": EMIL}
        assert (await (await zoom.connect(EMIL, "user"))("GET", path, params=params)).status_code == 403
        lisa = await zoom.connect("lisa@acme.example", "reader")
        assert len((await lisa("GET", path, params=params)).json()["messages"]) == 1
        await zoom.control("/users/lisa@acme.example", role="member")
        reply = await lisa("GET", path, params=params)
        message = "Unauthorized request. You do not have permission to access this user's chat messages."
        assert (reply.status_code, reply.json()) == (400, {"code": 200, "message": message})

    async def test_sending_for_others(self, zoom) -> None:
        """An admin-managed app sends in others' names while its admin may."""
        admin = await zoom.connect(OLGA)
        path, body = f"/chat/users/{EMIL}/messages", {"message": "x", "to_contact": OLGA}
        assert (await admin("POST", path, json=body)).status_code == 201
        await zoom.control(f"/users/{OLGA}", role="member")
        assert (await admin("POST", path, json=body)).json() == {"code": 200, "message": "No permission."}
