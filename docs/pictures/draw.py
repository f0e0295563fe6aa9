"""Draw what a command prints as SVG: ``python docs/pictures/draw.py demo.svg greenroom demo``."""

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

WIDTH = 165


def draw(target: Path, command: list[str]) -> None:
    """Run ``command`` and write its output as a picture. Fonts are the reader's own: nothing is fetched."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TTY_COMPATIBLE": "1"}
    printed = subprocess.run(command, capture_output=True, text=True, env=environment, check=True).stdout  # noqa: S603
    console = Console(record=True, width=WIDTH, file=Path(os.devnull).open("w"))  # noqa: SIM115
    console.print(Text.from_ansi(printed))
    picture = console.export_svg(title=" ".join(command), code_format=None or _without_fonts())
    target.write_text(picture, "utf-8")


def _without_fonts() -> str:
    from rich._export_format import CONSOLE_SVG_FORMAT

    return re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)


if __name__ == "__main__":
    draw(Path(sys.argv[1]), sys.argv[2:])
