"""Letters and notices as files: ``.eml``, ``.ics`` and ``.html`` in one folder a panel."""

from __future__ import annotations

import asyncio
import contextlib
import os
import tempfile
from pathlib import Path

from greenroom.engine.ports.delivery import NotDelivered
from greenroom.engine.ports.records import LetterRecord, NoticeRecord


class FileDelivery:
    """Writes what would be sent below ``folder``. The same letter writes the same files: doing it twice is harmless.

    Raises `NotDelivered` when the folder cannot be written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def letter(self, record: LetterRecord) -> None:
        """Write a letter's files."""
        await asyncio.to_thread(self._write_letter, record)

    async def notice(self, record: NoticeRecord) -> None:
        """Write a notice as one text file."""
        target = self._folder / "notices" / f"{record.id}.txt"
        await asyncio.to_thread(_write, target, _notice_text(record).encode())

    def _write_letter(self, record: LetterRecord) -> None:
        stem = (
            self._folder / record.panel_id / f"{record.interview_id}-{record.sequence}-{record.uid.partition('@')[0]}"
        )
        _write(stem.with_name(stem.name + ".eml"), record.eml)
        _write(stem.with_name(stem.name + ".html"), record.html.encode())
        if record.ics is not None:
            _write(stem.with_name(stem.name + ".ics"), record.ics)


def _notice_text(record: NoticeRecord) -> str:
    text = f"To: {record.recipient or record.to}\nDate: {record.at.isoformat()}\n\n{record.text}\n"
    if not record.next_label:
        return text
    return f"{text}\nNext: {record.next_label}" + (f" ({record.next_page})\n" if record.next_page else "\n")


def _write(path: Path, data: bytes) -> None:
    """Write a whole file or none: through a temporary one beside it, which does not stay."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        with contextlib.ExitStack() as undo:
            undo.callback(Path(temporary).unlink, missing_ok=True)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(temporary).replace(path)
    except OSError as error:
        raise NotDelivered(
            f"it could not be written: {error.strerror}",
            where="GREENROOM_OUT",
            next="Have the folder exist, be writable and not be full; it is tried again",
        ) from error
