"""A subject as a check sees it: questions and answers are values, words and manifest are read by name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar, cast, get_args

from pydantic import TypeAdapter, ValidationError

from greenroom.conformance.subject import JsonObject, Question, Subject, SubjectFault
from greenroom.model import (
    Answer,
    Ask,
    AuthorizeRequest,
    Change,
    ChangeRequest,
    Choice,
    CreateRequest,
    DisconnectRequest,
    HostRequest,
    InviteRequest,
    Letters,
    Loss,
    MeetingRequest,
    Plan,
    Scope,
    Step,
    Want,
)
from greenroom.profiles.labels import Labels
from greenroom.profiles.manifest import Manifest

A = TypeVar("A")

REQUESTS: dict[Question, type[Ask]] = {
    "authorize": AuthorizeRequest,
    "want_meeting": MeetingRequest,
    "select_host": HostRequest,
    "create_meeting": CreateRequest,
    "render_invite": InviteRequest,
    "disconnect": DisconnectRequest,
    "change": ChangeRequest,
}

_STEP: TypeAdapter[Step] = TypeAdapter(Step)
_WANT: TypeAdapter[Want] = TypeAdapter(Want)
_CHOICE: TypeAdapter[Choice] = TypeAdapter(Choice)
_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
_LETTERS: TypeAdapter[Letters] = TypeAdapter(Letters)
_LOSS: TypeAdapter[Loss] = TypeAdapter(Loss)
_CHANGE: TypeAdapter[Change] = TypeAdapter(Change)

ANSWERS: dict[Question, TypeAdapter[Answer]] = {
    "authorize": cast("TypeAdapter[Answer]", _STEP),
    "want_meeting": cast("TypeAdapter[Answer]", _WANT),
    "select_host": cast("TypeAdapter[Answer]", _CHOICE),
    "create_meeting": cast("TypeAdapter[Answer]", _PLAN),
    "render_invite": cast("TypeAdapter[Answer]", _LETTERS),
    "disconnect": cast("TypeAdapter[Answer]", _LOSS),
    "change": cast("TypeAdapter[Answer]", _CHANGE),
}

_WORLD = frozenset({"organization", "at", "connections", "parameters"})


class Parts(NamedTuple):
    """A request as a subject is given it: what is so, who asks, and the rest of the question."""

    world: JsonObject
    settings: JsonObject
    actor: JsonObject | None
    arguments: JsonObject


def parts_of(request: Ask) -> Parts:
    """Return a request in the parts that `Subject.reset` and `Subject.act` take."""
    said = request.model_dump(mode="json")
    settings, actor = said.pop("settings"), said.pop("actor")
    return Parts({name: said.pop(name) for name in _WORLD}, settings, actor, said)


class Product:
    """What a check is given. Each question raises `SubjectFault` (a failure) where it is not answered."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject

    @property
    def subject(self) -> Subject:
        """What is asked."""
        return self._subject

    @cached_property
    def words(self) -> Labels:
        """The product's words, as it shows them."""
        return Labels.model_validate(self._subject.observe("words"))

    @cached_property
    def manifest(self) -> Manifest:
        """What the product declares of itself."""
        return Manifest.model_validate(self._subject.observe("manifest"))

    @cached_property
    def settings(self) -> Mapping[Scope, JsonObject]:
        """The scopes that have settings, each with the JSON Schema of its settings."""
        seen = self._subject.observe("settings")
        return {scope: seen[scope.value] for scope in Scope if isinstance(seen.get(scope.value), dict)}  # type: ignore[misc]  # told by isinstance

    @cached_property
    def clauses(self) -> frozenset[str]:
        """The ids of the clauses and defaults that an answer may rest on."""
        return frozenset(self._subject.observe("clauses"))

    def prints(self, *phrases: str) -> bool:
        """Whether each of ``phrases`` stands in one of the product's words, wherever lines break."""
        return all(any(" ".join(phrase.split()) in text for text in self._texts) for phrase in phrases)

    def ask(self, question: Question, request: Ask) -> Answer:
        """Ask any of the seven questions."""
        return self._ask(question, request, ANSWERS[question])

    def authorize(self, request: AuthorizeRequest) -> Step:
        """Ask whether somebody may do something."""
        return self._ask("authorize", request, _STEP)

    def want_meeting(self, request: MeetingRequest) -> Want:
        """Ask whether a Zoom meeting is wanted for an interview."""
        return self._ask("want_meeting", request, _WANT)

    def select_host(self, request: HostRequest) -> Choice:
        """Ask whose Zoom hosts it."""
        return self._ask("select_host", request, _CHOICE)

    def create_meeting(self, request: CreateRequest) -> Plan:
        """Ask what exactly is asked of Zoom."""
        return self._ask("create_meeting", request, _PLAN)

    def render_invite(self, request: InviteRequest) -> Letters:
        """Ask who is told what."""
        return self._ask("render_invite", request, _LETTERS)

    def disconnect(self, request: DisconnectRequest) -> Loss:
        """Ask what ends with a connection."""
        return self._ask("disconnect", request, _LOSS)

    def change(self, request: ChangeRequest) -> Change:
        """Ask what follows a change."""
        return self._ask("change", request, _CHANGE)

    def _ask(self, question: Question, request: Ask, answers: TypeAdapter[A]) -> A:
        parts = parts_of(request)
        self._subject.reset(parts.world, parts.settings)
        answer = self._subject.act(parts.actor, question, parts.arguments)
        try:
            return answers.validate_python(answer, strict=False)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise SubjectFault(question, f"the answer is none, at {where}: {first['msg']}") from error

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(" ".join(text.split()) for text in _leaves(self.words.model_dump(mode="json")))


def _leaves(words: object) -> list[str]:
    """Return every text in a tree of words."""
    if isinstance(words, str):
        return [words]
    if isinstance(words, dict):
        return [text for branch in words.values() for text in _leaves(branch)]
    return []


assert set(REQUESTS) == set(get_args(Question))
