"""Pre-approval by a Zoom Admin: for which accounts, who asks, who hears of it, who may connect then."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import organization
from greenroom.model import Action, AskApproval, Done, GoToZoom, Keep, Level, ZoomAccount
from greenroom_trakstar.checks.asks import (
    APPROVED,
    BEN,
    DENIED,
    NOT_REQUESTED,
    PAID,
    REQUESTED,
    RITA,
    ask,
    button,
    complete,
    says,
)


@proves("TRK-07")
def check_free_accounts_go_straight_to_zoom(product: Product) -> None:
    """On a free account nobody's approval is asked for, whatever is recorded of one."""
    for approval in (NOT_REQUESTED, REQUESTED, DENIED):
        answer = ask(product, Action.CONNECT, plan="basic", approval=approval)
        assert isinstance(answer, GoToZoom)
        assert "TRK-07" in cited(answer)
        assert isinstance(complete(product, plan="basic", approval=approval), Keep)
        asked = refusal(ask(product, Action.ASK_APPROVAL, plan="basic", approval=approval), "pre_approval_not_needed")
        assert asked.next == (Action.CONNECT,)


@proves("TRK-08")
def check_every_paid_plan_needs_approval(product: Product) -> None:
    """The step applies to paid accounts, Pro as well as Business and above, and can be taken there."""
    for plan in PAID:
        refusal(ask(product, Action.CONNECT, plan=plan), "pre_approval_needed", "TRK-08")
        assert isinstance(ask(product, Action.ASK_APPROVAL, plan=plan), AskApproval)


@proves("TRK-08")
def check_where_pro_accounts_need_none(product: Product) -> None:
    """Only "paid Business" is said to be necessary; a deployment may read it so, and Pro then needs none."""
    business = (("approval_required_plans", "business"),)
    assert isinstance(ask(product, Action.CONNECT, plan="pro", parameters=business), GoToZoom)
    refusal(ask(product, Action.ASK_APPROVAL, plan="pro", parameters=business), "pre_approval_not_needed")
    refusal(ask(product, Action.CONNECT, plan="business", parameters=business), "pre_approval_needed")


@proves("TRK-09")
def check_business_without_approval_cannot_connect(product: Product) -> None:
    """A Hire user of a Business account that is not pre-approved does not get to Zoom, from whatever state."""
    for phase in ("not_connected", "pre_approval_requested", "needs_reconnect"):
        refusal(ask(product, Action.CONNECT, phase=phase, plan="business"), "pre_approval_needed", "TRK-09")


@proves("TRK-09")
def check_no_grant_is_kept_without_approval(product: Product) -> None:
    """A grant that comes back while approval is missing is not kept."""
    for approval, code in (
        (NOT_REQUESTED, "pre_approval_needed"),
        (REQUESTED, "pre_approval_pending"),
        (DENIED, "pre_approval_needed"),
    ):
        refusal(complete(product, plan="business", approval=approval), code)


@proves("TRK-10")
def check_the_message_that_approval_is_needed(product: Product) -> None:
    """Who cannot connect reads that pre-approval is needed, and can click to request it."""
    answer = refusal(ask(product, Action.CONNECT, plan="business"), "pre_approval_needed", "TRK-10")
    assert answer.next == (Action.ASK_APPROVAL,)
    assert says(product, answer.say, "pre-approval is needed", "Zoom Admins")


@proves("TRK-10")
def check_zoom_asks_for_approval(product: Product) -> None:
    """Where nobody knew the plan, Zoom's asking for approval leads to the same message."""
    assert isinstance(ask(product, Action.CONNECT), GoToZoom)
    answer = refusal(complete(product, outcome="approval_needed"), "pre_approval_needed", "TRK-10")
    assert answer.next == (Action.ASK_APPROVAL,)
    refusal(complete(product, outcome="approval_needed", approval=REQUESTED), "pre_approval_pending")


@proves("TRK-11")
def check_the_button_requests_approval(product: Product) -> None:
    """Whoever was told that approval is needed, by us or by Zoom, requests it; also again after a refusal."""
    for plan in ("business", None):
        for approval in (NOT_REQUESTED, DENIED):
            answer = ask(product, Action.ASK_APPROVAL, plan=plan, approval=approval)
            assert isinstance(answer, AskApproval)
            assert "TRK-11" in cited(answer)


@proves("TRK-12")
def check_the_button_says_that_it_was_requested(product: Product) -> None:
    """Once requested the button reads "Pre-approval Requested" in place of "Connect"."""
    answer = ask(product, Action.ASK_APPROVAL, plan="business")
    assert isinstance(answer, AskApproval)
    phase = product.words.phases[Level.MEMBER][answer.phase]
    assert (phase.label, phase.button) == ("Pre-approval Requested", "Pre-approval Requested")
    assert product.words.text(answer.say) == "Pre-approval Requested"


@proves("TRK-13")
def check_zoom_admins_hear_of_the_request(product: Product) -> None:
    """A Zoom Admin is notified of the request: by Zoom, as Hire does not know who they are."""
    answer = ask(product, Action.ASK_APPROVAL, plan="business")
    assert [(told.to, told.sent_by) for told in answer.notices] == [("zoom_admins", "zoom")]


@proves("TRK-12", "TRK-16")
def check_requested_is_not_approved(product: Product) -> None:
    """While the request is open nobody connects, and nobody requests again."""
    for plan in (*PAID, None):
        for user in (RITA, BEN):
            for action in (Action.CONNECT, Action.ASK_APPROVAL):
                asked = ask(product, action, user=user, plan=plan, approval=REQUESTED)
                answer = refusal(asked, "pre_approval_pending", "TRK-12", "TRK-16")
                assert answer.next == ()
                assert says(product, answer.say, "Pre-approval Requested")


@proves("TRK-16")
def check_zooms_account_is_known_without_its_plan(product: Product) -> None:
    """A user's own grant does not tell the plan; an open or refused request shows that the account needs approval."""
    observed = organization().model_copy(update={"zoom_account": ZoomAccount(source="observed")})
    assert isinstance(ask(product, Action.CONNECT, organization=observed), GoToZoom)
    for approval, code in ((REQUESTED, "pre_approval_pending"), (DENIED, "pre_approval_needed")):
        refusal(ask(product, Action.CONNECT, approval=approval, organization=observed), code)


@proves("TRK-14", "TRK-15")
def check_the_requester_hears_of_the_approval(product: Product) -> None:
    """Approved, the user who requested it is told by Hire, and nobody else, whoever brings the word."""
    for user in (RITA, BEN):
        answer = ask(product, Action.APPROVAL_DECIDED, user=user, phase="pre_approval_requested", approval=APPROVED)
        assert isinstance(answer, Done)
        assert answer.phase == "not_connected"
        assert cited(answer) >= {"TRK-14", "TRK-15"}
        assert [(told.to, told.sent_by) for told in answer.notices] == [("requester", "greenroom")]
        assert says(product, answer.notices[0].say, "approved")


@proves("TRK-16")
def check_an_undecided_request_is_not_done(product: Product) -> None:
    """Nothing is decided while the request is open or was never made."""
    refusal(ask(product, Action.APPROVAL_DECIDED, plan="business", approval=REQUESTED), "pre_approval_pending")
    refusal(ask(product, Action.APPROVAL_DECIDED, plan="business"), "pre_approval_needed")


@proves("TRK-16")
def check_a_refused_approval(product: Product) -> None:
    """Refused by the Zoom Admin, nobody is told of an approval and nobody can connect."""
    answer = ask(product, Action.APPROVAL_DECIDED, phase="pre_approval_requested", plan="business", approval=DENIED)
    assert isinstance(answer, Done)
    assert (answer.phase, answer.notices) == ("not_connected", ())
    refusal(ask(product, Action.CONNECT, plan="business", approval=DENIED), "pre_approval_needed")
    refusal(ask(product, Action.CONNECT, approval=DENIED), "pre_approval_needed")


@proves("TRK-17")
def check_no_hire_user_approves(product: Product) -> None:
    """Approving is a Zoom Admin's: nothing that a Hire user does or says turns a request into an approval."""
    for user in (RITA, BEN):
        for action in (Action.APPROVAL_DECIDED, Action.CONNECT, Action.ASK_APPROVAL):
            asked = ask(product, action, user=user, phase="pre_approval_requested", plan="business", approval=REQUESTED)
            refusal(asked, "pre_approval_pending")


@proves("TRK-18")
def check_approved_once_for_all(product: Product) -> None:
    """After the approval every Hire user may connect, not only who requested it; there is nothing left to request."""
    for user in (RITA, BEN):
        answer = ask(product, Action.CONNECT, user=user, plan="business", approval=APPROVED)
        assert isinstance(answer, GoToZoom)
        assert "TRK-18" in cited(answer)
        assert isinstance(complete(product, user=user, plan="business", approval=APPROVED), Keep)
        asked = ask(product, Action.ASK_APPROVAL, user=user, plan="business", approval=APPROVED)
        assert refusal(asked, "pre_approval_not_needed", "TRK-18").next == (Action.CONNECT,)


@proves("TRK-18")
def check_an_approval_connects_nobody(product: Product) -> None:
    """Each user still has to connect: hearing of an approval moves nobody but who waited, and them to "Connect"."""
    for phase in ("not_connected", "connected", "needs_reconnect"):
        answer = ask(product, Action.APPROVAL_DECIDED, phase=phase, plan="business", approval=APPROVED)
        assert isinstance(answer, Done)
        assert answer.phase is None
    waited = ask(product, Action.APPROVAL_DECIDED, phase="pre_approval_requested", approval=APPROVED)
    assert isinstance(waited, Done)
    assert waited.phase is not None
    assert button(product, waited.phase) == "Connect"
