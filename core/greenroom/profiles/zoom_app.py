"""What to enter in Zoom's Marketplace for each app a profile connects through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from greenroom.model import Action, AppKind, Level, Say, Value
from greenroom.profiles.manifest import FeatureName, Manifest, ScopeSpec
from greenroom.profiles.profile import Profile


class ScopePurpose(Value):
    """What a scope is for: a sentence of the product's with its clauses, or one of core's own, which has none."""

    says: str
    clauses: tuple[str, ...] = ()


class AppScope(Value):
    """A scope to add, by Zoom's own name, and everything it is needed for. An app has scopes of one style only."""

    name: str
    purposes: tuple[ScopePurpose, ...]


class ZoomAppSheet(Value):
    """One app. ``granular`` and ``classic`` are alternatives: apps made before there were granular scopes have classic
    ones. ``name`` is how it is called in ``GREENROOM_ZOOM_APPS__<NAME>__…`` and in its addresses.
    """

    name: str
    kind: AppKind
    levels: tuple[Level, ...]
    redirect_uri: str
    allow_list: tuple[str, ...]
    event_endpoint: str
    events: tuple[str, ...]
    deauthorization_event: str
    granular: tuple[AppScope, ...]
    classic: tuple[AppScope, ...]
    notes: tuple[str, ...]


class ZoomApps(Value):
    """Every app that a profile connects through, in the order of its levels."""

    profile: str
    edition: str
    product: str
    apps: tuple[ZoomAppSheet, ...]


@dataclass(frozen=True)
class Accepted:
    """A request core sends to Zoom, why, and the scopes Zoom publishes for it: any one of a style is enough.

    It is sent through an app of ``kind`` only, under a profile with ``feature`` only, and only where ``permissions``
    are a fact of ``authorize``; ``None`` and ``False`` are no such condition.
    """

    why: str
    granular: tuple[str, ...]
    classic: tuple[str, ...]
    kind: AppKind | None = None
    feature: FeatureName | None = None
    permissions: bool = False

    def applies(self, manifest: Manifest, kind: AppKind) -> bool:
        """Whether it is ever sent under a profile through its app of a kind."""
        return (
            self.kind in {None, kind}
            and (self.feature is None or self.feature in manifest.features)
            and (not self.permissions or "permissions" in manifest.facts_for("authorize"))
        )


@dataclass(frozen=True)
class Heard:
    """Events that core acts on, through an app of ``kind`` only and under a profile with ``feature`` only."""

    events: frozenset[str]
    kind: AppKind | None = None
    feature: FeatureName | None = None

    def applies(self, manifest: Manifest, kind: AppKind) -> bool:
        """Whether any of them matters under a profile at its app of a kind."""
        return self.kind in {None, kind} and (self.feature is None or self.feature in manifest.features)


@dataclass(frozen=True)
class Core:
    """What core itself needs of an app: its requests, its events, and the paths of its service by the app's name."""

    requests: tuple[Accepted, ...]
    heard: tuple[Heard, ...]
    deauthorization_event: str
    callback: str
    webhooks: str


def zoom_apps(profile: Profile, core: Core, public_url: str) -> ZoomApps:
    """Return what to enter for every app of a profile whose service browsers and Zoom reach at ``public_url``."""
    manifest = profile.manifest
    kinds = dict.fromkeys(manifest.apps[level] for level in manifest.levels)
    return ZoomApps(
        profile=profile.name,
        edition=profile.edition,
        product=manifest.product,
        apps=tuple(_sheet(profile, core, public_url.rstrip("/"), kind) for kind in kinds),
    )


def _sheet(profile: Profile, core: Core, service: str, kind: AppKind) -> ZoomAppSheet:
    manifest = profile.manifest
    redirect = service + core.callback.format(app=kind)
    heard = frozenset[str]().union(*(one.events for one in core.heard if one.applies(manifest, kind)))
    requests = [one for one in core.requests if one.applies(manifest, kind)]
    return ZoomAppSheet(
        name=kind,
        kind=kind,
        levels=tuple(level for level in manifest.levels if manifest.apps[level] == kind),
        redirect_uri=redirect,
        allow_list=(redirect,),
        event_endpoint=service + core.webhooks.format(app=kind),
        events=tuple(sorted(heard - {core.deauthorization_event})),
        deauthorization_event=core.deauthorization_event,
        granular=_scopes(profile, [(one.why, one.granular) for one in requests], kind, classic=False),
        classic=_scopes(profile, [(one.why, one.classic) for one in requests], kind, classic=True),
        notes=tuple(_notes(profile, kind)),
    )


def _scopes(
    profile: Profile, requests: list[tuple[str, tuple[str, ...]]], kind: AppKind, *, classic: bool
) -> tuple[AppScope, ...]:
    """Return the printed scopes first, as they are printed, then what core's requests need beyond them."""
    found: dict[str, list[ScopePurpose]] = {}
    for spec in profile.manifest.scopes:
        for name in spec.classic if classic else spec.zoom:
            found.setdefault(name, []).extend(_purposes(profile, spec))
    for why, accepted in requests:
        name = _fitting(accepted, kind, printed=frozenset(found))
        found.setdefault(name, []).append(ScopePurpose(says=why))
    return tuple(AppScope(name=name, purposes=tuple(dict.fromkeys(purposes))) for name, purposes in found.items())


def _fitting(accepted: tuple[str, ...], kind: AppKind, *, printed: frozenset[str]) -> str:
    """Return the scope to ask for: one that is there already, else the least that an app of this kind may have."""
    there = [name for name in accepted if name in printed]
    ending = [name for name in accepted if not name.endswith(":master")]
    fits = [name for name in ending if name.endswith(":admin") == (kind == "admin")]
    return min(there or fits or accepted)


def _purposes(profile: Profile, spec: ScopeSpec) -> Iterator[ScopePurpose]:
    for purpose in spec.purposes:
        yield ScopePurpose(says=profile.labels.text(Say(key=purpose.say)), clauses=purpose.clauses)


def _notes(profile: Profile, kind: AppKind) -> Iterator[str]:
    manifest = profile.manifest
    yield (
        "Publish the app before anybody outside the Zoom account it was made in connects: until then it can be "
        "authorized in that account only [ZOOM-049], and Zoom does not tell of its removal [ZOOM-051]."
    )
    levels = [level for level in manifest.levels if manifest.apps[level] == kind]
    for level in levels:
        if Action.ASK_APPROVAL in manifest.actions[level]:
            label = profile.labels.action(Action.ASK_APPROVAL, level)
            yield f"A Zoom account may require that its admin pre-approves the app; {manifest.product} has '{label}'."
    if "in_meeting" in manifest.features and kind == "user":
        yield "It is a Zoom App too: switch its in-meeting surface on, which is what zoomapp:inmeeting stands for."
