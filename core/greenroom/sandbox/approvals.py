"""Marketplace pre-approval: what an account's admins decided about each app, and who asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from greenroom.sandbox.directory import Account, App, User

RequestStatus = Literal["pending", "approved", "rejected"]
Verdict = Literal["approved", "rejected", "not_requested"]


@dataclass(frozen=True)
class Decision:
    """A verdict, with the id of the admin who gave it; `None` when the sandbox was simply told so."""

    verdict: Verdict
    at: datetime
    by: str | None = None


UNDECIDED = Decision("not_requested", datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True)
class ApprovalRequest:
    """One person's request that an app be approved.

    Attributes:
        notified: ids of those who were told of it, being able to decide.
        decision: the answer, once there is one.
    """

    app_id: str
    account_id: str
    user_id: str
    requested_at: datetime
    notified: tuple[str, ...]
    status: RequestStatus = "pending"
    decision: Decision | None = None

    def answered(self, status: RequestStatus, decision: Decision) -> "ApprovalRequest":
        """Return the request as answered."""
        return replace(self, status=status, decision=decision)


class Approvals:
    """Decisions for whole accounts and for single users, and the requests."""

    def __init__(self) -> None:
        self._decisions: dict[tuple[str, str], Decision] = {}
        self._allowed: set[tuple[str, str]] = set()
        self._requests: dict[tuple[str, str], ApprovalRequest] = {}

    def allow(self, app: App, user: User) -> bool:
        """Tell whether the user may add the app."""
        return self.decision(app, user.account_id).verdict == "approved" or (app.id, user.id) in self._allowed

    def decision(self, app: App, account_id: str) -> Decision:
        """Return what was decided for the whole account; `UNDECIDED` if nothing was."""
        return self._decisions.get((app.id, account_id), UNDECIDED)

    def state(self, app: App, account_id: str) -> str:
        """Return the account's verdict, or `requested` while one is awaited."""
        verdict = self.decision(app, account_id).verdict
        waiting = any(request.status == "pending" for request in self.requests(app, account_id))
        return "requested" if verdict == "not_requested" and waiting else verdict

    def state_for(self, app: App, user: User) -> str:
        """Return what became of this person's own request, or the account's verdict if they never asked."""
        request = self.request(app, user)
        if request is None:
            return self.decision(app, user.account_id).verdict
        return "requested" if request.status == "pending" else request.status

    def requests(self, app: App, account_id: str) -> Iterator[ApprovalRequest]:
        """Yield the account's requests for the app, oldest first."""
        return (r for r in self._requests.values() if (r.app_id, r.account_id) == (app.id, account_id))

    def requests_of(self, user: User) -> Iterator[ApprovalRequest]:
        """Yield one person's requests, oldest first."""
        return (r for r in self._requests.values() if r.user_id == user.id)

    def request(self, app: App, user: User) -> ApprovalRequest | None:
        """Return one person's latest request for the app."""
        return self._requests.get((app.id, user.id))

    def ask(self, app: App, user: User, now: datetime, notified: tuple[str, ...] = ()) -> ApprovalRequest:
        """Record a request, in place of one that was answered."""
        request = ApprovalRequest(app.id, user.account_id, user.id, now, notified)
        self._requests.pop((app.id, user.id), None)
        self._requests[app.id, user.id] = request
        return request

    def decide(self, app: App, account: Account, decision: Decision) -> None:
        """Decide for a whole account; pending requests follow the verdict, `not_requested` forgets them."""
        self._decisions[app.id, account.id] = decision
        for request in list(self.requests(app, account.id)):
            key = (app.id, request.user_id)
            if decision.verdict == "not_requested":
                del self._requests[key]
            elif request.status == "pending":
                self._requests[key] = request.answered(decision.verdict, decision)

    def forbid_everyone(self, app: App, users: list[User]) -> None:
        """Take back the permissions of single users."""
        self._allowed -= {(app.id, user.id) for user in users}

    def decide_one(self, app: App, user: User, decision: Decision) -> None:
        """Decide for one person, and answer that person's request; `not_requested` forgets it."""
        key = (app.id, user.id)
        (self._allowed.add if decision.verdict == "approved" else self._allowed.discard)(key)
        if decision.verdict == "not_requested":
            self.cancel(app, user)
        elif key in self._requests:
            self._requests[key] = self._requests[key].answered(decision.verdict, decision)

    def forget(self, user: User) -> None:
        """Forget a person who left."""
        self._allowed = {key for key in self._allowed if key[1] != user.id}
        self._requests = {key: one for key, one in self._requests.items() if key[1] != user.id}

    def cancel(self, app: App, user: User) -> None:
        """Forget one person's request."""
        self._requests.pop((app.id, user.id), None)
