"""How letters and notices leave the house.

NotDelivered                 what was to be sent did not leave; it stays, to be sent again
"""

from __future__ import annotations

from typing import Protocol

from greenroom.engine.ports.records import LetterRecord, NoticeRecord
from greenroom.errors import GreenroomError


class NotDelivered(GreenroomError):
    """A letter or notice did not leave. Nothing is lost: a letter stays unsent, a notice is delivered later."""

    code = "delivery.failed"


class Delivery(Protocol):
    """Takes what is to be sent. Called again after a crash: the same id must not be delivered twice.

    Raises `NotDelivered` when it cannot be sent now; any other exception is a defect and ends who called.
    """

    async def letter(self, record: LetterRecord) -> None:
        """Deliver one letter to its recipients."""
        ...

    async def notice(self, record: NoticeRecord) -> None:
        """Deliver one notice."""
        ...
