"""A profile described as data, for lists, consoles and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from types import NoneType, UnionType
from typing import Literal, Union, get_args, get_origin

from pydantic import JsonValue, TypeAdapter
from pydantic.fields import FieldInfo

from greenroom.model import Action, AppKind, Basis, Level, PhaseKind, Say, Scope, Value
from greenroom.profiles.comparison import DimensionValue, values_of
from greenroom.profiles.dimensions import dimensions
from greenroom.profiles.labels import Colour, Labels
from greenroom.profiles.manifest import Capability, ScopeSpec
from greenroom.profiles.profile import Profile
from greenroom.profiles.role_actions import RoleAction, actions_by_role


class PhaseDescription(Value):
    """A phase of a connection, as the product calls and draws it."""

    name: str
    kind: PhaseKind
    label: str
    colour: Colour


class ActionDescription(Value):
    """Something a person may be offered to do."""

    action: Action
    label: str


class LevelDescription(Value):
    """A level of connection: its phases, its actions, and the kind of Zoom app it needs."""

    level: Level
    label: str
    app: AppKind
    phases: tuple[PhaseDescription, ...]
    actions: tuple[ActionDescription, ...]


class ScopeDescription(Value):
    """A scope as the product prints it, the Zoom scopes behind it, and what it is needed for."""

    name: str
    zoom: tuple[str, ...]
    classic: tuple[str, ...] = ()
    purposes: tuple[str, ...]


class ChoiceDescription(Value):
    """One value a setting can take."""

    value: str
    label: str


class SettingDescription(Value):
    """A setting: what it is called, what it does, its default, and its choices where they are few."""

    scope: Scope
    name: str
    title: str
    help: str
    default: JsonValue
    choices: tuple[ChoiceDescription, ...] = ()


class DimensionAnswer(DimensionValue):
    """What a profile's document says to one of core's questions, or that it is silent on it."""

    dimension: str
    title: str
    asks: str


class ProfileDescription(Value):
    """All that a list or a page tells of a profile. ``levels`` stand in the order of precedence.

    ``answers``: one for each dimension that profiles are compared by. ``parameters`` are those in force, ``deviating``
    says which of them are this deployment's and not the product's.
    """

    product: str
    name: str
    edition: str
    editions: tuple[str, ...]
    distribution: str
    version: str
    source: str
    levels: tuple[LevelDescription, ...]
    roles: tuple[str, ...]
    reach: Literal["own", "organization", "all"]
    link_stage: Literal["draft", "saved", "confirmed"]
    opt_in: Literal["interview", "kind", "always"]
    unique_links: Literal["always", "unless_pmi", "silent"]
    review_first: bool
    features: tuple[str, ...]
    scopes: tuple[ScopeDescription, ...]
    settings: tuple[SettingDescription, ...]
    capabilities: tuple[tuple[str, Capability], ...]
    clauses_by_basis: tuple[tuple[Basis, int], ...]
    parameters: tuple[tuple[str, int | str | bool], ...]
    deviating: tuple[str, ...] = ()
    actions: tuple[RoleAction, ...] = ()
    answers: tuple[DimensionAnswer, ...] = ()

    @property
    def silent(self) -> tuple[DimensionAnswer, ...]:
        """The questions the document is silent on, with what core does there where anything has to be done."""
        return tuple(one for one in self.answers if one.basis == "silent")


def describe(profile: Profile) -> ProfileDescription:
    """Return what a profile is, in the words of its edition. Core's own clauses are not counted."""
    manifest, labels = profile.manifest, profile.labels
    own = (clause.basis for clause in profile.clauses.values() if clause.basis != "default")
    return ProfileDescription(
        product=manifest.product,
        name=profile.name,
        edition=profile.edition,
        editions=manifest.editions,
        distribution=profile.distribution,
        version=profile.version,
        source=manifest.source,
        levels=tuple(_level(profile, level) for level in manifest.levels),
        roles=manifest.roles.known,
        reach=manifest.reach,
        link_stage=manifest.link.stage,
        opt_in=manifest.link.opt_in,
        unique_links=manifest.link.unique,
        review_first=manifest.sending.review_first,
        features=tuple(manifest.features),
        scopes=tuple(_scope(labels, spec) for spec in manifest.scopes),
        settings=tuple(_settings(profile)),
        capabilities=tuple(manifest.capabilities.items()),
        clauses_by_basis=tuple(sorted(Counter(own).items())),
        parameters=profile.parameters,
        deviating=tuple(str(one) for one in profile.deviations),
        actions=actions_by_role(profile),
        answers=tuple(_answers(profile)),
    )


def _answers(profile: Profile) -> Iterator[DimensionAnswer]:
    values = values_of(profile)
    for name, dimension in dimensions().items():
        yield DimensionAnswer(**dict(values[name]), dimension=name, title=dimension.title, asks=dimension.asks)


def _level(profile: Profile, level: Level) -> LevelDescription:
    manifest, labels = profile.manifest, profile.labels
    phases = []
    for spec in manifest.phases[level]:
        label = labels.phase(level, spec.name)
        phases.append(PhaseDescription(name=spec.name, kind=spec.kind, label=label.label, colour=label.colour))
    actions = manifest.actions[level]
    return LevelDescription(
        level=level,
        label=labels.level(level),
        app=manifest.apps[level],
        phases=tuple(phases),
        actions=tuple(ActionDescription(action=action, label=labels.action(action, level)) for action in actions),
    )


def _scope(labels: Labels, spec: ScopeSpec) -> ScopeDescription:
    purposes = tuple(labels.text(Say(key=purpose.say)) for purpose in spec.purposes)
    return ScopeDescription(name=spec.name, zoom=spec.zoom, classic=spec.classic, purposes=purposes)


def _settings(profile: Profile) -> Iterator[SettingDescription]:
    labels = profile.labels
    for scope in Scope:
        model = profile.settings_model(scope)
        for name, field in model.model_fields.items() if model else ():
            default: object = field.get_default(call_default_factory=True, validated_data={})
            yield SettingDescription(
                scope=scope,
                name=name,
                title=labels.settings.get(field.title or name, field.title or name),
                help=labels.messages.get(field.description or "", ""),
                default=_JSON.validate_python(TypeAdapter(object).dump_python(default, mode="json")),
                choices=tuple(_choices(labels, field)),
            )


_JSON: TypeAdapter[JsonValue] = TypeAdapter(JsonValue)


def _choices(labels: Labels, field: FieldInfo) -> Iterator[ChoiceDescription]:
    for value in _values(field.annotation):
        label = labels.options.get(f"{field.title}.{value}") or labels.options.get(value, value)
        yield ChoiceDescription(value=value, label=label)


def _values(annotation: object) -> Iterator[str]:
    """Yield the values that an enumeration, a literal, or a union with one of them allows."""
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        yield from (str(member.value) for member in annotation)
    elif get_origin(annotation) is Literal:
        yield from (str(value) for value in get_args(annotation))
    elif get_origin(annotation) in {Union, UnionType}:
        for part in get_args(annotation):
            yield from _values(part) if part is not NoneType else ()
