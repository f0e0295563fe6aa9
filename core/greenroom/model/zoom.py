"""Zoom as a profile sees it: accounts, users, role permissions. Never a token, start URL, ZAK or host key."""

from __future__ import annotations

from typing import Literal

from greenroom.model.value import Value

ZoomPlan = Literal["basic", "pro", "business", "education", "enterprise"]
Cloud = Literal["commercial", "government"]
Licence = Literal["basic", "licensed", "none"]
ZoomRole = Literal["owner", "admin", "custom", "member"]
ZoomStatus = Literal["active", "inactive", "pending"]


class ZoomAccount(Value):
    """What is known of a Zoom account, and from whom.

    ``plan`` is ``None`` when Zoom does not tell it (a user-level grant cannot read it).
    """

    id: str | None = None
    plan: ZoomPlan | None = None
    cloud: Cloud = "commercial"
    source: Literal["stated", "observed"]


class Permission(Value):
    """One line of a Zoom role: section and item as Zoom's role editor prints them."""

    section: str
    item: str
    view: bool = True
    edit: bool = False


class ZoomUser(Value):
    """A user of a Zoom account, as last seen there."""

    id: str
    email: str
    status: ZoomStatus
    licence: Licence
    role: ZoomRole
    permissions: frozenset[Permission] = frozenset()
    account: ZoomAccount

    @property
    def is_admin(self) -> bool:
        """Whether Zoom calls this user an administrator: account owner or admin."""
        return self.role in {"owner", "admin"}
