"""Wrong readings of when a meeting is made, whose it is, and what uninstalling does."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading(
        "IVP-01",
        "the URL is generated as soon as the interview is saved",
        Edit("rules.py", "if request.interview.stage < Stage.CONFIRMED:", "if request.interview.stage < Stage.SAVED:"),
    ),
    WrongReading(
        "IVP-21",
        "managing meetings means that the connected admin hosts them",
        Edit("rules.py", "    host = scheduler.zoom\n", "    host = via.zoom_user\n"),
    ),
    WrongReading(
        "IVP-33",
        "connecting turns video conferencing on",
        Edit(
            "settings.py",
            'video: bool = Field(default=False, title="video"',
            'video: bool = Field(default=True, title="video"',
        ),
    ),
    WrongReading(
        "IVP-34",
        "a stage can be enabled ahead of the connection",
        Edit("gate.py", "    if not _enables(request.change):", "    if request.change is not None:"),
    ),
    WrongReading(
        "IVP-35",
        "a stage only permits Zoom; each candidate is enabled on top",
        Edit(
            "rules.py",
            '        return stage, Because(clause=clause, about="stage"',
            '        return False, Because(clause=clause, about="stage"',
        ),
    ),
    WrongReading(
        "IVP-36",
        "a stage that is off has the last word",
        Edit("rules.py", "    return candidate, Because(", "    return stage and candidate, Because("),
    ),
    WrongReading(
        "IVP-37",
        "enabling it for one candidate turns the stage on",
        Edit(
            "rules.py",
            "    stage = settings_of(request, Scope.KIND, StageSettings).video\n",
            "    stage = settings_of(request, Scope.KIND, StageSettings).video or candidate is True\n",
        ),
    ),
    WrongReading(
        "IVP-38",
        "case by case means enabling only: a stage that is on stays on for everybody",
        Edit("rules.py", "    if candidate is None:", "    if not candidate:"),
    ),
    WrongReading(
        "IVP-39",
        "where nothing is enabled, asking for Zoom on the interview is enough",
        Edit(
            "rules.py",
            '        clause = "IVP-35" if stage else "IVP-39"\n',
            "        stage = stage or request.interview.wish.zoom is True\n"
            '        clause = "IVP-35" if stage else "IVP-39"\n',
        ),
    ),
    WrongReading(
        "IVP-40",
        "the integration is removed on the page it was connected on",
        Edit(
            "labels/2026-11.yaml",
            'navigate to the "Installed Apps" page on the Zoom Marketplace',
            'navigate to the "Integrations" page',
        ),
    ),
    WrongReading(
        "IVP-41",
        "what can be connected can be disconnected in the same place",
        Edit(
            "gate.py",
            "        case Action.CONFIGURE:\n",
            '        case Action.DISCONNECT:\n            return done("IVP-41", phase=NOT_CONNECTED)\n'
            "        case Action.CONFIGURE:\n",
        ),
    ),
    WrongReading(
        "IVP-42",
        "uninstalling concerns whoever uninstalled; the account stays connected",
        Edit(
            "gate.py",
            'return Loss(phase=NOT_CONNECTED, ends="all_of_organization", because=reasons)',
            'return Loss(phase=request.connection.phase, ends="nothing", because=reasons)',
        ),
    ),
    WrongReading(
        "IVP-43",
        "who comes back is told that Zoom is enabled already",
        Edit("gate.py", "    if phase_of(request) != CONNECTED:", "    if phase_of(request) == NEEDS_RECONNECT:"),
    ),
)
