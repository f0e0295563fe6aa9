"""The root of every error Greenroom raises on purpose.

    GreenroomError
    ├── BadInput                 what was given cannot be used; nothing was written
    │   └── NotFound             no such organization, member, interview, …
    ├── ConfigurationFault       settings of this deployment are missing or wrong
    ├── profiles.errors.*        a plugin is unknown, broken or answered wrongly
    ├── engine.ports.zoom.*      Zoom refused, is unreachable, or left the outcome unclear
    └── store.errors.*           sealed data cannot be opened, the database is not ours

Each error says what happened, where, and what to do next, and has a stable ``code``. None carries a token or
a person's data beyond what the caller gave.
"""

from __future__ import annotations


class GreenroomError(Exception):
    """``what`` happened, ``where`` (a file and field, a host, a plugin), ``next``: what to do about it."""

    code = "greenroom.error"

    def __init__(self, what: str, *, where: str = "", next: str = "") -> None:
        self.what = what
        self.where = where
        self.next = next
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.next}" if self.next else head


class BadInput(GreenroomError):
    """Something given cannot be used; nothing was written and Zoom was not called."""

    code = "input.invalid"


class NotFound(BadInput):
    """No such thing in this deployment, or not in this organization."""

    code = "input.not_found"


class ConfigurationFault(GreenroomError):
    """A setting of this deployment is missing or wrong."""

    code = "configuration.fault"
