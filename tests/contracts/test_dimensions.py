"""What a profile is compared by is what it does: stated values fit the rest of the manifest, and the hooks."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.depth import QUICK

from greenroom.conformance import Product
from greenroom.conformance.facts import NOW, member, organization
from greenroom.conformance.strategies import host_requests, invite_requests
from greenroom.model import Action, AuthorizeRequest, HostChoice, Invites, Level, Refusal
from greenroom.profiles import Profile
from greenroom.profiles.comparison import contradictions, undescribed, values_of

STARTS = (Action.ENABLE, Action.SHARE, Action.CONNECT)


def words(profile: Profile, dimension: str) -> set[str]:
    """Return the words of a profile's value."""
    return set(values_of(profile)[dimension].words)


def test_what_is_stated_fits_the_manifest(profile: Profile) -> None:
    """No dimension is stated against what levels, actions, capabilities, features or settings say."""
    assert [str(one) for one in contradictions(profile)] == []


def test_what_is_described_is_said(profile: Profile) -> None:
    """A capability that the document is said to describe has a value."""
    assert list(undescribed(profile)) == []


def test_every_value_rests_on_clauses(profile: Profile) -> None:
    """Where a profile says something, it cites its document for it, never core's defaults alone."""
    loose = [name for name, value in values_of(profile).items() if value.words and value.basis in {"default", "silent"}]
    assert loose == []
    assert all(value.clauses for value in values_of(profile).values() if value.words)


def test_starters_are_those_the_gate_lets_start(profile: Profile) -> None:
    """Roles are refused the first step exactly where administrators alone are said to start."""
    level = Level.ORGANIZATION if Level.ORGANIZATION in profile.manifest.levels else Level.MEMBER
    first = next(action for action in STARTS if action in profile.manifest.actions[level])
    refused = {role for role in profile.manifest.roles.known if _role_refused(profile, role, first, level)}
    assert bool(refused) is (words(profile, "starter") == {"administrators"})
    assert profile.manifest.roles.administrator not in refused


def _role_refused(profile: Profile, role: str, action: Action, level: Level) -> bool:
    request = AuthorizeRequest(organization=organization(), actor=member(role), at=NOW, action=action, level=level)
    answer = profile.authorize(request).answer
    return isinstance(answer, Refusal) and answer.code == "role_not_allowed"


@QUICK
@given(data=st.data())
def test_hosts_are_of_the_kind_that_is_said(profile: Profile, product: Product, data: st.DataObject) -> None:
    """Whoever hosts is the authorizer where they are said to be, and one of those named where these are."""
    request = data.draw(host_requests(product))
    answer = product.select_host(request)
    said = words(profile, "host")
    if isinstance(answer, HostChoice) and said == {"authorizer"}:
        assert answer.via.zoom_user is not None
        assert answer.host.id == answer.via.zoom_user.id
    if isinstance(answer, HostChoice) and said == {"first_interviewer", "rotation"}:
        named = (*request.interview.interviewers, *request.hosts)
        assert answer.host.id in {one.zoom.id for one in named if one.zoom}


@QUICK
@given(data=st.data())
def test_invites_wait_where_review_is_said(profile: Profile, product: Product, data: st.DataObject) -> None:
    """A candidate's invite waits for somebody to send it exactly where the document has it looked at first."""
    answer = product.render_invite(data.draw(invite_requests(product)))
    waits = bool(words(profile, "review"))
    for invite in answer.items if isinstance(answer, Invites) else ():
        if invite.audience == "candidate":
            assert (invite.release == "on_send") is waits
            assert bool(invite.editable) is (words(profile, "review") == {"editable"})


@QUICK
@given(data=st.data())
def test_candidates_get_the_link_as_is_said(profile: Profile, product: Product, data: st.DataObject) -> None:
    """Where candidates always get the link, no candidate's invite of a meeting is without it."""
    request = data.draw(invite_requests(product))
    answer = product.render_invite(request)
    if words(profile, "candidate_link") != {"always"} or request.meeting is None or request.why == "cancelled":
        return
    for invite in answer.items if isinstance(answer, Invites) else ():
        if invite.audience == "candidate":
            assert "join_url" in invite.shows
