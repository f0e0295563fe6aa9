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
        "is said to host",
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
)
