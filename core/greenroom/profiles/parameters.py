"""Parameters of a profile: what the document leaves to a figure, and what this deployment makes of it."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.errors import ConfigurationFault
from greenroom.model import Value
from greenroom.profiles.manifest import Manifest

Parameter = int | str | bool

_WORDS = {"true": True, "on": True, "yes": True, "1": True, "false": False, "off": False, "no": False, "0": False}


class Deviation(Value):
    """A parameter whose value here is not the profile's own: what rests on it is this deployment's behaviour."""

    parameter: str
    here: Parameter
    documented: Parameter

    def __str__(self) -> str:
        return f"{self.parameter} is {self.here} here, {self.documented} in the profile"


def deviations(profile: str, manifest: Manifest, given: Mapping[str, object]) -> tuple[Deviation, ...]:
    """Return what ``given`` (text, or values of the right type) changes about the parameters of a profile.

    Raises:
        ConfigurationFault: the profile has no such parameter, or it takes another type.
    """
    found = []
    for name, value in sorted(given.items()):
        where = f"GREENROOM_PARAMETERS__{profile.upper()}__{name.upper()}"
        documented = manifest.parameters.get(name)
        if documented is None:
            known = ", ".join(sorted(manifest.parameters)) or "none"
            raise ConfigurationFault(f"profile {profile!r} has no such parameter", where=where, next=f"It has: {known}")
        here = _typed(value, documented, where)
        if here != documented:
            found.append(Deviation(parameter=name, here=here, documented=documented))
    return tuple(found)


def _typed(value: object, documented: Parameter, where: str) -> Parameter:
    """Return ``value`` as what the manifest's own is; environment variables come as text."""
    text = str(value).strip()
    if isinstance(documented, bool):
        if text.casefold() in _WORDS:
            return _WORDS[text.casefold()]
        raise ConfigurationFault("this parameter is on or off", where=where, next="Write true or false")
    if isinstance(documented, int):
        if text.lstrip("-").isdecimal():
            return int(text)
        raise ConfigurationFault("this parameter is a whole number", where=where, next="Write digits")
    return text
