"""Wrong readings of Lever's document, each carried out and noticed by the clause's check."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "LEV-16",
        "the button reads Connect, as elsewhere",
        Edit("labels/2026-11.yaml", "connect: Authorize", "connect: Connect"),
    ),
)
