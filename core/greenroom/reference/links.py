"""Where the documentation describes what docstrings and rules name: public values, and the rules profiles share."""

from __future__ import annotations

from posixpath import normpath

from greenroom import model, rules
from greenroom.reference.wording import Links


def links(home: str = ".") -> Links:
    """Return where each is described, by name; ``home`` is the way from the page that links to ``docs/reference``."""
    found = {name: f"model.md#{name.lower()}" for name in model.__all__}
    for name in rules.__all__:
        page = getattr(rules, name).__module__.rpartition(".")[2]
        found[f"greenroom.rules.{name}"] = f"../how-to/{page}.md#{name}"
    return {name: normpath(f"{home}/{target}") for name, target in found.items()}
