"""What every control call needs: its body read, its mistakes answered, people and apps found by name."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from greenroom.sandbox.directory import App, User
from greenroom.sandbox.errors import ControlError
from greenroom.sandbox.state import State
from greenroom.sandbox.traffic import CONTROL

B = TypeVar("B", bound=BaseModel)
Answer = Callable[[Request], Awaitable[dict[str, object]]]
Call = tuple[str, str, Answer]
"""Method, path below `/_sandbox`, and what answers it."""


class ControlRoom:
    """Control calls over one sandbox."""

    def __init__(self, state: State) -> None:
        self.state = state

    def user(self, who: str) -> User:
        user = self.state.directory.find_user(who)
        if user is None:
            message = f"No user {who!r}; GET {CONTROL}/world lists them."
            raise ControlError(message, 404)
        return user

    def app(self, which: str) -> App:
        app = self.state.directory.find_app(which)
        if app is None:
            names = ", ".join(app.name for app in self.state.directory.apps.values())
            message = f"No app {which!r}; there are: {names}."
            raise ControlError(message, 404)
        return app


def endpoint_of(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that sends what `answer` returns, or the mistake it found."""

    async def endpoint(request: Request) -> Response:
        try:
            return JSONResponse(await answer(request))
        except ControlError as error:
            return JSONResponse({"error": str(error)}, error.status)

    return endpoint


async def read(request: Request, kind: type[B]) -> B:
    """Read a control call's body.

    Raises:
        ControlError: it is no JSON, or does not fit.
    """
    if not request.headers.get("content-type", "").startswith("application/json"):
        message = "Send the body as application/json."
        raise ControlError(message, 415)
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError as error:
        problems = [f"{'.'.join(map(str, one['loc'])) or 'body'}: {one['msg']}" for one in error.errors()]
        raise ControlError("; ".join(problems)) from None
