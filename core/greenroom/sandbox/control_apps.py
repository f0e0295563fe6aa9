"""Control calls about apps and what accounts make of them: what developers, admins and Zoom itself switch."""

from dataclasses import replace

from starlette.requests import Request

from greenroom.sandbox.control_bodies import AccountBody, AppBody
from greenroom.sandbox.control_room import Call, ControlRoom, read
from greenroom.sandbox.control_views import world_view
from greenroom.sandbox.directory import App
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.scopes import misplaced
from greenroom.sandbox.setting_changes import alter_account
from greenroom.sandbox.settings import SETTING_NAMES
from greenroom.sandbox.state import State
from greenroom.sandbox.user_changes import Operator


def app_calls(state: State) -> list[Call]:
    """Return the calls, to be put beneath `/_sandbox`."""
    control = _Apps(state)
    return [
        ("POST", "/apps/{app}", control.change_app),
        ("POST", "/accounts/{account}", control.change_account),
    ]


class _Apps(ControlRoom):
    async def change_app(self, request: Request) -> dict[str, object]:
        """Change an app; tokens it has keep their scopes until people authorize it again."""
        body = await read(request, AppBody)
        app = replace(self.app(request.path_params["app"]), **body.model_dump(exclude_none=True))
        _check_scopes(app)
        self.state.directory.replace_app(app)
        return world_view(self.state)

    async def change_account(self, request: Request) -> dict[str, object]:
        """Change an account's plan, switches, settings or locks; changed settings are told."""
        body = await read(request, AccountBody)
        accounts, which = self.state.directory.accounts, request.path_params["account"]
        if which not in accounts:
            message = f"No account {which!r}; there are: {', '.join(accounts)}."
            raise ControlError(message, 404)
        _check_settings(body)
        account, fields = accounts[which], body.model_dump(exclude_none=True)
        if body.settings is not None:
            fields["settings"] = {**account.settings, **body.settings}
        alter_account(self.state, replace(account, **fields), Operator.owner_of(self.state, account.id))
        return world_view(self.state)


def _check_settings(body: AccountBody) -> None:
    unknown = (set(body.settings or {}) | set(body.locks or ())) - SETTING_NAMES
    if unknown:
        message = f"No setting {sorted(unknown)}; there are: {', '.join(sorted(SETTING_NAMES))}."
        raise ControlError(message)


def _check_scopes(app: App) -> None:
    for scope in app.every_scope:
        wrong = misplaced(scope, user_managed=app.kind == "user")
        if wrong:
            message = ". ".join(wrong)
            raise ControlError(message)
