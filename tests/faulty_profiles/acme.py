"""Ways to write acme otherwise that are no mistakes, and a mistake that takes two editions of words."""

from __future__ import annotations

from pathlib import Path

from tests.faulty_profiles.faults import Fault, Variant

from greenroom.conformance.wrong import Edit

FAULTS = (
    Fault(
        "editions_differ_in_words_alone",
        "a message is missing in the older edition",
        "labels/2026-05.yaml",
        Edit("labels/2026-05.yaml", "  save_first: Save the interview first.\n", ""),
    ),
)


def _worded_otherwise(copy: Path) -> None:
    for labels in (copy / "labels").iterdir():
        labels.write_text(labels.read_text("utf-8").replace("Save the interview first.", "Not saved yet."), "utf-8")


def _more_words(copy: Path) -> None:
    for labels in (copy / "labels").iterdir():
        labels.write_text(labels.read_text("utf-8") + "  nobody_says_this: Unused.\n", "utf-8")


def _another_order(copy: Path) -> None:
    manifest = copy / "profile.yaml"
    first, rest = manifest.read_text("utf-8").split("\n", 1)
    manifest.write_text(f"{rest}{first}\n", "utf-8")


def _another_setting(copy: Path) -> None:
    rules, field = (
        copy / "rules.py",
        '    spare: bool = Field(default=False, title="recording", description="help.recording")\n',
    )
    line = '    recording: Recording = Field(Recording.NONE, title="recording", description="help.recording")\n'
    rules.write_text(rules.read_text("utf-8").replace(line, line + field), "utf-8")


def _another_module(copy: Path) -> None:
    (copy / "rules.py").rename(copy / "deciding.py")
    hooks = "SETTINGS, authorize, create_meeting, render_invite, select_host, want_meeting"
    (copy / "rules.py").write_text(
        f"from greenroom_acme.deciding import {hooks}\n\n__all__ = {hooks.split(', ')!r}\n", "utf-8"
    )


VARIANTS = (
    Variant("other words", _worded_otherwise),
    Variant("words that nobody uses", _more_words),
    Variant("keys in another order", _another_order),
    Variant("a setting more", _another_setting),
    Variant("hooks in another module", _another_module),
)
