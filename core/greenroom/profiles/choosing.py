"""Which profile fits: questions from what tells the installed profiles apart, and profiles ranked by the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from greenroom.documents import load_model
from greenroom.errors import BadInput
from greenroom.model import Value
from greenroom.profiles.comparison import Cited, Comparison, DimensionValue, compare, value_of
from greenroom.profiles.dimensions import Dimension, dimensions, wrong_words
from greenroom.profiles.profile import Profile

MOST_QUESTIONS = 10
_TELLING_APART = 3

Answers = Mapping[str, tuple[str, ...]]
"""By dimension, the words that would do: any one of them."""

Verdict = Literal["fits", "against", "open"]


class Option(Value):
    """One answer to a question: core's word, and what it means."""

    word: str
    means: str


class Question(Value):
    """A question of the interview; several options may be picked, then any one of them does."""

    dimension: str
    asks: str
    options: tuple[Option, ...]


class Reason(Value):
    """How a profile stands to one answer.

    *open*: its document is silent, so nothing speaks for or against it; *against* is also a silence that means that
    there is no such thing. ``says`` is empty where it is silent.
    """

    dimension: str
    title: str
    wanted: str
    verdict: Verdict
    says: str
    clauses: tuple[Cited, ...] = ()


class RankedProfile(Value):
    """A profile and all reasons for its ``place`` (1 is best; profiles that fit equally well share one)."""

    place: int
    name: str
    product: str
    edition: str
    reasons: tuple[Reason, ...]

    def count(self, verdict: Verdict) -> int:
        """Return how many answers it stands so to."""
        return sum(reason.verdict == verdict for reason in self.reasons)


class Tie(Value):
    """Profiles that share the first place, and what would tell them apart: each one's value, by the question."""

    profiles: tuple[str, ...]
    apart: tuple[TellingApart, ...]


class TellingApart(Value):
    """A dimension in which tied profiles differ; ``says`` stands in the order of the tie."""

    dimension: str
    title: str
    says: tuple[str, ...]


class Recommendation(Value):
    """Profiles by how well they fit the answers: fewest that speak against one, then most that fit."""

    answers: tuple[tuple[str, tuple[str, ...]], ...]
    ranked: tuple[RankedProfile, ...]
    tie: Tie | None = None


def _one_or_more(value: object) -> object:
    return tuple(value) if isinstance(value, list) else (value,)


class AnswerFile(Value):
    """Answers written down: by dimension, the word or words that would do. Any dimension may be answered."""

    answers: dict[str, Annotated[tuple[str, ...], BeforeValidator(_one_or_more), Field(min_length=1)]]


def questions(profiles: Sequence[Profile]) -> tuple[Question, ...]:
    """Return what to ask, in core's order: what tells these profiles apart, ten questions at most."""
    asked = (_question(one, profiles) for one in dimensions().values() if one.choose)
    return tuple(one for one in asked if one is not None)[:MOST_QUESTIONS]


def read_answers(file: Path) -> Answers:
    """Return the answers of a YAML or JSON file.

    Raises:
        DocumentError: it is no such file.
        BadInput: there is no such dimension, or it has no such value.
    """
    answers = load_model(file, AnswerFile).answers
    for name, words in answers.items():
        wrong = wrong_words(name, words)
        if wrong:
            raise BadInput(wrong, where=str(file), next="Correct it; greenroom profiles compare --json shows all")
    return answers


def choose(profiles: Sequence[Profile], answers: Answers) -> Recommendation:
    """Return the profiles ranked by how they stand to the answers; the same answers, the same ranking."""
    judged = [(profile, tuple(_reasons(profile, answers))) for profile in profiles]
    judged.sort(key=lambda one: (_rank(one[1]), one[0].name))
    ranked: list[RankedProfile] = []
    for _, equals in groupby(judged, key=lambda one: _rank(one[1])):
        place = len(ranked) + 1
        ranked += [_ranked(place, profile, reasons) for profile, reasons in equals]
    best = {one.name for one in ranked if one.place == 1}
    tied = [profile for profile, _ in judged if profile.name in best]
    return Recommendation(
        answers=tuple((name, tuple(words)) for name, words in answers.items()),
        ranked=tuple(ranked),
        tie=_tie(compare(tied), answers) if len(tied) > 1 else None,
    )


def _question(dimension: Dimension, profiles: Sequence[Profile]) -> Question | None:
    held = {value_of(profile, dimension).words for profile in profiles}
    options = [word for word in dimension.values if any(word in words for words in held)]
    if len({frozenset(words) for words in held}) < 2:  # all alike: nothing to choose by
        return None
    said = tuple(Option(word=word, means=dimension.values[word]) for word in options)
    return Question(dimension=dimension.name, asks=dimension.choose or dimension.asks, options=said)


def _reasons(profile: Profile, answers: Answers) -> Iterator[Reason]:
    for name, words in answers.items():
        dimension = dimensions()[name]
        value = value_of(profile, dimension)
        yield Reason(
            dimension=name,
            title=dimension.title,
            wanted=" or ".join(dimension.values[word] for word in words),
            verdict=_verdict(dimension, value, words),
            says=value.says,
            clauses=value.clauses,
        )


def _verdict(dimension: Dimension, value: DimensionValue, words: tuple[str, ...]) -> Verdict:
    if value.basis == "silent":
        return "against" if dimension.lacking or dimension.feature else "open"
    return "fits" if set(value.words) & set(words) else "against"


def _rank(reasons: Sequence[Reason]) -> tuple[int, int]:
    verdicts = [reason.verdict for reason in reasons]
    return verdicts.count("against"), -verdicts.count("fits")


def _ranked(place: int, profile: Profile, reasons: tuple[Reason, ...]) -> RankedProfile:
    return RankedProfile(
        place=place, name=profile.name, product=profile.manifest.product, edition=profile.edition, reasons=reasons
    )


def _tie(compared: Comparison, answers: Answers) -> Tie:
    """Name first what could have been answered, then what is never asked."""
    open_ones = [one for one in compared.differences if one.name not in answers]
    open_ones.sort(key=lambda one: dimensions()[one.name].choose is None)
    apart = tuple(
        TellingApart(
            dimension=one.name,
            title=one.title,
            says=tuple(value.says or "the document is silent" for value in one.values),
        )
        for one in open_ones[:_TELLING_APART]
    )
    return Tie(profiles=tuple(one.product for one in compared.profiles), apart=apart)
