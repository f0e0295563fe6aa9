"""Who may: role gates, address rules, Zoom role permissions."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.model import Action, AuthorizeRequest, Permission, Refusal, ZoomUser, normalize_email
from greenroom.rules.answers import refuse


def same_email(left: str, right: str) -> bool:
    """Whether two addresses are the same person's: compared without regard to case or outer blanks.

    Aliases (``ana+zoom@…``, dots) are different addresses: no product document says otherwise.
    """
    return normalize_email(left) == normalize_email(right)


def only_active(request: AuthorizeRequest, clause: str = "CORE-10") -> Refusal | None:
    """Refuse an acting member who is not active; ``None`` lets them pass."""
    if request.actor is not None and request.actor.active:
        return None
    return refuse("not_an_active_member", clause)


def only_roles(
    request: AuthorizeRequest, roles: Iterable[str], *clauses: str, next: tuple[Action, ...] = ()
) -> Refusal | None:
    """Refuse an actor who holds none of ``roles`` (the product's own names); ``None`` lets them pass."""
    held = request.actor.roles if request.actor is not None else frozenset()
    if held & frozenset(roles):
        return None
    return refuse("role_not_allowed", *clauses, next=next, fact=", ".join(sorted(held)) or "no role")


def missing_permissions(user: ZoomUser, needed: Iterable[Permission]) -> frozenset[Permission]:
    """Return those of ``needed`` that the user's Zoom role does not give; more than needed is fine."""

    def given(want: Permission) -> bool:
        return any(
            (have.section, have.item) == (want.section, want.item)
            and (have.view or not want.view)
            and (have.edit or not want.edit)
            for have in user.permissions
        )

    return frozenset(want for want in needed if not given(want))
