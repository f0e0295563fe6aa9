"""The invitation mail and the recruiter's calendar event, rendered as core renders them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from greenroom.conformance import InProcess, Product
from greenroom.invites.templates import Rendered, TemplateSet
from greenroom.profiles import Registry
from greenroom_exelare.checks.asks import invites

PRODUCT = Product(InProcess(Registry.discover().profile("exelare")))
TEMPLATES = TemplateSet(files("greenroom_exelare") / "templates")
LINK = "https://example.zoom.us/j/1?pwd=a&b=c"
AUDIENCES = ("candidate", "scheduler")
SOMEBODY = {"name": "<b>Cam</b>", "email": "cam@home.example", "name_or_email": "<b>Cam</b>"}
INSTRUCTIONS = "At that time, click the link to join the interview on Zoom."
TIME = "Thu 26 Nov 2026, 11:00-11:45 (Europe/Berlin)"


def _letter(audience: str, *, linked: bool = True, why: str = "new", notes: str | None = None) -> Rendered:
    context = {
        "interview": {"subject": "Onsite", "room": None, "time": TIME, "notes": notes},
        "people": {"scheduler": SOMEBODY, "interviewers": [], "candidates": [SOMEBODY]},
        "details": {"join_url": LINK} if linked else {},
        "direct_link": True,
        "notes": [INSTRUCTIONS],
        "why": why,
    }
    return TEMPLATES.render(invites(PRODUCT, calendar_sync=True)[audience], context)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_link_shows_when_granted(audience: str) -> None:
    """Text and HTML state time and link, and no link without a meeting or once canceled."""
    letter = _letter(audience)
    assert LINK in letter.text
    assert "href" in letter.fragment
    for body in (letter.text, letter.fragment):
        assert TIME in body
    for without in (_letter(audience, linked=False), _letter(audience, why="cancelled")):
        assert "meeting link" not in without.text + without.fragment
        assert INSTRUCTIONS not in without.text + without.fragment


def test_the_mail_states_what_the_document_names() -> None:
    """Meeting subject, date and time, link, instructions; the recruiter's notes only if there are any."""
    assert "Bring a laptop" not in _letter("candidate").text
    letter = _letter("candidate", notes="Bring a laptop <3")
    assert "Subject: Onsite" in letter.text
    assert f"Zoom meeting link: {LINK}\n{INSTRUCTIONS}" in letter.text
    assert INSTRUCTIONS in letter.fragment
    assert "Bring a laptop <3" in letter.text
    assert "Bring a laptop &lt;3" in letter.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("why", "subject"), [("new", "Onsite"), ("changed", "Rescheduled: Onsite"), ("cancelled", "Canceled: Onsite")]
)
def test_the_subject_says_what_happened(audience: str, why: str, subject: str) -> None:
    """New, rescheduled and canceled interviews are told apart by the subject, and the body leaves no gaps."""
    letter = _letter(audience, why=why)
    assert letter.subject == subject
    assert "\n\n\n" not in letter.text
    assert "<b>" not in letter.fragment
