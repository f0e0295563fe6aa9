"""Wrong readings of how the organization's connection is made, and what it takes to keep it."""

from __future__ import annotations

from greenroom.conformance.wrong import Edit, WrongReading

LABELS = "labels/2026-11.yaml"

READINGS = (
    WrongReading(
        "CAL-01",
        "connecting for the organization means that everybody shares the personal Zoom of whoever completes it",
        Edit("gate.py", "Keep(phase=CONNECTED, level=Level.ORGANIZATION,", "Keep(phase=CONNECTED, level=Level.MEMBER,"),
    ),
    WrongReading(
        "CAL-01",
        "there is one Zoom app, which the organization adds just as its users do",
        Edit("profile.yaml", "apps: {organization: admin,", "apps: {organization: user,"),
        Edit("gate.py", 'ShareLink(app="admin"', 'ShareLink(app="user"'),
        Edit("gate.py", 'GoToZoom(app="admin"', 'GoToZoom(app="user"'),
    ),
    WrongReading(
        "CAL-03",
        "connecting is an administrator's work, so an owner has to ask an admin",
        Edit("gate.py", 'frozenset({"owner", "admin"})', 'frozenset({"admin"})'),
    ),
    WrongReading(
        "CAL-03",
        "what counts is who started it; having lost the role since does not matter",
        Edit(
            "gate.py",
            "_connected_already(request) or _demoted_meanwhile(request, attempt)",
            "_connected_already(request)",
        ),
    ),
    WrongReading(
        "CAL-04",
        "any user may get the link, as only a Zoom administrator can do anything with it",
        Edit(
            "gate.py",
            '_no_manager(request, "CAL-03", "CAL-04") or _begin(request)',
            "only_active(request) or _begin(request)",
        ),
    ),
    WrongReading(
        "CAL-05",
        "everybody with a Zoom role of more than a plain member is a Zoom admin",
        Edit("gate.py", "if not zoom.is_admin:", 'if zoom.role == "member":'),
    ),
    WrongReading(
        "CAL-06",
        "a Calendly owner or admin who continues themself is the right admin by that",
        Edit("gate.py", "if not zoom.is_admin:", 'if not zoom.is_admin and attempt.path == "shared":'),
    ),
    WrongReading(
        "CAL-06",
        "being turned away by Zoom is an error like any other, to be tried again",
        Edit(
            "gate.py",
            'return _zoom_admin_needed("Zoom does not let them authorize")',
            'return refuse("authorization_failed", "CAL-13", next=_TO_CONNECT, fact=outcome)',
        ),
    ),
    WrongReading(
        "CAL-07",
        "the Zoom integration is found among the account settings",
        Edit(
            LABELS, "organization: home screen > Integrations & apps > Zoom", "organization: Account > Settings > Zoom"
        ),
    ),
    WrongReading(
        "CAL-08",
        "the button for the organization reads as a user's own does",
        Edit(
            LABELS, "organization: {connect: Connect Zoom for my organization}", "organization: {connect: Connect Zoom}"
        ),
    ),
    WrongReading(
        "CAL-09",
        "the button takes whoever selects it to Zoom, where they log in",
        Edit(
            "gate.py",
            'return ShareLink(app="admin", say=Say(key="link_for_zoom_admin"), because=reasons)',
            'return GoToZoom(app="admin", because=reasons)',
        ),
    ),
    WrongReading(
        "CAL-10",
        "the link is sent to the organization's users, each of whom connects with it",
        Edit(LABELS, "Send this link to your Zoom administrator, or", "Send this link to your users, or"),
    ),
    WrongReading(
        "CAL-11",
        "the link has to be sent: an admin of Calendly cannot continue with it themself",
        Edit(
            "gate.py",
            'return GoToZoom(app="admin", because=because("CAL-08", "CAL-11"))',
            'return refuse("zoom_admin_needed", "CAL-11", next=(Action.SHARE,))',
        ),
    ),
    WrongReading(
        "CAL-11",
        "an admin continues as themself, so with the address they have in Calendly",
        Edit(
            "gate.py",
            'GoToZoom(app="admin", because=because("CAL-08", "CAL-11"))',
            'GoToZoom(app="admin", must_be_email=request.actor and request.actor.email, because=because("CAL-11"))',
        ),
    ),
    WrongReading(
        "CAL-12",
        "the administrator of a Zoom account is its owner",
        Edit("gate.py", "if not zoom.is_admin:", 'if zoom.role != "owner":'),
    ),
    WrongReading(
        "CAL-12",
        "the Zoom administrator who used the link last is the one the organization is connected through",
        Edit(
            "gate.py",
            "refusal = _connected_already(request) or _demoted_meanwhile(request, attempt)",
            "refusal = _demoted_meanwhile(request, attempt)",
        ),
    ),
    WrongReading(
        "CAL-13",
        "users schedule Zoom meetings as soon as the link was made; the details follow",
        Edit(
            "rules.py",
            "if schedulers_connection(request) is None:\n        return connect_first(request)\n    if ",
            "if ",
        ),
    ),
    WrongReading(
        "CAL-14",
        "the Zoom administrator completes it in Calendly, so they need an active user there",
        Edit(
            "gate.py", 'if attempt.path == "direct" else None', 'if attempt.path == "direct" else only_active(request)'
        ),
    ),
    WrongReading(
        "CAL-21",
        "only the activation takes an administrator; what becomes of their role is Zoom's affair",
        Edit(
            "gate.py",
            'Loss(phase=NEEDS_RECONNECT, ends="nothing"',
            'Loss(phase=request.connection.phase, ends="nothing"',
        ),
    ),
    WrongReading(
        "CAL-22",
        "reconnecting renews what an administrator approved before, so any Zoom user can",
        Edit(
            "gate.py",
            "if not zoom.is_admin:",
            "if not zoom.is_admin and phase_at(request, Level.ORGANIZATION) != NEEDS_RECONNECT:",
        ),
    ),
    WrongReading(
        "CAL-22",
        "the administrator who connected has to get the role back and reconnect themself",
        Edit(
            "gate.py",
            "if not zoom.is_admin:",
            "old = connection_at(request, Level.ORGANIZATION)\n"
            "    if not zoom.is_admin or (old and old.zoom_user and old.zoom_user.id != zoom.id):",
        ),
    ),
    WrongReading(
        "CAL-22",
        "a connection that needs to be reconnected serves on until somebody does",
        Edit(
            "profile.yaml",
            "{name: needs_reconnect, kind: broken, clauses: [CAL-22, CAL-23]}",
            "{name: needs_reconnect, kind: active, clauses: [CAL-22, CAL-23]}",
        ),
    ),
    WrongReading(
        "CAL-22",
        "reconnecting takes the account that was connected",
        Edit(LABELS, "reconnect with a different Zoom administrator account.", "reconnect with the same Zoom account."),
    ),
    WrongReading(
        "CAL-23",
        "a changed role ends the connection for everybody, as a removed Zoom account does",
        Edit(
            "gate.py",
            'Loss(phase=NEEDS_RECONNECT, ends="nothing", because=reasons)',
            'Loss(phase=NOT_CONNECTED, ends="all_of_organization", flag_unmade=attention, because=reasons)',
        ),
    ),
)
