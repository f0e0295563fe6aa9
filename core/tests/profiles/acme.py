"""A small well-formed profile, and a way to install it (or a spoilt copy) as a real distribution.

site = Site(tmp_path)              # a directory on sys.path
site.install(acme())
site.install(acme("apex").edited("rules.py", "@hookimpl\ndef authorize", "@hookimpl\ndef authorise"))
"""

from __future__ import annotations

import importlib
import site as site_packages
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

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
facts:
  select_host: [interviewers]
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


SETTINGS = {Scope.ORGANIZATION: WorkspaceSettings}


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

_LETTER = 'Hello{% if why != "cancelled" and details.join_url is defined %} {{ details.join_url }}{% endif %}'

_WALKTHROUGH = """\
organization: {members: [{who: zoom_owner, roles: [Administrator]}]}
scheduler: zoom_owner
steps:
  - {tell: Connect Acme to Zoom., who: zoom_owner, connect: {level: organization, at_zoom: {who: zoom_owner}}}
"""

POLICY_RULES = '''\
"""Record every meeting in the cloud."""

from greenroom.hooks import hookimpl


@hookimpl(wrapper=True)
def create_meeting(request):
    plan = yield
    return plan.model_copy(update={"auto_recording": "cloud"})
'''


@dataclass(frozen=True, kw_only=True)
class PluginSource:
    """A plugin's source: ``files`` by their path inside the package ``greenroom_<name>``."""

    name: str
    version: str = "1.0"
    group: str = "greenroom.profiles"
    distribution: str = ""
    entry_points: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str]

    @property
    def package(self) -> str:
        """The package all files stand in."""
        return f"greenroom_{self.name}"

    def edited(self, file: str, old: str, new: str) -> PluginSource:
        """Return a copy with ``old`` replaced by ``new`` in ``file``; ``old`` must be there."""
        assert old in self.files[file], f"{old!r} is not in {file}"
        return self.with_file(file, self.files[file].replace(old, new))

    def with_file(self, file: str, text: str) -> PluginSource:
        """Return a copy with another ``file``."""
        return replace(self, files={**self.files, file: text})

    def without(self, file: str) -> PluginSource:
        """Return a copy that lacks ``file``."""
        return replace(self, files={path: text for path, text in self.files.items() if path != file})

    def write(self, folder: Path) -> None:
        """Write the package below ``folder``."""
        for path, text in self.files.items():
            file = folder / self.package / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")

    def write_metadata(self, folder: Path) -> None:
        """Write the ``.dist-info`` of its distribution into ``folder``."""
        distribution = self.distribution or f"greenroom-{self.name}"
        info = folder / f"{distribution.replace('-', '_')}-{self.version}.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {self.version}\n"
        (info / "METADATA").write_text(metadata, "utf-8")
        entry_points = self.entry_points or {self.name: f"{self.package}.rules"}
        lines = [f"[{self.group}]", *(f"{name} = {value}" for name, value in entry_points.items())]
        (info / "entry_points.txt").write_text("\n".join(lines) + "\n", "utf-8")


def acme(name: str = "acme") -> PluginSource:
    """Return the source of a well-formed profile called ``name``, with two editions of its words."""
    letters = {f"templates/letter.{part}.j2": _LETTER for part in ("txt", "html")}
    labels = {f"labels/{edition}.yaml": _LABELS.format(edition=edition) for edition in ("2026-05", "2026-11")}
    files = {
        "__init__.py": "",
        "profile.yaml": _MANIFEST,
        "clauses.yaml": _CLAUSES,
        "rules.py": _RULES,
        "walkthrough.yaml": _WALKTHROUGH,
        "templates/letter.subject.j2": "Hello",
        **labels,
        **letters,
    }
    return PluginSource(name=name, files=files)


def policy(name: str = "recorded", rules: str = POLICY_RULES) -> PluginSource:
    """Return the source of a policy."""
    return PluginSource(name=name, group="greenroom.policies", files={"__init__.py": "", "rules.py": rules})


@dataclass(frozen=True)
class Site:
    """A directory on ``sys.path`` that plugins are installed into."""

    folder: Path

    def install(self, *plugins: PluginSource) -> None:
        """Install plugins as `pip install` leaves them: a package and its ``.dist-info``."""
        for plugin in plugins:
            plugin.write(self.folder)
            plugin.write_metadata(self.folder)
        importlib.invalidate_caches()

    def install_editable(self, plugin: PluginSource, checkout: Path) -> None:
        """Install as `pip install -e` does: the source stays in ``checkout``, a ``.pth`` file points there."""
        plugin.write(checkout)
        plugin.write_metadata(self.folder)
        (self.folder / f"{plugin.name}.pth").write_text(f"{checkout}\n", "utf-8")
        site_packages.addsitedir(str(self.folder))
        importlib.invalidate_caches()
