"""Look through a profile's folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from greenroom.lint.catalogue import CHECKS, RULES
from greenroom.lint.finding import Finding, Linted
from greenroom.lint.rule import Found
from greenroom.lint.silence import ignores, silenced
from greenroom.lint.source import ProfileSource
from greenroom.lint.subject import Subject


def lint(source: ProfileSource, *, seen_from: Path | None = None) -> Linted:
    """Return every finding in a profile, which is read and never imported.

    Files are named relative to ``seen_from`` where they are below it, else absolutely.
    """
    subject = Subject(source)
    found = dict.fromkeys(one for check in CHECKS for one in check(subject))
    told, overlooked = silenced(found, ignores(source), RULES.keys())
    return Linted(
        profile=source.name,
        folder=_shown(source.folder, seen_from),
        findings=_findings(told, seen_from),
        silenced=_findings(overlooked, seen_from),
    )


def _findings(found: Iterable[Found], seen_from: Path | None) -> tuple[Finding, ...]:
    ordered = sorted(found, key=lambda one: (one.place, one.rule.code, one.what))
    return tuple(
        Finding(
            file=_shown(one.place.file, seen_from),
            line=one.place.line,
            column=one.place.column,
            code=one.rule.code,
            severity=one.rule.severity,
            what=one.what,
            next=one.next,
        )
        for one in ordered
    )


def _shown(path: Path, seen_from: Path | None) -> str:
    return str(path.relative_to(seen_from)) if seen_from and path.is_relative_to(seen_from) else str(path)
