"""``greenroom org``."""

from __future__ import annotations

import click

from greenroom.cli.profile_change import profile as change_profile
from greenroom.cli.run import guarded, json_option, run, show_json
from greenroom.cli.tables import console, plain, table
from greenroom.engine.outcomes import OrganizationView
from greenroom.errors import BadInput
from greenroom.facade import Greenroom


@click.group()
def org() -> None:
    """Create, list and show organizations and their members."""


org.add_command(change_profile)


def pairs(texts: tuple[str, ...], what: str) -> dict[str, str]:
    """Return ``K=V`` texts as a mapping; raises `BadInput` naming the text that is none."""
    found = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name.strip():
            raise BadInput(f"{text!r} is not K=V", where=what, next="Write name=value")
        if name.strip() in found:
            raise BadInput(f"{name.strip()!r} is given twice", where=what, next="Give it once")
        found[name.strip()] = value.strip()
    return found


@org.command()
@click.argument("name")
@click.option("--profile", required=True, metavar="P", help="NAME or NAME@EDITION of an installed profile.")
@click.option(
    "--set",
    "facts",
    multiple=True,
    metavar="K=V",
    help="package=…, calendar=none|google|microsoft365|exchange_on_premise|zoom|local, "
    "zoom_plan=basic|pro|business|education|enterprise, zoom_cloud=commercial|government.",
)
@click.option(
    "--member",
    "members",
    multiple=True,
    metavar="EMAIL=ROLE",
    help="A member with a role of the product (`greenroom profiles show P` lists them); without any, one "
    "administrator admin@NAME.example is made.",
)
@json_option
@guarded
def create(name: str, profile: str, facts: tuple[str, ...], members: tuple[str, ...], as_json: bool) -> None:
    """Create organization NAME under a profile."""
    people: dict[str, list[str]] = {}
    for text in members:
        email, _, role = text.partition("=")
        people.setdefault(email.strip(), []).extend([role.strip()] if role.strip() else [])
    settled = pairs(facts, "--set")
    view = run(lambda greenroom: greenroom.create_organization(name, profile, facts=settled, members=people or None))
    _show(view, as_json=as_json)


@org.command(name="list")
@json_option
@guarded
def list_(as_json: bool) -> None:
    """List all organizations."""
    views = run(lambda greenroom: greenroom.organizations())
    if as_json:
        show_json("greenroom.organizations.v1", views)
        return
    rows = [(plain(one.name), one.profile, one.edition, plain(one.product), one.calendar) for one in views]
    console().print(table("", ("organization", "profile", "edition", "product", "calendar"), rows))


@org.command()
@click.argument("organization")
@json_option
@guarded
def show(organization: str, as_json: bool) -> None:
    """Show one organization: facts, members, settings."""
    _show(run(lambda greenroom: greenroom.organization(organization)), as_json=as_json)


@org.command()
@click.argument("organization")
@click.argument("email")
@click.argument("roles", nargs=-1, required=True)
@json_option
@guarded
def member(organization: str, email: str, roles: tuple[str, ...], as_json: bool) -> None:
    """Add member EMAIL with ROLES, or give them other roles."""

    async def save(greenroom: Greenroom) -> OrganizationView:
        await greenroom.save_member(organization, email, roles)
        return await greenroom.organization(organization)

    _show(run(save), as_json=as_json)


def _show(view: OrganizationView, *, as_json: bool) -> None:
    if as_json:
        show_json("greenroom.organization.v1", view)
        return
    rows = [
        ("id", view.id),
        ("profile", f"{view.profile}@{view.edition} ({view.product})"),
        ("package", view.package or "not stated"),
        ("calendar", view.calendar),
        ("Zoom plan", view.zoom_plan or "not stated"),
        *(("member", f"{email}: {', '.join(roles) or 'no role'}") for email, roles in view.members),
        *(("setting", f"{name} = {value}") for name, value in view.settings),
    ]
    console().print(table(plain(view.name), ("", ""), [(name, plain(value)) for name, value in rows]))
