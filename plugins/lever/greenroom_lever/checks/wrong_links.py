"""Wrong readings of the link in the draft, and of what is Zoom's to decide."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "LEV-49",
        "interviews are private, so everybody has to sign in to Zoom",
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            "    return NewMeeting(topic=topic, authentication=True, because",
        ),
    ),
    WrongReading(
        "LEV-50",
        "Add Zoom link generates a unique link, so the Personal Meeting ID is never used",
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            "    return NewMeeting(topic=topic, use_pmi=False, because",
        ),
    ),
    WrongReading(
        "LEV-51",
        "the switch asks Zoom for another number, and what Zoom makes is good",
        Edit(
            "rules.py",
            'use_pmi=False, insist=frozenset({"use_pmi"}), because=reasons',
            "use_pmi=False, because=reasons",
        ),
    ),
    WrongReading(
        "LEV-52",
        "the switch is set in the Zoom account, so that a Zoom admin has to authorize it again",
        Edit("gate.py", "Done(verified=frozenset", "Done(phase=YELLOW, verified=frozenset"),
    ),
    WrongReading(
        "LEV-53",
        "links made before the switch are replaced when their interview changes",
        Edit(
            "rules.py",
            "    answer = follow(request)\n",
            "    answer = follow(request)\n"
            "    saved = settings_of(request, Scope.ORGANIZATION, OrganizationSettings)\n"
            "    if saved.disable_personal_meeting_id:\n"
            '        answer = answer.model_copy(update={"at_zoom": "replace"})\n',
        ),
    ),
    WrongReading(
        "LEV-54",
        "with the switch off again, meetings go back to the host's personal room when they change",
        Edit(
            "rules.py",
            "    answer = follow(request)\n",
            "    answer = follow(request)\n"
            "    saved = settings_of(request, Scope.ORGANIZATION, OrganizationSettings)\n"
            "    if not saved.disable_personal_meeting_id:\n"
            '        answer = answer.model_copy(update={"at_zoom": "replace"})\n',
        ),
    ),
    WrongReading(
        "LEV-55",
        "links are unique unless somebody wants the Personal Meeting ID",
        Edit(
            "settings.py",
            'default=False, title="disable_personal_meeting_id"',
            'default=True, title="disable_personal_meeting_id"',
        ),
    ),
    WrongReading(
        "LEV-56",
        "Zoom links are for instances synced with G Suite",
        Edit("rules.py", '_SYNCED = frozenset({"google", "microsoft365"})', '_SYNCED = frozenset({"google"})'),
    ),
    WrongReading(
        "LEV-57",
        "Exchange is Microsoft's like Office 365, so it works there, too",
        Edit(
            "rules.py",
            '_SYNCED = frozenset({"google", "microsoft365"})',
            '_SYNCED = frozenset({"google", "microsoft365", "exchange_on_premise"})',
        ),
    ),
    WrongReading(
        "LEV-58",
        "only Exchange does not work; without a synced calendar the link is in the draft all the same",
        Edit(
            "rules.py", "    if request.calendar in _SYNCED:\n", '    if request.calendar != "exchange_on_premise":\n'
        ),
    ),
    WrongReading(
        "LEV-59",
        "until an interviewer is added, whoever schedules stands for one",
        Edit(
            "hosting.py",
            "first_with_zoom(request.interview.interviewers, chosen",
            "first_with_zoom(request.interview.interviewers or (request.interview.scheduler,), chosen",
        ),
    ),
    WrongReading(
        "LEV-60",
        "the menu of the Location field offers to add a video conference",
        Edit("labels/2026-11.yaml", "  add_link: Add Zoom link", "  add_link: Add video conference"),
    ),
    WrongReading(
        "LEV-61",
        "a link is generated once scheduling is completed",
        Edit("rules.py", "    NoMeeting,\n    Plan,", "    NoMeeting,\n    NotYet,\n    Plan,"),
        Edit("rules.py", "    Scope,\n    UseLink,", "    Scope,\n    Stage,\n    UseLink,"),
        Edit(
            "rules.py",
            "    refusal = _not_synced(request)\n",
            "    if request.interview.stage < Stage.CONFIRMED:\n"
            '        say = Say(key="not_connected")\n'
            '        return NotYet(until=Stage.CONFIRMED, say=say, because=because("LEV-61"))\n'
            "    refusal = _not_synced(request)\n",
        ),
    ),
    WrongReading(
        "LEV-62",
        "adding a Zoom link to one interview adds it to the panel, but where somebody says no",
        Edit("rules.py", "    if not wish.zoom:\n", "    if wish.zoom is False:\n"),
    ),
    WrongReading(
        "LEV-63",
        "the setting is about the Personal Meeting ID, which is used while it is on",
        Edit(
            "rules.py", "if settings_of(request, Scope.ORGANIZATION", "if not settings_of(request, Scope.ORGANIZATION"
        ),
    ),
    WrongReading(
        "LEV-64",
        "a panel's other interviews get links of their own, whatever was pasted from the first",
        Edit(
            "rules.py",
            "    if wish.given is not None:\n",
            "    if wish.given is not None and wish.given.same_as is None:\n",
        ),
    ),
    WrongReading(
        "LEV-64",
        "a copied link is a Zoom link, and needs the integration like any",
        Edit(
            "rules.py",
            "    if wish.given is not None:\n",
            "    if wish.given is not None and connection_of(request) is not None:\n",
        ),
    ),
    WrongReading(
        "LEV-80",
        "links have to be password protected, so a password is asked of Zoom",
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            '    return NewMeeting(topic=topic, passcode="generate", because',
        ),
    ),
    WrongReading(
        "LEV-81",
        "waiting rooms are enabled in the integration's settings",
        Edit(
            "settings.py",
            "    include_zoom_links: bool",
            '    waiting_room: bool = Field(default=False, title="waiting_room")\n    include_zoom_links: bool',
        ),
        Edit(
            "labels/2026-11.yaml",
            "  include_zoom_links: Include Zoom links\n\n",
            "  include_zoom_links: Include Zoom links\n  waiting_room: Waiting room\n\n",
        ),
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            "    waiting = settings_of(request, Scope.ORGANIZATION, OrganizationSettings).waiting_room or None\n"
            "    return NewMeeting(topic=topic, waiting_room=waiting, because",
        ),
    ),
    WrongReading(
        "LEV-82",
        "a waiting room is enabled automatically, so meetings are made with one",
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            "    return NewMeeting(topic=topic, waiting_room=True, because",
        ),
    ),
    WrongReading(
        "LEV-83",
        "a password makes the waiting room superfluous, so meetings have the one and not the other",
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            '    return NewMeeting(topic=topic, passcode="generate", waiting_room=False, because',
        ),
    ),
    WrongReading(
        "LEV-84",
        "candidates who come early join before the host, waiting room or not",
        Edit(
            "rules.py",
            "    return NewMeeting(topic=topic, because",
            "    return NewMeeting(topic=topic, join_before_host=True, because",
        ),
    ),
)
