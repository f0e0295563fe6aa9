"""Users and meetings as Zoom's replies hold them, read into our own values.

Ids and join URLs must be right. Everything else is read if it can be and left out if not: a meeting that exists
must not be lost over a field nobody asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Literal

from greenroom.engine.ports.zoom import MadeMeeting
from greenroom.model import Cloud, Licence, Permission, ZoomAccount, ZoomRole, ZoomStatus, ZoomUser
from greenroom.zoom.fields import Bool, Id, IdOfAnyType, Instant, Int, Link, MeetingId, OrNone, Reply, Text, read

_LICENCES: Mapping[int, Licence] = {1: "basic", 2: "licensed"}
_ROLES: Mapping[str, ZoomRole] = {"0": "owner", "1": "admin", "2": "member"}
_ROLE_EDITOR = {
    "User": ("User and Permission Management", "Users"),
    "ZoomRooms": ("Zoom Rooms Management", "Zoom rooms"),
}


_Status = Annotated[Literal["active", "inactive", "pending"] | None, OrNone]


class _Settings(Reply):
    use_pmi: Bool = None
    join_before_host: Bool = None
    waiting_room: Bool = None
    meeting_authentication: Bool = None
    auto_recording: Text = None


class _Meeting(Reply):
    id: MeetingId
    uuid: Id = None
    join_url: Link
    host_id: Id = None
    topic: Text = None
    agenda: Text = None
    start_time: Instant = None
    duration: Int = None
    password: Text = None
    status: Text = None
    settings: Annotated[_Settings | None, OrNone] = None


class _User(Reply):
    id: Id = None
    email: Id = None
    type: Int = None
    role_id: IdOfAnyType = None
    status: _Status = None
    account_id: Id = None


def meeting_of(document: Mapping[str, object], *, host_id: str) -> MadeMeeting | None:
    """Return the meeting a reply describes; ``None`` without a usable id and join URL.

    ``host_id`` is taken where the reply does not name the host.
    """
    found = read(_Meeting, document)
    if found is None:
        return None
    settings = found.settings or _Settings()
    return MadeMeeting(
        id=found.id,
        running=found.status == "started",
        uuid=found.uuid,
        host_id=found.host_id or host_id,
        join_url=found.join_url,
        topic=found.topic or "",
        agenda=found.agenda or "",
        start=found.start_time,
        minutes=found.duration,
        passcode=found.password or None,
        use_pmi=settings.use_pmi,
        join_before_host=settings.join_before_host,
        waiting_room=settings.waiting_room,
        authentication=settings.meeting_authentication,
        auto_recording=settings.auto_recording,
    )


def user_of(
    document: Mapping[str, object],
    *,
    cloud: Cloud,
    status: ZoomStatus = "active",
    permissions: frozenset[Permission] = frozenset(),
) -> ZoomUser | None:
    """Return the user a reply describes; ``None`` without id or e-mail (an invitation nobody accepted has no id).

    ``status`` is taken where the reply names none. The plan of the account is not in any user's reply.
    """
    found = read(_User, document)
    if found is None or found.id is None or found.email is None:
        return None
    return ZoomUser(
        id=found.id,
        email=found.email,
        status=found.status or status,
        licence=_LICENCES.get(found.type or 0, "none"),
        role="member" if found.role_id is None else _ROLES.get(found.role_id, "custom"),
        permissions=permissions,
        account=ZoomAccount(id=found.account_id, cloud=cloud, source="observed"),
    )


def permissions_of(privileges: Iterable[object]) -> frozenset[Permission]:
    """Return role permissions, as the role editor prints them, from privileges such as ``User:Edit``.

    Editing includes seeing. What the table does not know stands under *Other* by Zoom's own word.
    """
    held: dict[str, bool] = {}
    for privilege in privileges:
        if isinstance(privilege, str) and privilege:
            known = re.fullmatch(r"(.+):(Read|Edit)", privilege)
            name, edits = (known[1], known[2] == "Edit") if known else (privilege, False)
            held[name] = held.get(name, False) or edits
    return frozenset(_permission(name, edits=edits) for name, edits in held.items())


def _permission(name: str, *, edits: bool) -> Permission:
    section, item = _ROLE_EDITOR.get(name, ("Other", name))
    return Permission(section=section, item=item, view=True, edit=edits)
