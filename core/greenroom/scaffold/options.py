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

_NAMES_SOMEBODY = frozenset({"first-interviewer", "round-robin", "chosen"})


@dataclass(frozen=True, kw_only=True)
class Options:
    """The product, and the answers to the questions of `greenroom.scaffold.questions`, which say what they mean."""

    name: str
    product: str
    level: Levels = "organization"
    host: Host = "scheduler"
    link: Link = "confirm"
    approval: Approval = "none"
    calendar: bool = True

    def check(self) -> None:
        """Raise `BadInput` for a name that cannot be that of a profile, or of a product."""
        check_name(self.name)
        check_product(self.product)

    @property
    def package(self) -> str:
        """The package the profile stands in."""
        return f"greenroom_{self.name}"

    @property
    def hosts_connect(self) -> bool:
        """Whether whoever is to host has to have connected: nobody else's connection knows them."""
        return self.level == "member" and self.host in _NAMES_SOMEBODY

    @property
    def prefix(self) -> str:
        """What the ids of its clauses begin with."""
        return _prefix(self.name)


def check_name(name: str) -> None:
    """Raise `BadInput` for what cannot be the name of a profile, of a package, and begin the ids of clauses."""
    if not _NAME.fullmatch(name) or keyword.iskeyword(name):
        what = f"{name!r} cannot be the name of a profile"
        raise BadInput(what, where="NAME", next="Use 2 to 24 of a-z, 0-9 and _, with a letter first, such as acme")
    letters = _prefix(name)
    if len(letters) < 2 or letters == _RESERVED_PREFIX:
        what = f"the ids of clauses would begin with {letters!r}"
        raise BadInput(what, where="NAME", next="Choose a name with two letters or more, other than core")


def check_product(product: str) -> None:
    """Raise `BadInput` for a product's name that would break out of the code and data it is written into."""
    if not _PRODUCT.fullmatch(product):
        what = "the product's name has to stand in code and data as it is"
        raise BadInput(what, where="--product", next="Use up to 60 letters, digits, blanks and . & ' + ! ( ) -")


def _prefix(name: str) -> str:
    return re.sub(r"[^A-Z]", "", name.upper())[:6]
