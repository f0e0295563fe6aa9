"""The thirteen scopes as the document prints them, and what each is tied to [EXE-33, EXE-34, EXE-59]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

SCOPES: Mapping[str, frozenset[str]] = {
    "calendar:read": frozenset({"calendar:read:list_events", "calendar:read:list_calendar_lists"}),
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
"""Zoom's granular scopes behind each printed one, as the manifest maps them."""

CLASSIC: Mapping[str, frozenset[str]] = {
    "calendar:read": frozenset({"calendar:read"}),
    "calendar:write": frozenset({"calendar:write"}),
    "calendar:update": frozenset({"calendar:write"}),
    "calendar:delete": frozenset({"calendar:write"}),
    "meeting:write": frozenset({"meeting:write"}),
    "meeting:read": frozenset({"meeting:read"}),
    "meeting:update": frozenset({"meeting:write"}),
    "meeting:delete": frozenset({"meeting:write"}),
    "cloud_recording:read": frozenset({"recording:read"}),
    "phone:read:*": frozenset({"phone_call_log:read", "phone_recording:read"}),
    "message:read": frozenset({"chat_message:read"}),
    "user:read": frozenset({"user:read", "user_zak:read"}),
    "zoomapp": frozenset({"zoomapp:inmeeting"}),
}
"""The same for Zoom apps that have classic scopes, where one stands for several of the printed ones."""


class Feature(NamedTuple):
    """What a feature needs: a printed scope (``None`` = only what Exelare keeps itself); the clauses it rests on; the
    clause that keeps others out."""

    scope: str | None
    clauses: tuple[str, ...]
    kept_to: str = "EXE-64"


FEATURES: Mapping[str, Feature] = {
    "calendar_view": Feature("calendar:read", ("EXE-36",)),
    "meeting_details": Feature("meeting:read", ("EXE-40",)),
    "recordings": Feature("cloud_recording:read", ("EXE-44", "EXE-46"), kept_to="EXE-45"),
    "transcripts": Feature("cloud_recording:read", ("EXE-47",)),
    "calls": Feature("phone:read:*", ("EXE-48",)),
    "chat": Feature("message:read", ("EXE-49",), kept_to="EXE-50"),
    # What is stored in the timeline is Exelare's own and stays; what comes into it is tied to a scope each.
    "timeline": Feature(None, ("EXE-49", "EXE-50"), kept_to="EXE-50"),
    "start_as_host": Feature("user:read", ("EXE-51", "EXE-52", "EXE-53")),
    "in_meeting": Feature("zoomapp", ("EXE-54", "EXE-55", "EXE-56", "EXE-57", "EXE-58")),
}


def printed(granted: frozenset[str]) -> frozenset[str]:
    """Return the printed scopes of which Zoom granted everything behind them, by granular or by classic names."""
    return frozenset(name for name in SCOPES if SCOPES[name] <= granted or CLASSIC[name] <= granted)


def missing(granted: frozenset[str]) -> tuple[str, ...]:
    """Return the printed scopes that are not granted, in the document's order."""
    return tuple(name for name in SCOPES if name not in printed(granted))


def hit_by(lost: frozenset[str]) -> frozenset[str]:
    """Return the printed scopes that losing these of Zoom's takes away."""
    return frozenset(name for name in SCOPES if (SCOPES[name] | CLASSIC[name]) & lost)
