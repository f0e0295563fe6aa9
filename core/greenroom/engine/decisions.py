"""Keep every decision with its reasons, so that *why* is a query."""

from __future__ import annotations

from pydantic import JsonValue

from greenroom.engine.deployment import Deployment
from greenroom.engine.outcomes import WayOn
from greenroom.engine.ports.records import DecisionRecord, NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import Standing
from greenroom.engine.words import text_of
from greenroom.model import Answer, HostChoice, Member, Notice, Say
from greenroom.profiles import Answered


def decision_record(
    deployment: Deployment,
    standing: Standing,
    answered: Answered[Answer],
    *,
    question: str,
    interview_id: str | None = None,
) -> DecisionRecord:
    """Return the record of an answer: its reasons, message and who was considered; not the request."""
    answer = answered.answer
    kept: dict[str, JsonValue] = {
        "because": [reason.model_dump(mode="json") for reason in answer.because],
        "message": _message(standing, answer),
        "warnings": [text_of(standing.profile, say) for say in answer.warnings],
    }
    if isinstance(answer, HostChoice):
        kept["considered"] = [item.model_dump(mode="json") for item in answer.considered]
    return DecisionRecord(
        id=deployment.ids.new("dec"),
        organization_id=standing.record.id,
        interview_id=interview_id,
        hook=answered.hook,
        question=question,
        kind=str(getattr(answer, "kind", type(answer).__name__)),
        answer=kept,
        profile=standing.profile.name,
        edition=standing.profile.edition,
        version=answered.version,
        amended_by=answered.amended_by,
        deviating=deviating(answered),
        at=deployment.clock.now(),
    )


def deviating(answered: Answered[Answer]) -> tuple[str, ...]:
    """Return in words what makes an answer this deployment's and not the product's."""
    policies = tuple(f"changed by policy {name}" for name in answered.amended_by)
    return (*policies, *(str(one) for one in answered.deviating))


def keep_notices(
    tx: Transaction,
    deployment: Deployment,
    standing: Standing,
    notices: tuple[Notice, ...],
    *,
    event: str,
    way: WayOn | None = None,
) -> tuple[NoticeRecord, ...]:
    """Keep an answer's notices; what Zoom itself promises to send is not sent twice. Returns the new ones.

    ``way``: what they can do next.
    """
    records = notice_records(tx, deployment, standing, notices, event=event)
    if way is not None:
        named = {"next_label": way.label, "next_page": way.where}
        records = tuple(record.model_copy(update=named) for record in records)
    return tuple(record for record in records if tx.records.add_notice(record))


def notice_records(
    tx: Transaction, deployment: Deployment, standing: Standing, notices: tuple[Notice, ...], *, event: str
) -> tuple[NoticeRecord, ...]:
    """Return whom an answer's notices tell what, leaving out what Zoom itself promises to send; nothing is kept."""
    return tuple(
        NoticeRecord(
            id=deployment.ids.new("ntc"),
            organization_id=standing.record.id,
            event=event,
            to=notice.to,
            recipient=_recipient(tx, standing, notice),
            say=notice.say,
            text=text_of(standing.profile, notice.say),
            at=deployment.clock.now(),
        )
        for notice in notices
        if notice.sent_by != "zoom"
    )


def _recipient(tx: Transaction, standing: Standing, notice: Notice) -> str | None:
    if notice.to == "requester" and standing.approval.requested_by:
        member: Member | None = tx.organizations.member(standing.record.id, standing.approval.requested_by)
        return member.email if member else None
    if notice.to in {"actor", "scheduler"} and standing.actor is not None:
        return standing.actor.email
    return None


def _message(standing: Standing, answer: Answer) -> str:
    say = getattr(answer, "say", None)
    return text_of(standing.profile, say) if isinstance(say, Say) else ""
