"""Contracts of answers in general: complete, repeatable, founded, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.product import Product
from greenroom.conformance.subject import Question
from greenroom.model import (
    Answer,
    Ask,
    ChangeRequest,
    HostRequest,
    Instruct,
    Interview,
    Invite,
    MeetingRequest,
    Notice,
    Refusal,
    Say,
    Span,
)

QUESTIONS: Mapping[Question, Callable[[Product], st.SearchStrategy[Ask]]] = {
    "authorize": draw.authorize_requests,
    "want_meeting": draw.meeting_requests,
    "select_host": draw.host_requests,
    "create_meeting": draw.create_requests,
    "render_invite": draw.invite_requests,
    "disconnect": draw.disconnect_requests,
    "change": draw.change_requests,
}

_FACTS: Mapping[Question, tuple[str, ...]] = {
    "authorize": ("approval",),
    "want_meeting": ("busy",),
    "select_host": ("busy", "load", "turns"),
    "change": ("load",),
}
"""The facts that are fields of a question."""

_DAYS_LATER = (-9000, -200, 1, 9000)
"""To either side of the day on which the kit runs, whatever that is, so that an instant of one's own shows."""


def some_question(product: Product, data: st.DataObject) -> tuple[Question, Ask]:
    """Draw a question, and a request that can be asked of this product."""
    question = data.draw(st.sampled_from(sorted(QUESTIONS)), label="question")
    return question, data.draw(QUESTIONS[question](product), label="request")


def each_question(product: Product, data: st.DataObject) -> Iterator[tuple[Question, Ask]]:
    """Draw a request of every question."""
    for question, requests in QUESTIONS.items():
        yield question, data.draw(requests(product), label=question)


@contract(
    why="A question that raises stops the recruiter, and nobody knows what would have been decided.",
    fix="Handle every action, phase and missing fact; refuse where the document has no answer.",
)
def every_question_is_answered(product: Product, data: st.DataObject) -> None:
    """Whatever can be asked is answered, and the answer is one of those the question has."""
    for question, request in each_question(product, data):
        assert isinstance(product.ask(question, request), Answer)


@contract(
    why="Two answers to one question cannot both be explained, and a replay of stored facts says something else.",
    fix="Decide from the request alone: no clock, no randomness, nothing kept between questions.",
)
def the_same_question_has_the_same_answer(product: Product, data: st.DataObject) -> None:
    """Asked again, with another question in between, the answer is the same."""
    question, request = some_question(product, data)
    before = product.ask(question, request)
    product.ask(*some_question(product, data))
    assert product.ask(question, request.model_copy(deep=True)) == before


@contract(
    why="A decision that depends on today's date changes overnight, and passes tests only while they are fresh.",
    fix="Compare instants of the request with each other, never with one of your own.",
)
def all_instants_may_move_together(product: Product, data: st.DataObject) -> None:
    """The same facts on another day have the same answer."""
    question, request = some_question(product, data)
    days = timedelta(days=data.draw(st.sampled_from(_DAYS_LATER), label="days later"))
    assert product.ask(question, later(request, days)) == product.ask(question, request)


@contract(
    why="A decision nobody can trace to the document is worth nothing to whoever has to defend it.",
    fix="Give each answer the clause it rests on, or core's default where the document is silent.",
)
def every_answer_cites_what_it_rests_on(product: Product, data: st.DataObject) -> None:
    """Each answer gives at least one reason, and every reason is a clause of the product or a default of core."""
    question, request = some_question(product, data)
    answer = product.ask(question, request)
    assert answer.because, "no reason is given"
    unknown = {reason.clause for reason in answer.because} - product.clauses
    assert not unknown, f"cites {', '.join(sorted(unknown))}, which is no clause"


@contract(
    why="A person who is refused and not told why, or sent to a button that is not there, calls support.",
    fix="Write the message under `messages`; name only actions of the manifest under `next`.",
    refuses=True,
)
def a_refusal_says_what_and_what_next(product: Product, data: st.DataObject) -> None:
    """A refusal has words of the product, with every placeholder filled, and points only at what the product offers."""
    offered = {action for actions in product.manifest.actions.values() for action in actions}
    for question, request in each_question(product, data):
        answer = product.ask(question, request)
        if isinstance(answer, Refusal):
            text = product.words.text(answer.say)
            assert text not in {"", answer.say.key}, f"there are no words for {answer.say.key}"
            assert "{" not in text, f"a placeholder is left: {text}"
            assert set(answer.next) <= offered, f"{answer.code} points at an action that nobody is offered"


@contract(
    why="A name in braces, in a warning or on a page, tells people that nobody looked.",
    fix="Give every placeholder of the message a value under `values`, and every way on a button.",
    refuses=True,
)
def whatever_is_said_is_complete(product: Product, data: st.DataObject) -> None:
    """Each message, warning and notice of an answer has words without a placeholder; each way on is offered."""
    offered = {action for actions in product.manifest.actions.values() for action in actions}
    for question, request in each_question(product, data):
        answer = product.ask(question, request)
        for say in said_in(answer):
            text = product.words.text(say)
            assert text not in {"", say.key}, f"there are no words for {say.key}"
            assert "{" not in text, f"a placeholder is left in {say.key}: {text}"
        ways = set(answer.next) if isinstance(answer, Instruct) else set()
        assert ways <= offered, "points at an action that nobody is offered"


@contract(
    why="What hooks were told is gathered at a cost, and an undeclared fact may not have been looked up at all.",
    fix="Declare the fact under `facts` for this hook, or decide without it.",
    refuses=True,
)
def what_is_not_declared_does_not_count(product: Product, data: st.DataObject) -> None:
    """Facts that the manifest does not declare for the hook change nothing in its answer."""
    question = data.draw(st.sampled_from(("select_host", *_FACTS)), label="question")
    request, other = (data.draw(QUESTIONS[question](product), label=what) for what in ("request", "other facts"))
    undeclared = set(_FACTS[question]) - product.manifest.facts_for(question)
    swapped = {fact: getattr(other, fact) for fact in sorted(undeclared)}
    answers = [product.ask(question, one) for one in (request.model_copy(update=swapped), request)]
    assert answers[0] == answers[1], f"{question} depends on one of {', '.join(sorted(undeclared))}"


def said_in(value: object) -> Iterator[Say]:
    """Yield every message in an answer."""
    if isinstance(value, Say):
        yield value
    elif isinstance(value, Answer | Notice | Invite):
        for name in type(value).model_fields:
            yield from said_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from said_in(one)


def later(request: Ask, by: timedelta) -> Ask:
    """Return the request with every instant in it moved."""
    moved: dict[str, object] = {"at": request.at + by}
    for name in ("interview", "before", "after"):
        about = getattr(request, name, None)
        if isinstance(about, Interview) and about.start is not None:
            moved[name] = about.model_copy(update={"start": about.start + by})
    if isinstance(request, MeetingRequest):
        moved["busy"] = tuple(_moved(span, by) for span in request.busy)
    if isinstance(request, HostRequest | ChangeRequest):
        moved["load"] = tuple((who, _moved(span, by)) for who, span in request.load)
    return request.model_copy(update=moved)


def _moved(span: Span, by: timedelta) -> Span:
    return span.model_copy(update={"start": span.start + by, "end": span.end + by})
