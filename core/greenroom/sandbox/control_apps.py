"""Control calls about apps and what accounts make of them: what developers, admins and Zoom itself switch."""

from dataclasses import replace

from starlette.requests import Request

from greenroom.sandbox.control_bodies import AccountBody, AppBody
from greenroom.sandbox.control_room import Call, ControlRoom, read
from greenroom.sandbox.control_views import world_view
from greenroom.sandbox.directory import App
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.scopes import misplaced
from greenroom.sandbox.state import State


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
        body = await read(request, AccountBody)
        accounts, which = self.state.directory.accounts, request.path_params["account"]
        if which not in accounts:
            message = f"No account {which!r}; there are: {', '.join(accounts)}."
            raise ControlError(message, 404)
        self.state.directory.replace_account(replace(accounts[which], **body.model_dump(exclude_none=True)))
        return world_view(self.state)


def _check_scopes(app: App) -> None:
    for scope in app.every_scope:
        wrong = misplaced(scope, user_managed=app.kind == "user")
        if wrong:
            message = ". ".join(wrong)
            raise ControlError(message)
