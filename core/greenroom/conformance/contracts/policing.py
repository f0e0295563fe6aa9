"""Contracts of the policies that a site puts around a profile: they may tighten what it answers, never loosen it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from hypothesis import strategies as st

from greenroom.conformance.contract import contract
from greenroom.conformance.contracts.answering import each_question
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import Product, parts_of
from greenroom.model import Answer, Invites, Loss, NewMeeting, NoMeeting, NotYet, Refusal, UseLink, Wanted

_SAFEGUARDS = (("waiting_room", True), ("authentication", True), ("use_pmi", False), ("join_before_host", False))
"""What is asked of Zoom to keep people out of a meeting, and the value that does."""


def _no_policies(product: Product) -> str:
    if not isinstance(product.subject, InProcess):
        return "it is reached from outside, with whatever policies it has there"
    return "" if product.subject.profile.wiring.policies else "no policy is installed"


@contract(
    why="A policy that was installed to forbid something allows something else, against the product's document.",
    fix="Let the policy pass refusals on as they are, and only add to what is asked of Zoom or held back.",
    refuses=True,
    unless=_no_policies,
)
def policies_never_loosen(product: Product, data: st.DataObject) -> None:
    """Around a profile, a policy turns no refusal into a permission, drops no safeguard of a meeting, shows nobody
    more, sends nothing earlier, and leaves no grant alive that was to be revoked."""
    subject = product.subject
    assert isinstance(subject, InProcess)
    for question, request in each_question(product, data):
        world, settings, actor, arguments = parts_of(request)
        subject.reset(world, settings)
        heard = subject.profile.wiring.ask(question, subject.request(actor, question, arguments))
        for inner, outer in pairwise(heard):
            assert isinstance(inner.answer, Answer)
            assert isinstance(outer.answer, Answer), f"the policy {outer.by.name} answers {question} with no answer"
            for what in _loosened(inner.answer, outer.answer):
                message = f"the policy {outer.by.name} loosens {question}: {what}"
                raise AssertionError(message)


def _loosened(inner: Answer, outer: Answer) -> Iterator[str]:
    """Yield what an answer allows that the one inside it did not."""
    match inner, outer:
        case Refusal(), Refusal():
            return
        case Refusal(), _:
            yield f"a refusal ({inner.code}) is none any more"
        case ((NotYet() | NoMeeting() | UseLink()), Wanted()):
            yield "a meeting is wanted where none was"
        case NewMeeting(), NewMeeting():
            yield from _safeguards_dropped(inner, outer)
        case Invites(), Invites():
            yield from _told_more(inner, outer)
        case Loss(), Loss() if inner.revoke and not outer.revoke:
            yield "a grant that was to be revoked is kept"


def _safeguards_dropped(inner: NewMeeting, outer: NewMeeting) -> Iterator[str]:
    for name, safe in (
        ("waiting_room", True),
        ("authentication", True),
        ("use_pmi", False),
        ("join_before_host", False),
    ):
        if getattr(inner, name) is safe and getattr(outer, name) is not safe:
            yield f"{name} was {safe}"
    if inner.passcode is not None and outer.passcode is None:
        yield "there was a passcode"


def _told_more(inner: Invites, outer: Invites) -> Iterator[str]:
    before = {(one.audience, one.channel, one.calendar): one for one in inner.items}
    for one in outer.items:
        known = before.get((one.audience, one.channel, one.calendar))
        if known is None:
            yield f"the {one.audience} is told by {one.channel}"
        elif not one.shows <= known.shows:
            yield f"the {one.audience} is shown {', '.join(sorted(one.shows - known.shows))}"
        elif known.release == "on_send" and one.release != "on_send":
            yield f"the invite of the {one.audience} goes out unseen"
