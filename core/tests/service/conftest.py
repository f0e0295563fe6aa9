"""A service in process and on a port, over a real database, with Zoom apps and no profile."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from core.tests.service.outside import PUBLIC, SECRETS, Configure, at_work, browser

from greenroom.configuration import Configuration
from greenroom.facade import Greenroom
from greenroom.profiles import Switches
from greenroom.service import ServiceServer, create_app
from greenroom.store import Keyring


@pytest.fixture
def configure(tmp_path: Path) -> Configure:
    """Make a configuration for an address of the service; the app ``plain`` has no webhook secret."""
    key = Keyring.generate()

    def app(name: str) -> dict[str, object]:
        return {"client_id": f"id-{name}", "client_secret": "shh", "kind": "admin", "webhook_secret": SECRETS.get(name)}

    def made(public_url: str) -> Configuration:
        return Configuration.model_validate(
            {
                "database_url": f"sqlite:///{tmp_path / 'greenroom.db'}",
                "keys": key,
                "public_url": public_url,
                "out": tmp_path / "out",
                "zoom_apps": {name: app(name) for name in ("admin", "other", "plain")},
            }
        )

    return made


@pytest.fixture
async def greenroom(configure: Configure) -> AsyncIterator[Greenroom]:
    """An open Greenroom."""
    async with Greenroom(configure(PUBLIC), switches=Switches(none=True)) as opened:
        yield opened


@pytest.fixture
async def idle(greenroom: Greenroom) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service whose worker does not run: what is kept stays to be counted."""
    async with browser(create_app(greenroom, public_url=PUBLIC)) as client:
        yield client


@pytest.fixture
async def client(greenroom: Greenroom) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the service, its worker at work."""
    app = create_app(greenroom, public_url=PUBLIC)
    async with at_work(app), browser(app) as http:
        yield http


@pytest.fixture
def server(configure: Configure) -> Iterator[ServiceServer]:
    """The service on a real port."""
    with ServiceServer(configure, switches=Switches(none=True)) as running:
        yield running
