"""What holds of meetings: one for each interview, the same here as at Zoom, none too early, none left over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from greenroom.conformance.machine.promise import Complaints, Step, live, promise
from greenroom.conformance.machine.reference import STAGES
from greenroom.whatif.events import OfInterview, Schedule
from greenroom.whatif.seen import LedgerMeeting, Seen

_MAKES = frozenset({"schedule", "confirm", "reschedule", "place", "retry", "restart", "set_up"})
_ENDS = frozenset({"cancel", "place", "retry", "reschedule", "zoom_user", "restart"})


@promise(
    "At Zoom, an interview has one meeting at most.",
    fix="`change` answers *replace* where *update* was meant, or a lost answer was not looked for before asking again",
)
def one_meeting_for_an_interview(step: Step) -> Complaints:
    """Count live meetings by the reference in their agenda."""
    found: dict[str, list[str]] = defaultdict(list)
    for meeting in live(step.after.meetings):
        if meeting.join_url not in step.reference.left:
            found[step.reference.named(meeting)].append(str(meeting.id))
    if not found:
        return None
    return [f"{name} has {len(ids)} meetings at Zoom: {', '.join(ids)}" for name, ids in found.items() if len(ids) > 1]


@promise(
    "Every meeting at Zoom is stated by an interview that is not cancelled.",
    fix="an interview went on, or was cancelled, without its meeting being deleted or said to be left",
)
def every_meeting_is_known(step: Step) -> Complaints:
    """Look for live meetings that nothing here speaks of; as many may be unclear as interviews are."""
    meetings = live(step.after.meetings)
    stated = {one.join_url for one in step.after.interviews if one.state == "live"}
    strangers = [one for one in meetings if one.join_url not in stated | step.reference.left]
    unclear = {one.subject for one in step.after.interviews if one.unclear} | set(step.reference.doubted)
    if not meetings:
        return None
    spare = len(strangers) - len(unclear)
    return [
        f"a meeting of {step.reference.named(one)} is at Zoom, and no interview states it" for one in strangers[:spare]
    ]


@promise(
    "What is kept of a meeting is what Zoom has: its link, its host, its time.",
    fix="a change was stored that Zoom was not told of, or the other way round",
)
def kept_as_zoom_has_it(step: Step) -> Complaints:
    """Compare each interview that states a meeting with Zoom's ledger."""
    complaints, known = [], {one.join_url: one for one in step.after.meetings}
    stating = [one for one in step.after.interviews if one.state == "live" and one.host and one.join_url]
    for one in stating:
        meeting = known.get(str(one.join_url))
        if one.attention or one.unclear or one.subject in step.reference.doubted or _hosted_by_nobody(step, one.host):
            continue
        if meeting is None or meeting.deleted_at is not None:
            complaints.append(f"{one.subject} states a link that Zoom does not have")
        elif (meeting.host_email, meeting.start_time, meeting.duration) != (one.host, one.start, one.minutes):
            at_zoom = f"{meeting.host_email}, {meeting.start_time}, {meeting.duration} minutes"
            here = f"{one.host}, {one.start}, {one.minutes} minutes"
            complaints.append(f"{one.subject} is kept as {here}; Zoom has {at_zoom}")
    return complaints if stating else None


@promise(
    "No meeting comes into being before the stage that the manifest's `link.stage` names.",
    fix="`want_meeting` answers before the stage is reached; the manifest's `link.stage` is the stage that counts",
    applies=lambda manifest: manifest.link.stage != STAGES[0],
)
def no_link_before_its_stage(step: Step) -> Complaints:
    """No interview below the stage has a meeting, and none whose time is only proposed where agreeing it is needed."""
    earliest = STAGES.index(step.reference.manifest.link.stage)
    early = [
        one
        for one in step.after.interviews
        if STAGES.index(one.stage) < earliest
        or (step.reference.manifest.link.stage == "confirmed" and one.subject in step.reference.plot.proposed)
    ]
    made = {step.reference.named(one) for one in live(step.after.meetings) if one.join_url not in step.reference.left}
    if not early:
        return None
    return [
        f"{one.subject} has a Zoom meeting, and is {one.stage}"
        for one in early
        if one.subject in made or (one.join_url and one.host)
    ]


@promise(
    "Meetings are made and deleted by what is done with their interview, and by nothing else.",
    fix="a change of settings or of a connection must leave meetings that exist as they are",
)
def meetings_follow_their_interview(step: Step) -> Complaints:
    """Settings, connections, looking and waiting make no meeting, and delete none."""
    about = set(_about(step))
    wrong = [one for one in step.made if not _may(step, one, _MAKES, about)]
    gone = [one for one in step.ended if not _may(step, one, _ENDS, about)]
    if not live(step.before.meetings) and not step.made:
        return None
    return [
        *(f"{step.kind} made a meeting of {step.reference.named(one)}" for one in wrong),
        *(f"{step.kind} deleted the meeting of {step.reference.named(one)}" for one in gone),
    ]


@promise(
    "A meeting is made only while somebody's connection works.",
    fix="`select_host` chose a connection that no longer holds a grant",
)
def no_meeting_without_a_connection(step: Step) -> Complaints:
    """Before or after the event, somebody is connected."""
    if not step.made:
        return None
    there = [one for one in (*step.before.connections, *step.after.connections) if one.zoom_user]
    return [] if there else ["a meeting was made, and nobody is connected"]


@promise(
    "Once an interview is cancelled, its meeting is gone, or it is said that it stays at Zoom.",
    fix="`change` keeps the meeting of a cancelled interview: answer *delete*, or let `greenroom.rules.follow` do so",
)
def nothing_is_left_after_cancelling(step: Step) -> Complaints:
    """A link that other interviews state may stay for them."""
    if step.kind != "cancel" or step.came.outcome != "cancelled":
        return None
    (name,) = _about(step)
    before = next(one for one in step.before.interviews if one.subject == name)
    others = {one.join_url for one in step.after.interviews if one.state == "live"}
    kept = {one.join_url for one in live(step.after.meetings)} - others - step.reference.left
    return [f"{name} is cancelled, and its meeting is still at Zoom"] if before.join_url in kept else []


@promise(
    "An interview that moves keeps its link.",
    fix="`change` answers *replace*, or takes the link out, where the meeting is only moved",
)
def moving_keeps_the_link(step: Step) -> Complaints:
    """The link is the one it had before, where it had one."""
    if step.kind != "reschedule" or step.came.outcome != "moved":
        return None
    (name,) = _about(step)
    before, after = _link(step.before, name), _link(step.after, name)
    return None if before is None else [f"{name} moved, and has another link"] if before != after else []


@promise(
    "Two interviews have links of their own, unless one was pasted from the other.",
    fix="a link is kept and given out again: `create_meeting` has to ask for a meeting of its own (`use_pmi=False`)",
    applies=lambda manifest: manifest.link.unique != "silent",
)
def links_are_their_own(step: Step) -> Complaints:
    """Only where the manifest says that links are unique, or that only a personal meeting id is shared."""
    if len(live(step.after.meetings)) < 2:
        return None
    urls = [one.join_url for one in live(step.after.meetings)]
    return [f"{urls.count(url)} meetings share a link" for url in dict.fromkeys(urls) if urls.count(url) > 1]


def _hosted_by_nobody(step: Step, host: str | None) -> bool:
    """Whether a host is gone from Zoom, and took their meetings along: Zoom tells of the user, not of the meetings."""
    return str(host).partition("@")[0] in step.reference.gone


def _about(step: Step) -> Iterator[str]:
    doing = step.event.doing if step.event is not None else None
    if isinstance(doing, Schedule):
        yield from (one.name for one in doing.interviews)
    elif isinstance(doing, OfInterview):
        yield doing.interview


def _may(step: Step, meeting: LedgerMeeting, kinds: frozenset[str], about: set[str]) -> bool:
    if step.kind not in kinds:
        return False
    return not about or step.reference.named(meeting) in about or not _is_known(step, step.reference.named(meeting))


def _is_known(step: Step, name: str) -> bool:
    return any(one.subject == name for one in step.after.interviews)


def _link(seen: Seen, name: str) -> str | None:
    return next((one.join_url for one in seen.interviews if one.subject == name and one.host), None)
