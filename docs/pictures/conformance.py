"""Photograph the page of a conformance report, on a desktop and on a phone.

    greenroom conformance --all --html report.html
    python docs/pictures/conformance.py report.html docs/pictures

Chromium draws it; without it nothing is written.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = {"desktop": (1100, 900), "phone": (390, 844)}
FRAME = '<body style="margin:0"><iframe src="{page}" style="border:0;width:{width}px;height:{height}px"></iframe>'


def main(page: Path, folder: Path) -> None:
    """Write one picture for each size. A frame makes the width exact: no window is narrower than 500 px."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("chromium is not installed: install it, or leave the pictures as they are")
    with tempfile.TemporaryDirectory() as scratch:
        for size, (width, height) in SIZES.items():
            frame = Path(scratch) / f"{size}.html"
            frame.write_text(FRAME.format(page=page.resolve().as_uri(), width=width, height=height), "utf-8")
            picture = folder / f"conformance-{size}.png"
            window = f"--window-size={width},{height}"
            options = ["--headless", "--no-sandbox", "--hide-scrollbars", window, f"--screenshot={picture}"]
            subprocess.run([chromium, *options, frame.as_uri()], check=True, capture_output=True)  # noqa: S603
            sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
