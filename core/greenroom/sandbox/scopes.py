"""What a scope says by its shape: its style, and whose data it reaches.

Granular scopes read `service:action:thing`, classic ones mostly `service:action`. Either may end in `:admin`
(everybody in the account) or `:master` (sub-accounts too); without, it reaches the user's own data.
"""

from collections.abc import Iterable
from typing import Literal

ScopeStyle = Literal["classic", "granular"]
Level = Literal["user", "admin", "master"]

# In-client scopes fit apps of any kind and style.
_ANYWHERE = frozenset({"zoomapp:inmeeting"})
# The one classic family with a third word.
_CLASSIC = "meeting_token:"


def level_of(scope: str) -> Level:
    """Tell whose data a scope reaches."""
    words = scope.split(":")
    return "master" if "master" in words else "admin" if "admin" in words else "user"


def styles_of(scopes: Iterable[str]) -> frozenset[ScopeStyle]:
    """Return the styles used; an app may use one only."""
    return frozenset(_style(scope) for scope in scopes if scope not in _ANYWHERE)


def _style(scope: str) -> ScopeStyle:
    words = [word for word in scope.split(":") if word not in ("admin", "master")]
    return "granular" if len(words) == 3 and not scope.startswith(_CLASSIC) else "classic"


def misplaced(scope: str, *, user_managed: bool) -> tuple[str, str] | None:
    """Return what is wrong with a scope in an app of this kind, and the remedy, or `None`."""
    if scope.endswith(":user") and scope.count(":") != 2:  # user:read:user is one
        return f"scope {scope!r} ends in :user, which no scope does", f"Write {scope.removesuffix(':user')}."
    level = level_of(scope)
    if scope in _ANYWHERE or user_managed == (level == "user"):
        return None
    if user_managed:
        return f"a user-managed app may not have {scope!r}", f"Leave out :{level}, or make the app admin-managed."
    what = f"only a user-managed app may have {scope!r}"
    return what, f"Write {scope}:admin, or make the app user-managed (kind: user)."
