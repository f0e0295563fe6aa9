"""Conflicts are seen while arranging an interview, and notified of like the other troubles with Zoom."""

from __future__ import annotations

from datetime import datetime, timedelta

from greenroom.conformance import Product, cited, proves
from greenroom.conformance.facts import interview
from greenroom.model import Say, Span, Stage, Wanted
from greenroom_exelare.checks.asks import EVERYTHING, INA, authorized, wanted, without

START = datetime.fromisoformat("2026-11-26T10:00:00+00:00")
LENGTH = timedelta(minutes=45)
BUSY = Span(start=START, end=START + LENGTH, what="Rita Recruiter")
LATER = timedelta(hours=2)


def arranged(product: Product, *busy: Span, scopes: frozenset[str] = EVERYTHING) -> Wanted:
    """Return the answer to an interview at `START` whose recruiter is ``busy``: it is wanted in any case."""
    answer = wanted(product, busy=busy, connections=authorized(scopes=scopes))
    assert isinstance(answer, Wanted), answer
    return answer


def keys(said: tuple[Say, ...]) -> list[str]:
    """Return what was said, by key."""
    return [say.key for say in said]


@proves("EXE-36", "EXE-43")
def check_conflicts_are_shown_and_notified_of(product: Product) -> None:
    """An event of the recruiter's at that time is shown while arranging the interview, told, and stops nothing."""
    for busy in (BUSY, Span(start=START - LATER, end=START + timedelta(minutes=1), what="Rita Recruiter")):
        answer = arranged(product, busy)
        assert keys(answer.warnings) == ["conflict"]
        assert cited(answer) >= {"EXE-13", "EXE-19", "EXE-36", "EXE-43"}
        assert dict(answer.warnings[0].values)["who"] == "Rita Recruiter"
        assert [(notice.to, notice.say) for notice in answer.notices] == [("scheduler", answer.warnings[0])]


@proves("EXE-36", "EXE-43")
def check_each_conflict_is_named_once(product: Product) -> None:
    """Of several events at that time each is named, and those at another time are not."""
    ben = BUSY.model_copy(update={"what": "Ben"})
    anonymous = BUSY.model_copy(update={"what": ""})
    elsewhere = Span(start=BUSY.end, end=BUSY.end + LATER, what="Ina")
    answer = arranged(product, BUSY, ben, ben, anonymous, elsewhere)
    assert [dict(say.values)["who"] for say in answer.warnings] == ["Ben, Rita Recruiter"]
    assert [dict(say.values)["who"] for say in arranged(product, anonymous).warnings] == ["the recruiter"]


@proves("EXE-36", "EXE-43")
def check_no_conflict_no_word(product: Product) -> None:
    """Events at other times, touching ones included, are no conflict, nor is any with a meeting of no known length."""
    others = (Span(start=BUSY.end, end=BUSY.end + LATER), Span(start=START - LATER, end=START))
    answer = arranged(product, *others)
    assert (answer.warnings, answer.notices) == ((), ())
    endless = wanted(product, interview(INA, stage=Stage.SAVED, minutes=None), busy=(BUSY,))
    assert isinstance(endless, Wanted)
    assert (endless.warnings, endless.notices) == ((), ())


@proves("EXE-43")
def check_three_kinds_of_problems_are_notified_of(product: Product) -> None:
    """Account limitations, scheduling conflicts and creation errors each have a notification of their own."""
    assert product.manifest.problems.keys() >= {"plan_limit", "conflict", "creation"}
    problems = [product.manifest.problems[kind] for kind in ("plan_limit", "conflict", "creation")]
    assert [(one.to, one.scopes) for one in problems] == [("scheduler", ("meeting:read",))] * 3
    assert len({product.words.text(Say(key=one.say)) for one in problems}) == len(problems)


@proves("EXE-24")
def check_a_failed_creation_is_told(product: Product) -> None:
    """When Zoom makes no meeting the scheduler is told so, and that nothing was stored."""
    problem = product.manifest.problems.get("creation")
    assert problem is not None
    assert problem.to == "scheduler"
    assert "No meeting information was stored" in product.words.text(Say(key=problem.say))


@proves("EXE-36", "EXE-43", "EXE-59")
def check_conflicts_need_their_permissions(product: Product) -> None:
    """Seeing a conflict is tied to the calendar's permission, its notification to that of meetings."""
    unseen = arranged(product, BUSY, scopes=without("calendar:read"))
    assert (unseen.warnings, len(unseen.notices)) == ((), 1)
    untold = arranged(product, BUSY, scopes=without("meeting:read"))
    assert (len(untold.warnings), untold.notices) == (1, ())
