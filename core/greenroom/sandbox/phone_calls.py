"""Phone calls, as they are made in a world or by hand, and as lists and events draw them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from greenroom.sandbox.clock import iso
from greenroom.sandbox.directory import Account, Directory, User
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.ids import Ids
from greenroom.sandbox.world import World
from greenroom.sandbox.world_products import PHONE_PLANS, CallSpec

Direction = Literal["inbound", "outbound"]

_RINGING = timedelta(seconds=5)


@dataclass(frozen=True)
class Side:
    """One end of a call: a number, and whose it is when it belongs to somebody of the account."""

    number: str
    user: User | None = None

    def facts(self, role: str) -> dict[str, object]:
        """Return the published facts of this side; `role` is `caller` or `callee`."""
        if self.user is None or self.user.phone is None:
            outside = {"number_type": "external_pstn", "did_number": self.number, "name": self.number}
            return {f"{role}_{name}": value for name, value in outside.items()}
        known = {
            "name": self.user.display_name,
            "email": self.user.email,
            "did_number": self.number,
            "ext_id": extension_of(self.user),
            "ext_number": str(self.user.phone.extension),
            "ext_type": "user",
            "number_type": "zoom_pstn",
        }
        return {f"{role}_{name}": value for name, value in known.items()}


@dataclass(frozen=True)
class PhoneCall:
    """A call that ended.

    Attributes:
        uuid: names the call in the account's history.
        answered: when somebody took it, if anybody did.
        recording_id: names its recording; empty without one.
    """

    id: str
    uuid: str
    account_id: str
    caller: Side
    callee: Side
    started: datetime
    answered: datetime | None
    ended: datetime
    result: str
    recording_id: str = ""

    @property
    def seconds(self) -> int:
        """Return how long they talked."""
        return int((self.ended - self.answered).total_seconds()) if self.answered else 0

    @property
    def connect_type(self) -> str:
        """Return whether both sides belong to the account."""
        return "internal" if self.caller.user and self.callee.user else "external"

    @property
    def direction(self) -> Direction:
        """Return the direction as the account sees it."""
        return "outbound" if self.caller.user else "inbound"

    def direction_for(self, user_id: str) -> Direction:
        """Return the direction as one of the two sees it."""
        return "outbound" if self.caller.user and self.caller.user.id == user_id else "inbound"

    def people(self) -> Iterator[tuple[str, User]]:
        """Yield the people of the account in the call, each with `caller` or `callee`."""
        for role, side in (("caller", self.caller), ("callee", self.callee)):
            if side.user:
                yield role, side.user

    def of_both(self) -> dict[str, object]:
        """Return the published facts of both sides."""
        return {**self.caller.facts("caller"), **self.callee.facts("callee")}

    def element_id(self, user_id: str) -> str:
        """Return the id of one person's part in the call."""
        return f"{self.uuid}-{'1' if self.direction_for(user_id) == 'outbound' else '2'}"


class PhoneCalls:
    """Every call, those the world says were made before the sandbox started first."""

    def __init__(self, world: World, directory: Directory, ids: Ids, now: datetime) -> None:
        self._directory = directory
        self._ids = ids
        self._kept: list[PhoneCall] = []
        for spec in (call for account in world.accounts for call in account.calls):
            self.place(spec, now - timedelta(minutes=spec.ended_minutes_ago))

    def __iter__(self) -> Iterator[PhoneCall]:
        return iter(self._kept)

    def place(self, spec: CallSpec, ended: datetime) -> PhoneCall:
        """Keep a call that ended.

        Raises:
            ControlError: neither side is somebody with a phone, one is somebody without, or they are of two
                accounts.
        """
        caller, callee = self._side(spec.caller), self._side(spec.callee)
        owners = [side.user for side in (caller, callee) if side.user]
        if not owners or len({user.account_id for user in owners}) > 1:
            message = "A call needs somebody with a phone licence on one side, and people of one account only."
            raise ControlError(message)
        talked = timedelta(seconds=spec.seconds)
        call = PhoneCall(
            id=str(self._ids.number(19)),
            uuid=self._ids.text(22),
            account_id=owners[0].account_id,
            caller=caller,
            callee=callee,
            started=ended - talked - _RINGING,
            answered=ended - talked if spec.result == "answered" else None,
            ended=ended,
            result=spec.result,
            recording_id=self._ids.text(32).lower() if spec.recorded else "",
        )
        self._kept.append(call)
        return call

    def _side(self, who: str) -> Side:
        if "@" not in who:
            return Side(who)
        user = self._directory.find_user(who)
        if user is None or user.phone is None or not has_phone(self._directory.account_of(user), user):
            message = f"{who!r} has no phone: give them a phone licence in the world, on a business plan or above."
            raise ControlError(message)
        return Side(user.phone.number, user)


def has_phone(account: Account, user: User) -> bool:
    """Tell whether somebody has a phone: by licence, in an account whose plan allows it."""
    return account.plan in PHONE_PLANS and user.phone is not None


def extension_of(user: User) -> str:
    """Return the id of a person's extension, which is not their user id."""
    return f"ext-{user.id}"


def log_entry(call: PhoneCall, user: User) -> dict[str, object]:
    """Return one person's part in a call, as the older lists and the events name its parts."""
    return {**_part(call, user), "id": call.element_id(user.id), "call_path_id": call.uuid}


def element(call: PhoneCall, user: User) -> dict[str, object]:
    """Return one person's part in a call, as the newer lists name its parts."""
    return {**_part(call, user), "call_element_id": call.element_id(user.id), "call_history_uuid": call.uuid}


def recording(call: PhoneCall, base_url: str) -> dict[str, object]:
    """Return a call's recording, as lists show it."""
    return {
        "id": call.recording_id,
        "call_id": call.id,
        "caller_name": call.of_both()["caller_name"],
        "caller_number": call.caller.number,
        "caller_number_type": 1 if call.caller.user else 2,
        "callee_name": call.of_both()["callee_name"],
        "callee_number": call.callee.number,
        "callee_number_type": 1 if call.callee.user else 2,
        "direction": call.direction,
        "date_time": iso(call.answered or call.started),
        "duration": call.seconds,
        "download_url": f"{base_url}/v2/phone/recording/download/{call.recording_id}",
    }


def times(call: PhoneCall) -> dict[str, object]:
    """Return when a call started, was taken and ended."""
    taken = {"answer_time": iso(call.answered)} if call.answered else {}
    return {"start_time": iso(call.started), **taken, "end_time": iso(call.ended)}


def _part(call: PhoneCall, user: User) -> dict[str, object]:
    outbound = call.direction_for(user.id) == "outbound"
    kept = {"recording_id": call.recording_id, "recording_type": "automatic"} if call.recording_id else {}
    return {
        **times(call),
        **call.of_both(),
        **kept,
        "call_id": call.id,
        "call_type": "general",
        "connect_type": call.connect_type,
        "direction": "outbound" if outbound else "inbound",
        "event": "outgoing" if outbound else "incoming",
        "result": call.result,
        "talk_time": call.seconds,
        "hold_time": 0,
        "wait_time": int(_RINGING.total_seconds()),
    }
