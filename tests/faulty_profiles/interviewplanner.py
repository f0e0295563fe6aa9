"""Mistakes that can be made in InterviewPlanner's profile."""

# ruff: noqa: E501 - what is edited is quoted as it stands

from __future__ import annotations

from tests.faulty_profiles.faults import Fault

from greenroom.conformance.wrong import Edit

_GATE, _RULES, _MANIFEST, _LABELS = "gate.py", "rules.py", "profile.yaml", "labels/2026-11.yaml"

FAULTS = (
    Fault(
        "a_page_offers_what_the_gate_allows",
        "the page offers what is then refused",
        "configure",
        Edit(_GATE, "    if not _enables(request.change):", "    if request.offer or not _enables(request.change):"),
    ),
    Fault(
        "nobody_does_nothing",
        "nobody's settings are saved",
        "nobody may configure",
        Edit(_GATE, "return only_active(request) or _configure(request)", "return _configure(request)"),
    ),
    Fault(
        "no_phase_is_active_before_zoom_answered",
        "connected at the button",
        "leads to connected",
        Edit(
            _GATE,
            'return GoToZoom(app="admin", because=because("IVP-04", "IVP-05"))',
            'return GoToZoom(app="admin", phase=CONNECTED, because=because("IVP-04", "IVP-05"))',
        ),
    ),
    Fault(
        "a_grant_is_kept_where_it_was_asked_for",
        "the first grant says it replaces another",
        "replaces a connection",
        Edit(_GATE, "renewed = phase_of(request) != NOT_CONNECTED", "renewed = True"),
    ),
    Fault(
        "what_zoom_ended_is_not_revoked",
        "an uninstalled app is asked to revoke",
        "revokes after uninstalled",
        Edit(_GATE, 'ends="all_of_organization", because', 'ends="all_of_organization", revoke=True, because'),
    ),
    Fault(
        "who_disconnects_leaves_nothing",
        "switching off leaves the connection broken",
        "ended by a person",
        Edit(
            _GATE,
            "return loss(request, idle=NOT_CONNECTED, broken",
            "return loss(request, idle=NEEDS_RECONNECT, broken",
        ),
    ),
    Fault(
        "whatever_is_said_is_complete",
        "a warning keeps its placeholder",
        "placeholder",
        Edit(_LABELS, "Zoom is already enabled for everyone", "{account} is already enabled for everyone"),
    ),
    Fault(
        "a_refusal_says_what_and_what_next",
        "a refusal points at a button that is not there",
        "nobody is offered",
        Edit(_RULES, '"IVP-34", "IVP-42", next=(Action.CONNECT,)', '"IVP-34", "IVP-42", next=(Action.SHARE,)'),
    ),
    Fault(
        "every_answer_cites_what_it_rests_on",
        "a clause is cited that there is not",
        "IVP-99",
        Edit(_RULES, '"IVP-01", "CORE-14"', '"IVP-99", "CORE-14"'),
    ),
    Fault(
        "no_meeting_before_the_link_stage",
        "a saved interview gets a meeting",
        "wanted at",
        Edit(_RULES, "stage < Stage.CONFIRMED", "stage < Stage.DRAFT"),
    ),
    Fault(
        "a_given_link_passes_through_as_typed",
        "a link is used that nobody typed",
        "request.interview.wish.given",
        Edit(
            _RULES,
            '        return refuse("details_not_taken", "CORE-11", fact="meeting details entered by hand")',
            '        link = request.interview.wish.given.model_copy(update={"url": "https://zoom.us/j/1"})\n        return UseLink(link=link, because=because("CORE-11"))',
        ),
        Edit(_RULES, "    Stage,\n", "    Stage,\n    UseLink,\n"),
    ),
    Fault(
        "who_is_considered_includes_the_host",
        "whoever connected hosts in the scheduler's place",
        "host",
        Edit(_RULES, "HostChoice(host=host,", "HostChoice(host=via.zoom_user or host,"),
    ),
    Fault(
        "the_host_is_active_in_the_connected_account",
        "a scheduler who is inactive at Zoom hosts",
        "a host who is",
        Edit(_RULES, 'if host is None or host.status != "active":', "if host is None:"),
    ),
    Fault(
        "every_button_has_a_label",
        "a button has no word",
        "connect",
        Edit(_LABELS, "\n  connect: ", "\n  restore_mine: "),
    ),
    Fault(
        "every_declared_message_has_words",
        "a step of a recipe is missing",
        "recipe.add_role",
        Edit(_LABELS, "\n  recipe.add_role: ", "\n  recipe.add_another: "),
    ),
    Fault(
        "every_setting_has_a_name_and_help",
        "help of a setting is missing",
        "has no help",
        Edit(_LABELS, "\n  help.video_of_stage: ", "\n  help.video: "),
    ),
    Fault(
        "check_zoom_role.check_viewing_users_is_not_enough",
        "a Zoom user without Edit on Users is enough",
        "expected an instruction, got Keep",
        Edit(
            _GATE,
            'USERS = Permission(section="User and Permission Management", item="Users", view=True, edit=True)',
            'USERS = Permission(section="User and Permission Management", item="Users", view=True)',
        ),
    ),
    Fault(
        "check_connecting.check_pre_approval_alone_is_not_enough",
        "pre-approval alone is enough",
        "expected an instruction, got Keep",
        Edit(
            _GATE,
            '    if request.approval.state == "approved" and not missing:',
            '    if request.approval.state == "approved":',
        ),
    ),
    Fault(
        "check_connecting.check_permissions_alone_are_not_enough",
        "a role with the permissions needs no pre-approval",
        "expected an instruction, got Keep",
        Edit(_GATE, '    if request.approval.state == "approved" and not missing:', "    if not missing:"),
    ),
    Fault(
        "check_scheduling.check_a_candidate_who_is_off",
        "what the candidate was set to is overruled by the stage",
        "NoMeeting",
        Edit(_RULES, "    if candidate is None:\n        clause", "    if candidate is None or stage:\n        clause"),
    ),
    Fault(
        "check_scheduling.check_nobody_stands_in_for_the_scheduler",
        "the Zoom user who connected hosts everything",
        "expected a refusal scheduler_not_in_zoom, got HostChoice",
        Edit(_RULES, "    host = scheduler.zoom\n", "    host = via.zoom_user\n"),
    ),
    Fault(
        "check_scheduling.check_not_enabled_while_not_connected",
        "video is enabled before anything is connected",
        "expected a refusal connect_to_enable, got Done",
        Edit(
            _GATE,
            '    if any(found.kind is PhaseKind.ACTIVE for found in request.connections):\n        return done("IVP-33")',
            '    if request:\n        return done("IVP-33")',
        ),
    ),
    Fault(
        "check_scheduling.check_who_is_told_the_url",
        "candidates are not told the URL",
        '["interviewers", "candidate"]',
        Edit(
            _RULES,
            '    if request.interview.candidates:\n        items.append(calendar_invite(request, "candidate", "candidate"))\n',
            "",
        ),
    ),
    Fault(
        "check_connecting.check_the_steps_of_a_zoom_admin",
        "a Zoom admin is told to connect before they can log in",
        "logging_in",
        Edit(_LABELS, "Once your InterviewPlanner account has been created, have", "Have"),
    ),
    Fault(
        "the_walkthrough_leads_to_a_meeting",
        "the walkthrough ends with video switched off",
        "no meeting is made",
        Edit(
            "walkthrough.yaml",
            '    configure: {scope: kind, subject: Onsite, values: {video: "true"}}\nscheduler',
            '    configure: {scope: kind, subject: Onsite, values: {video: "false"}}\nscheduler',
        ),
    ),
    Fault(
        "a_feature_that_is_not_listed_is_refused",
        "whatever is asked for is taken for the list of rooms",
        "may use",
        Edit(_GATE, '    if request.feature != "rooms":\n        return refuse("not_offered", "CORE-11")\n', ""),
    ),
)
