"""Wrong readings of getting started, of the info about Zoom links, and of scheduling without Zoom."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

_PARALLEL = '  parallel_meetings_plans: "business,education,enterprise"'
_CONNECT_FIRST = "    if schedulers_connection(request) is None:\n        return connect_first(request)\n"
_TOO_EARLY = "    if interview.stage < Stage.CONFIRMED:\n"
_LATER = '        later = Say(key="details_once_confirmed")\n'
_NOT_YET = '        return NotYet(until=Stage.CONFIRMED, say=later, because=because("TRK-31", "TRK-32"))\n'
_ACTING = (
    "    acting = same_email(request.actor.email, request.interview.scheduler.email)\n"
    "    return acting == (connection.owner == request.actor.id)"
)
_HOST = "    host = via.zoom_user\n"
_AT_ONCE = "    at_once, together = parallel_meetings(request, request.interview, host)\n"
_SEE_INTERVIEWERS = Edit("profile.yaml", "  select_host: [load]", "  select_host: [load, interviewers]")

READINGS = (
    WrongReading(
        "TRK-20",
        "Pro is a paid plan, and paid plans allow it",
        Edit("profile.yaml", _PARALLEL, '  parallel_meetings_plans: "pro,business,education,enterprise"'),
    ),
    WrongReading(
        "TRK-20",
        "on Pro a second interview at the same time cannot be scheduled",
        Edit(
            "hosting.py",
            _AT_ONCE,
            f'{_AT_ONCE}    if together:\n        return refuse("one_meeting_at_a_time", "TRK-20", next=_WAYS_ON)\n',
        ),
    ),
    WrongReading(
        "TRK-21",
        "Zoom lets nobody host two meetings at once",
        Edit("profile.yaml", _PARALLEL, '  parallel_meetings_plans: ""'),
    ),
    WrongReading(
        "TRK-21",
        "a Business account is what it takes, and no other",
        Edit("profile.yaml", _PARALLEL, '  parallel_meetings_plans: "business"'),
    ),
    WrongReading(
        "TRK-22",
        "the note is on Pro: free accounts have the free limits and no other",
        Edit(
            "hosting.py",
            '        return because("TRK-22", about=host.email, fact="free Zoom account"), '
            '(Say(key="one_meeting_at_a_time"),)\n',
            "        return (), ()\n",
        ),
    ),
    WrongReading(
        "TRK-24",
        "once one user is connected, interviews of the Hire account get links",
        Edit("hosting.py", _ACTING, "    return True"),
    ),
    WrongReading(
        "TRK-30",
        "whoever has connected Zoom means Zoom, unless they choose another type",
        Edit("rules.py", "    if not interview.wish.zoom:\n", "    if interview.wish.zoom is False:\n"),
    ),
    WrongReading(
        "TRK-31",
        "before it is confirmed an interview has no meeting, and there is nothing to say of it",
        Edit("rules.py", _NOT_YET, '        return NoMeeting(because=because("TRK-32"))\n'),
        Edit("rules.py", _LATER, ""),
    ),
    WrongReading(
        "TRK-32",
        "saving is what confirms: a saved interview has its meeting",
        Edit("rules.py", _TOO_EARLY, "    if interview.stage < Stage.SAVED:\n"),
        Edit("profile.yaml", "link: {stage: confirmed,", "link: {stage: saved,"),
    ),
    WrongReading(
        "TRK-33",
        "the link is generated when the invites are sent",
        Edit("rules.py", _TOO_EARLY, "    if interview.stage < Stage.SENT:\n"),
        Edit("rules.py", "NotYet(until=Stage.CONFIRMED,", "NotYet(until=Stage.SENT,"),
    ),
    WrongReading(
        "TRK-34",
        "the candidate needs the link, the interviewers the details",
        Edit(
            "rules.py",
            'calendar_invite(request, "candidate", "candidate", shows=_DETAILS)',
            'calendar_invite(request, "candidate", "candidate")',
        ),
    ),
    WrongReading(
        "TRK-34",
        "candidates are written an email, interviewers have it in the calendar",
        Edit(
            "rules.py",
            'items.append(calendar_invite(request, "candidate", "candidate", shows=_DETAILS))',
            'letter = calendar_invite(request, "candidate", "candidate", shows=_DETAILS)\n'
            '        items.append(letter.model_copy(update={"channel": "mail", "calendar": None}))',
        ),
    ),
    WrongReading(
        "TRK-35",
        "whether it is the host's personal link is a matter of their Zoom settings",
        Edit("rules.py", "        use_pmi=False,\n", ""),
        Edit("rules.py", 'insist=frozenset({"use_pmi", ', "insist=frozenset({"),
    ),
    WrongReading(
        "TRK-36",
        "everybody who takes part has to be on Zoom",
        _SEE_INTERVIEWERS,
        Edit(
            "hosting.py",
            _HOST,
            f"{_HOST}    if any(one.zoom is None for one in request.interview.interviewers):\n"
            "        return connect_first(request)\n",
        ),
    ),
    WrongReading(
        "TRK-37",
        "the scheduler looks the invites over, and sends them",
        Edit("profile.yaml", "sending: {review_first: false,", "sending: {review_first: true,"),
    ),
    WrongReading(
        "TRK-38",
        "Zoom has to be connected by the time the link is made, not before",
        Edit("rules.py", _CONNECT_FIRST, ""),
        Edit("rules.py", _NOT_YET, f"{_NOT_YET}{_CONNECT_FIRST}"),
    ),
    WrongReading(
        "TRK-39",
        "the interviewer conducts the interview, so it is their meeting",
        _SEE_INTERVIEWERS,
        Edit(
            "hosting.py",
            _HOST,
            "    host = next((one.zoom for one in request.interview.interviewers if one.zoom), via.zoom_user)\n",
        ),
    ),
    WrongReading(
        "TRK-40",
        "who confirms an interview hosts it",
        Edit("hosting.py", _ACTING, "    return connection.owner == request.actor.id"),
    ),
    WrongReading(
        "TRK-41",
        "people may come in early; whether they wait there for the host is left to Zoom",
        Edit("rules.py", "        waiting_room=False,\n", ""),
        Edit("rules.py", '"join_before_host", "waiting_room"})', '"join_before_host"})'),
    ),
    WrongReading(
        "TRK-41",
        "the scheduler hosts, so the meeting begins when they come",
        Edit("rules.py", "        join_before_host=True,\n        waiting_room=False,\n", ""),
        Edit(
            "rules.py",
            'insist=frozenset({"use_pmi", "join_before_host", "waiting_room"})',
            'insist=frozenset({"use_pmi"})',
        ),
    ),
    WrongReading(
        "TRK-42",
        "links are for paid Zoom accounts",
        Edit(
            "hosting.py",
            _HOST,
            f"{_HOST}    if _is_free(request, host):\n        return connect_first(request)\n",
        ),
    ),
    WrongReading(
        "TRK-43",
        "what counts is the plan of the organization's Zoom account",
        Edit(
            "hosting.py",
            '    return host.licence == "basic" or _plan(request, host) == "basic"',
            '    stated = request.organization.zoom_account\n    return stated is not None and stated.plan == "basic"',
        ),
    ),
    WrongReading(
        "TRK-44",
        "who is not connected schedules without a meeting",
        Edit(
            "rules.py",
            _CONNECT_FIRST,
            _CONNECT_FIRST.replace("connect_first(request)", 'NoMeeting(because=because("TRK-38"))'),
        ),
    ),
    WrongReading(
        "TRK-45",
        "url, ID and password are all needed",
        Edit(
            "rules.py",
            "stage >= Stage.CONFIRMED and not given.url.strip():",
            "stage >= Stage.CONFIRMED and not (given.url.strip() and given.meeting_id and given.password):",
        ),
    ),
    WrongReading(
        "TRK-45",
        "details by hand are for those who cannot connect, so not for one who could",
        Edit(
            "hosting.py",
            '"connect_first", "TRK-38", "TRK-44", "TRK-45", next=_WAYS_ON',
            '"connect_first", "TRK-38", "TRK-44", "TRK-45", next=(Action.CONNECT,)',
        ),
    ),
    WrongReading(
        "TRK-46",
        "what was typed is tidied up",
        Edit(
            "rules.py",
            "UseLink(link=given, because",
            'UseLink(link=given.model_copy(update={"url": given.url.strip()}), because',
        ),
    ),
    WrongReading(
        "TRK-46",
        "connected, Zoom makes the meeting, whatever was typed",
        Edit(
            "rules.py",
            "    if interview.wish.given is not None:\n",
            "    if interview.wish.given is not None and schedulers_connection(request) is None:\n",
        ),
    ),
)
