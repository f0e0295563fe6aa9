"""Contracts of what lasts: meetings outlive connections and settings, and nothing is made for whom nothing connects.

They look at a life of the product (`greenroom.conformance.plays`): scheduled, moved, cancelled, others come and go,
settings change, everything connected ends.
"""

from __future__ import annotations

from itertools import pairwise

from hypothesis import strategies as st

from greenroom.conformance.contract import contract
from greenroom.conformance.plays.moments import Moment, SeenConnection, ZoomMeeting
from greenroom.conformance.plays.playing import Played, failed, lived, not_played, pressed
from greenroom.conformance.product import Product
from greenroom.model import Level


def _by_members(product: Product) -> str:
    alone = "" if Level.MEMBER in product.manifest.levels else "members connect nothing of their own"
    return not_played(product) or alone


def _confirmed(product: Product) -> str:
    early = "" if product.manifest.link.stage == "confirmed" else "a link is made before a time is agreed"
    return not_played(product) or early


def _rotates(product: Product) -> str:
    stated = product.manifest.capabilities.get("rotation")
    turns = stated is not None and stated.level in {"full", "partial"}
    return not_played(product) or ("" if turns else "nobody takes turns in it")


@contract(
    why="Whoever follows the product's own steps and still gets no meeting gives up on it.",
    fix="Write a `walkthrough.yaml` after which its scheduler can schedule; see what the hooks refuse, and why.",
    once=True,
    unless=not_played,
)
def the_walkthrough_leads_to_a_meeting(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Set up as its walkthrough says, the product makes a meeting for an interview whose time is agreed."""
    agreed = lived(product).at("agreed")
    assert agreed.meeting_of("design") is not None, f"no meeting is made: {agreed.came.outcome} {agreed.came.says}"


@contract(
    why="A candidate clicks the link they were sent, and the meeting is gone because somebody left the company.",
    fix="Let `disconnect` say what ends of the connection; meetings that were made are never part of that.",
    refuses=True,
    once=True,
    unless=not_played,
)
def what_was_made_outlives_the_connection(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Meetings that were made before a connection ended are there afterwards, and interviews still state them."""
    life = lived(product)
    before, after = _at_its_fullest(life), life.at("ended")
    assert after.came.outcome not in {"refused", "nothing to end"}, f"nobody can end it: {after.came.says}"
    assert set(_ids(after)) >= set(_ids(before)), "a meeting went with its connection"
    lost = [name for name, url in _links(before).items() if _links(after)[name] != url]
    assert not lost, f"{', '.join(lost)} lost its link with a connection"


@contract(
    why="Somebody who took the company's Zoom away is still the host of tomorrow's interviews.",
    fix="Choose hosts through usable connections only, and refuse where there is none.",
    refuses=True,
    once=True,
    unless=not_played,
)
def nothing_is_made_when_nothing_is_connected(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """After the last connection ended, scheduling makes no meeting and states no link."""
    life = lived(product)
    before, after = life.at("ended"), life.at("scheduled after")
    assert len(after.meetings) == len(before.meetings), "a meeting is made with nothing connected"
    late = after.interviews.get("late")
    assert late is None or late.join_url is None, "an interview states a link with nothing connected"


@contract(
    why="A switch for tomorrow's interviews rewrites today's invites, and nobody who got one knows.",
    fix="Read settings where meetings and invites are decided; answer `configure` with what is verified, nothing more.",
    refuses=True,
    once=True,
    unless=not_played,
)
def settings_change_nothing_that_was_made(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """When settings change, what was made before stays as it is, byte for byte: meetings, interviews, letters."""
    life = lived(product)
    after = life.at("settings changed")
    before = life.moments.get("another left", life.at("cancelled"))
    assert after.meetings == before.meetings, "a meeting at Zoom is otherwise after settings changed"
    assert after.interviews == before.interviews, "an interview is otherwise after settings changed"
    assert after.letters == before.letters, "a letter went out because settings changed"


@contract(
    why="Two candidates in one room, one of them in the other's interview.",
    fix="Make a meeting for each interview; pass on no link that was made for another.",
    refuses=True,
    once=True,
    unless=not_played,
)
def each_interview_has_its_own_link(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """No two interviews have one link, unless it is a host's own room and the document says so."""
    links = [one.join_url for one in _last(product).meetings if one.pmi is None or _unique(product)]
    assert len(links) == len(set(links)), "two meetings have one link"
    rooms = {one.join_url for one in _last(product).meetings if one.pmi is not None and not _unique(product)}
    stated = [url for url in _links(_last(product)).values() if url is not None and url not in rooms]
    assert len(stated) == len(set(stated)), "two interviews state one link"


@contract(
    why="Everybody has the old link, and the host sits in the new meeting.",
    fix="Answer a move with `update` at Zoom, and a cancellation with `delete`; leave creating to `create_meeting`.",
    refuses=True,
    once=True,
    unless=not_played,
)
def one_interview_has_one_meeting(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """However often an interview moves, it has one meeting, at its time and under its first link; cancelled, none."""
    life = lived(product)
    for name, moment in life.moments.items():
        wanted = [one.join_url for one in moment.interviews.values() if one.state != "cancelled" and one.join_url]
        stray = {one.join_url for one in _live(moment)} - set(wanted)
        assert not stray, f"{name}: {len(stray)} live meeting(s) of no interview"
    agreed, moved = life.at("agreed").meeting_of("design"), life.at("moved").meeting_of("design")
    assert agreed is None or moved is not None, "moved, and its meeting is gone"
    if agreed is not None and moved is not None:
        assert moved.id == agreed.id, "moved, and made anew"
        seen = life.at("moved").interviews["design"]
        assert moved.start == seen.start, f"the interview is at {seen.start}, its meeting at {moved.start}"


@contract(
    why="A meeting that is made for a time nobody agreed to is held by nobody and deleted by nobody.",
    fix="Answer `NotYet(until=Stage.CONFIRMED)` before the time is agreed.",
    refuses=True,
    once=True,
    unless=_confirmed,
)
def nothing_is_made_of_a_proposal(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """While a time is only proposed, there is no meeting at Zoom and no link; once it is agreed, there is."""
    life = lived(product)
    assert not life.at("proposed").meetings, "a meeting is made of a proposal"
    assert life.at("proposed").interviews["design"].join_url is None, "a link is stated of a proposal"


@contract(
    why="One person leaves, and a colleague's interviews lose their host.",
    fix="Let `disconnect` end what is that member's own, unless the document says that more ends.",
    refuses=True,
    once=True,
    unless=_by_members,
)
def one_members_leaving_is_their_own(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """When a member ends their connection, everybody else's connections, grants and meetings stay as they were."""
    life = lived(product)
    alone, beside = life.at("cancelled"), life.at("another connected")
    left = life.at("another left")
    mine = set(beside.connections) - set(alone.connections)
    assert mine, f"another member cannot connect: {beside.came.outcome} {beside.came.says}"
    assert set(beside.connections) >= set(_active(alone)), "connecting ended somebody else's connection"
    assert _active(left) == _active(alone), "leaving ended, or left, a connection"
    assert left.grants == alone.grants, "leaving ended somebody else's grant, or left one's own"
    assert _live(left) == _live(life.at("another's scheduled")), "a meeting went with whoever left"


@contract(
    why="What was refused half-happened: a phase moved, a grant is gone, and the page says that nothing was done.",
    fix="Return the refusal; a move, a grant or a notice belongs to answers that allow something.",
    refuses=True,
    once=True,
    unless=not_played,
)
def a_refusal_changes_nothing(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Whatever a page does not offer is refused when it is pressed all the same, and leaves everything as it was."""
    story = pressed(product)
    told = [(name, moment) for name, moment in story.moments.items() if name != "set up"]
    for (_, before), (name, after) in pairwise(told):
        assert after.came.outcome in {"refused", "instructed", "does not apply"}, f"{name}: {after.came.outcome}"
        for what in ("connections", "grants", "meetings", "interviews", "settings", "letters"):
            assert getattr(after, what) == getattr(before, what), f"{name}, and changes {what}"


@contract(
    why="Somebody looked at Zoom's page, said no, and is connected all the same.",
    fix="Keep a connection only of an attempt whose outcome is `granted`.",
    refuses=True,
    once=True,
    unless=not_played,
)
def a_decline_connects_nothing(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """Whoever declines at Zoom grants nothing there, and nothing becomes connected here."""
    story = pressed(product)
    before, after = story.at("set up"), story.at("declined")
    assert after.grants <= before.grants, "a grant was made for somebody who declined"
    more = [one for one in _active(after) if one not in _active(before)]
    assert not more, f"somebody declined, and is {', '.join(one.phase for one in more)}"


@contract(
    why="A rotation that counts meetings nobody got makes one person host everything.",
    fix="Say under `turn` whose turn a host is; keep no count of your own.",
    once=True,
    unless=_rotates,
)
def a_failed_meeting_gives_its_turn_back(product: Product, data: st.DataObject) -> None:  # noqa: ARG001  # nothing is drawn
    """When Zoom refuses to make a meeting, the next one is hosted by whoever's turn that was."""
    story = failed(product)
    first, second, refused, fourth = (
        _host(story.at(name)) for name in ("first", "second", "refused by Zoom", "fourth")
    )
    assert first != second, f"nobody takes turns: {first} hosts twice running"
    assert refused == first, f"after {first} and {second} it is {refused}'s turn"
    assert fourth == refused, f"{refused}'s meeting was not made, and {fourth} hosts the next"


def _unique(product: Product) -> bool:
    return product.manifest.link.unique == "always"


def _last(product: Product) -> Moment:
    return lived(product).at("scheduled after")


def _live(moment: Moment) -> tuple[ZoomMeeting, ...]:
    return tuple(one for one in moment.meetings if one.deleted_at is None)


def _at_its_fullest(life: Played) -> Moment:
    """Return the moment before anybody left."""
    return life.moments.get("another's scheduled", life.at("cancelled"))


def _ids(moment: Moment) -> tuple[int, ...]:
    return tuple(one.id for one in _live(moment))


def _links(moment: Moment) -> dict[str, str | None]:
    return {name: one.join_url for name, one in moment.interviews.items()}


def _active(moment: Moment) -> list[SeenConnection]:
    return [one for one in moment.connections if one.kind == "active"]


def _host(moment: Moment) -> str | None:
    return next((one.host for one in moment.came.interviews), None)
