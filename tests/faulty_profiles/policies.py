"""Policies around acme, of which some loosen what it answers."""

from __future__ import annotations

from greenroom.conformance.contract import Contract
from greenroom.conformance.contracts.policing import policies_never_loosen

CONTRACT: Contract = policies_never_loosen

_HEAD = "from greenroom.hooks import hookimpl\nfrom greenroom.model import *\nfrom greenroom.rules import because\n"


def _around(hook: str, body: str) -> str:
    return f"{_HEAD}\n\n@hookimpl(wrapper=True)\ndef {hook}(request):\n    answer = yield\n    {body}\n"


LOOSENING = {
    "is none any more": _around(
        "authorize",
        "return Done(because=because('ACME-01')) if answer.kind == 'refusal' else answer",
    ),
    "a meeting is wanted": _around("want_meeting", "return Wanted(because=because('ACME-03'))"),
    "is shown passcode": _around(
        "render_invite",
        "return answer.model_copy(update={'items': tuple("
        "one.model_copy(update={'shows': one.shows | {'passcode'}}) for one in answer.items)})",
    ),
    "a grant that was to be revoked is kept": _around(
        "disconnect", "return answer.model_copy(update={'revoke': False})"
    ),
}
"""Policies that loosen, by what the contract has to say of them."""

TIGHTENING = (
    _around("create_meeting", "return answer.model_copy(update={'waiting_room': True, 'passcode': 'generate'})"),
    _around("render_invite", "return answer.model_copy(update={'items': ()})"),
    _around("select_host", "return answer"),
)
"""Policies that do what policies are for."""
