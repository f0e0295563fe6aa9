"""Taking an app away again, as the Marketplace does it."""

from datetime import UTC

from greenroom.sandbox.directory import App, User
from greenroom.sandbox.state import State
from greenroom.sandbox.subscriptions import DEAUTHORIZED


def remove_app(state: State, app: App, user: User) -> int:
    """End what `user` granted `app`; a published app is told. Return how many grants ended.

    Private and development apps are told nothing: they find their tokens dead.
    """
    owner = (app.client_id, user.id)
    ended = state.grants.end("uninstalled", lambda grant: (grant.client_id, grant.user_id) == owner)
    if ended and app.published:
        at = state.clock.now().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        payload = {
            "user_id": user.id,
            "client_id": app.client_id,
            "deauthorization_time": at,
            "signature": state.ids.text(64).lower(),
        }
        state.events.emit(DEAUTHORIZED, user.account_id, payload, about=(user.id,), app=app.client_id)
    return ended
