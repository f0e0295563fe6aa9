"""What the Zoom client adds to bare httpx: the same read from the same local server, in turns, in one run.

The server answers from a string, so that the clients are what is measured. Printed are the times of one read and
their ratio, which is what can be compared between machines.
"""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

import httpx
from pydantic import SecretStr

from greenroom.engine.ports.zoom import Access, ZoomApp
from greenroom.zoom import ZoomClient

READS = 200
ROUNDS = 15

BODY = (
    b'{"id":85746065123,"uuid":"a==","host_id":"u1","join_url":"https://zoom.us/j/85746065123","topic":"Ana Lee",'
    b'"start_time":"2027-03-01T12:00:00Z","duration":45,"settings":{"waiting_room":true,"use_pmi":false}}'
)
ANSWER = (
    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-ratelimit-category: Light\r\n"
    b"x-zm-trackingid: WEB_a1\r\ncontent-length: %d\r\n\r\n" % len(BODY) + BODY
)

Read = Callable[[], Awaitable[object]]


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer every request on a connection alike."""
    try:
        while True:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(ANSWER)
    except asyncio.IncompleteReadError:
        writer.close()


async def microseconds(read: Read) -> float:
    """Return how long one read takes, over a round of them, in microseconds."""
    started = time.perf_counter()
    for _ in range(READS):
        await read()
    return (time.perf_counter() - started) / READS * 1_000_000


async def compare(bare: Read, ours: Read) -> tuple[list[float], list[float]]:
    """Return the rounds of both, taken in turn after one to warm up."""
    rounds = [(await microseconds(bare), await microseconds(ours)) for _ in range(1 + ROUNDS)]
    return [first for first, _ in rounds[1:]], [second for _, second in rounds[1:]]


async def measure(url: str) -> tuple[list[float], list[float]]:
    """Return the rounds of bare httpx and of the client against the server at ``url``."""
    app = ZoomApp(
        name="acme", kind="admin", client_id="c", client_secret=SecretStr("s"), redirect_uri=f"{url}/back", host=url
    )
    access = Access(api_url=url, token=SecretStr("t"), account="a1")
    headers = {"authorization": "Bearer t"}
    async with httpx.AsyncClient(trust_env=False) as bare, ZoomClient(apps=[app]) as ours:

        async def with_httpx() -> object:
            return (await bare.get(f"{url}/v2/meetings/85746065123", headers=headers)).json()

        async def with_client() -> object:
            return await ours.get_meeting(access, "85746065123")

        return await compare(with_httpx, with_client)


async def run() -> None:
    """Print both, and the ratio."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    bare, ours = await measure(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    await asyncio.sleep(0.05)  # the server notices that both have hung up
    server.close()
    for name, times in (("bare httpx", bare), ("ZoomClient", ours)):
        print(f"{name:12} min {min(times):6.0f} µs   median {statistics.median(times):6.0f} µs a read")
    ratios = [second / first for first, second in zip(bare, ours, strict=True)]
    print(f"{'ratio':12} min {min(ratios):6.2f}      median {statistics.median(ratios):6.2f}")


def main() -> None:
    """Run the comparison."""
    asyncio.run(run())


if __name__ == "__main__":
    main()
