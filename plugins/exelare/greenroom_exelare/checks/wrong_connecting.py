"""Wrong readings of the prerequisites, of the switch and of Login."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "EXE-01",
        "An account is an account: who was deactivated in Exelare may still set up what their role lets them.",
        Edit(
            "gate.py",
            'return only_active(request, "EXE-01") or only_roles(request, _ADMINISTRATORS, "EXE-02")',
            'return only_roles(request, _ADMINISTRATORS, "EXE-02")',
        ),
    ),
    WrongReading(
        "EXE-02",
        "It is recruiters who use it, so recruiters may set it up as well.",
        Edit(
            "gate.py",
            '_ADMINISTRATORS = frozenset({"Administrator"})',
            '_ADMINISTRATORS = frozenset({"Administrator", "Recruiter"})',
        ),
    ),
    WrongReading(
        "EXE-02",
        "Administrative access is for the switch; Login is everybody's own.",
        Edit("gate.py", "return _no_administrator(request) or _login(request)", "return _login(request)"),
        Edit(
            "gate.py",
            "return _no_administrator(request) or _not_on(request) or _complete(request)",
            'return only_active(request, "EXE-01") or _not_on(request) or _complete(request)',
        ),
    ),
    WrongReading(
        "EXE-03",
        "Who was invited to the Zoom account has one, whether or not they ever accepted.",
        Edit("gate.py", 'if zoom.status != "active":', 'if zoom.status == "inactive":'),
    ),
    WrongReading(
        "EXE-03",
        "An active Zoom account is a paid one.",
        Edit("gate.py", 'if zoom.status != "active":', 'if zoom.status != "active" or zoom.licence == "basic":'),
    ),
    WrongReading(
        "EXE-04",
        "Waiting for a Zoom admin's approval is a failure like any other, of nobody's authority.",
        Edit("gate.py", 'case "not_allowed" | "approval_needed":', 'case "not_allowed":'),
    ),
    WrongReading(
        "EXE-04",
        "Authorization to grant Zoom permissions is being a Zoom admin.",
        Edit(
            "gate.py",
            'case "granted" if request.zoom is not None:\n            return',
            'case "granted" if request.zoom is not None and request.zoom.role == "member":\n'
            '            return refuse("cannot_grant", "EXE-04", next=again)\n'
            '        case "granted" if request.zoom is not None:\n            return',
        ),
    ),
    WrongReading(
        "EXE-04",
        "The authority has to last: who loses their role at Zoom has to log in again.",
        Edit(
            "gate.py",
            'return Loss(phase=phase, ends="nothing", because=because("EXE-04"',
            'return Loss(phase=NEEDS_RECONNECT, ends="this", because=because("EXE-04"',
        ),
    ),
    WrongReading(
        "EXE-06",
        "Integrations are in the Admin Module, so the tile is the module's own.",
        Edit(
            "labels/2026-11.yaml",
            "  organization: Profile Icon > Admin Module > Integrations > Zoom Integration\n",
            "  organization: Profile Icon > Admin Module > Zoom Integration\n",
        ),
    ),
    WrongReading(
        "EXE-07",
        "The switch is for scheduling; Login works before it is on.",
        Edit("gate.py", 'return _not_on(request) or GoToZoom(app="user"', 'return GoToZoom(app="user"'),
    ),
    WrongReading(
        "EXE-07",
        "The integration revoked at Zoom is off, so the switch turns itself off.",
        Edit(
            "gate.py",
            "if request.cause in {Cause.PERSON, Cause.SWITCHED_OFF}:",
            "if request.cause in {Cause.PERSON, Cause.SWITCHED_OFF, Cause.UNINSTALLED}:",
        ),
    ),
    WrongReading(
        "EXE-07",
        "Off disconnects everybody who has logged in.",
        Edit("gate.py", 'return Loss(phase=OFF, ends="this"', 'return Loss(phase=OFF, ends="all_of_organization"'),
    ),
    WrongReading(
        "EXE-07",
        "To switch on what is on changes nothing, and is done.",
        Edit(
            "gate.py",
            'return refuse("already_enabled", "EXE-07", next=(Action.CONNECT,), fact="the toggle is on")',
            'return done("EXE-07", phase=ON)',
        ),
    ),
    WrongReading(
        "EXE-08",
        "Who reviews the permissions approves those they like; what was approved is kept.",
        Edit(
            "gate.py",
            "    if missing(request.scopes):\n        return _scopes_required(request)\n    replaces",
            "    replaces",
        ),
    ),
    WrongReading(
        "EXE-08",
        "What counts is Zoom's answer: who comes back with it is authorized, whatever the switch says by then.",
        Edit(
            "gate.py",
            "return _no_administrator(request) or _not_on(request) or _complete(request)",
            "return _no_administrator(request) or _complete(request)",
        ),
    ),
    WrongReading(
        "EXE-08",
        "There is one Zoom integration, so a later Login takes the place of the earlier one, whoever's it was.",
        Edit(
            "gate.py",
            "replaces = own_phase(request) != NOT_CONNECTED",
            "replaces = any(one.phase == CONNECTED for one in request.connections)",
        ),
    ),
    WrongReading(
        "EXE-09",
        "A Login that was begun will do: who has not finished at Zoom can schedule in the meantime.",
        Edit(
            "authorized.py",
            "found.level is Level.MEMBER and found.usable]",
            "found.level is Level.MEMBER]",
        ),
    ),
    WrongReading(
        "EXE-09",
        "On means connected.",
        Edit("profile.yaml", '{name: "on", kind: pending', '{name: "on", kind: active'),
    ),
    WrongReading(
        "EXE-09",
        "The switch opens Login; what was authorized goes on after it is off.",
        Edit(
            "authorized.py",
            "    if toggle(request) != ON:\n        return None\n    usable",
            "    usable",
        ),
    ),
    WrongReading(
        "EXE-10",
        "Declining is an answer, and the attempt is done with.",
        Edit("gate.py", 'return refuse("declined", "EXE-10", next=again)', 'return done("EXE-10")'),
    ),
    WrongReading(
        "EXE-11",
        "Every recruiter has to log in: Exelare acts for whoever is acting.",
        Edit(
            "authorized.py",
            "found.level is Level.MEMBER and found.usable]",
            "_is_own(found, request) and found.usable]",
        ),
    ),
    WrongReading(
        "EXE-11",
        "There is one authorized user, also for those who have logged in themselves.",
        Edit("authorized.py", "(not _is_own(found, request), found.owner)", "found.owner"),
    ),
    WrongReading(
        "EXE-12",
        "The recruiter's calendar is connected anyhow: its events are seen before anybody has logged in.",
        Edit("scopes.py", 'Feature("calendar:read", ("EXE-36",))', 'Feature(None, ("EXE-36",))'),
    ),
    WrongReading(
        "EXE-12",
        "One user's authorization covers the organization: where theirs has ended, a meeting is opened as another's.",
        Edit(
            "authorized.py",
            "return next((found for found in same if found.usable), None)",
            "return next((found for found in same if found.usable), authorized_connection(request))",
        ),
    ),
)
