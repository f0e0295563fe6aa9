"""Files of recordings: the token goes along with redirects, among the hosts that may see it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from core.tests.zoom.conftest import NOON, TOKEN
from core.tests.zoom.wire import Act, Wire, answer

from greenroom.engine.ports.zoom import (
    Access,
    AccessRejected,
    ForeignHost,
    UnreadableReply,
    ZoomApp,
    ZoomError,
    ZoomNotFound,
    ZoomUnavailable,
)
from greenroom.http import MOST_BYTES, MOST_REDIRECTS
from greenroom.zoom import ZoomClient


class File:
    """Takes what is downloaded."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    async def write(self, piece: bytes) -> None:
        """Keep a piece."""
        self.pieces.append(piece)

    @property
    def content(self) -> bytes:
        """All pieces together."""
        return b"".join(self.pieces)


@pytest.fixture
def file() -> File:
    """A file that is empty yet."""
    return File()


@pytest.fixture
async def elsewhere() -> AsyncIterator[Wire]:
    """A server on an address of this machine that is not among those allowed."""
    server = Wire()
    await server.start("127.0.0.2")
    yield server
    await server.stop()


async def test_a_file_is_streamed_under_the_token(zoom: ZoomClient, access: Access, wire: Wire, file: File) -> None:
    """In pieces, however long it is, as it is; the token is in the header and nowhere else."""
    content = bytes(range(256)) * (MOST_BYTES // 256 + 1)
    wire.then(answer(200, content, {"content-type": "video/mp4"}))
    assert await zoom.download(access, f"{wire.url}/rec/download/a~b?x=1", file.write) == len(content)
    assert file.content == content
    assert len(file.pieces) > 1
    (request,) = wire.received
    assert request.target == "/rec/download/a~b?x=1"
    assert request.headers["authorization"] == f"Bearer {TOKEN}"
    assert request.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_with_the_token(
    zoom: ZoomClient, access: Access, wire: Wire, file: File, status: int
) -> None:
    """Zoom leads downloads to another of its hosts, which wants the token as well."""
    other = wire.url.replace("127.0.0.1", "localhost")
    wire.then(
        answer(status, "", {"location": "/second"}),
        answer(status, "", {"location": f"{other}/third?sig=1"}),
        answer(200, "content"),
    )
    assert await zoom.download(access, f"{wire.url}/first", file.write) == 7
    assert [request.target for request in wire.received] == ["/first", "/second", "/third?sig=1"]
    assert {request.headers["authorization"] for request in wire.received} == {f"Bearer {TOKEN}"}


async def test_a_redirect_elsewhere_is_not_followed(
    zoom: ZoomClient, access: Access, wire: Wire, elsewhere: Wire, file: File
) -> None:
    """Neither with the token nor without it."""
    wire.then(answer(302, "", {"location": f"{elsewhere.url}/stolen"}))
    elsewhere.then(answer(200, "content"))
    with pytest.raises(ForeignHost):
        await zoom.download(access, f"{wire.url}/first", file.write)
    assert (elsewhere.connections, file.content) == (0, b"")


@pytest.mark.parametrize(
    "location", ["http://zoom.us/x", "https://zoom.us.evil.example/", "//evil.example/", "http://["]
)
async def test_a_redirect_to_what_only_looks_like_zoom_is_not_followed(
    zoom: ZoomClient, access: Access, wire: Wire, file: File, location: str
) -> None:
    """Nor one to Zoom without encryption."""
    wire.then(answer(302, "", {"location": location}))
    with pytest.raises(ForeignHost):
        await zoom.download(access, f"{wire.url}/first", file.write)
    assert len(wire.received) == 1


async def test_a_file_elsewhere_is_not_asked_for(zoom: ZoomClient, access: Access, elsewhere: Wire, file: File) -> None:
    """Addresses of files come from replies and webhooks; a token goes only where it may be seen."""
    with pytest.raises(ForeignHost):
        await zoom.download(access, f"{elsewhere.url}/first", file.write)
    assert elsewhere.connections == 0


async def test_a_redirect_without_end_is_left(zoom: ZoomClient, access: Access, wire: Wire, file: File) -> None:
    """Five times at most."""
    wire.then(*[answer(302, "", {"location": "/again"})] * 20)
    with pytest.raises(ZoomUnavailable, match="redirected too often"):
        await zoom.download(access, f"{wire.url}/first", file.write)
    assert len(wire.received) == MOST_REDIRECTS


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(401, {"code": 124, "message": "Invalid access token."}), AccessRejected),
        (answer(404, {"code": 3301, "message": "There is no recording for this meeting."}), ZoomNotFound),
        (answer(200, "<html>Sign in</html>", {"content-type": "text/html; charset=utf-8"}), UnreadableReply),
        (answer(403, "<html>"), UnreadableReply),
        (answer(206, "part"), UnreadableReply),
        (answer(500, ""), ZoomUnavailable),
        (Act.RESET, ZoomUnavailable),
    ],
)
async def test_what_is_no_file_is_not_written(
    zoom: ZoomClient, access: Access, wire: Wire, file: File, given: bytes | Act, kind: type[ZoomError]
) -> None:
    """A refusal, or a page to sign in on, would otherwise be kept as the recording."""
    wire.then(given)
    with pytest.raises(ZoomError) as caught:
        await zoom.download(access, f"{wire.url}/first", file.write)
    assert type(caught.value) is kind
    assert (file.pieces, len(wire.received)) == ([], 1)


async def test_a_file_that_breaks_off_is_not_the_whole(
    zoom: ZoomClient, access: Access, wire: Wire, file: File
) -> None:
    """Whoever wrote it hears that it is not complete; it is not begun again behind their back."""
    wire.then(b"HTTP/1.1 200 X\r\ncontent-length: 500\r\nconnection: close\r\n\r\nhalf")
    with pytest.raises(ZoomUnavailable, match="lost"):
        await zoom.download(access, f"{wire.url}/first", file.write)
    assert (file.content, len(wire.received)) == (b"half", 1)


async def test_what_the_writer_raises_is_passed_on(app: ZoomApp, access: Access, wire: Wire) -> None:
    """A full disk is not Zoom's fault, and the client goes on working."""

    async def full(_: bytes) -> None:
        raise OSError(28, "No space left on device")

    wire.then(answer(200, "content"), answer(200, {"id": "u1", "email": "ana@acme.example"}))
    async with ZoomClient(apps=[app], now=lambda: NOON) as zoom:
        with pytest.raises(OSError, match="No space left"):
            await zoom.download(access, f"{wire.url}/first", full)
        assert (await zoom.me(access, cloud="commercial", with_permissions=False)).id == "u1"
