"""Policies wrap a profile's hooks; what they changed is stamped with their names."""

from __future__ import annotations

import pytest
from core.tests.profiles import asks
from core.tests.profiles.acme import acme, policy
from core.tests.profiles.conftest import Install

from greenroom.model import NewMeeting, Refusal, Say
from greenroom.profiles import ProfileFault, Registry, WrongAnswer

IMPORTS = "from greenroom.hooks import hookimpl\nfrom greenroom.model import *\nfrom greenroom.rules import because\n"


def around(body: str, hook: str = "create_meeting") -> str:
    """Return a policy module whose wrapper around ``hook`` has this body."""
    return f"{IMPORTS}\n\n@hookimpl(wrapper=True)\ndef {hook}(request):\n    {body}\n"


def installed(install: Install, **policies: str) -> Registry:
    """Install acme and policies by their names."""
    return install(acme(), *(policy(name, rules) for name, rules in policies.items()))


def test_what_a_policy_changed_is_stamped(install: Install) -> None:
    """The answer is the policy's, its name is on it, and other hooks stay the profile's own."""
    profile = install(acme(), policy()).profile("acme")
    answered = profile.create_meeting(asks.create())
    assert isinstance(answered.answer, NewMeeting)
    assert (answered.answer.auto_recording, answered.amended_by) == ("cloud", ("recorded",))
    assert profile.want_meeting(asks.meeting()).amended_by == ()


def test_only_the_policies_that_changed_something_are_named(install: Install) -> None:
    """Policies wrap in the order of their names; one that leaves the answer as it is is not named."""
    registry = installed(
        install,
        a_waiting=around("return (yield).model_copy(update={'waiting_room': True})"),
        b_silent=around("return (yield)"),
        c_recorded=around("plan = yield\n    return plan.model_copy(update={'auto_recording': 'cloud'})"),
    )
    assert registry.profile("acme").create_meeting(asks.create()).amended_by == ("a_waiting", "c_recorded")


def test_a_policy_may_refuse_in_its_own_words(install: Install) -> None:
    """Clauses and messages that a policy brings are known to every profile it wraps."""
    rules = (
        f"{IMPORTS}\nCLAUSES = (Clause(id='SITE-01', basis='decided', then='no Basic host'),)\n"
        "MESSAGES = {'licensed.basic_host': 'Our meetings need a licensed host.'}\n\n\n"
        "@hookimpl(wrapper=True)\ndef select_host(request):\n    yield\n"
        "    return Refusal(code='basic_host', say=Say(key='licensed.basic_host'), because=because('SITE-01'))\n"
    )
    profile = installed(install, licensed=rules).profile("acme")
    answered = profile.select_host(asks.host())
    assert isinstance(answered.answer, Refusal)
    assert answered.amended_by == ("licensed",)
    assert profile.labels.text(Say(key="licensed.basic_host")) == "Our meetings need a licensed host."
    assert profile.clauses["SITE-01"].then == "no Basic host"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("yield\n    return None", "it answered nothing (None)"),
        ("return (yield).model_copy(update={'because': because('OTHER-01')})", "citing clause 'OTHER-01'"),
    ],
)
def test_a_policys_wrong_answer_is_the_policys(body: str, said: str, install: Install) -> None:
    """A wrong answer that a policy made of a right one names the policy, not the profile."""
    profile = installed(install, strict=around(body)).profile("acme")
    with pytest.raises(WrongAnswer) as caught:
        profile.create_meeting(asks.create())
    assert str(caught.value).startswith("policy 'strict' (greenroom-strict 1.0), hook 'create_meeting': ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        "raise ValueError\n    yield",
        "yield\n    raise ValueError",
        "yield\n    yield",
        "if False:\n        yield",
    ],
    ids=["before", "after", "yields twice", "never yields"],
)
def test_what_a_policy_raises_is_the_policys_fault(body: str, install: Install) -> None:
    """The policy that failed is named, with others inside and outside of it."""
    idle = around("return (yield)")
    profile = installed(install, a_inner=idle, b_wild=around(body), c_outer=idle).profile("acme")
    with pytest.raises(ProfileFault, match=r"policy 'b_wild' .* it raised (ValueError|RuntimeError)"):
        profile.create_meeting(asks.create())


def test_a_policy_cannot_swallow_the_profiles_failure(install: Install) -> None:
    """What the profile raised is the profile's fault, even if a policy answers in its place."""
    body = (
        "try:\n        return (yield)\n    except Exception:\n"
        "        return NewMeeting(topic='x', because=because('ACME-03'))"
    )
    broken = acme().edited("rules.py", "    return NewMeeting(", "    raise ValueError\n    return NewMeeting(")
    profile = install(broken, policy("soothing", around(body))).profile("acme")
    with pytest.raises(ProfileFault, match=r"profile 'acme' .* it raised ValueError"):
        profile.create_meeting(asks.create())


def test_policies_wrap_cores_own_readings_too(install: Install) -> None:
    """An optional hook that core answers for the profile can be wrapped like any other."""
    rules = around("return (yield).model_copy(update={'revoke': False})", "disconnect")
    answered = installed(install, gentle=rules).profile("acme").disconnect(asks.disconnect())
    assert (answered.answer.revoke, answered.amended_by) == (False, ("gentle",))
