"""A small profile in which lint finds nothing; its edited copies are what lint is tried on."""

from __future__ import annotations

from dataclasses import replace

from core.tests.profiles.acme import PluginSource, acme

_CHECKS = '''\
"""What proves Acme's clauses."""

from greenroom.conformance import Product, proves


@proves("ACME-01", "ACME-02")
def check_who_connects(product: Product) -> None:
    """Administrators connect."""


@proves("ACME-03")
def check_meetings(product: Product) -> None:
    """Saved interviews get a meeting."""
'''

_WRONG = '''\
"""Wrong readings of Acme's clauses."""

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading("ACME-01", "nobody connects", Edit("rules.py", "a", "b")),
    WrongReading("ACME-02", "everybody connects", Edit("rules.py", "a", "b")),
    WrongReading("ACME-03", "a draft gets one", Edit("rules.py", "a", "b")),
)
'''

_METADATA = '[project.entry-points."greenroom.profiles"]\nacme = "greenroom_acme.rules"\n'


def clean() -> PluginSource:
    """Return a profile in which lint finds nothing, with two editions of its words."""
    plain = (
        acme()
        .edited("profile.yaml", "facts:\n  select_host: [interviewers]\n", "")
        .edited("rules.py", "SETTINGS = {", "SETTINGS: Mapping[Scope, type[Settings]] = {")
        .edited("rules.py", "from enum", "from collections.abc import Mapping\nfrom enum")
    )
    letters = {f"templates/letter.{part}.j2": "Hello" for part in ("subject", "txt", "html")}
    checks = {"checks/__init__.py": "", "checks/check_all.py": _CHECKS, "checks/wrong.py": _WRONG}
    return replace(plain, files={**plain.files, **letters, **checks, "pyproject.toml": _METADATA})
