"""A letter: one invite, rendered and packed, ready for whoever delivers it."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime

from greenroom.invites.calendar_object import CalendarEvent, Method, calendar_object
from greenroom.invites.message import MailParts, mail_message, message_id
from greenroom.invites.page import page
from greenroom.model import Audience, Person, Value


class Draft(Value):
    """What a letter says, to whom and when, before it is packed.

    ``at`` is when it was composed; ``fragment`` the HTML inside the page; ``event`` what calendars are told
    (``None`` for a plain mail, or while the interview has no time yet); ``reply_to`` who answers go to;
    ``editable`` what a person may still rewrite.
    """

    letter_id: str
    audience: Audience
    channel: Literal["calendar", "mail"]
    at: AwareDatetime
    sender: Person
    reply_to: Person
    recipients: tuple[Person, ...]
    subject: str
    fragment: str
    text: str
    direct_link: bool
    editable: frozenset[Literal["subject", "body"]]
    uid: str
    sequence: int
    event: CalendarEvent | None = None

    @property
    def method(self) -> Method | None:
        """The iTIP method, ``None`` for a letter without a calendar object."""
        return None if self.event is None else self.event.method


class Letter(Draft):
    """A draft and the bytes made of it: the page, the calendar object, the whole mail message."""

    html: str
    ics: bytes | None
    eml: bytes


def packed(draft: Draft) -> Letter:
    """Return the letter of a draft; the same draft gives the same bytes.

    :raises HeaderFault: a name, address or subject cannot stand in a mail header.
    """
    html = page(draft.subject, draft.fragment)
    ics = None if draft.event is None else calendar_object(draft.event)
    parts = MailParts(
        message_id=message_id(draft.letter_id, draft.sender),
        at=draft.at,
        sender=draft.sender,
        reply_to=draft.reply_to,
        recipients=draft.recipients,
        subject=draft.subject,
        text=draft.text,
        html=html,
        ics=ics,
        method=draft.method,
    )
    content = {name: getattr(draft, name) for name in Draft.model_fields}
    return Letter(**content, html=html, ics=ics, eml=mail_message(parts))
