"""Mistakes that can be made in Trakstar Hire's profile."""

# ruff: noqa: E501 - what is edited is quoted as it stands

from __future__ import annotations

from tests.faulty_profiles.faults import Fault

from greenroom.conformance.wrong import Edit

_GATE, _HOSTING, _RULES, _MANIFEST, _LABELS = "gate.py", "hosting.py", "rules.py", "profile.yaml", "labels/2026-11.yaml"

FAULTS = (
    Fault(
        "somebody_inactive_does_nothing",
        "somebody who left may still disconnect",
        "may disconnect",
        Edit(_GATE, "return only_active(request) or _disconnect(request)", "return _disconnect(request)"),
    ),
    Fault(
        "no_phase_is_active_before_zoom_answered",
        "connected at the button",
        "leads to connected",
        Edit(_GATE, 'return GoToZoom(app="user", because=', 'return GoToZoom(app="user", phase=CONNECTED, because='),
    ),
    Fault(
        "an_exclusive_zoom_user_is_kept_once",
        "a Zoom login serves two Hire accounts",
        "another organization holds it",
        Edit(_GATE, "        or _other_account(request)\n", ""),
    ),
    Fault(
        "a_grant_is_kept_where_it_was_asked_for",
        "one user's grant is kept for everybody",
        "level",
        Edit(_GATE, "Keep(phase=CONNECTED, level=Level.MEMBER,", "Keep(phase=CONNECTED, level=Level.ORGANIZATION,"),
    ),
    Fault(
        "the_host_is_active_in_the_connected_account",
        "an inactive Zoom user hosts",
        "a host who is",
        Edit(_HOSTING, '    if host.status != "active":\n        return _inactive(host)\n', ""),
    ),
    Fault(
        "no_meeting_before_the_link_stage",
        "a draft gets a meeting",
        "wanted at",
        Edit(_RULES, "if interview.stage < Stage.CONFIRMED:", "if interview.stage < Stage.DRAFT:"),
    ),
    Fault(
        "a_given_link_passes_through_as_typed",
        "blanks are cut from what was typed",
        "given",
        Edit(
            _RULES,
            "return UseLink(link=given, because=",
            'return UseLink(link=given.model_copy(update={"password": None}), because=',
        ),
        Edit(_RULES, "def _entered_manually", "# given\ndef _entered_manually"),
    ),
    Fault(
        "the_topic_is_the_subject",
        "every meeting has one topic",
        "the topic is",
        Edit(_RULES, 'topic=request.interview.subject or Say(key="topic_untitled")', 'topic="Interview"'),
    ),
    Fault(
        "a_unique_link_is_nobodys_own_room",
        "the scheduler's own room is used",
        "own room",
        Edit(_RULES, "use_pmi=False", "use_pmi=True"),
    ),
    Fault(
        "a_plan_insists_on_what_it_asks_for",
        "insists on what it does not send",
        "insist",
        Edit(_RULES, "        waiting_room=False,\n", ""),
    ),
    Fault(
        "a_move_never_makes_a_second_meeting",
        "a new time makes a new meeting",
        "replace at Zoom",
        Edit(
            _RULES,
            'update={"because": (*answer.because, *at_once),',
            'update={"at_zoom": "replace" if request.by == "person" and request.after else answer.at_zoom, "because": (*answer.because, *at_once),',
        ),
    ),
    Fault(
        "what_is_out_of_reach_is_kept",
        "the link is updated through a connection that is gone",
        "update at Zoom",
        Edit(
            _RULES,
            'answer.model_copy(update={"because": (*answer.because, *kept),',
            'answer.model_copy(update={"at_zoom": "update" if request.by == "person" else "keep", "because": (*answer.because, *kept),',
        ),
    ),
    Fault(
        "every_question_is_answered", "an undeclared fact is used", "change", Edit(_MANIFEST, "  change: [load]\n", "")
    ),
    Fault(
        "what_is_not_declared_does_not_count",
        "the load of hosts is looked at and not declared",
        "select_host was not answered",
        Edit(_MANIFEST, "  select_host: [load]\n", ""),
    ),
    Fault(
        "every_phase_has_a_label",
        "a phase has no word",
        "expired",
        Edit(
            _MANIFEST,
            "{name: needs_reconnect, kind: broken, clauses: [CORE-08]}",
            "{name: needs_reconnect, kind: broken, clauses: [CORE-08]}\n    - {name: expired, kind: broken}",
        ),
        Edit(_MANIFEST, "\n# The document knows no roles", "\n# needs_reconnect\n# The document knows no roles"),
    ),
    Fault(
        "a_loss_is_told_as_it_will_be",
        "asked ahead, nothing would be revoked",
        "dry ==",
        Edit(
            _GATE,
            "    return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)",
            "    told = loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)\n"
            '    return told.model_copy(update={"ends": "nothing"}) if request.offer else told',
        ),
    ),
    Fault(
        "nobody_does_nothing",
        "details are entered by nobody",
        "nobody may enter_manually",
        Edit(_GATE, 'return only_active(request) or done("TRK-05", "TRK-45")', 'return done("TRK-05", "TRK-45")'),
    ),
)
