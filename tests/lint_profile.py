"""A small profile in which lint finds nothing; its edited copies are what lint is tried on."""

from __future__ import annotations

from core.tests.profiles.acme import PluginSource

_MANIFEST = """\
product: Acme
hook_api: ">=1.0,<2"
source: acme.txt
editions: ["2026-05", "2026-11"]
levels: [organization]
reach: organization
apps: {organization: admin}
phases:
  organization:
    - {name: "off", kind: idle}
    - {name: "asked", kind: pending}
    - {name: "on", kind: active, clauses: [ACME-01]}
    - {name: "lost", kind: broken, clauses: [CORE-08]}
moves:
  organization:
    - {at: "asked", to: "off", by: [person, switched_off]}
    - {at: "asked", to: "on", by: [complete]}
    - {at: "lost", to: "asked", by: [connect]}
    - {at: "lost", to: "off", by: [person, switched_off, uninstalled]}
    - {at: "lost", to: "on", by: [complete]}
    - {at: "off", to: "asked", by: [connect]}
    - {at: "off", to: "on", by: [complete]}
    - {at: "on", to: "asked", by: [connect]}
    - {at: "on", to: "lost", by: [approval_withdrawn, authorizer_gone, authorizer_role, grant_dead, scopes_lost]}
    - {at: "on", to: "off", by: [person, switched_off, uninstalled]}
roles: {administrator: Administrator, plain: Recruiter, known: [Administrator, Recruiter]}
actions:
  organization: [connect, complete, configure, ask_approval, disconnect]
link: {stage: saved, opt_in: always, unique: always, clauses: [ACME-03]}
sending: {review_first: false}
scopes:
  - {name: "meeting:write", zoom: ["meeting:write:meeting"], purposes: [{say: purpose_meetings, clauses: [ACME-03]}]}
recipes:
  new_role: {say: recipe, steps: [recipe_step], clauses: [ACME-01]}
capabilities:
  rotation: {level: unsupported, reason: "Acme has one host"}
"""

_CLAUSES = """\
product: Acme
source: acme.txt
clauses:
  - {id: ACME-01, basis: stated, when: an administrator connects, then: the integration is on}
  - {id: ACME-02, basis: stated, given: no administrator, then: refused}
  - {id: ACME-03, basis: implied, when: an interview is saved, then: it gets a meeting}
"""

_LABELS = """\
edition: "{edition}"
actions: {{connect: Connect Zoom, configure: Save, ask_approval: Ask, disconnect: Disconnect}}
phases:
  organization:
    "off": {{label: "Off"}}
    asked: {{label: "Asked"}}
    "on": {{label: "On ({edition})", colour: green}}
    lost: {{label: "Lost"}}
levels: {{organization: Workspace}}
settings: {{recording: Recording}}
options: {{cloud: In the cloud}}
messages:
  not_an_active_member: Ask for your user to be made active.
  role_not_allowed: Ask an administrator.
  not_connected: Connect Zoom first.
  save_first: Save the interview first.
  purpose_meetings: To create meetings.
  recipe: Make a role.
  recipe_step: Open Zoom.
  help.recording: Where recordings go.
"""

_RULES = '''\
"""Acme's hooks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from greenroom.hooks import hookimpl
from greenroom.model import (
    Action, AuthorizeRequest, Choice, CreateRequest, Done, GoToZoom, HostChoice, HostRequest, Invite, InviteRequest,
    Invites, Keep, Letters, Level, MeetingRequest, NewMeeting, NotYet, Plan, Say, Scope, Settings, Stage, Step, Want,
    Wanted,
)
from greenroom.rules import because, first_usable, only_active, only_roles, refuse


class Recording(StrEnum):
    NONE = "none"
    CLOUD = "cloud"


class WorkspaceSettings(Settings):
    recording: Recording = Field(Recording.NONE, title="recording", description="help.recording")


SETTINGS: Mapping[Scope, type[Settings]] = {Scope.ORGANIZATION: WorkspaceSettings}


@hookimpl
def authorize(request: AuthorizeRequest) -> Step:
    refusal = only_active(request) or only_roles(request, ["Administrator"], "ACME-02")
    if refusal is not None:
        return refusal
    match request.action:
        case Action.CONNECT:
            return GoToZoom(app="admin", phase="asked", because=because("ACME-01"))
        case Action.COMPLETE if request.zoom is not None:
            return Keep(phase="on", level=Level.ORGANIZATION, because=because("ACME-01"))
        case Action.CONFIGURE | Action.ASK_APPROVAL | Action.DISCONNECT:
            return Done(because=because("ACME-01"))
        case _:
            return refuse("not_connected", "ACME-01")


@hookimpl
def want_meeting(request: MeetingRequest) -> Want:
    if request.interview.stage < Stage.SAVED:
        return NotYet(until=Stage.SAVED, say=Say(key="save_first"), because=because("ACME-03"))
    return Wanted(because=because("ACME-03"))


@hookimpl
def select_host(request: HostRequest) -> Choice:
    via = first_usable(request.connections, [Level.ORGANIZATION])
    if via is None or via.zoom_user is None or via.zoom_user.status != "active":
        return refuse("not_connected", "ACME-01")
    return HostChoice(host=via.zoom_user, via=via, because=because("ACME-03"))


@hookimpl
def create_meeting(request: CreateRequest) -> Plan:
    return NewMeeting(topic=request.interview.subject or "Interview", because=because("ACME-03", "CORE-14"))


@hookimpl
def render_invite(request: InviteRequest) -> Letters:
    shows = frozenset({"join_url"}) if request.meeting is not None else frozenset()
    candidate = Invite(audience="candidate", channel="mail", template="letter", shows=shows)
    return Invites(items=(candidate,) if request.interview.candidates else (), because=because("ACME-03"))
'''

_WALKTHROUGH = """\
organization: {members: [{who: zoom_owner, roles: [Administrator]}]}
scheduler: zoom_owner
steps:
  - {tell: Connect Acme to Zoom., who: zoom_owner, connect: {level: organization, at_zoom: {who: zoom_owner}}}
"""

_CHECKS = '''\
"""What proves Acme's clauses."""

from greenroom.conformance import Product, proves


@proves("ACME-01", "ACME-02")
def check_who_connects(product: Product) -> None:
    """Administrators connect."""


@proves("ACME-03")
def check_meetings(product: Product) -> None:
    """Saved interviews get a meeting."""
'''

_WRONG = '''\
"""Wrong readings of Acme's clauses."""

from greenroom.conformance.wrong import Edit, WrongReading

READINGS = (
    WrongReading("ACME-01", "nobody connects", Edit("rules.py", "a", "b")),
    WrongReading("ACME-02", "everybody connects", Edit("rules.py", "a", "b")),
    WrongReading("ACME-03", "a draft gets one", Edit("rules.py", "a", "b")),
)
'''

_METADATA = '[project.entry-points."greenroom.profiles"]\nacme = "greenroom_acme.rules"\n'


def clean() -> PluginSource:
    """Return a profile in which lint finds nothing, with two editions of its words."""
    labels = {f"labels/{edition}.yaml": _LABELS.format(edition=edition) for edition in ("2026-05", "2026-11")}
    templates = {f"templates/letter.{part}.j2": "Hello" for part in ("subject", "txt", "html")}
    files = {
        "__init__.py": "",
        "profile.yaml": _MANIFEST,
        "clauses.yaml": _CLAUSES,
        "rules.py": _RULES,
        "walkthrough.yaml": _WALKTHROUGH,
        "checks/__init__.py": "",
        "checks/check_all.py": _CHECKS,
        "checks/wrong.py": _WRONG,
        "pyproject.toml": _METADATA,
        **labels,
        **templates,
    }
    return PluginSource(name="acme", files=files)
