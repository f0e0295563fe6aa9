"""Zoom as a profile sees it: accounts, users, role permissions. Never a token, start URL, ZAK or host key."""

from __future__ import annotations

from typing import Literal

from greenroom.model.value import Value

ZoomPlan = Literal["basic", "pro", "business", "education", "enterprise"]
"""What the account pays Zoom for."""

Cloud = Literal["commercial", "government"]
"""Where the account lives: Zoom's own cloud, or Zoom for Government."""

Licence = Literal["basic", "licensed", "none"]
"""What the user may host: 40 minutes, without that limit, or (an account's own administrator) nothing."""

ZoomRole = Literal["owner", "admin", "custom", "member"]
"""Zoom's own roles; ``custom`` is any that the account made itself."""

ZoomStatus = Literal["active", "inactive", "pending"]
"""Whether the user can be used: only an active one hosts; a pending one has not accepted Zoom's invitation."""


class ZoomAccount(Value):
    """What is known of a Zoom account, and from whom."""

    id: str | None = None
    """Zoom's id of the account; ``None`` while nobody has connected."""
    plan: ZoomPlan | None = None
    """What it pays for; ``None`` where Zoom does not tell it (a user-level grant cannot read it)."""
    cloud: Cloud = "commercial"
    """Zoom's own cloud, or Zoom for Government."""
    source: Literal["stated", "observed"]
    """Whether somebody said so, or Zoom was asked."""


class Permission(Value):
    """One line of a Zoom role: section and item as Zoom's role editor prints them."""

    section: str
    """The heading in Zoom's role editor, such as *User and Permission Management*."""
    item: str
    """The line below it, such as *Users*."""
    view: bool = True
    """Whether it may be looked at."""
    edit: bool = False
    """Whether it may be changed."""


class ZoomUser(Value):
    """A user of a Zoom account, as last seen there."""

    id: str
    """Zoom's id of the user."""
    email: str
    """Their address at Zoom, as Zoom writes it: compare with `greenroom.rules.same_email`."""
    status: ZoomStatus
    """Only an *active* user hosts."""
    licence: Licence
    """*basic* ends meetings of three and more after 40 minutes."""
    role: ZoomRole
    """Their role in the Zoom account."""
    permissions: frozenset[Permission] = frozenset()
    """What their Zoom role allows. A fact to declare for ``authorize``: ``permissions``."""
    account: ZoomAccount
    """The account they are a user of."""

    @property
    def is_admin(self) -> bool:
        """Whether Zoom calls this user an administrator: account owner or admin."""
        return self.role in {"owner", "admin"}
