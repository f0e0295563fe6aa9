"""Marketplace pre-approval: what an account's admins decided about each app, and who asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from greenroom.sandbox.directory import Account, App, User

RequestStatus = Literal["pending", "approved", "rejected"]
Verdict = Literal["approved", "rejected", "not_requested"]


@dataclass(frozen=True)
class ApprovalRequest:
    """One person's request that an app be approved."""

    app_id: str
    account_id: str
    user_id: str
    requested_at: datetime
    status: RequestStatus = "pending"


class Approvals:
    """Verdicts for whole accounts, permissions for single users, and the requests."""

    def __init__(self) -> None:
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._allowed: set[tuple[str, str]] = set()
        self._requests: dict[tuple[str, str], ApprovalRequest] = {}

    def allow(self, app: App, user: User) -> bool:
        """Tell whether the user may add the app."""
        return self.verdict(app, user.account_id) == "approved" or (app.id, user.id) in self._allowed

    def verdict(self, app: App, account_id: str) -> Verdict:
        """Return what was decided for the whole account."""
        return self._verdicts.get((app.id, account_id), "not_requested")

    def state(self, app: App, account_id: str) -> str:
        """Return the verdict, or `requested` while one is awaited."""
        verdict = self.verdict(app, account_id)
        waiting = any(request.status == "pending" for request in self.requests(app, account_id))
        return "requested" if verdict == "not_requested" and waiting else verdict

    def requests(self, app: App, account_id: str) -> Iterator[ApprovalRequest]:
        """Yield the account's requests for the app, oldest first."""
        return (r for r in self._requests.values() if (r.app_id, r.account_id) == (app.id, account_id))

    def requests_of(self, user: User) -> Iterator[ApprovalRequest]:
        """Yield one person's requests, oldest first."""
        return (r for r in self._requests.values() if r.user_id == user.id)

    def ask(self, app: App, user: User, now: datetime) -> ApprovalRequest:
        """Record a request; one that is pending already stays as it is."""
        known = self._requests.get((app.id, user.id))
        if known and known.status == "pending":
            return known
        request = ApprovalRequest(app.id, user.account_id, user.id, now)
        self._requests[app.id, user.id] = request
        return request

    def decide(self, app: App, account: Account, verdict: Verdict) -> None:
        """Decide for a whole account; pending requests follow the verdict, `not_requested` forgets them."""
        self._verdicts[app.id, account.id] = verdict
        for request in list(self.requests(app, account.id)):
            key = (app.id, request.user_id)
            if verdict == "not_requested":
                del self._requests[key]
            elif request.status == "pending":
                self._requests[key] = replace(request, status=verdict)

    def forbid_everyone(self, app: App, account_id: str, users: list[User]) -> None:
        """Take back the permissions of single users."""
        self._allowed -= {(app.id, user.id) for user in users if user.account_id == account_id}

    def decide_one(self, app: App, user: User, *, allowed: bool) -> None:
        """Decide for one person, and answer that person's pending request."""
        key = (app.id, user.id)
        (self._allowed.add if allowed else self._allowed.discard)(key)
        request = self._requests.get(key)
        if request and request.status == "pending":
            self._requests[key] = replace(request, status="approved" if allowed else "rejected")

    def forget(self, user: User) -> None:
        """Forget a person who left."""
        self._allowed = {key for key in self._allowed if key[1] != user.id}
        self._requests = {key: one for key, one in self._requests.items() if key[1] != user.id}

    def cancel(self, app: App, user: User) -> None:
        """Forget one person's request."""
        self._requests.pop((app.id, user.id), None)
