"""The demo under every installed profile, and a judge that cannot be talked round."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from greenroom.cli import main
from greenroom.demo import judge, read_ledger, read_letters
from greenroom.demo.judge import Ledger, WrittenLetter
from greenroom.demo.play import Played
from greenroom.engine.outcomes import InterviewOutcome, PanelOutcome
from greenroom.profiles import Registry

_REGISTRY = Registry.discover()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the demo left what it made."""
    return tmp_path_factory.mktemp("demo")


@pytest.mark.parametrize("name", _REGISTRY.names)
def test_the_demo_passes(name: str, folder: Path) -> None:
    """Under each profile the walkthrough ends as it says, and ledger and invites bear the panel out."""
    found = CliRunner().invoke(main, ["demo", name, "--out", str(folder), "--json"])
    assert found.exit_code == 0, found.output
    report = json.loads(found.stdout)["data"][0]
    assert report["passed"], report["findings"]
    assert report["authorized_by"]
    assert [one["fate"] for one in report["interviews"]] == ["stays", "moved, same link", "cancelled, meeting deleted"]
    assert all(one["why"] for one in report["interviews"])
    assert read_letters(folder / name)


MEETINGS = {
    "create_requests": 1,
    "meetings": [
        {
            "id": 1,
            "host_email": "ana@acme.example",
            "topic": "System design",
            "start_time": "2026-11-26T10:00:00Z",
            "join_url": "https://zoom.example/j/1",
            "live": True,
            "deleted_at": None,
            "updated_at": [],
        }
    ],
}


def played() -> Played:
    """Return a play of one interview."""
    one = InterviewOutcome(
        id="int_1", panel="pan_1", subject="System design", start=None, minutes=45, zone="UTC", kind="made"
    )
    panel = PanelOutcome(organization="Acme", panel="pan_1", interviews=(one,))
    return Played(
        organization="Acme",
        panel=panel,
        steps=(),
        authorized_by=(),
        rescheduled=None,
        cancelled=None,
        reasons={"int_1": ()},
    )


def letter(ledger: Ledger) -> WrittenLetter:
    """Return a letter that fits the ledger."""
    meeting = ledger.meetings[0]
    return WrittenLetter(
        recipients=("cam@home.example",),
        subject="System design",
        text=f"Zoom: {meeting.join_url}",
        method="REQUEST",
        start=meeting.start_time,
        uid="uid-1",
    )


def verdict(ledger: Ledger, *letters: WrittenLetter, play: Played | None = None) -> tuple[str, ...]:
    """Return what the judge finds wrong."""
    profile = _REGISTRY.profile(_REGISTRY.names[0])
    return judge(profile, play or played(), ledger, letters, Path()).findings


def test_the_judge_is_content_with_what_fits() -> None:
    """One meeting, one letter that names it at its time: nothing is found."""
    ledger = read_ledger(MEETINGS)
    assert verdict(ledger, letter(ledger)) == ()


def test_the_judge_sees_a_doubled_meeting() -> None:
    """Two meetings of one interview, or a create too many, are found."""
    one = MEETINGS["meetings"][0]  # type: ignore[index]
    assert verdict(read_ledger({"create_requests": 2, "meetings": [one, {**one, "id": 2}]}))
    assert verdict(read_ledger({**MEETINGS, "create_requests": 2}))


def test_the_judge_sees_a_lost_meeting() -> None:
    """A meeting that is gone although nobody cancelled it is found, and so is one that outlived its cancel."""
    one = MEETINGS["meetings"][0]  # type: ignore[index]
    gone = read_ledger({**MEETINGS, "meetings": [{**one, "live": False, "deleted_at": "2026-11-24T10:00:00Z"}]})
    assert verdict(gone)
    assert verdict(read_ledger(MEETINGS), play=replace(played(), cancelled="int_1"))


def test_the_judge_reads_the_letters() -> None:
    """A letter with another time, a host's link, or a dead meeting is found."""
    ledger = read_ledger(MEETINGS)
    right = letter(ledger)
    assert right.start is not None
    assert verdict(ledger, replace(right, start=right.start.replace(hour=11)))
    assert verdict(ledger, replace(right, text=right.text + "?zak=abc"))
    one = MEETINGS["meetings"][0]  # type: ignore[index]
    gone = read_ledger({**MEETINGS, "meetings": [{**one, "live": False, "deleted_at": "2026-11-24T10:00:00Z"}]})
    assert any("gone" in finding for finding in verdict(gone, right, play=replace(played(), cancelled="int_1")))
