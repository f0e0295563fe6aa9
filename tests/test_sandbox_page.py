"""The page on the sandbox is what happens: its walks run, in order, against a served sandbox."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from greenroom.sandbox import RemoteSandbox, parse_world

PAGE = (Path(__file__).parents[1] / "docs" / "sandbox.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """Return the page's fenced blocks of one language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skip where a program the page uses is not installed."""
    missing = [one for one in programs if shutil.which(one) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


@needs("bash", "curl", "jq")
def test_the_walk_with_curl(zoom_sandbox: RemoteSandbox) -> None:
    """All shell blocks run as one session and print what the page promises."""
    script = "set -euo pipefail\n" + "\n".join(blocks("bash"))
    run = subprocess.run(
        ["bash", "-c", script],
        env={"ZOOM": zoom_sandbox.base_url, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    said = run.stdout
    assert '"topic": "Panel interview"' in said
    assert "2027-03-02T15:40:0" in said
    assert re.search(r"^meeting\nmeeting\n2027-", said, re.MULTILINE)
    assert re.search(r"1 meeting\.started", said)
    assert said.rstrip().endswith("fault-1\nfault-2\nfault-3\n[]")


@needs("node")
def test_the_walk_with_node(zoom_sandbox: RemoteSandbox, tmp_path: Path) -> None:
    """The JavaScript runs as it stands."""
    (block,) = blocks("js")
    script = tmp_path / "walk.mjs"
    script.write_text(block)
    run = subprocess.run(
        ["node", str(script)],
        env={"ZOOM": zoom_sandbox.base_url, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert re.match(r"adam\.admin@northwind\.example \d+ scopes", run.stdout)


def test_the_test_with_the_fixture(zoom_sandbox: RemoteSandbox) -> None:
    """The Python block is a test that passes."""
    (block,) = blocks("python")
    names: dict[str, object] = {}
    exec(compile(block, "docs/sandbox.md", "exec"), names)  # noqa: S102 - our own page
    names["test_meeting_is_cut"](zoom_sandbox)  # type: ignore[operator]


def test_the_world_shown_is_one() -> None:
    """The YAML block is a world that can be served."""
    (block,) = blocks("yaml world")
    (app,) = parse_world(block).apps
    assert app.client_id == "my-client-id"


def test_every_kind_of_fault_is_explained() -> None:
    """The table names each kind there is, and no other."""
    from greenroom.sandbox.faults import EVENT_KINDS, REQUEST_KINDS

    table = PAGE.partition("| kind | what happens |")[2].partition("\n\n")[0]
    named = re.findall(r"`([a-z_]+)`", "\n".join(line.split("|")[1] for line in table.strip().splitlines()[1:]))
    assert set(named) == {*REQUEST_KINDS, *EVENT_KINDS}
