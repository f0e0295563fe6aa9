"""``greenroom profiles compare``: profiles side by side, as columns where there is room, else one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from greenroom.cli.tables import console, plain
from greenroom.profiles.comparison import ComparedDimension, Comparison, DimensionValue

_TITLE_WIDTH = 16
_NARROWEST_COLUMN = 23
_WIDEST = 200
_SILENT = "-"
_BASES = {"stated": "green", "implied": "cyan", "decided": "yellow", "default": "magenta"}


def show_comparison(compared: Comparison, *, everything: bool) -> None:
    """Print a comparison: what differs first, group by group; what does not only if ``everything`` is asked for."""
    out = console()
    width = min(out.width, _WIDEST)
    products = _products(compared)
    out.print(f"[bold]{len(compared.differences)} differences[/] of {len(compared.dimensions)} dimensions")
    for group, rows in _groups(compared.differences):
        out.print()
        _show_group(out, group, tuple(rows), products, width)
    if everything and compared.alike:
        out.print("\n[bold]Alike[/]")
        _show_group(out, "", compared.alike, products, width)
    _show_foot(out, compared, everything=everything)


def _products(compared: Comparison) -> Mapping[str, str]:
    """Return what each profile is headed: its product, and its edition where the same product stands twice."""
    names = [one.product for one in compared.profiles]
    return {
        one.name: one.product if names.count(one.product) == 1 else f"{one.product} ({one.name})"
        for one in compared.profiles
    }


def _groups(rows: Iterable[ComparedDimension]) -> Iterator[tuple[str, Iterable[ComparedDimension]]]:
    return groupby(rows, key=lambda one: one.group)


def _show_group(
    out: Console, title: str, rows: Sequence[ComparedDimension], products: Mapping[str, str], width: int
) -> None:
    room = (width - _TITLE_WIDTH) // len(products) - 2
    if title:
        out.rule(f"[bold]{title}[/]", align="left", style="dim") if width == out.width else out.print(title)
    if room >= _NARROWEST_COLUMN:
        out.print(_columns(rows, products, width))
    else:
        for row in rows:
            _show_below(out, row, products)


def _columns(rows: Sequence[ComparedDimension], products: Mapping[str, str], width: int) -> Table:
    made = Table(box=box.SIMPLE_HEAD, show_lines=True, pad_edge=False, width=width, padding=(0, 1))
    made.add_column("", width=_TITLE_WIDTH, overflow="fold", style="bold")
    for product in products.values():
        made.add_column(plain(product), ratio=1, overflow="fold")
    for row in rows:
        made.add_row(row.title, *(_cell(value) for value in row.values))
    return made


def _cell(value: DimensionValue) -> Text:
    if value.basis == "silent":
        return Text(f"{_SILENT} {value.instead}".strip(), style="bright_black")
    return Text.assemble(value.says, "\n", *_ground(value))


def _ground(value: DimensionValue) -> tuple[tuple[str, str], tuple[str, str]]:
    cited = ", ".join(one.id for one in value.clauses)
    return (value.basis, _BASES[value.basis]), (f" {cited}", "bright_black")


def _show_below(out: Console, row: ComparedDimension, products: Mapping[str, str]) -> None:
    out.print(f"[bold]{plain(row.title)}[/]  [dim]{plain(row.asks)}[/]")
    made = Table.grid(padding=(0, 2, 0, 0))
    made.add_column(width=max(len(product) for product in products.values()) + 2, overflow="fold")
    made.add_column(overflow="fold", ratio=1)
    for value in row.values:
        if value.basis != "silent" or value.instead:
            made.add_row(Text(f"  {products[value.profile]}"), _cell(value))
    silent = [products[one.profile] for one in row.values if one.basis == "silent" and not one.instead]
    if silent:
        made.add_row(Text(f"  {_SILENT}", style="bright_black"), Text(", ".join(silent), style="bright_black"))
    out.print(made)
    out.print()


def _show_foot(out: Console, compared: Comparison, *, everything: bool) -> None:
    if not everything:
        _name(out, "Alike", [one for one in compared.alike if not _silent(one)])
        _name(out, "Silent all", [one for one in compared.alike if _silent(one)])
    bases = "  ".join(f"[{colour}]{name}[/]" for name, colour in _BASES.items())
    out.print(f"{bases}: how the document gives the clauses; {_SILENT} it is silent, and what is done there")
    products = _products(compared)
    for profile in compared.profiles:
        for deviation in profile.deviating:
            out.print(f"[yellow]deviating[/] {plain(products[profile.name])}: {plain(deviation)}")


def _silent(row: ComparedDimension) -> bool:
    return all(value.basis == "silent" for value in row.values)


def _name(out: Console, what: str, rows: Sequence[ComparedDimension]) -> None:
    if rows:
        titles = "; ".join(one.title for one in rows)
        out.print(f"[bold]{what}[/] ({len(rows)}): {plain(titles)}  [dim](--all shows them)[/]")
