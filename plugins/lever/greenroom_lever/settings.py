"""What a Super Admin sets on the Zoom tile under "Settings > Integrations and API"."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from greenroom.model import Scope, Settings, ZoomUserEmail


class HostSelection(StrEnum):
    """Lever's two ways to name a Zoom host [LEV-35]."""

    FIRST_INTERVIEWER = "first_interviewer"
    SPECIFIC_HOSTS = "specific_hosts"


class OrganizationSettings(Settings):
    """The settings of one Lever instance.

    ``hosts`` keeps the order they were entered in, the primary host first; it is remembered while
    ``host_selection`` says first interviewer, and not used then [LEV-47].
    """

    host_selection: HostSelection = Field(
        HostSelection.FIRST_INTERVIEWER, title="host_selection", description="help.host_selection"
    )
    hosts: tuple[ZoomUserEmail, ...] = Field((), title="hosts", description="help.hosts")
    disable_personal_meeting_id: bool = Field(
        default=False, title="disable_personal_meeting_id", description="help.disable_personal_meeting_id"
    )
    include_zoom_links: bool = Field(default=False, title="include_zoom_links", description="help.include_zoom_links")


SETTINGS: Mapping[Scope, type[Settings]] = {Scope.ORGANIZATION: OrganizationSettings}
