"""Who exists at Zoom as a person sees it: users, their age, and what changed since Zoom was asked before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pydantic import AwareDatetime

from greenroom.model import Level, Licence, Value, ZoomRole, ZoomStatus, ZoomUser


class DirectoryUserView(Value):
    """A Zoom user as last seen."""

    email: str
    status: ZoomStatus
    licence: Licence
    role: ZoomRole


class DirectoryChangeView(Value):
    """Somebody who is new, gone or different since Zoom was asked before; ``details``: what is different, in words."""

    email: str
    what: Literal["new", "gone", "changed"]
    details: tuple[str, ...] = ()


class DirectoryPartView(Value):
    """Who is known through one connection: everybody in the account, or only the user it is of.

    ``hosts`` counts those who may host. ``seen_at``: when Zoom was asked, ``None`` if never. ``outdated_by``: the
    event since which that is not to be relied on; whoever asks next looks at Zoom first. ``first_look``: nobody had
    looked before, so there are no ``changes``. ``problem`` and ``code``: why Zoom could not be asked now.
    """

    level: Level
    level_label: str
    owner: str
    reach: Literal["account", "own"]
    users: tuple[DirectoryUserView, ...] = ()
    hosts: int = 0
    seen_at: AwareDatetime | None = None
    outdated_by: str | None = None
    first_look: bool = False
    changes: tuple[DirectoryChangeView, ...] = ()
    problem: str = ""
    code: str | None = None


class DirectoryView(Value):
    """Who exists at Zoom as far as an organization's connections tell. ``at``: the instant ages are counted from."""

    organization: str
    at: AwareDatetime
    connections: tuple[DirectoryPartView, ...]

    @property
    def problems(self) -> tuple[DirectoryPartView, ...]:
        """The connections through which Zoom could not be asked."""
        return tuple(part for part in self.connections if part.code is not None)


def user_views(users: Iterable[ZoomUser]) -> tuple[DirectoryUserView, ...]:
    """Return users as listed, by address."""
    views = (DirectoryUserView(email=one.email, status=one.status, licence=one.licence, role=one.role) for one in users)
    return tuple(sorted(views, key=lambda one: one.email))


def may_host(user: ZoomUser) -> bool:
    """Whether a user may host meetings: active, and not of a kind without meetings."""
    return user.status == "active" and user.licence != "none"


def changes_between(before: Iterable[ZoomUser], after: Iterable[ZoomUser]) -> tuple[DirectoryChangeView, ...]:
    """Return who is new, gone or different, by address. A user keeps their id when their address changes."""
    old, now = {one.id: one for one in before}, {one.id: one for one in after}
    found = [_change(old.get(one), now.get(one)) for one in old.keys() | now.keys()]
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.email))


def _change(before: ZoomUser | None, after: ZoomUser | None) -> DirectoryChangeView | None:
    if after is None:
        return DirectoryChangeView(email=before.email, what="gone") if before is not None else None
    if before is None:
        facts = (after.status, after.licence, after.role)
        return DirectoryChangeView(email=after.email, what="new", details=facts)
    pairs = (
        ("address", before.email, after.email),
        ("status", before.status, after.status),
        ("licence", before.licence, after.licence),
        ("role", before.role, after.role),
    )
    details = tuple(f"{name}: {old} → {now}" for name, old, now in pairs if old != now)
    return DirectoryChangeView(email=after.email, what="changed", details=details) if details else None
