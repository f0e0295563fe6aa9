"""Profiles side by side, dimension by dimension: what each document says, on which clauses, and where it is silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from greenroom.model import Basis, Value
from greenroom.profiles.clauses import core_clauses
from greenroom.profiles.derivations import Finding, Silence, derived
from greenroom.profiles.dimensions import Dimension, dimension_book, dimensions
from greenroom.profiles.manifest import DimensionStatement
from greenroom.profiles.profile import Profile

ValueBasis = Literal["stated", "implied", "decided", "default", "silent"]

_WEAKEST_LAST: tuple[Basis, ...] = ("stated", "implied", "decided")


class Cited(Value):
    """A clause that a value rests on, and how the document gives it."""

    id: str
    basis: Basis


class DimensionValue(Value):
    """What holds for one profile in one dimension.

    ``words`` are core's (see `Dimension`), ``says`` reads; both are empty where the document is ``silent``, and
    ``instead`` tells what is done there. ``basis`` is that of the weakest of the document's ``clauses``; *default*:
    there are only core's own.
    """

    profile: str
    words: tuple[str, ...] = ()
    says: str = ""
    basis: ValueBasis
    clauses: tuple[Cited, ...] = ()
    instead: str = ""


class ComparedDimension(Value):
    """One dimension, with a value for each profile in the order of the comparison."""

    name: str
    group: str
    title: str
    asks: str
    differs: bool
    values: tuple[DimensionValue, ...]


class ComparedProfile(Value):
    """Whose values they are. ``deviating``: parameters whose value is this deployment's and not the product's."""

    name: str
    product: str
    edition: str
    deviating: tuple[str, ...] = ()


class Comparison(Value):
    """Profiles over all dimensions: those in which they differ first."""

    profiles: tuple[ComparedProfile, ...]
    dimensions: tuple[ComparedDimension, ...]

    @property
    def differences(self) -> tuple[ComparedDimension, ...]:
        """The dimensions in which they differ."""
        return tuple(one for one in self.dimensions if one.differs)

    @property
    def alike(self) -> tuple[ComparedDimension, ...]:
        """The dimensions in which they do not; silence of all is alike too."""
        return tuple(one for one in self.dimensions if not one.differs)


class Contradiction(Value):
    """A manifest states one thing under ``dimensions`` and says another elsewhere."""

    dimension: str
    stated: str
    elsewhere: str

    def __str__(self) -> str:
        return f"dimension {self.dimension!r}: {self.stated} is stated, {self.elsewhere} follows from the manifest"


def compare(profiles: Sequence[Profile]) -> Comparison:
    """Return the profiles side by side."""
    titles = {group.name: group.title for group in dimension_book().groups}
    compared = [_compared(one, titles[one.group], profiles) for one in dimensions().values()]
    return Comparison(
        profiles=tuple(
            ComparedProfile(
                name=one.name,
                product=one.manifest.product,
                edition=one.edition,
                deviating=tuple(str(deviation) for deviation in one.deviations),
            )
            for one in profiles
        ),
        dimensions=tuple(sorted(compared, key=lambda one: not one.differs)),
    )


def values_of(profile: Profile) -> Mapping[str, DimensionValue]:
    """Return the value of a profile in every dimension, by the dimension's name."""
    return {name: value_of(profile, dimension) for name, dimension in dimensions().items()}


def value_of(profile: Profile, dimension: Dimension) -> DimensionValue:
    """Return the value of a profile in one dimension: what its manifest says, and what it states beside that."""
    found, stated = derived(profile, dimension), profile.manifest.dimensions.get(dimension.name)
    if stated is None and not isinstance(found, Finding):
        instead = _instead(found.instead if found else "", dimension)
        return DimensionValue(profile=profile.name, basis="silent", instead=instead)
    joined = _joined(found if isinstance(found, Finding) else None, stated)
    cited = tuple(Cited(id=name, basis=profile.clauses[name].basis) for name in joined.clauses)
    says = dimension.says(joined.words, joined.detail)
    return DimensionValue(profile=profile.name, words=joined.words, says=says, basis=_basis(cited), clauses=cited)


def contradictions(profile: Profile) -> Iterator[Contradiction]:
    """Yield what a profile states of a dimension against the rest of its manifest."""
    for name, stated in profile.manifest.dimensions.items():
        found = derived(profile, dimensions()[name])
        words = ", ".join(stated.value)
        if isinstance(found, Silence):
            yield Contradiction(dimension=name, stated=words, elsewhere="silence")
        elif found is not None and set(found.words) != set(stated.value):
            yield Contradiction(dimension=name, stated=words, elsewhere=", ".join(found.words))


def undescribed(profile: Profile) -> Iterator[str]:
    """Yield the dimensions of which a profile says that its document describes them, without saying what."""
    for name, dimension in dimensions().items():
        capability = profile.manifest.capabilities.get(dimension.capability or "")
        described = capability is not None and capability.level in {"full", "partial"}
        if described and value_of(profile, dimension).basis == "silent":
            yield name


def _compared(dimension: Dimension, group: str, profiles: Sequence[Profile]) -> ComparedDimension:
    values = tuple(value_of(profile, dimension) for profile in profiles)
    return ComparedDimension(
        name=dimension.name,
        group=group,
        title=dimension.title,
        asks=dimension.asks,
        differs=len({(frozenset(value.words), value.says) for value in values}) > 1,
        values=values,
    )


def _joined(found: Finding | None, stated: DimensionStatement | None) -> Finding:
    if found is None:
        assert stated is not None
        return Finding(words=stated.value, detail=stated.detail, clauses=stated.clauses)
    if stated is None:
        return found
    return Finding(words=found.words, detail=stated.detail or found.detail, clauses=stated.clauses)


def _basis(cited: Sequence[Cited]) -> ValueBasis:
    own = [one.basis for one in cited if one.basis != "default"]
    return max(own, key=_WEAKEST_LAST.index) if own else "default"


def _instead(noted: str, dimension: Dimension) -> str:
    """Return what is done where the document is silent; in most dimensions nothing has to be."""
    if noted and dimension.defaults:
        return f"{noted} [{', '.join(dimension.defaults)}]"
    return noted or "; ".join(f"{core_clauses()[name].then} [{name}]" for name in dimension.defaults)
