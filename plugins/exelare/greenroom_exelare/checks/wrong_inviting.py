"""Wrong readings of the invitation mail, and of what happens when something goes wrong."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "EXE-24",
        "The time is taken all the same: the recruiter's event is made without a link.",
        Edit(
            "rules.py",
            'return Invites(because=because("EXE-26", fact="no meeting was made"))',
            'kept = Invite(audience="scheduler", channel="calendar", calendar="zoom", template="recruiter")\n'
            '        return Invites(items=(kept,), because=because("EXE-26", fact="no meeting was made"))',
        ),
    ),
    WrongReading(
        "EXE-24",
        "The one to be told of a failed creation is whose Zoom account it is.",
        Edit(
            "profile.yaml",
            "creation: {say: creation_failed, to: scheduler",
            "creation: {say: creation_failed, to: authorizer",
        ),
    ),
    WrongReading(
        "EXE-25",
        "Who synchronizes calendars invites by calendar, and the others by mail.",
        Edit(
            "rules.py",
            "mails = (_mail(),) if request.interview.candidates else ()",
            "synced = settings_of(request, Scope.ORGANIZATION, OrganizationSettings).calendar_sync\n"
            "    mails = (_mail(),) if request.interview.candidates and not synced else ()",
        ),
    ),
    WrongReading(
        "EXE-25",
        "A candidate is invited to a meeting by an event in their calendar.",
        Edit("rules.py", 'channel="mail",', 'channel="calendar",'),
    ),
    WrongReading(
        "EXE-26",
        "The mail is generated in any case; the link is added when there is one.",
        Edit(
            "rules.py",
            'return Invites(because=because("EXE-26", fact="no meeting was made"))',
            'return Invites(items=(_mail(),), because=because("EXE-26", fact="no meeting was made"))',
        ),
    ),
    WrongReading(
        "EXE-27",
        "A mail about a Zoom meeting states all it takes to join: link, meeting ID and passcode.",
        Edit(
            "rules.py",
            'shows=frozenset({"join_url"}),\n        notes',
            'shows=frozenset({"join_url", "meeting_id", "passcode"}),\n        notes',
        ),
    ),
    WrongReading(
        "EXE-27",
        "Instructions are among the recruiter's notes: there are none where nobody wrote any.",
        Edit("rules.py", '        notes=(Say(key="interview_instructions"),),\n', ""),
    ),
    WrongReading(
        "EXE-28",
        "The mail has to be reviewed before it is sent.",
        Edit("profile.yaml", "sending: {review_first: false", "sending: {review_first: true"),
    ),
    WrongReading(
        "EXE-28",
        "The mail is pre-populated, so there is nothing to be entered.",
        Edit("rules.py", '        editable=frozenset({"subject", "body"}),\n', ""),
    ),
    WrongReading(
        "EXE-29",
        "What is generated automatically is sent automatically.",
        Edit("rules.py", '        release="on_send",\n', ""),
    ),
    WrongReading(
        "EXE-29",
        "Send is for the invitation; that it is canceled the candidate has to know at once.",
        Edit("rules.py", "mails = (_mail(),) if", "mails = (_mail(request.why),) if"),
        Edit("rules.py", "def _mail() -> Invite:", "def _mail(why: str) -> Invite:"),
        Edit("rules.py", 'release="on_send",', 'release="at_once" if why == "cancelled" else "on_send",'),
    ),
    WrongReading(
        "EXE-30",
        "The subject is the meeting's and stays; the text below may be edited.",
        Edit("rules.py", 'editable=frozenset({"subject", "body"})', 'editable=frozenset({"body"})'),
    ),
    WrongReading(
        "EXE-31",
        "A meeting that nobody was invited to is none: it is made when the invitation is sent.",
        Edit("rules.py", "if interview.stage < Stage.SAVED:", "if interview.stage < Stage.SENT:"),
        Edit("rules.py", "return NotYet(until=Stage.SAVED", "return NotYet(until=Stage.SENT"),
    ),
    WrongReading(
        "EXE-32",
        "The interviewers have to be there, so they get the event as well.",
        Edit(
            "rules.py",
            "items=(*mails, *events), warnings",
            'items=(*mails, *events, *(one.model_copy(update={"audience": "interviewers"}) for one in events)), '
            "warnings",
        ),
    ),
    WrongReading(
        "EXE-32",
        "An invitation is for everybody who takes part.",
        Edit(
            "rules.py",
            "mails = (_mail(),) if request.interview.candidates else ()",
            'mails = (_mail(), _mail().model_copy(update={"audience": "interviewers"}))',
        ),
    ),
    WrongReading(
        "EXE-36",
        "To prevent conflicts is to refuse what conflicts.",
        Edit(
            "rules.py",
            "    # Shown and notified of, never a reason to refuse.\n",
            '    if overlapping:\n        return refuse("conflict", "EXE-36", who="the recruiter")\n',
        ),
    ),
    WrongReading(
        "EXE-36",
        "Events that touch leave no time in between, and conflict.",
        Edit(
            "rules.py",
            "if span is not None and span.overlaps(other)]",
            "if span is not None and span.start <= other.end and other.start <= span.end]",
        ),
    ),
    WrongReading(
        "EXE-36",
        "Who may read meetings sees what they conflict with.",
        Edit(
            "rules.py",
            'warnings = (said,) if "calendar:read" in granted else ()',
            'warnings = (said,) if "meeting:read" in granted else ()',
        ),
    ),
    WrongReading(
        "EXE-43",
        "A conflict is seen while arranging the interview; there is nothing left to notify of.",
        Edit(
            "rules.py",
            'notices = (Notice(to="scheduler", say=said),) if "meeting:read" in granted else ()',
            "notices = ()",
        ),
    ),
    WrongReading(
        "EXE-43",
        "Troubles with Zoom are for the user whose Zoom it is.",
        Edit("rules.py", 'Notice(to="scheduler", say=said)', 'Notice(to="authorizer", say=said)'),
    ),
    WrongReading(
        "EXE-43",
        "A limitation of the account is a meeting that could not be created, and told as that.",
        Edit(
            "profile.yaml",
            '  plan_limit: {say: plan_limit, to: scheduler, scopes: ["meeting:read"], clauses: [EXE-43]}\n',
            "",
        ),
    ),
)
