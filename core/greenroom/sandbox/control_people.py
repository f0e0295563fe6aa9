"""Control calls on people: what an admin would do to them in Zoom's own pages."""

from dataclasses import replace

from starlette.requests import Request

from greenroom.sandbox.control_bodies import InviteBody, MoveBody, UserBody
from greenroom.sandbox.control_room import Call, ControlRoom, read
from greenroom.sandbox.control_views import user_view
from greenroom.sandbox.directory import User
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.setting_changes import alter_settings
from greenroom.sandbox.settings import SETTING_NAMES
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import CONTROL
from greenroom.sandbox.user_changes import (
    Operator,
    accept,
    activate,
    alter,
    deactivate,
    delete,
    disassociate,
    invite,
    move,
)
from greenroom.sandbox.world import is_timezone


def people_calls(state: State) -> list[Call]:
    """Return the control calls on people."""
    people = _People(state)
    return [
        ("POST", "/users", people.invite),
        ("POST", "/users/{email}", people.change),
        ("POST", "/users/{email}/move", people.move),
        ("POST", "/users/{email}/disassociate", people.disassociate),
        ("DELETE", "/users/{email}", people.remove),
    ]


class _People(ControlRoom):
    async def invite(self, request: Request) -> dict[str, object]:
        """Take somebody new into an account."""
        body = await read(request, InviteBody)
        account = self.state.directory.accounts.get(body.account)
        if account is None:
            message = f"No account {body.account!r}; there are: {', '.join(self.state.directory.accounts)}."
            raise ControlError(message, 404)
        if self.state.directory.find_user(body.email):
            message = f"{body.email} is somebody's already; POST {CONTROL}/users/{body.email} changes them."
            raise ControlError(message, 409)
        if body.role not in account.roles or not is_timezone(body.timezone):
            message = f"Unknown role {body.role!r} or time zone {body.timezone!r}; roles: {', '.join(account.roles)}."
            raise ControlError(message)
        return user_view(invite(self.state, body.spec(), account, Operator.owner_of(self.state, account.id)))

    async def change(self, request: Request) -> dict[str, object]:
        """Change a person's role, type, status or settings, each told as Zoom tells it."""
        body = await read(request, UserBody)
        user = self.user(request.path_params["email"])
        self._check(body, user)
        by = Operator.owner_of(self.state, user.account_id)
        user = self._with_status(user, body, by)
        user = alter(self.state, replace(user, role=body.role or user.role, type=body.type or user.type), by)
        now = replace(user, settings={**user.settings, **body.settings})
        alter_settings(self.state, now, by)
        return user_view(now)

    async def move(self, request: Request) -> dict[str, object]:
        """Part a person from their account for another one, as accepting its invitation does."""
        body = await read(request, MoveBody)
        user = self.user(request.path_params["email"])
        account = self.state.directory.accounts.get(body.account)
        if account is None:
            message = f"No account {body.account!r}; there are: {', '.join(self.state.directory.accounts)}."
            raise ControlError(message, 404)
        if account.id == user.account_id:
            message = f"{user.email} is in account {account.id!r} already; name another one."
            raise ControlError(message)
        now = move(self.state, user, account, Operator.owner_of(self.state, user.account_id))
        return {**user_view(now), "account": account.id}

    async def disassociate(self, request: Request) -> dict[str, object]:
        """Part a person from their account; they keep a free one of their own."""
        user = self.user(request.path_params["email"])
        now = disassociate(self.state, user, Operator.owner_of(self.state, user.account_id))
        return {**user_view(now), "account": now.account_id}

    async def remove(self, request: Request) -> dict[str, object]:
        """Delete a person: their meetings go, and the apps they authorized lose their tokens."""
        user = self.user(request.path_params["email"])
        ended = delete(self.state, user, Operator.owner_of(self.state, user.account_id))
        return {"removed": user.email, "grants_ended": ended}

    def _check(self, body: UserBody, user: User) -> None:
        roles = self.state.directory.account_of(user).roles
        if body.role is not None and body.role not in roles:
            message = f"No role {body.role!r}; there are: {', '.join(roles)}."
            raise ControlError(message)
        unknown = set(body.settings) - SETTING_NAMES
        if unknown:
            message = f"No setting {sorted(unknown)}; there are: {', '.join(sorted(SETTING_NAMES))}."
            raise ControlError(message)

    def _with_status(self, user: User, body: UserBody, by: Operator) -> User:
        if body.status in (None, user.status):
            return user
        if body.status == "inactive":
            return deactivate(self.state, user, by)
        if body.status == "active":
            return accept(self.state, user) if user.status == "pending" else activate(self.state, user, by)
        now = replace(user, status="pending")
        self.state.directory.replace_user(now)
        return now
