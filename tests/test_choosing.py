"""Choosing a profile: the answers alone decide the ranking, and what an integrator meets on the terminal."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.cli import main
from greenroom.profiles import Profile, Registry, Switches
from greenroom.profiles.choosing import Answers, Recommendation, choose, questions
from greenroom.profiles.dimensions import dimensions

SCHEMAS = Path(__file__).parents[1] / "docs" / "schemas"
ANSWERS = Path(__file__).parents[1] / "examples" / "answers"
FITTING = {"staffing-agency": "exelare", "locked-down-enterprise": "lever", "small-team": "trakstar"}


@cache
def installed() -> tuple[Profile, ...]:
    """Return every profile that is installed."""
    registry = Registry.discover(Switches())
    return tuple(registry.profile(name) for name in registry.names)


def answered(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw one or more words of a dimension."""
    words = sorted(dimensions()[name].values)
    return st.lists(st.sampled_from(words), min_size=1, unique=True).map(tuple)


def answers(most: int = 6) -> st.SearchStrategy[Answers]:
    """Draw answers to some dimensions, also those that are never asked."""
    names = st.lists(st.sampled_from(sorted(dimensions())), max_size=most, unique=True)
    return names.flatmap(lambda some: st.fixed_dictionaries({name: answered(name) for name in some}))


def places(found: Recommendation) -> dict[str, int]:
    """Return the place of each profile by its name."""
    return {one.name: one.place for one in found.ranked}


def typed(*arguments: str, lines: str = "") -> Result:
    """Run ``greenroom profiles choose`` with what somebody types."""
    return CliRunner().invoke(main, ("profiles", "choose", *arguments), input=lines, env={"COLUMNS": "200"})


def chosen(*arguments: str, lines: str = "") -> Recommendation:
    """Return what the command recommends in JSON."""
    found = typed(*arguments, "--json", lines=lines)
    assert found.exit_code == 0, found.output
    printed = json.loads(found.stdout)
    jsonschema.validate(printed, json.loads((SCHEMAS / f"{printed['schema']}.json").read_text()))
    return Recommendation.model_validate_json(json.dumps(printed["data"]))


def written(folder: Path, text: str) -> str:
    """Return a file of answers."""
    file = folder / "answers.yaml"
    file.write_text(text)
    return str(file)


@QUICK
@given(answers())
def test_same_answers_same_ranking(given_ones: Answers) -> None:
    """Neither the order of the profiles nor that of the answers has a say in the places."""
    backwards = {name: given_ones[name] for name in reversed(list(given_ones))}
    found = choose(installed(), given_ones)
    assert choose(installed(), given_ones) == found
    assert places(choose(installed()[::-1], backwards)) == places(found)


@QUICK
@given(answers(), st.data())
def test_a_fitting_answer_never_lowers_a_profile(given_ones: Answers, data: st.DataObject) -> None:
    """A profile that fits one more answer stays before all that it was not behind of and that do not fit it."""
    name = data.draw(st.sampled_from(sorted(set(dimensions()) - set(given_ones))))
    before = places(choose(installed(), given_ones))
    found = choose(installed(), {**given_ones, name: data.draw(answered(name))})
    fits = {one.name: one.reasons[-1].verdict == "fits" for one in found.ranked}
    after = places(found)
    pairs = [(one, other) for one in fits for other in fits if fits[one] and not fits[other]]
    assert all(after[one] < after[other] for one, other in pairs if before[one] <= before[other])


@QUICK
@given(answers())
def test_every_verdict_has_its_evidence(given_ones: Answers) -> None:
    """What fits says why, by clauses; what is open has nothing said; each answer is judged once for each profile."""
    for ranked in choose(installed(), given_ones).ranked:
        assert [reason.dimension for reason in ranked.reasons] == list(given_ones)
        for reason in ranked.reasons:
            assert reason.verdict != "fits" or (reason.says and reason.clauses)
            assert reason.verdict != "open" or not reason.says


def test_silence_is_not_a_refusal() -> None:
    """A silent document leaves a host open; where silence means that there is none, it speaks against."""
    found = choose(installed(), {"host": ("scheduler",), "recordings": ("yes",)})
    silent = next(one for one in found.ranked if one.name == "interviewplanner")
    assert [reason.verdict for reason in silent.reasons] == ["open", "against"]


def test_what_fits_goes_before_what_is_open() -> None:
    """Among profiles that nothing speaks against, the one that says so comes first."""
    found = places(choose(installed(), {"candidate_link": ("always",)}))
    assert found["calendly"] == found["trakstar"] == 1
    assert found["interviewplanner"] == 3
    assert found["lever"] == found["exelare"] == 4


def test_a_tie_names_what_tells_apart() -> None:
    """Tied profiles differ in everything named, none of it answered, each with a value of its own."""
    found = choose(installed(), {"candidate_link": ("always",), "level": ("member", "organization")})
    assert found.tie is not None
    assert found.tie.profiles == ("Calendly", "Trakstar Hire")
    assert found.tie.apart
    assert "level" not in {one.dimension for one in found.tie.apart}  # they differ in it, but either would do
    assert all(len(set(one.says)) == len(found.tie.profiles) for one in found.tie.apart)


def test_questions_tell_profiles_apart() -> None:
    """Ten at most; nothing is asked that all answer alike, so one profile alone raises none."""
    assert 0 < len(questions(installed())) <= 10
    assert questions(installed()[:1]) == ()


@pytest.mark.parametrize("file", sorted(ANSWERS.glob("*.yaml")), ids=lambda file: file.stem)
def test_examples(file: Path) -> None:
    """Each integrator's answers lead to one profile that fits all of them."""
    best, second, *_ = chosen("--answers", str(file)).ranked
    assert best.name == FITTING[file.stem]
    assert best.count("fits") == len(best.reasons)
    assert second.place == 2


def test_json_answers_are_answers(tmp_path: Path) -> None:
    """The same answers in JSON, one word or a list, give the same recommendation."""
    yaml = written(tmp_path, "answers: {share_link: yes, host: [rotation]}")
    file = tmp_path / "answers.json"
    file.write_text(json.dumps({"answers": {"share_link": ["yes"], "host": "rotation"}}))
    assert chosen("--answers", str(file)) == chosen("--answers", yaml)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("answers: {hosts: scheduler}", "no dimension 'hosts'"),
        ("answers: {host: nobody}", "no value 'nobody'"),
        ("answers: {host: []}", "host"),
        ("host: scheduler", "answers"),
    ],
)
def test_wrong_answers_are_named(tmp_path: Path, text: str, named: str) -> None:
    """A wrong dimension, value, empty list or shape is one clear error with the file in it, and nothing is ranked."""
    found = typed("--answers", written(tmp_path, text))
    assert found.exit_code == 2
    assert named in found.stderr
    assert "answers.yaml" in found.stderr
    assert found.stdout == ""


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """Answers that are not there are an error that names the file."""
    found = typed("--answers", str(tmp_path / "none.yaml"))
    assert found.exit_code == 2
    assert "none.yaml" in found.stderr


def test_the_interview() -> None:
    """Typed numbers are the words of their options, several mean any of them, and Enter alone skips."""
    first, second, *others = questions(installed())
    found = chosen(lines="2\n1, 3\n" + "\n" * len(others))
    assert found.answers == (
        (first.dimension, (first.options[1].word,)),
        (second.dimension, (second.options[0].word, second.options[2].word)),
    )


def test_a_wrong_number_is_asked_again() -> None:
    """What is no option is not taken for one: the same question comes again."""
    first, *others = questions(installed())
    found = typed(lines="9\nyes\n1\n" + "\n" * len(others))
    assert found.stdout.count(f"numbers from 1 to {len(first.options)}") == 2
    assert "1 of 1 answers fit" in found.stdout


def test_an_end_of_input_is_no_answer() -> None:
    """Who leaves before the last question is told so, and what to do instead of a ranking."""
    left = CliRunner().invoke(main, ["profiles", "choose"], input="1\n")
    assert left.exit_code == 2
    assert "stopped before the last question" in left.stderr


def test_nothing_answered_is_no_ranking() -> None:
    """With every question skipped no profile is put before another."""
    found = typed(lines="\n" * len(questions(installed())))
    assert "every profile fits" in found.stdout
    assert {one.place for one in chosen(lines="\n" * 10).ranked} == {1}


def test_among_named_profiles() -> None:
    """Named profiles alone are ranked; a wrong name is refused before anything is asked."""
    file = str(ANSWERS / "small-team.yaml")
    assert set(places(chosen("lever", "exelare", "--answers", file))) == {"lever", "exelare"}
    wrong = typed("levr", "--answers", file)
    assert wrong.exit_code != 0
    assert "levr" in wrong.stderr
