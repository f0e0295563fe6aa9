"""What a manifest says about dimensions without stating them: levels, actions, capabilities, features, settings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from greenroom.model import Action, Level, PhaseKind, Scope, Value
from greenroom.profiles.clauses import CORE_PREFIX
from greenroom.profiles.dimensions import Dimension
from greenroom.profiles.manifest import Manifest, PhaseSpec
from greenroom.profiles.profile import Profile

_CITED = re.compile(r"\s*\[([A-Z0-9, -]+)\]")


class Finding(Value):
    """What holds in one dimension: core's words for it, what they leave out, and the clauses it rests on."""

    words: tuple[str, ...]
    detail: str = ""
    clauses: tuple[str, ...] = ()


class Silence(Value):
    """The document does not say; ``instead`` is what the manifest notes on it."""

    instead: str = ""


def derived(profile: Profile, dimension: Dimension) -> Finding | Silence | None:
    """Return what the manifest says, that it declares its document to be silent, or ``None``: it says nothing."""
    capability = profile.manifest.capabilities.get(dimension.capability or "")
    if capability is not None and capability.level == "silent":
        return Silence(instead=capability.reason)
    derive = _DERIVATIONS.get(dimension.name)
    found = derive(profile) if derive else _feature(profile.manifest, dimension)
    if found is None and capability is not None and capability.level == "unsupported":
        return Finding(words=("no",), detail=_CITED.sub("", capability.reason), clauses=_cited(capability.reason))
    return found


def _feature(manifest: Manifest, dimension: Dimension) -> Finding | None:
    for name, feature in manifest.features.items():
        if name == dimension.feature:
            return Finding(words=("yes",), clauses=feature.clauses)
    return None


def _cited(reason: str) -> tuple[str, ...]:
    """Return the clause ids that a reason names in brackets."""
    return tuple(name.strip() for group in _CITED.findall(reason) for name in group.split(","))


def _documented(phases: Iterable[PhaseSpec]) -> tuple[PhaseSpec, ...]:
    """Leave out phases that rest on core's defaults alone."""
    return tuple(one for one in phases if any(not name.startswith(CORE_PREFIX) for name in one.clauses))


def _holds_grants(manifest: Manifest, level: Level) -> bool:
    return any(phase.kind is PhaseKind.ACTIVE for phase in manifest.phases[level])


def _offers(manifest: Manifest, action: Action) -> bool:
    return any(action in manifest.actions[level] for level in manifest.levels)


def _level(profile: Profile) -> Finding:
    manifest = profile.manifest
    words = tuple(level.value for level in manifest.levels if _holds_grants(manifest, level))
    switched = len(words) < len(manifest.levels)
    detail = "switched on for the organization first" if switched else ""
    return Finding(words=words, detail=detail, clauses=manifest.level_clauses)


def _reach(profile: Profile) -> Finding:
    manifest = profile.manifest
    theirs = Level.MEMBER in manifest.levels and _holds_grants(manifest, Level.MEMBER)
    word = "shared" if manifest.reach == "organization" and not theirs else manifest.reach
    return Finding(words=(word,), clauses=manifest.level_clauses)


def _precedence(profile: Profile) -> Finding:
    manifest = profile.manifest
    holding = [level for level in manifest.levels if _holds_grants(manifest, level)]
    word = holding[0].value if len(holding) > 1 else "single"
    return Finding(words=(word,), clauses=manifest.level_clauses)


def _share_link(profile: Profile) -> Finding | None:
    manifest = profile.manifest
    if _offers(manifest, Action.SHARE):
        life = manifest.share
        detail = f"good {life.life.replace('_', ' ')}" if life else ""
        return Finding(words=("yes",), detail=detail, clauses=life.clauses if life else ())
    return _refused(manifest, Action.SHARE, "no")


def _refused(manifest: Manifest, action: Action, word: str) -> Finding | None:
    said = manifest.not_offered.get(action)
    return Finding(words=(word,), clauses=said.clauses) if said else None


def _pre_approval(profile: Profile) -> Finding | None:
    manifest = profile.manifest
    if _offers(manifest, Action.ASK_APPROVAL):
        return Finding(words=("needed",), clauses=_waiting_for_approval(manifest))
    heeded = "approval" in manifest.facts_for("authorize")
    return _refused(manifest, Action.ASK_APPROVAL, "delegating" if heeded else "useless")


def _approval_request(profile: Profile) -> Finding | None:
    manifest = profile.manifest
    if _offers(manifest, Action.ASK_APPROVAL):
        return Finding(words=("in_product",), clauses=_waiting_for_approval(manifest))
    if "approval" in manifest.facts_for("authorize"):
        return _refused(manifest, Action.ASK_APPROVAL, "at_zoom")
    return _refused(manifest, Action.ASK_APPROVAL, "no")


def _waiting_for_approval(manifest: Manifest) -> tuple[str, ...]:
    """Return the clauses of the phases that asking for approval leads to."""
    led_to = {
        (level, moves.to)
        for level in manifest.levels
        for moves in manifest.moves.get(level, ())
        if Action.ASK_APPROVAL.value in moves.by
    }
    specs = (spec for level, name in sorted(led_to) if (spec := manifest.phase(level, name)))
    return tuple(dict.fromkeys(name for spec in specs for name in spec.clauses))


def _zoom_role(profile: Profile) -> Finding | None:
    for recipe in profile.manifest.recipes.values():
        if recipe.permissions:
            rights = "; ".join(
                f"{one.item}: {', '.join(_rights(view=one.view, edit=one.edit))}" for one in recipe.permissions
            )
            cited = (*recipe.clauses, *(name for one in recipe.permissions for name in one.clauses))
            return Finding(words=("recommended",), detail=rights, clauses=tuple(dict.fromkeys(cited)))
    return None


def _rights(*, view: bool, edit: bool) -> tuple[str, ...]:
    return tuple(name for name, given in (("view", view), ("edit", edit)) if given)


def _scopes(profile: Profile) -> Finding | None:
    count = len(profile.manifest.scopes)
    return Finding(words=("listed",), detail=f"{count} of them") if count else None


def _several_accounts(profile: Profile) -> Finding | None:
    exclusive = profile.manifest.exclusive
    return Finding(words=("one",), clauses=exclusive.clauses) if exclusive else None


def _states(profile: Profile) -> Finding:
    manifest = profile.manifest
    kinds: dict[str, None] = {}
    shown: list[str] = []
    clauses: dict[str, None] = {}
    for level in manifest.levels:
        seen = _documented(manifest.phases[level])
        kinds |= dict.fromkeys(phase.kind.value for phase in seen)
        shown.append(", ".join(profile.labels.phase(level, phase.name).label for phase in seen))
        clauses |= dict.fromkeys(name for phase in seen for name in phase.clauses)
    words = tuple(kind.value for kind in PhaseKind if kind.value in kinds)
    return Finding(words=words, detail="; ".join(shown), clauses=tuple(clauses))


def _yes_if_offered(action: Action) -> Callable[[Profile], Finding | None]:
    def derive(profile: Profile) -> Finding | None:
        return Finding(words=("yes",)) if _offers(profile.manifest, action) else None

    return derive


def _authorizer_stays(profile: Profile) -> Finding | None:
    manifest = profile.manifest
    for level in manifest.levels:
        for moves in manifest.moves.get(level, ()):
            spec = manifest.phase(level, moves.to)
            if "authorizer_role" in moves.by and spec and spec.kind is PhaseKind.BROKEN:
                return Finding(words=("must_stay",), clauses=spec.clauses)
    return None


def _link_stage(profile: Profile) -> Finding:
    return Finding(words=(profile.manifest.link.stage,), clauses=profile.manifest.link.clauses)


def _opt_in(profile: Profile) -> Finding:
    return Finding(words=(profile.manifest.link.opt_in,), clauses=profile.manifest.link.clauses)


def _unique(profile: Profile) -> Finding | Silence:
    link = profile.manifest.link
    return Silence() if link.unique == "silent" else Finding(words=(link.unique,), clauses=link.clauses)


def _stage_default(profile: Profile) -> Finding | None:
    scopes = ((Scope.KIND, "stage"), (Scope.CANDIDATE, "candidate"))
    words = tuple(word for scope, word in scopes if profile.settings_model(scope) is not None)
    return Finding(words=words) if words else None


def _manual(profile: Profile) -> Finding | None:
    return Finding(words=("details",)) if _offers(profile.manifest, Action.ENTER_MANUALLY) else None


def _review(profile: Profile) -> Finding | None:
    sending = profile.manifest.sending
    return Finding(words=("first",), clauses=sending.clauses) if sending.review_first else None


def _conflict_check(profile: Profile) -> Finding | None:
    manifest = profile.manifest
    shown, told = manifest.features.get("calendar_view"), manifest.problems.get("conflict")
    words = tuple(word for word, found in (("shown", shown), ("told", told)) if found)
    clauses = tuple(name for found in (shown, told) if found for name in found.clauses)
    return Finding(words=words, clauses=clauses) if words else None


def _disconnect(profile: Profile) -> Finding | None:
    if _offers(profile.manifest, Action.DISCONNECT):
        return Finding(words=("in_product",))
    return _refused(profile.manifest, Action.DISCONNECT, "at_zoom")


_DERIVATIONS: Mapping[str, Callable[[Profile], Finding | Silence | None]] = MappingProxyType(
    {
        "level": _level,
        "reach": _reach,
        "share_link": _share_link,
        "pre_approval": _pre_approval,
        "approval_request": _approval_request,
        "zoom_role": _zoom_role,
        "scopes": _scopes,
        "several_accounts": _several_accounts,
        "states": _states,
        "member_list": _yes_if_offered(Action.SEE_MEMBERS),
        "precedence": _precedence,
        "opt_out": _yes_if_offered(Action.REMOVE_MINE),
        "authorizer_stays": _authorizer_stays,
        "link_stage": _link_stage,
        "opt_in": _opt_in,
        "unique": _unique,
        "stage_default": _stage_default,
        "manual": _manual,
        "review": _review,
        "conflict_check": _conflict_check,
        "disconnect": _disconnect,
    }
)
