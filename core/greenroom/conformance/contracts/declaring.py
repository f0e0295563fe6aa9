"""Contracts of the manifest: what it declares is so, and nothing it rules out is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.contracts.answering import QUESTIONS
from greenroom.conformance.product import Product
from greenroom.conformance.subject import Question
from greenroom.model import Action, Answer, AskApproval, HostChoice, Invites, NewMeeting, ShareLink, UseLink

_BUTTONS: Mapping[str, frozenset[Action]] = {
    "share_link": frozenset({Action.SHARE}),
    "pre_approval": frozenset({Action.ASK_APPROVAL}),
    "disconnect": frozenset({Action.DISCONNECT, Action.DISABLE}),
    "member_list": frozenset({Action.SEE_MEMBERS}),
}
"""The actions of which a product with this capability offers one."""

_SHOWING: tuple[Question, ...] = ("authorize", "want_meeting", "select_host", "create_meeting", "render_invite")
"""The questions whose answers show what a product can do."""

_SENT: Mapping[str, Literal["use_pmi", "join_before_host", "waiting_room", "passcode"]] = {
    "personal_meeting_id": "use_pmi",
    "join_before_host": "join_before_host",
    "waiting_room": "waiting_room",
    "passcode": "passcode",
}
"""What is asked of Zoom for a meeting by a product with this capability."""


@contract(
    why="A phase nobody comes to is drawn on the page, explained to people, and never seen.",
    fix="Drop the phase from the manifest, or declare and make the move that leads to it.",
    once=True,
)
def every_phase_is_reached(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """To each declared phase, but the one that all start in, a declared move leads."""
    for level, phases in product.manifest.phases.items():
        ends = {move.to for move in product.manifest.moves.get(level, ())}
        missed = [phase.name for phase in phases[1:] if phase.name not in ends]
        assert not missed, f"nothing leads at {level} to {', '.join(missed)}"


@contract(
    why="Who compares products by their capabilities chooses one for a button that is not there.",
    fix="Correct `capabilities`, or `actions`.",
    once=True,
)
def capabilities_and_buttons_agree(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """A capability that is full has a button, and one that is unsupported has none."""
    offered = {action for actions in product.manifest.actions.values() for action in actions}
    for name, actions in _BUTTONS.items():
        stated = product.manifest.capabilities.get(name)
        level = stated.level if stated is not None else "silent"
        assert level != "full" or actions & offered, f"{name} is full, and nothing offers it"
        assert level != "unsupported" or not actions & offered, f"{name} is unsupported, and a button offers it"


@contract(
    why="A capability that is ruled out and works nonetheless is relied on by nobody and tested by nobody.",
    fix="Correct the level under `capabilities`, or leave it undone.",
    refuses=True,
)
def what_is_unsupported_is_not_done(product: Product, data: st.DataObject) -> None:
    """No answer does what the manifest says the product does not support."""
    question = data.draw(st.sampled_from(_SHOWING), label="question")
    for name in _done_by(product.ask(question, data.draw(QUESTIONS[question](product), label="request"))):
        stated = product.manifest.capabilities.get(name)
        assert stated is None or stated.level != "unsupported", f"{name} is unsupported, and done by {question}"


@contract(
    why="An invite that goes out before somebody saw it cannot be taken back.",
    fix='Give every invite `release="on_send"`, or correct `sending` in the manifest.',
    refuses=True,
    unless=lambda product: "" if product.manifest.sending.review_first else "nothing is reviewed before it is sent",
)
def nothing_goes_out_unseen(product: Product, data: st.DataObject) -> None:
    """Where somebody looks at invites first, each waits until they say send."""
    told = product.render_invite(data.draw(draw.invite_requests(product), label="request"))
    for one in told.items if isinstance(told, Invites) else ():
        assert one.release == "on_send", f"the invite of {one.audience} goes out at once"


@contract(
    why="Two interviews in one room: the second candidate walks in on the first.",
    fix="Leave the Personal Meeting ID out, or correct `link.unique` in the manifest.",
    refuses=True,
    unless=lambda product: "" if product.manifest.link.unique == "always" else "links need not be unique",
)
def a_unique_link_is_nobodys_own_room(product: Product, data: st.DataObject) -> None:
    """Where each interview has a link of its own, none is the host's Personal Meeting ID."""
    plan = product.create_meeting(data.draw(draw.create_requests(product), label="request"))
    assert not isinstance(plan, NewMeeting) or plan.use_pmi is not True, "the host's own room is asked for"


def _done_by(answer: Answer) -> Iterator[str]:
    """Yield the capabilities that an answer shows the product to have."""
    match answer:
        case ShareLink():
            yield "share_link"
        case AskApproval():
            yield "pre_approval"
        case UseLink():
            yield "manual_details"
        case HostChoice() if answer.turn is not None:
            yield "rotation"
        case NewMeeting():
            yield from (name for name, field in _SENT.items() if getattr(answer, field) is not None)
        case Invites() if any("passcode" in one.shows for one in answer.items):
            yield "passcode"
