"""How long the command line takes to say hello, beside a bare interpreter in the same run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

RUNS = 9
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "greenroom --help": [sys.executable, "-m", "greenroom", "--help"],
    "import greenroom": [sys.executable, "-c", "import greenroom"],
    "import Greenroom": [sys.executable, "-c", "from greenroom import Greenroom"],
    "greenroom profiles list": [sys.executable, "-m", "greenroom", "profiles", "list"],
}


def milliseconds(command: list[str]) -> float:
    """Return how long one run of ``command`` took as a whole process, in milliseconds."""
    started = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """Print minimum and median of each command, taken in turn."""
    found: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            found[name].append(milliseconds(command))
    for name, times in found.items():
        print(f"{name:26} min {min(times):6.0f} ms   median {statistics.median(times):6.0f} ms")


if __name__ == "__main__":
    main()
