"""Write a page for each installed profile: ``python -m greenroom.cli.profile_pages docs/profiles``."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from greenroom.conformance import find_checks
from greenroom.profiles import Profile, Registry
from greenroom.profiles.pages import page


def pages() -> Mapping[str, str]:
    """Return the page of each installed profile, by the file's name."""
    registry = Registry.discover()
    return {f"{name}.md": page(profile := registry.profile(name), proofs(profile)) for name in registry.names}


def proofs(profile: Profile) -> Mapping[str, list[str]]:
    """Return the names of the checks that prove each clause, by its id."""
    found: dict[str, list[str]] = {}
    for check in find_checks(f"{profile.distribution.replace('-', '_')}.checks"):
        for clause in check.clauses:
            found.setdefault(clause, []).append(check.name.rpartition(".checks.")[2])
    return found


def main(folder: Path) -> None:
    """Write every page, and nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
