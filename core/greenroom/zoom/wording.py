"""Zoom's words, as far as they may be repeated.

Zoom's messages quote what was sent: ids, addresses, names, authorization codes. So of a message only those words are
repeated that occur in the texts Zoom publishes; whatever else stands in it becomes an ellipsis.
"""

from __future__ import annotations

import re

LONGEST_READ = 2000
"""Characters of a message that are looked at."""

LONGEST_QUOTE = 200

_PUBLISHED = """
    a about access account accounts action activated active add admin administrator after agenda alternative an and
    another api app application approved are as at authenticated authentication authorization auto available
    be because been before being belong belongs blocked body both by
    can cannot capabilities change channel character characters chat choose closed cloud code concurrent consecutive
    contain contains contact create current currently custom
    daily date day deactivated default delete deleted denied digit digits disabled disassociate do does domain domains
    duration edit email empty enable enabled end ended endpoint error exceed exceeded exist exists expired
    failed feature field fields file files find for format found free from full
    gmt group had has have header host hosting hosts hour hours
    id identifier if in inactive incorrect info information instant integer internal into invalid invitation invite
    invited is it its join json jbh
    later least length less letter letters licence license licensed limit link list local lock locked long longer lower
    made make match maximum mb me meet meeting meetings member message minimum minute minutes missing mode month more
    most must name need needs next no not null number numbers numeric
    object occurrence of off offline old on one only option options or order other out owner
    page paid parameter parameters participant participants parse passcode password past pending per permission
    permissions permitted personal phone plan please pmi privilege privileges pro process provide provided
    rate reach reached read received recording recordings recurrence refer refresh registrant registration rejected
    request requests require required requirement requirements resource response rest resume role room rooms rule
    schedule scheduled scheduling scope scopes second security server service session set setting settings should
    size some special start started state status string such supported system
    than that the their them there these this time timezone to today token too topic tracking transcript try type
    unable under unique unknown unsupported until update updated upper use used user users uuid
    valid validation value values waiting was webinar weak were when which while with within without wrong
    year you your zone zoom
"""
_VOCABULARY = frozenset(_PUBLISHED.split())

_WORD = re.compile(r"[A-Za-z]+")


def quoted(message: str) -> str:
    """Return Zoom's published words in a message, on one line, with an ellipsis for anything else."""
    kept: list[str] = []
    for part in message[:LONGEST_READ].split():
        word = part.strip(".,:;!?()[]'\"")
        told = word if _is_published(word) else "…"
        if told != "…" or kept[-1:] != ["…"]:
            kept.append(told)
    return " ".join(kept)[:LONGEST_QUOTE].rstrip()


def field_named(name: str) -> str | None:
    """Return the name of a field such as ``settings.auto_recording`` if all its words are Zoom's, else ``None``."""
    if len(name) > 100 or not re.fullmatch(r"[A-Za-z][A-Za-z_.\[\]]*", name):
        return None
    words = _WORD.findall(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name))
    return name if all(_is_published(word) for word in words) else None


def _is_published(word: str) -> bool:
    return word.isascii() and word.lower() in _VOCABULARY
