"""What holds of letters: nothing in them that is not for their reader, no link that leads nowhere, none for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenroom.conformance.machine.promise import Complaints, Step, promise

_HOST_ONLY = {
    "a start link": re.compile(r"/s/\d{5,}"),
    "a ZAK": re.compile(r"[?&]zak=", re.IGNORECASE),
    "a host key": re.compile(r"host.?key\W+\d{6}", re.IGNORECASE),
    "a token": re.compile(r"access_token|refresh_token|Bearer |\beyJ[\w-]{20,}\."),
}
_JOIN = re.compile(r"https?://[^\s\"'<>]+/j/\d+[^\s\"'<>)]*")
_SILENT = frozenset({"act", "approve", "configure", "connect", "disconnect", "edit", "open_link", "preview", "reject"})


@promise(
    "No letter holds a start link, a ZAK, a host key or a token.",
    fix="show the join link; a start link makes its reader the host",
)
def no_secret_in_a_letter(step: Step) -> Complaints:
    """Look into everything that left the house: subject, both bodies, the calendar file and the mail itself."""
    letters = step.after.letters[len(step.before.letters) :]
    if not letters:
        return None
    return [
        f"a letter to the {one.audience} of {one.recipients[0] if one.recipients else 'nobody'} holds {what}"
        for one in letters
        for what, sign in _HOST_ONLY.items()
        if any(sign.search(text) for text in (one.subject, one.text, one.html, (one.ics or b"").decode()))
    ]


@promise(
    "A letter's join link is the one its interview states, which Zoom has, or somebody typed.",
    fix="take the link from the meeting of the interview at hand",
)
def links_lead_somewhere(step: Step) -> Complaints:
    """Cancellations may still name the link that was."""
    fresh = [one for one in step.after.letters[len(step.before.letters) :] if one.method != "CANCEL"]
    urls = {one.id: {one.join_url} for one in (*step.before.interviews, *step.after.interviews)}
    for one in step.before.interviews:
        urls[one.id].add(one.join_url)
    if not fresh:
        return None
    return [
        f"a letter to the {letter.audience} states {url}, which is not the link of its interview"
        for letter in fresh
        for url in _JOIN.findall(letter.text)
        if url.rstrip(".,;") not in urls.get(letter.interview_id, set())
    ]


@promise(
    "Letters go out when something is done with an interview, not when settings or connections change.",
    fix="what a letter says was decided when it was sent; a later setting must not send it anew",
)
def no_letter_out_of_the_blue(step: Step) -> Complaints:
    """Looking, configuring and connecting send nothing."""
    if step.kind not in _SILENT:
        return None
    fresh = step.after.letters[len(step.before.letters) :]
    return [f"{step.kind} sent a letter to the {one.audience}" for one in fresh]


@promise(
    "What was sent stays as it was sent, and nobody gets the same letter twice.",
    fix="a letter that left the house is never composed again under its own number",
)
def what_was_sent_stays(step: Step) -> Complaints:
    """Letters of before are still there, unchanged; of each calendar entry no number goes out twice."""
    if not step.before.letters and not step.after.letters:
        return None
    kept = step.after.letters[: len(step.before.letters)]
    complaints = [] if kept == step.before.letters else ["a letter that was sent is otherwise than it was"]
    return complaints + [f"{uid} went out twice as number {number}" for uid, number in _twice(step)]


def _twice(step: Step) -> Iterator[tuple[str, int]]:
    numbers = [(one.uid, one.sequence, one.method) for one in step.after.letters if one.ics]
    for one in dict.fromkeys(numbers):
        if numbers.count(one) > 1:
            yield one[0], one[1]
