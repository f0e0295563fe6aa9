"""The rate limit label of every published operation.

`STATED` holds what Zoom's documents or replies state; `ASSUMED` holds labels chosen after the nearest stated
operation: single things are light, lists and searches medium, an account's whole history heavy.
"""

from typing import Literal

Label = Literal["Light", "Medium", "Heavy", "Resource-intensive"]

STATED: dict[str, Label] = {
    "GET /users/{userId}": "Light",
    "GET /users/{userId}/token": "Light",
    "POST /users/{userId}/meetings": "Light",
    "GET /meetings/{meetingId}": "Light",
    "PATCH /meetings/{meetingId}": "Light",
    "DELETE /meetings/{meetingId}": "Light",
    "GET /meetings/{meetingId}/invitation": "Light",
    "GET /meetings/{meetingId}/recordings": "Light",
    "GET /meetings/{meetingId}/transcript": "Medium",
    "GET /users": "Medium",
    "GET /users/{userId}/settings": "Medium",
    "GET /users/{userId}/meetings": "Medium",
    "GET /users/{userId}/recordings": "Medium",
    "GET /rooms": "Medium",
    "GET /phone/call_history": "Heavy",
    "GET /phone/users/{userId}/call_history": "Medium",
    "GET /phone/users/{userId}/recordings": "Medium",
}

ASSUMED: dict[str, Label] = {
    "GET /users/email": "Light",
    "GET /users/me/zak": "Light",
    "PATCH /users/{userId}": "Light",
    "DELETE /users/{userId}": "Light",
    "PUT /users/{userId}/status": "Light",
    "PATCH /users/{userId}/settings": "Light",
    "GET /users/{userId}/permissions": "Light",
    "GET /users/{userId}/assistants": "Medium",
    "GET /users/{userId}/schedulers": "Medium",
    "GET /users/{userId}/upcoming_meetings": "Medium",
    "PUT /meetings/{meetingId}/status": "Light",
    "GET /meetings/{meetingId}/meeting_summary": "Light",
    "GET /past_meetings/{meetingId}": "Light",
    "GET /past_meetings/{meetingId}/participants": "Medium",
    "GET /accounts/{accountId}/settings": "Medium",
    "GET /accounts/{accountId}/lock_settings": "Medium",
    "GET /roles": "Medium",
    "GET /roles/{roleId}": "Light",
    "GET /roles/{roleId}/members": "Medium",
    "GET /rooms/{roomId}": "Light",
    "GET /marketplace/users/{userId}/apps": "Medium",
    "GET /marketplace/apps/{appId}/requests": "Medium",
    "POST /marketplace/apps/{appId}/requests": "Light",
    "PATCH /marketplace/apps/{appId}/requests": "Light",
    "POST /marketplace/apps/{appId}/preApprove": "Light",
    "POST /calendars/freeBusy": "Light",
    "GET /calendars/users/{userIdentifier}/calendarList": "Light",
    "GET /calendars/{calId}/events": "Medium",
    "POST /calendars/{calId}/events": "Light",
    "GET /calendars/{calId}/events/{eventId}": "Light",
    "PATCH /calendars/{calId}/events/{eventId}": "Light",
    "DELETE /calendars/{calId}/events/{eventId}": "Light",
    "GET /chat/users/{userId}/messages": "Medium",
    "POST /chat/users/{userId}/messages": "Medium",
    "GET /phone/call_history/{callHistoryUuid}": "Light",
    "GET /phone/recordings": "Heavy",
}


def label_of(operation: str) -> Label:
    """Return the label of an operation named as the catalogue does; one in neither table is light."""
    return STATED.get(operation) or ASSUMED.get(operation, "Light")
