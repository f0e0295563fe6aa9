"""The phone operations: who called whom, and what was recorded.

They need a Business plan or above and, for one person's calls, that person's phone licence. The texts of the
refusals for the plan are not published.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

from greenroom.sandbox.calls import Call, Handler, Reply
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ValidationError, ZoomError
from greenroom.sandbox.paging import page
from greenroom.sandbox.phone_calls import (
    PhoneCall,
    element,
    has_phone,
    log_entry,
    recording,
    times,
)
from greenroom.sandbox.world_products import PHONE_PLANS

_A_DAY, _A_MONTH, _SIX_MONTHS = timedelta(days=1), timedelta(days=31), timedelta(days=184)
_THIRTY_DAYS = timedelta(days=30)


def list_account_calls(call: Call) -> Reply:
    """GET /phone/call_history: every call of the account, each once."""
    call.require_role(call.operation.privilege)
    _check_plan(call)
    first, last = _window(call, _A_DAY, lambda name: ValidationError({name: "Invalid field."}))
    calls = [one for one in _calls(call, first, last) if _fits(call, one, _account_entry(one))]
    body = _listed(call, "call_history", calls, _account_entry)
    logs = [{**_without(_account_entry(one), "call_history_uuid"), "id": one.uuid} for one in _on_page(body, calls)]
    return Reply(body={**body, "call_logs": logs, **_told(first, last)})


def list_user_calls(call: Call) -> Reply:
    """GET /phone/users/{userId}/call_history: one person's part in each call."""
    user = _with_phone(call, ZoomError(404, 300, f"User does not exist: {call.path['userId']}."))
    first, last = _window(call, _A_DAY, lambda name: ZoomError(400, 301, f"Invalid request param: {name}."))
    calls = [one for one in _calls(call, first, last, user) if _fits(call, one, element(one, user))]
    body = _listed(call, "call_elements", calls, lambda one: element(one, user))
    logs = [log_entry(one, user) for one in _on_page(body, calls)]
    return Reply(body={**body, "call_logs": logs, **_told(first, last)})


def get_call(call: Call) -> Reply:
    """GET /phone/call_history/{callHistoryUuid}: one call with each person's part in it."""
    call.require_role(call.operation.privilege)
    _check_plan(call)
    wanted = call.path["callHistoryUuid"]
    found = next((one for one in _of_account(call) if one.uuid == wanted), None)
    if found is None:
        raise ZoomError(404, 404, f"Call history does not exist: {wanted}.")
    parts = [
        _without(element(found, user), "call_history_uuid", "talk_time", "wait_time") for _, user in found.people()
    ]
    path = [{**_without(part, "call_element_id"), "id": part["call_element_id"]} for part in parts]
    entry = _without(_account_entry(found), "call_result", "duration", "recording_status")
    entry = _without(entry, "caller_number_type", "callee_number_type")
    return Reply(body={**entry, "id": found.uuid, "call_elements": parts, "call_path": path})


def list_account_recordings(call: Call) -> Reply:
    """GET /phone/recordings."""
    call.require_role(call.operation.privilege)
    _check_plan(call)
    first, last = _window(call, _THIRTY_DAYS, lambda name: ValidationError({name: "Invalid field."}))
    kinds = (call.query.get("owner_type", "all"), call.query.get("recording_type", "Automatic"))
    recorded = [one for one in _calls(call, first, last) if one.recording_id]
    if kinds[0] not in ("all", "user") or kinds[1] not in ("all", "Automatic"):
        recorded = []
    body = _listed(call, "recordings", recorded, lambda one: _account_recording(call, one))
    return Reply(body=_without(body, "page_count"))


def list_user_recordings(call: Call) -> Reply:
    """GET /phone/users/{userId}/recordings."""
    user = _with_phone(call, ZoomError(400, 300, "Invalid user id."))
    first, last = _window(call, _THIRTY_DAYS, lambda name: ValidationError({name: "Invalid field."}))
    recorded = [one for one in _calls(call, first, last, user) if one.recording_id]
    body = _listed(call, "recordings", recorded, lambda one: _user_recording(call, one, user))
    return Reply(body={**body, "from": first.date().isoformat(), "to": last.date().isoformat()})


def _check_plan(call: Call) -> None:
    if call.account.plan not in PHONE_PLANS:
        raise ZoomError(400, 200, f"Zoom Phone is not available for account: {call.account.id}.")


def _with_phone(call: Call, refusal: ZoomError) -> User:
    user = call.target()
    _check_plan(call)
    if not has_phone(call.account, user):
        raise refusal
    return user


def _window(call: Call, usual: timedelta, refusal: Callable[[str], ZoomError]) -> tuple[datetime, datetime]:
    """Return the time asked for: whole days, at most a month within the last six months."""
    now = call.state.clock.now()
    first, last = (_day(call, name, refusal) for name in ("from", "to"))
    end = datetime.combine(last, time.max, UTC) if last else now
    start = datetime.combine(first, time.min, UTC) if first else end - usual
    if start < now - _SIX_MONTHS or start > end:
        raise refusal("from")
    if end - start > _A_MONTH:
        raise refusal("to")
    return start, end


def _day(call: Call, name: str, refusal: Callable[[str], ZoomError]) -> date | None:
    text = call.query.get(name)
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        raise refusal(name) from None


def _of_account(call: Call) -> Iterator[PhoneCall]:
    """Yield the account's calls, the latest first."""
    for one in sorted(call.state.phone_calls, key=lambda one: one.ended, reverse=True):
        if one.account_id == call.account.id:
            yield one


def _calls(call: Call, first: datetime, last: datetime, user: User | None = None) -> Iterator[PhoneCall]:
    by_end = call.query.get("time_type") == "end_time"
    for one in _of_account(call):
        inside = first <= (one.ended if by_end else one.started) <= last
        if inside and (user is None or user.id in {person.id for _, person in one.people()}):
            yield one


def _fits(call: Call, one: PhoneCall, entry: dict[str, object]) -> bool:
    """Tell whether a call fits every filter; lists of values come with commas between."""
    filters: dict[str, set[object]] = {
        "directions": {entry["direction"]},
        "connect_types": {one.connect_type},
        "number_types": {entry["caller_number_type"], entry["callee_number_type"]},
        "call_types": {"general"},
        "extension_types": {"user"},
        "call_results": {one.result},
        "group_ids": set(),
        "site_ids": set(),
        "department": {str(user.profile.get("dept", "")) for _, user in one.people()},
        "cost_center": {str(user.profile.get("cost_center", "")) for _, user in one.people()},
        "recording_status": {"recorded" if one.recording_id else "non_recorded"},
        "with_voicemail": {"true" if one.result == "voicemail" else "false"},
    }
    asked = {name: set(value.split(",")) for name, value in call.query.items() if name in filters and value}
    keyword = call.query.get("keyword", "").casefold()
    found = any(
        keyword in str(value).casefold() for name, value in entry.items() if name.startswith(("caller", "callee"))
    )
    return found and all(wanted & filters[name] for name, wanted in asked.items())


def _listed(
    call: Call, name: str, calls: list[PhoneCall], draw: Callable[[PhoneCall], dict[str, object]]
) -> dict[str, object]:
    return _without(page(call, name, calls, draw), "page_number")


def _on_page(body: dict[str, object], calls: list[PhoneCall]) -> list[PhoneCall]:
    """Return the calls a page shows, to be shown once more under their older name."""
    shown = body.get("call_history") or body.get("call_elements") or []
    uuids = [one["call_history_uuid"] for one in shown] if isinstance(shown, list) else []
    return [one for one in calls if one.uuid in uuids]


def _account_entry(one: PhoneCall) -> dict[str, object]:
    user = next(user for _, user in one.people())
    return {
        **times(one),
        **one.of_both(),
        "call_history_uuid": one.uuid,
        "call_id": one.id,
        "call_type": "general",
        "call_result": one.result,
        "connect_type": one.connect_type,
        "direction": one.direction,
        "duration": one.seconds,
        "department": user.profile.get("dept", ""),
        "cost_center": user.profile.get("cost_center", ""),
        "international": False,
        "recording_status": "recorded" if one.recording_id else "non_recorded",
    }


def _account_recording(call: Call, one: PhoneCall) -> dict[str, object]:
    owner = next(user for _, user in one.people())
    number = owner.phone.extension if owner.phone else 0
    return {
        **recording(one, call.state.base_url),
        "call_element_id": one.element_id(owner.id),
        "recording_type": "Automatic",
        "owner": {"type": "user", "id": owner.id, "name": owner.display_name, "extension_number": number},
    }


def _user_recording(call: Call, one: PhoneCall, user: User) -> dict[str, object]:
    own = {"direction": one.direction_for(user.id), "call_element_id": one.element_id(user.id)}
    return {**recording(one, call.state.base_url), **own, "call_history_id": one.uuid}


def _without(entry: dict[str, object], *names: str) -> dict[str, object]:
    return {name: value for name, value in entry.items() if name not in names}


def _told(first: datetime, last: datetime) -> dict[str, object]:
    return {
        name: moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") for name, moment in (("from", first), ("to", last))
    }


HANDLERS: dict[str, Handler] = {
    "GET /phone/call_history": list_account_calls,
    "GET /phone/call_history/{callHistoryUuid}": get_call,
    "GET /phone/recordings": list_account_recordings,
    "GET /phone/users/{userId}/call_history": list_user_calls,
    "GET /phone/users/{userId}/recordings": list_user_recordings,
}
