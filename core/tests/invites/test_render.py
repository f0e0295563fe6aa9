"""From an invite to a letter, and from an edited letter to the one that is sent."""

from collections.abc import Callable
from email import message_from_bytes
from email.message import Message
from email.policy import default
from html.parser import HTMLParser
from itertools import chain, combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Component

from greenroom.conformance.facts import zoom_user
from greenroom.invites import HeaderFault, Letter, NotEditable, TemplateFault, recompose
from greenroom.model import Candidate, GivenLink, Interview, Invite, Meeting, Person

Write = Callable[..., Letter]
SECRETS = {"join_url": "JOINURL", "meeting_id": "MEETINGID", "passcode": "PASSCODE"}
SUBSETS = [frozenset(some) for some in chain.from_iterable(combinations(SECRETS, size) for size in range(4))]
HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            [
                '"><script>alert(1)</script>',
                "<img src=x onerror=y>",
                "{{7*7}}",
                "{% raw %}",
                "%s%n",
                "</main>",
                "&lt;b&gt;",
                "\r\nATTENDEE:mailto:x@evil.example",
                "BEGIN:VALARM",
                ";CN=x",
                "\\",
                '"',
                "javascript:x",
                "\x00",
                "\u202e",
                "é",
            ]
        ),
    ),
    max_size=4,
).map("".join)


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))


def _parts(letter: Letter) -> list[str]:
    """Every part of a letter as a reader gets it, decoded."""
    mail = message_from_bytes(letter.eml, policy=default)
    bodies = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    texts = [body.decode() for body in bodies if isinstance(body, bytes)]
    calendar = [] if letter.ics is None else [letter.ics.decode()]
    texts = [text.replace("\r\n ", "") for text in (*texts, *calendar)]
    return [letter.subject, letter.html, letter.text, letter.eml.decode(), str(mail["Subject"]), *texts]


def _mail(letter: Letter) -> Message:
    return message_from_bytes(letter.eml, policy=default)


def _vevent(letter: Letter) -> Any:
    assert letter.ics is not None
    return next(part for part in Component.from_ical(letter.ics).subcomponents if part.name == "VEVENT")


@pytest.mark.parametrize("shows", SUBSETS, ids=lambda shows: "+".join(sorted(shows)) or "none")
@pytest.mark.parametrize("channel", ["calendar", "mail"])
@pytest.mark.parametrize("source", ["meeting", "given"])
def test_what_is_not_shown_is_in_no_part(
    write: Write, invite: Callable[..., Invite], channel: str, source: str, shows: frozenset[str]
) -> None:
    """A detail reaches text, HTML, calendar and mail only where the invite shows it; the host is nowhere."""
    given = GivenLink(url="https://zoom.example/j/JOINURL", meeting_id="MEETINGID", password="PASSCODE")
    letter = write(given=given if source == "given" else None, invite=invite(shows=shows, channel=channel))
    parts = _parts(letter)
    for name, secret in SECRETS.items():
        assert any(secret in part for part in parts) == (name in shows)
    assert not any("secret.example" in part for part in parts)
    assert "secret.example" not in letter.model_dump_json()


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE, name=HOSTILE, note=HOSTILE, url=HOSTILE)
def test_no_text_leaves_its_place(
    write: Write, interview: Callable[..., Interview], text: str, name: str, note: str, url: str
) -> None:
    """Hostile subjects, names, rooms, notes and links add no element, attribute, property, attendee or header."""

    def about(text: str, name: str, note: str, url: str) -> Letter:
        ana = Person(email="ana@acme.example", name=name)
        asked = interview(
            subject=text,
            room=text,
            notes=note,
            interviewers=(ana,),
            candidates=(Candidate(email="c@x.example", name=name),),
        )
        return write(interview=asked, given=GivenLink(url="x" + url), notes=(note,))

    hostile, plain = about(text, name, note, url), about("Subject", "Ana", "Note", "zoom")
    assert _Tags(hostile.html).tags == _Tags(plain.html).tags
    assert set(_mail(hostile).keys()) == set(_mail(plain).keys())
    assert set(_vevent(plain)) - set(_vevent(hostile)) <= {"LOCATION"}
    assert set(_vevent(hostile)) <= set(_vevent(plain))
    assert _vevent(hostile)["ATTENDEE"] == "mailto:ana@acme.example"


@pytest.mark.parametrize("channel", ["calendar", "mail"])
@pytest.mark.parametrize("why", ["new", "changed", "cancelled"])
def test_the_method_is_one_everywhere(write: Write, invite: Callable[..., Invite], channel: str, why: str) -> None:
    """The calendar object, its mail part and the letter name the same method; a plain mail names none."""
    letter = write(why=why, invite=invite(channel=channel))
    methods = {part.get_param("method") for part in _mail(letter).walk() if part.get_content_type() == "text/calendar"}
    if channel == "mail":
        assert (letter.method, letter.ics, methods) == (None, None, set())
    else:
        assert letter.ics is not None
        assert (
            letter.method
            == Component.from_ical(letter.ics)["METHOD"]
            == ("CANCEL" if why == "cancelled" else "REQUEST")
        )
        assert methods == {letter.method}


def test_the_event_keeps_its_identity_as_it_changes(write: Write) -> None:
    """New, changed and cancelled speak of one UID with rising SEQUENCE."""
    letters = [write(why=why, sequence=n) for n, why in enumerate(("new", "changed", "cancelled"))]
    events = [_vevent(letter) for letter in letters]
    assert {event["UID"] for event in events} == {"i1-interviewers@greenroom"}
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [event["STATUS"] for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_the_same_facts_give_the_same_letter(write: Write) -> None:
    """Composing again, after a crash, gives the same bytes and the same Message-ID."""
    assert write() == write()
    assert _mail(write())["Message-ID"] == "<l1@acme.example>"


def test_a_direct_link_is_clickable_and_any_other_is_not(write: Write, invite: Callable[..., Invite]) -> None:
    """With a direct link the address is linked, the event's URL and beside the room; else it is only text."""
    direct, copied = write(), write(invite=invite(direct_link=False))
    assert 'href="https://zoom.example/j/JOINURL"' in direct.html
    assert _vevent(direct)["URL"] == "https://zoom.example/j/JOINURL"
    assert _vevent(direct)["LOCATION"] == "Room 4; https://zoom.example/j/JOINURL"
    assert "href" not in copied.html
    assert "https://zoom.example/j/JOINURL" in copied.html
    assert "URL" not in _vevent(copied)
    assert _vevent(copied)["LOCATION"] == "Room 4"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://zoom.example@evil.example/j", "zoommtg://zoom.example/j"]
)
def test_a_hostile_link_is_shown_and_never_linked(write: Write, url: str) -> None:
    """A pasted address that is not plain https is text in the letter, and neither URL nor place of the event."""
    letter = write(given=GivenLink(url=url))
    assert url in letter.text
    assert "href" not in letter.html
    assert "URL" not in _vevent(letter)
    assert _vevent(letter)["LOCATION"] == "Room 4"


def test_a_candidate_reads_their_own_zone(write: Write, invite: Callable[..., Invite]) -> None:
    """Text and event of a candidate's letter are in the candidate's zone."""
    letter = write(invite=invite(audience="candidate"))
    assert "Thu 26 Nov 2026, 19:00\u201319:45 (Asia/Tokyo)" in letter.text
    assert _vevent(letter)["DTSTART"].params["TZID"] == "Asia/Tokyo"


def test_an_invitation_without_a_time_is_a_plain_mail(write: Write, interview: Callable[..., Interview]) -> None:
    """A calendar cannot hold what has no start yet."""
    letter = write(interview=interview(start=None))
    assert (letter.channel, letter.method, letter.ics) == ("calendar", None, None)
    assert b"text/calendar" not in letter.eml


def test_everybody_gets_one_letter(write: Write) -> None:
    """Somebody named twice is one recipient and one attendee, without what is known of their Zoom user."""
    ana = Person(email="ana@acme.example", name="Ana", zoom=zoom_user("ana@acme.example"))
    letter = write(recipients=(ana, ana.model_copy(update={"name": "Ana again"})))
    assert [(one.email, one.zoom) for one in letter.recipients] == [("ana@acme.example", None)]
    assert _vevent(letter)["ATTENDEE"] == "mailto:ana@acme.example"


def test_a_recipient_whose_zoom_user_was_not_looked_up_is_no_obstacle(write: Write) -> None:
    """A letter needs only name and address of a person."""
    ana = Person(email="ana@acme.example").withholding("zoom")
    assert write(recipients=(ana,)).recipients[0].email == "ana@acme.example"


def test_a_crowd_is_refused_with_a_reason(write: Write, interview: Callable[..., Interview]) -> None:
    """A letter that would list 30,000 people ends in a fault, and does so soon."""
    crowd = tuple(Person(email=f"p{n}@acme.example") for n in range(30_000))
    with pytest.raises(TemplateFault, match="line 1: a value grows"):
        write(interview=interview(interviewers=crowd))


def test_the_scheduler_organizes_and_gets_the_answers(write: Write) -> None:
    """The service sends; the scheduler is the organizer, and replies go to them."""
    letter = write()
    assert _vevent(letter)["ORGANIZER"] == "mailto:sue@acme.example"
    assert _vevent(letter)["ORGANIZER"].params["SENT-BY"] == "mailto:invites@acme.example"
    assert "sue@acme.example" in str(_mail(letter)["Reply-To"])


def test_a_letter_survives_storage(write: Write) -> None:
    """A letter written as JSON and read back is the same letter."""
    letter = write()
    assert Letter.model_validate_json(letter.model_dump_json()) == letter


def test_nobody_to_write_to_is_a_fault(write: Write) -> None:
    """A letter to nobody is refused."""
    with pytest.raises(HeaderFault):
        write(recipients=())


@pytest.mark.parametrize("channel", ["calendar", "mail"])
def test_an_edited_letter_says_what_was_written(write: Write, invite: Callable[..., Invite], channel: str) -> None:
    """The rewritten subject and body are in every part, the old ones in none; identity stays."""
    editable = frozenset({"subject", "body"})
    letter = write(invite=invite(channel=channel, editable=editable))
    edited = recompose(letter, subject="New\r\nsubject", body="Dear <b>Cy</b>,\n\nhttps://zoom.example/j/JOINURL")
    assert edited.subject == "New subject"
    assert edited.text == "Dear <b>Cy</b>,\n\nhttps://zoom.example/j/JOINURL\n"
    assert "<p>Dear &lt;b&gt;Cy&lt;/b&gt;,</p>" in edited.html
    assert 'href="https://zoom.example/j/JOINURL"' in edited.html
    assert "<title>New subject</title>" in edited.html
    assert _mail(edited)["Subject"] == "New subject"
    assert not any("Technical" in part or "Bring a pen" in part for part in _parts(edited))
    assert (edited.uid, edited.sequence, edited.method, edited.recipients) == (
        letter.uid, letter.sequence, letter.method, letter.recipients,
    )  # fmt: skip
    if edited.ics is not None:
        assert _vevent(edited)["SUMMARY"] == "New subject"
        assert _vevent(edited)["DESCRIPTION"] == edited.text.strip()


def test_editing_one_part_leaves_the_other(write: Write, invite: Callable[..., Invite]) -> None:
    """A new subject keeps the body as rendered, and nothing edited is the same letter."""
    letter = write(invite=invite(editable=frozenset({"subject"})))
    assert recompose(letter) == letter
    edited = recompose(letter, subject="Other")
    assert (edited.text, edited.fragment) == (letter.text, letter.fragment)
    assert _vevent(edited)["SUMMARY"] == "Other"


@pytest.mark.parametrize("part", ["subject", "body"])
def test_what_is_not_editable_stays(write: Write, invite: Callable[..., Invite], part: str) -> None:
    """A rewrite that the profile does not allow is refused, naming the part and what is open."""
    letter = write(invite=invite(editable={"subject", "body"} - {part}))
    with pytest.raises(NotEditable, match=f"the {part} of this letter"):
        recompose(letter, **{part: "x"})


@given(body=HOSTILE)
def test_an_edited_body_adds_no_markup(write: Write, invite: Callable[..., Invite], body: str) -> None:
    """Whatever is typed into a body is text, in paragraphs."""
    letter = recompose(write(invite=invite(editable=frozenset({"body"}))), body=body)
    main = letter.html.split("<main>")[1].split("</main>")[0]
    assert {tag for tag, _ in _Tags(main).tags} <= {"p", "br", "a"}
    assert not {name for _, attributes in _Tags(main).tags for name, _ in attributes} - {"href", "rel"}


def test_a_meeting_given_by_hand_comes_before_one_that_was_made(write: Write, meeting: Callable[..., Meeting]) -> None:
    """Where a person typed details, these are told, as typed."""
    letter = write(meeting=meeting(), given=GivenLink(url="https://other.example/x"))
    assert "https://other.example/x" in letter.text
    assert not any(secret in letter.text for secret in SECRETS.values())
