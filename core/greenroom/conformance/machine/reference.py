"""The small model a play is compared with: what the manifest declares, and what must be so after these events."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable

from greenroom.conformance.machine.plot import Plot
from greenroom.model import Action, Cause, Level
from greenroom.profiles.manifest import Manifest
from greenroom.whatif.events import Event, ZoomUserChange
from greenroom.whatif.report import Happened
from greenroom.whatif.seen import LedgerMeeting, Seen

STAGES = ("draft", "saved", "confirmed", "sent")
"""How far an interview has come, in order."""

KEPT_AT_ZOOM = "CORE-09"
"""The clause that says when a meeting stays at Zoom although its interview went on without it."""

_REFERENCE = re.compile(r"Ref\. (GR-[A-Z0-9]+)")
_BY_PEOPLE = {
    "connect": (Action.ENABLE, Action.CONNECT, Action.COMPLETE),
    "open_link": (Action.COMPLETE,),
    "share": (Action.SHARE,),
    "configure": (Action.CONFIGURE,),
    "disconnect": (Action.DISCONNECT, Cause.PERSON),
}
_BY_ZOOM = {
    "reject": (Cause.APPROVAL_WITHDRAWN, Cause.UNINSTALLED, Cause.GRANT_DEAD),
    "remove_scope": (Cause.SCOPES_LOST, Cause.GRANT_DEAD),
    "uninstall": (Cause.UNINSTALLED, Cause.GRANT_DEAD),
    "zoom_account": (Cause.APPROVAL_WITHDRAWN, Cause.GRANT_DEAD),
    "zoom_down": (Cause.GRANT_DEAD,),
    "zoom_user": (Cause.AUTHORIZER_ROLE, Cause.AUTHORIZER_GONE, Cause.SCOPES_LOST, Cause.GRANT_DEAD),
}
"""What each event at Zoom may end a connection by, then or whenever it is found out."""


class Reference:
    """What is known of a play without asking the product.

    Attributes:
        plot: what the events amount to.
        doubted: interviews of which nobody can say how Zoom has them, with the event that ended so.
        gone: those who were deleted at Zoom, whose meetings went with them.
        left: links of meetings that stay at Zoom, as the product said when it went on without them.
    """

    def __init__(self, manifest: Manifest) -> None:
        self.manifest = manifest
        self.plot = Plot()
        self.doubted: dict[str, Event] = {}
        self.left: set[str] = set()
        self.gone: set[str] = set()
        self._interview_of: dict[str, str] = {}
        self._lost: set[tuple[Level, str]] = set()
        self._grounds_lost: set[Cause] = set()

    def happened(self, event: Event, came: Happened, before: Seen, after: Seen) -> None:
        """Take note of an event before it is judged."""
        self.plot = self.plot.after(event)
        self._grounds_lost |= set(_BY_ZOOM.get(event.kind, ()))
        self._note_doubt(event, came)
        self._note_left(came, before, after)
        self._note_references(after)
        if isinstance(event.doing, ZoomUserChange) and event.doing.deleted:
            self.gone.add(event.doing.who)
        for one in before.connections:
            self._lost |= {(one.level, one.owner)} if one.zoom_user else set()
        self._lost -= {(one.level, one.owner) for one in after.connections if one.zoom_user}

    @property
    def lost(self) -> bool:
        """Whether some connection that worked works no more."""
        return bool(self._lost)

    def named(self, meeting: LedgerMeeting) -> str:
        """Return the interview a meeting was made for; before it is known, the reference in its agenda."""
        found = _REFERENCE.search(meeting.agenda)
        reference = found[1] if found else meeting.uuid
        return self._interview_of.get(reference, reference)

    def reaches(self, level: Level, at: str, to: str, kind: str, action: Action | None = None) -> bool:
        """Whether declared moves lead from one phase to another by what an event of this kind can bring about."""
        ways = {one.value for one in (*self._people(kind, action), *self._grounds_lost)}
        seen, queue = {at}, deque((at,))
        while queue:
            here = queue.popleft()
            for move in self.manifest.moves.get(level, ()):
                if move.at == here and move.to not in seen and ways & set(move.by):
                    seen.add(move.to)
                    queue.append(move.to)
        return to in seen

    def declares(self, level: Level, at: str, way: str) -> bool:
        """Whether a declared move leaves phase ``at`` by this action or cause."""
        return any(move.at == at and way in move.by for move in self.manifest.moves.get(level, ()))

    def _people(self, kind: str, action: Action | None) -> Iterable[Action | Cause]:
        if kind == "set_up":
            return (*Action, *Cause)
        if action is Action.DISABLE:
            return (action, Cause.SWITCHED_OFF)
        return (action,) if action is not None else _BY_PEOPLE.get(kind, ())

    def _note_doubt(self, event: Event, came: Happened) -> None:
        name = getattr(event.doing, "interview", None)
        names = [one.name for one in came.interviews] or ([name] if name else [])
        for one in names:
            if "unclear" in came.outcome:
                self.doubted[one] = event
            elif came.outcome not in {"failed", "not possible", "previewed", "edited"}:
                self.doubted.pop(one, None)

    def _note_left(self, came: Happened, before: Seen, after: Seen) -> None:
        """A meeting may stay behind where the product says so: by the clause, or of the interview itself."""
        now = {one.id: one for one in after.interviews}
        for one in before.interviews:
            then = now[one.id]
            went = one.join_url is not None and (then.join_url != one.join_url or then.state != "live")
            if went and one.join_url is not None and (then.attention or KEPT_AT_ZOOM in came.clauses):
                self.left.add(one.join_url)

    def _note_references(self, after: Seen) -> None:
        names = {one.join_url: one.subject or one.id for one in after.interviews if one.join_url and one.host}
        for meeting in after.meetings:
            found = _REFERENCE.search(meeting.agenda)
            if found and meeting.join_url in names:
                self._interview_of.setdefault(found[1], names[meeting.join_url])
