"""Pure rules over the model that profiles share. Nothing here knows a product."""

from greenroom.rules.answers import because, done, refuse
from greenroom.rules.ends import follow, loss, told_again
from greenroom.rules.gates import missing_permissions, only_active, only_roles, same_email
from greenroom.rules.hosting import first_usable, first_with_zoom, host_for_email, round_robin
from greenroom.rules.invites import calendar_invite
from greenroom.rules.phases import phase_at
from greenroom.rules.settings import settings_of

__all__ = [
    "because",
    "calendar_invite",
    "done",
    "first_usable",
    "first_with_zoom",
    "follow",
    "host_for_email",
    "loss",
    "missing_permissions",
    "only_active",
    "only_roles",
    "phase_at",
    "refuse",
    "round_robin",
    "same_email",
    "settings_of",
    "told_again",
]
