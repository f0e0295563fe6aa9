"""The same profile in another process, where strings hash otherwise and the clock on the wall is another zone's.

    python -m greenroom.conformance.elsewhere acme

reads a question a line, as JSON of ``world``, ``settings``, ``actor``, ``question`` and ``arguments``, and prints the
answer, or why there is none, a line each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import weakref
from pathlib import Path
from typing import IO

from greenroom.conformance.in_process import InProcess
from greenroom.conformance.product import ANSWERS, parts_of
from greenroom.conformance.subject import Question, SubjectFault
from greenroom.model import Answer, Ask
from greenroom.profiles import Profile, Registry, Switches

_HASH_SEED = "20270301"
_ZONE = "Pacific/Kiritimati"


class Elsewhere:
    """A profile that is asked in a process of its own, which ends with this object."""

    def __init__(self, profile: Profile) -> None:
        command = [sys.executable, "-m", "greenroom.conformance.elsewhere", f"{profile.name}@{profile.edition}"]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join(map(_whole, sys.path)),
                "PYTHONHASHSEED": _HASH_SEED,
                "PYTHONDONTWRITEBYTECODE": "1",
                "TZ": _ZONE,
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        weakref.finalize(self, _end, self._process)

    def ask(self, question: Question, request: Ask) -> Answer:
        """Return what the profile answers there. Raises `SubjectFault`."""
        parts = parts_of(request)
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        asked.write(json.dumps({**parts._asdict(), "question": question}) + "\n")
        asked.flush()
        answer = json.loads(told.readline() or '{"fault": "the process ended"}')
        if "fault" in answer:
            raise SubjectFault(question, f"in another process {answer['fault']}")
        return ANSWERS[question].validate_python(answer["answer"], strict=False)


def _end(process: subprocess.Popen[str]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()


def _whole(path: str) -> str:
    return str(Path(path or ".").absolute())


def _answer(profile: Profile, questions: IO[str], answers: IO[str]) -> None:
    subject = InProcess(profile)
    for line in questions:
        asked = json.loads(line)
        subject.reset(asked["world"], asked["settings"])
        try:
            told: dict[str, object] = {"answer": subject.act(asked["actor"], asked["question"], asked["arguments"])}
        except SubjectFault as fault:
            told = {"fault": fault.what}
        answers.write(json.dumps(told) + "\n")
        answers.flush()


if __name__ == "__main__":
    name = sys.argv[1]
    only = Switches(only=frozenset({name.partition("@")[0]}))
    _answer(Registry.discover(only).profile(name), sys.stdin, sys.stdout)
