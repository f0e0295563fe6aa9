"""The command line as its users meet it: exit codes, one clear line, JSON by schema, nothing written on bad input."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from tests.embedded import RECRUITER, ZOOM_ADMIN, World, environment

from greenroom.cli import main
from greenroom.cli.schema_files import schema_texts
from greenroom.configuration import Configuration

SUPER_ADMIN = f"{ZOOM_ADMIN}=Super Admin"
SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"


@dataclass(frozen=True)
class Printed:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


class Terminal:
    """Runs ``greenroom`` with one deployment's environment: in this process, or as a child of its own."""

    def __init__(self, folder: Path, variables: dict[str, str]) -> None:
        self.folder = folder
        self._env = {**variables, "COLUMNS": "200"}

    def run(self, *arguments: str, **more: str) -> Printed:
        """Run a command and return what it printed and its exit code."""
        with contextlib.chdir(self.folder):
            found = CliRunner().invoke(main, arguments, env={**self._env, **more})
        unexpected = found.exception is not None and not isinstance(found.exception, SystemExit)
        assert not unexpected, found.exception
        return Printed(found.exit_code, found.stdout, found.stderr)

    def child(self, *arguments: str) -> Printed:
        """Run a command as a child process."""
        found = subprocess.run(
            [sys.executable, "-m", "greenroom", *arguments],
            capture_output=True,
            text=True,
            env={**os.environ, **self._env},
            cwd=self.folder,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
        )
        return Printed(found.returncode, found.stdout, found.stderr)

    def json(self, *arguments: str) -> Any:
        """Run a command with ``--json`` and return its data, validated by the schema it names."""
        found = self.run(*arguments, "--json")
        document = json.loads(found.stdout)
        schema = json.loads((SCHEMAS / f"{document['schema']}.json").read_text())
        jsonschema.validate(document, schema)
        return document["data"]


@pytest.fixture
def terminal(configuration: Configuration, tmp_path: Path) -> Terminal:
    """Return a terminal in an empty folder."""
    return Terminal(tmp_path, environment(configuration))


PANEL: dict[str, Any] = {
    "scheduler": RECRUITER,
    "candidate": {"name": "Cam Novak", "email": "cam@home.example", "time_zone": "Europe/Berlin"},
    "interviews": [
        {
            "title": "System design",
            "start": "+3d 09:00",
            "duration_minutes": 45,
            "interviewers": [{"name": "April Lee", "email": "april.lee@northwind.example"}],
            "place": {"zoom": True},
        }
    ],
}


def panel(**changes: Any) -> dict[str, Any]:
    """Return the panel with fields of its one interview changed."""
    return {**PANEL, "interviews": [{**PANEL["interviews"][0], **changes}]}


def test_help_is_light() -> None:
    """``--help`` loads neither database, web framework, HTTP client nor pydantic."""
    code = (
        "import sys; from greenroom.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('sqlalchemy','starlette','httpx','pydantic','rich','stevedore') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines()[-1] == "[]"


def test_help_names_no_product() -> None:
    """The help text of every command names no product: profiles speak for themselves."""
    found = subprocess.run([sys.executable, "-m", "greenroom", "--help"], capture_output=True, text=True, check=True)
    for product in ("lever", "trakstar", "calendly", "interviewplanner", "exelare"):
        assert product not in found.stdout.casefold()


def test_importing_greenroom_is_light() -> None:
    """``import greenroom`` loads no web framework, database driver, kit or sandbox."""
    code = (
        "import sys, greenroom; greenroom.Greenroom\n"
        "print([m for m in ('sqlalchemy','starlette','uvicorn','hypothesis','greenroom.sandbox') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_no_key_refuses_to_start(terminal: Terminal) -> None:
    """Without a sealing key nothing starts, and the line says how to make one."""
    found = terminal.run("org", "list", GREENROOM_KEYS="")
    assert found.returncode == 2
    assert "greenroom keys" in found.stderr


BAD_PANELS = {
    "unknown field": (panel(titel="x"), "titel"),
    "start in the past": (panel(start="2020-01-01 10:00"), "start"),
    "end before start": (panel(duration_minutes=None, end="+2d 09:00"), "end"),
    "unknown zone": (panel(time_zone="Mars/Phobos"), "time_zone"),
    "gap of a clock change": (panel(start="2027-03-28 02:30", time_zone="Europe/Berlin"), "start"),
    "time that happens twice": (panel(start="2027-10-31 02:30", time_zone="Europe/Berlin"), "start"),
    "no time at all": (panel(start="soon"), "start"),
    "duplicate interviewer": (panel(interviewers=[{"email": "a@b.example"}, {"email": "A@b.example"}]), "interviewers"),
    "interviewer without e-mail": (panel(interviewers=[{"name": "Ana"}]), "interviewers"),
    "no e-mail address": (panel(interviewers=[{"email": "a@b.example\nBcc: x@y.example"}]), "interviewers"),
    "duration of zero": (panel(duration_minutes=0), "duration_minutes"),
    "control characters": (panel(title="a\r\nATTENDEE:x"), "title"),
    "no interviews": ({**PANEL, "interviews": []}, "interviews"),
}


@pytest.mark.parametrize("name", BAD_PANELS)
def test_bad_input_is_one_clear_line(terminal: Terminal, world: World, name: str) -> None:
    """A panel that cannot be used ends with exit 2 and one line naming file and field; nothing is written or asked."""
    source, field = BAD_PANELS[name]
    assert terminal.run("org", "create", "Acme", "--profile", "lever").returncode == 0
    file = terminal.folder / "panel.yaml"
    file.write_text(yaml.safe_dump(source))
    requests = len(world.ledger["requests"])
    found = terminal.run("schedule", "Acme", "panel.yaml")
    assert found.returncode == 2
    assert len(found.stderr.strip().splitlines()) == 1
    assert "panel.yaml" in found.stderr
    assert field in found.stderr
    assert terminal.json("status", "Acme")[0]["interviews"] == []
    assert len(world.ledger["requests"]) == requests


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("org", "create", "A", "--profile", "levr"), "lever"),
        (("org", "create", "A", "--profile", "lever@1999-01"), "2026-11"),
        (("org", "create", "A", "--profile", "lever", "--set", "colour=red"), "calendar"),
        (("org", "create", "A", "--profile", "lever", "--set", "calendar=lotus"), "calendar"),
        (("org", "create", "A", "--profile", "lever", "--member", "a@b.example=King"), "Super Admin"),
        (("org", "show", "Nobody"), "Nobody"),
        (("explain", "int_nothing"), "status"),
        (("schedule", "Nobody", "missing.yaml"), "missing.yaml"),
        (("connect", "Nobody", "--callback", "https://elsewhere.example/?state=x"), "--callback"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_ones(
    terminal: Terminal, arguments: tuple[str, ...], expected: str
) -> None:
    """Unknown names, editions, facts and roles end with exit 2 and name what there is."""
    found = terminal.run(*arguments)
    assert found.returncode == 2
    assert expected in found.stderr
    assert "Traceback" not in found.stderr


def test_the_way_from_nothing_to_a_sent_interview(terminal: Terminal, world: World) -> None:
    """Create, connect, schedule, preview, send, explain, disconnect: each with its exit code and its schema."""
    created = terminal.child(
        "org",
        "create",
        "Acme",
        "--profile",
        "lever",
        "--set",
        "calendar=google",
        "--member",
        SUPER_ADMIN,
    )
    assert created.returncode == 0
    refused = terminal.run("connect", "Acme", "--as", RECRUITER)
    assert refused.returncode == 3
    begun = terminal.json("connect", "Acme", "--as", ZOOM_ADMIN)
    assert terminal.child("connect", "Acme", "--as", ZOOM_ADMIN).returncode == 4
    address = world.authorize(begun["url"], ZOOM_ADMIN)
    assert terminal.run("connect", "Acme", "--callback", address).returncode == 0
    (terminal.folder / "panel.yaml").write_text(yaml.safe_dump(PANEL))
    dry = terminal.json("schedule", "Acme", "panel.yaml", "--dry-run")
    assert [one["kind"] for one in dry["interviews"]] == ["planned"]
    assert world.meetings == []
    assert terminal.json("status", "Acme")[0]["interviews"] == []
    outcome = terminal.json("schedule", "Acme", "panel.yaml")
    interview = outcome["interviews"][0]
    assert interview["host"] == "april.lee@northwind.example"
    assert terminal.run("send", outcome["panel"]).returncode == 2
    assert terminal.json("preview", outcome["panel"])
    assert {letter["state"] for letter in terminal.json("send", outcome["panel"])} == {"sent"}
    explanation = terminal.json("explain", interview["id"])
    assert "LEV-36" in json.dumps(explanation)
    assert terminal.json("reschedule", interview["id"], "--start", "+4d 10:00")["kind"] == "made"
    assert terminal.json("cancel", interview["id"])["meeting"] is None
    would = terminal.json("disconnect", "Acme", "--dry-run")
    assert would["dry_run"]
    assert terminal.json("actions", "Acme")
    assert terminal.json("disconnect", "Acme")["ends"] == would["ends"]
    assert terminal.run("schedule", "Acme", "panel.yaml").returncode == 3


def test_zoom_being_down_has_its_own_exit_code(terminal: Terminal, world: World) -> None:
    """When Zoom cannot say whether it made the meeting, the exit code is 5 and a retry settles it."""
    terminal.run(
        "org",
        "create",
        "Acme",
        "--profile",
        "lever",
        "--set",
        "calendar=google",
        "--member",
        SUPER_ADMIN,
    )
    begun = terminal.json("connect", "Acme", "--as", ZOOM_ADMIN)
    terminal.run("connect", "Acme", "--callback", world.authorize(begun["url"], ZOOM_ADMIN))
    (terminal.folder / "panel.yaml").write_text(yaml.safe_dump(PANEL))
    world.fault("POST /users/{userId}/meetings", "reset_before")
    assert terminal.run("schedule", "Acme", "panel.yaml").returncode == 5
    world.fault("GET /users/{userId}/meetings", "status", status=503, times=None)
    world.fault("POST /users/{userId}/meetings", "status", status=429)
    assert terminal.run("schedule", "Acme", "panel.yaml").returncode == 5
    world.control("DELETE", "faults")
    interview = terminal.json("status", "Acme")[0]["interviews"][0]["id"]
    assert terminal.json("retry", interview)["kind"] == "made"


def test_switches_work_by_flag_environment_and_file(terminal: Terminal) -> None:
    """Plugins are blocked by flag, environment and file alike."""
    file = terminal.folder / "greenroom.toml"
    file.write_text('[profiles]\nblock = ["lever"]\n')
    for found in (
        terminal.run("--block", "lever", "profiles", "show", "lever"),
        terminal.run("profiles", "show", "lever", GREENROOM_PROFILES_BLOCK="lever"),
        terminal.run("profiles", "show", "lever", GREENROOM_CONFIG=str(file)),
        terminal.run("--no-profiles", "profiles", "show", "lever"),
        terminal.run("--only", "trakstar", "profiles", "show", "lever"),
    ):
        assert found.returncode == 2
        assert "lever" in found.stderr


def test_schemas_are_current() -> None:
    """docs/schemas is what the commands print now; `make schemas` writes it."""
    written = {path.name: path.read_text() for path in SCHEMAS.glob("*.json")}
    assert written == schema_texts()
