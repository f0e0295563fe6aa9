"""Each clause has a wrong reading, and its check notices it; proving tells everything else apart."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.conformance.proving import prove
from greenroom.conformance.wrong import find_readings
from greenroom.profiles import Registry

_REGISTRY = Registry.discover()

ACME = {
    "__init__.py": "",
    "rules.py": "FREE_MINUTES = 40\n\n\ndef limit(licensed):\n    return None if licensed else FREE_MINUTES\n",
    "checks/__init__.py": "",
    "checks/check_limits.py": (
        "from acme_wrong.rules import limit\n"
        "from greenroom.conformance import proves\n\n\n"
        "@proves('ACME-01')\n"
        "def check_free_meetings_end():\n    assert limit(False) == 40\n\n\n"
        "@proves('ACME-02')\n"
        "def check_licensed_meetings_do_not():\n    assert limit(True) is None\n"
    ),
    "checks/wrong.py": (
        "from greenroom.conformance.wrong import Edit, WrongReading\n\n"
        "READINGS = (\n"
        "    WrongReading('ACME-01', 'half an hour', Edit('rules.py', 'FREE_MINUTES = 40', 'FREE_MINUTES = 30')),\n"
        "    WrongReading('ACME-02', 'nothing changes', Edit('rules.py', '= 40', '= 40  # still')),\n"
        "    WrongReading('ACME-02', 'gone', Edit('rules.py', 'no such text', '')),\n"
        "    WrongReading('ACME-02', 'no Python', Edit('rules.py', 'def limit', 'de limit')),\n"
        "    WrongReading('ACME-03', 'no check', Edit('rules.py', '= 40', '= 41')),\n"
        ")\n"
    ),
}


@pytest.mark.parametrize("name", _REGISTRY.names)
def test_wrong_readings_are_noticed(name: str) -> None:
    """Every wrong reading a plugin ships makes a check of its clause fail."""
    package = _REGISTRY.profile(name).folder.name
    proofs = list(prove(package))
    assert [(one.clause, one.verdict, one.said) for one in proofs if one.verdict != "noticed"] == []
    assert len(proofs) == len(find_readings(package))


def test_proving_tells_verdicts_apart(tmp_path: Path) -> None:
    """Noticed, not noticed, stale and broken are four things; the plugin itself is left as it was."""
    package = tmp_path / "acme_wrong"
    for file, text in ACME.items():
        (package / file).parent.mkdir(parents=True, exist_ok=True)
        (package / file).write_text(text)
    run = subprocess.run(
        [sys.executable, "-m", "greenroom.conformance.proving", "acme_wrong"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    verdicts = [line.partition('"verdict": "')[2].partition('"')[0] for line in run.stdout.splitlines()]
    assert verdicts == ["noticed", "not_noticed", "stale", "broken", "broken"]
    assert (package / "rules.py").read_text() == ACME["rules.py"]
