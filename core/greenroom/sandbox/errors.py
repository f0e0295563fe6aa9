"""Everything that can go wrong, as one tree.

::

    SandboxError
    ├── WorldError        the world file cannot be used; names file, place, problem and remedy
    ├── ControlError      a call to `/_sandbox/` names something that does not exist
    ├── ZoomError         a REST refusal, as Zoom words it: HTTP status, code, message
    │   ├── ValidationError   code 300 with the offending fields
    │   ├── LimitReached      429: the account asked for too much (in `limits.py`)
    │   └── HostDayReached    429: a host's meetings changed too often today (in `limits.py`)
    └── OAuthError        a refusal of the token endpoint: reason and RFC 6749 error

`ZoomError` and `OAuthError` never leave the server as exceptions: the edge turns them into replies.
"""

from collections.abc import Mapping
from dataclasses import dataclass


class SandboxError(Exception):
    """Root of the sandbox's own errors."""


class WorldError(SandboxError):
    """A world file that cannot be used; `str()` lists every problem found, one a line."""

    def __init__(self, source: str, problems: tuple["Problem", ...]) -> None:
        self.source = source
        self.problems = problems
        super().__init__("\n".join(f"{source}: {problem}" for problem in problems))


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a world file: where in the document, what, and what to do."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}"


class ControlError(SandboxError):
    """A control call that cannot be carried out.

    Attributes:
        status: the HTTP status of the answer.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        self.status = status
        super().__init__(message)


class ZoomError(SandboxError):
    """A REST refusal.

    Attributes:
        status: the HTTP status.
        code: Zoom's own number.
        message: Zoom's own text.
    """

    def __init__(self, status: int, code: int, message: str) -> None:
        self.status = status
        self.code = code
        self.message = message
        super().__init__(f"{status}/{code} {message}")

    def body(self) -> dict[str, object]:
        """Return the JSON body Zoom sends with this refusal."""
        return {"code": self.code, "message": self.message}

    def headers(self, usual: Mapping[str, str]) -> dict[str, str]:
        """Return the headers of the refusal, given those a reply of this operation usually has."""
        return dict(usual)


class ValidationError(ZoomError):
    """Code 300, naming each field that does not fit."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self.fields = fields
        super().__init__(400, 300, "Validation Failed.")

    def body(self) -> dict[str, object]:
        """Return the JSON body with one entry for each field."""
        errors = [{"field": field, "message": message} for field, message in self.fields.items()]
        return {**super().body(), "errors": errors}


class OAuthError(SandboxError):
    """A refusal of the token or revoke endpoint.

    Attributes:
        reason: Zoom's own text.
        error: the RFC 6749 error name.
    """

    status = 400

    def __init__(self, reason: str, error: str) -> None:
        self.reason = reason
        self.error = error
        super().__init__(f"{error}: {reason}")

    def body(self) -> dict[str, object]:
        """Return the JSON body; the official 47xx numbers never appear in it."""
        return {"reason": self.reason, "error": self.error}
