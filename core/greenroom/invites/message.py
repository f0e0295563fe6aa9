"""One letter as a mail message (RFC 5322), with its calendar object where it has one (RFC 6047)."""

from __future__ import annotations

import re
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from pydantic import AwareDatetime

from greenroom.invites.calendar_object import Method
from greenroom.invites.errors import HeaderFault
from greenroom.model import Person, Value

# Headers are folded here. The standard library drops the quotes of a long display name when it folds it, so that
# `"Doe, Jane …"` becomes two addresses.
_POLICY = SMTP.clone(refold_source="none", cte_type="7bit")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 '-]{0,39}")
_PLAIN_LINE = re.compile(r"[!-<>-~](?:[ -<>-~]{0,58}[!-<>-~])?")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+-]{1,128}@[A-Za-z0-9.-]{1,253}>")
_DOMAIN = re.compile(r"[A-Za-z0-9.-]{1,253}")
_LINE_MOST = 64
_CALENDAR_FILE = "invite.ics"


class MailParts(Value):
    """What a mail message is put together from; ``method`` is that of ``ics``, both ``None`` for a plain mail.

    ``reply_to`` is left out of the message where it is the sender.
    """

    message_id: str
    at: AwareDatetime
    sender: Person
    reply_to: Person | None = None
    recipients: tuple[Person, ...]
    subject: str
    text: str
    html: str
    ics: bytes | None = None
    method: Method | None = None


def mail_message(parts: MailParts) -> bytes:
    """Return the message, lines ended by CR LF and all ASCII; the same parts give the same bytes.

    :raises HeaderFault: a name, address, subject or id holds what would break out of its header, an address cannot
        be written in ASCII, or there is no recipient.
    """
    message = EmailMessage(policy=_POLICY)
    message.set_content(parts.text, cte="quoted-printable")
    message.add_alternative(parts.html, subtype="html", cte="quoted-printable")
    if parts.ics is not None and parts.method is not None:
        _add_calendar(message, parts.ics, parts.method)
    _bound(message, parts.message_id)
    for name, value in _headers(parts).items():
        message.set_raw(name, value)
    return message.as_bytes()


def message_id(letter_id: str, sender: Person) -> str:
    """Return the ``Message-ID`` of a letter: the same for each attempt to deliver it."""
    domain = _ascii_domain("Message-ID", sender.email.rpartition("@")[2])
    return _matching("Message-ID", f"<{letter_id}@{domain}>", _MESSAGE_ID)


def _headers(parts: MailParts) -> dict[str, str]:
    if not parts.recipients:
        what = "there is no recipient"
        raise HeaderFault("To", what)
    headers = {
        "From": _mailbox("From", parts.sender),
        "To": ",\r\n ".join(_mailbox("To", person) for person in parts.recipients),
        "Subject": _words("Subject", parts.subject, _PLAIN_LINE),
        "Date": format_datetime(parts.at),
        "Message-ID": _matching("Message-ID", parts.message_id, _MESSAGE_ID),
    }
    if parts.reply_to is not None and parts.reply_to.email != parts.sender.email:
        headers["Reply-To"] = _mailbox("Reply-To", parts.reply_to)
    return headers


def _add_calendar(message: EmailMessage, ics: bytes, method: Method) -> None:
    # Base64, because old relays break 8-bit and quoted-printable calendars.
    message.add_alternative(ics.decode(), subtype="calendar", cte="base64", params={"method": method})
    message.add_attachment(ics, maintype="application", subtype="ics", filename=_CALENDAR_FILE)


def _bound(message: EmailMessage, seed: str) -> None:
    # "=_" occurs in neither quoted-printable nor base64; named here because a random one changes each time.
    for depth, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{depth}_{sha256(seed.encode()).hexdigest()[:32]}")


def _mailbox(header: str, person: Person) -> str:
    name = _words(header, person.name, _PLAIN_NAME) if person.name else ""
    address = _address(header, person.email)
    if not name:
        return address
    fits = "\r\n" not in name and len(name) + len(address) <= _LINE_MOST
    return f"{name} <{address}>" if fits else f"{name}\r\n <{address}>"


def _address(header: str, email: str) -> str:
    _refuse_control(header, email)
    local_part, _, domain = email.rpartition("@")
    if not local_part.isascii():
        what = "the part of an address before the @ is not ASCII, which mail servers on the way may refuse"
        raise HeaderFault(header, what)
    return Address(username=local_part, domain=_ascii_domain(header, domain)).addr_spec


def _ascii_domain(header: str, domain: str) -> str:
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError:
        ascii_domain = ""
    return _matching(header, ascii_domain, _DOMAIN)


def _words(header: str, text: str, plain: re.Pattern[str]) -> str:
    """``text`` as it is where it can be mistaken for nothing else, else as encoded words (RFC 2047)."""
    _refuse_control(header, text)
    if not text or plain.fullmatch(text):
        return text
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _refuse_control(header: str, text: str) -> None:
    if _CONTROL.search(text):
        what = "the value holds a line break or another control character"
        raise HeaderFault(header, what)


def _matching(header: str, value: str, pattern: re.Pattern[str]) -> str:
    if pattern.fullmatch(value):
        return value
    what = "the value does not have the form of one"
    raise HeaderFault(header, what)
