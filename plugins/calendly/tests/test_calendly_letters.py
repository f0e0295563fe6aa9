"""The words that interviewers and candidates read, rendered as core renders them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from greenroom.conformance import InProcess, Product
from greenroom.invites.templates import Rendered, TemplateSet
from greenroom.profiles import Registry
from greenroom_calendly.checks.asks import invites

CALENDLY = Product(InProcess(Registry.discover().profile("calendly")))
TEMPLATES = TemplateSet(files("greenroom_calendly") / "templates")
LINK = "https://example.zoom.us/j/1?pwd=a&b=c"
AUDIENCES = ("interviewers", "candidate")
SOMEBODY = {"name": "<b>Ana</b>", "email": "ana@acme.example", "name_or_email": "<b>Ana</b>"}


def _letter(audience: str, *, linked: bool = True, why: str = "new", protected: bool = True) -> Rendered:
    details = {"join_url": LINK, "meeting_id": "812"} | ({"passcode": "135790"} if protected else {})
    context = {
        "interview": {"subject": "Onsite", "room": "Room 1", "time": "Thu 26 Nov 2026, 11:00-11:45 (Europe/Berlin)"},
        "people": {"scheduler": SOMEBODY, "interviewers": [SOMEBODY], "candidates": [SOMEBODY]},
        "details": details if linked else {},
        "direct_link": True,
        "notes": [],
        "why": why,
    }
    return TEMPLATES.render(invites(CALENDLY)[audience], context)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_details_show_when_granted(audience: str) -> None:
    """Text and HTML state link, meeting ID and passcode, and nothing of Zoom without them or once cancelled."""
    letter = _letter(audience)
    assert LINK in letter.text
    assert "href" in letter.fragment
    for body in (letter.text, letter.fragment):
        assert "812" in body
        assert "135790" in body
    for without in (_letter(audience, linked=False), _letter(audience, why="cancelled")):
        assert "Zoom" not in without.text + without.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_meeting_without_a_passcode_has_no_line_for_one(audience: str) -> None:
    """What there is not is left out."""
    letter = _letter(audience, protected=False)
    assert "Passcode" not in letter.text + letter.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("why", "subject"), [("new", "Onsite"), ("changed", "Updated: Onsite"), ("cancelled", "Cancelled: Onsite")]
)
def test_the_subject_says_what_happened(audience: str, why: str, subject: str) -> None:
    """New, changed and cancelled events are told apart by the subject, and the body leaves no gaps."""
    letter = _letter(audience, why=why)
    assert letter.subject == subject
    assert "\n\n\n" not in letter.text
    assert "<b>" not in letter.fragment
