"""Deliver what was kept to be told: each notice once, whoever keeps it, and however its process ends."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta

from greenroom.engine.deployment import Deployment
from greenroom.engine.ports.records import NoticeRecord
from greenroom.errors import GreenroomError

CLAIM_FOR = timedelta(minutes=2)
"""Longer than delivering one notice takes; those of a process that stopped are taken up after that."""

TRY_AGAIN_AFTER = timedelta(minutes=1)

log = logging.getLogger(__name__)


async def deliver(deployment: Deployment, notices: Iterable[NoticeRecord]) -> None:
    """Deliver notices that were just committed.

    What they tell of has happened, so one that cannot be delivered now is no error: it stays for `deliver_waiting`.
    """
    for notice in notices:
        claimed = await _claimed(deployment, notice_id=notice.id)
        if claimed is not None:
            await _deliver(deployment, claimed)


async def deliver_waiting(deployment: Deployment, organization_id: str | None = None) -> int:
    """Deliver what a stopped process or a failed delivery left, of one organization or all; return how many left.

    Each is claimed first, so that several processes never deliver the same one. One that cannot be delivered now is
    put off for `TRY_AGAIN_AFTER` and stops no other.
    """
    delivered = 0
    now = deployment.clock.now()
    if not await deployment.store.read(lambda tx: tx.records.undelivered(now, organization_id, limit=1)):
        return delivered
    while (notice := await _claimed(deployment, organization_id)) is not None:
        delivered += await _deliver(deployment, notice)
    return delivered


async def _claimed(
    deployment: Deployment, organization_id: str | None = None, *, notice_id: str | None = None
) -> NoticeRecord | None:
    now = deployment.clock.now()
    return await deployment.store.write(
        lambda tx: tx.records.claim_notice(
            until=now + CLAIM_FOR, now=now, organization_id=organization_id, notice_id=notice_id
        )
    )


async def _deliver(deployment: Deployment, notice: NoticeRecord) -> bool:
    try:
        await deployment.delivery.notice(notice)
    except GreenroomError as error:
        log.warning("notice %s stays for later: %s", notice.id, error.code)
        until = deployment.clock.now() + TRY_AGAIN_AFTER
        await deployment.store.write(lambda tx: tx.records.postpone_notice(notice.id, until))
        return False
    now = deployment.clock.now()
    await deployment.store.write(lambda tx: tx.records.delivered(notice.id, now))
    return True
