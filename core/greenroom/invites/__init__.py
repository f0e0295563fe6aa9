"""Invites: what a person is told, rendered from a plugin's templates and packed as mail and calendar object.

Everything here is a pure function of its arguments; the only files read are templates and time zone rules.
`compose` makes a `Letter` from `LetterFacts`, `recompose` from an edited one.
"""

from __future__ import annotations

from greenroom.invites.calendar_object import CalendarEvent, Method, calendar_object
from greenroom.invites.context import LetterFacts, letter_context
from greenroom.invites.errors import HeaderFault, InviteFault, NotEditable, TemplateFault
from greenroom.invites.letter import Draft, Letter, packed
from greenroom.invites.links import clickable
from greenroom.invites.message import MailParts, mail_message
from greenroom.invites.render import compose, recompose
from greenroom.invites.templates import Rendered, TemplateSet
from greenroom.invites.vtimezone import vtimezone

__all__ = [
    "CalendarEvent",
    "Draft",
    "HeaderFault",
    "InviteFault",
    "Letter",
    "LetterFacts",
    "MailParts",
    "Method",
    "NotEditable",
    "Rendered",
    "TemplateFault",
    "TemplateSet",
    "calendar_object",
    "clickable",
    "compose",
    "letter_context",
    "mail_message",
    "packed",
    "recompose",
    "vtimezone",
]
