"""One REST call, as the operations see it, and the rule of whom a caller may reach."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from greenroom.sandbox.catalogue import Operation
from greenroom.sandbox.directory import Account, App, User
from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.state import State


@dataclass(frozen=True)
class Reply:
    """What an operation answers; without a body nothing is sent."""

    status: int = 200
    body: Mapping[str, object] | None = None


@dataclass(frozen=True)
class Call:
    """A request that passed authentication and the scope check.

    Attributes:
        app: the calling app.
        user: the person who authorized it, as they are now.
        shared_access: whether a user-managed app may use what others shared with that person.
        path: the values in the path, such as `userId`.
        body: the JSON object sent; empty when none was.
    """

    state: State
    operation: Operation
    app: App
    user: User
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, object]
    shared_access: bool = False

    @property
    def account(self) -> Account:
        """Return the account of the person who authorized the app."""
        return self.state.directory.account_of(self.user)

    def require_role(self, privilege: str) -> None:
        """Check the authorizer's current role.

        Raises:
            ZoomError: 400/200 when the role lacks the privilege.
        """
        if privilege and not self.state.directory.role_of(self.user).holds(privilege):
            raise ZoomError(400, 200, "No permission.")

    def require_paid(self, status: int = 400) -> None:
        """Check that the account pays; some operations refuse under HTTP status 200.

        Raises:
            ZoomError: code 200 for an account on the free plan.
        """
        if not self.account.paid:
            raise ZoomError(status, 200, f"Only available for paid account: {self.account.id}")

    def target(self, name: str = "userId") -> User:
        """Return the user the path names (`me`, an id or an e-mail), if the caller may act on them.

        Raises:
            ZoomError: 404/1001 for a person not in the account, else what `check_reach` raises.
        """
        who = self.path[name]
        user = self.user if who == "me" else self.state.directory.find_user(who)
        if user is None or user.account_id != self.user.account_id:
            raise ZoomError(404, 1001, f"User does not exist: {who}.")
        self.check_reach(user)
        return user

    def check_reach(self, user: User) -> None:
        """Check that the caller may act on `user`: themselves always, others by app kind and role.

        A user-managed app reaches others only if its user let it use what they shared with them: the privilege to
        schedule for them, which is about meetings, or a role.

        Raises:
            ZoomError: 403 for a user-managed app, 400/200 for a role without the privilege.
        """
        if user.id == self.user.id:
            return
        if self.app.kind == "user":
            if self.shared_access and self._shares_with_caller(user):
                return
            text = "Authenticated user has not permitted access to the targeted resource."
            raise ZoomError(403, 403, text)
        self.require_role(self.operation.privilege)

    def _shares_with_caller(self, user: User) -> bool:
        schedulers = {email.casefold() for email in user.schedulers}
        if "/meetings" in self.operation.path and self.user.email.casefold() in schedulers:
            return True
        privilege = self.operation.privilege
        return bool(privilege) and self.state.directory.role_of(self.user).holds(privilege)


Handler = Callable[[Call], Reply]
