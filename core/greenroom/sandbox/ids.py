"""Where ids, codes, tokens and passcodes come from: unguessable by default, repeatable with a seed."""

import base64
import random
import secrets
import string

_ALPHABET = string.ascii_letters + string.digits
# Zoom's generated passcodes mix letters and digits; look-alikes are left out for people who read them aloud.
_PASSCODE = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Ids:
    """A source of identifiers.

    Args:
        seed: makes every value repeatable; `None` draws from the operating system.
        purpose: separates sources of one seed, so that drawing from one does not shift the other.
        awkward_uuids: make every UUID begin with `//`, so that nobody forgets to encode it twice in a path.
    """

    def __init__(self, seed: int | None, purpose: str, *, awkward_uuids: bool = False) -> None:
        self._awkward = awkward_uuids
        self._random = secrets.SystemRandom() if seed is None else random.Random(f"{seed}/{purpose}")  # noqa: S311 - repeatable on request

    def text(self, length: int) -> str:
        """Return `length` letters and digits."""
        return "".join(self._random.choices(_ALPHABET, k=length))

    def of(self, alphabet: str, length: int) -> str:
        """Return `length` characters of an alphabet."""
        return "".join(self._random.choices(alphabet, k=length))

    def number(self, digits: int) -> int:
        """Return a number of exactly `digits` digits."""
        return self._random.randrange(10 ** (digits - 1), 10**digits)

    def passcode(self, length: int = 6) -> str:
        """Return a passcode with at least one letter and one digit."""
        body = "".join(self._random.choices(_PASSCODE, k=length - 2))
        return self._random.choice("abcdefghjkmnpqrstuvwxyz") + body + self._random.choice("23456789")

    def uuid(self) -> str:
        """Return a meeting UUID in Zoom's form: base64 of sixteen bytes, which may hold `/` and `+`."""
        drawn = self._random.randbytes(16)
        return base64.b64encode(b"\xff\xff" + drawn[2:] if self._awkward else drawn).decode()
