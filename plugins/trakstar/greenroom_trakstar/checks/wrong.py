"""Wrong readings of Trakstar Hire's document, each carried out and noticed by the clause's check."""

from __future__ import annotations

from greenroom_trakstar.checks import wrong_approval, wrong_connecting, wrong_scheduling

READINGS = (*wrong_connecting.READINGS, *wrong_approval.READINGS, *wrong_scheduling.READINGS)
