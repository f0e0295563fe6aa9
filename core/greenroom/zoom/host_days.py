"""The hundred changes a day of each host's meetings, as far as this process made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime

from greenroom.engine.ports.zoom import CHANGES_A_DAY, Access, HostBudget, RateLimited
from greenroom.zoom.limits import token_digest
from greenroom.zoom.waiting import next_midnight


class HostDays:
    """Counts by host and UTC day.

    What Zoom refused is not counted: Zoom does not say whether it counts it. The count only informs; a call is
    held back only after Zoom itself said that the hundred are used up. A host goes by id, e-mail or ``me``; the
    names are joined once a reply tells the id.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._day = now().date()
        self._counts: Counter[str] = Counter()
        self._used_up: set[str] = set()
        self._ids: dict[str, str] = {}

    def budget(self, access: Access, host_id: str) -> HostBudget:
        """Return what is known of the host's day."""
        self._turn()
        name = self._name(access, host_id)
        count = self._counts[name]
        remaining = 0 if name in self._used_up else max(CHANGES_A_DAY - count, 0)
        return HostBudget(
            host_id=self._ids.get(self._key(access, host_id), host_id),
            count=count,
            remaining=remaining,
            resets_at=next_midnight(self._now()),
        )

    def check(self, access: Access, host_id: str, where: str) -> None:
        """Raise `RateLimited` if Zoom said today that the host's changes are used up."""
        self._turn()
        if self._name(access, host_id) in self._used_up:
            what = f"the {CHANGES_A_DAY} changes of this host's meetings today are used up; nothing was sent"
            raise RateLimited(what, until=next_midnight(self._now()), limit="host_day", where=where, status=None)

    def spend(self, access: Access, host_id: str) -> None:
        """Count one change."""
        self._turn()
        self._counts[self._name(access, host_id)] += 1

    def use_up(self, access: Access, host_id: str) -> None:
        """Take note that Zoom takes no further change today."""
        self._turn()
        self._used_up.add(self._name(access, host_id))

    def learn(self, access: Access, host_id: str, told: str) -> None:
        """Join what was counted under a name for the host with what was counted under the id that Zoom told."""
        self._turn()
        name = self._key(access, host_id)
        if told in {"", name} or self._ids.get(name) == told:
            return
        self._ids[name] = told
        self._counts[told] += self._counts.pop(name, 0)
        if name in self._used_up:
            self._used_up.add(told)

    def _name(self, access: Access, host_id: str) -> str:
        name = self._key(access, host_id)
        return self._ids.get(name, name)

    @staticmethod
    def _key(access: Access, host_id: str) -> str:
        if host_id == "me":
            return f"me {token_digest(access)}"
        return host_id.casefold() if "@" in host_id else host_id

    def _turn(self) -> None:
        today = next_midnight(self._now()).date()
        if today != self._day:
            self._day = today
            self._counts.clear()
            self._used_up.clear()
            self._ids.clear()
