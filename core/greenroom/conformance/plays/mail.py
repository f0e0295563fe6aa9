"""Read a letter as a mail program and a browser would: whom it goes to, and what its page is made of."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.policy import default
from html.parser import HTMLParser

_ADDRESSED = ("From", "To", "Cc", "Bcc", "Reply-To", "Sender")
_WRITTEN = frozenset(
    {"from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"}
    | {"content-transfer-encoding", "x-greenroom-letter"}
)
_HARMFUL = frozenset({"script", "img", "iframe", "object", "embed", "svg", "form", "base", "link"})


def addresses(eml: bytes) -> frozenset[str]:
    """Return every address in the headers of a message, in lower case. Raises ``AssertionError`` for a header that
    cannot be read."""
    message = message_from_bytes(eml, policy=default)
    try:
        found: list[tuple[Address, ...]] = [
            getattr(value, "addresses", ()) for header in _ADDRESSED for value in message.get_all(header, ())
        ]
    except (AttributeError, IndexError, HeaderParseError):  # what the standard library makes of headers that are none
        broken = "a header holds what is no address"
        raise AssertionError(broken) from None
    return frozenset(one.addr_spec.casefold() for several in found for one in several)


def unexpected_headers(eml: bytes) -> frozenset[str]:
    """Return the headers of a message that no letter has, in lower case."""
    return frozenset(name.casefold() for name in message_from_bytes(eml, policy=default)) - _WRITTEN


def harmful_markup(page: str) -> tuple[str, ...]:
    """Return what a page holds that runs or fetches something: elements, handlers, addresses that are code."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return tuple(reader.found)


class _Reader(HTMLParser):
    """Collects what is harmful in a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that does something, and attributes that do."""
        self.found += [f"<{tag}>"] if tag in _HARMFUL else []
        self.found += list(_active(attrs))


def _active(attributes: list[tuple[str, str | None]]) -> Iterator[str]:
    for name, value in attributes:
        if name.startswith("on"):
            yield name
        elif name in {"href", "src"} and (value or "").strip().casefold().startswith(("javascript:", "data:")):
            yield f"{name}={value}"
