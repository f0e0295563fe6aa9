"""Whoever gave a link on hears what came of it, once per outcome."""

from __future__ import annotations

from greenroom.engine.decisions import keep_notices
from greenroom.engine.deployment import Deployment
from greenroom.engine.gate import Asked
from greenroom.engine.ports.records import AttemptRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.ways import ways_on
from greenroom.engine.words import text_of
from greenroom.model import Action, Answer, Notice, Outcome, Refusal, Say


def keep_share_outcome(
    tx: Transaction, deployment: Deployment, asked: Asked, attempt: AttemptRecord, outcome: Outcome
) -> tuple[NoticeRecord, ...]:
    """Keep the notice to whoever shared the link that an attempt came from [CORE-20]; return it if it is new.

    Nothing where the profile's own answer tells them, or where the attempt came from no shared link.
    """
    standing = asked.standing
    if attempt.path != "shared" or standing.actor is None or _tells_sharer(asked.step):
        return ()
    event = f"share:{attempt.ticket_hash or attempt.state_hash}:{outcome}"
    ways = ways_on(standing.profile, _next(asked, outcome), attempt.level)
    notice = Notice(to="actor", say=_say(asked, outcome))
    return keep_notices(tx, deployment, standing, (notice,), event=event, way=ways[0] if ways else None)


def _tells_sharer(step: Answer) -> bool:
    """Whether an answer has a notice for the member who began: on this path they are the one who acts."""
    return any(notice.to in {"actor", "scheduler"} for notice in step.notices)


def _say(asked: Asked, outcome: Outcome) -> Say:
    if outcome == "not_allowed" and isinstance(asked.step, Refusal):
        return Say(key="core.share_refused", values=(("why", text_of(asked.standing.profile, asked.step.say)),))
    return Say(key="core.share_" + ("granted" if outcome == "granted" else "declined"))


def _next(asked: Asked, outcome: Outcome) -> tuple[Action, ...]:
    if outcome == "granted":
        return ()
    # A refusal after declining has its words for whoever declined; whoever shared the link can share it again.
    if outcome == "not_allowed" and isinstance(asked.step, Refusal) and asked.step.next:
        return asked.step.next[:1]
    return (Action.SHARE,)
