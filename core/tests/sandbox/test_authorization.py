"""Who may authorize which app, decided the same way for pages and control."""

import pytest

from greenroom.sandbox import World

ADMIN_TEXT = (
    "An account admin is required to install this type of app. "
    "Please contact your account admin or IT administrator to install this app."
)


@pytest.mark.parametrize(
    ("user", "app", "page"),
    [
        ("olivia.owner", "admin", None),
        ("adam.admin", "admin", None),
        ("adam.admin", "user", None),
        ("april.lee", "admin", "admin_required"),
        ("cora.coordinator", "admin", "admin_required"),
        ("cora.coordinator", "coordination", "approval_needed"),
        ("april.lee", "user", "approval_needed"),
        ("ines.inactive", "user", "user_inactive"),
        ("paul.pending", "user", "user_pending"),
        ("sam.solo@solo.example", "user", None),
        ("sam.solo@solo.example", "admin", None),
    ],
)
async def test_who_may_authorize(zoom, user: str, app: str, page: str | None) -> None:
    """Admins may; members need approval; other roles need every privilege behind the app's scopes."""
    answer = await zoom.authorize(user, app)
    assert answer.get("page") == page
    assert answer["outcome"] == ("page" if page else "redirect")


async def test_text_of_the_admin_page(zoom) -> None:
    """A member at an admin-managed app reads Zoom's own text."""
    assert (await zoom.authorize("april.lee"))["message"] == ADMIN_TEXT


@pytest.mark.parametrize(("app", "user"), [("user", "april.lee"), ("coordination", "cora.coordinator")])
async def test_approval_opens_the_app(zoom, app: str, user: str) -> None:
    """Once the app is approved for the account, people whose role suffices may add it."""
    await zoom.control("/approvals", app=app, account="northwind-account", state="approved")
    assert (await zoom.authorize(user, app))["outcome"] == "redirect"
    assert (await zoom.authorize("april.lee", "coordination")).get("page") == "admin_required"


@pytest.mark.parametrize(
    ("change", "page"),
    [
        ({"client_id": "nobody"}, "invalid_client"),
        ({"redirect_uri": "http://127.0.0.1:8000/other"}, "invalid_redirect"),
        ({"redirect_uri": "https://evil.example/oauth/callback/admin"}, "invalid_redirect"),
        ({"redirect_uri": "http://127.0.0.1@evil.example/oauth/callback/admin"}, "invalid_redirect"),
        ({"redirect_uri": "http://127.0.0.1.evil.example/oauth/callback/admin"}, "invalid_redirect"),
        ({"redirect_uri": "http://me@127.0.0.1:8000/oauth/callback/admin"}, "invalid_redirect"),
        ({"redirect_uri": "http://127.0.0.1:99999/oauth/callback/admin"}, "invalid_redirect"),
        ({"redirect_uri": ""}, "invalid_redirect"),
        ({"response_type": "token"}, "invalid_request"),
        ({"code_challenge_method": "S512"}, "invalid_request"),
    ],
)
async def test_wrong_request_ends_at_a_page(zoom, change: dict[str, str], page: str) -> None:
    """A request Zoom cannot trust is never redirected anywhere."""
    answer = await zoom.authorize("adam.admin", **change)
    assert (answer["outcome"], answer["page"]) == ("page", page)


async def test_loopback_redirect_on_any_port(zoom) -> None:
    """A registered loopback address is good on any port, for development."""
    answer = await zoom.authorize("adam.admin", redirect_uri="http://127.0.0.1:54321/oauth/callback/admin")
    assert answer["location"].startswith("http://127.0.0.1:54321/oauth/callback/admin?code=")


async def test_public_redirect_only_as_registered(world, in_process) -> None:
    """The freedom of the port is for loopback addresses alone."""
    public = {"redirect_uris": ("https://ats.example/cb",)}
    apps = tuple(app.model_copy(update=public) for app in world.apps)
    zoom = in_process(world.model_copy(update={"apps": apps}))
    assert (await zoom.authorize("adam.admin"))["outcome"] == "redirect"
    other = await zoom.authorize("adam.admin", redirect_uri="https://ats.example:8443/cb")
    assert other["page"] == "invalid_redirect"


async def test_authorize_url_is_taken_whole(zoom) -> None:
    """Control takes the URL a client built, ignoring a `scope` as Zoom does."""
    app = zoom.app("admin")
    url = (
        f"http://sandbox.test/oauth/authorize?response_type=code&client_id={app.client_id}&scope=x"
        f"&redirect_uri=http%3A%2F%2F127.0.0.1%3A8000%2Foauth%2Fcallback%2Fadmin&state=xyz"
    )
    answer = await zoom.control("/authorize", authorize_url=url, user="adam.admin@northwind.example")
    assert answer["location"].endswith("&state=xyz")


class TestUnpublished:
    """An app that only its developer's account may use."""

    @pytest.fixture
    def world(self, world: World) -> World:
        """The demonstration world with an unpublished user app."""
        hidden = {"published": False, "developer_account": "northwind-account"}
        apps = tuple(a.model_copy(update=hidden) if a.name == "user" else a for a in world.apps)
        return world.model_copy(update={"apps": apps})

    async def test_outsiders_are_refused(self, zoom) -> None:
        """People of other accounts cannot authorize an unpublished app; its own can."""
        assert (await zoom.authorize("sam.solo@solo.example", "user"))["page"] == "not_published"
        assert (await zoom.authorize("adam.admin", "user"))["outcome"] == "redirect"
