"""Contracts of invites: who is told what."""

from __future__ import annotations

from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.product import Product
from greenroom.model import InviteRequest, Invites


def invites(product: Product, data: st.DataObject) -> tuple[InviteRequest, Invites | None]:
    """Draw a question who is told, and return the invites if there are any."""
    request = data.draw(draw.invite_requests(product), label="request")
    answer = product.render_invite(request)
    return request, answer if isinstance(answer, Invites) else None


@contract(
    why="Two calendar entries for one interview are two interviews to whoever gets them.",
    fix="Return one invite for each audience and channel.",
    refuses=True,
)
def each_audience_is_told_once(product: Product, data: st.DataObject) -> None:
    """Nobody is told twice of the same interview by the same channel."""
    _, told = invites(product, data)
    if told is not None:
        keys = [(one.audience, one.channel, one.calendar) for one in told.items]
        assert len(keys) == len(set(keys)), f"told twice: {sorted(map(str, keys))}"


@contract(
    why="An invite that promises details which are not there is sent again by hand.",
    fix="Grant details only when the request has a meeting or a given link.",
    refuses=True,
)
def nothing_is_shown_that_is_not_there(product: Product, data: st.DataObject) -> None:
    """Without a meeting or a given link, no invite shows details of one."""
    request, told = invites(product, data)
    if told is not None and request.meeting is None and request.given is None:
        shown = {detail for one in told.items for detail in one.shows}
        assert not shown, f"shows {', '.join(sorted(shown))} of no meeting"


@contract(
    why="A note without words is a key in somebody's calendar.",
    fix="Write each note under `messages`.",
    refuses=True,
)
def every_note_has_words(product: Product, data: st.DataObject) -> None:
    """Whatever an invite notes stands in the product's words, with every placeholder filled."""
    _, told = invites(product, data)
    for one in told.items if told is not None else ():
        for say in one.notes:
            text = product.words.text(say)
            assert text not in {"", say.key}, f"there are no words for {say.key}"
            assert "{" not in text, f"a placeholder is left: {text}"


@contract(
    why="A candidate who is on the interview and told nothing does not come.",
    fix="Return an invite for the audience `candidate` wherever the product's document invites candidates.",
)
def who_is_told_is_on_the_interview(product: Product, data: st.DataObject) -> None:
    """Only audiences that the interview has are told."""
    request, told = invites(product, data)
    present = {
        "candidate": bool(request.interview.candidates),
        "interviewers": bool(request.interview.interviewers),
        "scheduler": True,
    }
    for one in told.items if told is not None else ():
        assert present.get(one.audience, True), f"tells {one.audience}, and there is none"
