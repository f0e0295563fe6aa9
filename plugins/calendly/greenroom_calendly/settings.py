"""What owners and admins set on the Zoom integration page."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from greenroom.model import Scope, Settings


class OrganizationSettings(Settings):
    """The settings of one Calendly organization.

    ``allow_removal`` is something that one allows, so nobody may remove anything before it is on [CAL-20].
    """

    allow_removal: bool = Field(default=False, title="allow_removal", description="help.allow_removal")


SETTINGS: Mapping[Scope, type[Settings]] = {Scope.ORGANIZATION: OrganizationSettings}
