"""Contracts of templates: a letter shows what was granted and nothing else, whatever people are called."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.in_process import InProcess
from greenroom.conformance.plays.calendars import event_of
from greenroom.conformance.plays.mail import addresses, harmful_markup, unexpected_headers
from greenroom.conformance.product import Product
from greenroom.invites import Letter, LetterFacts, compose
from greenroom.invites.errors import InviteFault
from greenroom.model import Candidate, Invite, InviteRequest, Invites, Person

_CANDIDATE = Candidate(email="cam@home.example", name="Cam", time_zone="Asia/Kathmandu")


def _no_templates(product: Product) -> str:
    return "" if isinstance(product.subject, InProcess) else "its templates are not seen from outside"


@contract(
    why="The candidate waits for a link that was granted to them, or holds one that was not.",
    fix="Print `details.join_url` wherever the template is for somebody it may be granted to; write no link yourself.",
    unless=_no_templates,
)
def the_link_arrives_exactly_when_granted(product: Product, data: st.DataObject) -> None:
    """A letter holds the join link if its invite grants it, and otherwise nowhere; so with a passcode not granted."""
    request = data.draw(draw.invite_requests(product), label="request")
    url = request.meeting.join_url if request.meeting else (request.given.url if request.given else None)
    passcode = request.meeting.passcode if request.meeting else None
    for invite, letter in _letters(product, request):
        whole = _whole(letter)
        if url is not None and "join_url" not in invite.shows:
            assert url not in whole, f"the {invite.audience}'s letter holds a link that was not granted"
        if url is not None and "join_url" in invite.shows and request.why != "cancelled":
            assert url in letter.text, f"the {invite.audience} was granted the link, and the letter has none"
        if passcode is not None and "passcode" not in invite.shows:
            assert passcode not in whole, f"the {invite.audience}'s letter holds a passcode that was not granted"


@contract(
    why="Somebody's name is a header, a script or a second event in the mail of everybody who is invited.",
    fix="Mark nothing in a template as safe; build no address, link or attribute out of what people typed.",
    refuses=True,
    unless=_no_templates,
)
def hostile_texts_inject_nothing(product: Product, data: st.DataObject) -> None:
    """Whatever people and interviews are called, a letter's headers, page and calendar hold what they would hold."""
    request = data.draw(draw.invite_requests(product), label="request")
    texts = [data.draw(draw.hostile_texts(), label=what) for what in ("subject", "room", "notes", "name")]
    for invite, letter in _letters(product, _called(request, *texts)):
        told = f"the {invite.audience}'s letter"
        people = {one.email for one in (*letter.recipients, letter.sender, letter.reply_to)}
        assert addresses(letter.eml) == people, f"{told} goes to {', '.join(sorted(addresses(letter.eml) ^ people))}"
        assert not unexpected_headers(letter.eml), f"{told} has {', '.join(unexpected_headers(letter.eml))}"
        assert not harmful_markup(letter.html), f"{told} has {', '.join(harmful_markup(letter.html))} in its page"
        if letter.ics is not None:
            invited = set(event_of(letter.ics).attendees)
            assert invited == {one.email for one in letter.recipients}, f"{told} invites {', '.join(sorted(invited))}"


def _called(request: InviteRequest, subject: str, room: str, notes: str, name: str) -> InviteRequest:
    """Return the request with every text in it replaced."""
    about = request.interview
    people = tuple(one.model_copy(update={"name": name}) for one in about.interviewers)
    candidates = tuple(one.model_copy(update={"name": name}) for one in about.candidates)
    scheduler = about.scheduler.model_copy(update={"name": name})
    said = {"subject": subject, "room": room, "notes": notes, "scheduler": scheduler}
    called = about.model_copy(update={**said, "interviewers": people, "candidates": candidates})
    return request.model_copy(update={"interview": called})


def _letters(product: Product, request: InviteRequest) -> Iterator[tuple[Invite, Letter]]:
    """Yield the letter of every invite. Raises ``AssertionError`` for a template that cannot be rendered."""
    assert isinstance(product.subject, InProcess)
    profile, answer = product.subject.profile, product.render_invite(request)
    for invite in answer.items if isinstance(answer, Invites) else ():
        facts = LetterFacts(
            interview=request.interview,
            meeting=request.meeting,
            given=request.given,
            invite=invite,
            notes=tuple(profile.labels.text(say) for say in invite.notes),
            product=profile.manifest.product,
            why=request.why,
        )
        try:
            yield invite, _composed(product, facts, request)
        except InviteFault as fault:
            message = f"the {invite.audience}'s letter cannot be written: {fault}"
            raise AssertionError(message) from fault


def _composed(product: Product, facts: LetterFacts, request: InviteRequest) -> Letter:
    assert isinstance(product.subject, InProcess)
    about = request.interview
    by_audience: dict[str, tuple[Person, ...]] = {
        "candidate": about.candidates or (_CANDIDATE,),
        "interviewers": about.interviewers or (about.scheduler,),
        "scheduler": (about.scheduler,),
    }
    return compose(
        facts,
        templates=product.subject.profile.letter_templates,
        letter_id="let_1",
        uid="int_1-0@greenroom",
        sequence=0,
        recipients=by_audience[facts.invite.audience],
        now=request.at,
        sender=about.scheduler,
    )


def _whole(letter: Letter) -> str:
    calendar = (letter.ics or b"").decode().replace("\r\n ", "")
    return "\n".join((letter.subject, letter.text, unescape(letter.html), calendar))
