"""Meeting settings of users and accounts, and their locks, as Zoom's replies hold them.

One setting stands in several shapes of reply; the first that tells it wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Annotated

from greenroom.engine.ports.zoom import MeetingLocks, MeetingSettings, PasscodeRule
from greenroom.zoom.fields import Bool, Int, OrNone, Recorded, Reply, read

SETTINGS_SHAPES = ("", "meeting_security", "meeting_authentication")
"""Values of ``option``, each of which gets another shape of settings; the empty one is left out of the query."""

LOCKS_SHAPES = ("", "meeting_security")

_PATHS: Mapping[str, tuple[str, ...]] = {
    "join_before_host": ("schedule_meeting.join_before_host",),
    "waiting_room": ("in_meeting.waiting_room", "meeting_security.waiting_room"),
    "authentication": ("schedule_meeting.meeting_authentication", "meeting_authentication"),
    "use_pmi": ("schedule_meeting.use_pmi_for_scheduled_meetings",),
    "passcode_required": (
        "schedule_meeting.require_password_for_scheduling_new_meetings",
        "meeting_security.meeting_password",
    ),
    "passcode_in_link": (
        "schedule_meeting.embed_password_in_join_link",
        "meeting_security.embed_password_in_join_link",
    ),
    "passcode_rule": (
        "schedule_meeting.meeting_password_requirement",
        "meeting_security.meeting_password_requirement",
    ),
    "one_security_option": ("meeting_security.auto_security",),
    "auto_recording": ("recording.auto_recording",),
    "cloud_recording": ("recording.cloud_recording",),
    "capacity": ("feature.meeting_capacity",),
}


class _Rule(Reply):
    length: Int = None
    have_letter: Bool = None
    have_number: Bool = None
    have_special_character: Bool = None
    have_upper_and_lower_characters: Bool = None
    only_allow_numeric: Bool = None


class _Settings(Reply):
    join_before_host: Bool = None
    waiting_room: Bool = None
    authentication: Bool = None
    use_pmi: Bool = None
    passcode_required: Bool = None
    passcode_in_link: Bool = None
    passcode_rule: Annotated[_Rule | None, OrNone] = None
    one_security_option: Bool = None
    auto_recording: Recorded = None
    cloud_recording: Bool = None
    capacity: Int = None


class _Locks(Reply):
    join_before_host: Bool = None
    waiting_room: Bool = None
    authentication: Bool = None
    use_pmi: Bool = None
    passcode_required: Bool = None
    passcode_in_link: Bool = None
    one_security_option: Bool = None
    auto_recording: Bool = None
    cloud_recording: Bool = None


def settings_of(documents: Iterable[Mapping[str, object]]) -> MeetingSettings:
    """Return what several shapes of one user's or account's settings say together."""
    found = read(_Settings, _told(tuple(documents))) or _Settings()
    rule = found.passcode_rule and PasscodeRule(
        length=found.passcode_rule.length,
        letter=found.passcode_rule.have_letter,
        number=found.passcode_rule.have_number,
        special=found.passcode_rule.have_special_character,
        both_cases=found.passcode_rule.have_upper_and_lower_characters,
        only_digits=found.passcode_rule.only_allow_numeric,
    )
    return MeetingSettings(**found.model_dump(exclude={"passcode_rule"}), passcode_rule=rule)


def locks_of(documents: Iterable[Mapping[str, object]]) -> MeetingLocks:
    """Return what several shapes of an account's locks say together."""
    found = read(_Locks, _told(tuple(documents))) or _Locks()
    return MeetingLocks(**found.model_dump())


def _told(documents: tuple[Mapping[str, object], ...]) -> dict[str, object]:
    told: dict[str, object] = {}
    for name, paths in _PATHS.items():
        for path in paths:
            for document in documents:
                value = _at(document, path)
                if value is not None:
                    told.setdefault(name, value)
    return told


def _at(document: object, path: str) -> object:
    return reduce(lambda found, name: found.get(name) if isinstance(found, dict) else None, path.split("."), document)
