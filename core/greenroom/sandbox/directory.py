"""Who exists while the sandbox runs: accounts, users, roles and apps with all their ids.

Records are frozen; the directory replaces a record when control or REST changes a person.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from greenroom.sandbox.ids import Ids
from greenroom.sandbox.passcodes import requirement_of
from greenroom.sandbox.scopes import ScopeStyle, styles_of
from greenroom.sandbox.settings import HostSettings, settings_in_force
from greenroom.sandbox.world import (
    AccountSpec,
    AppKind,
    AppSpec,
    DevelopmentSpec,
    Overrides,
    Plan,
    RoomSpec,
    Status,
    SubscriptionSpec,
    UserSpec,
    World,
)
from greenroom.sandbox.world_products import AdminOnly, ChannelSpec, PhoneSpec, SeatsSpec


@dataclass(frozen=True)
class Role:
    """A role; `everything` marks owner and admin, who hold every privilege."""

    id: str
    name: str
    description: str
    privileges: frozenset[str]
    everything: bool = False

    def holds(self, privilege: str) -> bool:
        """Tell whether the role has a privilege; the right to edit includes the right to read."""
        edit = privilege.replace(":Read", ":Edit")
        return self.everything or privilege in self.privileges or edit in self.privileges


_OWNER = Role(
    "0", "Owner", "Account owner has full privileges to access and manage a Zoom account.", frozenset(), everything=True
)
_ADMIN = Role(
    "1", "Admin", "Admins have wide range privileges to access and manage a Zoom account.", frozenset(), everything=True
)
_MEMBER = Role("2", "Member", "Members have access to basic Zoom video meeting functions.", frozenset())
_BUILT_IN = {"owner": _OWNER, "admin": _ADMIN, "member": _MEMBER}


@dataclass(frozen=True)
class Account:
    """A Zoom account; `roles` are keyed by the name a world file uses."""

    id: str
    number: int
    name: str
    plan: Plan
    cloud: str
    api_url: str | None
    require_approval: bool
    one_security_option_required: bool
    settings: Overrides
    locks: frozenset[str]
    roles: Mapping[str, Role]
    rooms: tuple[RoomSpec, ...]
    seats: SeatsSpec = field(default_factory=SeatsSpec)
    admin_only: frozenset[AdminOnly] = frozenset()
    channels: tuple[ChannelSpec, ...] = ()

    @property
    def paid(self) -> bool:
        """Tell whether the account pays."""
        return self.plan != "basic"


@dataclass(frozen=True)
class User:
    """A person in Zoom.

    Attributes:
        profile: what else is published about them, such as `dept`, under its published name.
        shown_settings: settings without effect in the sandbox, kept as they were sent, by their groups.
    """

    id: str
    account_id: str
    email: str
    first_name: str
    last_name: str
    role: str
    type: int
    status: Status
    pmi: int
    pmi_passcode: str
    timezone: str
    settings: Overrides
    created_at: datetime
    concurrent_meetings: int | None
    schedulers: tuple[str, ...] = ()
    profile: Mapping[str, object] = field(default_factory=dict)
    shown_settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    phone: PhoneSpec | None = None
    contacts: tuple[str, ...] = ()
    chat: bool = True

    @property
    def display_name(self) -> str:
        """Return the name Zoom shows: their own choice, else first and last name."""
        chosen = self.profile.get("display_name")
        return str(chosen) if chosen else f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class App:
    """A Marketplace app with its credentials."""

    id: str
    name: str
    kind: AppKind
    client_id: str
    client_secret: str
    redirect_uris: tuple[str, ...]
    scopes: tuple[str, ...]
    webhook_secret: str
    published: bool
    developer_account: str | None
    refresh_grace_seconds: float
    subscriptions: tuple[SubscriptionSpec, ...]
    deauthorization_url: str | None
    optional_scopes: tuple[str, ...]
    activated: bool
    disabled: bool
    strict_mode: bool
    subdomain_strict_mode: bool
    cloud: str

    @property
    def every_scope(self) -> tuple[str, ...]:
        """Return what the app asks for, required scopes first."""
        return (*self.scopes, *self.optional_scopes)

    @property
    def switched_off(self) -> bool:
        """Tell whether Zoom disabled the app, or no admin activated it: then none of its tokens counts."""
        return self.disabled or not self.activated

    @property
    def scope_style(self) -> ScopeStyle:
        """Return the style of the app's scopes."""
        return "classic" if "classic" in styles_of(self.every_scope) else "granular"


class Directory:
    """The people, accounts and apps as they are now."""

    def __init__(self, accounts: list[Account], users: list[User], apps: list[App]) -> None:
        self.accounts = {account.id: account for account in accounts}
        self.users = {user.id: user for user in users}
        self.apps = {app.client_id: app for app in apps}

    def copy(self) -> "Directory":
        """Return a directory that can change without changing this one."""
        return Directory([*self.accounts.values()], [*self.users.values()], [*self.apps.values()])

    def find_user(self, who: str) -> User | None:
        """Return the user with this id or e-mail; e-mails compare without regard to case."""
        known = self.users.get(who)
        if known:
            return known
        wanted = who.casefold()
        return next((user for user in self.users.values() if user.email.casefold() == wanted), None)

    def find_app(self, which: str) -> App | None:
        """Return the app with this client id, app id or name."""
        return next((a for a in self.apps.values() if which in (a.client_id, a.id, a.name)), None)

    def members(self, account_id: str) -> list[User]:
        """Return the account's users, in the world's order."""
        return [user for user in self.users.values() if user.account_id == account_id]

    def account_of(self, user: User) -> Account:
        """Return the user's account."""
        return self.accounts[user.account_id]

    def role_of(self, user: User) -> Role:
        """Return the user's current role."""
        return self.account_of(user).roles[user.role]

    def settings_of(self, user: User) -> HostSettings:
        """Return the settings in force when this user hosts."""
        return self._settings(self.account_of(user), user.settings)

    def settings_of_account(self, account: Account) -> HostSettings:
        """Return the account's own settings, which its people start from."""
        return self._settings(account, {})

    def _settings(self, account: Account, own: Overrides) -> HostSettings:
        # Counted only where it matters: this is asked for each meeting of a list.
        hosts = self.members(account.id) if account.plan == "pro" else []
        return settings_in_force(
            plan=account.plan,
            active_hosts=sum(1 for one in hosts if one.status == "active" and one.type == 2),
            account=account.settings,
            user=own,
            locks=account.locks,
            one_security_option_required=account.one_security_option_required,
        )

    def owner_of(self, account_id: str) -> User | None:
        """Return the account's owner."""
        return next((user for user in self.members(account_id) if user.role == "owner"), None)

    def replace_app(self, app: App) -> None:
        """Store a changed record of a known app."""
        self.apps[app.client_id] = app

    def replace_account(self, account: Account) -> None:
        """Store a changed record of a known account."""
        self.accounts[account.id] = account

    def add_user(self, user: User) -> None:
        """Take in somebody new."""
        self.users[user.id] = user

    def replace_user(self, user: User) -> None:
        """Store a changed record of a user."""
        self.users[user.id] = user

    def add_account(self, account: Account) -> None:
        """Store a new or changed account."""
        self.accounts[account.id] = account

    def remove_user(self, user: User) -> None:
        """Forget a user."""
        del self.users[user.id]


def settle(world: World, ids: Ids, now: datetime) -> Directory:
    """Give everything in `world` its ids; `now` is the people's creation instant."""
    accounts = [_account(spec, ids) for spec in world.accounts]
    users = [new_user(spec, account, ids, now) for account in world.accounts for spec in account.users]
    return Directory(accounts, users, list(_apps(world, ids)))


def _account(spec: AccountSpec, ids: Ids) -> Account:
    own = {r.name: Role(r.id or ids.text(22), r.name, r.description, frozenset(r.privileges)) for r in spec.roles}
    return Account(
        id=spec.id,
        number=ids.number(9),
        name=spec.name,
        plan=spec.plan,
        cloud=spec.cloud,
        api_url=spec.api_url,
        require_approval=spec.require_approval,
        one_security_option_required=spec.one_security_option_required,
        settings=spec.settings,
        locks=spec.locks,
        roles={**_BUILT_IN, **own},
        rooms=spec.rooms,
        seats=spec.seats,
        admin_only=spec.admin_only,
        channels=spec.channels,
    )


def new_user(spec: UserSpec, account: AccountSpec | Account, ids: Ids, now: datetime) -> User:
    """Return the person a world file, or a control call, describes; what it leaves out is made."""
    return User(
        id=spec.id or ids.text(22),
        account_id=account.id,
        email=spec.email,
        first_name=spec.first_name,
        last_name=spec.last_name,
        role=spec.role,
        type=spec.type,
        status=spec.status,
        pmi=spec.pmi or ids.number(10),
        pmi_passcode=_room_passcode(account, spec, ids),
        timezone=spec.timezone,
        settings=spec.settings,
        created_at=now,
        schedulers=spec.schedulers,
        concurrent_meetings=spec.concurrent_meetings,
        profile={"dept": spec.dept},
        phone=spec.phone,
        contacts=spec.contacts,
        chat=spec.chat,
    )


def _room_passcode(account: AccountSpec | Account, spec: UserSpec, ids: Ids) -> str:
    rules = {**account.settings, **spec.settings}.get("meeting_password_requirement", {})
    return requirement_of(rules if isinstance(rules, Mapping) else {}).make(ids)


def _apps(world: World, ids: Ids) -> Iterator[App]:
    for spec in world.apps:
        grace = spec.refresh_grace_seconds
        app = _app(spec, ids, world.refresh_grace_seconds if grace is None else grace)
        yield app
        if spec.development:
            yield _development(app, spec.development, ids)


def _development(app: App, spec: DevelopmentSpec, ids: Ids) -> App:
    """Return the app as its second credentials know it: the same app, for the developer's account alone."""
    name = f"{app.name}-development"
    return replace(
        app,
        name=name,
        client_id=spec.client_id or ids.text(22),
        client_secret=spec.client_secret or ids.text(32),
        redirect_uris=spec.redirect_uris or (f"http://127.0.0.1:8000/oauth/callback/{name}",),
        published=False,
        subscriptions=(),
        deauthorization_url=None,
    )


def _app(spec: AppSpec, ids: Ids, grace: float) -> App:
    return App(
        id=spec.id or ids.text(22),
        name=spec.name,
        kind=spec.kind,
        client_id=spec.client_id or ids.text(22),
        client_secret=spec.client_secret or ids.text(32),
        redirect_uris=spec.redirect_uris or (f"http://127.0.0.1:8000/oauth/callback/{spec.name}",),
        scopes=spec.scopes,
        webhook_secret=spec.webhook_secret or ids.text(22),
        published=spec.published,
        developer_account=spec.developer_account,
        refresh_grace_seconds=grace,
        subscriptions=spec.subscriptions,
        deauthorization_url=spec.deauthorization_url,
        optional_scopes=spec.optional_scopes,
        activated=spec.activated,
        disabled=spec.disabled,
        strict_mode=spec.strict_mode,
        subdomain_strict_mode=spec.subdomain_strict_mode,
        cloud=spec.cloud,
    )
