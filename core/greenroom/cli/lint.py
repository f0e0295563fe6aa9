"""``greenroom profiles lint``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from greenroom.cli.run import DONE, FAULT, guarded, json_option, show_json
from greenroom.cli.tables import console, plain, table
from greenroom.errors import BadInput

if TYPE_CHECKING:
    from greenroom.lint import Finding, Linted


@click.command()
@click.argument("targets", nargs=-1, metavar="PATH|NAME...")
@click.option("--strict", is_flag=True, help="Exit 1 for warnings, too.")
@click.option("--github", is_flag=True, help="Print annotations that GitHub shows beside the lines.")
@click.option("--explain", metavar="CODE", help="Say what a rule is there for, and look at nothing.")
@json_option
@guarded
def lint(targets: tuple[str, ...], strict: bool, github: bool, explain: str | None, as_json: bool) -> None:
    """Look through the files of a profile, line by line; it need not be installed, and is not imported.

    PATH is a folder with a profile.yaml, or one above it; NAME an installed profile. Exit 1 for errors. A comment
    `# lint: ignore[CODE] reason` silences a finding on its line.
    """
    from greenroom.lint import lint as look_through
    from greenroom.lint.locate import sources

    if explain is not None:
        _explain(explain)
        return
    if not targets:
        raise BadInput("nothing is named", where="greenroom profiles lint", next="Name a profile, or the folder of one")
    found = [look_through(source, seen_from=Path.cwd()) for target in targets for source in sources(target)]
    if as_json:
        show_json("greenroom.lint.v1", tuple(found))
    elif github:
        _annotate(found)
    else:
        _show(found)
    failed = any(one.errors or (strict and one.warnings) for one in found)
    sys.exit(FAULT if failed else DONE)


def _show(found: list[Linted]) -> None:
    from greenroom.lint import RULES

    for one in found:
        for finding in one.findings:
            click.echo(str(finding))
    counted = Counter(finding.code for one in found for finding in one.findings)
    if counted:
        rows = [(code, RULES[code].severity, str(counted[code]), plain(RULES[code].title)) for code in sorted(counted)]
        console().print(table("", ("rule", "severity", "times", "what it looks for"), rows))
    for one in found:
        counts = f"errors={one.errors} warnings={one.warnings} silenced={len(one.silenced)}"
        click.echo(f"{one.profile} {'clean' if not one.findings else 'FAIL' if one.errors else 'warned'} {counts}")


def _annotate(found: list[Linted]) -> None:
    for one in found:
        for finding in one.findings:
            click.echo(_annotation(finding))


def _annotation(finding: Finding) -> str:
    where = f"file={_escaped(finding.file)},line={finding.line},col={finding.column},title={finding.code}"
    text = f"{finding.what}. Next: {finding.next}".replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return f"::{finding.severity} {where}::{text}"


def _escaped(text: str) -> str:
    for character in "%\r\n:,":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _explain(code: str) -> None:
    from greenroom.lint import RULES

    rule = RULES.get(code.upper())
    if rule is None:
        raise BadInput(f"there is no rule {code!r}", where="--explain", next=f"Name one of {', '.join(RULES)}")
    click.echo(f"{rule.code} ({rule.severity}): {rule.title}\nWhy: {rule.why}\nFix: {rule.fix}")
