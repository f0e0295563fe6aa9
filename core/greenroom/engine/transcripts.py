"""Transcripts as text: read from WebVTT, searched by words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from greenroom.engine.feature_outcomes import CueView

_SPEAKER = re.compile(r"(?P<name>[^:\n]{1,80}): (?P<text>.*)", re.DOTALL)


def cues_of(content: bytes) -> tuple[CueView, ...]:
    """Return what was said, in order. Zoom puts the speaker's name before the text: ``Ana Lee: Good morning.``

    Raises ``ValueError`` for what is no WebVTT.
    """
    import webvtt  # only who reads transcripts needs it
    from webvtt.errors import MalformedFileError

    try:
        captions = webvtt.from_string(content.decode("utf-8-sig", errors="replace")).captions
    except MalformedFileError as error:
        message = "this is no WebVTT"
        raise ValueError(message) from error
    return tuple(_cue(caption.start, caption.text) for caption in captions)


def found_in(cues: Iterable[CueView], words: str) -> tuple[CueView, ...]:
    """Return the cues in which every one of ``words`` stands, in any order and case; speakers' names count too."""
    wanted = words.casefold().split()
    return tuple(cue for cue in cues if _has_all(f"{cue.speaker} {cue.text}".casefold(), wanted))


def _has_all(text: str, wanted: Iterable[str]) -> bool:
    return all(word in text for word in wanted)


def _cue(start: str, text: str) -> CueView:
    hours, minutes, seconds = ("0:" * (2 - start.count(":")) + start).split(":")
    spoken = _SPEAKER.fullmatch(text)
    name, said = (spoken["name"], spoken["text"]) if spoken is not None else ("", text)
    at = int(hours) * 3600 + int(minutes) * 60 + float(seconds)
    return CueView(at=at, speaker=name.strip(), text=" ".join(said.split()))
