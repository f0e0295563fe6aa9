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
"""The calendar system an organization's product is synced with; ``zoom`` is Zoom's own, ``local`` one on people's own
computers."""


class Member(Value):
    """A user of the organization's recruiting product; ``roles`` and ``permissions`` are that product's names."""

    id: str
    """Stable within the organization; it says nothing of the person."""
    email: Email
    """The address they sign in with."""
    name: str = ""
    """As it is shown; may be empty."""
    active: bool = True
    """Whether they may still act: somebody who left keeps their row."""
    roles: frozenset[str] = frozenset()
    """The product's role names, as in ``roles.known`` of the manifest."""
    permissions: frozenset[str] = frozenset()
    """The product's names of single permissions, where it has such."""


class Organization(Value):
    """The customer of the recruiting product."""

    id: str
    """Stable; also the ``owner`` of a connection at organization level."""
    package: str | None = None
    """The plan of the recruiting product that it bought, in the product's words."""
    calendar: CalendarKind = "none"
    """The calendar system it is synced with."""
    zoom_account: ZoomAccount | None = None
    """What is known of its Zoom account, stated by somebody or observed at Zoom; ``None`` = nothing known yet."""


class Person(Value):
    """Somebody of an interview."""

    email: Email
    """Who they are: people of an interview are told apart by their address."""
    name: str = ""
    """As it is shown; may be empty."""
    zoom: ZoomUser | None = None
    """Their Zoom user in the connected account; ``None`` = looked up, and there is none. Where nobody looked, the fact
    is withheld and reading it raises `UndeclaredFact`."""


class Candidate(Person):
    """The person being interviewed. Their ``zoom`` is never looked up, so always withheld."""

    time_zone: str | None = None
    """The IANA zone they read times in, such as *Europe/Berlin*; ``None`` = that of the interview."""
    phone: str | None = None
    """Their number with its country code, by which calls with them are known."""
