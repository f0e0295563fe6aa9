"""Downloading phone recordings, which takes a token in the header and the right to read them."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.state import State

_READING = ("phone:read:call_recording", "phone_recording:read", "phone:read")
_AUDIO = b"ID3\x04\x00\x00\x00\x00\x00\x00"


def routes(state: State) -> list[Route]:
    """Return the route of a phone recording's file."""

    async def download(request: Request) -> Response:
        try:
            _check(state, request)
        except ZoomError as error:
            return JSONResponse(error.body(), error.status)
        return Response(_AUDIO, media_type="audio/mpeg")

    return [Route("/v2/phone/recording/download/{key}", download, methods=["GET"])]


def _check(state: State, request: Request) -> None:
    """Accept a token of the recording's account that may read phone recordings.

    Raises:
        ZoomError: 401/124 for any other token, 404/404 for a file that is not there.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ZoomError(401, 124, "Requires an access token.")
    grant = state.grants.of_access_token(token)
    user = state.directory.users.get(grant.user_id)
    key = request.path_params["key"]
    call = next((one for one in state.phone_calls if one.recording_id == key), None)
    if call is None or user is None or user.account_id != call.account_id:
        raise ZoomError(404, 404, f"Recording does not exist: {key}.")
    if not {scope.removesuffix(":admin") for scope in grant.scopes} & set(_READING):
        raise ZoomError(401, 124, "Invalid access token.")
