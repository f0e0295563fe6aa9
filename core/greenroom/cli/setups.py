"""``members``, ``setup``, ``rooms``, ``recipes``."""

from __future__ import annotations

import sys

import click

from greenroom.cli.run import DONE, REFUSED, guarded, json_option, run, show_json, switches
from greenroom.cli.tables import clauses, console, dot, plain, table, ways
from greenroom.engine.outcomes import MembersOutcome, RoomsOutcome, SetupView
from greenroom.profiles import RecipeDescription, Registry, recipes_of


@click.command()
@click.argument("organization")
@click.option("--as", "as_", metavar="EMAIL", help="Who looks; without it, the organization's administrator.")
@json_option
@guarded
def members(organization: str, as_: str | None, as_json: bool) -> None:
    """List the members of ORGANIZATION: connected or not, and the type of connection."""
    outcome = run(lambda greenroom: greenroom.members(organization, as_=as_))
    if as_json:
        show_json("greenroom.members.v1", outcome)
    else:
        _show_members(outcome)
    sys.exit(DONE if outcome.kind == "done" else REFUSED)


@click.command()
@click.argument("organization")
@click.option("--as", "as_", metavar="EMAIL", required=True, help="Whose page it is.")
@json_option
@guarded
def setup(organization: str, as_: str, as_json: bool) -> None:
    """Show what a member's own Zoom page in ORGANIZATION shows."""
    view = run(lambda greenroom: greenroom.setup(organization, as_=as_))
    if as_json:
        show_json("greenroom.setup.v1", view)
        return
    _show_setup(view)


@click.command()
@click.argument("organization")
@click.option("--as", "as_", metavar="EMAIL", help="Who looks; without it, the organization's administrator.")
@json_option
@guarded
def rooms(organization: str, as_: str | None, as_json: bool) -> None:
    """List the Zoom Rooms of ORGANIZATION's Zoom account, where its profile lists them."""
    outcome = run(lambda greenroom: greenroom.rooms(organization, as_=as_))
    if as_json:
        show_json("greenroom.rooms.v1", outcome)
    else:
        _show_rooms(outcome)
    sys.exit(DONE if outcome.kind == "done" else REFUSED)


@click.command()
@click.argument("profile")
@json_option
@guarded
def recipes(profile: str, as_json: bool) -> None:
    """Show what has to be done outside the product under PROFILE: steps, Zoom roles, permissions."""
    found = recipes_of(Registry.discover(switches()).profile(profile))
    if as_json:
        show_json("greenroom.recipes.v1", found)
        return
    for one in found:
        show_recipe(one)
    if not found:
        console().print("This profile has no recipe: nothing has to be prepared outside the product.")


def show_recipe(one: RecipeDescription) -> None:
    """Print a recipe: what it is for, and what to do."""
    console().print(f"[bold]{plain(one.name)}[/]  {plain(one.says)}")
    show_steps(one)


def show_steps(one: RecipeDescription) -> None:
    """Print the steps of a recipe in order, and the Zoom role it makes."""
    out = console()
    for number, step in enumerate(one.steps, 1):
        out.print(f"   {number}. {plain(step)}")
    if one.role_name is not None:
        out.print(f"   role name: {plain(one.role_name)}")
    if one.role_description is not None:
        out.print(f"   role description: {plain(one.role_description)}")
    if one.permissions:
        rows = [
            (plain(row.section), plain(row.item), " and ".join(row.rights), plain(row.purpose))
            for row in one.permissions
        ]
        out.print(table("", ("section", "permission", "rights", "needed for"), rows))


def _show_members(outcome: MembersOutcome) -> None:
    out = console()
    if outcome.kind == "refusal":
        out.print(f"[red]no[/] {plain(outcome.message)} {plain(clauses(outcome.because))}")
        return
    rows = [
        (
            plain(one.email),
            plain(", ".join(one.roles)),
            "[green]connected[/]" if one.connected else "not connected",
            plain(one.type_label or "-"),
            plain(one.zoom_user or "-"),
        )
        for one in outcome.members
    ]
    out.print(table(plain(outcome.organization), ("member", "role", "Zoom", "type", "Zoom user"), rows))


def _show_setup(view: SetupView) -> None:
    out = console()
    one = view.shown
    out.print(f"[bold]{plain(view.member)}[/]  {plain(view.organization)}")
    out.print(
        f"   {dot(one.label, one.colour)}  {plain(one.level_label)} connection, {plain(one.zoom_user or 'nobody')}"
    )
    if view.button is not None:
        out.print(f"   button: {plain(view.button)}")
    for other in view.hidden:
        out.print(f"   behind it: {plain(other.level_label)} connection, {plain(other.zoom_user or 'nobody')}")
    if view.ways_on:
        out.print(f"   may do: {plain(ways(view.ways_on))}")


def _show_rooms(outcome: RoomsOutcome) -> None:
    out = console()
    if outcome.kind == "refusal":
        out.print(f"[red]no[/] {plain(outcome.message)} {plain(clauses(outcome.because))}")
        if outcome.ways_on:
            out.print(f"   next: {plain(ways(outcome.ways_on))}")
        return
    rows = [(plain(one.name), plain(one.status or "-")) for one in outcome.rooms]
    out.print(table(plain(outcome.organization), ("Zoom Room", "status"), rows))
