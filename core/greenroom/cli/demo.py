"""``greenroom demo``: every installed profile at work, on the embedded Zoom, judged from outside."""

from __future__ import annotations

import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console
from rich.panel import Panel as Frame
from rich.status import Status

from greenroom.ambient import SeededIds
from greenroom.cli.run import DONE, FAULT, guarded, json_option, show_json, switches
from greenroom.cli.schemas import DemoReport
from greenroom.cli.tables import console, plain, table
from greenroom.configuration import Configuration
from greenroom.errors import BadInput
from greenroom.facade import Greenroom
from greenroom.profiles import Registry


@click.command()
@click.argument("profiles", nargs=-1, metavar="[PROFILE]…")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Keep invites and database."
)
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Makes the run repeatable.")
@json_option
@guarded
def demo(profiles: tuple[str, ...], out: Path | None, seed: int, as_json: bool) -> None:
    """Schedule a realistic interview panel under each installed PROFILE (or those named), with no Zoom account.

    Each profile's own walkthrough is played against the embedded Zoom over HTTP, through the real service; the panel
    is scheduled and sent, one interview moves, one is cancelled. The verdict rests on the embedded Zoom's ledger and
    on the invites read back from disk.
    """
    names = profiles or Registry.discover(switches()).names
    if not names:
        raise BadInput("no profile is installed", where="greenroom demo", next="Install one, such as ./plugins/NAME")
    with _folder(out) as folder, _progress(quiet=as_json) as status:
        reports = []
        for name in names:
            report = _play(name, folder / name, seed, status)
            reports.append(report)
            if not as_json:
                status.stop()
                _show(report)
                status.start()
    if as_json:
        show_json("greenroom.demo.v1", tuple(reports))
    else:
        _summary(tuple(reports))
    sys.exit(DONE if all(report.passed for report in reports) else FAULT)


def _play(name: str, folder: Path, seed: int, status: Status) -> DemoReport:
    from greenroom.demo import Browser, Stage, judge, play, read_ledger, read_letters
    from greenroom.embedded import EmbeddedZoom  # these load servers and a client
    from greenroom.service import ServiceServer

    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("greenroom.db*"):
        old.unlink()

    def tell(text: str) -> None:
        status.update(f"{name}: {plain(text)}")

    async def go(configuration: Configuration, zoom: EmbeddedZoom) -> DemoReport:
        browser = Browser(zoom.control_url)
        names = {kind: app.name for kind, app in zoom.apps.items()}
        async with Greenroom(configuration, switches=switches(), ids=SeededIds(seed)) as greenroom:
            played = await play(Stage(greenroom, browser, tell, names), name)
            profile = greenroom.profiles.profile(name)
        ledger = read_ledger(await browser.ledger())
        return judge(profile, played, ledger, read_letters(folder / "invites"), folder)

    with EmbeddedZoom(folder, seed=seed) as zoom, ServiceServer(zoom.configuration, switches=switches()) as service:
        return asyncio.run(go(zoom.configuration(service.base_url), zoom))


@contextlib.contextmanager
def _folder(out: Path | None) -> Iterator[Path]:
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        yield out
        return
    with tempfile.TemporaryDirectory(prefix="greenroom-demo-") as folder:
        yield Path(folder)


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Status]:
    with Console(stderr=True, quiet=quiet).status("starting the embedded Zoom") as status:
        yield status


def _show(report: DemoReport) -> None:
    out = console()
    verdict = "[green]passed[/]" if report.passed else "[red]failed[/]"
    out.print(Frame(f"[bold]{plain(report.product)}[/]  {verdict}", expand=False))
    for number, step in enumerate(report.steps, start=1):
        out.print(f"  {number}. {plain(step)}")
    out.print(
        f"  authorized at Zoom by {', '.join(report.authorized_by) or 'nobody'}; link made {plain(report.link_made)}"
    )
    rows = [
        (
            plain(one.title),
            one.time,
            plain(one.host),
            plain(one.why),
            plain("\n".join(one.seen_by) or "nobody"),
            one.fate,
        )
        for one in report.interviews
    ]
    out.print(table("", ("interview", "time", "host at Zoom", "why", "got the link", "fate"), rows))
    for finding in report.findings:
        out.print(f"  [red]found[/] {plain(finding)}")


def _summary(reports: tuple[DemoReport, ...]) -> None:
    rows = [
        (
            plain(one.product),
            "[green]passed[/]" if one.passed else "[red]failed[/]",
            plain(", ".join(one.authorized_by)),
            plain(", ".join(sorted({item.host for item in one.interviews}))),
            plain(one.link_made),
        )
        for one in reports
    ]
    console().print(table("summary", ("product", "verdict", "authorized by", "hosts", "link made"), rows))
