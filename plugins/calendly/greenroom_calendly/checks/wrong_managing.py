"""Wrong readings of what owners and admins do with the organization's connection, and of its end."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

LABELS = "labels/2026-11.yaml"

READINGS = (
    WrongReading(
        "CAL-17",
        "the option stands on the Zoom integration's page before anything is connected, too",
        Edit(
            "gate.py",
            "if (phase := phase_at(request, Level.ORGANIZATION)) != CONNECTED:",
            "if (phase := phase_at(request, Level.ORGANIZATION)) == NEEDS_RECONNECT:",
        ),
    ),
    WrongReading(
        "CAL-17",
        "every user has the option for themself",
        Edit(
            "gate.py",
            '_no_manager(request, "CAL-17", "CAL-43") or _configure(request)',
            "only_active(request) or _configure(request)",
        ),
    ),
    WrongReading(
        "CAL-18",
        "the option is for users; owners and admins remove the connection for themselves anyway",
        Edit(
            "gate.py",
            "if not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal:",
            'managing = _no_manager(request, "CAL-43") is None\n'
            "    if not managing and not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal:",
        ),
    ),
    WrongReading(
        "CAL-18",
        "a user whose personal Zoom is connected has no use for the organization's and may always remove it",
        Edit(
            "gate.py",
            "if not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal:",
            "alone = phase_at(request, Level.MEMBER) != CONNECTED\n"
            "    if alone and not settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal:",
        ),
    ),
    WrongReading(
        "CAL-19",
        "a user who may remove the org-level connection removes it, and with that it is gone",
        Edit("gate.py", 'done("CAL-17", "CAL-19")', 'done("CAL-17", "CAL-19", phase=NOT_CONNECTED)'),
    ),
    WrongReading(
        "CAL-19",
        "a user may say in advance that the organization's Zoom is not for them",
        Edit("gate.py", "if connection is None or connection.phase == NOT_CONNECTED:", "if connection is None:"),
    ),
    WrongReading(
        "CAL-19",
        "removing is a switch that a user turns back when they like",
        Edit(
            "gate.py",
            "        case Action.REMOVE_MINE:\n",
            '        case Action.RESTORE_MINE:\n            return only_active(request) or done("CAL-19")\n'
            "        case Action.REMOVE_MINE:\n",
        ),
    ),
    WrongReading(
        "CAL-20",
        "users may remove it until an admin takes that away",
        Edit("settings.py", "allow_removal: bool = Field(default=False", "allow_removal: bool = Field(default=True"),
    ),
    WrongReading(
        "CAL-31",
        "the list of users is there for every user to look at",
        Edit(
            "gate.py",
            '_no_manager(request, "CAL-31", "CAL-43") or done(',
            "only_active(request) or done(",
        ),
    ),
    WrongReading(
        "CAL-31",
        "the list comes with the organization's connection, so there is none before",
        Edit(
            "gate.py",
            '_no_manager(request, "CAL-31", "CAL-43") or done(',
            '_no_manager(request, "CAL-31", "CAL-43") or _configure(request) or done(',
        ),
    ),
    WrongReading(
        "CAL-35",
        "the integration is disconnected by removing the app at Zoom; Calendly only shows that",
        Edit(
            "gate.py",
            '_no_manager(request, "CAL-43") or _disconnect(request, "CAL-35")',
            '_no_manager(request, "CAL-43") or refuse("not_offered", "CAL-36")',
        ),
    ),
    WrongReading(
        "CAL-35",
        "the button is called Remove, as what a user does for themself",
        Edit(LABELS, "disconnect: Disconnect\n  remove_mine", "disconnect: Remove\n  remove_mine"),
    ),
    WrongReading(
        "CAL-36",
        "an administrator who is gone from Zoom is one who is an administrator no more: reconnect",
        Edit("gate.py", "case Cause.AUTHORIZER_ROLE:", "case Cause.AUTHORIZER_ROLE | Cause.AUTHORIZER_GONE:"),
    ),
    WrongReading(
        "CAL-36",
        "a grant that Zoom does not honour any more is an account that was removed",
        Edit(
            "gate.py",
            "case Cause.AUTHORIZER_GONE | Cause.UNINSTALLED:",
            "case Cause.AUTHORIZER_GONE | Cause.UNINSTALLED | Cause.GRANT_DEAD:",
        ),
    ),
    WrongReading(
        "CAL-37",
        "disconnecting ends the connection of whoever disconnects; others lose it when they next need it",
        Edit("gate.py", 'ends="all_of_organization", revoke=True', 'ends="this", revoke=True'),
    ),
    WrongReading(
        "CAL-37",
        "who has the connection keeps it until Zoom stops honouring it, so nothing is revoked",
        Edit("gate.py", 'ends="all_of_organization", revoke=True', 'ends="all_of_organization", revoke=False'),
    ),
    WrongReading(
        "CAL-38",
        "only somebody's disconnecting disrupts locations; an account that is gone leaves them as they are",
        Edit(
            "gate.py",
            'ends="all_of_organization", flag_unmade=attention, because',
            'ends="all_of_organization", because',
        ),
    ),
    WrongReading(
        "CAL-38",
        "while Zoom is disconnected, events at any location lack it",
        Edit(
            "rules.py",
            "if wish.zoom is False:",
            "if wish.zoom is False and schedulers_connection(request) is not None:",
        ),
    ),
    WrongReading(
        "CAL-41",
        "a disconnected organization is one that needs to be reconnected, and its users are shown so",
        Edit(
            "gate.py",
            'phase=NOT_CONNECTED, ends="all_of_organization", revoke',
            'phase=NEEDS_RECONNECT, ends="all_of_organization", revoke',
        ),
    ),
    WrongReading(
        "CAL-42",
        "somebody who has just signed up is not looked at yet, so is listed as pending",
        Edit(
            LABELS,
            "{label: Not connected, colour: grey, button: Connect Zoom}",
            "{label: Pending, colour: grey, button: Connect Zoom}",
        ),
    ),
    WrongReading(
        "CAL-43",
        "a user who is allowed to remove the org-level connection is allowed to disconnect it",
        Edit(
            "gate.py",
            'return _no_manager(request, "CAL-43") or _disconnect(request, "CAL-35")',
            "allowed = settings_of(request, Scope.ORGANIZATION, OrganizationSettings).allow_removal\n"
            '            refusal = only_active(request) if allowed else _no_manager(request, "CAL-43")\n'
            '            return refusal or _disconnect(request, "CAL-35")',
        ),
    ),
)
