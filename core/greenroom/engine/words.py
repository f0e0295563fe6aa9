"""Core's own messages, for refusals that no profile answers, and the way from a `Say` to text."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.model import Because, Refusal, Say
from greenroom.profiles import Profile

_CORE_MESSAGES = {
    "core.not_offered": "This profile does not offer that.",
    "core.not_connected": "There is no connection to Zoom through which that could be done.",
    "core.nothing_connected": "There is no connection that could be ended.",
    "core.time_missing": "No meeting is made before start and length are known.",
    "core.preview_first": "Look at the invites before sending them: preview first.",
    "core.cancelled": "This interview was cancelled.",
    "core.nothing_to_send": "There is nothing to send.",
    "core.profile_left": (
        "It waits for a meeting under a profile that the organization left, and nothing connects that one to Zoom any "
        "more: cancel it and schedule it anew."
    ),
    "core.share_granted": "Somebody used the link you shared, and Zoom is connected.",
    "core.share_declined": "Somebody opened the link you shared, but did not allow it at Zoom: nothing is connected.",
    "core.share_refused": "Somebody used the link you shared, but Zoom could not be connected through them: “{why}”",
    "core.host_not_chosen": "The profile gives this interview to somebody else.",
    "core.left_at_zoom": (
        "The Zoom meeting of “{subject}” could not be deleted: the connection it was made through no longer works. "
        "Its link still opens it: have its host delete it at Zoom, or connect again and cancel once more."
    ),
    "core.not_moved_at_zoom": (
        "The Zoom meeting of “{subject}” keeps its old time at Zoom, and its link: the connection it was made through "
        "no longer works."
    ),
    "core.moved_at_zoom": (
        "Somebody moved the Zoom meeting of “{subject}” to {when} in Zoom's own pages. The interview stays as it was "
        "agreed, and nobody invited was told: reschedule it to follow, or to put the meeting back."
    ),
    "core.deleted_at_zoom": (
        "Somebody deleted the Zoom meeting of “{subject}” in Zoom's own pages, so its link leads nowhere. Nobody "
        "invited was told: retry the interview for a new link, or cancel it."
    ),
    "core.moved_at_zoom_followed": (
        "Somebody moved the Zoom meeting of “{subject}” to {when} in Zoom's own pages. The interview follows, and "
        "everybody who was invited is told."
    ),
    "core.deleted_at_zoom_followed": (
        "Somebody deleted the Zoom meeting of “{subject}” in Zoom's own pages. The interview is cancelled, and "
        "everybody who was invited is told."
    ),
}


def text_of(profile: Profile, say: Say) -> str:
    """Return a message in the organization's edition, or core's own words for core's keys."""
    own = _CORE_MESSAGES.get(say.key)
    return own.format(**dict(say.values)) if own is not None else profile.labels.text(say)


def defaults_in(profile: Profile, reasons: Iterable[Because]) -> tuple[str, ...]:
    """Return in words, each once, the defaults of core's among ``reasons``: no document of a product says them."""
    ids = dict.fromkeys(reason.clause for reason in reasons)
    cited = (profile.clauses[one] for one in ids if one in profile.clauses)
    return tuple(f"{clause.then} [{clause.id}]" for clause in cited if clause.basis == "default")


def core_refusal(code: str, clause: str, *, about: str = "") -> Refusal:
    """Return core's own refusal; ``code`` without its ``core.`` prefix names the message."""
    return Refusal(code=code, say=Say(key=f"core.{code}"), because=(Because(clause=clause, about=about),))
