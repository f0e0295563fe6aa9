"""A refusal changes nothing: whatever members try, in any order, only what was not refused leaves a trace."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.blocking import Greenroom
from greenroom.configuration import Configuration, ZoomAppConfiguration
from greenroom.engine.outcomes import StatusView
from greenroom.model import Action
from greenroom.profiles import Profile
from greenroom.store import Keyring

INSIDE = [Action.ENABLE, Action.DISABLE, Action.ASK_APPROVAL, Action.REMOVE_MINE, Action.DISCONNECT]
_NUMBERS = count()


@pytest.fixture(scope="module")
def greenroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Greenroom]:
    """Return a Greenroom over a real database; nobody goes to Zoom here."""
    folder: Path = tmp_path_factory.mktemp("refusals")
    apps = {
        kind: ZoomAppConfiguration.model_validate({"client_id": kind, "client_secret": "made-up", "kind": kind})
        for kind in ("user", "admin")
    }
    configuration = Configuration(
        database_url=f"sqlite:///{folder / 'g.db'}", keys=Keyring.generate(), out=folder, zoom_apps=apps
    )
    with Greenroom(configuration) as opened:
        yield opened


def shown(status: StatusView) -> tuple[object, ...]:
    """Return what a refusal must leave alone."""
    return status.connections, status.interviews, status.notices, status.organization.settings


@QUICK
@given(data=st.data())
def test_a_refusal_changes_nothing(greenroom: Greenroom, profile: Profile, data: st.DataObject) -> None:
    """After each refused step the organization is as it was before it."""
    name = f"{profile.name}-{next(_NUMBERS)}"
    roles = profile.manifest.roles.known
    members = {f"m{number}@acme.example": [role] for number, role in enumerate(roles)}
    greenroom.create_organization(name, profile.name, members=members)
    for _ in range(data.draw(st.integers(1, 6))):
        who = data.draw(st.sampled_from(sorted(members)))
        level = data.draw(st.sampled_from(profile.manifest.levels))
        before = shown(greenroom.status(name))
        step = data.draw(st.sampled_from(["connect", "share", *INSIDE]))
        if isinstance(step, Action):
            outcome = greenroom.act(name, step, as_=who, level=level, confirmed=True)
        else:
            outcome = greenroom.connect(name, as_=who, level=level, share=step == "share")
        if outcome.refused:
            assert shown(greenroom.status(name)) == before
