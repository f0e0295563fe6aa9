"""Every check there is, with what it asks told by a digest."""

from __future__ import annotations

import inspect
from hashlib import sha256

from greenroom.conformance.checks import FoundCheck, find_checks
from greenroom.conformance.contract import VERSION, Contract, contracts
from greenroom.conformance.standard import asks
from greenroom.conformance.verdicts import ListedCheck
from greenroom.profiles import Profile


def listed(profile: Profile | None = None) -> tuple[ListedCheck, ...]:
    """Return the contracts, and after them the clause checks of ``profile``. Raises what importing these raises."""
    rules = tuple(map(_of_contract, contracts()))
    if profile is None:
        return rules
    found = find_checks(f"{profile.folder.name}.checks")
    return (*rules, *(_of_clauses(one, profile.version) for one in found))


def _of_contract(one: Contract) -> ListedCheck:
    return ListedCheck(check=one.name, kind="contract", version=str(VERSION), digest=asks(one), says=one.says)


def _of_clauses(one: FoundCheck, version: str) -> ListedCheck:
    source = "".join(inspect.getsource(one.run).split())
    digest = sha256(source.encode()).hexdigest()[:12]
    return ListedCheck(
        check=one.name, kind="clause", version=version, digest=digest, clauses=one.clauses, says=one.says
    )
