"""A shell that goes on from command to command, as the one somebody types into."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

LONGEST = 300.0
"""Seconds that one command may take."""

_END = "--- that was all of it, with status"


class Printed(NamedTuple):
    """What a command printed, errors among it, and how it ended."""

    text: str
    status: int


class Shell:
    """Bash in a folder, with an environment of its own; ``cd`` and activating an environment last."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        command = ["bash", "--noprofile", "--norc"]
        pipe = subprocess.PIPE
        self._bash = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.STDOUT, text=True
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bash.kill()
        self._bash.communicate()

    def run(self, command: str) -> Printed:
        """Run a command, which is given nothing to read; it is ended after `LONGEST` seconds."""
        assert self._bash.stdin is not None
        assert self._bash.stdout is not None
        told = f"{{ {command}\n}} </dev/null; status=$?; echo; echo '{_END}' $status; (exit $status)\n"
        self._bash.stdin.write(told)
        self._bash.stdin.flush()
        impatience = threading.Timer(LONGEST, self._bash.kill)
        impatience.start()
        lines: list[str] = []
        try:
            for line in self._bash.stdout:
                if line.startswith(_END):
                    return Printed("".join(lines), int(line.removeprefix(_END)))
                lines.append(line)
        finally:
            impatience.cancel()
        message = f"the shell ended in {command!r}, after {''.join(lines)}"
        raise AssertionError(message)

    @property
    def folder(self) -> Path:
        """Where the shell is now."""
        return Path(self.run("pwd").text.strip())
