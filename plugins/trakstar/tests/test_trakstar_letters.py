"""The words that interviewers and candidates read, rendered as core renders them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from greenroom.conformance.facts import NOW, interview, organization, person
from greenroom.invites.templates import Rendered, TemplateSet
from greenroom.model import GivenLink, Invite, InviteRequest, Invites
from greenroom_trakstar.checks.asks import RITA
from greenroom_trakstar.rules import render_invite

TEMPLATES = TemplateSet(files("greenroom_trakstar") / "templates")
LINK = "https://example.zoom.us/j/1?pwd=a&b=c"
AUDIENCES = ("interviewers", "candidate")
SOMEBODY = {"name": "<b>Ana</b>", "email": "ana@acme.example", "name_or_email": "<b>Ana</b>"}


def _invite(audience: str) -> Invite:
    about = interview(person("ina@acme.example"))
    request = InviteRequest(organization=organization(), actor=RITA, at=NOW, interview=about, given=GivenLink(url=LINK))
    letters = render_invite(request)
    assert isinstance(letters, Invites)
    return next(one for one in letters.items if one.audience == audience)


def _letter(audience: str, *, url: str | None = LINK, why: str = "new", protected: bool = True) -> Rendered:
    password = "135790" if protected else None
    context = {
        "interview": {"subject": "Onsite", "room": "Room 1", "time": "Thu 26 Nov 2026, 11:00-11:45 (Europe/Berlin)"},
        "people": {"scheduler": SOMEBODY, "interviewers": [SOMEBODY], "candidates": [SOMEBODY]},
        "details": {} if url is None else {"join_url": url, "meeting_id": "812", "passcode": password},
        "direct_link": True,
        "notes": [],
        "why": why,
    }
    return TEMPLATES.render(_invite(audience), context)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_details_show_when_granted(audience: str) -> None:
    """Text and HTML state url, ID and password, and nothing of Zoom without them or once cancelled."""
    letter = _letter(audience)
    assert LINK in letter.text
    assert "href" in letter.fragment
    for body in (letter.text, letter.fragment):
        assert "812" in body
        assert "135790" in body
    for without in (_letter(audience, url=None), _letter(audience, why="cancelled")):
        assert "Zoom" not in without.text + without.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_was_not_entered_is_left_out(audience: str) -> None:
    """A meeting without a password has no line for one."""
    letter = _letter(audience, protected=False)
    assert "Password" not in letter.text + letter.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_no_web_address_is_not_clickable(audience: str) -> None:
    """Something typed by hand that is no web address is shown and leads nowhere."""
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
