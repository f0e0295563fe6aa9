"""What core does of its own where documents are silent is said to be core's: in outcomes, explanations and status."""

from __future__ import annotations

from typing import Any

import pytest
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, connected
from tests.test_grants import PANEL

from greenroom.facade import Greenroom
from greenroom.model import Action, Scope

SETTINGS: dict[str, list[dict[str, Any]]] = {
    "interviewplanner": [{"values": {"video": "true"}, "scope": Scope.KIND, "subject": "Onsite"}]
}
STEPS: dict[str, list[Action]] = {"lever": [Action.ENABLE], "exelare": [Action.ENABLE]}
PROFILES = ["calendly", "exelare", "interviewplanner", "lever", "trakstar"]


async def scheduled(greenroom: Greenroom, world: World, profile: str) -> str:
    """Schedule an interview under a profile, its invites sent; return its id."""
    for app in ("user", "admin"):
        world.control("POST", "approvals", app=app, state="approved")
    roles = greenroom.profiles.manifest(profile).roles
    members = {ZOOM_ADMIN: [roles.administrator]}
    await greenroom.create_organization("First", profile, facts={"calendar": "google"}, members=members)
    for step in STEPS.get(profile, []):
        await greenroom.act("First", step, as_=ZOOM_ADMIN)
    await connected(greenroom, world, "First", as_=ZOOM_ADMIN)
    for change in SETTINGS.get(profile, []):
        await greenroom.configure("First", as_=ZOOM_ADMIN, **change)
    outcome = (await greenroom.schedule("First", {**PANEL, "scheduler": ZOOM_ADMIN, "stage": "Onsite"})).interviews[0]
    assert outcome.kind == "made", outcome
    if any(one.state != "sent" for one in outcome.letters):
        await greenroom.preview(outcome.id)
        await greenroom.send(outcome.id)
    return outcome.id


@pytest.mark.parametrize("profile", PROFILES)
async def test_moving_and_cancelling_say_whose_rule_it_is(greenroom: Greenroom, world: World, profile: str) -> None:
    """Outcomes name core's defaults as such for every product that is silent, and none about Zoom for one that is
    not; the explanation marks them *default*."""
    silent = greenroom.profiles.manifest(profile).capabilities["lifecycle_sync"].level == "silent"
    interview = await scheduled(greenroom, world, profile)
    moved = await greenroom.reschedule(interview, "+5d 09:00")
    gone = await greenroom.cancel(interview)
    assert any("keeps its join URL [CORE-01]" in said for said in moved.defaults) is silent
    assert any("deleted at Zoom [CORE-02]" in said for said in gone.defaults) is silent
    assert any("is told of it [CORE-03]" in said for said in gone.defaults)
    reasons = [reason for one in (await greenroom.explain(interview)).decisions for reason in one.reasons]
    assert {reason.basis for reason in reasons if reason.clause.startswith("CORE-")} == {"default"}
    assert "default" not in {reason.basis for reason in reasons if not reason.clause.startswith("CORE-")}


@pytest.mark.parametrize("profile", PROFILES)
async def test_status_says_on_what_the_document_is_silent(greenroom: Greenroom, world: World, profile: str) -> None:
    """What a product's document says nothing of stands in the organization's status, as in the manifest."""
    capabilities = greenroom.profiles.manifest(profile).capabilities
    await greenroom.create_organization("First", profile, members={RECRUITER: []})
    said = (await greenroom.status("First")).organization.silent
    assert set(said) == {name for name, one in capabilities.items() if one.level == "silent"}
    assert not world.ledger["requests"]
