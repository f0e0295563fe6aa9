"""The clauses a scaffold ships: those that follow from its options, and the one its author writes first."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.scaffold.options import Options


@dataclass(frozen=True)
class ShippedClause:
    """A clause that follows from the options; ``key`` is what templates call it."""

    key: str
    when: str
    then: str


_HOSTS = {
    "scheduler": "the Zoom user of whoever schedules hosts",
    "first-interviewer": "the first interviewer with an active Zoom user hosts; the others are skipped",
    "round-robin": "the verified hosts of the settings take turns",
    "authorizer": "the Zoom user who authorized the connection hosts",
    "chosen": "the Zoom user chosen on the interview hosts; without a choice, it is asked for",
}
_HOSTS_WHO_CONNECT = {
    "first-interviewer": "the first interviewer who connected an active Zoom user hosts; the others are skipped",
    "round-robin": "the verified hosts of the settings take turns, each through their own connection",
    "chosen": "whoever is chosen on the interview hosts, if they connected; without a choice, it is asked for",
}
_LINKS = {
    "draft": "a draft gets its meeting already",
    "save": "the meeting is made once the interview is saved, and not before",
    "confirm": "the meeting is made once the time is confirmed, and not before",
    "schedule": "the meeting is made once the interview is scheduled, and not before",
}


def clauses_of(options: Options) -> tuple[ShippedClause, ...]:
    """Return the clauses that follow from ``options``, in the order of their ids."""
    found = [*_connecting(options), *_scheduling(options)]
    told = "a calendar event" if options.calendar else "mail"
    when = "somebody sends the invites of a draft" if options.link == "draft" else "there is a link"
    found.append(ShippedClause("told", when, f"candidates and interviewers are told by {told}"))
    return tuple(found)


def ids_of(options: Options) -> dict[str, str]:
    """Return the ids of the clauses by key; ``first`` is the one its author is to write."""
    keys = [*(one.key for one in clauses_of(options)), "first"]
    return {key: f"{options.prefix}-{number:02}" for number, key in enumerate(keys, 1)}


def _connecting(options: Options) -> list[ShippedClause]:
    found = []
    if options.level != "member":
        found.append(ShippedClause("shared", "an administrator connects", "Zoom is connected for the organization"))
        found.append(ShippedClause("admins", "somebody else tries to", "they are refused"))
    if options.level != "organization":
        found.append(ShippedClause("own", "somebody connects", "their own Zoom user is connected"))
    if options.level == "both":
        found.append(ShippedClause("precedence", "both are connected", "the personal connection is used"))
    if options.approval == "pre-approval":
        what = "nobody connects it" if options.level == "organization" else "nobody connects their own Zoom user"
        found.append(ShippedClause("approval", "a paid account has not pre-approved the app", what))
        found.append(ShippedClause("asking", "pre-approval is asked for", "Zoom admins are told, by Zoom"))
        found.append(ShippedClause("approved", "a Zoom admin approves", "whoever asked is told, and can connect"))
    found.append(ShippedClause("ending", "somebody disconnects", "that connection ends, and its grant is revoked"))
    return found


def _scheduling(options: Options) -> list[ShippedClause]:
    by_kind = options.link == "schedule"
    hosts = _HOSTS_WHO_CONNECT if options.hosts_connect else _HOSTS
    wish = "its kind is not held over Zoom" if by_kind else "nobody asked for Zoom on the interview"
    found = [
        ShippedClause("wish", wish, "it gets no meeting"),
        ShippedClause("stage", "a meeting is wanted", _LINKS[options.link]),
        ShippedClause("unconnected", "Zoom is not connected", "scheduling over Zoom is refused"),
        ShippedClause("host", "a meeting is made", hosts[options.host]),
    ]
    if options.host != "authorizer":
        found.append(ShippedClause("nobody", "there is no such active Zoom user", "no meeting is made"))
    found.append(ShippedClause("unique", "a meeting is made", "it is the interview's own, with a link of its own"))
    return found
