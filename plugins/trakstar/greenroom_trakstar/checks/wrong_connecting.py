"""Wrong readings of the important note, of "Enabling the Integration" and of disconnecting."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

_WORDS = "labels/2026-11.yaml"
_PAGE = "  member: Settings -> Connected Applications\n"
_ENDS = "    return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=clauses)"
_KEPT = '"warnings": (warning,)})'

READINGS = (
    WrongReading(
        "TRK-01",
        "the note is advice on which account to choose; a second one connects as well",
        Edit("gate.py", "        or _other_account(request)\n", ""),
    ),
    WrongReading(
        "TRK-01",
        "it is one Zoom login per Hire user, which goes without saying",
        Edit("profile.yaml", "exclusive: {by: zoom_user, clauses: [TRK-01, TRK-02, TRK-03]}\n", ""),
    ),
    WrongReading(
        "TRK-02",
        '"at a time": the Hire account that connected last has the login',
        Edit(
            "gate.py", "    if not request.held_elsewhere:\n        return None\n    fact", "    return None\n    fact"
        ),
        Edit(
            "gate.py",
            "renewed = _phase(request) == NEEDS_RECONNECT",
            "renewed = _phase(request) == NEEDS_RECONNECT or request.held_elsewhere",
        ),
    ),
    WrongReading(
        "TRK-03",
        "a Zoom login belongs to the Hire account it was first connected to, also when it is disconnected there",
        Edit("gate.py", _ENDS, f'{_ENDS}.model_copy(update={{"ends": "nothing"}})'),
    ),
    WrongReading(
        "TRK-05",
        "for the other account one disconnects the first: there is no further way",
        Edit(
            "gate.py",
            '"TRK-01", "TRK-02", "TRK-05", next=(Action.ENTER_MANUALLY,)',
            '"TRK-01", "TRK-02", "TRK-05", next=(Action.DISCONNECT,)',
        ),
    ),
    WrongReading(
        "TRK-06",
        "a Hire account has one Zoom login: once somebody is connected nobody else needs to be",
        Edit(
            "gate.py",
            "    if _phase(request) != CONNECTED:\n",
            "    if all(found.phase != CONNECTED for found in request.connections):\n",
        ),
    ),
    WrongReading(
        "TRK-23",
        "a Zoom Admin approves it, so it is an app for the whole Zoom account",
        Edit("profile.yaml", "apps: {member: user}", "apps: {member: admin}"),
        Edit("gate.py", 'GoToZoom(app="user"', 'GoToZoom(app="admin"'),
    ),
    WrongReading(
        "TRK-23",
        "a company's Zoom is connected by one of its Zoom Admins",
        Edit(
            "gate.py",
            "    renewed = _phase(request) == NEEDS_RECONNECT\n",
            "    if request.zoom is None or not request.zoom.is_admin:\n"
            '        return _approval_needed(request, "no Zoom Admin")\n'
            "    renewed = _phase(request) == NEEDS_RECONNECT\n",
        ),
    ),
    WrongReading(
        "TRK-25",
        "it is among the integrations of the company's settings",
        Edit(_WORDS, _PAGE, "  member: Settings -> Company Settings -> Integrations\n"),
    ),
    WrongReading(
        "TRK-26",
        "the Zoom login has to be of the Hire user's own address",
        Edit(
            "gate.py",
            'GoToZoom(app="user", because',
            'GoToZoom(app="user", must_be_email=request.actor.email if request.actor else None, because',
        ),
    ),
    WrongReading(
        "TRK-27",
        "back from Zoom one lands where one schedules, to get started",
        Edit(_WORDS, _PAGE, "  member: Interview Creation\n"),
    ),
    WrongReading(
        "TRK-28",
        'the button says "Connected" when the connection was successful',
        Edit(_WORDS, "colour: green, button: Disconnect}", "colour: green, button: Connected}"),
    ),
    WrongReading(
        "TRK-28",
        'the button gets "Disconnect" beside "Connect", for connecting another login',
        Edit(
            "gate.py",
            "    refusal = _already_connected(request) or _approval_missing(",
            "    refusal = _approval_missing(",
        ),
        Edit("gate.py", "        or _already_connected(request)\n", ""),
    ),
    WrongReading(
        "TRK-29",
        "who does not get through at Zoom lacks the pre-approval",
        Edit("gate.py", '    if outcome == "approval_needed":', '    if outcome != "declined":'),
    ),
    WrongReading(
        "TRK-47",
        "one disconnects at Zoom, by removing the app there",
        Edit("profile.yaml", "approval_decided, disconnect, enter_manually]", "approval_decided, enter_manually]"),
    ),
    WrongReading(
        "TRK-48",
        '"Disconnect" disconnects',
        Edit("gate.py", "    if request.confirmed:\n", "    if request.confirmed or not request.offer:\n"),
    ),
    WrongReading(
        "TRK-49",
        "the popup tells that it is done; closing it is no way back",
        Edit(
            "gate.py",
            '    return Confirm(say=Say(key="confirm_disconnect"), warnings=effects, because=reasons)',
            "    return Done(phase=NOT_CONNECTED, warnings=effects, because=reasons)",
        ),
    ),
    WrongReading(
        "TRK-50",
        "interviews go on getting links through the connection that was once made",
        Edit("hosting.py", "if found.usable and _is_schedulers(found, request)", "if _is_schedulers(found, request)"),
    ),
    WrongReading(
        "TRK-50",
        "disconnecting is Hire's affair: the grant at Zoom stays",
        Edit("gate.py", _ENDS, f'{_ENDS}.model_copy(update={{"revoke": False}})'),
    ),
    WrongReading(
        "TRK-51",
        "a link whose connection is gone is replaced once its interview changes",
        Edit("rules.py", _KEPT, '"warnings": (warning,), "at_zoom": "replace"})'),
    ),
    WrongReading(
        "TRK-51",
        "upcoming interviews lose their links, and are marked",
        Edit("gate.py", _ENDS, f'{_ENDS}.model_copy(update={{"flag_unmade": Say(key="connect_first")}})'),
    ),
    WrongReading(
        "TRK-52",
        "who had the integration and disconnected is asked to connect again, and to nothing else",
        Edit(
            "hosting.py",
            "_WAYS_ON = (Action.CONNECT, Action.ENTER_MANUALLY)",
            "_WAYS_ON = (Action.CONNECT,)",
        ),
    ),
    WrongReading(
        "TRK-53",
        "removing the integration removes it from the Hire account",
        Edit("gate.py", _ENDS, f'{_ENDS}.model_copy(update={{"ends": "all_of_organization"}})'),
    ),
    WrongReading(
        "TRK-54",
        "a connection that somebody ended reads as one that broke",
        Edit("gate.py", _ENDS, _ENDS.replace("idle=NOT_CONNECTED", "idle=NEEDS_RECONNECT")),
    ),
)
