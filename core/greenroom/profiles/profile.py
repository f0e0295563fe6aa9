"""One profile behind typed methods: nothing else in Greenroom calls a plugin's hooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from greenroom.model import (
    Answer,
    Ask,
    AuthorizeRequest,
    Change,
    ChangeRequest,
    Choice,
    Clause,
    CreateRequest,
    DisconnectRequest,
    FrozenMap,
    HostRequest,
    InviteRequest,
    Letters,
    Loss,
    MeetingRequest,
    Plan,
    Scope,
    Settings,
    Step,
    Want,
)
from greenroom.profiles.errors import Origin
from greenroom.profiles.files import load_walkthrough, template_stems
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest
from greenroom.profiles.parameters import Deviation
from greenroom.profiles.promises import (
    AUTHORIZE,
    CHANGE,
    CREATE_MEETING,
    DISCONNECT,
    RENDER_INVITE,
    SELECT_HOST,
    WANT_MEETING,
    Ground,
    Question,
)
from greenroom.profiles.walkthrough import Walkthrough
from greenroom.profiles.wiring import Wiring
from greenroom.profiles.withholding import withhold

if TYPE_CHECKING:
    from greenroom.invites import TemplateSet

T_co = TypeVar("T_co", covariant=True)
R = TypeVar("R", bound=Ask)
A = TypeVar("A", bound=Answer)


@dataclass(frozen=True, kw_only=True)
class Answered(Generic[T_co]):
    """An answer, judged, and stamped with whose it is.

    ``amended_by`` names the policies that changed it, innermost first, ``deviating`` the overridden parameters
    without which it would have been another; such an answer is the site's, so it is evidence for no clause of the
    product.
    """

    answer: T_co
    profile: str
    edition: str
    distribution: str
    version: str
    hook: str
    amended_by: tuple[str, ...] = ()
    deviating: tuple[Deviation, ...] = ()


@dataclass(frozen=True, eq=False)
class Profile:
    """A profile, loaded, in one edition of its words.

    Every hook has a method: it takes the request, withholds the facts that the manifest does not declare for the
    hook, asks, and judges the answer. Each raises `FactNotDeclared`, `WrongAnswer` or, when the plugin raised
    something else, `ProfileFault`.

    Attributes:
        origin: name, distribution and version of the plugin.
        edition: of the labels.
        clauses: by id; the product's, the policies' and core's own.
        folder: where the profile's files stand.
        deviations: the parameters that this deployment overrides.
    """

    origin: Origin
    edition: str
    manifest: Manifest
    labels: Labels
    clauses: Mapping[str, Clause]
    folder: Path
    settings: Mapping[Scope, type[Settings]]
    wiring: Wiring
    deviations: tuple[Deviation, ...] = ()

    @property
    def name(self) -> str:
        """The name it was installed and is asked for by."""
        return self.origin.name

    @property
    def distribution(self) -> str:
        """The distribution it was installed with."""
        return self.origin.distribution

    @property
    def version(self) -> str:
        """The version of that distribution."""
        return self.origin.version

    @property
    def templates(self) -> Path:
        """The folder of its invite templates."""
        return self.folder / "templates"

    @cached_property
    def letter_templates(self) -> TemplateSet:
        """Its invite templates, each compiled when it is first rendered."""
        from greenroom.invites import TemplateSet  # loads the template engine

        return TemplateSet(self.templates)

    @cached_property
    def parameters(self) -> FrozenMap:
        """The parameters in force, as every request carries them."""
        here = {one.parameter: one.here for one in self.deviations}
        return tuple(sorted({**self.manifest.parameters, **here}.items()))

    @cached_property
    def walkthrough(self) -> Walkthrough:
        """The steps a demo takes; raises `BrokenProfile` when the file is missing or wrong."""
        return load_walkthrough(self.origin, self.folder, Walkthrough)

    def settings_model(self, scope: Scope) -> type[Settings] | None:
        """Return the model of the settings of this scope, or ``None`` where the profile has none."""
        return self.settings.get(scope)

    def authorize(self, request: AuthorizeRequest) -> Answered[Step]:
        """Ask whether this person may do this."""
        return self._ask(AUTHORIZE, request)

    def by_core(self, answer: A, *, hook: str) -> Answered[A]:
        """Stamp an answer that core gives in the profile's place, where no document leaves a question."""
        return self._stamped(hook, answer)

    def want_meeting(self, request: MeetingRequest) -> Answered[Want]:
        """Ask whether a Zoom meeting is wanted for this interview."""
        return self._ask(WANT_MEETING, request)

    def select_host(self, request: HostRequest) -> Answered[Choice]:
        """Ask whose Zoom hosts it, and through which connection."""
        return self._ask(SELECT_HOST, request)

    def create_meeting(self, request: CreateRequest) -> Answered[Plan]:
        """Ask what exactly is asked of Zoom."""
        return self._ask(CREATE_MEETING, request)

    def render_invite(self, request: InviteRequest) -> Answered[Letters]:
        """Ask who is told what, and where."""
        return self._ask(RENDER_INVITE, request)

    def disconnect(self, request: DisconnectRequest) -> Answered[Loss]:
        """Ask what ends with a connection; `greenroom.rules.loss` answers for a profile that does not."""
        return self._ask(DISCONNECT, request)

    def change(self, request: ChangeRequest) -> Answered[Change]:
        """Ask what follows a change; `greenroom.rules.follow` answers for a profile that does not."""
        return self._ask(CHANGE, request)

    @cached_property
    def _ground(self) -> Ground:
        return Ground(self.manifest, self.labels, self.clauses, template_stems(self.templates))

    def _ask(self, question: Question[R, A], request: R) -> Answered[A]:
        seen = withhold(request, self.manifest.facts_for(question.hook))
        own, *policies = self.wiring.ask(question.hook, seen)
        answer = question.judge(own.answer, request, self._ground, own.by)
        amended_by: list[str] = []
        for policy in policies:
            if policy.answer is not answer and policy.answer != answer:
                answer = question.judge(policy.answer, request, self._ground, policy.by)
                amended_by.append(policy.by.name)
        deviating = tuple(one for one in self.deviations if self._rests_on(one, question.hook, seen, own.answer))
        return self._stamped(question.hook, answer, tuple(amended_by), deviating)

    def _rests_on(self, deviation: Deviation, hook: str, seen: Ask, answer: object) -> bool:
        """Whether the profile's own answer would be another with the documented value: hooks are pure, so ask."""
        documented = tuple(
            (name, deviation.documented if name == deviation.parameter else value) for name, value in seen.parameters
        )
        own, *_ = self.wiring.ask(hook, seen.model_copy(update={"parameters": documented}))
        return own.answer != answer

    def _stamped(
        self, hook: str, answer: A, amended_by: tuple[str, ...] = (), deviating: tuple[Deviation, ...] = ()
    ) -> Answered[A]:
        return Answered(
            answer=answer,
            profile=self.name,
            edition=self.edition,
            distribution=self.distribution,
            version=self.version,
            hook=hook,
            amended_by=amended_by,
            deviating=deviating,
        )
