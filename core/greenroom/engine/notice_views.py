"""What was told, to whom, and whether it has left the house."""

from __future__ import annotations

from pydantic import AwareDatetime

from greenroom.engine.ports.records import NoticeRecord
from greenroom.engine.ports.store import Transaction
from greenroom.engine.standing import find_organization
from greenroom.model import Email, Value


class ToldView(Value):
    """One notice. ``to``: an e-mail address, or an audience where nobody is named.

    ``next_label`` and ``next_page``: the one thing to do next and where, as the product calls it; empty where there
    is none. ``delivered_at=None``: it still has to be delivered, and is tried again.
    """

    id: str
    to: str
    text: str
    next_label: str = ""
    next_page: str = ""
    at: AwareDatetime
    delivered_at: AwareDatetime | None = None


class NoticesView(Value):
    """The notices of an organization, oldest first; with ``to`` those of one person only."""

    organization: str
    to: Email | None = None
    notices: tuple[ToldView, ...] = ()


def notices_view(tx: Transaction, organization: str, to: str | None) -> NoticesView:
    """Return the notices of an organization, or one person's. Raises `NotFound`."""
    record = find_organization(tx, organization)
    told = tuple(_told(one) for one in tx.records.notices(record.id))
    return NoticesView(
        organization=record.name, to=to, notices=tuple(one for one in told if to is None or one.to == to)
    )


def _told(record: NoticeRecord) -> ToldView:
    return ToldView(
        id=record.id,
        to=record.recipient or record.to,
        text=record.text,
        next_label=record.next_label,
        next_page=record.next_page,
        at=record.at,
        delivered_at=record.delivered_at,
    )
