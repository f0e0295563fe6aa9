"""Where each clause of a profile stands: proven by checks, noted, or neither."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from greenroom.cli.schemas import ClauseStanding, Standing
from greenroom.conformance import FoundCheck, Product, SubjectUnusable, find_checks
from greenroom.model import Clause
from greenroom.profiles import Profile


def standings(profile: Profile, *, judged: Product | None = None) -> Iterator[ClauseStanding]:
    """Yield each clause, core's defaults included, with the checks that prove it.

    With a product to be ``judged`` the checks run on it, and a clause one of whose checks does not pass has *failed*.
    Raises `SubjectUnusable` when that product is not reached.
    """
    checks = find_checks(f"{profile.folder.name}.checks")
    failed = {check.name for check in checks if not _passes(check, judged)} if judged is not None else set()
    for clause in profile.clauses.values():
        names = tuple(check.name for check in checks if clause.id in check.clauses)
        standing = _standing(clause, names, failed)
        yield ClauseStanding(**dict(clause), profile=profile.name, checks=names, standing=standing)


def _passes(check: FoundCheck, product: Product) -> bool:
    try:
        check.run(product)
    except SubjectUnusable:
        raise
    except Exception:  # noqa: BLE001 - a plugin's check may end in any way; only passing counts
        return False
    return True


def _standing(clause: Clause, names: Sequence[str], failed: set[str]) -> Standing:
    if any(name in failed for name in names):
        return "failed"
    if names:
        return "proven"
    if clause.basis == "default":
        return "default"
    return "noted" if clause.note else "unproven"
