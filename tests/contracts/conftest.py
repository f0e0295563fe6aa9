"""The contracts run over every installed profile: a new one is under them without a line here."""

from __future__ import annotations

from functools import cache

import pytest

from greenroom.conformance import InProcess, Product
from greenroom.profiles import Profile, Registry

_REGISTRY = Registry.discover()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give every test that asks for ``profile`` each installed profile in turn."""
    if "profile" in metafunc.fixturenames:
        metafunc.parametrize("profile", _REGISTRY.names, indirect=True)


@pytest.fixture
def profile(request: pytest.FixtureRequest) -> Profile:
    """Return an installed profile, loaded through the registry as any face loads it."""
    return _REGISTRY.profile(request.param)


@pytest.fixture
def product(profile: Profile) -> Product:
    """Return the profile as the kit sees it: one for all tests, so that it is played once."""
    return _product(profile.name)


@cache
def _product(name: str) -> Product:
    return Product(InProcess(_REGISTRY.profile(name)))
