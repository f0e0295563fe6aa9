"""What can be wrong with profiles and policies.

    ProfileError (a greenroom.errors.GreenroomError)
    ├── UnknownProfile           no installed plugin has this name
    ├── UnknownEdition           the profile has no such edition of its words
    ├── BlockedProfile           a switch keeps it from being used
    ├── UnreadableSwitches       a switch is set to something that cannot be understood
    ├── BrokenProfile            it cannot be used: it does not import, a file or a hook of it is wrong
    │   ├── IncompatibleProfile  it was written for another hook API
    │   └── DuplicateProfile     two distributions offer the same name
    └── ProfileFault             a hook failed while it was asked
        ├── FactNotDeclared      it touched a fact that its manifest does not declare
        └── WrongAnswer          it answered something that no answer may be

Every error has a stable ``code``, and a message that says what, where and what to do next. Messages never hold
anything of the request that a hook was asked: no name, no address, no token.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from greenroom.errors import GreenroomError

PluginKind = Literal["profile", "policy"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Who a plugin is: its name, and the distribution and version it was installed with."""

    name: str
    distribution: str
    version: str
    kind: PluginKind = "profile"

    def __str__(self) -> str:
        return f"{self.kind} {self.name!r} ({self.distribution} {self.version})"


class ProfileError(GreenroomError):
    """Root of all errors about profiles and policies."""

    code = "profile.error"


class UnknownProfile(ProfileError):
    """No installed profile has this name."""

    code = "profile.unknown"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(f"there is no profile {name!r}", next=_choice(name, self.known))


class UnknownEdition(ProfileError):
    """The profile is there; this edition of its words is not."""

    code = "profile.unknown_edition"

    def __init__(self, origin: Origin, edition: str, known: Iterable[str]) -> None:
        self.origin = origin
        self.edition = edition
        self.known = tuple(known)
        super().__init__(f"there is no edition {edition!r}", where=str(origin), next=_choice(edition, self.known))


class BlockedProfile(ProfileError):
    """The profile is installed, and a switch keeps it from being used."""

    code = "profile.blocked"

    def __init__(self, origin: Origin, reason: str) -> None:
        self.origin = origin
        self.reason = reason
        super().__init__(f"blocked, {reason}", where=str(origin), next="Change that switch to use it")


class UnreadableSwitches(ProfileError):
    """The switches that block or allow profiles cannot be understood."""

    code = "profile.switches"

    def __init__(self, where: str, what: str, *, next: str) -> None:
        super().__init__(what, where=where, next=next)


class BrokenProfile(ProfileError):
    """The plugin is installed and cannot be used. ``what`` is one sentence; the cause is chained."""

    code = "profile.broken"

    def __init__(self, origin: Origin, what: str, *, next: str) -> None:
        self.origin = origin
        super().__init__(what, where=str(origin), next=next)


class IncompatibleProfile(BrokenProfile):
    """The profile was written for a hook API that this Greenroom does not speak."""

    code = "profile.incompatible"

    def __init__(self, origin: Origin, wants: str, speaks: str) -> None:
        self.wants = wants
        self.speaks = speaks
        super().__init__(
            origin,
            f"it was written for hook API {wants}, and this Greenroom speaks {speaks}",
            next=f"Install a {origin.distribution} written for {speaks}, or a Greenroom that speaks {wants}",
        )


class DuplicateProfile(BrokenProfile):
    """Several distributions offer the name, so none of them is used."""

    code = "profile.duplicate"

    def __init__(self, origin: Origin, offered_by: Iterable[str]) -> None:
        self.offered_by = tuple(offered_by)
        offers = " and ".join(self.offered_by)
        super().__init__(
            origin, f"the name is offered by {offers}, so none of them is used", next="Uninstall all but one"
        )


class ProfileFault(ProfileError):
    """A hook failed while it was asked; the exception it raised is the cause."""

    code = "profile.fault"

    def __init__(self, origin: Origin, hook: str, what: str, *, next: str) -> None:
        self.origin = origin
        self.hook = hook
        super().__init__(what, where=f"{origin}, hook {hook!r}", next=next)


class FactNotDeclared(ProfileFault):
    """A hook touched a fact that was not gathered, since the manifest does not declare it for this hook."""

    code = "profile.fact_not_declared"

    def __init__(self, origin: Origin, hook: str, owner: str, fact: str) -> None:
        self.fact = fact
        what = f"it touched {owner}.{fact}, which was not gathered"
        super().__init__(origin, hook, what, next=f"Declare the fact in profile.yaml under 'facts: {hook}:'")


class WrongAnswer(ProfileFault):
    """A hook answered something that no answer may be. ``came`` and ``allowed`` name kinds and keys only."""

    code = "profile.wrong_answer"

    def __init__(self, origin: Origin, hook: str, came: str, allowed: str) -> None:
        self.came = came
        self.allowed = allowed
        super().__init__(origin, hook, f"it answered {came}", next=f"Allowed is {allowed}")


def _choice(wanted: str, known: tuple[str, ...]) -> str:
    closest = difflib.get_close_matches(wanted, known, n=1)
    hint = f"Did you mean {closest[0]!r}? " if closest else ""
    return f"{hint}Known: {', '.join(known) or 'none'}"
