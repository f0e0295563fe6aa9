"""What an administrator configures about the Zoom integration."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from greenroom.model import Scope, Settings


class OrganizationSettings(Settings):
    """The settings of one Exelare organization; ``calendar_sync`` is off until somebody enables it [EXE-22, EXE-23]."""

    calendar_sync: bool = Field(default=False, title="calendar_sync", description="help.calendar_sync")


SETTINGS: Mapping[Scope, type[Settings]] = {Scope.ORGANIZATION: OrganizationSettings}
