"""Wrong readings of the part "Approving the Integration"."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

_REQUIRED = '  approval_required_plans: "pro,business,education,enterprise"'
_NOT_MISSING = '    if not _needs_approval(request) or request.approval.state == "approved":'
_REQUESTED = 'Notice(to="zoom_admins", say=requested, sent_by="zoom")'
_APPROVED = 'Notice(to="requester", say=Say(key="pre_approval_approved"))'

READINGS = (
    WrongReading(
        "TRK-07",
        "whoever's company uses Zoom has to have the integration pre-approved, free or not",
        Edit("profile.yaml", _REQUIRED, '  approval_required_plans: "basic,pro,business,education,enterprise"'),
    ),
    WrongReading(
        "TRK-08",
        "it is paid Business accounts that need it, so Pro accounts do not",
        Edit("profile.yaml", _REQUIRED, '  approval_required_plans: "business,education,enterprise"'),
    ),
    WrongReading(
        "TRK-09",
        'the message is a warning: "Connect" leads to Zoom all the same, which will say no if it must',
        Edit(
            "gate.py",
            "_already_connected(request) or _approval_missing(request) or _asked_and_open(request)",
            "_already_connected(request) or _asked_and_open(request)",
        ),
    ),
    WrongReading(
        "TRK-09",
        "approval matters before one goes to Zoom; a grant that came back is kept",
        Edit("gate.py", "        or _approval_missing(request)\n", ""),
    ),
    WrongReading(
        "TRK-10",
        "if Zoom does not let somebody connect, then connecting has failed",
        Edit(
            "gate.py",
            '    if outcome == "approval_needed":\n'
            '        return _approval_needed(request, "Zoom asks for pre-approval")\n',
            "",
        ),
    ),
    WrongReading(
        "TRK-11",
        "the button of the message leads to Zoom, where one is asked to log in",
        Edit(
            "gate.py",
            "    return AskApproval(phase=PRE_APPROVAL_REQUESTED, say=requested, notices=(told,), because=reasons)",
            '    return GoToZoom(app="user", notices=(told,), because=reasons)',
        ),
    ),
    WrongReading(
        "TRK-12",
        'after the request the button says "Connect" again, for when it is approved',
        Edit("gate.py", "AskApproval(phase=PRE_APPROVAL_REQUESTED,", "AskApproval(phase=NOT_CONNECTED,"),
    ),
    WrongReading(
        "TRK-13",
        "the user is told that approval was requested, and passes it on to the Zoom Admin",
        Edit("gate.py", _REQUESTED, 'Notice(to="actor", say=requested)'),
    ),
    WrongReading(
        "TRK-14",
        "that it was approved shows on the page; nobody is written to",
        Edit(
            "gate.py",
            "return Done(phase=back, notices=(told,), because=reasons)",
            "return Done(phase=back, because=reasons)",
        ),
    ),
    WrongReading(
        "TRK-15",
        "everybody who can connect now is told of the approval",
        Edit("gate.py", _APPROVED, 'Notice(to="members_affected", say=Say(key="pre_approval_approved"))'),
    ),
    WrongReading(
        "TRK-16",
        "whoever has requested approval has done their part and may connect",
        Edit(
            "gate.py",
            _NOT_MISSING,
            '    if not _needs_approval(request) or request.approval.state in ("requested", "approved"):',
        ),
    ),
    WrongReading(
        "TRK-17",
        "any Hire user may say that it has been approved",
        Edit("gate.py", '        case "approved":', '        case "approved" | "requested":'),
    ),
    WrongReading(
        "TRK-18",
        "each user requests an approval of their own",
        Edit(
            "gate.py",
            _NOT_MISSING,
            "    theirs = request.actor is not None and request.approval.requested_by == request.actor.id\n"
            '    if not _needs_approval(request) or (request.approval.state == "approved" and theirs):',
        ),
    ),
    WrongReading(
        "TRK-18",
        "with the approval the user who waited for it is connected",
        Edit(
            "gate.py",
            "    back = NOT_CONNECTED if _phase(request) == PRE_APPROVAL_REQUESTED else None",
            "    back = CONNECTED if _phase(request) == PRE_APPROVAL_REQUESTED else None",
        ),
    ),
)
