"""Lists in pages: `page_size`, `next_page_token` and the older `page_number`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from greenroom.sandbox.calls import Call
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.state import PAGE_TOKEN_LIFE, PageToken

T = TypeVar("T")

_DEFAULT_SIZE = 30


@dataclass(frozen=True)
class _Window:
    start: int
    size: int


def page(
    call: Call,
    name: str,
    items: Sequence[T],
    draw: Callable[[T], dict[str, object]],
    *,
    highest: int = 300,
    numbered: bool = True,
) -> dict[str, object]:
    """Return one page of `items` in Zoom's envelope, each drawn only if it is on the page.

    Raises:
        ZoomError: 300 for a page size out of range, or a token unknown, expired or of another list.
    """
    listing = _listing(call)
    window = _window(call, listing, highest)
    end = window.start + window.size
    envelope: dict[str, object] = {
        "next_page_token": _token(call, listing, end) if end < len(items) else "",
        "page_size": window.size,
        name: [draw(item) for item in items[window.start : end]],
    }
    if numbered:
        envelope["page_count"] = -(-len(items) // window.size)
        envelope["page_number"] = window.start // window.size + 1
        envelope["total_records"] = len(items)
    return envelope


def _listing(call: Call) -> str:
    """Identify a list: its operation, its path and every parameter that must stay the same."""
    fixed = {name: value for name, value in call.query.items() if name not in ("next_page_token", "page_number")}
    return f"{call.app.client_id} {call.operation.name} {sorted(call.path.items())} {sorted(fixed.items())}"


def _window(call: Call, listing: str, highest: int) -> _Window:
    size = _number(call, "page_size", _DEFAULT_SIZE)
    if size > highest:
        raise ValidationError({"page_size": f"The page size must be between 1 and {highest}."})
    token = call.query.get("next_page_token")
    if not token:
        return _Window((_number(call, "page_number", 1) - 1) * size, size)
    known = call.state.page_tokens.get(token)
    if known is None or known.listing != listing or call.state.clock.now() >= known.expires_at:
        raise ZoomError(400, 300, "The next page token is invalid or expired.")
    return _Window(known.offset, size)


def _number(call: Call, name: str, default: int) -> int:
    text = call.query.get(name) or str(default)
    if not (text.isascii() and text.isdecimal()) or int(text) < 1:
        raise ValidationError({name: "Invalid field."})
    return int(text)


def _token(call: Call, listing: str, offset: int) -> str:
    now = call.state.clock.now()
    tokens = call.state.page_tokens
    for stale in [value for value, known in tokens.items() if known.expires_at <= now]:
        del tokens[stale]
    value = call.state.ids.text(32)
    tokens[value] = PageToken(listing, offset, now + PAGE_TOKEN_LIFE)
    return value
