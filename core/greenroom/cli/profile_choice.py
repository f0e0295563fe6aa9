"""``greenroom profiles choose``: a short interview, and what fits."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console

from greenroom.cli.tables import console, plain, table
from greenroom.profiles.choosing import Answers, Question, RankedProfile, Reason, Recommendation, Tie

_VERDICTS = {"fits": "[green]fits[/]", "against": "[red]does not fit[/]", "open": "[yellow]not said[/]"}


def interview(asked: Sequence[Question], *, on_stderr: bool) -> Answers:
    """Ask each question on the terminal; Enter alone skips it. Numbers separated by commas or blanks: any of these."""
    click.echo("Numbers and Enter; several mean any of these. Enter alone: it does not matter.\n", err=on_stderr)
    answers: dict[str, tuple[str, ...]] = {}
    for number, question in enumerate(asked, start=1):
        click.echo(f"{number}/{len(asked)}  {question.asks}", err=on_stderr)
        for which, option in enumerate(question.options, start=1):
            click.echo(f"   {which}  {option.means}", err=on_stderr)
        words = _picked(question, on_stderr=on_stderr)
        if words:
            answers[question.dimension] = words
        click.echo(err=on_stderr)
    return answers


def _picked(question: Question, *, on_stderr: bool) -> tuple[str, ...]:
    while True:
        typed: str = click.prompt("  ", prompt_suffix="", default="", show_default=False, err=on_stderr)
        numbers = typed.replace(",", " ").split()
        if all(one.isdecimal() and 1 <= int(one) <= len(question.options) for one in numbers):
            return tuple(dict.fromkeys(question.options[int(one) - 1].word for one in numbers))
        click.echo(f"   numbers from 1 to {len(question.options)}, or Enter to skip", err=on_stderr)


def show_recommendation(found: Recommendation) -> None:
    """Print the ranking: each profile, its reasons, what would not fit, and what a tie could be told apart by."""
    out = console()
    if not found.answers:
        out.print("Nothing was answered, so every profile fits: [bold]greenroom profiles compare[/] shows them all.")
        return
    for ranked in found.ranked:
        _show_ranked(out, ranked)
    if found.tie:
        _show_tie(out, found.tie)
    best = found.ranked[0]
    out.print(f"next: [bold]greenroom profiles show {best.name}[/], [bold]greenroom demo {best.name}[/]")


def _show_ranked(out: Console, ranked: RankedProfile) -> None:
    counts = [f"{ranked.count('fits')} of {len(ranked.reasons)} answers fit"]
    counts += [f"{ranked.count('against')} do not"] if ranked.count("against") else []
    counts += [f"{ranked.count('open')} not said"] if ranked.count("open") else []
    out.print(f"[bold]{ranked.place}. {plain(ranked.product)}[/] [dim]({ranked.name})[/]  {', '.join(counts)}")
    out.print(table("", ("", "", "the document says", "clauses"), [_row(reason) for reason in ranked.reasons]))


def _row(reason: Reason) -> tuple[str, str, str, str]:
    cited = ", ".join(clause.id for clause in reason.clauses)
    says = plain(reason.says) if reason.says else "[dim]nothing[/]"
    return _VERDICTS[reason.verdict], plain(reason.title), says, f"[dim]{cited}[/]"


def _show_tie(out: Console, tie: Tie) -> None:
    out.print(f"[bold]A tie[/]: {plain(' and '.join(tie.profiles))} fit equally well. What tells them apart:")
    rows = [(plain(one.title), *(plain(says) for says in one.says)) for one in tie.apart]
    out.print(table("", ("", *(plain(product) for product in tie.profiles)), rows))
