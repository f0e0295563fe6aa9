"""Wrong readings of how users schedule, and of personal connections beside the organization's."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

LABELS = "labels/2026-11.yaml"

READINGS = (
    WrongReading(
        "CAL-02",
        "the organization's connection lets users connect Zoom; each has to do so before scheduling",
        Edit("hosting.py", "(Level.MEMBER, Level.ORGANIZATION)", "(Level.MEMBER,)"),
    ),
    WrongReading(
        "CAL-15",
        "the connected account hosts the meetings of all users",
        Edit("hosting.py", "host = scheduler.zoom\n", "host = via.zoom_user\n"),
    ),
    WrongReading(
        "CAL-15",
        "users who want Zoom meeting details say so on the event",
        Edit("rules.py", "if wish.zoom is False:", "if not wish.zoom:"),
    ),
    WrongReading(
        "CAL-15",
        "details are shared from the first draft of an event on",
        Edit("rules.py", "stage < Stage.CONFIRMED:", "stage < Stage.SAVED:"),
        Edit("rules.py", "NotYet(until=Stage.CONFIRMED", "NotYet(until=Stage.SAVED"),
        Edit("profile.yaml", "link: {stage: confirmed", "link: {stage: saved"),
    ),
    WrongReading(
        "CAL-15",
        "meeting details are a link to join by",
        Edit("rules.py", '{"join_url", "meeting_id", "passcode"}', '{"join_url"}'),
    ),
    WrongReading(
        "CAL-15",
        "the user shares the details with the candidate, when they say so",
        Edit(
            "rules.py",
            'items.append(calendar_invite(request, "candidate", "candidate", shows=_DETAILS))',
            'invite = calendar_invite(request, "candidate", "candidate", shows=_DETAILS)\n'
            '        items.append(invite.model_copy(update={"release": "on_send"}))',
        ),
    ),
    WrongReading(
        "CAL-15",
        "a meeting with somebody from outside has a waiting room",
        Edit("rules.py", "NewMeeting(topic=topic,", "NewMeeting(topic=topic, waiting_room=True,"),
    ),
    WrongReading(
        "CAL-15",
        "details that a user pastes are shared as those of a meeting",
        Edit(
            "rules.py",
            'refuse("manual_details_not_taken", "CORE-11", fact="details entered by hand are not described")',
            'UseLink(link=wish.given, because=because("CAL-15"))',
        ),
        Edit("rules.py", "    Stage,\n    Want,", "    Stage,\n    UseLink,\n    Want,"),
    ),
    WrongReading(
        "CAL-15",
        "sharing is with the candidate; whoever interviews finds the meeting in Zoom",
        Edit(
            "rules.py",
            '"interviewers", "interviewer", shows=_DETAILS',
            '"interviewers", "interviewer", shows=frozenset()',
        ),
    ),
    WrongReading(
        "CAL-16",
        "what anybody had connected before gives way to the organization's connection",
        Edit(
            "gate.py",
            "renewed = phase_at(request, Level.ORGANIZATION) == NEEDS_RECONNECT",
            "renewed = any(found.phase != NOT_CONNECTED for found in request.connections)",
        ),
    ),
    WrongReading(
        "CAL-24",
        "a personal Zoom user who loses a role has to reconnect as well",
        Edit(
            "gate.py", 'Loss(phase=request.connection.phase, ends="nothing"', 'Loss(phase=NEEDS_RECONNECT, ends="this"'
        ),
    ),
    WrongReading(
        "CAL-24",
        "until the organization has reconnected nobody schedules, on whatever Zoom",
        Edit(
            "hosting.py",
            "if via is None:",
            "if via is None or phase_at(request, Level.ORGANIZATION) == NEEDS_RECONNECT:",
        ),
    ),
    WrongReading(
        "CAL-25",
        "two at a time means any two, so without the organization's a user has two personal ones",
        Edit(
            "gate.py",
            "replaces = phase_at(request, Level.MEMBER) != NOT_CONNECTED",
            "replaces = all(found.phase != NOT_CONNECTED for found in request.connections)",
        ),
    ),
    WrongReading(
        "CAL-25",
        "one at a time: a personal Zoom takes the place of whatever the user had",
        Edit(
            "gate.py",
            "replaces = phase_at(request, Level.MEMBER) != NOT_CONNECTED",
            "replaces = any(found.phase != NOT_CONNECTED for found in request.connections)",
        ),
    ),
    WrongReading(
        "CAL-26",
        "a second personal Zoom is added to the first",
        Edit("gate.py", "level=Level.MEMBER, replaces=replaces,", "level=Level.MEMBER, replaces=False,"),
    ),
    WrongReading(
        "CAL-27",
        "the set-up page shows the organization's connection wherever there is one",
        Edit("profile.yaml", "levels: [member, organization]", "levels: [organization, member]"),
    ),
    WrongReading(
        "CAL-28",
        "who has had a personal Zoom schedules on that alone, until they connect it again",
        Edit(
            "hosting.py",
            "return first_usable(eligible, _PERSONAL_FIRST)",
            "had = connection_at(request, Level.MEMBER)\n"
            "    return first_usable(eligible, _PERSONAL_FIRST if had is None else (Level.MEMBER,))",
        ),
    ),
    WrongReading(
        "CAL-29",
        "the organization's Zoom comes before personal ones, as the company's meetings are its own",
        Edit("hosting.py", "(Level.MEMBER, Level.ORGANIZATION)", "(Level.ORGANIZATION, Level.MEMBER)"),
    ),
    WrongReading(
        "CAL-29",
        "whoever creates the event in somebody's name does so on their own personal Zoom",
        Edit(
            "hosting.py",
            "own = request.actor is not None and same_email(request.actor.email, request.interview.scheduler.email)",
            "own = request.actor is not None",
        ),
    ),
    WrongReading(
        "CAL-30",
        "disconnecting Zoom disconnects it at both levels",
        Edit(
            "gate.py",
            'return loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=("CAL-30", "CORE-06"))',
            'lost = loss(request, idle=NOT_CONNECTED, broken=NEEDS_RECONNECT, clauses=("CAL-30", "CORE-06"))\n'
            '    return lost.model_copy(update={"ends": "all_of_organization"})',
        ),
    ),
    WrongReading(
        "CAL-30",
        "a user's Disconnect button is about whichever connection they have",
        Edit(
            "gate.py",
            "if phase_at(request, request.level) == NOT_CONNECTED:",
            "if all(found.phase == NOT_CONNECTED for found in request.connections):",
        ),
    ),
    WrongReading(
        "CAL-32",
        "the Type column says of each connection who manages it",
        Edit(
            LABELS, "organization: organization\n  member: personal", "organization: admin-managed\n  member: personal"
        ),
    ),
    WrongReading(
        "CAL-33",
        "a user with both connections is listed with both types",
        Edit(
            LABELS,
            "organization: organization\n  member: personal",
            "organization: organization\n  member: organization, personal",
        ),
    ),
    WrongReading(
        "CAL-34",
        "a personal Zoom that needs to be reconnected is still listed as personal",
        Edit(
            "profile.yaml",
            "{name: needs_reconnect, kind: broken, clauses: [CORE-08]}",
            "{name: needs_reconnect, kind: active, clauses: [CORE-08]}",
        ),
    ),
    WrongReading(
        "CAL-39",
        "personal accounts are an extra of organizations that have Zoom connected",
        Edit(
            "gate.py",
            'only_active(request) or GoToZoom(app="user", because=_personal(request))',
            'only_active(request) or (refuse("connect_first", "CAL-39") if phase_at(request, Level.ORGANIZATION) '
            '!= CONNECTED else GoToZoom(app="user", because=_personal(request)))',
        ),
    ),
    WrongReading(
        "CAL-39",
        "who may connect Zoom in Calendly are owners and admins, a personal account included",
        Edit(
            "gate.py",
            'only_active(request) or GoToZoom(app="user"',
            '_no_manager(request, "CAL-39") or GoToZoom(app="user"',
        ),
    ),
    WrongReading(
        "CAL-39",
        "a user who may do little at Zoom sends a link to the Zoom administrator for their own account, too",
        Edit(
            "gate.py",
            '        case Action.CONNECT:\n            return only_active(request) or GoToZoom(app="user"',
            "        case Action.SHARE:\n"
            '            link = ShareLink(app="user", say=Say(key="link_for_zoom_admin"), because=_personal(request))\n'
            "            return only_active(request) or link\n"
            '        case Action.CONNECT:\n            return only_active(request) or GoToZoom(app="user"',
        ),
    ),
    WrongReading(
        "CAL-40",
        "an organization that has disconnected Zoom is off Zoom, with whatever its users have connected",
        Edit(
            "hosting.py",
            "if via is None:",
            "if via is None or phase_at(request, Level.ORGANIZATION) == NOT_CONNECTED:",
        ),
        Edit(
            "hosting.py",
            "import NEEDS_RECONNECT, connection_at",
            "import NEEDS_RECONNECT, NOT_CONNECTED, connection_at",
        ),
    ),
    WrongReading(
        "CAL-44",
        "who has the organization's Zoom needs none of their own, so none can be added",
        Edit(
            "gate.py",
            "only_active(request) or _keep_personal(request)",
            "only_active(request) or _connected_already(request) or _keep_personal(request)",
        ),
    ),
)
