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
)
