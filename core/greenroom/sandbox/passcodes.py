"""What an account asks of meeting passcodes, and passcodes that satisfy it."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from greenroom.sandbox.ids import Ids

LONGEST = 10

# The signs Zoom puts into passcodes of its own; it takes more in those it is given.
_SIGNS = "@-_*"
_USUAL_LENGTH = 6
_ROWS = (string.digits, string.ascii_lowercase, "qwertyuiop", "asdfghjkl", "zxcvbnm")


@dataclass(frozen=True)
class PasscodeRequirement:
    """The account's rules, under Zoom's names.

    Attributes:
        length: the least number of characters; 0 for no rule.
        only_allow_numeric: digits only, whatever the rules on letters and signs say.
        weak_enhance_detection: people are warned of weak passcodes; nothing is refused.
        consecutive_characters_length: so many characters in a row, such as `abcd`, `4321`, `qwer` or `aaaa`,
            are too many; 0 for no rule.
    """

    length: int = 0
    have_letter: bool = False
    have_number: bool = False
    have_special_character: bool = False
    have_upper_and_lower_characters: bool = False
    only_allow_numeric: bool = False
    weak_enhance_detection: bool = False
    consecutive_characters_length: int = 0

    def objection(self, passcode: str) -> str | None:
        """Return what is wrong with a passcode, or `None`."""
        if len(passcode) < self.length:
            return f"The passcode must have at least {self.length} characters."
        row = self.consecutive_characters_length
        if row and _longest_row(passcode) >= row:
            return f"The passcode must not have {row} or more consecutive characters."
        if self.only_allow_numeric:
            return None if passcode.isdecimal() else "The passcode must have digits only."
        return next((text for asked, met, text in self._kinds(passcode) if asked and not met), None)

    def make(self, ids: Ids) -> str:
        """Return a new passcode that satisfies the rules and mixes letters and digits where it may."""
        if self == PasscodeRequirement():
            return ids.passcode()
        alphabet = string.digits
        if not self.only_allow_numeric:
            alphabet += string.ascii_letters + (_SIGNS if self.have_special_character else "")
        wanted = replace(self, have_letter=True, have_number=True)
        length = min(max(self.length, _USUAL_LENGTH), LONGEST)
        while wanted.objection(passcode := ids.of(alphabet, length)):
            pass
        return passcode

    def _kinds(self, passcode: str) -> tuple[tuple[bool, bool, str], ...]:
        letters = [one for one in passcode if one.isalpha()]
        upper_and_lower = passcode.upper() != passcode != passcode.lower()
        signs = not passcode.isalnum()
        return (
            (self.have_letter, bool(letters), "The passcode must have at least one letter."),
            (self.have_number, any(one.isdecimal() for one in passcode), "The passcode must have at least one number."),
            (self.have_special_character, signs, "The passcode must have at least one special character."),
            (
                self.have_upper_and_lower_characters,
                upper_and_lower,
                "The passcode must have both uppercase and lowercase letters.",
            ),
        )


def requirement_of(rules: Mapping[str, object]) -> PasscodeRequirement:
    """Return the requirement a settings object describes; what it leaves out is not required."""
    known = {field.name for field in fields(PasscodeRequirement)}
    return PasscodeRequirement(**{name: value for name, value in rules.items() if name in known})  # type: ignore[arg-type] # the world schema gives each name its type


def _longest_row(passcode: str) -> int:
    """Return the length of the longest run of equal characters, or of neighbours in an order people know."""
    text = passcode.casefold()
    ends = range(1, len(text) + 1)
    return max((end - start for end in ends for start in range(end) if _is_row(text[start:end])), default=0)


def _is_row(piece: str) -> bool:
    return len(set(piece)) == 1 or any(piece in row or piece in row[::-1] for row in _ROWS)
