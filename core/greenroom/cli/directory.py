"""``greenroom directory``."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import click

from greenroom.cli.run import DONE, failed_code, guarded, json_option, run, show_json
from greenroom.cli.tables import console, plain, table
from greenroom.engine.directory_views import DirectoryPartView, DirectoryView
from greenroom.facade import Greenroom

_COLOURS = {"new": "green", "gone": "red", "changed": "yellow"}


@click.group()
def directory() -> None:
    """Show who exists at Zoom as Greenroom knows it, and look there now."""


@directory.command()
@click.argument("organization")
@json_option
@guarded
def show(organization: str, as_json: bool) -> None:
    """Show the Zoom users that ORGANIZATION's connections know, and how old that is. Asks nothing of Zoom."""
    _end(lambda greenroom: greenroom.directory(organization), _show_users, as_json=as_json)


@directory.command()
@click.argument("organization")
@json_option
@guarded
def refresh(organization: str, as_json: bool) -> None:
    """Look at Zoom now who exists, for each connection of ORGANIZATION, and say what changed since the last look."""
    _end(lambda greenroom: greenroom.refresh_directory(organization), _show_changes, as_json=as_json)


def _end(
    verb: Callable[[Greenroom], Awaitable[DirectoryView]],
    show_part: Callable[[DirectoryPartView], None],
    *,
    as_json: bool,
) -> None:
    view = run(verb)
    if as_json:
        show_json("greenroom.directory.v1", view)
    else:
        _show(view, show_part)
    codes = [part.code for part in view.problems if part.code is not None]
    sys.exit(failed_code(codes) if codes else DONE)


def _show(view: DirectoryView, show_part: Callable[[DirectoryPartView], None]) -> None:
    out = console()
    rows = [
        (
            plain(part.level_label),
            plain(part.owner),
            "everybody in the account" if part.reach == "account" else "its own user",
            str(len(part.users)),
            str(part.hosts),
            _age(part, view.at),
        )
        for part in view.connections
    ]
    columns = ("connection", "whose", "knows", "users", "may host", "seen")
    out.print(table(f"{plain(view.organization)}: who exists at Zoom", columns, rows))
    for part in view.connections:
        if part.problem:
            out.print(f"   [red]not renewed[/] {plain(part.owner)}: {plain(part.problem)}")
        else:
            show_part(part)


def _show_users(part: DirectoryPartView) -> None:
    rows = [(plain(user.email), user.status, user.licence, user.role) for user in part.users]
    if rows:
        console().print(table("", ("Zoom user", "status", "licence", "role"), rows))


def _show_changes(part: DirectoryPartView) -> None:
    out = console()
    if not part.changes:
        told = "the first look, so nothing to compare with" if part.first_look else "nothing changed"
        out.print(f"   {plain(part.owner)}: {told}")
        return
    rows = [
        (plain(one.email), f"[{_COLOURS[one.what]}]{one.what}[/]", plain(", ".join(one.details)))
        for one in part.changes
    ]
    out.print(table("", ("Zoom user", "", "what is different"), rows))


def _age(part: DirectoryPartView, now: datetime) -> str:
    if part.seen_at is None:
        return "when it was connected" if part.reach == "own" else "never"
    age = now - part.seen_at
    text = "just now" if age < timedelta(minutes=1) else f"{_words(age)} ago"
    return f"{text}, [yellow]outdated[/] by {plain(part.outdated_by)}" if part.outdated_by else text


def _words(age: timedelta) -> str:
    for unit, length in (("day", timedelta(days=1)), ("hour", timedelta(hours=1)), ("minute", timedelta(minutes=1))):
        if age >= length:
            count = age // length
            return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
    return "a moment"
