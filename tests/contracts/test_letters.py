"""Contracts of what people are told: every letter renders, and shows what was granted and nothing of the host's."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import Product
from greenroom.conformance import strategies as draw
from greenroom.invites import LetterFacts, TemplateSet, compose
from greenroom.model import Invite, InviteRequest, Invites, Person
from greenroom.profiles import Profile

HOST_ONLY = ("zak=", "/s/", "start_url", "host_key")


def letters(profile: Profile, product: Product, request: InviteRequest) -> list[tuple[Invite, str]]:
    """Return every part of every letter of a request, as text."""
    answer = product.render_invite(request)
    found = []
    for invite in answer.items if isinstance(answer, Invites) else ():
        facts = LetterFacts(
            interview=request.interview,
            meeting=request.meeting,
            given=request.given,
            invite=invite,
            notes=tuple(profile.labels.text(say) for say in invite.notes),
            product=profile.manifest.product,
            why=request.why,
            reader_zone=None,
        )
        letter = compose(
            facts,
            templates=TemplateSet(profile.templates),
            letter_id="let_1",
            uid="int_1-0@greenroom",
            sequence=0,
            recipients=(Person(email="cam@home.example"),),
            now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
            sender=request.interview.scheduler,
        )
        calendar = (letter.ics or b"").decode().replace("\r\n ", "")
        found.append((invite, "\n".join((letter.subject, letter.text, letter.html, calendar))))
    return found


@QUICK
@given(data=st.data())
def test_candidates_never_get_a_host_secret(profile: Profile, product: Product, data: st.DataObject) -> None:
    """No letter to anybody holds a start link or host key."""
    for _, text in letters(profile, product, data.draw(draw.invite_requests(product))):
        assert not any(word in text for word in HOST_ONLY)


@QUICK
@given(data=st.data())
def test_a_letter_shows_what_was_granted(profile: Profile, product: Product, data: st.DataObject) -> None:
    """The join link stands in a letter only if its invite grants it; a passcode likewise."""
    request = data.draw(draw.invite_requests(product))
    url = request.meeting.join_url if request.meeting else (request.given.url if request.given else None)
    for invite, text in letters(profile, product, request):
        if url is not None and "join_url" not in invite.shows:
            assert url not in text
        if request.meeting is not None and "passcode" not in invite.shows:
            assert str(request.meeting.passcode) not in text
