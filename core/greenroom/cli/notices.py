"""``notices``: who was told what, and what still has to reach them."""

from __future__ import annotations

from datetime import UTC

import click

from greenroom.cli.run import guarded, json_option, run, show_json
from greenroom.cli.tables import console, plain, table
from greenroom.engine.notice_views import NoticesView, ToldView


@click.command()
@click.argument("organization")
@click.option("--as", "as_", metavar="EMAIL", help="Whose notices; without it, everybody's.")
@json_option
@guarded
def notices(organization: str, as_: str | None, as_json: bool) -> None:
    """List what people of ORGANIZATION were told, and whether it has been delivered."""
    found = run(lambda greenroom: greenroom.notices(organization, as_=as_))
    if as_json:
        show_json("greenroom.notices.v1", found)
        return
    _show(found)


def _show(found: NoticesView) -> None:
    if not found.notices:
        console().print("Nobody was told anything.", markup=False)
        return
    console().print(table("", ("when (UTC)", "to", "what", "next", ""), [_row(one) for one in found.notices]))


def _row(one: ToldView) -> tuple[str, ...]:
    return f"{one.at.astimezone(UTC):%d %b %H:%M}", plain(one.to), plain(one.text), _way(one), _left(one)


def _way(one: ToldView) -> str:
    return plain(f"{one.next_label} ({one.next_page})" if one.next_page else one.next_label)


def _left(one: ToldView) -> str:
    return "[green]delivered[/]" if one.delivered_at is not None else "[yellow]waits, is tried again[/]"
