"""Another host than the profile's own choice: whether they may, and what waits until they do."""

from __future__ import annotations

from greenroom.engine.ports.records import InterviewRecord
from greenroom.errors import BadInput
from greenroom.model import Because, HostChoice, Person, Refusal, Say


def given_to(choice: HostChoice, person: Person) -> HostChoice | Refusal:
    """Return the choice of ``person`` if the profile called them eligible beside its own choice; no turn is used.

    Otherwise core's refusal: the profile gives this interview to somebody else [CORE-18].
    """
    seen = next((one for one in choice.considered if one.who == person.email and one.verdict == "eligible"), None)
    if seen is not None and person.zoom is not None:
        return choice.model_copy(update={"host": person.zoom, "turn": None})
    fact = f"the profile's choice is {choice.host.email}"
    reason = Because(clause="CORE-18", about=person.email, fact=fact)
    refused = tuple(one.because for one in choice.considered if one.who == person.email)
    return Refusal(code="host_not_chosen", say=Say(key="core.host_not_chosen"), because=(reason, *refused))


def refuse_while_moving(record: InterviewRecord) -> None:
    """Raise `BadInput` while an interview's move to another host is not completed: it may have two meetings."""
    if record.moving is not None:
        raise BadInput(
            f"its move to {record.moving.to} was begun and is not completed",
            where=record.id,
            next=f"Run greenroom retry {record.id} first",
        )
