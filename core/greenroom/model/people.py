"""Who takes part: the organization, its members, the people of an interview."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, StringConstraints

from greenroom.model.value import Value
from greenroom.model.zoom import ZoomAccount, ZoomUser


def normalize_email(text: str) -> str:
    """Return ``text`` trimmed and case-folded: e-mail addresses are compared without regard to case."""
    return text.strip().casefold()


Email = Annotated[
    str,
    StringConstraints(min_length=3, max_length=320, pattern=r"^[^@\s,;<>\"\x00-\x1f\x7f]+@[^@\s,;<>\"\x00-\x1f\x7f]+$"),
    AfterValidator(normalize_email),
]
"""An address as compared: one ``@``, no blanks, lower case. Lists and display names are refused."""

CalendarKind = Literal["none", "google", "microsoft365", "exchange_on_premise", "zoom", "local"]
"""The calendar system an organization's product is synced with."""


class Member(Value):
    """A user of the organization's recruiting product; ``roles`` and ``permissions`` are that product's names."""

    id: str
    email: Email
    name: str = ""
    active: bool = True
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()


class Organization(Value):
    """The customer of the recruiting product.

    ``package`` is the product's plan it bought, ``zoom_account`` what is known of its Zoom account
    (stated by somebody or observed at Zoom; ``None`` = nothing known yet).
    """

    id: str
    package: str | None = None
    calendar: CalendarKind = "none"
    zoom_account: ZoomAccount | None = None


class Person(Value):
    """Somebody of an interview. ``zoom`` is their Zoom user; ``None`` = looked up, and there is none.

    Where nobody looked, the fact is withheld and reading it raises `UndeclaredFact`.
    """

    email: Email
    name: str = ""
    zoom: ZoomUser | None = None


class Candidate(Person):
    """The person being interviewed; ``time_zone`` is the IANA zone they read times in.

    ``phone``: their number with its country code, by which calls with them are known.
    """

    time_zone: str | None = None
    phone: str | None = None
