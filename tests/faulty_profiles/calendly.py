"""Mistakes that can be made in Calendly's profile."""

# ruff: noqa: E501 - what is edited is quoted as it stands

from __future__ import annotations

from tests.faulty_profiles.faults import Fault

from greenroom.conformance.wrong import Edit

_GATE, _HOSTING, _RULES, _MANIFEST, _LABELS = "gate.py", "hosting.py", "rules.py", "profile.yaml", "labels/2026-11.yaml"

FAULTS = (
    Fault(
        "nothing_is_kept_without_a_grant",
        "a personal connection is kept whatever Zoom answers",
        "Keep without a grant",
        Edit(
            _GATE,
            'if outcome == "granted" and request.zoom is not None:\n        replaces',
            'if outcome != "declined":\n        replaces',
        ),
    ),
    Fault(
        "who_may_not_begin_does_not_finish",
        "whoever was demoted meanwhile still connects",
        "may not connect",
        Edit(_GATE, " or _demoted_meanwhile(request, attempt)", ""),
    ),
    Fault(
        "somebody_inactive_does_nothing",
        "somebody who left may still remove the connection",
        "may remove_mine",
        Edit(_GATE, "return only_active(request) or _remove_mine(request)", "return _remove_mine(request)"),
    ),
    Fault(
        "nobody_does_nothing",
        "nobody may connect for themself",
        "nobody may connect",
        Edit(_GATE, 'return only_active(request) or GoToZoom(app="user"', 'return GoToZoom(app="user"'),
    ),
    Fault(
        "a_grant_is_kept_where_it_was_asked_for",
        "a personal grant becomes the organization's",
        "kept at organization",
        Edit(_GATE, "Keep(phase=CONNECTED, level=Level.MEMBER", "Keep(phase=CONNECTED, level=Level.ORGANIZATION"),
    ),
    Fault(
        "what_is_not_offered_is_refused",
        "removing can be undone, which is not described",
        "may restore_mine",
        Edit(
            _GATE,
            "        case Action.REMOVE_MINE:\n",
            '        case Action.RESTORE_MINE:\n            return only_active(request) or done("CAL-17")\n        case Action.REMOVE_MINE:\n',
        ),
    ),
    Fault(
        "what_ended_at_zoom_is_not_active",
        "the app is uninstalled and still shown as connected",
        "stays connected",
        Edit(
            _GATE,
            'return Loss(phase=NOT_CONNECTED, ends="all_of_organization", flag_unmade=attention, because=reasons)',
            'return Loss(phase=CONNECTED, ends="all_of_organization", flag_unmade=attention, because=reasons)',
        ),
    ),
    Fault(
        "who_disconnects_leaves_nothing",
        "disconnecting leaves the tokens",
        "not revoked",
        Edit(_GATE, 'ends="all_of_organization", revoke=True,', 'ends="all_of_organization",'),
    ),
    Fault(
        "what_zoom_ended_is_not_revoked",
        "an uninstalled app is asked to revoke",
        "revokes after uninstalled",
        Edit(
            _GATE,
            'ends="all_of_organization", flag_unmade=attention, because=reasons)',
            'ends="all_of_organization", revoke=True, flag_unmade=attention, because=reasons)',
        ),
    ),
    Fault(
        "facts_may_come_in_any_order",
        "the first connection is taken, whichever comes first",
        "decides otherwise",
        Edit(
            _HOSTING,
            "    return first_usable(eligible, _PERSONAL_FIRST)",
            "    return next((found for found in eligible if found.usable), None)",
        ),
    ),
    Fault(
        "the_host_is_active_in_the_connected_account",
        "somebody inactive in Zoom hosts",
        "a host who is",
        Edit(
            _HOSTING,
            'if host is None or host.status != "active":\n        about',
            "if host is None:\n        about",
        ),
    ),
    Fault(
        "all_instants_may_move_together",
        "what has passed by our own clock gets no meeting",
        "does not hold",
        Edit(
            _RULES,
            "from greenroom.hooks import hookimpl\n",
            "from datetime import UTC, datetime\n\nfrom greenroom.hooks import hookimpl\n",
        ),
        Edit(_RULES, "    if wish.zoom is False:", "    if wish.zoom is False or request.at < datetime.now(UTC):"),
    ),
    Fault(
        "each_audience_is_told_once",
        "the candidate gets two entries",
        "told twice",
        Edit(_RULES, "    return Invites(items=tuple(items)", "    return Invites(items=(*items, *items[-1:])"),
    ),
    Fault(
        "who_is_told_is_on_the_interview",
        "candidates are told where there are none",
        "tells candidate",
        Edit(_RULES, "    if request.interview.candidates:\n        items", "    if request:\n        items"),
    ),
    Fault(
        "the_topic_is_the_subject",
        "every meeting is called Interview",
        "the topic is",
        Edit(_RULES, "request.interview.subject or Say(key", "Say(key"),
    ),
    Fault(
        "every_phase_is_reached",
        "a phase is declared and never reached",
        "expired",
        Edit(
            _MANIFEST,
            "    - {name: needs_reconnect, kind: broken, clauses: [CAL-22, CAL-23]}\n",
            "    - {name: needs_reconnect, kind: broken, clauses: [CAL-22, CAL-23]}\n    - {name: expired, kind: broken}\n",
        ),
    ),
    Fault(
        "connections_move_as_declared",
        "a move is declared that does not happen",
        "declared and never happens",
        Edit(
            _MANIFEST,
            "to: connected, by: [complete]}\n  organization:",
            "to: connected, by: [complete, connect]}\n  organization:",
        ),
    ),
)
