"""``greenroom conformance run``: judge products by clause checks and contracts."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenroom.cli.conformance_files import FILE, SCHEMA, json_target, read_report, write_report
from greenroom.cli.conformance_shown import KIT_FAULT, NOT_TESTABLE, exit_code, progress, show_report
from greenroom.cli.run import fail, guarded, show_json, switches
from greenroom.conformance import SubjectUnusable
from greenroom.errors import BadInput
from greenroom.profiles import Registry

if TYPE_CHECKING:
    from greenroom.conformance.baseline import Baseline
    from greenroom.conformance.orders import Order


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Every installed profile.")
@click.option("--against", metavar="PRODUCT", help="Judge by this profile's clause checks instead of NAME's own.")
@click.option("--subject", "subject_url", metavar="URL", help="Judge what answers there, as docs/protocol.md has it.")
@click.option("--check", "only", multiple=True, metavar="CHECK", help="Run only this check; may be repeated.")
@click.option("--deep", is_flag=True, help="Try 500 examples of each contract instead of 20.")
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), metavar="N", help="Repeat a run.")
@click.option("--budget", type=click.FloatRange(0, min_open=True), metavar="SECONDS", help="Share this time out.")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Judge so many products at once [processors].")
@click.option("--baseline", "baseline_file", type=FILE, metavar="FILE", help="The failures that are expected, in YAML.")
@click.option("--html", type=FILE, metavar="FILE", help="Write a page for people.")
@click.option("--junit", type=FILE, metavar="FILE", help="Write JUnit XML for a build server.")
@click.option("--markdown", type=FILE, metavar="FILE", help="Write a summary in Markdown.")
@click.option("--diff", "earlier", type=FILE, metavar="FILE", help="Say what changed since this JSON report.")
@json_target()
@guarded
def run(
    names: tuple[str, ...],
    everything: bool,
    against: str | None,
    subject_url: str | None,
    only: tuple[str, ...],
    deep: bool,
    seed: int | None,
    budget: float | None,
    jobs: int | None,
    baseline_file: Path | None,
    html: Path | None,
    junit: Path | None,
    markdown: Path | None,
    earlier: Path | None,
    as_json: Path | bool | None,
) -> None:
    """Judge profiles NAME, or what answers at a URL, by clause checks and by the contracts of every product.

    Exit codes: 0 all passed, 1 a check failed, 2 bad input, 3 the kit itself failed, 4 something could not be tested.
    """
    from greenroom.conformance.orders import judge_all, processors  # loads hypothesis

    before = read_report(earlier) if earlier is not None else None
    orders = _orders(
        _judged(names, everything=everything, against=against, subject_url=subject_url),
        subject_url or "",
        only,
        deep=deep,
        seed=random.SystemRandom().randrange(2**32) if seed is None else seed,
    )
    baseline = _baseline(baseline_file, orders)
    with progress(orders, quiet=as_json is True) as heard, _ending(as_json=as_json is True):
        report = judge_all(orders, jobs=jobs or processors(), budget=budget, baseline=baseline, heard=heard)
    to_file = as_json if isinstance(as_json, Path) else None
    write_report(report, html=html, junit=junit, markdown=markdown, as_json=to_file)
    if as_json is True:
        show_json(SCHEMA, report)
    else:
        show_report(report, before)
    sys.exit(exit_code(report))


@contextmanager
def _ending(*, as_json: bool) -> Iterator[None]:
    """End the command where nothing can be said of a product: it is not reached, or a process that judges is gone."""
    from greenroom.conformance.orders import JudgeGone

    try:
        yield
    except SubjectUnusable as error:
        fail(error, as_json=as_json, code=NOT_TESTABLE)
    except JudgeGone as error:
        fail(error, as_json=as_json, code=KIT_FAULT)


def _judged(
    names: Sequence[str], *, everything: bool, against: str | None, subject_url: str | None
) -> list[tuple[str, str]]:
    """Return what to judge (``""`` for a subject) and by whose clauses."""
    registry = Registry.discover(switches())
    by = registry.profile(against).name if against else None
    if subject_url is not None:
        if names or everything or by is None:
            what = "--subject is judged by one profile"
            raise BadInput(what, where="greenroom conformance", next="Say which with --against, and leave names out")
        return [("", by)]
    chosen = registry.names if everything else tuple(dict.fromkeys(names))
    if not chosen:
        raise BadInput("nothing is named", where="greenroom conformance", next="Name profiles, or say --all")
    for name in chosen:
        registry.profile(name)  # loads, or says why not
    return [(name, by or name) for name in chosen]


def _orders(
    judged: Sequence[tuple[str, str]], subject: str, only: tuple[str, ...], *, deep: bool, seed: int
) -> list[Order]:
    """Return the orders. Raises `BadInput` for a check that none of the products has."""
    from greenroom.conformance.kit import DEEP, QUICK
    from greenroom.conformance.orders import Order, checks_of

    found = switches()
    examples = DEEP if deep else QUICK
    orders = [
        Order(profile=profile, by=by, subject=subject, only=only, seed=seed, examples=examples, switches=found)
        for profile, by in judged
    ]
    registry = Registry.discover(found)
    unknown = set(only) - {check.name for order in orders for check in checks_of(order, registry)} if only else ()
    if unknown:
        raise BadInput(f"there is no check {min(unknown)}", where="--check", next="See greenroom conformance list NAME")
    return orders


def _baseline(file: Path | None, orders: Sequence[Order]) -> Baseline | None:
    from greenroom.conformance.baseline import read_baseline

    if file is None:
        return None
    return read_baseline(file, {*Registry.discover(orders[0].switches).names, *(order.name for order in orders)})
