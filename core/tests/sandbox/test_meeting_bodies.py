"""Bodies nobody should send: whatever they hold, Zoom answers."""

import random
from typing import Any

from greenroom.sandbox.catalogue import published

VALUES: list[Any] = [
    *(None, True, False, -1, 0, 1, 2, 3, 8, 10, 60, 61, 10**30, 1.5),
    *(
        "",
        "x",
        "1,2",
        "a;b",
        "é",
        "x" * 3000,
        "../../etc",
        "Europe/Paris",
        "cloud",
        "e2ee",
        "april.lee@northwind.example",
    ),
    *("2027-04-01T10:00:00Z", "2027-03-14T02:30:00", "9999-12-31T23:59:59"),
    *([], [1], [{}], [{"email": 1}], [{"name": "N", "email": "n@mail.example"}], {}, {"enable": True}, {"a": 1}),
]


def _body(draw: random.Random) -> dict[str, Any]:
    operation = published().by_name["POST /users/{userId}/meetings"]

    def some(*path: str) -> dict[str, Any]:
        names = sorted(operation.body_fields(*path))
        return {name: draw.choice(VALUES) for name in draw.sample(names, draw.randint(0, 3))}

    body = {"start_time": "2027-04-01T10:00:00Z", **some()}
    if draw.random() < 0.6:
        body["settings"] = some("settings")
    if draw.random() < 0.4:
        body |= {"type": 8, "recurrence": {"type": draw.choice([1, 2, 3]), **some("recurrence")}}
    return body


async def test_no_body_is_a_failure_of_the_server(zoom) -> None:
    """Any mix of published fields and odd values is taken or refused by name; what was taken can be read."""
    caller, draw = await zoom.connect(), random.Random(5)  # noqa: S311 - repeatable
    paths, statuses = [], set()
    for _ in range(500):
        if paths and draw.random() < 0.3:
            reply = await caller("PATCH", draw.choice(paths), json=_body(draw))
        else:
            reply = await caller("POST", "/users/me/meetings", json=_body(draw))
        statuses.add(reply.status_code)
        if reply.status_code == 201:
            paths.append(f"/meetings/{reply.json()['id']}")
            assert (await caller("GET", paths[-1])).status_code == 200
        elif reply.status_code == 400:
            assert reply.json()["message"]
    assert statuses == {201, 204, 400}
