"""``greenroom profiles zoom-app``: what to enter in Zoom's Marketplace, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from greenroom.cli.tables import console, plain, table
from greenroom.profiles.zoom_app import AppScope, ZoomApps, ZoomAppSheet


def show_zoom_apps(found: ZoomApps) -> None:
    """Print one sheet for each app."""
    out = console()
    count = "one Zoom app" if len(found.apps) == 1 else f"{len(found.apps)} Zoom apps"
    out.print(f"[bold]{plain(found.product)}[/]  profile {plain(found.profile)}@{plain(found.edition)} needs {count}")
    for one in found.apps:
        _show(out, one)


def _show(out: Console, one: ZoomAppSheet) -> None:
    managed = "admin-managed (account-level)" if one.kind == "admin" else "user-managed"
    rows = [
        ("Kind of app", f"General app, {managed}"),
        ("Connects", ", ".join(level.value for level in one.levels)),
        ("OAuth redirect URL", plain(one.redirect_uri)),
        ("OAuth allow list", plain("\n".join(one.allow_list))),
        ("Event notification endpoint", plain(one.event_endpoint)),
        ("Deauthorization", f"{one.deauthorization_event}, to the same endpoint"),
        ("Events", "\n".join(one.events)),
        ("Configure it as", f"GREENROOM_ZOOM_APPS__{one.name.upper()}__CLIENT_ID, …"),
    ]
    out.print()
    out.print(table(f"App {one.name}", ("", ""), rows))
    _show_scopes(out, "Scopes", one.granular)
    _show_scopes(out, "Scopes of an older app, which has classic ones instead", one.classic)
    for note in one.notes:
        out.print(f" {plain(note)}")


def _show_scopes(out: Console, title: str, scopes: tuple[AppScope, ...]) -> None:
    rows = [row for one in scopes for row in _rows(one)]
    out.print(table(title, ("at Zoom", "what for", "clauses"), rows))


def _rows(one: AppScope) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each purpose, so that a sentence that wraps stays beside its clauses."""
    for number, purpose in enumerate(one.purposes):
        yield one.name if number == 0 else "", plain(purpose.says), ", ".join(purpose.clauses) or "[dim]core[/]"
