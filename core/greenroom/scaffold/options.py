"""What somebody says of a product before its profile is written."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import Literal

from greenroom.errors import BadInput

Levels = Literal["organization", "member", "both"]
Host = Literal["scheduler", "first-interviewer", "round-robin", "authorizer", "chosen"]
Link = Literal["draft", "save", "confirm", "schedule"]
Approval = Literal["none", "pre-approval"]

_NAME = re.compile(r"[a-z][a-z0-9_]{1,23}")
_PRODUCT = re.compile(r"[A-Za-z0-9][\w .&'+!()-]{0,58}[\w.!)+]|[A-Za-z0-9]")
_RESERVED_PREFIX = "CORE"

_LOOKS_OTHERS_UP = frozenset({"first-interviewer", "round-robin", "chosen"})


@dataclass(frozen=True, kw_only=True)
class Options:
    """The product, and the choices its profile begins with.

    ``level``: whose the connection is. ``host``: whose Zoom hosts. ``link``: the event that makes a meeting;
    *schedule* makes one by itself for interviews of a kind that is held over Zoom, the others at somebody's wish.
    ``calendar``: invites are calendar events, else mail.
    """

    name: str
    product: str
    level: Levels = "organization"
    host: Host = "scheduler"
    link: Link = "confirm"
    approval: Approval = "none"
    calendar: bool = True

    def check(self) -> None:
        """Raise `BadInput` for a name that cannot be one, and for choices that make no sense together."""
        _check_names(self.name, self.product)
        if self.level == "member" and self.host in _LOOKS_OTHERS_UP:
            what = f"a member's own connection shows no other Zoom user, so the host cannot be {self.host}"
            raise BadInput(what, where="--host", next="Say --host scheduler, or --level organization or both")
        if self.level == "member" and self.host == "authorizer":
            what = "whoever authorized a member's own connection is that member, who schedules"
            raise BadInput(what, where="--host", next="Say --host scheduler, which is the same")
        if self.level == "organization" and self.approval == "pre-approval":
            what = "the account's app is added by a Zoom admin, whose approval it would wait for"
            raise BadInput(what, where="--approval", next="Say --approval none, or --level member or both")

    @property
    def package(self) -> str:
        """The package the profile stands in."""
        return f"greenroom_{self.name}"

    @property
    def prefix(self) -> str:
        """What the ids of its clauses begin with."""
        return re.sub(r"[^A-Z]", "", self.name.upper())[:6]


def _check_names(name: str, product: str) -> None:
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        what = f"{name!r} cannot be the name of a profile"
        raise BadInput(what, where="NAME", next="Use 2 to 24 of a-z, 0-9 and _, with a letter first, such as acme")
    letters = Options(name=name, product=product).prefix
    if len(letters) < 2 or letters == _RESERVED_PREFIX:
        what = f"the ids of clauses would begin with {letters!r}"
        raise BadInput(what, where="NAME", next="Choose a name with two letters or more, other than core")
    if not _PRODUCT.fullmatch(product):
        what = "the product's name has to stand in code and data as it is"
        raise BadInput(what, where="--product", next="Use up to 60 letters, digits, blanks and . & ' + ! ( ) -")
