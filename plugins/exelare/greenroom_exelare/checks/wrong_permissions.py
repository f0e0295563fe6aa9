"""Wrong readings of the table of permissions and of what is used with them."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "EXE-33",
        "The star says that all scopes of Zoom Phone are meant, and is no part of a name.",
        Edit("profile.yaml", '- name: "phone:read:*"', '- name: "phone:read"'),
        Edit("profile.yaml", 'scopes: ["phone:read:*"]', 'scopes: ["phone:read"]'),
        Edit(
            "scopes.py",
            '"phone:read:*": frozenset({"phone:read:list_call_logs"',
            '"phone:read": frozenset({"phone:read:list_call_logs"',
        ),
        Edit(
            "scopes.py",
            '"phone:read:*": frozenset({"phone_call_log:read"',
            '"phone:read": frozenset({"phone_call_log:read"',
        ),
        Edit("scopes.py", 'Feature("phone:read:*"', 'Feature("phone:read"'),
    ),
    WrongReading(
        "EXE-33",
        "To know whose recordings there are, the account's users have to be listed as well.",
        Edit(
            "profile.yaml",
            '    zoom: ["user:read:user", "user:read:zak"]',
            '    zoom: ["user:read:user", "user:read:zak", "user:read:list_users:admin"]',
        ),
    ),
    WrongReading(
        "EXE-33",
        "Those that are not approved are used later, if ever: the in-meeting app can wait.",
        Edit(
            "scopes.py",
            "return tuple(name for name in SCOPES if name not in printed(granted))",
            'return tuple(name for name in SCOPES if name not in printed(granted) and name != "zoomapp")',
        ),
    ),
    WrongReading(
        "EXE-34",
        "Messages are one more part of the communication tracking that calls are captured for.",
        Edit(
            "profile.yaml",
            "purposes: [{say: purpose.messages, clauses: [EXE-49, EXE-50]}]",
            "purposes: [{say: purpose.phone, clauses: [EXE-49, EXE-50]}]",
        ),
    ),
    WrongReading(
        "EXE-35",
        "A scope that is printed twice was printed once too often; the first purpose stands.",
        Edit("profile.yaml", "      - {say: purpose.meeting_notifications, clauses: [EXE-35, EXE-43]}\n", ""),
    ),
    WrongReading(
        "EXE-35",
        "A scope that is printed twice is requested twice, for a purpose each.",
        Edit(
            "profile.yaml",
            "      - {say: purpose.transcripts, clauses: [EXE-35, EXE-47]}\n",
            '  - name: "cloud_recording:read"\n'
            '    zoom: ["cloud_recording:read:meeting_transcript"]\n'
            "    purposes:\n"
            "      - {say: purpose.transcripts, clauses: [EXE-35, EXE-47]}\n",
        ),
    ),
    WrongReading(
        "EXE-40",
        "The details were stored at Save, so no permission is asked for to show them.",
        Edit("scopes.py", 'Feature("meeting:read", ("EXE-40",))', 'Feature(None, ("EXE-40",))'),
    ),
    WrongReading(
        "EXE-44",
        "The authorized user is the one who authorized Exelare at Zoom: nobody else views recordings.",
        Edit(
            "gate.py",
            "    if via is None:\n",
            '    if via is None or ("EXE-44" in feature.clauses and own_phase(request) != CONNECTED):\n',
        ),
    ),
    WrongReading(
        "EXE-45",
        "Who can log in to Exelare is authorized in Exelare.",
        Edit(
            "gate.py",
            "or only_roles(request, _RECRUITING_TEAM, *clauses)",
            'or (None if feature.kept_to == "EXE-45" else only_roles(request, _RECRUITING_TEAM, *clauses))',
        ),
    ),
    WrongReading(
        "EXE-46",
        "A recording that was opened is Exelare's, like what is in the timeline.",
        Edit(
            "scopes.py",
            'Feature("cloud_recording:read", ("EXE-44", "EXE-46")',
            'Feature(None, ("EXE-44", "EXE-46")',
        ),
    ),
    WrongReading(
        "EXE-47",
        "A transcript is text, and comes with the messages.",
        Edit("scopes.py", 'Feature("cloud_recording:read", ("EXE-47",))', 'Feature("message:read", ("EXE-47",))'),
    ),
    WrongReading(
        "EXE-47",
        "Transcripts are there to be read; searching them is the reader's business.",
        Edit("labels/2026-11.yaml", "candidate evaluation, keyword searching,", "candidate evaluation,"),
    ),
    WrongReading(
        "EXE-48",
        "Call recordings are recordings, and need the permission for those.",
        Edit("scopes.py", 'Feature("phone:read:*", ("EXE-48",))', 'Feature("cloud_recording:read", ("EXE-48",))'),
    ),
    WrongReading(
        "EXE-48",
        "History and duration are what is in a call log; a permission for recordings is not needed.",
        Edit(
            "scopes.py",
            'frozenset({"phone:read:list_call_logs", "phone:read:list_recordings", "phone:read:call_recording"})',
            'frozenset({"phone:read:list_call_logs"})',
        ),
    ),
    WrongReading(
        "EXE-49",
        "The timeline shows what Zoom holds at that moment; nothing is stored.",
        Edit("scopes.py", 'Feature(None, ("EXE-49", "EXE-50")', 'Feature("message:read", ("EXE-49", "EXE-50")'),
    ),
    WrongReading(
        "EXE-49",
        "The product's privacy notice says that chat is not stored, so there is none in the timeline.",
        Edit(
            "scopes.py",
            '    "timeline": Feature(None, ("EXE-49", "EXE-50"), kept_to="EXE-50"),\n',
            "",
        ),
        Edit("profile.yaml", "  timeline: {roles: [Administrator, Recruiter], clauses: [EXE-49, EXE-50]}\n", ""),
    ),
    WrongReading(
        "EXE-49",
        "Messages are Team Chat's; what is said in a meeting is gone with it.",
        Edit(
            "labels/2026-11.yaml",
            "Allows Zoom Team Chat and in-meeting chat content to be stored",
            "Allows Zoom Team Chat content to be stored",
        ),
    ),
    WrongReading(
        "EXE-50",
        "The recruiting team is the recruiters; administrators administer.",
        Edit(
            "gate.py",
            '_RECRUITING_TEAM = frozenset({"Administrator", "Recruiter"})',
            '_RECRUITING_TEAM = frozenset({"Recruiter"})',
        ),
    ),
    WrongReading(
        "EXE-50",
        "A candidate's timeline is part of their profile, which everybody in Exelare sees.",
        Edit(
            "gate.py",
            "or only_roles(request, _RECRUITING_TEAM, *clauses)",
            'or (None if feature.kept_to == "EXE-50" else only_roles(request, _RECRUITING_TEAM, *clauses))',
        ),
    ),
    WrongReading(
        "EXE-51",
        "Starting a meeting takes the permission to read it.",
        Edit("scopes.py", 'Feature("user:read", ("EXE-51"', 'Feature("meeting:read", ("EXE-51"'),
    ),
    WrongReading(
        "EXE-52",
        "Host is who starts it: a meeting is opened through the starter's own authorization.",
        Edit("gate.py", "usable_connection(request, request.through)", "usable_connection(request, None)"),
    ),
    WrongReading(
        "EXE-53",
        "Managing recordings and host controls is administration.",
        Edit(
            "gate.py",
            "or only_roles(request, _RECRUITING_TEAM, *clauses)",
            "or only_roles(\n"
            '        request, _ADMINISTRATORS if "EXE-53" in feature.clauses else _RECRUITING_TEAM, *clauses\n'
            "    )",
        ),
    ),
    WrongReading(
        "EXE-54",
        "Candidate information is Exelare's own, so the app needs no permission of Zoom's.",
        Edit("scopes.py", 'Feature("zoomapp", ("EXE-54"', 'Feature(None, ("EXE-54"'),
    ),
    WrongReading(
        "EXE-55",
        "A candidate's history is their timeline, so the app needs the permission for messages.",
        Edit("scopes.py", 'Feature("zoomapp", ("EXE-54"', 'Feature("message:read", ("EXE-54"'),
    ),
    WrongReading(
        "EXE-56",
        "Notes are taken by the host, who is the authorized user.",
        Edit(
            "gate.py",
            "    if via is None:\n",
            '    if via is None or ("EXE-56" in feature.clauses and own_phase(request) != CONNECTED):\n',
        ),
    ),
    WrongReading(
        "EXE-57",
        "To change a candidate's status is for administrators.",
        Edit(
            "gate.py",
            "or only_roles(request, _RECRUITING_TEAM, *clauses)",
            "or only_roles(\n"
            '        request, _ADMINISTRATORS if "EXE-57" in feature.clauses else _RECRUITING_TEAM, *clauses\n'
            "    )",
        ),
    ),
    WrongReading(
        "EXE-58",
        "The candidate's record is one click away in the browser; no app in the meeting is needed for it.",
        Edit(
            "scopes.py",
            '    "in_meeting": Feature("zoomapp", ("EXE-54", "EXE-55", "EXE-56", "EXE-57", "EXE-58")),\n',
            "",
        ),
    ),
    WrongReading(
        "EXE-59",
        "All permissions are required: without one of them nobody is authorized any more.",
        Edit(
            "gate.py",
            'return Loss(phase=phase, ends="nothing", because=because("EXE-59"',
            'return Loss(phase=NEEDS_RECONNECT, ends="this", because=because("EXE-59"',
        ),
    ),
    WrongReading(
        "EXE-59",
        "A permission is there when any of what stands behind it is.",
        Edit(
            "scopes.py",
            "name for name in SCOPES if SCOPES[name] <= granted or CLASSIC[name] <= granted",
            "name for name in SCOPES if SCOPES[name] & granted or CLASSIC[name] & granted",
        ),
    ),
    WrongReading(
        "EXE-59",
        "What is granted once stays granted: only at Login are permissions looked at.",
        Edit("gate.py", "return scope_missing(via, feature.scope) or done(", "return done("),
    ),
)
