"""Copies of an installed plugin, changed and loaded in its place, so that its checks can judge what they were not
written for.

Only for a process of its own: after the first copy the modules of the plugin itself are gone.
"""

from __future__ import annotations

import importlib
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import Product
from greenroom.profiles import Registry


@dataclass(frozen=True)
class Copies:
    """Where copies of a plugin's package are made, one at a time.

    Attributes:
        name: of the profile.
        package: the top-level package it lives in.
        original: that package's folder, which stays as it is.
    """

    name: str
    package: str
    original: Path
    copy: Path

    def changed(self, change: Callable[[Path], None]) -> Product:
        """Return the product that a fresh copy is once ``change`` was made to its folder.

        Raises what ``change`` raises, and `greenroom.profiles.errors.ProfileError` when the copy cannot be used.
        """
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.original, self.copy, ignore=shutil.ignore_patterns("__pycache__"))
        change(self.copy)
        _forget(self.package)
        return Product(InProcess(Registry.discover().profile(self.name)))


@contextmanager
def copies(name: str) -> Iterator[Copies]:
    """Make room for copies of profile ``name``; import all that is wanted of the plugin itself before the first."""
    package = Registry.discover().profile(name).folder.name
    original = Path(str(importlib.import_module(package).__file__)).parent
    sys.dont_write_bytecode = True  # copies differ within the same second
    with tempfile.TemporaryDirectory() as scratch:
        sys.path.insert(0, scratch)
        yield Copies(name, package, original, Path(scratch) / package)


def _forget(package: str) -> None:
    """Drop the plugin's modules, so that the next import reads the changed copy."""
    importlib.invalidate_caches()
    for name in [one for one in sys.modules if one == package or one.startswith(f"{package}.")]:
        del sys.modules[name]
