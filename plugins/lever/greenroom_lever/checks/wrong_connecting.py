"""Wrong readings of who enables the integration, and how it is authorized."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "LEV-01",
        "who interviews takes part in interviews, and does not schedule them on Zoom",
        Edit(
            "rules.py",
            "    wish = request.interview.wish\n",
            "    wish = request.interview.wish\n"
            '    if request.actor is not None and "Interviewer" in request.actor.roles:\n'
            '        return refuse("role_not_allowed", "LEV-01")\n',
        ),
    ),
    WrongReading(
        "LEV-02",
        "an Admin is an administrator, and may enable what a Super Admin may",
        Edit(
            "gate.py",
            'return _not_super_admin(request, "LEV-02", "LEV-11") or _wrong',
            'return only_roles(request, {_SUPER_ADMIN, "Admin"}, "LEV-02") or _wrong',
        ),
    ),
    WrongReading(
        "LEV-03",
        "two permissions are listed, and the integration needs the second",
        Edit(
            "labels/2026-11.yaml",
            "Permissions: Manage API\n    credentials and manage integrations.",
            "Permissions: Manage\n    integrations.",
        ),
    ),
    WrongReading(
        "LEV-04",
        "the integration is for LeverTRM for Enterprise",
        Edit("gate.py", 'frozenset({"LeverTRM", "LeverTRM for Enterprise"})', 'frozenset({"LeverTRM for Enterprise"})'),
    ),
    WrongReading(
        "LEV-05",
        "whatever is called LeverTRM has it",
        Edit("gate.py", "package is None or package in _PACKAGES", 'package is None or package.startswith("LeverTRM")'),
    ),
    WrongReading(
        "LEV-06",
        "a commercial plan is one that is paid for, which Basic is not",
        Edit(
            "gate.py",
            'if account is not None and account.cloud == "government":',
            'if account is not None and (account.cloud == "government" or account.plan == "basic"):',
        ),
    ),
    WrongReading(
        "LEV-10",
        "Zoom for Government cannot be authorized by a Super Admin; a shared link is the way",
        Edit(
            "gate.py",
            "        or _government(zoom.account)\n",
            '        or (_government(zoom.account) if attempt.path == "direct" else None)\n',
        ),
    ),
    WrongReading(
        "LEV-10",
        "which cloud it is turns out at Zoom, so nobody is stopped on the way there",
        Edit("gate.py", "_government(request.organization.zoom_account) or ", ""),
    ),
    WrongReading(
        "LEV-11",
        "enabling is for Super Admins; once the toggle is yellow any admin may authorize",
        Edit(
            "gate.py",
            '            return _not_super_admin(request, "LEV-11") or _authenticate(request)',
            "            return _authenticate(request)",
        ),
    ),
    WrongReading(
        "LEV-11",
        "choosing hosts is configuring and not setting up, so anybody may",
        Edit(
            "gate.py",
            '            return _not_super_admin(request, "LEV-11") or _configure(request)',
            "            return _configure(request)",
        ),
    ),
    WrongReading(
        "LEV-12",
        "pre-approving the app in Zoom's marketplace enables it for everybody",
        Edit("gate.py", 'return done("LEV-12")', 'return done("LEV-12", phase=BLUE)'),
    ),
    WrongReading(
        "LEV-12",
        "where Zoom asks for its pre-approval the toggle is yellow until it is given",
        Edit(
            "gate.py",
            'return refuse("pre_approval_not_usable", "LEV-12", next=(Action.SHARE,))',
            'return done("LEV-12", phase=YELLOW)',
        ),
    ),
    WrongReading(
        "LEV-13",
        "an authorization is its Zoom admin's, and ends when they are no admin any more",
        Edit(
            "gate.py",
            '        return Loss(phase=request.connection.phase, ends="nothing", because=reason)\n',
            '        return Loss(phase=NEEDS_RECONNECT, ends="this", because=reason)\n',
        ),
    ),
    WrongReading(
        "LEV-13",
        "whoever schedules authorizes the app for themself",
        Edit("profile.yaml", "apps: {organization: admin}", "apps: {organization: user}"),
        Edit("gate.py", 'GoToZoom(app="admin"', 'GoToZoom(app="user"'),
    ),
    WrongReading(
        "LEV-14",
        "Partner integrations is a page of the settings",
        Edit(
            "labels/2026-11.yaml",
            "organization: Settings > Integrations and API > Partner integrations",
            "organization: Settings > Partner integrations",
        ),
    ),
    WrongReading(
        "LEV-15",
        "a Super Admin who clicks the toggle has enabled the integration",
        Edit("gate.py", 'return done("LEV-15", phase=YELLOW)', 'return done("LEV-15", phase=BLUE)'),
    ),
    WrongReading(
        "LEV-16",
        "the button reads Connect, as elsewhere",
        Edit("labels/2026-11.yaml", "connect: Authorize", "connect: Connect"),
    ),
    WrongReading(
        "LEV-16",
        "the buttons are on the tile from the start; the toggle shows how far one is",
        Edit(
            "gate.py",
            "    phase = phase_of(request)\n    if phase == OFF:\n",
            "    phase = phase_of(request)\n    if phase == OFF and request.action is Action.COMPLETE:\n",
        ),
    ),
    WrongReading(
        "LEV-16",
        "the tile keeps its buttons when the toggle is blue, to authorize anew",
        Edit("gate.py", "    if phase == BLUE and", "    if phase == BLUE and request.action is Action.COMPLETE and"),
    ),
    WrongReading(
        "LEV-17",
        "a toggle that is on, yellow or blue, offers links",
        Edit(
            "rules.py",
            "    if connection_of(request) is None:\n",
            '    if not any(one.phase != "off" for one in request.connections):\n',
        ),
    ),
    WrongReading(
        "LEV-18",
        "a Zoom admin who clicks Authorize has authorized",
        Edit(
            "gate.py",
            'return GoToZoom(app="admin", must_be_email=address, because=because("LEV-18", "LEV-19"))',
            'return done("LEV-18", "LEV-19", phase=BLUE)',
        ),
    ),
    WrongReading(
        "LEV-19",
        "logging in with the same address is advice; being a Zoom admin is what counts",
        Edit("gate.py", "        or _different_email(request, attempt, zoom)\n", ""),
    ),
    WrongReading(
        "LEV-20",
        "Decline is no answer; whatever is not Authorize means that something failed",
        Edit(
            "gate.py",
            '        case Attempt(outcome="declined"):\n'
            '            return refuse("declined", "LEV-21", next=(Action.CONNECT, Action.SHARE))\n',
            "",
        ),
    ),
    WrongReading(
        "LEV-21",
        "logging in to Zoom authenticates; the page about information and actions is only information",
        Edit(
            "gate.py",
            'if attempt is None or zoom is None or attempt.outcome != "granted":',
            "if attempt is None or zoom is None:",
        ),
    ),
    WrongReading(
        "LEV-22",
        "Share link is for those whose Zoom address differs; with the same one anybody may authorize",
        Edit(
            "gate.py",
            "        or _not_zoom_admin(attempt, zoom)\n",
            '        or (_not_zoom_admin(attempt, zoom) if attempt.path == "shared" else None)\n',
        ),
    ),
    WrongReading(
        "LEV-22",
        "a role of their own that somebody has at Zoom makes them an admin there",
        Edit("gate.py", "None if zoom.is_admin else", 'None if zoom.is_admin or zoom.role == "custom" else'),
    ),
    WrongReading(
        "LEV-23",
        "who used another address at Zoom has to authorize again with the right one",
        Edit(
            "gate.py",
            'refuse("different_email", "LEV-19", "LEV-23", next=(Action.SHARE,)',
            'refuse("different_email", "LEV-19", "LEV-23", next=(Action.CONNECT,)',
        ),
    ),
    WrongReading(
        "LEV-24",
        "Share link opens Zoom for whoever logs in there with another address",
        Edit(
            "gate.py",
            'return ShareLink(app="admin", say=Say(key="link_copied"), because=because("LEV-24", "LEV-25"))',
            'return GoToZoom(app="admin", because=because("LEV-24", "LEV-25"))',
        ),
    ),
    WrongReading(
        "LEV-25",
        "sharing the link is authorizing, by somebody else",
        Edit("gate.py", 'return ShareLink(app="admin", say', 'return ShareLink(app="admin", phase=BLUE, say'),
    ),
    WrongReading(
        "LEV-26",
        "authorizing is a set-up step, so the Zoom admin has to be a Super Admin, too",
        Edit(
            "gate.py",
            'return None if attempt.path == "shared" else _not_super_admin(request, "LEV-11")',
            'return _not_super_admin(request, "LEV-11")',
        ),
    ),
    WrongReading(
        "LEV-26",
        "only who has Zoom's role Admin is a Zoom admin; an owner is something else",
        Edit("gate.py", "None if zoom.is_admin else", 'None if zoom.role == "admin" else'),
    ),
    WrongReading(
        "LEV-26",
        "a blue toggle is authenticated, whatever becomes of the Zoom admin who did it",
        Edit("gate.py", "if phase == BLUE and not _authorizer_demoted(request):", "if phase == BLUE:"),
    ),
    WrongReading(
        "LEV-27",
        "whom a Super Admin gave the link may authorize",
        Edit(
            "gate.py",
            "        or _not_zoom_admin(attempt, zoom)\n",
            '        or (_not_zoom_admin(attempt, zoom) if attempt.path == "direct" else None)\n',
        ),
    ),
    WrongReading(
        "LEV-28",
        "logging in to Zoom is by the address of the Lever login, whichever button it began with",
        Edit("gate.py", '    if attempt.path == "shared":\n        return None\n    address', "    address"),
    ),
    WrongReading(
        "LEV-29",
        "the toggle turns blue when the hosts are chosen, too",
        Edit("gate.py", "return Keep(phase=BLUE,", "return Keep(phase=YELLOW,"),
    ),
    WrongReading(
        "LEV-29",
        "what somebody else authorized by the link waits for the Super Admin",
        Edit("gate.py", "return Keep(phase=BLUE,", 'return Keep(phase=BLUE if attempt.path == "direct" else YELLOW,'),
    ),
    WrongReading(
        "LEV-30",
        "clicking the toggle turns it yellow, wherever it stood",
        Edit(
            "gate.py",
            "    if (phase := phase_of(request)) != OFF:\n"
            '        return refuse("already_enabled", "LEV-30", fact=f"toggle is {phase}")\n',
            "",
        ),
    ),
    WrongReading(
        "LEV-30",
        "a link that was given out stays good, even when the toggle was turned off since",
        Edit("gate.py", "        _not_waiting(request)\n        or _wrong_package", "        _wrong_package"),
    ),
    WrongReading(
        "LEV-31",
        "several instances are several integrations, which one Zoom admin may authorize one by one",
        Edit("gate.py", "        or _serves_another_instance(request)\n", ""),
    ),
    WrongReading(
        "LEV-32",
        "one organization enables one instance, so there is nobody else to ask",
        Edit(
            "gate.py",
            'refuse("zoom_admin_in_use", "LEV-31", next=(Action.SHARE,), fact',
            'refuse("zoom_admin_in_use", "LEV-31", fact',
        ),
    ),
)
