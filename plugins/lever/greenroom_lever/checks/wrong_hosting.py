"""Wrong readings of Zoom's limit on Basic hosts, and of whose Zoom hosts."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "LEV-07",
        "Zoom's limit is on every meeting of three or more people",
        Edit("hosting.py", 'if host.licence != "basic" or interview.head_count', "if interview.head_count"),
    ),
    WrongReading(
        "LEV-08",
        "an interview of two is limited as well, as it is at Zoom today",
        Edit("profile.yaml", "  basic_limit_min_people: 3", "  basic_limit_min_people: 2"),
    ),
    WrongReading(
        "LEV-09",
        "a meeting that Zoom would end early is not made",
        Edit(
            "hosting.py",
            "    warnings = basic_limit(request, request.interview, host)\n",
            "    warnings = basic_limit(request, request.interview, host)\n"
            "    if warnings:\n"
            '        return refuse("no_eligible_host", "LEV-09")\n',
        ),
    ),
    WrongReading(
        "LEV-09",
        "an interview that takes longer than Zoom allows needs another link",
        Edit(
            "rules.py",
            "    warnings = basic_limit(request, request.after, host)\n",
            "    warnings = basic_limit(request, request.after, host)\n"
            "    if warnings:\n"
            '        answer = answer.model_copy(update={"at_zoom": "replace"})\n',
        ),
    ),
    WrongReading(
        "LEV-33",
        "a toggle that is yellow is enabled, and can be configured meanwhile",
        Edit("gate.py", "    if (phase := phase_of(request)) != BLUE:", "    if (phase := phase_of(request)) == OFF:"),
    ),
    WrongReading(
        "LEV-34",
        "the toggle opens the configuration",
        Edit("labels/2026-11.yaml", "configuration: the Zoom logo", "configuration: the toggle next to the Zoom logo"),
    ),
    WrongReading(
        "LEV-35",
        "hosts are the first interviewer, specific ones, or the recruiter",
        Edit(
            "settings.py",
            '    SPECIFIC_HOSTS = "specific_hosts"\n',
            '    SPECIFIC_HOSTS = "specific_hosts"\n    RECRUITER = "recruiter"\n',
        ),
        Edit(
            "labels/2026-11.yaml",
            "  specific_hosts: Provide specific hosts\n",
            "  specific_hosts: Provide specific hosts\n  recruiter: Recruiter\n",
        ),
        Edit(
            "hosting.py",
            "    if settings.host_selection is HostSelection.FIRST_INTERVIEWER:\n",
            "    if settings.host_selection is HostSelection.RECRUITER:\n"
            '        recruiter = {"interviewers": (request.interview.scheduler,)}\n'
            "        interview = request.interview.model_copy(update=recruiter)\n"
            '        return _first_interviewer(request.model_copy(update={"interview": interview}), via)\n'
            "    if settings.host_selection is HostSelection.FIRST_INTERVIEWER:\n",
        ),
    ),
    WrongReading(
        "LEV-36",
        "the recruiter hosts if they have Zoom, else the first interviewer who has",
        Edit(
            "hosting.py",
            "first_with_zoom(request.interview.interviewers, chosen",
            "first_with_zoom((request.interview.scheduler, *request.interview.interviewers), chosen",
        ),
    ),
    WrongReading(
        "LEV-36",
        "a valid Zoom account is a licensed one",
        Edit(
            "hosting.py",
            "    host, considered = first_with_zoom(request.interview.interviewers, chosen",
            "    people = request.interview.interviewers\n"
            '    valid = [one for one in people if one.zoom and one.zoom.licence == "licensed"]\n'
            "    host, considered = first_with_zoom(valid, chosen",
        ),
    ),
    WrongReading(
        "LEV-37",
        "the first interviewer hosts, or nobody does",
        Edit(
            "hosting.py",
            "first_with_zoom(request.interview.interviewers, chosen",
            "first_with_zoom(request.interview.interviewers[:1], chosen",
        ),
    ),
    WrongReading(
        "LEV-38",
        "whoever hosts one interview of a panel hosts its others, too",
        Edit(
            "hosting.py",
            "    host, considered = first_with_zoom(request.interview.interviewers, chosen",
            "    last = request.turns.last\n"
            "    people = sorted(request.interview.interviewers, key=lambda one: one.email != last)\n"
            "    host, considered = first_with_zoom(people, chosen",
        ),
    ),
    WrongReading(
        "LEV-39",
        "the primary host hosts as long as they can, and the others stand in",
        Edit("hosting.py", "    turn = round_robin(pool, request.turns)\n", "    turn = pool[0]\n"),
    ),
    WrongReading(
        "LEV-39",
        "hosts are shared out in the order of their addresses",
        Edit("hosting.py", "    pool = tuple(able)\n", "    pool = tuple(sorted(able))\n"),
    ),
    WrongReading(
        "LEV-40",
        "the primary host is the last resort, after all that were added",
        Edit("hosting.py", "    pool = tuple(able)\n", "    pool = (*tuple(able)[1:], *tuple(able)[:1])\n"),
    ),
    WrongReading(
        "LEV-41",
        "an address that was entered is in the rotation if Zoom knows it, verified or not",
        Edit(
            "hosting.py",
            "host_for_email(address, request.hosts) if address in request.settings.verified else None",
            "host_for_email(address, request.hosts)",
        ),
    ),
    WrongReading(
        "LEV-41",
        "there is no rotation until every address that was entered is verified",
        Edit("hosting.py", "    if not pool:\n", "    if not pool or len(able) < len(set(entered)):\n"),
    ),
    WrongReading(
        "LEV-42",
        "hosts are the instance's own people, with addresses like the Super Admin's",
        Edit(
            "gate.py",
            "    return _verify_hosts(request.change)\n",
            '    domain = request.actor.email.partition("@")[2] if request.actor is not None else ""\n'
            '    ours = tuple(one for one in request.change.looked_up if one.email.endswith("@" + domain))\n'
            '    return _verify_hosts(request.change.model_copy(update={"looked_up": ours}))\n',
        ),
    ),
    WrongReading(
        "LEV-43",
        "entering an address and saving it is what verifies it",
        Edit("gate.py", ' if one.zoom is not None and one.zoom.status == "active"]', "]"),
    ),
    WrongReading(
        "LEV-43",
        "an address that is not verified cannot be saved",
        Edit(
            "gate.py",
            '    reasons = list(because("LEV-34", "LEV-40"))\n',
            '    reasons = list(because("LEV-34", "LEV-40"))\n'
            "    if unknown:\n"
            '        return refuse("no_eligible_host", "LEV-43")\n',
        ),
    ),
    WrongReading(
        "LEV-44",
        "there is a primary host and one additional account",
        Edit("hosting.py", "    pool = tuple(able)\n", "    pool = tuple(able)[:2]\n"),
    ),
    WrongReading(
        "LEV-45",
        "a round robin needs at least two hosts",
        Edit("hosting.py", "    if not pool:\n", "    if len(pool) < 2:\n"),
    ),
    WrongReading(
        "LEV-46",
        "specific hosts are for interviews whose interviewers have no Zoom",
        Edit(
            "hosting.py",
            "    return _next_of(settings.hosts, request, via)\n",
            "    first = _first_interviewer(request, via)\n"
            "    return first if isinstance(first, HostChoice) else _next_of(settings.hosts, request, via)\n",
        ),
    ),
    WrongReading(
        "LEV-46",
        "a specific host who is an interviewer goes before the others",
        Edit(
            "hosting.py",
            "    pool = tuple(able)\n",
            "    here = {one.email for one in request.interview.interviewers}\n"
            "    pool = tuple(sorted(able, key=lambda one: one not in here))\n",
        ),
    ),
    WrongReading(
        "LEV-46",
        "specific hosts host for the interviewers, so none of these is one",
        Edit(
            "hosting.py",
            "if address in request.settings.verified else None",
            "if address in request.settings.verified - {one.email for one in request.interview.interviewers} else None",
        ),
    ),
    WrongReading(
        "LEV-47",
        "the hosts that were entered stand in when no interviewer has Zoom",
        Edit(
            "hosting.py",
            "        return _first_interviewer(request, via)\n",
            "        first = _first_interviewer(request, via)\n"
            "        return first if isinstance(first, HostChoice) else _next_of(settings.hosts, request, via)\n",
        ),
    ),
    WrongReading(
        "LEV-48",
        "when the logic names nobody, the Zoom admin who authorized hosts",
        Edit(
            "hosting.py",
            '        return _nobody("LEV-36", considered)\n',
            "        assert via.zoom_user is not None\n"
            '        return _choice(request, via.zoom_user, via, because("LEV-48"), considered)\n',
        ),
    ),
)
