"""Mail messages: what a mail program reads back."""

from collections.abc import Iterable
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenroom.invites import HeaderFault, MailParts, mail_message
from greenroom.invites.message import message_id
from greenroom.invites.plain_text import many_lines, one_line
from greenroom.model import Person

ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:\xc3\xa9\r\nEND:VCALENDAR\r\n"
LINE = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            ['"', ", ", "<x@evil.example>", ";", "=?utf-8?q?x?=", "Doe, Jane ", "é" * 50, "👩\u200d💻", "  ", "\\"]
        ),
    ),
    max_size=8,
).map(lambda pieces: one_line("".join(pieces), 200))
BODY = st.lists(st.one_of(st.text(max_size=90), st.sampled_from(["\n", ".\n", "From x\n", "=", " \n", "--=_0_"]))).map(
    lambda pieces: many_lines("".join(pieces)).strip("\n") + "\n"
)


def _parts(**changes: object) -> MailParts:
    values: dict[str, object] = {
        "message_id": "<l1@acme.example>",
        "at": datetime(2026, 11, 1, 12, tzinfo=UTC),
        "sender": Person(email="invites@acme.example", name="Acme"),
        "recipients": (Person(email="ana@acme.example", name="Ana"), Person(email="bob@acme.example")),
        "subject": "Technical interview",
        "text": "Hello\n",
        "html": "<p>Hello</p>\n",
    }
    return MailParts.model_validate(values | changes)


def _read(content: bytes) -> EmailMessage:
    message = message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def _types(message: EmailMessage) -> list[str]:
    return [part.get_content_type() for part in message.walk()]


def _decoded(content: bytes) -> tuple[str, list[str]]:
    # The new parser puts blanks between the encoded words of a long name; the old one reads them as RFC 2047 says.
    message = message_from_bytes(content)
    names = [name for name, _ in getaddresses([message["To"]])]
    return _words(message["Subject"]), [_words(name) for name in names]


def _words(header: str) -> str:
    return str(make_header(decode_header(header.replace("\r\n", ""))))


def test_a_plain_mail_has_two_alternatives() -> None:
    """Without a calendar object the message is text and HTML, in this order, and nothing else."""
    message = _read(mail_message(_parts()))
    assert _types(message) == ["multipart/alternative", "text/plain", "text/html"]
    assert message["Message-ID"] == "<l1@acme.example>"
    assert message["Date"].datetime == datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert "Reply-To" not in message


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_an_invitation_carries_its_calendar_object_twice(method: str) -> None:
    """As an alternative that says its method, in base64, and as a file to open; both byte for byte."""
    message = _read(mail_message(_parts(ics=ICS, method=method)))
    assert _types(message) == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    calendar, file = list(message.walk())[-2:]
    assert calendar.get_param("method") == method
    assert calendar["Content-Transfer-Encoding"] == "base64"
    assert file.get_filename() == "invite.ics"
    assert [part.get_payload(decode=True) for part in (calendar, file)] == [ICS, ICS]


@given(subject=LINE, name=LINE, text=BODY)
def test_words_arrive_as_they_were(subject: str, name: str, text: str) -> None:
    """Whatever a subject, a name or a body holds, it arrives, in ASCII lines of a length every relay takes."""
    recipients = (Person(email="ana@acme.example", name=name), Person(email="bob@acme.example", name=name))
    content = mail_message(_parts(subject=subject, recipients=recipients, text=text, ics=ICS, method="REQUEST"))
    assert content.isascii()
    assert all(len(line) <= 200 for line in content.split(b"\r\n"))
    message = _read(content)
    assert set(message.keys()) == {
        "MIME-Version", "Content-Type", "From", "To", "Subject", "Date", "Message-ID",
    }  # fmt: skip
    assert [one.addr_spec for one in message["To"].addresses] == ["ana@acme.example", "bob@acme.example"]
    assert _decoded(content) == (subject, [name, name])
    body = next(part for part in message.walk() if part.get_content_type() == "text/plain")
    assert body.get_content().replace("\r\n", "\n") == text


@pytest.mark.parametrize("poison", ["\r\nBcc: x@evil.example", "\nBcc: x", "\r", "\0", "\x1b[31m", "\u2028", "\x85"])
@pytest.mark.parametrize("field", ["subject", "message_id", "sender", "reply_to", "recipients"])
def test_a_header_cannot_be_broken_out_of(field: str, poison: str) -> None:
    """Line breaks and control characters in any header are refused, and the refusal does not repeat them."""
    person = Person.model_construct(email="x@acme.example", name="Ana" + poison)
    values: dict[str, object] = {"subject": "a" + poison, "message_id": f"<a{poison}@b>", "recipients": (person,)}
    with pytest.raises(HeaderFault) as caught:
        mail_message(_parts(**{field: values.get(field, person)}))
    assert "evil" not in str(caught.value)
    assert caught.value.header in str(caught.value)


@pytest.mark.parametrize(
    "email",
    ["a\0@acme.example", "ana\r\nBcc:x@evil.example", "ána@acme.example", "a@", "a@b(c)", "a@b..c", "a@" + "b" * 64],
)
def test_an_address_that_is_none_is_refused(email: str) -> None:
    """Control characters, a local part outside ASCII and a host that is no domain name never reach a mail server."""
    with pytest.raises(HeaderFault, match=r"^mail header To: "):
        mail_message(_parts(recipients=(Person.model_construct(email=email, name=""),)))


@pytest.mark.parametrize(
    ("email", "written"),
    [
        ("ana+zoom@acme.example", "ana+zoom@acme.example"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("a:b@acme.example", '"a:b"@acme.example'),
        ("x" * 200 + "@acme.example", "x" * 200 + "@acme.example"),
    ],
)
def test_an_unusual_address_is_written_so_that_it_stays_one(email: str, written: str) -> None:
    """Tags, international domains, characters that need quotes and long addresses are each one recipient."""
    content = mail_message(_parts(recipients=(Person(email=email, name="Doe, Jane"),)))
    assert [one.addr_spec for one in _read(content)["To"].addresses] == [written]


def test_nobody_to_write_to_is_refused() -> None:
    """A message without a recipient is not made."""
    with pytest.raises(HeaderFault, match="no recipient"):
        mail_message(_parts(recipients=()))


def test_answers_go_to_whom_they_are_for() -> None:
    """Reply-To names somebody who is not the sender."""
    message = _read(mail_message(_parts(reply_to=Person(email="sue@acme.example", name="Sue"))))
    assert [one.addr_spec for one in message["Reply-To"].addresses] == ["sue@acme.example"]
    assert "Reply-To" not in _read(mail_message(_parts(reply_to=_parts().sender)))


def test_the_same_parts_give_the_same_bytes() -> None:
    """Packing is a function: a letter packed again after a crash is the same letter."""
    parts = _parts(ics=ICS, method="REQUEST")
    assert mail_message(parts) == mail_message(parts)


@pytest.mark.parametrize("letter_id", ["", "a b", "a>", "a\r\nBcc: x", "a@b", "é"])
def test_a_letter_id_must_fit_a_message_id(letter_id: str) -> None:
    """What cannot stand in a Message-ID is refused rather than changed: it would no longer be the same."""
    sender = Person(email="invites@bücher.example")
    assert message_id("let_1.a", sender) == "<let_1.a@xn--bcher-kva.example>"
    with pytest.raises(HeaderFault, match="Message-ID"):
        message_id(letter_id, sender)


def test_long_lists_of_recipients_are_folded() -> None:
    """A header of many recipients stays within the length of a line, each recipient whole."""
    recipients = tuple(Person(email=f"p{n}@acme.example", name="Doe, Jane " * 8) for n in range(300))
    content = mail_message(_parts(recipients=recipients))
    assert all(len(line) < 100 for line in content.split(b"\r\n"))
    assert _emails(_read(content)["To"].addresses) == [person.email for person in recipients]


def _emails(addresses: Iterable[object]) -> list[object]:
    return [getattr(one, "addr_spec", None) for one in addresses]
