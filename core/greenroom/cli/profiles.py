"""``greenroom profiles``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from greenroom.cli.lint import lint
from greenroom.cli.run import DONE, FAULT, guarded, json_option, show_json, switches
from greenroom.cli.tables import console, plain, table
from greenroom.configuration import read_configuration
from greenroom.errors import BadInput
from greenroom.profiles import PluginReport, Profile, Registry, describe

PLACEHOLDER = "https://greenroom.example"


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
    """Load every plugin apart from the others and say what is wrong with which; exit 1 if any is.

    `greenroom profiles lint NAME` says in which lines of its files, without loading it.
    """
    _report(Registry.discover(switches()).check_all(), strict=True, as_json=as_json, traces=True)


@profiles.command()
@click.argument("name")
@json_option
@guarded
def show(name: str, as_json: bool) -> None:
    """Show profile NAME (or NAME@EDITION) on one page: states, actions by role, settings, scopes, silences."""
    description = describe(Registry.discover(switches(), read_configuration().parameters).profile(name))
    if as_json:
        show_json("greenroom.profile.v1", description)
        return
    from greenroom.cli.profile_sheet import show_profile

    show_profile(description)


@profiles.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Also what they are alike in.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print Markdown instead of tables.")
@json_option
@guarded
def compare(names: tuple[str, ...], everything: bool, as_markdown: bool, as_json: bool) -> None:
    """Put profiles NAME (or NAME@EDITION) side by side, dimension by dimension; without a NAME all that are installed.

    Each value has the clauses it rests on and how the document gives them. JSON always has all dimensions.
    """
    from greenroom.profiles.comparison import compare as compared

    found = compared(chosen(names, "greenroom profiles compare"))
    if as_json:
        show_json("greenroom.comparison.v1", found)
    elif as_markdown:
        from greenroom.profiles.comparison_markdown import comparison_markdown

        click.echo(comparison_markdown(found, everything=everything), nl=False)
    else:
        from greenroom.cli.profile_comparison import show_comparison

        show_comparison(found, everything=everything)


@profiles.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--answers", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="YAML or JSON.")
@json_option
@guarded
def choose(names: tuple[str, ...], answers: Path | None, as_json: bool) -> None:
    """Find the profile that fits: a few questions, all of which can be skipped; among NAME, or all installed.

    With --answers nothing is asked. FILE holds `answers:`, by dimension a word or a list of words that would do.
    """
    from greenroom.cli.profile_choice import interview, show_recommendation
    from greenroom.profiles.choosing import choose as chosen_by
    from greenroom.profiles.choosing import questions, read_answers

    among = chosen(names, "greenroom profiles choose")
    given = read_answers(answers) if answers else interview(questions(among), on_stderr=as_json)
    found = chosen_by(among, given)
    if as_json:
        show_json("greenroom.recommendation.v1", found)
    else:
        show_recommendation(found)


@profiles.command(name="zoom-app")
@click.argument("name")
@click.option(
    "--public-url", default=PLACEHOLDER, show_default=True, metavar="URL", help="Where the service is reached."
)
@json_option
@guarded
def zoom_app(name: str, public_url: str, as_json: bool) -> None:
    """Print what to enter in Zoom's Marketplace for each app that profile NAME (or NAME@EDITION) connects through.

    Scopes say what they are for: in the product's words with the clauses, and what core itself needs.
    """
    from greenroom.cli.zoom_app_needs import core_needs
    from greenroom.profiles.zoom_app import zoom_apps

    if not public_url.startswith("https://"):
        raise BadInput("Zoom sends people and events to https only", where="--public-url", next="Write https://HOST")
    found = zoom_apps(
        Registry.discover(switches(), read_configuration().parameters).profile(name), core_needs(), public_url
    )
    if as_json:
        show_json("greenroom.zoom_app.v1", found)
        return
    from greenroom.cli.zoom_app_sheet import show_zoom_apps

    show_zoom_apps(found)


profiles.add_command(lint)


def chosen(names: tuple[str, ...], where: str) -> tuple[Profile, ...]:
    """Return the profiles of these names, each once, or all that can be used. Raises `BadInput` when there is none."""
    registry = Registry.discover(switches(), read_configuration().parameters)
    found = tuple(registry.profile(name) for name in dict.fromkeys(names or registry.names))
    if not found:
        raise BadInput("no profile is installed", where=where, next="Install one, such as ./plugins/NAME")
    return found


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
                click.echo(f"'greenroom profiles lint {one.name}' looks through its files without loading it.")
    broken = any(one.status not in {"loaded", "available", "blocked"} for one in found)
    sys.exit(FAULT if strict and broken else DONE)
