"""Pre-approval by a Zoom Admin: for which accounts, who asks, who hears of it, who may connect then."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.model import Action, AskApproval, Done, GoToZoom, Keep
from greenroom_trakstar.checks.asks import (
    APPROVED,
    BEN,
    DENIED,
    NOT_REQUESTED,
    PAID,
    REQUESTED,
    RITA,
    ask,
    complete,
    own,
    printed,
)


@proves("TRK-07")
def check_free_accounts_go_straight_to_zoom(product: Product) -> None:
    """On a free account nobody's approval is asked for, whatever is recorded of one."""
    for approval in (NOT_REQUESTED, REQUESTED, DENIED):
        answer = ask(product, Action.CONNECT, plan="basic", approval=approval)
        assert isinstance(answer, GoToZoom)
        assert cited(answer) == {"TRK-07", "TRK-23", "TRK-26"}
    refusal(ask(product, Action.ASK_APPROVAL, plan="basic"), "pre_approval_not_needed")


@proves("TRK-08")
def check_every_paid_plan_needs_approval(product: Product) -> None:
    """The step applies to paid accounts: Pro as well as Business and above."""
    for plan in PAID:
        refusal(ask(product, Action.CONNECT, plan=plan), "pre_approval_needed")


@proves("TRK-09", "TRK-10")
def check_business_without_approval_cannot_connect(product: Product) -> None:
    """A Hire user of a Business account that is not pre-approved is told so and can ask for it."""
    answer = refusal(ask(product, Action.CONNECT, plan="business"), "pre_approval_needed")
    assert answer.next == (Action.ASK_APPROVAL,)
    assert answer.say.key == "pre_approval_needed"


@proves("TRK-09")
def check_no_grant_is_kept_without_approval(product: Product) -> None:
    """A grant that comes back while approval is missing is not kept."""
    refusal(complete(product, plan="business"), "pre_approval_needed")
    refusal(complete(product, plan="business", approval=REQUESTED), "pre_approval_pending")


@proves("TRK-10")
def check_zoom_asks_for_approval(product: Product) -> None:
    """Where nobody knew the plan, Zoom's asking for approval leads to the same message."""
    assert isinstance(ask(product, Action.CONNECT), GoToZoom)
    answer = refusal(complete(product, outcome="approval_needed"), "pre_approval_needed")
    assert answer.next == (Action.ASK_APPROVAL,)
    refusal(complete(product, outcome="approval_needed", approval=REQUESTED), "pre_approval_pending")


@proves("TRK-11", "TRK-12", "TRK-13")
def check_requesting_approval(product: Product) -> None:
    """The button requests pre-approval and then says so; Zoom, not Hire, tells a Zoom Admin."""
    answer = ask(product, Action.ASK_APPROVAL, plan="business")
    assert isinstance(answer, AskApproval)
    assert answer.phase == "pre_approval_requested"
    assert [(told.to, told.sent_by) for told in answer.notices] == [("zoom_admins", "zoom")]
    assert printed(
        "pre_approval_requested: {label: Pre-approval Requested, colour: yellow, button: Pre-approval Requested}"
    )


@proves("TRK-11")
def check_requesting_where_the_plan_is_unknown(product: Product) -> None:
    """Whoever was told by Zoom that approval is needed can request it, also again after a refusal."""
    for approval in (NOT_REQUESTED, DENIED):
        assert isinstance(ask(product, Action.ASK_APPROVAL, approval=approval), AskApproval)


@proves("TRK-12", "TRK-16")
def check_requested_is_not_approved(product: Product) -> None:
    """While the request is open nobody can connect or request again."""
    for plan in (*PAID, None):
        for action in (Action.CONNECT, Action.ASK_APPROVAL):
            refusal(ask(product, action, plan=plan, approval=REQUESTED), "pre_approval_pending")


@proves("TRK-14", "TRK-15")
def check_the_requester_hears_of_the_approval(product: Product) -> None:
    """Approved, the user who requested it is told, and nobody else."""
    answer = ask(product, Action.APPROVAL_DECIDED, phase="pre_approval_requested", plan="business", approval=APPROVED)
    assert isinstance(answer, Done)
    assert answer.phase == "not_connected"
    assert [(told.to, told.sent_by) for told in answer.notices] == [("requester", "greenroom")]


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
    """Approving is a Zoom Admin's: no action of a Hire user makes a request approved."""
    for action in (Action.APPROVAL_DECIDED, Action.CONNECT, Action.ASK_APPROVAL):
        refusal(ask(product, action, plan="business", approval=REQUESTED), "pre_approval_pending")


@proves("TRK-18")
def check_approved_once_for_all(product: Product) -> None:
    """After the approval any Hire user may connect, and each still has to."""
    for user in (RITA, BEN):
        theirs = (own("not_connected", of=user),)
        answer = ask(product, Action.CONNECT, plan="business", approval=APPROVED, actor=user, connections=theirs)
        assert isinstance(answer, GoToZoom)
        assert cited(answer) == {"TRK-18", "TRK-23", "TRK-26"}
    assert isinstance(complete(product, plan="business", approval=APPROVED), Keep)
    refusal(ask(product, Action.ASK_APPROVAL, plan="business", approval=APPROVED), "pre_approval_not_needed")


@proves("TRK-18")
def check_an_approval_leaves_connections_alone(product: Product) -> None:
    """Hearing of an approval moves nobody who did not wait for it."""
    for phase in ("not_connected", "connected", "needs_reconnect"):
        answer = ask(product, Action.APPROVAL_DECIDED, phase=phase, plan="business", approval=APPROVED)
        assert isinstance(answer, Done)
        assert answer.phase is None
