"""A place to install plugins into, taken away again after each test."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
from core.tests.profiles.acme import PluginSource, Site

from greenroom.profiles import Registry, discovery


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A directory on ``sys.path``, empty; what is imported from it is forgotten afterwards.

    Plugins that are installed elsewhere in this environment are not seen.
    """
    folder = tmp_path / "site-packages"
    folder.mkdir()

    def only_here(group: str) -> list[EntryPoint]:
        return [one for one in entry_points(group=group) if one.dist and one.dist.locate_file("") == folder]

    monkeypatch.setattr(discovery, "entry_points", only_here)
    path, modules = list(sys.path), set(sys.modules)
    sys.path.insert(0, str(folder))
    yield Site(folder)
    sys.path[:] = path
    for name in set(sys.modules) - modules:
        if name.startswith("greenroom_"):
            del sys.modules[name]
    importlib.invalidate_caches()


class Install:
    """Installs plugins and returns the registry of what is installed then."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def __call__(self, *plugins: PluginSource) -> Registry:
        """Install and discover."""
        self._site.install(*plugins)
        return Registry.discover()


@pytest.fixture
def install(site: Site) -> Install:
    """Install plugins into the site and discover them."""
    return Install(site)
