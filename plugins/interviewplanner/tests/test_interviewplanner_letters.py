"""The words that interviewers and candidates read, rendered as core renders them."""

from __future__ import annotations

from importlib.resources import files

import pytest

from greenroom.conformance.facts import meeting
from greenroom.invites.templates import Rendered, TemplateSet
from greenroom.model import Invite, Invites
from greenroom_interviewplanner.checks.asks import ZOE_AT_ZOOM, accounts, inviting
from greenroom_interviewplanner.rules import render_invite

TEMPLATES = TemplateSet(files("greenroom_interviewplanner") / "templates")
LINK = "https://example.zoom.us/j/1?pwd=a&b=c"
AUDIENCES = ("interviewers", "candidate")
SOMEBODY = {"name": "<b>Ana</b>", "email": "ana@acme.example", "name_or_email": "<b>Ana</b>"}


def _invite(audience: str) -> Invite:
    letters = render_invite(inviting(meeting=meeting(ZOE_AT_ZOOM, accounts("connected"))))
    assert isinstance(letters, Invites)
    return next(one for one in letters.items if one.audience == audience)


def _letter(audience: str, *, url: str | None = LINK, why: str = "new") -> Rendered:
    context = {
        "interview": {"subject": "Onsite", "room": "Room 1", "time": "Thu 26 Nov 2026, 11:00-11:45 (Europe/Berlin)"},
        "people": {"scheduler": SOMEBODY, "interviewers": [SOMEBODY], "candidates": [SOMEBODY]},
        "details": {} if url is None else {"join_url": url},
        "direct_link": True,
        "notes": [],
        "why": why,
    }
    return TEMPLATES.render(_invite(audience), context)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_url_shows_when_granted(audience: str) -> None:
    """Text and HTML state the URL, and nothing of Zoom without it or once cancelled."""
    letter = _letter(audience)
    assert f"Zoom Meeting URL: {LINK}" in letter.text
    assert "href" in letter.fragment
    for without in (_letter(audience, url=None), _letter(audience, why="cancelled")):
        assert "Zoom" not in without.text + without.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
def test_time_room_and_people_show(audience: str) -> None:
    """Each letter says when, where, and with whom, and lets no name become markup."""
    letter = _letter(audience)
    for body in (letter.text, letter.fragment):
        assert "11:00-11:45 (Europe/Berlin)" in body
        assert "Room 1" in body
        assert "Ana" in body
    assert "<b>" not in letter.fragment


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize(
    ("why", "subject"), [("new", "Onsite"), ("changed", "Updated: Onsite"), ("cancelled", "Cancelled: Onsite")]
)
def test_the_subject_says_what_happened(audience: str, why: str, subject: str) -> None:
    """New, changed and cancelled interviews are told apart by the subject, and the body leaves no gaps."""
    letter = _letter(audience, why=why)
    assert letter.subject == subject
    assert "\n\n\n" not in letter.text
