"""The way from an invite to a letter, and from an edited letter to the one that is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from greenroom.invites.calendar_object import CalendarEvent
from greenroom.invites.context import LetterFacts, granted_details, letter_context, zone_of
from greenroom.invites.errors import NotEditable
from greenroom.invites.fragment import paragraphs
from greenroom.invites.letter import Draft, Letter, packed
from greenroom.invites.links import clickable
from greenroom.invites.plain_text import many_lines, one_line
from greenroom.invites.templates import SUBJECT_MOST, TemplateSet
from greenroom.model import Person


def compose(
    facts: LetterFacts,
    *,
    templates: TemplateSet,
    letter_id: str,
    uid: str,
    sequence: int,
    recipients: tuple[Person, ...],
    now: datetime,
    sender: Person,
) -> Letter:
    """Render and pack one letter.

    ``letter_id`` names this letter (its Message-ID follows from it), ``uid`` and ``sequence`` the calendar event it
    speaks of, ``now`` is an aware instant. A recipient named twice gets one letter. An invite for the calendar whose
    interview has no time yet becomes a plain mail.

    :raises TemplateFault: a template is missing, broken or asks for what was not granted.
    :raises HeaderFault: nobody to write to, or an address that cannot stand in a mail header.
    """
    rendered = templates.render(facts.invite, letter_context(facts))
    draft = Draft(
        letter_id=letter_id,
        audience=facts.invite.audience,
        channel=facts.invite.channel,
        at=now,
        sender=_addressee(sender),
        reply_to=_addressee(facts.interview.scheduler),
        recipients=tuple(_once(recipients)),
        subject=rendered.subject,
        fragment=rendered.fragment,
        text=rendered.text,
        direct_link=facts.invite.direct_link,
        editable=facts.invite.editable,
        uid=uid,
        sequence=sequence,
    )
    return packed(draft.model_copy(update={"event": _event(facts, draft)}))


def recompose(letter: Letter, *, subject: str | None = None, body: str | None = None) -> Letter:
    """Return the letter as somebody rewrote it; ``None`` leaves a part as it is.

    ``body`` is plain text; its HTML is made of it. Line breaks and control characters do not survive in a subject.

    :raises NotEditable: the profile does not let people edit that part.
    """
    changes: dict[str, object] = {}
    if subject is not None:
        _check_editable(letter, "subject")
        changes["subject"] = one_line(subject, SUBJECT_MOST)
    if body is not None:
        _check_editable(letter, "body")
        text = many_lines(body).strip("\n") + "\n"
        changes |= {"text": text, "fragment": paragraphs(text, direct_link=letter.direct_link)}
    edited = letter.model_copy(update=changes)
    if edited.event is not None:
        event = edited.event.model_copy(update={"summary": edited.subject, "description": edited.text})
        edited = edited.model_copy(update={"event": event})
    return packed(edited)


def _check_editable(letter: Letter, part: str) -> None:
    if part not in letter.editable:
        raise NotEditable(part, letter.editable)


def _event(facts: LetterFacts, draft: Draft) -> CalendarEvent | None:
    span = facts.interview.span
    if draft.channel != "calendar" or span is None:
        return None
    url = granted_details(facts).get("join_url", "") if draft.direct_link else ""
    link = url if clickable(url) else None
    return CalendarEvent(
        method="CANCEL" if facts.why == "cancelled" else "REQUEST",
        uid=draft.uid,
        sequence=draft.sequence,
        stamp=draft.at,
        start=span.start,
        end=span.end,
        zone=zone_of(facts),
        summary=draft.subject,
        description=draft.text,
        place="; ".join(part for part in (one_line(facts.interview.room or ""), link) if part),
        url=link,
        organizer=draft.reply_to,
        sent_by=draft.sender,
        attendees=draft.recipients,
    )


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.email: _addressee(person) for person in people}.values())


def _addressee(person: Person) -> Person:
    # Only what an envelope needs: what is known of their Zoom user stays behind.
    return Person(email=person.email, name=one_line(person.name, 200))
