"""``greenroom new-profile``: write a distribution for a product that has no profile yet."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args

import click

from greenroom.cli.run import guarded
from greenroom.errors import BadInput
from greenroom.profiles import Registry
from greenroom.scaffold import (
    QUESTIONS,
    Approval,
    Host,
    Levels,
    Link,
    Options,
    Question,
    check_name,
    check_out,
    check_product,
    write,
)


@click.command("new-profile")
@click.argument("name")
@click.option("--product", metavar="TEXT", help="The product's name, as people know it.")
@click.option("--level", type=click.Choice(get_args(Levels)), help="Whose the connection to Zoom is.")
@click.option("--host", type=click.Choice(get_args(Host)), help="Whose Zoom hosts interviews.")
@click.option("--link", type=click.Choice(get_args(Link)), help="The event that makes the meeting.")
@click.option("--approval", type=click.Choice(get_args(Approval)), help="Whether a Zoom admin approves the app first.")
@click.option("--calendar", type=click.Choice(("yes", "no")), help="Whether invites are calendar events, or mail.")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Where to write; greenroom-NAME if not said."
)
@click.option("--yes", is_flag=True, help="Ask nothing: what is not said is as most products have it.")
@guarded
def new_profile(name: str, product: str | None, out: Path | None, yes: bool, **said: str | None) -> None:
    """Write a complete distribution of a profile NAME, whose one failing check says what to write first.

    What is not said is asked for, with what each answer means.
    """
    folder = out or Path(f"greenroom-{name.replace('_', '-')}")
    _must_be_free(name, folder)
    called = product if product is not None else _product(name.replace("_", " ").title(), asks=not yes)
    check_product(called)
    chosen = {one.name: said[one.name] or (one.default if yes else _answer(one)) for one in QUESTIONS}
    written = write(_options(name, called, chosen), folder)
    click.echo(f"{len(written)} files written to {folder}. Then:")
    click.echo(f"  pip install -e {shlex.quote(f'{folder}[test]')}\n  greenroom conformance {name}")


def _must_be_free(name: str, folder: Path) -> None:
    """Raise `BadInput` before anything is asked: for what is no name, one that is taken, and a folder in use."""
    check_name(name)
    if name in Registry.discover().names:
        what = f"a profile {name!r} is installed"
        raise BadInput(what, where="NAME", next="Choose another name; greenroom profiles list shows those taken")
    check_out(folder)


def _options(name: str, product: str, chosen: Mapping[str, str]) -> Options:
    return Options(
        name=name,
        product=product,
        level=cast("Levels", chosen["level"]),
        host=cast("Host", chosen["host"]),
        link=cast("Link", chosen["link"]),
        approval=cast("Approval", chosen["approval"]),
        calendar=chosen["calendar"] == "yes",
    )


def _product(usual: str, *, asks: bool) -> str:
    while asks:
        typed: str = click.prompt("What is the product called?", default=usual, prompt_suffix="  ")
        try:
            check_product(typed)
        except BadInput as error:
            click.echo(f"   {error.next}")
        else:
            return typed
    return usual


def _answer(question: Question) -> str:
    """Ask one question until it is answered by the number or the word of an answer."""
    words = question.words
    width = max(map(len, words))
    click.echo(f"\n{question.asks}")
    for number, one in enumerate(question.answers, 1):
        click.echo(f"   {number}  {one.word:{width}}  {one.means}")
    while True:
        typed: str = click.prompt("  ", default=question.default, prompt_suffix="")
        by_number = {str(number): word for number, word in enumerate(words, 1)}
        found = by_number.get(typed.strip(), typed.strip().lower())
        if found in words:
            return found
        click.echo(f"   a number from 1 to {len(words)} or one of the words, or Enter for {question.default}")
