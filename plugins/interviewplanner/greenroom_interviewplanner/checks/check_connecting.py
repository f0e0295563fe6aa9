"""Connecting Zoom for the whole account: as a Zoom admin, or as somebody who is none."""

from __future__ import annotations

from itertools import product as combinations
from typing import get_args

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import interview, member, with_zoom, zoom_user
from greenroom.model import (
    Action,
    Approval,
    Done,
    GoToZoom,
    Instruct,
    Keep,
    Level,
    Permission,
    Refusal,
    Stage,
    Step,
    ZoomRole,
)
from greenroom_interviewplanner.checks.asks import (
    APPROVED,
    BEN,
    BOTH,
    INA,
    NOT_REQUESTED,
    ZOE_AT_ZOOM,
    ZOOM_ROOMS,
    ask,
    chosen,
    complete,
    delegate,
    hosting,
    instructed,
    steps,
    told_instead,
)

UNAPPROVED = tuple(Approval.model_validate({"state": state}) for state in ("not_requested", "requested", "refused"))


def _kept(answer: Step) -> Keep:
    assert isinstance(answer, Keep), answer
    assert (answer.phase, answer.level) == ("connected", Level.ORGANIZATION)
    return answer


@proves("IVP-03", "IVP-04")
def check_where_the_button_is(product: Product) -> None:
    """The "Integrations" page has an "Edit" button for "Video conferencing", and there is "Connect your account"."""
    assert product.words.pages[Level.ORGANIZATION] == "Integrations > Video conferencing > Edit"
    assert product.words.action(Action.CONNECT, Level.ORGANIZATION) == "Connect your account"
    phases = product.words.phases[Level.ORGANIZATION]
    buttons = {name: phases[name].button for name in ("not_connected", "connected", "needs_reconnect")}
    assert buttons == {
        "not_connected": "Connect your account",
        "connected": None,
        "needs_reconnect": "Connect your account",
    }


@proves("IVP-05")
def check_the_button_leads_to_zoom(product: Product) -> None:
    """Clicking it takes any user to Zoom, to authorize the app for the account; nothing has moved yet."""
    for phase in ("not_connected", "needs_reconnect"):
        answer = ask(product, Action.CONNECT, phase=phase)
        assert isinstance(answer, GoToZoom)
        assert (answer.app, answer.phase, answer.must_be_email) == ("admin", None, None)
        assert "IVP-05" in cited(answer)
        assert not answer.warnings


@proves("IVP-05")
def check_nothing_is_connected_without_a_grant(product: Product) -> None:
    """Who declines, or whose authorization fails, has connected nothing and may try again."""
    for outcome, code in (("declined", "declined"), ("failed", "authorization_failed")):
        answer = refusal(complete(product, outcome=outcome), code)
        assert answer.next == (Action.CONNECT,)
        assert answer.because[0].fact == ("" if outcome == "declined" else "failed")
    nobody = refusal(ask(product, Action.COMPLETE), "authorization_failed", "IVP-05")
    assert nobody.because[0].fact == "no answer"


@proves("IVP-06")
def check_a_zoom_admin_is_connected(product: Product) -> None:
    """A Zoom admin or owner needs nothing beforehand: no approval, no permissions."""
    for role in ("owner", "admin"):
        answer = _kept(complete(product, zoom_user(role=role)))
        assert not answer.replaces
        assert cited(answer) == {"IVP-06", "IVP-08"}


@proves("IVP-07")
def check_others_see_that_they_cannot(product: Product) -> None:
    """Who is no Zoom admin sees that they cannot authorize the app, whether we or Zoom tell them."""
    instructed(complete(product, delegate()), "IVP-11", "IVP-20", "IVP-26")
    for outcome, fact in (
        ("not_allowed", "pre-approval is not_requested"),
        ("approval_needed", "Zoom asks for pre-approval"),
    ):
        answer = instructed(complete(product, outcome=outcome), "IVP-11")
        assert answer.because[-1].fact == fact
        assert answer.next == (Action.APPROVAL_DECIDED, Action.CONNECT)
    assert product.prints("You cannot authorize the app.")


@proves("IVP-08")
def check_one_connection_serves_everyone(product: Product) -> None:
    """What Rita connected hosts Ben's interview too: it belongs to the account, not to her."""
    _kept(complete(product, ZOE_AT_ZOOM))
    bens = interview(INA, stage=Stage.CONFIRMED, scheduler=with_zoom("ben@acme.example"))
    choice = chosen(product, hosting(bens, actor=BEN))
    assert choice.host.email == "ben@acme.example"
    assert choice.via.level is Level.ORGANIZATION
    assert (product.manifest.levels, product.manifest.reach) == ((Level.ORGANIZATION,), "organization")


@proves("IVP-08")
def check_connecting_again_replaces(product: Product) -> None:
    """A second person may connect, is told that Zoom is there already, and replaces the one connection."""
    answer = ask(product, Action.CONNECT, phase="connected")
    assert isinstance(answer, GoToZoom)
    assert [one.key for one in answer.warnings] == ["already_connected"]
    assert "IVP-08" in cited(answer)
    for phase in ("connected", "needs_reconnect"):
        assert _kept(complete(product, ZOE_AT_ZOOM, phase=phase)).replaces


@proves("IVP-09")
def check_a_user_added_later(product: Product) -> None:
    """Somebody who came after Zoom was connected has it without doing anything, whatever roles they hold."""
    new = member(email="new@acme.example")
    theirs = interview(INA, stage=Stage.CONFIRMED, scheduler=with_zoom(new.email))
    assert chosen(product, hosting(theirs, actor=new)).host.email == new.email


@proves("IVP-10")
def check_two_ways_and_no_third(product: Product) -> None:
    """A grant is kept of a Zoom admin, or of somebody pre-approved with the permissions; of nobody else."""
    nothing: frozenset[Permission] = frozenset()
    roles, approvals, halves = get_args(ZoomRole), (NOT_REQUESTED, APPROVED), (nothing, BOTH)
    kept = {
        (role, approval.state, bool(half))
        for role, approval, half in combinations(roles, approvals, halves)
        if isinstance(complete(product, zoom_user(role=role, permissions=half), approval=approval), Keep)
    }
    delegated = {("custom", "approved", True), ("member", "approved", True)}
    assert {one for one in kept if one[0] in {"custom", "member"}} == delegated
    assert len(kept - delegated) == 8  # owner and admin, in whatever state


@proves("IVP-11", "IVP-29")
def check_pre_approved_with_the_role(product: Product) -> None:
    """Both halves together, and neither alone: the grant is then kept as an admin's would be."""
    answer = _kept(complete(product, delegate(*BOTH), approval=APPROVED))
    assert cited(answer) == {"IVP-08", "IVP-11", "IVP-29"}
    assert isinstance(complete(product, delegate(*BOTH)), Instruct)
    assert isinstance(complete(product, delegate(), approval=APPROVED), Instruct)


@proves("IVP-12")
def check_pre_approval_alone_is_not_enough(product: Product) -> None:
    """Pre-approved, but without any permission: not this way yet, and it is said that the permissions lack."""
    answer = instructed(complete(product, delegate(), approval=APPROVED), "IVP-12", "IVP-20", "IVP-26")
    assert answer.next == (Action.CONNECT,)


@proves("IVP-13")
def check_permissions_alone_are_not_enough(product: Product) -> None:
    """With the role, but not pre-approved, or refused: it is said that the pre-approval lacks."""
    for approval in UNAPPROVED:
        answer = instructed(complete(product, delegate(*BOTH), approval=approval), "IVP-13")
        assert answer.next == (Action.APPROVAL_DECIDED, Action.CONNECT)


@proves("IVP-14")
def check_pre_approval_is_given_at_zoom(product: Product) -> None:
    """A user notes that the Zoom admin flipped the switch; before that there is nothing to note."""
    answer = ask(product, Action.APPROVAL_DECIDED, approval=APPROVED)
    assert isinstance(answer, Done)
    assert answer.phase is None
    assert "IVP-14" in cited(answer)
    for approval in UNAPPROVED:
        refusal(ask(product, Action.APPROVAL_DECIDED, approval=approval), "pre_approval_not_given", "IVP-14")


@proves("IVP-14")
def check_approval_is_not_asked_for_in_the_product(product: Product) -> None:
    """There is no button that asks for pre-approval: the admin is sent a link to the app."""
    refusal(ask(product, Action.ASK_APPROVAL), "not_offered")
    told = told_instead(product, Action.ASK_APPROVAL)
    assert "Send your Zoom admin a link to the InterviewPlanner Zoom app and have them" in told
    assert "toggle the switch in the top right corner to grant pre-approval." in told


@proves("IVP-30", "IVP-32")
def check_an_admin_logs_in_and_connects(product: Product) -> None:
    """A Zoom admin with a user of their own connects, though nothing was pre-approved and no role was made."""
    zoe = member("user", email="zoe@acme.example")
    assert isinstance(ask(product, Action.CONNECT, actor=zoe), GoToZoom)
    for approval in UNAPPROVED:
        assert not ZOE_AT_ZOOM.permissions
        _kept(complete(product, ZOE_AT_ZOOM, actor=zoe, approval=approval))


@proves("IVP-30")
def check_no_link_is_shared(product: Product) -> None:
    """The admin logs in to InterviewPlanner: there is no link with which somebody outside could connect."""
    refusal(ask(product, Action.SHARE), "not_offered")
    told = told_instead(product, Action.SHARE)
    assert "Have your Zoom admin log into InterviewPlanner and connect their account." in told
    assert "only be done once your InterviewPlanner account has been created and they can log into it." in told


@proves("IVP-30", "IVP-31")
def check_the_steps_of_a_zoom_admin(product: Product) -> None:
    """They have to be able to log in first; then they take the path of everybody who connects, and no other step."""
    logging_in, connecting = steps(product, "zoom_admin")
    assert logging_in == "Once your InterviewPlanner account has been created, have your Zoom admin log into it."
    assert '"Connect your account"' in connecting


@proves("IVP-31")
def check_an_admin_who_cannot_log_in(product: Product) -> None:
    """Without an active user of the InterviewPlanner account even a Zoom admin connects nothing."""
    for actor in (None, member("user", email="zoe@acme.example", active=False)):
        refusal(ask(product, Action.CONNECT, actor=actor), "not_an_active_member", "IVP-31")
        refusal(complete(product, ZOE_AT_ZOOM, actor=actor), "not_an_active_member", "IVP-31")


@proves("IVP-31")
def check_inactive_users_do_nothing(product: Product) -> None:
    """Somebody who cannot log in notes no approval, changes no setting and lists no rooms either."""
    gone = member("user", active=False)
    for action, feature in ((Action.APPROVAL_DECIDED, None), (Action.CONFIGURE, None), (Action.USE, "rooms")):
        answer = ask(product, action, phase="connected", approval=APPROVED, actor=gone, feature=feature)
        assert isinstance(answer, Refusal)
        assert answer.code == "not_an_active_member"


@proves("IVP-13")
def check_half_a_role_without_approval(product: Product) -> None:
    """With neither half complete both are named, so that one visit to the Zoom admin does."""
    answer = complete(product, delegate(ZOOM_ROOMS))
    assert isinstance(answer, Instruct)
    assert cited(answer) == {"IVP-07", "IVP-11", "IVP-20"}
