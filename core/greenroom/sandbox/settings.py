"""Meeting settings of accounts and users, and which value wins."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from greenroom.sandbox.passcodes import PasscodeRequirement, requirement_of
from greenroom.sandbox.world import Overrides, Plan


@dataclass(frozen=True)
class HostSettings:
    """The settings in force for one host.

    Attributes:
        locked: settings whose value here wins over what a meeting request asks, silently.
        one_security_option_required: a meeting without passcode and authentication gets a waiting room.
        allow_authentication_exception: named guests may come to a meeting for signed-in people.
        meeting_password_requirement: the rules as a settings object holds them.
    """

    waiting_room: bool = False
    join_before_host: bool = False
    require_password: bool = True
    meeting_authentication: bool = False
    use_pmi_for_scheduled_meetings: bool = False
    embed_password_in_join_link: bool = True
    breakout_room_schedule: bool = False
    cloud_recording: bool = True
    auto_recording: str = "none"
    host_video: bool = False
    participant_video: bool = False
    allow_authentication_exception: bool = False
    meeting_password_requirement: Mapping[str, bool | int] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    one_security_option_required: bool = True

    def bool_of(self, name: str, *, asked: bool) -> bool:
        """Return the setting's own value when it is locked, else what was asked."""
        return bool(getattr(self, name)) if name in self.locked else asked

    @property
    def passcodes(self) -> PasscodeRequirement:
        """Return what passcodes must satisfy."""
        return requirement_of(self.meeting_password_requirement)


SETTING_NAMES = frozenset(one.name for one in fields(HostSettings)) - {"locked", "one_security_option_required"}


def settings_in_force(
    *,
    plan: Plan,
    active_hosts: int,
    account: Overrides,
    user: Overrides,
    locks: frozenset[str],
    one_security_option_required: bool,
) -> HostSettings:
    """Combine defaults, account and user; a locked setting takes the account's value.

    A free account, and a Pro account with one host, has passcodes on and locked whatever it says.
    """
    own = {name: value for name, value in user.items() if name not in locks}
    values = {**account, **own}
    if plan == "basic" or (plan == "pro" and active_hosts == 1):
        values["require_password"] = True
        locks = locks | {"require_password"}
    known = {name: value for name, value in values.items() if name in SETTING_NAMES}
    return HostSettings(
        **known,  # type: ignore[arg-type] # the world schema gives each name its type
        locked=locks,
        one_security_option_required=one_security_option_required,
    )
