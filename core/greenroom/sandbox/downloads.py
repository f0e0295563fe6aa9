"""Downloading recordings: a redirect, then the bytes; both ask for a token."""

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from greenroom.sandbox.errors import ZoomError
from greenroom.sandbox.recorded import Recording
from greenroom.sandbox.state import State

_TYPES = {"MP4": "video/mp4", "M4A": "audio/mp4", "VTT": "text/vtt", "TXT": "text/plain"}
_READING = ("cloud_recording:read:", "recording:read")


def routes(state: State) -> list[Route]:
    """Return the two routes of a download."""

    async def download(request: Request) -> Response:
        """Send the caller on to where the bytes are; whoever drops the token on the way is refused there."""
        key = request.path_params["key"]
        try:
            _check(state, request, key)
        except ZoomError as error:
            return JSONResponse(error.body(), error.status)
        host = state.world.download_host or str(request.base_url).rstrip("/")
        return RedirectResponse(f"{host}/rec/file/{key}", 302)

    async def file(request: Request) -> Response:
        try:
            _check(state, request, request.path_params["key"])
        except ZoomError as error:
            return JSONResponse(error.body(), error.status)
        found = state.recordings.file(request.path_params["key"])
        assert found is not None
        _, one = found
        return Response(one.content, media_type=_TYPES.get(one.extension, "application/octet-stream"))

    return [
        Route("/rec/download/{key}", download, methods=["GET"]),
        Route("/rec/file/{key}", file, methods=["GET"]),
    ]


def _check(state: State, request: Request, key: str) -> None:
    """Accept an OAuth token of the recording's account that may read recordings, or a download token.

    Raises:
        ZoomError: 401/124 for any other token, 404/3301 for a file that is not there.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise ZoomError(401, 124, "Requires an access token.")
    found = state.recordings.file(key)
    if found is None or found[0].trashed:
        raise ZoomError(404, 3301, "There is no recording for this meeting.")
    known = state.recordings.passes.get(token)
    if known is not None:
        if known.uuid != found[0].uuid or state.clock.now() >= known.until:
            raise ZoomError(401, 124, "Invalid access token.")
        return
    _check_grant(state, token, found[0])


def _check_grant(state: State, token: str, recording: Recording) -> None:
    grant = state.grants.of_access_token(token)
    user = state.directory.users.get(grant.user_id)
    own = user is not None and user.account_id == recording.meeting.account_id
    if not own or not any(scope.startswith(_READING) for scope in grant.scopes):
        raise ZoomError(401, 124, "Invalid access token.")
