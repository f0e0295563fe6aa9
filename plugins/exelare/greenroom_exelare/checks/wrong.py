"""Wrong readings of Exelare's document, each carried out and noticed by the clause's checks."""

from __future__ import annotations

from greenroom_exelare.checks import (
    wrong_access,
    wrong_connecting,
    wrong_inviting,
    wrong_permissions,
    wrong_scheduling,
)

READINGS = (
    *wrong_connecting.READINGS,
    *wrong_scheduling.READINGS,
    *wrong_inviting.READINGS,
    *wrong_permissions.READINGS,
    *wrong_access.READINGS,
)
