"""Where profiles differ: each aspect of an event in words that mean the same under every profile, and then compared.

Product words are not compared, since they always differ; what they amount to is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from greenroom.whatif.report import Difference, EventPlayed, Happened, LetterNow

NOTHING = "nothing"
IMPOSSIBLE = "not possible"
MOST_TOLD = 2
"""How many aspects of an event the summary tells; all stand with the event itself."""

ALL_ALIKE = "Nothing that is compared differs."


def differences(by_profile: Sequence[Happened], profiles: Sequence[str]) -> tuple[Difference, ...]:
    """Return the aspects in which what happened is not the same under all profiles."""
    found = []
    for aspect, read in _ASPECTS.items():
        values: dict[str, list[str]] = {}
        for happened, profile in zip(by_profile, profiles, strict=True):
            values.setdefault(read(happened) or NOTHING, []).append(profile)
        if len(values) > 1:
            found.append(
                Difference(aspect=aspect, values=tuple((word, tuple(names)) for word, names in values.items()))
            )
    return tuple(found)


def summary(events: Sequence[EventPlayed]) -> tuple[str, ...]:
    """Return one line for each event under which profiles differ, with its most telling aspects; set-up always does."""
    return tuple(_line(event) for event in events if event.number and event.differences) or (ALL_ALIKE,)


def _line(event: EventPlayed) -> str:
    told = (f"{one.aspect}: {grouped(one)}" for one in event.differences[:MOST_TOLD])
    return f"Event {event.number}, {event.text}: " + " | ".join(told)


def grouped(difference: Difference) -> str:
    """Return an aspect's values, each with its profiles: ``made (acme, bolt); refused (crest)``."""
    return "; ".join(f"{word} ({', '.join(names)})" for word, names in difference.values)


def _frozen(values: Mapping[str, Sequence[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((word, tuple(names)) for word, names in values.items())


def _outcome(happened: Happened) -> str:
    # What core itself finds impossible is said in core's words, the same for all.
    why = happened.says if happened.outcome == IMPOSSIBLE else happened.code
    return f"{happened.outcome}: {why}" if why else happened.outcome


def _connections(happened: Happened) -> str:
    return _joined(f"{one.level} {one.kind}" for one in happened.connections)


def _hosts(happened: Happened) -> str:
    chosen = (one for one in happened.interviews if one.host and (one.new_link or one.link is None))
    return _joined(f"{one.name}: {one.host} through the {one.via} connection" for one in chosen)


def _links(happened: Happened) -> str:
    return _joined(f"{one.name}: {one.link}" for one in happened.interviews if one.new_link)


def _sent(happened: Happened) -> str:
    return _joined(sorted(_letter(one) for one in happened.letters if one.sent))


def _waiting(happened: Happened) -> str:
    return _joined(sorted(_letter(one) for one in happened.letters if not one.sent))


def _letter(one: LetterNow) -> str:
    what = "cancellation" if one.method == "CANCEL" else ("link" if one.links else "no link")
    return f"{one.audience} by {one.by} with {what}"


def _told(happened: Happened) -> str:
    return _joined(one.to for one in happened.notices)


def _warned(happened: Happened) -> str:
    return "warned" if happened.warnings else ""


def _at_zoom(happened: Happened) -> str:
    return _joined(happened.at_zoom)


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(parts))


_ASPECTS: dict[str, Callable[[Happened], str]] = {
    "outcome": _outcome,
    "connection": _connections,
    "host": _hosts,
    "link": _links,
    "sent": _sent,
    "waits to be sent": _waiting,
    "notices": _told,
    "warnings": _warned,
    "at Zoom": _at_zoom,
}
