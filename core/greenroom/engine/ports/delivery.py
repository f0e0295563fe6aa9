"""How letters and notices leave the house."""

from __future__ import annotations

from typing import Protocol

from greenroom.engine.ports.records import LetterRecord, NoticeRecord


class Delivery(Protocol):
    """Takes what is to be sent. Called again after a crash: the same id must not be delivered twice."""

    async def letter(self, record: LetterRecord) -> None:
        """Deliver one letter to its recipients."""
        ...

    async def notice(self, record: NoticeRecord) -> None:
        """Deliver one notice."""
        ...
