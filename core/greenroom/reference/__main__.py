"""Write the reference: ``python -m greenroom.reference docs/reference``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from greenroom.profiles import Registry
from greenroom.reference.defaults_page import defaults_page
from greenroom.reference.examples import Example, examples
from greenroom.reference.files_pages import files_page, manifest_page
from greenroom.reference.hooks_page import hooks_page
from greenroom.reference.links import links
from greenroom.reference.model_page import model_page
from greenroom.reference.templates_page import templates_page

_FILES = {
    "profile.yaml": "profile.yaml",
    "labels": "labels/*.yaml",
    "clauses.yaml": "clauses.yaml",
    "walkthrough.yaml": "walkthrough.yaml",
}
"""The files of a profile, by the heading they are described under."""


def pages() -> Mapping[str, str]:
    """Return every page of the reference by its file's name; examples are out of the installed profiles."""
    known = links()
    files = {name: _examples_of(file) for name, file in _FILES.items()}
    return {
        "hooks.md": hooks_page(known),
        "model.md": model_page(known),
        "manifest.md": manifest_page(known, files["profile.yaml"]),
        "files.md": files_page(known, files),
        "templates.md": templates_page(known, _letter()),
        "defaults.md": defaults_page(),
    }


def _examples_of(file: str) -> Mapping[str, Example]:
    return examples({name: max(folder.glob(file)).read_text("utf-8") for name, folder in _folders().items()})


def _letter() -> Example:
    """Return the shortest template of a letter that says a passcode."""
    texts = [
        Example(name, file.read_text("utf-8").strip())
        for name, folder in _folders().items()
        for file in sorted(folder.glob("templates/*.txt.j2"))
    ]
    return min((one for one in texts if "passcode" in one.text), key=lambda one: (len(one.text), one.profile))


def _folders() -> Mapping[str, Path]:
    registry = Registry.discover()
    return {name: registry.profile(name).folder for name in registry.names}


def main(folder: Path) -> None:
    """Write every page, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
