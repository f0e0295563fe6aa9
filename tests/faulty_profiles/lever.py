"""Mistakes that can be made in Lever's profile."""

# ruff: noqa: E501 - what is edited is quoted as it stands

from __future__ import annotations

from tests.faulty_profiles.faults import Fault

from greenroom.conformance.wrong import Edit

_GATE, _HOSTING, _RULES, _MANIFEST, _LABELS = "gate.py", "hosting.py", "rules.py", "profile.yaml", "labels/2026-11.yaml"

FAULTS = (
    Fault(
        "nothing_is_kept_without_a_grant",
        "whatever Zoom answers counts as yes",
        "Keep without a grant",
        Edit(
            _GATE,
            'if attempt is None or zoom is None or attempt.outcome != "granted":\n        return _not_granted(attempt)',
            'if attempt is None:\n        return _not_granted(attempt)\n    if zoom is None:\n        return Keep(phase=BLUE, level=Level.ORGANIZATION, because=because("LEV-29"))',
        ),
    ),
    Fault(
        "no_phase_is_active_before_zoom_answered",
        "the toggle turns blue at the button",
        "leads to blue",
        Edit(
            _GATE,
            'GoToZoom(app="admin", must_be_email=address,',
            'GoToZoom(app="admin", phase=BLUE, must_be_email=address,',
        ),
    ),
    Fault(
        "who_may_not_begin_does_not_finish",
        "the role is asked for at the button only",
        "may not connect",
        Edit(_GATE, "        or _demoted_meanwhile(request, attempt)\n", ""),
    ),
    Fault(
        "somebody_else_at_zoom_is_not_kept",
        "nobody compares the addresses",
        "another address came back",
        Edit(_GATE, "        or _different_email(request, attempt, zoom)\n", ""),
    ),
    Fault(
        "an_exclusive_zoom_user_is_kept_once",
        "an admin of another instance is taken",
        "another organization holds it",
        Edit(_GATE, "        or _serves_another_instance(request)\n", ""),
    ),
    Fault(
        "only_active_zoom_users_are_verified",
        "inactive Zoom users are accepted as hosts",
        "no active Zoom user",
        Edit(_GATE, 'if one.zoom is not None and one.zoom.status == "active"]', "if one.zoom is not None]"),
    ),
    Fault(
        "a_turn_is_the_hosts_own",
        "people without Zoom stay in the pool",
        "cannot host",
        Edit(_HOSTING, "Turn(pool=frozenset(pool), host=turn)", "Turn(pool=frozenset(entered), host=turn)"),
    ),
    Fault(
        "the_host_is_active_in_the_connected_account",
        "an inactive interviewer hosts",
        "a host who is",
        Edit(
            _HOSTING,
            'if host is None:\n        return _nobody("LEV-36", considered)',
            "host = next((one.zoom for one in request.interview.interviewers if one.zoom is not None), None)\n"
            '    if host is None:\n        return _nobody("LEV-36", considered)',
        ),
    ),
    Fault(
        "who_is_considered_includes_the_host",
        "the admin who authorized hosts in the interviewer's place",
        "is said to host",
        Edit(
            _HOSTING,
            "return _choice(request, host, via, reasons, considered)",
            "return _choice(request, via.zoom_user or host, via, reasons, considered)",
        ),
    ),
    Fault(
        "nothing_is_shown_that_is_not_there",
        "an invite shows a link before there is one",
        "join_url",
        Edit(_RULES, 'frozenset({"join_url"}) if linked else frozenset()', 'frozenset({"join_url"})'),
        Edit(
            _RULES,
            "    return invite.model_copy(update={",
            '    return invite.model_copy(update={"shows": frozenset({"join_url"}), ',
        ),
    ),
    Fault(
        "nothing_goes_out_unseen",
        "invites go out before Send All",
        "goes out at once",
        Edit(_RULES, '"release": "on_send"', '"release": "at_once"'),
    ),
    Fault(
        "what_is_unsupported_is_not_done",
        "a passcode is asked for, which the manifest rules out",
        "passcode is unsupported",
        Edit(
            _RULES,
            "return NewMeeting(topic=topic, because",
            'return NewMeeting(topic=topic, passcode="generate", because',
        ),
    ),
    Fault(
        "every_setting_has_a_name_and_help",
        "a setting has no help",
        "has no help",
        Edit("settings.py", 'description="help.include_zoom_links"', 'description="help.links"'),
    ),
    Fault(
        "capabilities_and_buttons_agree",
        "the manifest rules out the link that can be shared",
        "share_link is unsupported",
        Edit(_MANIFEST, "share_link: {level: full}", "share_link: {level: unsupported}"),
    ),
    Fault(
        "an_id_says_nothing",
        "the topic is remembered by the interview",
        "decides otherwise",
        Edit(_RULES, "_SYNCED = frozenset", "_TOPICS: dict[str, Plan] = {}\n_SYNCED = frozenset"),
        Edit(
            _RULES,
            'return NewMeeting(topic=topic, because=because("LEV-49", "LEV-50", "CORE-14"))',
            'plan = NewMeeting(topic=topic, because=because("LEV-49", "LEV-50", "CORE-14"))\n'
            "    return _TOPICS.setdefault(request.interview.id, plan)",
        ),
    ),
    Fault(
        "check_authorizing.check_address_is_compared_without_case",
        "addresses are compared letter by letter, capitals and all",
        "different_email",
        Edit(_GATE, "    if same_email(address, zoom.email):", "    if address == zoom.email.upper():"),
    ),
    Fault(
        "check_authorizing.check_declining_authenticates_nothing",
        "declining at Zoom reads as an error",
        "expected declined, got authorization_failed",
        Edit(_GATE, 'return refuse("declined", "LEV-21",', 'return refuse("authorization_failed", "LEV-21",'),
    ),
    Fault(
        "check_authorizing.check_one_zoom_admin_one_instance",
        "a link that was shared is held to the sender's address",
        "expected zoom_admin_in_use, got different_email",
        Edit(_GATE, '    if attempt.path == "shared":\n        return None\n    address', "    address"),
    ),
    Fault(
        "check_authorizing.check_government_is_refused_directly",
        "an account of Zoom for Government is accepted",
        "expected a refusal government_not_supported",
        Edit(_GATE, "        or _government(zoom.account)\n", ""),
    ),
    Fault(
        "check_limits.check_no_warning_within_the_limit",
        "forty minutes are one too many already",
        "not answer.warnings",
        Edit(_HOSTING, "planned <= minutes", "planned < minutes"),
    ),
    Fault(
        "check_enabling.check_only_a_super_admin_starts_authorizing",
        "a recruiter of any role may share the link",
        "expected role_not_allowed",
        Edit(
            _GATE,
            '            return _not_super_admin(request, "LEV-11") or _authenticate(request)',
            "            return only_active(request) or _authenticate(request)",
        ),
    ),
    Fault(
        "check_hosting.check_nobody_stands_in",
        "whoever schedules hosts where no interviewer can",
        "a host whom the request does not name",
        Edit(
            _HOSTING,
            '    if host is None:\n        return _nobody("LEV-36", considered)',
            '    host = host or request.interview.scheduler.zoom\n    if host is None:\n        return _nobody("LEV-36", considered)',
        ),
    ),
    Fault(
        "check_hosting.check_a_known_zoom_user_who_was_not_verified_gets_no_turn",
        "a rotation goes on with hosts nobody verified",
        "expected a refusal no_eligible_host",
        Edit(
            _HOSTING,
            "return host_for_email(address, request.hosts) if address in request.settings.verified else None",
            "return host_for_email(address, request.hosts)",
        ),
    ),
    Fault(
        "check_invites.check_candidate_gets_no_link_otherwise",
        "candidates get the link whatever the setting says",
        "shows == set()",
        Edit(_RULES, "linked=linked and settings.include_zoom_links", "linked=linked"),
    ),
    Fault(
        "check_authorizing.check_a_shared_link_lives_until_blue",
        "a shared link is spent by whoever opens it first",
        "until_connected",
        Edit(_MANIFEST, "share: {life: until_connected", "share: {life: until_used"),
    ),
    Fault(
        "check_enabling.check_the_set_up_steps",
        "the manifest forgets that an approval can be told of",
        "SET_UP",
        Edit(_MANIFEST, "complete, approval_decided, configure", "complete, configure"),
    ),
    Fault(
        "one_interview_has_one_meeting",
        "cancelling leaves the meeting at Zoom",
        "of no interview",
        Edit(
            _RULES,
            "    answer = follow(request)\n    if request.after is None or",
            '    answer = follow(request).model_copy(update={"at_zoom": "keep"})\n    if request.after is None or',
        ),
    ),
    Fault(
        "a_failed_meeting_gives_its_turn_back",
        "a rotation that keeps no turns",
        "hosts twice running",
        Edit(_HOSTING, "considered, Turn(pool=frozenset(pool), host=turn))", "considered)"),
    ),
    Fault(
        "a_failed_meeting_gives_its_turn_back",
        "turns are counted by the plugin itself",
        "'s turn",
        Edit(
            _HOSTING,
            "    turn = round_robin(pool, request.turns)\n",
            "    _COUNTED.append(1)\n    turn = pool[len(_COUNTED) // 2 % len(pool)]\n",
        ),
        Edit(_HOSTING, "BASIC_LIMIT_MINUTES = 40", "_COUNTED: list[int] = []\nBASIC_LIMIT_MINUTES = 40"),
    ),
    Fault(
        "nothing_is_made_when_nothing_is_connected",
        "without a connection everybody is sent to one standing room",
        "with nothing connected",
        Edit(
            _RULES,
            "    if connection_of(request) is None:\n        return not_connected(request)",
            '    if connection_of(request) is None:\n        return UseLink(link=GivenLink(url="https://zoom.us/my/acme"), because=because("LEV-64"))',
        ),
        Edit(_RULES, "    CreateRequest,\n", "    CreateRequest,\n    GivenLink,\n"),
    ),
    Fault(
        "who_was_told_hears_of_changes",
        "nobody is told of a cancellation",
        "got no CANCEL",
        Edit(
            _RULES,
            "    settings = settings_of(request, Scope.ORGANIZATION, OrganizationSettings)\n    linked",
            '    if request.why == "cancelled":\n        return Invites(because=because("LEV-71"))\n    settings = settings_of(request, Scope.ORGANIZATION, OrganizationSettings)\n    linked',
        ),
    ),
    Fault(
        "another_process_decides_the_same",
        "interviewers come in the order of their hashes",
        "another process",
        Edit(
            _HOSTING,
            "first_with_zoom(request.interview.interviewers,",
            "first_with_zoom(tuple(sorted(request.interview.interviewers, key=lambda one: hash(one.email))),",
        ),
    ),
    Fault(
        "a_hook_reads_no_clock_and_no_dice",
        "the topic is looked up by the hour",
        "time.time",
        Edit(
            _RULES,
            "    topic = request.interview.subject or Say",
            "    time.time()\n    topic = request.interview.subject or Say",
        ),
        Edit(_RULES, "from greenroom.hooks import hookimpl", "import time\n\nfrom greenroom.hooks import hookimpl"),
    ),
)
