"""Mistakes that can be made in Exelare's profile."""

# ruff: noqa: E501 - what is edited is quoted as it stands

from __future__ import annotations

from tests.faulty_profiles.faults import Fault

from greenroom.conformance.wrong import Edit

_GATE, _RULES, _MANIFEST, _LABELS = "gate.py", "rules.py", "profile.yaml", "labels/2026-11.yaml"

FAULTS = (
    Fault(
        "nothing_is_kept_without_a_grant",
        "declining counts as logging in",
        "Keep without a grant",
        Edit(
            _GATE,
            '            return refuse("declined", "EXE-10", next=again)',
            '            return Keep(phase=CONNECTED, level=Level.MEMBER, because=because("EXE-08"))',
        ),
    ),
    Fault(
        "who_may_not_begin_does_not_finish",
        "the role is asked for at the button only",
        "may not connect",
        Edit(
            _GATE,
            "return _no_administrator(request) or _not_on(request) or _complete(request)",
            "return _not_on(request) or _complete(request)",
        ),
    ),
    Fault(
        "somebody_inactive_does_nothing",
        "somebody who left may still use recordings and switch",
        "may ",
        Edit(_GATE, 'only_active(request, "EXE-01") or only_roles', "only_roles"),
    ),
    Fault(
        "what_ended_at_zoom_is_not_active",
        "a dead grant stays connected",
        "stays connected",
        Edit(_GATE, "        case Cause.SCOPES_LOST:", "        case Cause.SCOPES_LOST | Cause.GRANT_DEAD:"),
    ),
    Fault(
        "who_disconnects_leaves_nothing",
        "a person's wish ends nothing",
        "ended by a person",
        Edit(
            _GATE,
            "        case Cause.AUTHORIZER_ROLE:",
            "        case Cause.AUTHORIZER_ROLE | Cause.PERSON | Cause.SWITCHED_OFF:",
        ),
    ),
    Fault(
        "a_loss_is_told_as_it_will_be",
        "asked ahead, less is told than then ends",
        "dry ==",
        Edit(
            _GATE,
            "    if request.connection.level is Level.ORGANIZATION:\n        return _toggle_loss(request)",
            '    if request.offer:\n        return Loss(phase=request.connection.phase, ends="nothing", because=because("EXE-60"))\n'
            "    if request.connection.level is Level.ORGANIZATION:\n        return _toggle_loss(request)",
        ),
    ),
    Fault(
        "the_host_is_active_in_the_connected_account",
        "an inactive authorized user hosts",
        "a host who is",
        Edit(_RULES, '    if host.status != "active":', '    if host.status == "pending":'),
    ),
    Fault(
        "every_question_is_answered",
        "an interview without a subject stumbles",
        "create_meeting was not answered",
        Edit(
            _RULES,
            '    if subject is None:\n        return _details_incomplete("Subject is missing")\n    reasons',
            "    assert subject is not None\n    reasons",
        ),
    ),
    Fault(
        "a_move_never_makes_a_second_meeting",
        "a cancelled interview's meeting is updated",
        "cancelled, and update at Zoom",
        Edit(
            _RULES,
            'return refusal or answer.model_copy(update={"because"',
            'return refusal or answer.model_copy(update={"at_zoom": "update", "because"',
        ),
    ),
    Fault(
        "what_is_out_of_reach_is_kept",
        "what was moved at Zoom is moved there again",
        "it answered at_zoom",
        Edit(_RULES, 'Follow(at_zoom="keep", calendars=calendars', 'Follow(at_zoom="update", calendars=calendars'),
    ),
    Fault(
        "nothing_is_shown_that_is_not_there",
        "a mail shows a link that there is not",
        "join_url",
        Edit(
            _RULES,
            '        return Invites(because=because("EXE-26", fact="no meeting was made"))',
            '        return Invites(items=(_mail(),), because=because("EXE-26"))',
        ),
    ),
    Fault(
        "every_note_has_words",
        "a note has no words",
        "interview_instructions",
        Edit(_LABELS, "\n  interview_instructions: ", "\n  instructions: "),
    ),
    Fault(
        "a_unique_link_is_nobodys_own_room",
        "the authorized user's own room is used",
        "own room",
        Edit(_RULES, "use_pmi=False", "use_pmi=True"),
    ),
    Fault(
        "a_plan_insists_on_what_it_asks_for",
        "insists on a waiting room and does not ask for one",
        "insist",
        Edit(_RULES, 'insist=frozenset({"use_pmi"})', 'insist=frozenset({"use_pmi", "waiting_room"})'),
    ),
    Fault(
        "a_hook_leaves_the_world_alone",
        "notes are read from a file while deciding",
        "does open",
        Edit(
            _RULES,
            "from greenroom.hooks import hookimpl\n",
            "from pathlib import Path\n\nfrom greenroom.hooks import hookimpl\n",
        ),
        Edit(
            _RULES,
            "    subject = request.interview.subject\n",
            '    Path(__file__).read_text("utf-8")\n    subject = request.interview.subject\n',
        ),
    ),
    Fault(
        "the_same_question_has_the_same_answer",
        "questions are counted",
        "does not hold",
        Edit(_RULES, "_CALENDAR: Mapping", "_ASKED: list[int] = []\n_CALENDAR: Mapping"),
        Edit(
            _RULES,
            "    subject = request.interview.subject\n",
            "    _ASKED.append(1)\n    subject = request.interview.subject\n",
        ),
        Edit(_RULES, "NewMeeting(topic=subject, use_pmi", 'NewMeeting(topic=f"{subject} {len(_ASKED)}", use_pmi'),
    ),
    Fault(
        "what_is_unsupported_is_not_done",
        "the manifest rules out what is asked of Zoom",
        "personal_meeting_id is unsupported",
        Edit(_MANIFEST, "personal_meeting_id: {level: partial", "personal_meeting_id: {level: unsupported"),
    ),
    Fault(
        "check_connecting.check_all_permissions_are_required",
        "a permission that was unticked at Zoom goes unnoticed",
        "expected a refusal scopes_required, got Keep",
        Edit(_GATE, "    if missing(request.scopes):\n        return _scopes_required(request)\n", ""),
    ),
    Fault(
        "check_connecting.check_no_login_while_off",
        "login works while the toggle is off",
        "expected a refusal not_enabled, got GoToZoom",
        Edit(_GATE, 'return _not_on(request) or GoToZoom(app="user"', 'return GoToZoom(app="user"'),
    ),
    Fault(
        "check_scheduling.check_one_candidate_at_a_time",
        "two candidates share one meeting",
        "expected a refusal one_candidate, got Wanted",
        Edit(_RULES, "return None if count == 1 else refuse", "return None if count else refuse"),
    ),
    Fault(
        "check_problems.check_conflicts_are_shown_and_notified_of",
        "a conflict blocks the meeting",
        "conflict",
        Edit(
            _RULES,
            "    return Wanted(warnings=warnings, notices=notices, because",
            '    if warnings:\n        return refuse("conflict", "EXE-36")\n    return Wanted(warnings=warnings, notices=notices, because',
        ),
    ),
    Fault(
        "check_inviting.check_the_mail_waits_for_send",
        "the invitation goes out before anybody reviewed it",
        'release == "on_send"',
        Edit(
            _RULES,
            '        editable=frozenset({"subject", "body"}),\n        release="on_send",',
            '        editable=frozenset({"subject", "body"}),',
        ),
    ),
    Fault(
        "check_following.check_cancelling_deletes_the_meeting",
        "cancelling leaves the meeting at Zoom",
        '("delete", "cancel")',
        Edit(
            _RULES,
            '    return refusal or answer.model_copy(update={"because": (*because(clause), *because("CORE-03"))})',
            '    return refusal or answer.model_copy(update={"at_zoom": "keep", "because": (*because(clause), *because("CORE-03"))})',
        ),
    ),
    Fault(
        "check_scopes.check_a_lost_scope_ends_no_authorization",
        "a lost scope ends all access",
        "loss.ends",
        Edit(
            _GATE,
            '            return Loss(phase=phase, ends="nothing", because=because("EXE-59", about=about, fact=fact))',
            '            return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=("EXE-59",))',
        ),
    ),
    Fault(
        "check_connecting.check_declined_is_not_authorized",
        "a declined consent reads as an error",
        "expected declined, got authorization_failed",
        Edit(_GATE, 'return refuse("declined", "EXE-10",', 'return refuse("authorization_failed", "EXE-10",'),
    ),
    Fault(
        "check_following.check_calendar_sync_is_configured",
        "an administrator hears of a recruiter's calendar",
        'problem.to == "scheduler"',
        Edit(
            _MANIFEST,
            "  calendar: {say: calendar_not_written, to: scheduler",
            "  calendar: {say: calendar_not_written, to: actor",
        ),
    ),
    Fault(
        "check_scheduling.check_the_way_to_schedule_reads_as_printed",
        "Zoom is chosen for a kind of interview once and for all",
        "opt_in",
        Edit(_MANIFEST, "opt_in: interview", "opt_in: kind"),
    ),
    Fault(
        "check_scopes.check_a_permission_that_is_found_missing_is_told",
        "whoever happens to look hears of a permission that was lost",
        "problem.to",
        Edit(
            _MANIFEST,
            "  permission_lost: {say: permission_lost, to: scheduler",
            "  permission_lost: {say: permission_lost, to: actor",
        ),
    ),
    Fault(
        "a_refusal_changes_nothing",
        "the role is asked for where the page is drawn only",
        "presses disable",
        Edit(
            _GATE,
            "            return _no_administrator(request) or _disable(request)",
            "            return (_no_administrator(request) if request.offer else None) or _disable(request)",
        ),
    ),
    Fault(
        "nobody_is_sent_the_hosts_key",
        "the invitation holds a start link",
        "zak=",
        Edit(
            "templates/candidate.txt.j2",
            "{{ interview.time }}",
            "{{ interview.time }}\nStart: https://zoom.us/s/81234567890?zak=abc",
        ),
    ),
    Fault(
        "a_feature_that_is_not_listed_is_refused",
        "a feature nobody heard of is open to everybody",
        "may use",
        Edit(
            _GATE,
            'return refuse("not_offered", "CORE-11", fact="no such feature")',
            'return done("EXE-64")',
        ),
    ),
)
