"""What people's browsers ask for, as far as no product is involved: bad links, bad callbacks, other methods."""

import asyncio
from html.parser import HTMLParser

import httpx
import pytest
from core.tests.service.outside import browser

from greenroom.facade import Greenroom
from greenroom.service import create_app

CALLBACK = "/oauth/callback/admin"


class Seen(HTMLParser):
    """A page as a browser reads it: its elements and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's
        """Note an element."""
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


@pytest.mark.parametrize("token", ["guessed", "x" * 5000, "..%2f..%2fetc", "%00", "%ff", "a%20b"])
async def test_a_link_that_is_none_is_said_to_be_invalid(client: httpx.AsyncClient, token: str) -> None:
    """A link that nobody was given gets a page that says so, whatever it looks like, and no cookie."""
    answer = await client.get(f"/connect/{token}")

    assert answer.status_code in {400, 404}
    assert "set-cookie" not in answer.headers
    seen = Seen(answer.text)
    assert seen.elements.count("h1") == 1
    assert "What to do next" in seen.text or answer.status_code == 404


@pytest.mark.parametrize("path", ["/connect/any", CALLBACK])
@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "OPTIONS"])
async def test_only_get_is_taken(client: httpx.AsyncClient, path: str, method: str) -> None:
    """A link previewer's HEAD and a form's POST are 405: neither can use anything up."""
    answer = await client.request(method, path, params={"state": "s", "code": "c"})

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET"


@pytest.mark.parametrize("header", [{"sec-purpose": "prefetch;prerender"}, {"purpose": "prefetch"}])
async def test_a_prefetch_is_no_visit(client: httpx.AsyncClient, header: dict[str, str]) -> None:
    """A browser that looks ahead is told to come back when a person follows the link."""
    assert (await client.get("/connect/any", headers=header)).status_code == 503


BROUGHT_BACK = [
    {},
    {"state": ""},
    {"state": "unknown", "code": "c"},
    {"state": "unknown", "error": "access_denied"},
    {"state": '{"organization":"org_1"}', "code": "c"},
    {"state": "\x00\ud7ff", "code": "c\r\nx: y"},
    {"state": "s" * 20_000, "code": "c"},
]


@pytest.mark.parametrize("query", BROUGHT_BACK)
async def test_a_callback_nobody_began_is_refused(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    """Without a state we gave out, Zoom is not asked and the page says how to begin."""
    answer = await client.get(CALLBACK, params=query)

    assert answer.status_code == 400
    assert "Start again" in Seen(answer.text).text


async def test_an_unknown_app_is_not_found(client: httpx.AsyncClient) -> None:
    """A callback for an app that is not configured is 404, and uses up no attempt."""
    assert (await client.get("/oauth/callback/nobody", params={"state": "s"})).status_code == 404


async def test_what_zoom_says_is_never_shown(client: httpx.AsyncClient) -> None:
    """``error`` and ``error_description`` come from whoever wrote the address: neither is echoed."""
    query = {"state": "s", "error": "<b>gotcha</b>", "error_description": "<script>gotcha</script>"}

    answer = await client.get(CALLBACK, params=query)

    assert "gotcha" not in answer.text
    assert "script" not in Seen(answer.text).elements


async def test_the_cookie_ends_with_the_callback(client: httpx.AsyncClient) -> None:
    """However a callback ends, the browser forgets its binding."""
    answer = await client.get(CALLBACK, headers={"cookie": "greenroom-connect=abc"})

    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith('greenroom-connect="";')
    assert "max-age=0" in cookie


async def test_over_https_the_cookie_is_the_hosts_own(greenroom: Greenroom) -> None:
    """Over https the cookie has the ``__Host-`` prefix, and with it Secure, no domain and the path ``/``."""
    async with browser(create_app(greenroom, public_url="https://hire.example")) as http:
        cookie = (await http.get(CALLBACK)).headers["set-cookie"].lower()

    name, *attributes = [part.strip() for part in cookie.split(";")]
    assert name == '__host-greenroom=""'
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(attributes)
    assert not any(one.startswith("domain") for one in attributes)


async def test_many_bad_callbacks_at_once_are_all_refused(client: httpx.AsyncClient) -> None:
    """Twenty parallel guesses are twenty refusals, none of them a 500."""
    answers = await asyncio.gather(*(client.get(CALLBACK, params={"state": "same", "code": "c"}) for _ in range(20)))

    assert {answer.status_code for answer in answers} == {400}


async def test_the_page_is_accessible(client: httpx.AsyncClient) -> None:
    """A page has a language, a title, one heading, a main landmark and fits a phone; no script, nothing loaded."""
    page = (await client.get(CALLBACK)).text
    seen = Seen(page)

    assert '<html lang="en">' in page
    assert "width=device-width" in page
    assert {"title", "main", "h1"} <= set(seen.elements)
    assert not {"script", "img", "link", "iframe", "form"} & set(seen.elements)
