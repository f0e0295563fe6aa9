"""Wrong readings of what interviewers and candidates are sent."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "LEV-65",
        "the Location is a room or a link, and the room was picked last",
        Edit(
            "rules.py",
            "    linked = request.meeting is not None or request.given is not None\n",
            "    stated = request.meeting is not None or request.given is not None\n"
            "    linked = stated and not request.interview.room\n",
        ),
    ),
    WrongReading(
        "LEV-66",
        "a room is booked as soon as it is picked",
        Edit("rules.py", '"release": "on_send"', '"release": "at_once" if request.interview.room else "on_send"'),
    ),
    WrongReading(
        "LEV-67",
        "the interviewers have to copy the link; the candidate's event has none of Office 365's limits",
        Edit(
            "rules.py",
            "    copied = linked and _must_be_copied(request)\n",
            '    copied = linked and audience == "interviewers" and _must_be_copied(request)\n',
        ),
    ),
    WrongReading(
        "LEV-68",
        "Office 365 has no direct links",
        Edit(
            "rules.py",
            'return request.calendar == "microsoft365" and bool(request.interview.room)',
            'return request.calendar == "microsoft365"',
        ),
    ),
    WrongReading(
        "LEV-69",
        "beside a room a link has to be copied",
        Edit(
            "rules.py",
            'return request.calendar == "microsoft365" and bool(request.interview.room)',
            "return bool(request.interview.room)",
        ),
    ),
    WrongReading(
        "LEV-70",
        "Schedule sends the invitations",
        Edit("rules.py", '"release": "on_send"', '"release": "at_once"'),
    ),
    WrongReading(
        "LEV-71",
        "the link is the candidate's; interviewers find it in Lever",
        Edit("rules.py", '"interviewer", linked=linked)', '"interviewer", linked=False)'),
    ),
    WrongReading(
        "LEV-72",
        "Preview can be skipped",
        Edit("profile.yaml", "review_first: true", "review_first: false"),
    ),
    WrongReading(
        "LEV-73",
        "the candidate is invited if Zoom links are included for candidates",
        Edit("rules.py", "    if request.interview.candidates:\n", "    if settings.include_zoom_links:\n"),
    ),
    WrongReading(
        "LEV-73",
        "whoever schedules is invited, too",
        Edit(
            "rules.py",
            '    candidate = "LEV-74"',
            '    items.append(_event(request, "scheduler", "interviewer", linked=linked))\n    candidate = "LEV-74"',
        ),
    ),
    WrongReading(
        "LEV-74",
        "including Zoom links lets people paste them into the candidate's event",
        Edit(
            "rules.py",
            '_event(request, "candidate", "candidate", linked=linked and settings.include_zoom_links)',
            '_event(request, "candidate", "candidate", linked=False)',
        ),
    ),
    WrongReading(
        "LEV-75",
        "the candidate needs the link to join, so it is in their event anyway",
        Edit(
            "rules.py",
            '_event(request, "candidate", "candidate", linked=linked and settings.include_zoom_links)',
            '_event(request, "candidate", "candidate", linked=linked)',
        ),
    ),
    WrongReading(
        "LEV-75",
        "with the toggle off nobody's event has a link",
        Edit(
            "rules.py", '"interviewer", linked=linked)', '"interviewer", linked=linked and settings.include_zoom_links)'
        ),
    ),
    WrongReading(
        "LEV-76",
        "the link can be followed from G Suite; Office 365 shows the room",
        Edit(
            "rules.py",
            '"interviewer", linked=linked)',
            '"interviewer", linked=linked and request.calendar == "google")',
        ),
    ),
    WrongReading(
        "LEV-77",
        "the toggle for candidates' links can be set before the integration is enabled",
        Edit(
            "gate.py",
            "    if (phase := phase_of(request)) != BLUE:",
            "    if (phase := phase_of(request)) != BLUE and request.change is None:",
        ),
    ),
    WrongReading(
        "LEV-78",
        "candidates are sent links unless somebody turns that off",
        Edit(
            "settings.py",
            "include_zoom_links: bool = Field(default=False",
            "include_zoom_links: bool = Field(default=True",
        ),
    ),
    WrongReading(
        "LEV-79",
        "switching it has everybody who was invited told again",
        Edit("gate.py", "    Loss,\n    Refusal,", "    Loss,\n    Notice,\n    Refusal,"),
        Edit(
            "gate.py",
            "    return Done(verified=frozenset",
            '    told = Notice(to="scheduler", say=Say(key="link_copied"))\n'
            "    return Done(notices=(told,), verified=frozenset",
        ),
    ),
)
