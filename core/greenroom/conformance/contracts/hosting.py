"""Contracts of hosts and meetings: who hosts, when a meeting is made, what is asked of Zoom."""

from __future__ import annotations

from hypothesis import strategies as st

from greenroom.conformance import strategies as draw
from greenroom.conformance.contract import contract
from greenroom.conformance.product import Product
from greenroom.model import Follow, HostChoice, NewMeeting, Stage, UseLink, Wanted

STAGES = {"draft": Stage.DRAFT, "saved": Stage.SAVED, "confirmed": Stage.CONFIRMED}


@contract(
    why="Zoom refuses to make a meeting for somebody who is inactive or of another account.",
    fix="Choose among looked-up people, and check status and connection; refuse when nobody is left.",
    refuses=True,
)
def the_host_is_active_in_the_connected_account(product: Product, data: st.DataObject) -> None:
    """A host is an active Zoom user in the account of a usable connection that the question showed."""
    request = data.draw(draw.host_requests(product), label="request")
    answer = product.select_host(request)
    if isinstance(answer, HostChoice):
        assert answer.host.status == "active", f"the host is {answer.host.status}"
        assert answer.via in request.connections, "through a connection that was not shown"
        assert answer.via.usable, f"through a connection that is {answer.via.phase}"
        assert answer.via.zoom_user is not None
        assert answer.host.account.id == answer.via.zoom_user.account.id, "the host is of another Zoom account"


@contract(
    why="A rotation that counts somebody else's turn drifts, and one host gets all meetings.",
    fix="Use up the turn of the host who was chosen, out of the pool the turn was chosen from.",
    refuses=True,
)
def a_turn_is_the_hosts_own(product: Product, data: st.DataObject) -> None:
    """If hosting uses up a turn, it is the host's, and the pool it is taken from holds only people who can host."""
    request = data.draw(draw.host_requests(product), label="request")
    answer = product.select_host(request)
    if isinstance(answer, HostChoice) and answer.turn is not None:
        assert answer.turn.host == answer.host.email, f"the turn is {answer.turn.host}'s"
        assert answer.turn.host in answer.turn.pool, "the host is not in the pool"
        able = {one.email for one in request.hosts if one.zoom is not None and one.zoom.status == "active"}
        unable = answer.turn.pool - able
        assert not unable, f"{', '.join(sorted(unable))} takes turns and cannot host"


@contract(
    why="Whoever asks why this person hosts is shown who was considered.",
    fix="Let `considered` end with the host, as `greenroom.rules.first_with_zoom` does.",
)
def who_is_considered_includes_the_host(product: Product, data: st.DataObject) -> None:
    """If it is told who was considered, exactly one is found to be the host, and that is the host."""
    request = data.draw(draw.host_requests(product), label="request")
    answer = product.select_host(request)
    if isinstance(answer, HostChoice) and answer.considered:
        hosts = [one.who for one in answer.considered if one.verdict == "host"]
        assert len(hosts) == 1, f"{len(hosts)} are said to host"
        people = (*request.interview.interviewers, *request.hosts)
        called = {answer.host.email, *(one.email for one in people if one.zoom == answer.host)}
        assert hosts[0] in called, f"{hosts[0]} is said to host, and {answer.host.email} does"


@contract(
    why="A meeting that is made too early is deleted by nobody when the draft is thrown away.",
    fix="Answer `NotYet(until=…)` before the link stage of the manifest.",
    refuses=True,
    unless=lambda product: "the link is made from the draft on" if product.manifest.link.stage == "draft" else "",
)
def no_meeting_before_the_link_stage(product: Product, data: st.DataObject) -> None:
    """No meeting is wanted before the stage at which the product makes its link."""
    early = [stage for stage in Stage if stage < STAGES[product.manifest.link.stage]]
    stage = data.draw(st.sampled_from(early), label="stage")
    request = data.draw(draw.meeting_requests(product, stage=stage), label="request")
    assert not isinstance(product.want_meeting(request), Wanted), f"wanted at {stage.name}"


@contract(
    why="A link that somebody pasted has to reach the candidate as it was pasted.",
    fix="Pass the link of the wish on as it is, or refuse it.",
)
def a_given_link_passes_through_as_typed(product: Product, data: st.DataObject) -> None:
    """Details that a person typed are used byte for byte, or not at all."""
    request = data.draw(draw.meeting_requests(product), label="request")
    answer = product.want_meeting(request)
    if isinstance(answer, UseLink):
        assert answer.link == request.interview.wish.given


@contract(
    why="What is insisted on and not sent can never be kept by Zoom: every meeting would count as degraded.",
    fix="List under `insist` only fields that the plan sets.",
    refuses=True,
)
def a_plan_insists_on_what_it_asks_for(product: Product, data: st.DataObject) -> None:
    """A field is insisted on only if it is sent, and the topic is never empty."""
    plan = product.create_meeting(data.draw(draw.create_requests(product), label="request"))
    if isinstance(plan, NewMeeting):
        assert plan.topic, "the topic is empty"
        for field in sorted(plan.insist):
            assert getattr(plan, field) is not None, f"insists on {field}, which it does not send"


@contract(
    why="What the recruiter called the interview is what the candidate looks for in their calendar.",
    fix="Use the subject as the topic; a word of the product only where there is none.",
)
def the_topic_is_the_subject(product: Product, data: st.DataObject) -> None:
    """An interview with a subject has it in its topic; a topic by key has words."""
    request = data.draw(draw.create_requests(product), label="request")
    plan = product.create_meeting(request)
    if isinstance(plan, NewMeeting):
        topic = plan.topic if isinstance(plan.topic, str) else product.words.text(plan.topic)
        assert request.interview.subject is None or request.interview.subject in topic, f"the topic is {topic}"
        assert isinstance(plan.topic, str) or topic != plan.topic.key, f"there are no words for {plan.topic.key}"


@contract(
    why="A meeting that is made anew has another link than the one everybody has.",
    fix="Answer a move with `update`; replace only where the document says so.",
    refuses=True,
)
def a_move_never_makes_a_second_meeting(product: Product, data: st.DataObject) -> None:
    """What is only moved keeps its meeting, and what is cancelled gets no new one."""
    request = data.draw(draw.change_requests(product), label="request")
    answer = product.change(request.model_copy(update={"by": "person", "reachable": True}))
    if not isinstance(answer, Follow):
        return
    if request.after is None:
        assert answer.at_zoom in {"delete", "keep"}, f"cancelled, and {answer.at_zoom} at Zoom"
        assert answer.calendars in {"cancel", "keep"}, f"cancelled, and {answer.calendars} in calendars"
    else:
        assert answer.at_zoom in {"update", "keep"}, f"moved, and {answer.at_zoom} at Zoom"
        assert answer.calendars != "cancel", "moved, and cancelled in calendars"


@contract(
    why="A call through a connection that no longer works cannot succeed, so nothing may rest on it.",
    fix="Answer `keep` at Zoom when `reachable` is false.",
    refuses=True,
)
def what_is_out_of_reach_is_kept(product: Product, data: st.DataObject) -> None:
    """Through a connection that does not work any more, or of what was done at Zoom itself, nothing is asked there."""
    request = data.draw(draw.change_requests(product), label="request")
    at_zoom = data.draw(st.booleans(), label="done at Zoom")
    answer = product.change(request.model_copy(update={"by": "zoom"} if at_zoom else {"reachable": False}))
    if isinstance(answer, Follow):
        assert answer.at_zoom == "keep", f"{answer.at_zoom} at Zoom"
