"""A folder of invite templates, and what becomes of them.

Each `Invite.template` is the stem of three files: ``<stem>.subject.j2``, ``<stem>.txt.j2`` and ``<stem>.html.j2``.
They may use text, ``{{ }}``, ``if``, ``for``, ``set``, ``with``, ``include`` of a file in the same folder, the common
filters, and ``link``, which makes an address clickable where that is safe and granted. Blanks and line
breaks follow jinja2's own rules (``{%-`` and ``-%}`` trim them); of several blank lines in a row, text keeps one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources.abc import Traversable
from traceback import extract_tb
from typing import NamedTuple

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from greenroom.invites.errors import TemplateFault
from greenroom.invites.fragment import sifted
from greenroom.invites.page import page
from greenroom.invites.plain_text import many_lines, one_line
from greenroom.invites.strict_environment import METER, MOST_CHARACTERS, Meter, StrictEnvironment
from greenroom.model import Invite

SUBJECT_MOST = 200
"""Characters of a subject line."""

_FILE = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.j2")
_LONGEST_SOURCE = 64_000
_WHAT_TEMPLATES_RAISE = (
    TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


class Rendered(NamedTuple):
    """One invite in words: a single subject line, the same body as a page, as the HTML inside it, and as text."""

    subject: str
    html: str
    text: str
    fragment: str


class TemplateSet:
    """The templates of one plugin. Nothing outside ``folder`` is ever read; sources are compiled once."""

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._text = StrictEnvironment(self._source, html=False)
        self._html = StrictEnvironment(self._source, html=True)

    def render(self, invite: Invite, context: Mapping[str, object]) -> Rendered:
        """Render the three files of ``invite.template``.

        :raises TemplateFault: a file is missing, broken, asks for what is not there or was not granted, or does
            not come to an end within the limits.
        """
        stem = invite.template
        subject = one_line(_rendered(self._text, f"{stem}.subject.j2", context), SUBJECT_MOST)
        text = _without_gaps(many_lines(_rendered(self._text, f"{stem}.txt.j2", context), MOST_CHARACTERS))
        raw = many_lines(_rendered(self._html, f"{stem}.html.j2", context), MOST_CHARACTERS)
        fragment = sifted(raw, direct_link=invite.direct_link).strip()
        return Rendered(subject, page(subject, fragment), text, fragment)

    def _source(self, name: str) -> str | None:
        if not _FILE.fullmatch(name):
            return None
        file = self._folder.joinpath(name)
        if not file.is_file():
            return None
        source = file.read_text(encoding="utf-8")
        if len(source) > _LONGEST_SOURCE:
            raise TemplateFault(name, None, f"is longer than {_LONGEST_SOURCE} characters")
        return source


def _rendered(environment: StrictEnvironment, name: str, context: Mapping[str, object]) -> str:
    meter = Meter()
    token = METER.set(meter)
    try:
        return "".join(map(meter.write, environment.get_template(name).generate(context)))
    except _WHAT_TEMPLATES_RAISE as error:
        # The cause may quote the data that was rendered: it stays behind.
        raise _fault(name, error) from None
    finally:
        METER.reset(token)


def _fault(name: str, error: Exception) -> TemplateFault:
    frames = [frame for frame in extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    if frames:
        name, line = frames[-1].filename, frames[-1].lineno
    else:
        line = None
    match error:
        case TemplateSyntaxError():
            return TemplateFault(error.name or name, error.lineno, error.message or "syntax error")
        case TemplateNotFound():
            return TemplateFault(name, line, f"there is no file {error.name} in the template folder")
        case TemplateError():
            return TemplateFault(name, line, error.message or type(error).__name__)
    return TemplateFault(name, line, f"{type(error).__name__} while rendering")


def _without_gaps(text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
