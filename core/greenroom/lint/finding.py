"""What is said of a profile's files: where, which rule, what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from greenroom.model import Value

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: line and column count from 1, in characters."""

    file: Path
    line: int = 1
    column: int = 1


class Finding(Value):
    """One mistake. ``str()`` is the line people and editors read: ``file:line:column: CODE what. Next: …``."""

    file: str
    line: int
    column: int
    code: str
    severity: Severity
    what: str
    next: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.code} {self.what}. Next: {self.next}"


class Linted(Value):
    """Everything found in one profile, in the order of files and lines; ``silenced`` are findings with an accepted
    ``# lint: ignore[CODE] reason``."""

    profile: str
    folder: str
    findings: tuple[Finding, ...]
    silenced: tuple[Finding, ...] = ()

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(one.severity == "error" for one in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors
