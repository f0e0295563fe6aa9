"""How Zoom fails.

ZoomError                    (a GreenroomError; carries category, HTTP status, Zoom's code and tracking id)
├── ZoomRefused              Zoom understood and said no
│   ├── ZoomNotFound         no such user, meeting, recording, …
│   ├── ScopeMissing         the grant lacks a scope; ``scopes`` names those of which any one would do
│   ├── PlanRefused          the account's plan does not have it
│   ├── NotPermitted         the role or consent of whoever granted does not allow it
│   ├── HostCannotSchedule   this user may not host or was deactivated
│   ├── FieldsRefused        what was sent does not fit; ``fields`` names where
│   ├── PageExpired          a list's page token ran out, twice
│   └── AppRefused           Zoom does not accept this deployment's app
├── AccessRejected           the access token is not accepted (401/124)
├── GrantDead                the refresh token is not accepted any more: connect anew
├── RateLimited              not before ``until``
├── AppContextRefused        what a browser brought as Zoom's word on where our app was opened is not Zoom's
├── ForeignHost              the address is not on the list of hosts that may see a token; nothing was sent
├── ZoomUnavailable          Zoom is down or unreachable and the request had no effect
│   └── UnreadableReply      an answer came, but not one that Zoom's documents promise
└── OutcomeUnclear           the request may have had its effect; look before trying again

Each message is in our own words or in words of Zoom's published texts: no token, address, id or name of anybody.
"""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from greenroom.errors import GreenroomError

Category = Literal[
    "ambiguous",
    "app_refused",
    "foreign_host",
    "host_cannot_schedule",
    "needs_reconnect",
    "not_found",
    "not_permitted",
    "plan",
    "rate_limited",
    "refused",
    "scope_missing",
    "token_rejected",
    "validation",
    "zoom_fault",
]
"""What kind of failure it is: what somebody, or something, has to do about it."""

Limit = Literal["second", "day", "host_day", "concurrency", "unnamed"]
"""Which limit was reached: the account's per second (or minute), the account's of the day, the hundred changes of
one host's meetings in a UTC day, requests about the same thing at once, or one that Zoom did not name."""

GrantEnd = Literal["approval_withdrawn", "owner_gone"]
"""What Zoom says ended a grant, as far as it does: an admin disabled the app, or its user left the account."""


class ZoomError(GreenroomError):
    """Zoom did not do it. ``status`` is the HTTP status, ``zoom_code`` Zoom's own, ``tracking_id`` for its support."""

    code = "zoom.error"
    category: ClassVar[Category] = "refused"

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        next: str = "",
        status: int | None = None,
        zoom_code: int | None = None,
        tracking_id: str | None = None,
    ) -> None:
        self.status = status
        self.zoom_code = zoom_code
        self.tracking_id = tracking_id
        super().__init__(what, where=where, next=next)


class ZoomRefused(ZoomError):
    """Zoom understood the request and said no."""

    code = "zoom.refused"


class ZoomNotFound(ZoomRefused):
    """No such user, meeting or recording at Zoom."""

    code = "zoom.not_found"
    category: ClassVar[Category] = "not_found"


class ScopeMissing(ZoomRefused):
    """The grant lacks a scope; connect anew after adding one of ``scopes`` to the Zoom app."""

    code = "zoom.scope_missing"
    category: ClassVar[Category] = "scope_missing"

    def __init__(
        self,
        scopes: tuple[str, ...],
        *,
        where: str = "",
        status: int | None = None,
        zoom_code: int | None = None,
        tracking_id: str | None = None,
    ) -> None:
        self.scopes = scopes
        super().__init__(
            f"the grant lacks the scope {' or '.join(scopes)}" if scopes else "the grant lacks a scope",
            where=where,
            next="Add it to the Zoom app, then connect to Zoom anew",
            status=status,
            zoom_code=zoom_code,
            tracking_id=tracking_id,
        )


class PlanRefused(ZoomRefused):
    """The account's plan does not include it."""

    code = "zoom.plan"
    category: ClassVar[Category] = "plan"


class NotPermitted(ZoomRefused):
    """The role, or the consent, of whoever connected does not reach this far."""

    code = "zoom.not_permitted"
    category: ClassVar[Category] = "not_permitted"


class HostCannotSchedule(ZoomRefused):
    """This Zoom user may not host meetings, or is not active."""

    code = "zoom.host_cannot_schedule"
    category: ClassVar[Category] = "host_cannot_schedule"


class FieldsRefused(ZoomRefused):
    """What was sent does not fit; ``fields`` names where, as far as Zoom says so in names of its documents."""

    code = "zoom.validation"
    category: ClassVar[Category] = "validation"

    def __init__(
        self,
        what: str,
        *,
        fields: tuple[str, ...] = (),
        where: str = "",
        next: str = "",
        status: int | None = None,
        zoom_code: int | None = None,
        tracking_id: str | None = None,
    ) -> None:
        self.fields = fields
        named = f"{what}; fields: {', '.join(fields)}" if fields else what
        super().__init__(named, where=where, next=next, status=status, zoom_code=zoom_code, tracking_id=tracking_id)


class PageExpired(ZoomRefused):
    """A list's page token is not accepted any more."""

    code = "zoom.page_expired"


class AppRefused(ZoomRefused):
    """Zoom does not accept the deployment's app: its credentials or settings, not the person who connects."""

    code = "zoom.app_refused"
    category: ClassVar[Category] = "app_refused"


class AccessRejected(ZoomError):
    """The access token is not accepted."""

    code = "zoom.access_rejected"
    category: ClassVar[Category] = "token_rejected"


class GrantDead(ZoomError):
    """The refresh token is not accepted any more: somebody has to connect anew. ``ended``: what Zoom says ended it."""

    code = "zoom.grant_dead"
    category: ClassVar[Category] = "needs_reconnect"

    def __init__(
        self,
        what: str,
        *,
        ended: GrantEnd | None = None,
        where: str = "",
        next: str = "",
        status: int | None = None,
        tracking_id: str | None = None,
    ) -> None:
        self.ended = ended
        super().__init__(what, where=where, next=next, status=status, tracking_id=tracking_id)


class RateLimited(ZoomError):
    """Too many requests; not before ``until`` (an instant), if that is known. ``limit`` says which limit."""

    code = "zoom.rate_limited"
    category: ClassVar[Category] = "rate_limited"

    def __init__(
        self,
        what: str,
        *,
        until: datetime | None,
        limit: Limit = "unnamed",
        where: str = "",
        status: int | None = 429,
        zoom_code: int | None = None,
        tracking_id: str | None = None,
    ) -> None:
        self.until = until
        self.limit = limit
        when = f"Try again after {until.isoformat()}" if until else "Try again later"
        super().__init__(what, where=where, next=when, status=status, zoom_code=zoom_code, tracking_id=tracking_id)


class AppContextRefused(ZoomError):
    """The context is not of this app, was tampered with, or has expired; which of them is not told."""

    code = "zoom.app_context"
    category: ClassVar[Category] = "not_permitted"

    def __init__(self) -> None:
        super().__init__(
            "this is no context of our Zoom app, or it has expired",
            where="X-Zoom-App-Context",
            next="Open the app in Zoom again",
        )


class ForeignHost(ZoomError):
    """The address is not among the hosts that may see a token; nothing was sent."""

    code = "zoom.foreign_host"
    category: ClassVar[Category] = "foreign_host"


class ZoomUnavailable(ZoomError):
    """Zoom is down or unreachable, and the request had no effect."""

    code = "zoom.unavailable"
    category: ClassVar[Category] = "zoom_fault"


class UnreadableReply(ZoomUnavailable):
    """Something answered a read, but not with what Zoom's documents promise."""

    code = "zoom.unreadable"


class OutcomeUnclear(ZoomError):
    """The request may have had its effect although no usable answer came: look before trying again."""

    code = "zoom.outcome_unclear"
    category: ClassVar[Category] = "ambiguous"
