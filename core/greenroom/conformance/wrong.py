"""Wrong readings: what somebody who misread a clause would have written, so that its check can show it notices.

A plugin keeps them in ``checks/wrong.py``, as ``READINGS``::

    READINGS = (
        WrongReading("ACME-07", "a draft gets a link, too", Edit("rules.py", "Stage.SAVED", "Stage.DRAFT")),
    )

`greenroom.conformance.proving` carries each out on a copy of the plugin and runs the checks of its clauses there.
"""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import dataclass
from pathlib import Path

MODULE = "wrong"


@dataclass(frozen=True)
class Edit:
    """One change to a file of the plugin (path below its package): ``old`` stands there exactly once."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, init=False)
class WrongReading:
    """A plausible misreading of ``clause``, in one sentence, and the edits that carry it out."""

    clause: str
    reading: str
    edits: tuple[Edit, ...]

    def __init__(self, clause: str, reading: str, *edits: Edit) -> None:
        object.__setattr__(self, "clause", clause)
        object.__setattr__(self, "reading", reading)
        object.__setattr__(self, "edits", edits)


class StaleEdit(ValueError):
    """An edit does not fit the file any more: its text is not there, or there more than once."""


def find_readings(package: str) -> tuple[WrongReading, ...]:
    """Return the wrong readings of a plugin's package (``greenroom_acme``); none if it keeps no ``checks/wrong.py``.

    Raises ``ValueError`` for a reading without an edit, and what importing raises.
    """
    name = f"{package}.checks.{MODULE}"
    if importlib.util.find_spec(name) is None:
        return ()
    readings: tuple[WrongReading, ...] = importlib.import_module(name).READINGS
    for reading in readings:
        if not reading.edits:
            message = f"the wrong reading of {reading.clause} changes nothing: give it an Edit"
            raise ValueError(message)
    return readings


def carry_out(reading: WrongReading, copy: Path) -> None:
    """Make ``copy``, a copy of the plugin's package folder, what the reading would have it.

    Raises `StaleEdit` when an edit does not fit.
    """
    for edit in reading.edits:
        file = copy / edit.file
        text = file.read_text("utf-8") if file.is_file() else ""
        if text.count(edit.old) != 1:
            message = f"{reading.clause}: {edit.old!r} stands {text.count(edit.old)} times in {edit.file}, not once"
            raise StaleEdit(message)
        file.write_text(text.replace(edit.old, edit.new), "utf-8")
