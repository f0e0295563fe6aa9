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

Plan = Literal["basic", "pro", "business", "education", "enterprise"]
Status = Literal["active", "inactive", "pending"]
AppKind = Literal["admin", "user"]
Overrides = Mapping[str, bool | str]

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
    """A Zoom Room."""

    id: str
    name: str


class UserSpec(_Value):
    """A person; ids and personal meeting numbers left out are made when the sandbox starts."""

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


class AccountSpec(_Value):
    """A Zoom account: its plan, switches, locks and people."""

    id: str
    name: str
    plan: Plan
    users: tuple[UserSpec, ...]
    cloud: Literal["commercial", "government"] = "commercial"
    require_approval: bool = False
    one_security_option_required: bool = True
    settings: Overrides = {}
    locks: frozenset[str] = frozenset()
    roles: tuple[RoleSpec, ...] = ()
    rooms: tuple[RoomSpec, ...] = ()


class AppSpec(_Value):
    """A Marketplace app; credentials left out are made when the sandbox starts."""

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


class World(_Value):
    """Everything a sandbox starts with.

    Attributes:
        meeting_base_url: the start of every `join_url`.
        refresh_grace_seconds: how long a replaced refresh token stays usable; 0 is strict rotation.
    """

    accounts: tuple[AccountSpec, ...]
    apps: tuple[AppSpec, ...]
    meeting_base_url: str = "https://sandbox.zoom.us"
    refresh_grace_seconds: float = 0


def load_world(path: Path | str | None = None) -> World:
    """Read a world file, or the demonstration world when `path` is `None`.

    Raises:
        WorldError: the file is missing, is no YAML, or breaks a rule; the text names each place and remedy.
    """
    if path is None:
        demo = files("greenroom.sandbox") / "worlds" / "demo.yaml"
        return parse_world(demo.read_text(encoding="utf-8"), "demo.yaml")
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = Problem("file", f"cannot be read ({error})", "Give the path of a UTF-8 text file.")
        raise WorldError(str(path), (problem,)) from None
    return parse_world(text, str(path))


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
    known = {account.id for account in world.accounts}
    for index, app in enumerate(world.apps):
        if not app.published and app.developer_account not in known:
            what = "an unpublished app needs the account of its developer"
            yield Problem(f"apps[{index}].developer_account", what, f"Name one of: {', '.join(sorted(known))}.")


def _repeated(where: str, field: str, values: list[str]) -> Iterator[Problem]:
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield Problem(where, f"{field} {value!r} is given more than once", f"Give each its own {field}.")


def _account_problems(where: str, account: AccountSpec) -> Iterator[Problem]:
    if not account.one_security_option_required and account.plan not in ("education", "enterprise"):
        what = f"a {account.plan} account cannot switch it off"
        yield Problem(f"{where}.one_security_option_required", what, "Leave it out, or choose another plan.")
    roles = {*BUILT_IN_ROLES, *(role.name for role in account.roles)}
    for index, user in enumerate(account.users):
        place = f"{where}.users[{index}]"
        if user.role not in roles:
            what = f"role {user.role!r} does not exist"
            yield Problem(f"{place}.role", what, f"Use one of: {', '.join(sorted(roles))}.")
        if not is_timezone(user.timezone):
            what = f"time zone {user.timezone!r} is unknown"
            yield Problem(f"{place}.timezone", what, "Give an IANA time zone such as Europe/Paris.")


def is_timezone(name: str) -> bool:
    """Tell whether `name` is an IANA time zone."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
