"""``python -m greenroom`` is the command line."""

from __future__ import annotations

from greenroom.cli import main

main(prog_name="greenroom")
