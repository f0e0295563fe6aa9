"""Wrong readings of revoking, and of who has access within Exelare."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "EXE-60",
        "What is switched on in Exelare can be disconnected in Exelare.",
        Edit(
            "gate.py",
            'return refuse("not_offered", "EXE-60", say="revoke_at_zoom")',
            'return _no_administrator(request) or done("EXE-60")',
        ),
    ),
    WrongReading(
        "EXE-60",
        "Revoking is for administrators to do, at Zoom; others are told that they may not.",
        Edit(
            "gate.py",
            'return refuse("not_offered", "EXE-60", say="revoke_at_zoom")',
            'return _no_administrator(request) or refuse("not_offered", "EXE-60", say="revoke_at_zoom")',
        ),
    ),
    WrongReading(
        "EXE-61",
        "An authorization is there until it is used and Zoom says no.",
        Edit(
            "gate.py",
            "        case _:\n            clauses = (",
            "        case Cause.UNINSTALLED:\n"
            '            return Loss(phase=phase, ends="nothing", because=because("EXE-61", about=about))\n'
            "        case _:\n            clauses = (",
        ),
    ),
    WrongReading(
        "EXE-61",
        "What has to be changed at Zoom is changed there, also for those who revoked: it was made with permission.",
        Edit(
            "rules.py",
            "reachable = request.reachable and toggle(request) == ON",
            "reachable = request.reachable or toggle(request) == ON",
        ),
    ),
    WrongReading(
        "EXE-64",
        "What was authorized at Zoom is for everybody in Exelare.",
        Edit(
            "gate.py",
            'refusal = only_active(request, "EXE-64") or only_roles(request, _RECRUITING_TEAM, *clauses)',
            'refusal = only_active(request, "EXE-64")',
        ),
    ),
    WrongReading(
        "EXE-64",
        "Roles are enough; one is still authorized while being deactivated.",
        Edit(
            "gate.py",
            'refusal = only_active(request, "EXE-64") or only_roles(',
            "refusal = only_roles(",
        ),
    ),
    WrongReading(
        "EXE-65",
        "Access controls are for recruiters; administrators get through to Zoom also while it is switched off.",
        Edit(
            "gate.py",
            "    if via is None:\n",
            '    if request.actor is not None and "Administrator" in request.actor.roles:\n'
            "        return done(*feature.clauses)\n"
            "    if via is None:\n",
        ),
    ),
    WrongReading(
        "EXE-65",
        "What nobody forbids is allowed.",
        Edit(
            "gate.py",
            'return refuse("not_offered", "CORE-11", fact="no such feature")',
            'return done("EXE-64")',
        ),
    ),
)
