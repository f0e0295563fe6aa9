"""``greenroom new-profile``: write a distribution for a product that has no profile yet."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar, cast, get_args

import click

from greenroom.cli.run import guarded
from greenroom.errors import BadInput
from greenroom.profiles import Registry
from greenroom.scaffold import Approval, Host, Levels, Link, Options, write

W = TypeVar("W", bound=str)


@click.command("new-profile")
@click.argument("name")
@click.option("--product", metavar="TEXT", help="The product's name, as people know it.")
@click.option("--level", type=click.Choice(get_args(Levels)), help="Whose the connection to Zoom is.")
@click.option("--host", type=click.Choice(get_args(Host)), help="Whose Zoom hosts interviews.")
@click.option("--link", type=click.Choice(get_args(Link)), help="The event that makes the meeting.")
@click.option("--approval", type=click.Choice(get_args(Approval)), help="Whether a Zoom admin approves the app first.")
@click.option("--calendar", type=click.Choice(("yes", "no")), help="Whether invites are calendar events, or mail.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where to write; greenroom-NAME if not said."
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is not said is as most products have it.")
@guarded
def new_profile(
    name: str,
    product: str | None,
    level: Levels | None,
    host: Host | None,
    link: Link | None,
    approval: Approval | None,
    calendar: str | None,
    out: Path | None,
    yes: bool,
) -> None:
    """Write a complete distribution of a profile NAME, whose one failing check says what to write first."""
    _must_be_free(name)
    asks = sys.stdin.isatty() and not yes
    chosen_level = level or _choice("Whose is the connection", get_args(Levels), "organization", asks=asks)
    options = Options(
        name=name,
        product=product or _product(name.replace("_", " ").title(), asks=asks),
        level=cast("Levels", chosen_level),
        host=cast("Host", host or _choice("Whose Zoom hosts", get_args(Host), "scheduler", asks=asks)),
        link=cast("Link", link or _choice("What makes the meeting", get_args(Link), "confirm", asks=asks)),
        approval=cast("Approval", approval or _choice("Approval first", get_args(Approval), "none", asks=asks)),
        calendar=(calendar or _choice("Calendar events", ("yes", "no"), "yes", asks=asks)) == "yes",
    )
    folder = out or Path(f"greenroom-{name.replace('_', '-')}")
    written = write(options, folder)
    click.echo(f"{len(written)} files written to {folder}. Then:")
    click.echo(f"  pip install -e '{folder}[test]'\n  greenroom conformance {name}")


def _must_be_free(name: str) -> None:
    """Raise `BadInput` when a profile of this name is installed."""
    if name in Registry.discover().names:
        what = f"a profile {name!r} is installed"
        raise BadInput(what, where="NAME", next="Choose another name; greenroom profiles list shows those taken")


def _product(default: str, *, asks: bool) -> str:
    return str(click.prompt("The product's name", default=default)) if asks else default


def _choice(question: str, words: Sequence[str], default: str, *, asks: bool) -> str:
    return str(click.prompt(question, type=click.Choice(words), default=default)) if asks else default
