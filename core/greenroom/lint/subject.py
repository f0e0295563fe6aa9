"""What the rules look at: a profile's source, and what is worked out of it once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from greenroom.lint.code import Code, Function
from greenroom.lint.flows import Flows
from greenroom.lint.reach import reach
from greenroom.lint.source import ProfileSource


@dataclass(frozen=True)
class Subject:
    """A profile under inspection."""

    source: ProfileSource

    @cached_property
    def code(self) -> Code:
        """The code that decides."""
        return Code(self.source.code)

    @cached_property
    def flows(self) -> Flows:
        """Where its texts end up."""
        return Flows(self.code)

    @cached_property
    def checking(self) -> Flows:
        """Where the texts of its checks end up."""
        return Flows(Code(self.source.checks))

    @cached_property
    def reached(self) -> dict[str, tuple[Function, ...]]:
        """The functions that each hook leads to, by the hook's name."""
        return reach(self.code)
