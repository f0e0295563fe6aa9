"""The thirteen scopes as the document prints them, and what each is tied to [EXE-33, EXE-34, EXE-59]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SCOPES: Mapping[str, frozenset[str]] = {
    "calendar:read": frozenset({"calendar:read:list_events"}),
    "calendar:write": frozenset({"calendar:write:event"}),
    "calendar:update": frozenset({"calendar:update:event"}),
    "calendar:delete": frozenset({"calendar:delete:event"}),
    "meeting:write": frozenset({"meeting:write:meeting"}),
    "meeting:read": frozenset({"meeting:read:meeting", "meeting:read:list_meetings"}),
    "meeting:update": frozenset({"meeting:update:meeting"}),
    "meeting:delete": frozenset({"meeting:delete:meeting"}),
    "cloud_recording:read": frozenset(
        {
            "cloud_recording:read:list_user_recordings",
            "cloud_recording:read:list_recording_files",
            "cloud_recording:read:meeting_transcript",
        }
    ),
    "phone:read:*": frozenset({"phone:read:list_call_logs", "phone:read:list_recordings", "phone:read:call_recording"}),
    "message:read": frozenset({"team_chat:read:list_user_messages"}),
    "user:read": frozenset({"user:read:user", "user:read:zak"}),
    "zoomapp": frozenset({"zoomapp:inmeeting"}),
}
"""Zoom's scopes behind each printed one, as the manifest maps them."""


class Feature(NamedTuple):
    """What a feature needs: a printed scope; the clauses it rests on; the clause that keeps others out."""

    scope: str
    clauses: tuple[str, ...]
    kept_to: str = "EXE-64"


FEATURES: Mapping[str, Feature] = {
    "calendar_view": Feature("calendar:read", ("EXE-36",)),
    "recordings": Feature("cloud_recording:read", ("EXE-44", "EXE-46"), kept_to="EXE-45"),
    "transcripts": Feature("cloud_recording:read", ("EXE-47",)),
    "calls": Feature("phone:read:*", ("EXE-48",)),
    "chat": Feature("message:read", ("EXE-49",), kept_to="EXE-50"),
    "timeline": Feature("message:read", ("EXE-49", "EXE-50"), kept_to="EXE-50"),
    "start_as_host": Feature("user:read", ("EXE-51", "EXE-52", "EXE-53")),
    "in_meeting": Feature("zoomapp", ("EXE-54", "EXE-55", "EXE-56", "EXE-57", "EXE-58")),
}


def printed(granted: frozenset[str]) -> frozenset[str]:
    """Return the printed scopes of which Zoom granted everything behind them."""
    return frozenset(name for name, behind in SCOPES.items() if behind <= granted)


def hit_by(lost: frozenset[str]) -> frozenset[str]:
    """Return the printed scopes that losing these of Zoom's takes away."""
    return frozenset(name for name, behind in SCOPES.items() if behind & lost)
