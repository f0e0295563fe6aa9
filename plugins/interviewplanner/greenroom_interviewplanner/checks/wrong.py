"""Wrong readings of InterviewPlanner's document, each carried out and noticed by the clause's check."""

from __future__ import annotations

from greenroom_interviewplanner.checks import wrong_connecting, wrong_scheduling

READINGS = (*wrong_connecting.READINGS, *wrong_scheduling.READINGS)
