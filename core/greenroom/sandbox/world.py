"""What a world file says: accounts, people, rooms, rules and apps, as frozen values."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, cast
from zoneinfo import ZoneInfo

import yaml
from jsonschema import Draft202012Validator
from jsonschema import ValidationError as SchemaError
from pydantic import BaseModel, ConfigDict

from greenroom.sandbox.errors import Problem, WorldError
from greenroom.sandbox.scopes import misplaced, styles_of
from greenroom.sandbox.world_products import (
    PHONE_PLANS,
    AdminOnly,
    CalendarEventSpec,
    CallSpec,
    ChannelSpec,
    PhoneSpec,
    RoomStatus,
    RoomType,
    SeatsSpec,
)

Plan = Literal["basic", "pro", "business", "education", "enterprise"]
Status = Literal["active", "inactive", "pending"]
AppKind = Literal["admin", "user", "s2s"]
Cloud = Literal["commercial", "government"]
Overrides = Mapping[str, bool | str | Mapping[str, bool | int]]

BUILT_IN_ROLES = ("owner", "admin", "member")


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RoleSpec(_Value):
    """A role of one account's own; `privileges` are such as `User:Read`."""

    name: str
    privileges: tuple[str, ...]
    description: str = ""
    id: str | None = None


class RoomSpec(_Value):
    """A Zoom Room; `calendar_resource_id` names the calendar it is booked by, if any."""

    id: str
    name: str
    status: RoomStatus = "Available"
    type: RoomType = "ZoomRoom"
    location_id: str = ""
    tag_ids: tuple[str, ...] = ()
    capacity: int | None = None
    calendar_resource_id: str = ""
    activation_code: str = ""


class UserSpec(_Value):
    """A person; ids and personal meeting numbers left out are made when the sandbox starts.

    Attributes:
        schedulers: e-mails of people of the account who may schedule for this person.
        phone: a Zoom Phone licence, if they have one.
        contacts: e-mails of people outside the account they may chat with.
        chat: whether they may chat at all.
        calendar: what stands in their Zoom calendar.
    """

    email: str
    first_name: str
    last_name: str
    id: str | None = None
    role: str = "member"
    type: Literal[1, 2, 4] = 1
    status: Status = "active"
    pmi: int | None = None
    timezone: str = "UTC"
    settings: Overrides = {}
    schedulers: tuple[str, ...] = ()
    concurrent_meetings: int | None = None
    dept: str = ""
    phone: PhoneSpec | None = None
    contacts: tuple[str, ...] = ()
    chat: bool = True
    calendar: tuple[CalendarEventSpec, ...] = ()


class AccountSpec(_Value):
    """A Zoom account: its plan, switches, locks and people.

    Attributes:
        seats: how many people it may have.
        admin_only: what only owner and admins may change about people.
        calls: phone calls that were made before the sandbox started.
    """

    id: str
    name: str
    plan: Plan
    users: tuple[UserSpec, ...]
    cloud: Cloud = "commercial"
    api_url: str | None = None
    require_approval: bool = False
    one_security_option_required: bool = True
    settings: Overrides = {}
    locks: frozenset[str] = frozenset()
    roles: tuple[RoleSpec, ...] = ()
    rooms: tuple[RoomSpec, ...] = ()
    seats: SeatsSpec = SeatsSpec()
    admin_only: frozenset[AdminOnly] = frozenset()
    channels: tuple[ChannelSpec, ...] = ()
    calls: tuple[CallSpec, ...] = ()


class SubscriptionSpec(_Value):
    """A URL that is told of events; `*` stands for all of them."""

    url: str
    events: tuple[str, ...] = ("*",)
    audience: Literal["account", "installers"] = "account"
    secret: str | None = None


class DevelopmentSpec(_Value):
    """An app's second pair of credentials, with which only its developer's account can authorize it."""

    client_id: str | None = None
    client_secret: str | None = None
    redirect_uris: tuple[str, ...] = ()


class AppSpec(_Value):
    """A Marketplace app; credentials left out are made when the sandbox starts.

    Attributes:
        kind: admin-managed, user-managed, or server-to-server (`s2s`), which is bound to `developer_account`.
        scopes: what nobody can decline.
        optional_scopes: what a person may decline at the consent page.
        activated: whether an admin activated a server-to-server app.
        disabled: Zoom switched the app off for everybody.
        strict_mode: accept only redirect addresses that are registered; otherwise what lies beneath them too.
        subdomain_strict_mode: without strict mode, accept no subdomains of registered hosts.
    """

    name: str
    kind: AppKind
    scopes: tuple[str, ...]
    id: str | None = None
    client_id: str | None = None
    client_secret: str | None = None
    redirect_uris: tuple[str, ...] = ()
    webhook_secret: str | None = None
    published: bool = True
    developer_account: str | None = None
    refresh_grace_seconds: float | None = None
    subscriptions: tuple[SubscriptionSpec, ...] = ()
    deauthorization_url: str | None = None
    optional_scopes: tuple[str, ...] = ()
    activated: bool = True
    disabled: bool = False
    strict_mode: bool = True
    subdomain_strict_mode: bool = True
    cloud: Cloud = "commercial"
    development: DevelopmentSpec | None = None


class FreeMeeting(_Value):
    """When Zoom ends a meeting whose host has no licence: this many minutes after this many heads are in it."""

    minutes: int = 40
    heads: int = 2


class Processing(_Value):
    """How many minutes Zoom takes after a meeting, and after its recording, to make something of it."""

    recording_minutes: int = 10
    transcript_minutes: int = 10
    summary_minutes: int = 5


class World(_Value):
    """Everything a sandbox starts with.

    Attributes:
        meeting_base_url: the start of every `join_url`.
        download_host: where downloads of recordings are redirected to, such as `http://localhost:8100`; the
            sandbox's own address without it.
        refresh_grace_seconds: how long a replaced refresh token stays usable; 0 is strict rotation.
        rate_limits: whether accounts are held to their plan's limits; a host's daily hundred always holds.
        rate_limit_headers: all that Zoom documents, or only the category, as its live replies carry today.
        s2s_tokens: whether a server-to-server app holds `one` token, the newest, or any number in `parallel`.
        deactivated_host: whether scheduling under a deactivated person is `not_allowed` (3161) or finds an
            `unknown` one (1001); Zoom's own answer is not published.
        awkward_uuids: make every meeting UUID begin with `/` and hold `//`, so that paths need double encoding.
    """

    accounts: tuple[AccountSpec, ...]
    apps: tuple[AppSpec, ...]
    meeting_base_url: str = "https://sandbox.zoom.us"
    refresh_grace_seconds: float = 0
    free_meeting: FreeMeeting = FreeMeeting()
    processing: Processing = Processing()
    download_host: str | None = None
    rate_limits: bool = True
    rate_limit_headers: Literal["documented", "minimal"] = "documented"
    s2s_tokens: Literal["one", "parallel"] = "parallel"
    deactivated_host: Literal["not_allowed", "unknown"] = "not_allowed"
    awkward_uuids: bool = False


def shipped_worlds() -> list[str]:
    """Return the names of the worlds that come with the sandbox."""
    here = (files("greenroom.sandbox") / "worlds").iterdir()
    return sorted(one.name.removesuffix(".yaml") for one in here if one.name.endswith(".yaml"))


def load_world(path: Path | str | None = None) -> World:
    """Read a world file, a shipped world by its name, or the demonstration world when `path` is `None`.

    A name wins over a file called the same; write `./demo` for the file.

    Raises:
        WorldError: the file is missing, is no YAML, or breaks a rule; the text names each place and remedy.
    """
    name = "demo" if path is None else path
    if name in shipped_worlds():
        shipped = files("greenroom.sandbox") / "worlds" / f"{name}.yaml"
        return parse_world(shipped.read_text(encoding="utf-8"), shipped.name)
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        remedy = f"Give the path of a UTF-8 text file, or one of: {', '.join(shipped_worlds())}."
        raise WorldError(str(name), (Problem("file", f"cannot be read ({error})", remedy),)) from None
    return parse_world(text, str(name))


def parse_world(text: str, source: str = "world") -> World:
    """Build a world from YAML text; `source` names it in messages.

    Raises:
        WorldError: the text is no YAML or breaks a rule.
    """
    document = _read_yaml(text, source)
    problems = tuple(_schema_problem(error) for error in _validator().iter_errors(document))
    if problems:
        raise WorldError(source, problems)
    world = World.model_validate(document)
    problems = tuple(_rule_problems(world))
    if problems:
        raise WorldError(source, problems)
    return world


def _read_yaml(text: str, source: str) -> object:
    try:
        return cast("object", yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else "file"
        problem = Problem(where, "is no YAML", "Check indentation, quotes and brackets there.")
        raise WorldError(source, (problem,)) from None


@cache
def _validator() -> Draft202012Validator:
    schema = files("greenroom.sandbox") / "world.schema.json"
    return Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))


def _schema_problem(error: SchemaError) -> Problem:
    where = error.json_path.removeprefix("$").removeprefix(".") or "document"
    schema = error.schema if isinstance(error.schema, Mapping) else {}
    what = error.message if len(error.message) < 200 else f"{error.message[:200]}…"
    return Problem(where, what, str(schema.get("description", "Correct it.")))


def _rule_problems(world: World) -> Iterator[Problem]:
    yield from _repeated("accounts", "id", [account.id for account in world.accounts])
    yield from _repeated("apps", "name", [app.name for app in world.apps])
    yield from _repeated("users", "email", [user.email.lower() for a in world.accounts for user in a.users])
    for index, account in enumerate(world.accounts):
        yield from _account_problems(f"accounts[{index}]", account)
    clouds = {account.id: account.cloud for account in world.accounts}
    for index, app in enumerate(world.apps):
        yield from _developer_problems(f"apps[{index}].developer_account", app, clouds)
        yield from _scope_problems(f"apps[{index}]", app)


def _developer_problems(where: str, app: AppSpec, clouds: Mapping[str, Cloud]) -> Iterator[Problem]:
    developer, remedy = app.developer_account, f"Name one of: {', '.join(sorted(clouds))}."
    if developer is not None and developer not in clouds:
        yield Problem(where, f"account {developer!r} does not exist", remedy)
    elif developer is not None and clouds[developer] != app.cloud:
        what = f"account {developer!r} is not in the app's cloud ({app.cloud})"
        yield Problem(where, what, f"Name another, or write cloud: {clouds[developer]}.")
    elif developer is None and app.kind == "s2s":
        yield Problem(where, "a server-to-server app needs the account it belongs to", remedy)
    elif developer is None and (app.development or not app.published):
        what = "an unpublished app, or one with development credentials, needs the account of its developer"
        yield Problem(where, what, remedy)


def _scope_problems(where: str, app: AppSpec) -> Iterator[Problem]:
    every = (*app.scopes, *app.optional_scopes)
    for scope in every:
        wrong = misplaced(scope, user_managed=app.kind == "user")
        if wrong:
            yield Problem(f"{where}.scopes", *wrong)
    if len(styles_of(every)) > 1:
        what = "classic and granular scopes cannot be in one app"
        yield Problem(f"{where}.scopes", what, "Use one style, or describe two apps.")
    for scope in sorted(set(app.scopes) & set(app.optional_scopes)):
        yield Problem(f"{where}.optional_scopes", f"{scope!r} is required already", "Leave it in one of the lists.")
    if app.kind == "s2s" and app.optional_scopes:
        what = "nobody is asked for consent to a server-to-server app"
        yield Problem(f"{where}.optional_scopes", what, "Move them to scopes.")


def _repeated(where: str, field: str, values: list[str]) -> Iterator[Problem]:
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Problem(where, f"{field} {value!r} is given more than once", f"Give each its own {field}.")


def _account_problems(where: str, account: AccountSpec) -> Iterator[Problem]:
    if not account.one_security_option_required and account.plan not in ("education", "enterprise"):
        what = f"a {account.plan} account cannot switch it off"
        yield Problem(f"{where}.one_security_option_required", what, "Leave it out, or choose another plan.")
    yield from _calls_without_phone(where, account)
    roles = {*BUILT_IN_ROLES, *(role.name for role in account.roles)}
    emails = {user.email.lower() for user in account.users}
    for index, user in enumerate(account.users):
        place = f"{where}.users[{index}]"
        if user.role not in roles:
            what = f"role {user.role!r} does not exist"
            yield Problem(f"{place}.role", what, f"Use one of: {', '.join(sorted(roles))}.")
        for stranger in sorted({one.lower() for one in user.schedulers} - emails):
            what = f"{stranger!r} is nobody's e-mail in this account"
            yield Problem(f"{place}.schedulers", what, "Name people of the same account.")
        if not is_timezone(user.timezone):
            what = f"time zone {user.timezone!r} is unknown"
            yield Problem(f"{place}.timezone", what, "Give an IANA time zone such as Europe/Paris.")


def _calls_without_phone(where: str, account: AccountSpec) -> Iterator[Problem]:
    allowed = account.plan in PHONE_PLANS
    phones = {user.email.casefold() for user in account.users if user.phone and allowed}
    for index, call in enumerate(account.calls):
        sides = {name: who for name, who in (("caller", call.caller), ("callee", call.callee)) if "@" in who}
        if not sides:
            yield Problem(f"{where}.calls[{index}]", "nobody of the account is in it", "Name a person's e-mail.")
        for name, who in sides.items():
            if who.casefold() not in phones:
                what = f"{who} has no phone"
                remedy = f"Give them one, in an account on one of: {', '.join(PHONE_PLANS)}."
                yield Problem(f"{where}.calls[{index}].{name}", what, remedy)


def is_timezone(name: str) -> bool:
    """Tell whether `name` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
