"""What a template can see."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import chain, combinations

import pytest

from greenroom.invites import LetterFacts, letter_context
from greenroom.model import Candidate, GivenLink, Interview, Invite, Meeting

Facts = Callable[..., LetterFacts]
SECRETS = {"join_url": "https://zoom.example/j/JOINURL", "meeting_id": "MEETINGID", "passcode": "PASSCODE"}
SUBSETS = [frozenset(some) for some in chain.from_iterable(combinations(SECRETS, size) for size in range(4))]


@pytest.mark.parametrize("shows", SUBSETS, ids=lambda shows: "+".join(sorted(shows)) or "none")
@pytest.mark.parametrize("source", ["meeting", "given"])
def test_only_granted_details_are_there(
    facts: Facts, invite: Callable[..., Invite], source: str, shows: frozenset[str]
) -> None:
    """A detail that the invite does not show is not in the context at all; details of either source count."""
    pasted = GivenLink(url=SECRETS["join_url"], meeting_id="MEETINGID", password="PASSCODE")
    given = pasted if source == "given" else None
    context = letter_context(facts(invite=invite(shows=shows), given=given))
    assert context["details"] == {name: SECRETS[name] for name in shows}
    assert all(secret in repr(context) for name, secret in SECRETS.items() if name in shows)
    assert not any(secret in repr(context) for name, secret in SECRETS.items() if name not in shows)


def test_a_detail_that_is_not_known_is_not_there(
    facts: Facts, invite: Callable[..., Invite], meeting: Callable[..., Meeting]
) -> None:
    """Neither a missing passcode nor a given link that is still empty is a detail."""
    assert "passcode" not in _details(facts(meeting=meeting(passcode=None)))
    assert _details(facts(meeting=None)) == {}
    assert _details(facts(meeting=None, given=GivenLink(url=" \n"))) == {}
    assert "dial_in" in invite().shows


def test_nothing_of_the_host_is_there(facts: Facts) -> None:
    """Who hosts, through which connection, and the meeting's bookkeeping stay out of every template."""
    shown = repr(letter_context(facts()))
    assert not any(secret in shown for secret in ("host@secret.example", "zoom_host", "OWNER", "acc_1"))


def test_the_names_are_those_promised_to_templates(facts: Facts) -> None:
    """A template finds exactly these names, which a plugin's author was told."""
    context = letter_context(facts(notes=("one\r\ntwo",)))
    assert set(context) == {
        "details", "direct_link", "interview", "notes", "people", "product", "values", "why",
    }  # fmt: skip
    assert context["notes"] == ("one\ntwo",)
    assert context["product"] == "Acme"


def test_values_of_the_invite_are_there(facts: Facts, invite: Callable[..., Invite]) -> None:
    """What a profile hands its own template arrives, without control characters."""
    values = (("greeting", "Hi\x00 there"), ("days", 3), ("copy", True))
    context = letter_context(facts(invite=invite(values=values)))
    assert context["values"] == {"greeting": "Hi there", "days": 3, "copy": True}


@pytest.mark.parametrize(
    ("audience", "reader_zone", "own", "interview_zone", "zone"),
    [
        ("interviewers", None, "Asia/Tokyo", "Europe/Berlin", "Europe/Berlin"),
        ("candidate", None, "Asia/Tokyo", "Europe/Berlin", "Asia/Tokyo"),
        ("candidate", "America/Lima", "Asia/Tokyo", "Europe/Berlin", "America/Lima"),
        ("candidate", "Mars/Olympus", "../../etc", "Europe/Berlin", "Europe/Berlin"),
        ("scheduler", "America/Lima", None, "Europe/Berlin", "America/Lima"),
        ("candidate", None, None, None, "UTC"),
    ],
)
def test_times_are_those_of_the_reader(  # one column each
    facts: Facts,
    invite: Callable[..., Invite],
    interview: Callable[..., Interview],
    audience: str,
    reader_zone: str | None,
    own: str | None,
    interview_zone: str | None,
    zone: str,
) -> None:
    """The reader's zone counts first, then a candidate's own, then the interview's, and UTC when none is known."""
    candidate = Candidate(email="cy@home.example", time_zone=own)
    seen = letter_context(
        facts(
            interview=interview(zone=interview_zone, candidates=(candidate,)),
            invite=invite(audience=audience),
            reader_zone=reader_zone,
        )
    )["interview"]
    assert getattr(seen, "zone") == zone  # noqa: B009  # the context is typed as objects
    start = getattr(seen, "start")  # noqa: B009
    assert start == datetime(2026, 11, 26, 10, tzinfo=UTC)
    assert str(start.tzinfo) == zone


def test_an_interview_without_a_time_can_be_written_about(facts: Facts, interview: Callable[..., Interview]) -> None:
    """A draft has no start, no end and no time text, and is no error."""
    seen = letter_context(facts(interview=interview(start=None, minutes=None, subject=None, notes=None)))["interview"]
    assert [getattr(seen, name) for name in ("start", "end", "time", "subject", "notes")] == [
        None,
        None,
        "",
        None,
        None,
    ]


def _details(letter_facts: LetterFacts) -> Mapping[str, str]:
    details = letter_context(letter_facts)["details"]
    assert isinstance(details, Mapping)
    return details
