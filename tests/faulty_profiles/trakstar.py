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
    Fault(
        "check_approval.check_zooms_account_is_known_without_its_plan",
        "a plan nobody knows counts as one that needs approval",
        "GoToZoom",
        Edit(
            _GATE,
            "return None if plan is None else plan in needing",
            "return True if plan is None else plan in needing",
        ),
    ),
    Fault(
        "check_connecting.check_cancelled_or_failed_at_zoom",
        "declining at Zoom reads as an error",
        "expected declined, got authorization_failed",
        Edit(_GATE, 'return refuse("declined", "TRK-29",', 'return refuse("authorization_failed", "TRK-29",'),
    ),
    Fault(
        "check_approval.check_requested_is_not_approved",
        "asking twice sends a second request to the Zoom admins",
        "expected a refusal pre_approval_pending, got AskApproval",
        Edit(
            _GATE,
            '    if request.approval.state == "requested":\n        return refuse("pre_approval_pending", "TRK-12", "TRK-16", fact="requested already")\n    return None',
            "    return None",
        ),
    ),
    Fault(
        "check_hosting.check_people_join_without_the_host",
        "candidates are let in by a waiting room after all",
        "plan.waiting_room",
        Edit(_RULES, "        waiting_room=False,", "        waiting_room=True,"),
    ),
    Fault(
        "check_scheduling.check_everybody_gets_the_details_by_calendar",
        "the passcode is dropped",
        "invite.shows == DETAILS",
        Edit(_RULES, 'frozenset({"join_url", "meeting_id", "passcode"})', 'frozenset({"join_url", "meeting_id"})'),
    ),
    Fault(
        "check_scheduling.check_another_users_connection_does_not_count",
        "another user's connection is used for somebody's interview",
        "expected a refusal connect_first, got Wanted",
        Edit(_HOSTING, "return acting == (connection.owner == request.actor.id)", "return True"),
    ),
    Fault(
        "check_hosting.check_free_accounts_cannot",
        "meetings at one time are refused where they are only told of",
        "expected a host, got Refusal",
        Edit(
            _HOSTING,
            "    return HostChoice(host=host, via=via, considered=considered, warnings=(*together, *limits), because=reasons)",
            "    if together:\n        return connect_first(request)\n    return HostChoice(host=host, via=via, considered=considered, warnings=(*together, *limits), because=reasons)",
        ),
    ),
    Fault(
        "check_disconnecting.check_disconnecting_is_confirmed_first",
        "disconnecting asks nobody to confirm",
        "Confirm",
        Edit(
            _GATE,
            '    if request.confirmed:\n        return done("TRK-47", "TRK-48")',
            '    if request:\n        return done("TRK-47", "TRK-48")',
        ),
    ),
    Fault(
        "one_members_leaving_is_their_own",
        "one user's disconnecting ends everybody's connection",
        "leaving ended",
        Edit(
            _GATE,
            "    return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)",
            '    told = loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)\n    return told.model_copy(update={"ends": "all_of_organization"})',
        ),
    ),
    Fault(
        "what_was_made_outlives_the_connection",
        "the button Disconnect does nothing",
        "nobody can end it",
        Edit(
            _GATE,
            "            return only_active(request) or _disconnect(request)",
            '            return refuse("nothing_to_disconnect", "CORE-13")',
        ),
    ),
    Fault(
        "each_interview_has_its_own_link",
        "everybody is sent to the scheduler's own room",
        "have one link",
        Edit(_RULES, "        use_pmi=False,", "        use_pmi=True,"),
    ),
    Fault(
        "letters_say_what_zoom_has",
        "the candidate's template has a link of its own",
        "another link",
        Edit(
            "templates/candidate.txt.j2",
            "Zoom Meeting: {{ details.join_url }}",
            "Zoom Meeting: https://zoom.us/j/5550001111",
        ),
    ),
    Fault(
        "nothing_is_made_of_a_proposal",
        "a proposal gets a standing room meanwhile",
        "of a proposal",
        Edit(
            _RULES,
            '        return NotYet(until=Stage.CONFIRMED, say=later, because=because("TRK-31", "TRK-32"))',
            '        return UseLink(link=GivenLink(url="https://zoom.us/my/acme"), because=because("TRK-45"))',
        ),
    ),
    Fault(
        "the_link_arrives_exactly_when_granted",
        "interviewers are not shown the link they were granted",
        "the letter has none",
        Edit("templates/interviewer.txt.j2", "Zoom Meeting: {{ details.join_url }}", "Zoom Meeting"),
    ),
)
