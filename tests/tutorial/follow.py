"""Do what a page says, one thing after the other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tests.tutorial.page import Command, Step
from tests.tutorial.shell import Shell


def follow(steps: Iterable[Step], shell: Shell, *, deep: bool) -> None:
    """Write the files and run the commands, those that take long only if ``deep``.

    Raises ``AssertionError`` at the first command that prints something else than the page shows, or fails where the
    page does not say so.
    """
    for step in steps:
        if isinstance(step, Command):
            if deep or not step.deep:
                _run(step, shell)
        else:
            step.write(shell.folder)


def write_files(steps: Iterable[Step], home: Path) -> None:
    """Write and change the files of a page below ``home``, and run nothing."""
    for step in steps:
        if not isinstance(step, Command):
            step.write(home)


def _run(command: Command, shell: Shell) -> None:
    printed, status = shell.run(command.text)
    mismatch = command.mismatch(printed)
    assert not mismatch, mismatch
    assert command.may_fail or status == 0, f"line {command.line}: {command.text} ended with status {status}: {printed}"
