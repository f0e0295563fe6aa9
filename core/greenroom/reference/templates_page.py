"""The page of templates: what a letter can see, and what it can do with it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from greenroom.invites.context import InterviewSeen, PeopleSeen, PersonSeen
from greenroom.invites.strict_environment import MOST_CHARACTERS, MOST_STEPS, StrictEnvironment
from greenroom.invites.templates import SUBJECT_MOST
from greenroom.reference.examples import Example
from greenroom.reference.source import fields_of, summary_of
from greenroom.reference.wording import Links, in_words, prose, table

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "interview": "The interview, in the reader's time: [below](#interview).",
        "people": "Who takes part: [below](#people).",
        "details": "The details of the meeting, as far as `shows` of the [invite](model.md#invite) grants them: "
        "`join_url`, `meeting_id`, `passcode`. What is not granted is not there: ask `details.passcode is defined`.",
        "direct_link": "Whether the link is to be clickable.",
        "notes": "The notes of the invite, in words.",
        "values": "The values of the invite, by name.",
        "why": "`new`, `changed` or `cancelled`.",
        "product": "What the product is called.",
    }
)
"""What a template can use, and what each is."""

_WITHIN = frozenset({"counted", "scalar", "within"})
"""Filters that keep a template within its limits, written by no author."""

_HEAD = f"""\
# Templates

A letter is three files: `NAME.subject.j2`, one line of at most {SUBJECT_MOST} characters; `NAME.txt.j2`; and
`NAME.html.j2`, in which everything printed is escaped. They see what stands here and nothing else: no host, no wish, no
detail of a meeting that the hook did not grant."""

_MEANS = f"""\
Text, `{{{{ }}}}`, `if`, `for`, `set`, `with`, and `include` of a file in the same folder. A name that is not there
stops the rendering, so ask `is defined` of what may be missing. A rendering may take {MOST_STEPS:,} steps and write
{MOST_CHARACTERS:,} characters. The filter `link` makes an address clickable where that is safe and granted."""


def templates_page(links: Links, example: Example) -> str:
    """Return the page, in Markdown; ``example`` is a template as text."""
    filters = sorted(StrictEnvironment(lambda _name: None, html=False).filters.keys() - _WITHIN)
    parts = (
        _HEAD,
        "## Names",
        table(("Name", "Is"), [(f"`{name}`", text) for name, text in NAMES.items()]),
        _seen("interview", InterviewSeen, links),
        _seen("people", PeopleSeen, links),
        f"Each of them, {_seen('', PersonSeen, links)}",
        "## What they may be written with",
        _MEANS,
        f"Filters: {', '.join(f'`{name}`' for name in filters)}.",
        f"As in `{example.profile}`:\n\n```jinja\n{example.text}\n```",
    )
    return "\n\n".join(parts) + "\n"


def _seen(name: str, cls: type, links: Links) -> str:
    rows = [
        (f"`{one.name}`", in_words(one.annotation, links), prose(one.meaning, links)) for one in fields_of(cls).values()
    ]
    told = prose(summary_of(cls), links)
    fields = table(("Field", "Type", "Meaning"), rows)
    return f"### {name}\n\n{told}\n\n{fields}" if name else f"{told[0].lower()}{told[1:]}\n\n{fields}"
