"""The JSON documents commands print, by name and version; written to docs/schemas as JSON Schema."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import TypeAdapter

from greenroom.conformance.machine.report import Differ, MachineReport
from greenroom.conformance.mutation import MutantFate
from greenroom.conformance.proving import Proof
from greenroom.conformance.verdicts import ConformanceReport, ListedCheck, ReportDifference
from greenroom.conformance.zoom import CheckRun, FactStanding
from greenroom.engine.directory_views import DirectoryView
from greenroom.engine.elsewhere import InterviewElsewhere
from greenroom.engine.feature_outcomes import (
    CalendarOutcome,
    CallsOutcome,
    CandidateOutcome,
    DownloadOutcome,
    HostStartOutcome,
    RecordingsOutcome,
    TimelineOutcome,
    TranscriptsOutcome,
)
from greenroom.engine.host_views import HostMoveOutcome, HostsView
from greenroom.engine.notice_views import NoticesView
from greenroom.engine.outcomes import (
    DisconnectOutcome,
    Explanation,
    GateOutcome,
    InterviewOutcome,
    LetterView,
    MembersOutcome,
    Offer,
    OrganizationView,
    PanelOutcome,
    RoomsOutcome,
    SetupView,
    StatusView,
)
from greenroom.engine.profile_change_views import ProfileChange
from greenroom.lint.finding import Linted
from greenroom.model import Clause, Value
from greenroom.profiles import PluginReport, ProfileDescription, RecipeDescription
from greenroom.profiles.choosing import Recommendation
from greenroom.profiles.comparison import Comparison
from greenroom.profiles.zoom_app import ZoomApps
from greenroom.whatif.report import WhatIf

Standing = Literal["proven", "noted", "unproven", "failed", "default"]


class ErrorView(Value):
    """An error: stable ``code``, what happened, where, and what to do next."""

    code: str
    what: str
    where: str
    next: str


class Finding(Value):
    """One thing `doctor` looked at."""

    name: str
    ok: bool
    detail: str
    next: str = ""


class KeyView(Value):
    """A fresh sealing key, as ``GREENROOM_KEYS`` takes it."""

    keys: str


class ClauseStanding(Clause):
    """A clause of a profile, the checks that prove it, and where it stands.

    *failed*: one of its checks ran and did not pass; *default*: core's own, proven by core's tests.
    """

    profile: str
    checks: tuple[str, ...]
    standing: Standing


class ClauseProof(Proof):
    """What became of a wrong reading of a profile's clause."""

    profile: str


class ProfileMutant(MutantFate):
    """What became of one change of a profile's code."""

    profile: str


class DemoInterview(Value):
    """One interview of a demonstration, as the sandbox's ledger and the written invites show it."""

    title: str
    time: str
    host: str
    why: str
    link: str
    seen_by: tuple[str, ...]
    fate: str


class DemoReport(Value):
    """What a demonstration of one profile did, judged by the ledger and by the invites read back."""

    profile: str
    product: str
    steps: tuple[str, ...]
    authorized_by: tuple[str, ...]
    link_made: str
    interviews: tuple[DemoInterview, ...]
    findings: tuple[str, ...] = ()
    passed: bool
    out: str


SCHEMAS: dict[str, TypeAdapter[Any]] = {
    "greenroom.actions.v1": TypeAdapter(tuple[Offer, ...]),
    "greenroom.calendar.v1": TypeAdapter(CalendarOutcome),
    "greenroom.calls.v1": TypeAdapter(CallsOutcome),
    "greenroom.candidate.v1": TypeAdapter(CandidateOutcome),
    "greenroom.clause_proofs.v1": TypeAdapter(tuple[ClauseProof, ...]),
    "greenroom.clauses.v1": TypeAdapter(tuple[ClauseStanding, ...]),
    "greenroom.comparison.v1": TypeAdapter(Comparison),
    "greenroom.conformance.v1": TypeAdapter(ConformanceReport),
    "greenroom.conformance_checks.v1": TypeAdapter(tuple[ListedCheck, ...]),
    "greenroom.conformance_diff.v1": TypeAdapter(ReportDifference),
    "greenroom.conformance_differ.v1": TypeAdapter(Differ),
    "greenroom.conformance_machine.v1": TypeAdapter(tuple[MachineReport, ...]),
    "greenroom.demo.v1": TypeAdapter(tuple[DemoReport, ...]),
    "greenroom.directory.v1": TypeAdapter(DirectoryView),
    "greenroom.disconnect.v1": TypeAdapter(DisconnectOutcome),
    "greenroom.doctor.v1": TypeAdapter(tuple[Finding, ...]),
    "greenroom.download.v1": TypeAdapter(DownloadOutcome),
    "greenroom.error.v1": TypeAdapter(ErrorView),
    "greenroom.explanation.v1": TypeAdapter(Explanation),
    "greenroom.fact_checks.v1": TypeAdapter(tuple[CheckRun, ...]),
    "greenroom.facts.v1": TypeAdapter(tuple[FactStanding, ...]),
    "greenroom.gate.v1": TypeAdapter(GateOutcome),
    "greenroom.host_move.v1": TypeAdapter(HostMoveOutcome),
    "greenroom.host_start.v1": TypeAdapter(HostStartOutcome),
    "greenroom.hosts.v1": TypeAdapter(HostsView),
    "greenroom.interview.v1": TypeAdapter(InterviewOutcome),
    "greenroom.keys.v1": TypeAdapter(KeyView),
    "greenroom.letters.v1": TypeAdapter(tuple[LetterView, ...]),
    "greenroom.lint.v1": TypeAdapter(tuple[Linted, ...]),
    "greenroom.members.v1": TypeAdapter(MembersOutcome),
    "greenroom.mutants.v1": TypeAdapter(tuple[ProfileMutant, ...]),
    "greenroom.notices.v1": TypeAdapter(NoticesView),
    "greenroom.organization.v1": TypeAdapter(OrganizationView),
    "greenroom.organizations.v1": TypeAdapter(tuple[OrganizationView, ...]),
    "greenroom.panel.v1": TypeAdapter(PanelOutcome),
    "greenroom.plugins.v1": TypeAdapter(tuple[PluginReport, ...]),
    "greenroom.profile_change.v1": TypeAdapter(ProfileChange),
    "greenroom.profile.v1": TypeAdapter(ProfileDescription),
    "greenroom.recipes.v1": TypeAdapter(tuple[RecipeDescription, ...]),
    "greenroom.recordings.v1": TypeAdapter(RecordingsOutcome),
    "greenroom.recommendation.v1": TypeAdapter(Recommendation),
    "greenroom.rooms.v1": TypeAdapter(RoomsOutcome),
    "greenroom.setup.v1": TypeAdapter(SetupView),
    "greenroom.status.v1": TypeAdapter(tuple[StatusView, ...]),
    "greenroom.timeline.v1": TypeAdapter(TimelineOutcome),
    "greenroom.transcripts.v1": TypeAdapter(TranscriptsOutcome),
    "greenroom.whatif.v1": TypeAdapter(WhatIf),
    "greenroom.whatif_interview.v1": TypeAdapter(InterviewElsewhere),
    "greenroom.zoom_app.v1": TypeAdapter(ZoomApps),
}
