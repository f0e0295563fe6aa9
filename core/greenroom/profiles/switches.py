"""Three switches over what is used: only these, not these, none at all.

They are read before any plugin is looked at, so they also work when a plugin is the thing that is broken.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path

from pydantic import StrictBool, ValidationError

from greenroom.model import Value
from greenroom.profiles.errors import UnreadableSwitches

ONLY = "GREENROOM_PROFILES_ONLY"
BLOCK = "GREENROOM_PROFILES_BLOCK"
NONE = "GREENROOM_NO_PROFILES"

_TRUTH = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


class Switches(Value):
    """Which plugins may be used, by name.

    ``only``: no other profile than these (``None`` = all; policies are not meant). ``block``: neither profiles
    nor policies of these names. ``none``: nothing at all.
    """

    only: frozenset[str] | None = None
    block: frozenset[str] = frozenset()
    none: bool = False

    @classmethod
    def resolve(
        cls,
        *,
        only: Collection[str] | None = None,
        block: Collection[str] | None = None,
        none: bool | None = None,
        environment: Mapping[str, str],
        file: Path | None = None,
    ) -> Switches:
        """Return the switches in force: for each the flag, else the environment, else the configuration file.

        ``None`` is a flag that was not given. The file is TOML with a table ``[profiles]`` that may hold
        ``only``, ``block`` and ``none``; the environment has comma-separated names in
        ``GREENROOM_PROFILES_ONLY`` and ``GREENROOM_PROFILES_BLOCK``, and ``GREENROOM_NO_PROFILES=1``; a variable
        that is empty is not set.

        Raises:
            UnreadableSwitches: a variable or the file cannot be understood.
        """
        flags = _Stated(only=_names(only), block=_names(block), none=none)
        sources = (flags, _from_environment(environment), _from_file(file) if file else _Stated())
        return cls(
            only=next((source.only for source in sources if source.only is not None), None),
            block=next((source.block for source in sources if source.block is not None), frozenset()),
            none=next((source.none for source in sources if source.none is not None), False),
        )

    def reason_to_block(self, name: str, *, policy: bool = False) -> str | None:
        """Return why the plugin of this name may not be used, or ``None`` when it may."""
        if self.none:
            return "all profiles are switched off"
        if name in self.block:
            return "it is on the list of blocked names"
        if not policy and self.only is not None and name not in self.only:
            return "it is not on the list of the only names allowed"
        return None


class _Stated(Value):
    """What one source says; ``None`` = nothing."""

    only: frozenset[str] | None = None
    block: frozenset[str] | None = None
    none: StrictBool | None = None


def _names(names: Collection[str] | None) -> frozenset[str] | None:
    return None if names is None else frozenset(name.strip() for name in names if name.strip())


def _from_environment(environment: Mapping[str, str]) -> _Stated:
    only, block = environment.get(ONLY), environment.get(BLOCK)
    return _Stated(
        only=_names(only.split(",")) if only else None,
        block=_names(block.split(",")) if block else None,
        none=_truth(environment.get(NONE, "")),
    )


def _truth(text: str) -> bool | None:
    if not text.strip():
        return None
    truth = _TRUTH.get(text.strip().lower())
    if truth is None:
        raise UnreadableSwitches(NONE, f"{text!r} is neither yes nor no", next="Set it to 1 or 0")
    return truth


def _from_file(file: Path) -> _Stated:
    where = str(file)
    try:
        table = tomllib.loads(file.read_text("utf-8")).get("profiles", {})
        return _Stated.model_validate(table)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSwitches(where, f"cannot be read: {reason}", next="Name a readable file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UnreadableSwitches(where, f"not TOML: {error}", next="Correct the syntax") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(("profiles", *map(str, first["loc"])))
        remedy = "Write only = [names], block = [names] or none = true"
        raise UnreadableSwitches(where, f"{field}: {first['msg']}", next=remedy) from None
