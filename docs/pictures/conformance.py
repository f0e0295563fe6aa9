"""Photograph the page of a conformance report, on a desktop and on a phone.

    greenroom conformance --all --html report.html
    python docs/pictures/conformance.py report.html docs/pictures

Chromium draws it; without it nothing is written. Where something stands against a product, that is what is shown,
opened.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SIZES = {"desktop": (1100, 1230), "phone": (390, 1690)}
FRAME = '<body style="margin:0"><iframe src="{page}" style="border:0;width:{width}px;height:{height}px"></iframe>'


def opened(page: str) -> str:
    """Return a page as it is after somebody chose what stands against a product, and looked into it."""
    if '<details class="stands-against">' not in page:
        return page
    chosen = page.replace('<option value="against">', '<option value="against" selected>', 1)
    return chosen.replace('<details class="stands-against">', '<details open class="stands-against">', 1)


def main(page: Path, folder: Path) -> None:
    """Write one picture for each size. A frame makes the width exact: no window is narrower than 500 px."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("chromium is not installed: install it, or leave the pictures as they are")
    with tempfile.TemporaryDirectory() as scratch:
        shown = Path(scratch) / "report.html"
        shown.write_text(opened(page.read_text("utf-8")), "utf-8")
        for size, (width, height) in SIZES.items():
            frame = Path(scratch) / f"{size}.html"
            frame.write_text(FRAME.format(page=shown.as_uri(), width=width, height=height), "utf-8")
            picture = folder / f"conformance-{size}.png"
            window = f"--window-size={width},{height}"
            options = ["--headless", "--no-sandbox", "--hide-scrollbars", window, f"--screenshot={picture}"]
            subprocess.run([chromium, *options, frame.as_uri()], check=True, capture_output=True)  # noqa: S603
            sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
