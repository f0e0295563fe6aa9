"""Wrong readings of the way to schedule, of the form and of Save."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "EXE-13",
        "Interviews are on Zoom unless somebody says no.",
        Edit("rules.py", "if not interview.wish.zoom:", "if interview.wish.zoom is False:"),
    ),
    WrongReading(
        "EXE-13",
        "Ticked checkboxes are plural: any number of candidates but none.",
        Edit(
            "rules.py",
            'return None if count == 1 else refuse("one_candidate", "EXE-13", "EXE-15"',
            'return None if count else refuse("one_candidate", "EXE-13", "EXE-15"',
        ),
    ),
    WrongReading(
        "EXE-13",
        "With a link of their own people need no Zoom Meeting.",
        Edit(
            "rules.py",
            'return refuse("manual_details_not_taken", "CORE-11", fact="details entered by hand are not described")',
            'return NoMeeting(because=because("EXE-13", fact="details entered by hand"))',
        ),
    ),
    WrongReading(
        "EXE-14",
        "Whom to interview is chosen among all candidates.",
        Edit("labels/2026-11.yaml", "candidates: Candidates > Active", "candidates: Candidates > All"),
    ),
    WrongReading(
        "EXE-15",
        "Without a ticked checkbox it is a meeting without a candidate yet.",
        Edit("rules.py", "return None if count == 1 else", "return None if count <= 1 else"),
    ),
    WrongReading(
        "EXE-16",
        "Date and Time are when it starts and when it ends.",
        Edit("rules.py", "if interview.start is None else None", "if interview.span is None else None"),
    ),
    WrongReading(
        "EXE-16",
        "What is invited to needs a time; what it is called can be left to Zoom.",
        Edit(
            "rules.py",
            '    if not (interview.subject or "").strip():\n        return _details_incomplete("Subject is missing")\n',
            "",
        ),
        Edit("rules.py", '    if subject is None:\n        return _details_incomplete("Subject is missing")\n', ""),
        Edit("rules.py", "NewMeeting(topic=subject, use_pmi", 'NewMeeting(topic=subject or "Interview", use_pmi'),
    ),
    WrongReading(
        "EXE-17",
        "An interview has a waiting room: candidates must not walk in on each other.",
        Edit("rules.py", "use_pmi=False, insist=", "use_pmi=False, waiting_room=True, insist="),
    ),
    WrongReading(
        "EXE-17",
        "Interviews are kept, so the meeting is recorded in the cloud.",
        Edit("rules.py", "use_pmi=False, insist=", 'use_pmi=False, auto_recording="cloud", insist='),
    ),
    WrongReading(
        "EXE-18",
        "A subject of blanks was entered, and is one.",
        Edit("rules.py", 'if not (interview.subject or "").strip():', "if not interview.subject:"),
    ),
    WrongReading(
        "EXE-18",
        "A time that is missing can be agreed on later; the link is there already.",
        Edit(
            "rules.py",
            'return _details_incomplete("Date and Time are missing") if interview.start is None else None',
            "return None",
        ),
    ),
    WrongReading(
        "EXE-19",
        "A meeting is made of an interview that was confirmed.",
        Edit("rules.py", "if interview.stage < Stage.SAVED:", "if interview.stage < Stage.CONFIRMED:"),
        Edit("rules.py", "return NotYet(until=Stage.SAVED", "return NotYet(until=Stage.CONFIRMED"),
    ),
    WrongReading(
        "EXE-19",
        "What is missing is told at once; Save is only asked for once the form is complete.",
        Edit(
            "rules.py",
            "    if interview.stage < Stage.SAVED:",
            "    incomplete = _not_one_candidate(interview) or _details_missing(interview)\n"
            "    if incomplete is not None:\n"
            "        return incomplete\n"
            "    if interview.stage < Stage.SAVED:",
        ),
    ),
    WrongReading(
        "EXE-19",
        "The meeting needs the permission to see meetings, as its link is looked up.",
        Edit("rules.py", 'scope_missing(via, "meeting:write")', 'scope_missing(via, "meeting:read")'),
    ),
    WrongReading(
        "EXE-20",
        "Any link of Zoom's is unique, that of a personal room, too.",
        Edit("rules.py", 'use_pmi=False, insist=frozenset({"use_pmi"}), because', "because"),
    ),
    WrongReading(
        "EXE-20",
        "It is asked for; what Zoom makes of it is Zoom's business.",
        Edit("rules.py", 'use_pmi=False, insist=frozenset({"use_pmi"})', "use_pmi=False"),
    ),
    WrongReading(
        "EXE-21",
        "A meeting with several candidates is stored in the profile of each.",
        Edit("rules.py", "return None if count == 1 else", "return None if count >= 1 else"),
    ),
    WrongReading(
        "EXE-22",
        "The recruiter's calendar is the one the organization keeps its calendars in.",
        Edit("rules.py", 'calendar="zoom"', "calendar=request.calendar"),
    ),
    WrongReading(
        "EXE-22",
        "The event goes out with the invitation, at Send.",
        Edit(
            "rules.py",
            '        template="recruiter",\n        shows=frozenset({"join_url"}),\n',
            '        template="recruiter",\n        shows=frozenset({"join_url"}),\n        release="on_send",\n',
        ),
    ),
    WrongReading(
        "EXE-23",
        "Save synchronizes the event, as the list says; somebody may switch that off.",
        Edit("settings.py", "Field(default=False", "Field(default=True"),
    ),
    WrongReading(
        "EXE-23",
        "Where there is no event there is nothing to invite to.",
        Edit(
            "rules.py",
            "    return Invites(items=(*mails, *events)",
            "    mails = mails if events else ()\n    return Invites(items=(*mails, *events)",
        ),
    ),
    WrongReading(
        "EXE-37",
        "An event takes the permission to write it.",
        Edit(
            "rules.py",
            '"new": (("calendar:write", "calendar:update", "calendar:delete"), "EXE-37")',
            '"new": (("calendar:write",), "EXE-37")',
        ),
    ),
    WrongReading(
        "EXE-38",
        "To modify an event is to write it.",
        Edit("rules.py", '"changed": (("calendar:update",), "EXE-38")', '"changed": (("calendar:write",), "EXE-38")'),
    ),
    WrongReading(
        "EXE-39",
        "That an interview is canceled is one more change to its event.",
        Edit(
            "rules.py",
            '"cancelled": (("calendar:delete",), "EXE-39")',
            '"cancelled": (("calendar:update",), "EXE-39")',
        ),
    ),
    WrongReading(
        "EXE-41",
        "A rescheduled interview gets a new meeting.",
        Edit(
            "rules.py",
            "return refusal or answer.model_copy(update={",
            'renewed = "replace" if answer.at_zoom == "update" else answer.at_zoom\n'
            '    return refusal or answer.model_copy(update={"at_zoom": renewed, ',
        ),
    ),
    WrongReading(
        "EXE-41",
        "The meeting is the recruiter's, so their own authorization decides what may be changed.",
        Edit(
            "rules.py",
            "refusal = scope_missing(_as_now(request.meeting.via, request), scope)",
            "refusal = scope_missing(authorized_connection(request) or request.meeting.via, scope)",
        ),
    ),
    WrongReading(
        "EXE-42",
        "A canceled interview is taken out of the calendars; its meeting expires by itself.",
        Edit(
            "rules.py",
            "    scope, clause = (",
            '    if answer.at_zoom == "delete":\n'
            '        return answer.model_copy(update={"at_zoom": "keep"})\n'
            "    scope, clause = (",
        ),
    ),
    WrongReading(
        "EXE-42",
        "Who may update a meeting may delete it.",
        Edit("rules.py", 'else ("meeting:delete", "EXE-42")', 'else ("meeting:update", "EXE-42")'),
    ),
)
