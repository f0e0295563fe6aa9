"""``greenroom conformance list``: what products are judged by."""

from __future__ import annotations

import click

from greenroom.cli.run import guarded, json_option, show_json, switches
from greenroom.cli.tables import console, plain, table
from greenroom.conformance.verdicts import ListedCheck
from greenroom.profiles import Registry


@click.command(name="list")
@click.argument("name", required=False)
@json_option
@guarded
def list_checks(name: str | None, as_json: bool) -> None:
    """List the contracts, which judge every product, and the clause checks of profile NAME.

    A digest changes with what a check asks. The contracts of a version are frozen, each with its digest.
    """
    from greenroom.conformance.listing import listed  # loads hypothesis
    from greenroom.conformance.standard import standard

    found = listed(Registry.discover(switches()).profile(name) if name is not None else None)
    if as_json:
        show_json("greenroom.conformance_checks.v1", found)
        return
    rows = [tuple(map(plain, _row(one))) for one in found]
    console().print(table("", ("check", "version", "digest", "clauses", "rule"), rows))
    frozen = standard()
    click.echo(f"contracts version {frozen.version}, standard list {frozen.digest}: {len(frozen.contracts)} checks")


def _row(one: ListedCheck) -> tuple[str, str, str, str, str]:
    return one.check, one.version, one.digest, ", ".join(one.clauses), one.says
