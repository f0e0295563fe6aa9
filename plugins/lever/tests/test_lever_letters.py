"""The words that interviewers and candidates read, rendered as core renders them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from greenroom.conformance import InProcess, Product
from greenroom.conformance.facts import given
from greenroom.invites.templates import Rendered, TemplateSet
from greenroom.model import CalendarKind
from greenroom.profiles import Registry
from greenroom_lever.checks.asks import invites

PRODUCT = Product(InProcess(Registry.discover().profile("lever")))
TEMPLATES = TemplateSet(files("greenroom_lever") / "templates")
LINK = "https://example.zoom.us/j/1?pwd=a&b=c"
AUDIENCES = ("interviewers", "candidate")
SOMEBODY = {"name": "<b>Ana</b>", "email": "ana@acme.example", "name_or_email": "<b>Ana</b>"}


def _letter(audience: str, *, url: str | None = LINK, why: str = "new", copied: bool = False) -> Rendered:
    calendar: CalendarKind = "microsoft365" if copied else "google"
    room = "Room 1" if copied else None
    invite = invites(PRODUCT, settings=given(include_zoom_links=True), calendar=calendar, room=room)[audience]
    context = {
        "interview": {"subject": "Onsite", "room": room, "time": "Thu 26 Nov 2026, 11:00-11:45 (Europe/Berlin)"},
        "people": {"scheduler": SOMEBODY, "interviewers": [SOMEBODY], "candidates": [SOMEBODY]},
        "details": {} if url is None else {"join_url": url},
        "direct_link": invite.direct_link,
        "notes": ["Copy it." for _ in invite.notes],
        "why": why,
    }
    return TEMPLATES.render(invite, context)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_link_shows_when_granted(audience: str) -> None:
    """Text and HTML state the link if it was granted, and nothing of Zoom if not or once cancelled."""
    letter = _letter(audience)
    assert LINK in letter.text
    assert "href" in letter.fragment
    for without in (_letter(audience, url=None), _letter(audience, why="cancelled")):
        assert "Zoom" not in without.text + without.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_link_to_copy_is_not_clickable(audience: str) -> None:
    """In Office 365 with a room the link is plain text, and a note says to copy it."""
    letter = _letter(audience, copied=True)
    assert "href" not in letter.fragment
    for body in (letter.text, letter.fragment):
        assert "example.zoom.us" in body
        assert "Copy it." in body


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_no_web_address_is_not_clickable(audience: str) -> None:
    """Something pasted that is no web address is shown and leads nowhere."""
    assert "href" not in _letter(audience, url="javascript:alert(1)").fragment


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("why", "subject"), [("new", "Onsite"), ("changed", "Updated: Onsite"), ("cancelled", "Cancelled: Onsite")]
)
def test_the_subject_says_what_happened(audience: str, why: str, subject: str) -> None:
    """New, changed and cancelled interviews are told apart by the subject, and the body leaves no gaps."""
    letter = _letter(audience, why=why)
    assert letter.subject == subject
    assert "\n\n\n" not in letter.text
    assert "<b>" not in letter.fragment
