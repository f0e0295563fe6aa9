"""Wrong readings of who may connect, how, and with which Zoom role."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

_WORDS = "labels/2026-11.yaml"
_BOTH_HALVES = 'if request.approval.state == "approved" and not missing:'

READINGS = (
    WrongReading(
        "IVP-03",
        "the integrations page has a section called Zoom",
        Edit(_WORDS, "organization: Integrations > Video conferencing > Edit", "organization: Integrations > Zoom"),
    ),
    WrongReading(
        "IVP-04",
        "the button says what it connects, as elsewhere",
        Edit(
            _WORDS,
            "{label: Not connected, colour: grey, button: Connect your account}",
            "{label: Not connected, colour: grey, button: Connect Zoom}",
        ),
    ),
    WrongReading(
        "IVP-05",
        "clicking the button connects",
        Edit(
            "gate.py",
            'return GoToZoom(app="admin", because=because("IVP-04", "IVP-05"))',
            'return done("IVP-05", phase=CONNECTED)',
        ),
    ),
    WrongReading(
        "IVP-06",
        "the Zoom admin is whoever owns the account",
        Edit("gate.py", "    if zoom.is_admin:", '    if zoom.role == "owner":'),
    ),
    WrongReading(
        "IVP-07",
        "Zoom shows that message, so whoever comes back with a grant may be kept",
        Edit(
            "gate.py",
            'return _instruct(request, f"Zoom role is {zoom.role}", _what_is_missing(request, zoom, missing))',
            'return _keep(request, *because("IVP-07", about=zoom.email))',
        ),
    ),
    WrongReading(
        "IVP-08",
        "Zoom is enabled for whoever connected it",
        Edit(
            "rules.py",
            'if host is None or host.status != "active":',
            'if host is None or host.status != "active" or host != via.zoom_user:',
        ),
    ),
    WrongReading(
        "IVP-09",
        "everyone means those who were there and were given a role",
        Edit(
            "rules.py",
            "    if via is None:\n        return _connect_first(request)\n    scheduler",
            "    if via is None or not (request.actor and request.actor.roles):\n"
            "        return _connect_first(request)\n    scheduler",
        ),
    ),
    WrongReading(
        "IVP-10",
        "a Zoom role made for this is a third way by itself",
        Edit("gate.py", "    if zoom.is_admin:", '    if zoom.is_admin or zoom.role == "custom":'),
    ),
    WrongReading(
        "IVP-11",
        "either the pre-approval or the permissions",
        Edit("gate.py", _BOTH_HALVES, 'if request.approval.state == "approved" or not missing:'),
    ),
    WrongReading(
        "IVP-12",
        "an app that is pre-approved needs nothing of the user",
        Edit("gate.py", _BOTH_HALVES, 'if request.approval.state == "approved":'),
    ),
    WrongReading(
        "IVP-13",
        "who has the permissions need not wait for an approval",
        Edit("gate.py", _BOTH_HALVES, "if not missing:"),
    ),
    WrongReading(
        "IVP-14",
        "once the admin was sent the link, the app is pre-approved",
        Edit("gate.py", '    if state != "approved":', '    if state not in ("requested", "approved"):'),
    ),
    WrongReading(
        "IVP-15",
        "the role is given to the user first, and filled afterwards",
        Edit(
            "profile.yaml",
            "      - recipe.add_permissions\n      - recipe.assign_role\n",
            "      - recipe.assign_role\n      - recipe.add_permissions\n",
        ),
    ),
    WrongReading(
        "IVP-16",
        "roles are added where users are",
        Edit(_WORDS, 'go to the "Zoom Roles" page', 'go to the "Users" page'),
    ),
    WrongReading(
        "IVP-17",
        "any telling name is recommended",
        Edit("profile.yaml", "    name: InterviewPlanner\n", "    name: Interview scheduling\n"),
    ),
    WrongReading(
        "IVP-18",
        "the description says what the role is for, in whatever words",
        Edit("profile.yaml", "Role with the necessary permissions for InterviewPlanner", "Permissions needed"),
    ),
    WrongReading(
        "IVP-19",
        "it has to be the dedicated role that is recommended",
        Edit("gate.py", _BOTH_HALVES, f'{_BOTH_HALVES[:-1]} and zoom.role == "custom":'),
    ),
    WrongReading(
        "IVP-20",
        "listing users takes View",
        Edit("gate.py", 'item="Users", view=True, edit=True)', 'item="Users", view=True, edit=False)'),
    ),
    WrongReading(
        "IVP-23",
        "Edit is for changing users, which nobody does here",
        Edit(
            "gate.py",
            "    missing = missing_permissions(zoom, NECESSARY_PERMISSIONS)",
            "    missing = missing_permissions(zoom, (_USERS_VIEW, ZOOM_ROOMS))",
        ),
    ),
    WrongReading(
        "IVP-24",
        "both permissions are View and Edit",
        Edit("gate.py", 'item="Zoom rooms", view=True)', 'item="Zoom rooms", view=True, edit=True)'),
    ),
    WrongReading(
        "IVP-25",
        "the permission on Zoom rooms is asked for and used for nothing",
        Edit(
            "gate.py", "return only_active(request) or _list_rooms(request)", 'return refuse("not_offered", "CORE-11")'
        ),
    ),
    WrongReading(
        "IVP-26",
        "Zoom rooms are for those who have some",
        Edit("gate.py", "NECESSARY_PERMISSIONS = (USERS, ZOOM_ROOMS)", "NECESSARY_PERMISSIONS = (USERS,)"),
    ),
    WrongReading(
        "IVP-27",
        "the permissions are the connection's: without them it is broken",
        Edit(
            "gate.py",
            'return Loss(phase=request.connection.phase, ends="nothing", because=reasons)',
            "return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT)",
        ),
    ),
    WrongReading(
        "IVP-28",
        "the role goes to whoever schedules",
        Edit(
            _WORDS,
            "assign the new role to the person who will be managing the\n    InterviewPlanner account.",
            "assign the new role to everybody who schedules.",
        ),
    ),
    WrongReading(
        "IVP-29",
        "pre-approved and with the role, the Zoom admin still has to do it",
        Edit(
            "gate.py",
            'return _keep(request, *because("IVP-11", "IVP-29", about=zoom.email, fact=fact))',
            "return _instruct(request, fact, ())",
        ),
    ),
    WrongReading(
        "IVP-30",
        "the Zoom admin is sent a link and completes without logging in",
        Edit(
            "gate.py",
            "        case Action.CONNECT:\n",
            '        case Action.SHARE:\n            return ShareLink(app="admin", say=Say(key="admin_logs_in"), '
            'because=because("IVP-30"))\n        case Action.CONNECT:\n',
        ),
        Edit("gate.py", "    SettingsChange,\n", "    SettingsChange,\n    ShareLink,\n"),
    ),
    WrongReading(
        "IVP-31",
        "a Zoom admin needs no user of InterviewPlanner",
        Edit(
            "gate.py",
            '    refusal = only_active(request, "IVP-31") or _not_among_those_who_connect(request)',
            '    refusal = None if request.zoom and request.zoom.is_admin else only_active(request, "IVP-31")',
        ),
    ),
    WrongReading(
        "IVP-32",
        "the app has to be pre-approved for the Zoom admin, too",
        Edit("gate.py", "    if zoom.is_admin:", '    if zoom.is_admin and request.approval.state == "approved":'),
    ),
)
