"""How long judging every installed profile takes: from the command to its last line, and where the time goes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from greenroom.conformance.orders import processors
from greenroom.conformance.verdicts import ConformanceReport

ALLOWED = 60.0
"""Seconds for five profiles on two idle cores."""

SLOWEST = 8


def judged(folder: Path) -> tuple[float, ConformanceReport]:
    """Judge every profile; return the seconds it took, and the report."""
    file = folder / "report.json"
    command = [sys.executable, "-m", "greenroom", "conformance", "--all", "--seed", "1", "--json", str(file)]
    began = time.perf_counter()
    subprocess.run(command, check=True)  # noqa: S603
    took = time.perf_counter() - began
    return took, ConformanceReport.model_validate_json(json.dumps(json.loads(file.read_text("utf-8"))["data"]))


def main() -> None:
    """Print how long it took, and the checks that took longest over all profiles."""
    with tempfile.TemporaryDirectory() as folder:
        took, report = judged(Path(folder))
    seconds: dict[str, float] = {}
    for product in report.products:
        for result in product.results:
            seconds[result.check] = seconds.get(result.check, 0.0) + result.seconds
    print(f"{len(report.products)} profiles in {took:.1f} s on {processors()} processors (at most {ALLOWED:.0f} s)")
    for name in sorted(seconds, key=lambda name: -seconds[name])[:SLOWEST]:
        print(f"  {seconds[name]:6.1f} s  {name}")
    sys.exit(took > ALLOWED)


if __name__ == "__main__":
    main()
