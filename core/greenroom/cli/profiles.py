"""``greenroom profiles``."""

from __future__ import annotations

import sys

import click

from greenroom.cli.run import DONE, FAULT, guarded, json_option, show_json, switches
from greenroom.cli.tables import console, dot, plain, table
from greenroom.configuration import read_configuration
from greenroom.profiles import PluginReport, ProfileDescription, Registry, describe


@click.group()
def profiles() -> None:
    """List, show and check installed profiles."""


@profiles.command(name="list")
@click.option("--strict", is_flag=True, help="Exit 1 if any plugin cannot be used.")
@json_option
@guarded
def list_(strict: bool, as_json: bool) -> None:
    """List what is installed, without importing any of it."""
    _report(Registry.discover(switches()).report(), strict=strict, as_json=as_json, traces=False)


@profiles.command()
@json_option
@guarded
def check(as_json: bool) -> None:
    """Load every plugin apart from the others and say what is wrong with which; exit 1 if any is."""
    _report(Registry.discover(switches()).check_all(), strict=True, as_json=as_json, traces=True)


@profiles.command()
@click.argument("name")
@json_option
@guarded
def show(name: str, as_json: bool) -> None:
    """Show profile NAME (or NAME@EDITION): phases, actions, roles, settings, scopes, capabilities."""
    description = describe(Registry.discover(switches(), read_configuration().parameters).profile(name))
    if as_json:
        show_json("greenroom.profile.v1", description)
        return
    _show(description)


def _report(found: tuple[PluginReport, ...], *, strict: bool, as_json: bool, traces: bool) -> None:
    if as_json:
        show_json("greenroom.plugins.v1", found)
    else:
        rows = [
            (
                plain(one.name),
                plain(one.product or "-"),
                plain(f"{one.distribution} {one.version}"),
                ", ".join(one.editions),
                one.status,
                plain(one.detail),
            )
            for one in found
        ]
        console().print(table("", ("profile", "product", "distribution", "editions", "status", "detail"), rows))
        for one in found:
            if traces and one.traceback:
                click.echo(f"--- {one.name}\n{one.traceback}")
    broken = any(one.status not in {"loaded", "available", "blocked"} for one in found)
    sys.exit(FAULT if strict and broken else DONE)


def _show(one: ProfileDescription) -> None:
    out = console()
    out.print(
        f"[bold]{plain(one.product)}[/]  profile {one.name}@{one.edition}, {plain(one.distribution)} {one.version}"
    )
    for level in one.levels:
        rows = [
            ("phases", "  ".join(dot(phase.label, phase.colour) for phase in level.phases)),
            ("actions", plain(", ".join(f"{item.label} ({item.action.value})" for item in level.actions))),
            ("Zoom app", f"{level.app}-managed"),
        ]
        out.print(table(f"{plain(level.label)} connection", ("", ""), rows))
    rules = [
        ("link made", f"{one.link_stage}, opted in by {one.opt_in}; unique: {one.unique_links}"),
        ("sending", "previewed first" if one.review_first else "no preview needed"),
        ("roles", plain(", ".join(one.roles))),
        ("clauses", ", ".join(f"{count} {basis}" for basis, count in one.clauses_by_basis)),
        *(("parameter", f"{name} = {value}") for name, value in one.parameters),
        *(("capability", plain(f"{name}: {item.level} {item.reason}")) for name, item in one.capabilities),
    ]
    out.print(table("behaviour", ("", ""), rules))
    for deviation in one.deviating:
        out.print(f"   [yellow]deviating[/] {plain(deviation)}")
    settings = [
        (
            item.scope.value,
            item.name,
            plain(item.title),
            plain(str(item.default)),
            ", ".join(choice.value for choice in item.choices),
            plain(item.help),
        )
        for item in one.settings
    ]
    out.print(table("settings", ("scope", "name", "title", "default", "choices", "help"), settings))
    scopes = [(plain(item.name), plain("; ".join(item.purposes))) for item in one.scopes]
    if scopes:
        out.print(table("scopes", ("scope", "needed for"), scopes))
