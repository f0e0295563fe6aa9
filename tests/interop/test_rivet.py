"""@zoom/rivet, Zoom's own SDK for Node, as published, against the sandbox as it is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.interop.conftest import HOST

from greenroom.sandbox import RemoteSandbox

SCRIPT = Path(__file__).with_name("rivet.mjs")
RIVET = "@zoom/rivet@0.4.0"

pytestmark = pytest.mark.deep


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_rivet_talks_and_listens(zoom: RemoteSandbox, tmp_path: Path) -> None:
    """Its token, its calls, its URL validation and its check of signatures all take the sandbox for Zoom."""
    direct = {name: value for name, value in os.environ.items() if name != "HTTPS_PROXY"}
    install = ["npm", "install", "--silent", "--no-fund", "--no-audit", RIVET]
    subprocess.run(install, cwd=tmp_path, env=direct, check=True)
    script = tmp_path / SCRIPT.name
    shutil.copy(SCRIPT, script)
    app = zoom.app("server")
    told = {
        "CLIENT_ID": str(app["client_id"]),
        "CLIENT_SECRET": str(app["client_secret"]),
        "ACCOUNT_ID": "northwind-account",
        "WEBHOOK_SECRET": str(app["webhook_secret"]),
        "CONTROL": zoom.control_url,
        "HOST": HOST,
        "NODE_EXTRA_CA_CERTS": os.environ["REQUESTS_CA_BUNDLE"],
        "NO_PROXY": "127.0.0.1",
    }
    run = subprocess.run(
        ["node", str(script)],
        cwd=tmp_path,
        env={**os.environ, **told},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout.splitlines()[-1]) == {
        "standing": "validated",
        "heard": ["Köln / Panel", "string"],
        "created": 201,
        "topic": "Köln / Panel",
        "tracking": "string",
        "listed": ["Moved"],
        "deleted": 204,
    }
