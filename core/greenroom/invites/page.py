"""The page around every letter's HTML: a title, a language, readable on a phone, by day and by night."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup


def page(title: str, fragment: str) -> str:
    """Return a whole HTML page; ``title`` is escaped, ``fragment`` is taken as the sifted HTML it is."""
    return _template().render(title=title, fragment=Markup(fragment))  # noqa: S704  # sifted before it comes here


@cache
def _template() -> Template:
    source = files("greenroom.invites").joinpath("page.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(source)
