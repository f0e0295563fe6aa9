"""A place outside the repository in which somebody works who has Python, pip, and the documentation.

Its index of packages holds Greenroom's own wheels, built from this checkout. What those depend on is installed already,
because tests have no network. Nothing of the checkout itself can be imported.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Self

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
INDEXED = ("core", "plugins/lever")

_NEEDED = ("greenroom[conformance]", "mypy", "ruff", "uv-build")
"""What a distribution and its tests need that is not made here."""

_PROGRAMS = ("ruff", "uv-build")


@dataclass(frozen=True)
class Workbench:
    """Below ``home``: programs (``bin``), what is installed already (``site``), packages to install (``index``)."""

    home: Path

    @classmethod
    def set_up(cls, home: Path) -> Self:
        """Return one in ``home``, a folder that is empty."""
        bench = cls(home)
        for folder in (bench.bin, bench.site, bench.index):
            folder.mkdir()
        (bench.bin / "python3").symlink_to(Path(sys.base_prefix, "bin", "python3"))
        for name in _PROGRAMS:
            (bench.bin / name).symlink_to(Path(sys.prefix, "bin", name))
        for found in {path for name in _needed() for path in _installed(name)}:
            (bench.site / found.name).symlink_to(found)
        bench.wheel(*(ROOT / one for one in INDEXED), into=bench.index)
        return bench

    @property
    def bin(self) -> Path:
        """What stands first on the path of programs."""
        return self.home / "bin"

    @property
    def site(self) -> Path:
        """What any Python here finds installed."""
        return self.home / "site"

    @property
    def index(self) -> Path:
        """Where pip looks for packages."""
        return self.home / "index"

    @property
    def environment(self) -> Mapping[str, str]:
        """The variables of everything that is run here."""
        return {
            "PATH": os.pathsep.join([str(self.bin), "/usr/local/bin", "/usr/bin", "/bin"]),
            "HOME": str(self.home),
            "LANG": "C.UTF-8",
            "COLUMNS": "110",
            "NO_COLOR": "1",
            "PYTHONPATH": str(self.site),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.index),
            "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this as the option's own value: no isolation
            "PIP_NO_CACHE_DIR": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        }

    def wheel(self, *sources: Path, into: Path) -> None:
        """Build the distributions whose source is in ``sources``."""
        command: list[str | Path] = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "--quiet",
            "--no-deps",
            "--wheel-dir",
            into,
            *sources,
        ]
        subprocess.run(command, env={**os.environ, **self.environment}, check=True)

    def environment_with(self, *requirements: str | Path, at: Path) -> Path:
        """Make a virtual environment with ``requirements`` installed, and return its folder of programs."""
        subprocess.run([self.bin / "python3", "-m", "venv", "--without-pip", at], env=self.environment, check=True)
        pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", at / "bin" / "python"]
        subprocess.run([*pip, "install", "--quiet", *requirements], env=self.environment, check=True)
        return at / "bin"


def _needed() -> set[str]:
    """Return the distributions that Greenroom says it needs, and those they need in turn; none of ours."""
    found: set[tuple[str, frozenset[str]]] = set()
    left = [Requirement(one) for one in _NEEDED]
    while left:
        wanted = left.pop()
        if (wanted.name, frozenset(wanted.extras)) in found:
            continue
        found.add((wanted.name, frozenset(wanted.extras)))
        needed = [Requirement(line) for line in distribution(wanted.name).requires or ()]
        extras = wanted.extras or {""}
        left += [one for one in needed if one.marker is None or any(one.marker.evaluate({"extra": x}) for x in extras)]
    return {name for name, _ in found if not name.startswith("greenroom")}


def _installed(name: str) -> Iterator[Path]:
    """Yield the files and folders a distribution put beside the others."""
    here = distribution(name)
    for top in {file.parts[0] for file in here.files or () if file.parts[0] not in ("..", "__pycache__")}:
        yield Path(str(here.locate_file(top)))
