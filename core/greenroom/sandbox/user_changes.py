"""What can happen to a person: their facts change, they are let in or out, leave the account, or are deleted.

Each of these is told to subscribers. The REST operations and the control calls both come here, so that an
app cannot tell an admin in Zoom's own pages from one who used the API.
"""

from dataclasses import dataclass, replace
from typing import Literal

from greenroom.sandbox.clock import milliseconds
from greenroom.sandbox.directory import Account, User, new_user
from greenroom.sandbox.grants import Ending
from greenroom.sandbox.live import end_all_of
from greenroom.sandbox.state import State
from greenroom.sandbox.world import BUILT_IN_ROLES, UserSpec
from greenroom.sandbox.world_products import SeatsSpec

BASIC, LICENSED, NO_MEETINGS = 1, 2, 4
OWNER = "owner"

Transition = Literal["activated", "deactivated", "deleted", "disassociated"]

# What `user.updated` has room for and a person's own record holds.
_IN_RECORD = ("first_name", "last_name", "display_name", "email", "type", "pmi", "timezone", "role")
_IN_PROFILE = (
    "company",
    "dept",
    "host_key",
    "language",
    "phone_country",
    "phone_number",
    "pic_url",
    "use_pmi",
    "vanity_name",
)


@dataclass(frozen=True)
class Operator:
    """Who does it, as events tell."""

    id: str
    email: str

    @classmethod
    def owner_of(cls, state: State, account_id: str) -> "Operator":
        """Return the account's owner, in whose name the control calls act."""
        members = state.directory.members(account_id)
        owner = next((user for user in members if user.role == OWNER), members[0])
        return cls(owner.id, owner.email)


def alter(state: State, now: User, by: Operator) -> User:
    """Store a person's changed record; `user.updated` tells what is new and what was."""
    before = state.directory.users[now.id]
    state.directory.replace_user(now)
    facts, old = _facts(now), _facts(before)
    changed = [name for name in facts if facts[name] != old[name]]
    if changed:
        payload = {
            "operator": by.email,
            "operator_id": by.id,
            "time_stamp": milliseconds(state.clock.now()),
            "object": {"id": now.id, **{name: facts[name] for name in changed if facts[name] is not None}},
            "old_object": {"id": now.id, **{name: old[name] for name in changed if old[name] is not None}},
        }
        state.events.emit("user.updated", now.account_id, payload, about=(now.id,))
    return now


def deactivate(state: State, user: User, by: Operator) -> User:
    """Shut a person out: licences and tokens go for good, meetings stay."""
    now = replace(_unlicensed(user), status="inactive")
    state.directory.replace_user(now)
    _tell(state, "deactivated", user, by)
    _end_access(state, user, "owner_inactive")
    return now


def activate(state: State, user: User, by: Operator) -> User:
    """Let a person in again, without the licences they had."""
    now = replace(user, status="active")
    state.directory.replace_user(now)
    _tell(state, "activated", now, by)
    return now


def invite(state: State, spec: UserSpec, account: Account, by: Operator) -> User:
    """Take somebody new into an account; `user.created` tells of it, whether they have accepted yet or not."""
    user = new_user(spec, account, state.ids, state.clock.now())
    state.directory.add_user(user)
    payload = {"operator": by.email, "operator_id": by.id, "creation_type": "create"}
    told = {**_identity(user), "display_name": user.display_name}
    state.events.emit("user.created", account.id, {**payload, "object": told}, about=(user.id,))
    return user


def accept(state: State, user: User) -> User:
    """Let somebody who was invited in for the first time."""
    now = replace(user, status="active")
    state.directory.replace_user(now)
    state.events.emit("user.invitation_accepted", user.account_id, {"object": _identity(now)}, about=(user.id,))
    return now


def delete(state: State, user: User, by: Operator, heir: User | None = None) -> int:
    """Delete a person with their data; their meetings go, or pass to `heir`. Return how many grants ended."""
    _tell(state, "deleted", user, by)
    ended = _leave(state, user)
    _pass_on(state, user, heir)
    state.ledger.drop_host(user.id, state.clock.now())
    state.directory.remove_user(user)
    return ended


def disassociate(state: State, user: User, by: Operator, heir: User | None = None) -> User:
    """Part a person from the account: they keep their id, in a free account of their own.

    Their meetings go with them, or pass to `heir`.
    """
    account = _own_account(state, user)
    state.directory.add_account(account)
    return _part(state, user, account, OWNER, by, heir)


def move(state: State, user: User, account: Account, by: Operator) -> User:
    """Part a person from their account for another, whose invitation they have accepted."""
    now = _part(state, user, account, "member", by, None)
    return accept(state, now)


def _part(state: State, user: User, account: Account, role: str, by: Operator, heir: User | None) -> User:
    _tell(state, "disassociated", user, by)
    _leave(state, user)
    _pass_on(state, user, heir)
    now = replace(_unlicensed(user), account_id=account.id, role=role, schedulers=())
    state.directory.replace_user(now)
    for meeting in state.ledger.hosted_by(user.id, state.clock.now()):
        state.ledger.keep(replace(meeting, account_id=account.id))
    return now


def _leave(state: State, user: User) -> int:
    """End what cannot outlast a person's time in an account; return how many grants ended."""
    end_all_of(state, user.id)
    state.approvals.forget(user)
    return _end_access(state, user, "owner_gone")


def _end_access(state: State, user: User, why: Ending) -> int:
    for key in [key for key, session in state.signed_in.items() if session.user_id == user.id]:
        del state.signed_in[key]
    return state.grants.end(why, lambda grant: grant.user_id == user.id)


def _pass_on(state: State, user: User, heir: User | None) -> None:
    if heir is None:
        return
    for meeting in state.ledger.hosted_by(user.id, state.clock.now()):
        state.ledger.keep(replace(meeting, host_id=heir.id, host_email=heir.email))


def _unlicensed(user: User) -> User:
    kind = NO_MEETINGS if user.type == NO_MEETINGS else BASIC
    profile = {name: value for name, value in user.profile.items() if name not in ("plan_united_type", "zoom_one_type")}
    return replace(user, type=kind, phone=None, concurrent_meetings=None, profile=profile)


def _own_account(state: State, user: User) -> Account:
    former = state.directory.account_of(user)
    return replace(
        former,
        id=state.ids.text(22),
        number=state.ids.number(9),
        name=user.display_name,
        plan="basic",
        require_approval=False,
        one_security_option_required=True,
        settings={},
        locks=frozenset(),
        roles={name: former.roles[name] for name in BUILT_IN_ROLES},
        rooms=(),
        channels=(),
        seats=SeatsSpec(),
        admin_only=frozenset(),
    )


def _facts(user: User) -> dict[str, object]:
    facts = {name: getattr(user, name) for name in _IN_RECORD}
    return {**facts, "type": _published_type(user), **{name: user.profile.get(name) for name in _IN_PROFILE}}


def _published_type(user: User) -> int:
    """Return the type as events publish it: they know Basic and Licensed only."""
    return LICENSED if user.type == LICENSED else BASIC


def _identity(user: User) -> dict[str, object]:
    names = {"id": user.id, "email": user.email, "first_name": user.first_name, "last_name": user.last_name}
    return {**names, "type": _published_type(user)}


def _tell(state: State, transition: Transition, user: User, by: Operator) -> None:
    payload = {"operator": by.email, "operator_id": by.id, "object": _identity(user)}
    state.events.emit(f"user.{transition}", user.account_id, payload, about=(user.id,))
