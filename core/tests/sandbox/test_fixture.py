"""The fixture `zoom_sandbox`, as a project elsewhere uses it: its own pytest run, with nothing but the fixture."""

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.sandbox import ControlError, RemoteSandbox

THEIRS = """
import json
import urllib.request
from datetime import timedelta

import pytest


def ask(zoom_sandbox, path, token):
    url = f"{zoom_sandbox.base_url}/v2{path}"
    request = urllib.request.Request(url, headers={"authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def test_reads_a_user(zoom_sandbox):
    tokens = zoom_sandbox.tokens("adam.admin@northwind.example")
    me = ask(zoom_sandbox, "/users/me", tokens["access_token"])
    assert me["email"] == "adam.admin@northwind.example"


@pytest.mark.zoom_sandbox(seed=1, clock="2027-03-01T12:00:00+00:00", frozen=True)
def test_starts_as_asked(zoom_sandbox):
    assert zoom_sandbox.control("GET", "clock")["now"] == "2027-03-01T12:00:00Z"
    assert zoom_sandbox.advance(timedelta(days=1))["now"] == "2027-03-02T12:00:00Z"
    zoom_sandbox.reset()
    assert zoom_sandbox.control("GET", "clock")["now"] == "2027-03-01T12:00:00Z"


def test_each_test_has_its_own(zoom_sandbox):
    assert zoom_sandbox.ledger()["requests"] == []
"""


def test_fixture_works_in_a_project_elsewhere(tmp_path: Path) -> None:
    """Three tests of a stranger's project pass with nothing configured."""
    (tmp_path / "test_theirs.py").write_text(THEIRS)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--strict-markers", str(tmp_path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout
    assert "3 passed" in run.stdout


def test_remote_words_for_what_is_missing(zoom_sandbox: RemoteSandbox) -> None:
    """A name that does not exist is answered with where to find those that do."""
    with pytest.raises(ControlError, match="/_sandbox/world lists them"):
        zoom_sandbox.app("nope")
