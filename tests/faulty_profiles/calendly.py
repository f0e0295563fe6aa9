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
    Fault(
        "check_connecting.check_only_zoom_admins_complete",
        "an owner who is no Zoom admin connects everybody",
        "expected a refusal zoom_admin_needed, got Keep",
        Edit(_GATE, '    if not zoom.is_admin:\n        return _zoom_admin_needed(f"Zoom role is {zoom.role}")\n', ""),
    ),
    Fault(
        "check_personal.check_the_personal_one_is_used",
        "the organization's connection is used before one's own",
        "UMAS_OWN_ZOOM",
        Edit(
            _HOSTING,
            "_PERSONAL_FIRST = (Level.MEMBER, Level.ORGANIZATION)",
            "_PERSONAL_FIRST = (Level.ORGANIZATION, Level.MEMBER)",
        ),
    ),
    Fault(
        "check_scheduling.check_the_administrator_never_stands_in",
        "whoever connected the organization hosts for everybody",
        "expected a refusal no_zoom_user, got HostChoice",
        Edit(
            _HOSTING,
            "    host = scheduler.zoom\n    if host is None or",
            "    host = via.zoom_user\n    if host is None or",
        ),
    ),
    Fault(
        "check_losing.check_the_administrator_has_to_stay_one",
        "a demoted administrator's connection works on",
        "NEEDS_RECONNECT",
        Edit(
            _GATE,
            'return Loss(phase=NEEDS_RECONNECT, ends="nothing", because=reasons)',
            'return Loss(phase=CONNECTED, ends="nothing", because=reasons)',
        ),
    ),
    Fault(
        "check_managing.check_nobody_removes_what_is_not_allowed",
        "removing is possible though nobody allowed it",
        "expected a refusal removal_not_allowed, got Done",
        Edit(
            _GATE,
            '    if not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal:\n        return refuse("removal_not_allowed", "CAL-18", "CAL-20", fact="the organization does not allow it")\n',
            "",
        ),
    ),
    Fault(
        "check_personal.check_disconnecting_the_personal_one_ends_only_that",
        "the organization's connection ends the personal ones",
        '"this"',
        Edit(
            _GATE,
            'clauses=("CAL-30", "CORE-06"))',
            'clauses=("CAL-30", "CORE-06")).model_copy(update={"ends": "all_of_organization"})',
        ),
    ),
    Fault(
        "check_scheduling.check_everybody_gets_the_details_at_once",
        "only interviewers are told",
        '{"interviewers", "candidate"}',
        Edit(
            _RULES,
            '    if request.interview.candidates:\n        items.append(calendar_invite(request, "candidate", "candidate", shows=_DETAILS))\n',
            "",
        ),
    ),
    Fault(
        "check_managing.check_users_do_not_see_the_list",
        "everybody sees who is connected",
        "expected a refusal role_not_allowed, got Done",
        Edit(
            _GATE,
            'return _no_manager(request, "CAL-31", "CAL-43") or done("CAL-31", "CAL-32")',
            'return only_active(request) or done("CAL-31", "CAL-32")',
        ),
    ),
    Fault(
        "one_members_leaving_is_their_own",
        "a personal connection takes the organization's with it",
        "leaving ended",
        Edit(
            _GATE,
            '    return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=("CAL-30", "CORE-06"))',
            '    told = loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=("CAL-30", "CORE-06"))\n    return told.model_copy(update={"ends": "all_of_organization"})',
        ),
    ),
)
