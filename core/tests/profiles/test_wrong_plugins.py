"""Each way a plugin can be wrong is reported by its name, and the healthy ones still answer."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pytest
from core.tests.profiles import asks
from core.tests.profiles.acme import PluginSource, acme, policy
from core.tests.profiles.conftest import Install

from greenroom.model import Wanted
from greenroom.profiles import (
    BrokenProfile,
    DuplicateProfile,
    IncompatibleProfile,
    Registry,
)

APEX = acme("apex")
GATE = "@hookimpl\ndef authorize(request: AuthorizeRequest) -> Step:"


class Wrong(NamedTuple):
    """A way to be wrong: the spoilt plugin and a piece of what is said about it."""

    plugin: PluginSource
    said: str


def rules(old: str, new: str) -> PluginSource:
    """Return the apex profile with a change in its hooks."""
    return APEX.edited("rules.py", old, new)


def manifest(old: str, new: str) -> PluginSource:
    """Return the apex profile with a change in its manifest."""
    return APEX.edited("profile.yaml", old, new)


WRONG = {
    "import error": Wrong(
        rules("SETTINGS = ", "import nowhere_at_all\nSETTINGS = "), "raised ModuleNotFoundError: No module"
    ),
    "syntax error": Wrong(rules("def authorize(", "def authorize(("), "raised SyntaxError"),
    "exit at import": Wrong(rules("SETTINGS = ", "raise SystemExit(3)\nSETTINGS = "), "raised SystemExit: 3"),
    "assertion at import": Wrong(rules("SETTINGS = ", "assert 0\nSETTINGS = "), "raised AssertionError"),
    "no such module": Wrong(APEX.without("rules.py"), "No module named 'greenroom_apex.rules'"),
    "no manifest": Wrong(APEX.without("profile.yaml"), "there is no profile.yaml in "),
    "no package": Wrong(replace(APEX, entry_points={"apex": "greenroom_gone.rules"}), "which is not there"),
    "manifest is no YAML": Wrong(manifest("levels: [", "levels: [["), "profile.yaml:6: is not YAML"),
    "manifest lacks a field": Wrong(manifest("reach: organization\n", ""), "reach: Field required. Add it"),
    "manifest has a stranger": Wrong(manifest("reach:", "colour: red\nreach:"), "profile.yaml:6: colour: Extra"),
    "phase without quotes": Wrong(manifest('name: "off"', "name: true"), "should be a valid string"),
    "unknown fact": Wrong(manifest("[interviewers]", "[approval]"), "select_host has no fact 'approval'"),
    "foreign clause": Wrong(manifest("[ACME-03]", "[ACME-77]"), "cites clause ACME-77"),
    "missing message": Wrong(manifest("say: recipe,", "say: nowhere,"), "names the message 'nowhere'"),
    "no labels": Wrong(APEX.without("labels/2026-05.yaml"), "labels/2026-05.yaml: cannot be read"),
    "labels of another edition": Wrong(APEX.edited("labels/2026-05.yaml", "2026-05", "2025-01"), "edition '2025-01'"),
    "clause twice": Wrong(APEX.edited("clauses.yaml", "ACME-02", "ACME-01"), "'ACME-01' stands 2 times"),
    "clause of core's": Wrong(APEX.edited("clauses.yaml", "ACME-02", "CORE-02"), "an id that is core's own"),
    "range of no versions": Wrong(manifest(">=1.0,<2", "newest"), "'newest' is not a range of versions"),
    "misspelt hook": Wrong(
        rules("def want_meeting(", "def want_meting("), "its hook 'want_meting' does not exist. Did you mean 'want_m"
    ),
    "misspelt optional hook": Wrong(
        rules("@hookimpl\ndef want", "@hookimpl(optionalhook=True)\ndef chnage(request): ...\n\n@hookimpl\ndef want"),
        "its hook 'chnage' does not exist",
    ),
    "wrong argument": Wrong(rules(GATE, GATE.replace("request:", "ask:")), "'authorize' takes an argument 'ask'"),
    "coroutine": Wrong(rules(GATE, GATE.replace("def", "async def")), "its hook 'authorize' is a coroutine"),
    "generator": Wrong(rules("    refusal =", "    yield\n    refusal ="), "its hook 'authorize' is a generator"),
    "wrapper": Wrong(rules(GATE, GATE.replace("hookimpl", "hookimpl(wrapper=True)")), "'authorize' is a wrapper"),
    "second implementation": Wrong(
        rules("SETTINGS = ", "@hookimpl(specname='authorize')\ndef again(request):\n    ...\n\n\nSETTINGS = "),
        "its hook 'authorize' has 2 implementations",
    ),
    "missing hook": Wrong(rules("@hookimpl\ndef render_invite", "def render_invite"), "it lacks the hook render_inv"),
    "settings without default": Wrong(rules("Field(Recording.NONE, ", "Field("), "recording has no valid default"),
    "settings of no scope": Wrong(rules("{Scope.ORGANIZATION: ", "{'organization': "), "its SETTINGS map something"),
    "raises when looked at": Wrong(
        rules("SETTINGS = {Scope", "def __getattr__(name):\n    raise RuntimeError(name)\n\n\nOTHERS = {Scope"),
        "loading it raised RuntimeError: SETTINGS",
    ),
}


def detail(registry: Registry, name: str = "apex") -> str:
    """Return what the report says about a plugin."""
    return next(one.detail for one in registry.report() if one.name == name)


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_plugin_is_named_and_stands_alone(wrong: Wrong, install: Install) -> None:
    """The broken one is refused with its distribution and the reason, on one line; the other answers."""
    registry = install(acme(), wrong.plugin)
    statuses = {one.name: one.status for one in registry.check_all()}
    assert statuses == {"acme": "loaded", "apex": "failed"}
    with pytest.raises(BrokenProfile) as caught:
        registry.profile("apex")
    assert "profile 'apex' (greenroom-apex 1.0): " in str(caught.value)
    assert wrong.said in str(caught.value)
    assert detail(registry) == str(caught.value)
    assert "BrokenProfile" in next(one.traceback for one in registry.report() if one.name == "apex")
    answered = registry.profile("acme").want_meeting(asks.meeting())
    assert isinstance(answered.answer, Wanted)


def test_a_failure_keeps_its_cause_and_is_refused_again(install: Install) -> None:
    """The report has the plugin's own traceback; asking again refuses again without importing again."""
    registry = install(WRONG["import error"].plugin)
    for _ in range(2):
        with pytest.raises(BrokenProfile) as caught:
            registry.profile("apex")
        assert isinstance(caught.value.__cause__, ModuleNotFoundError)
    assert "import nowhere_at_all" in registry.report()[0].traceback


def test_another_hook_api_is_a_sentence_naming_both(install: Install) -> None:
    """A profile for another API is incompatible, even when its manifest has another shape; it is not imported."""
    future = manifest(">=1.0,<2", ">=2,<3").edited("profile.yaml", "reach: organization", "grasp: all")
    registry = install(acme(), future.edited("rules.py", '"""Acme', 'raise SystemExit\n"""Acme'))
    with pytest.raises(IncompatibleProfile, match=r"for hook API >=2,<3, and this Greenroom speaks 1\.0\. Install a"):
        registry.profile("apex")
    assert {one.name: one.status for one in registry.check_all()} == {"acme": "loaded", "apex": "incompatible"}


def test_one_name_from_two_distributions_is_neither(install: Install) -> None:
    """Both distributions are named, neither is loaded, and the others answer."""
    fork = replace(APEX, distribution="apex-fork", version="2.0")
    registry = install(acme(), APEX, fork)
    with pytest.raises(DuplicateProfile, match=r"offered by apex-fork 2\.0 and greenroom-apex 1\.0, so none"):
        registry.profile("apex")
    assert [(one.name, one.status) for one in registry.check_all()] == [
        ("acme", "loaded"),
        ("apex", "duplicate"),
        ("apex", "duplicate"),
    ]
    assert registry.names == ("acme",)


def test_a_damaged_installation_is_still_listed(install: Install) -> None:
    """Entry points without METADATA are listed as of an unknown distribution."""
    registry = install(acme())
    site = registry.profile("acme").folder.parent
    (site / "greenroom_acme-1.0.dist-info" / "METADATA").write_text("")
    assert Registry.discover().report()[0].distribution == "unknown distribution"


POLICIES = {
    "no wrapper": Wrong(
        policy("strict", "from greenroom.hooks import hookimpl\n@hookimpl\ndef authorize(request): ..."),
        "its hook 'authorize' is not a wrapper",
    ),
    "old wrapper": Wrong(
        policy(
            "strict", "from greenroom.hooks import hookimpl\n@hookimpl(hookwrapper=True)\ndef change(request): yield"
        ),
        "its hook 'change' is not a wrapper",
    ),
    "out of turn": Wrong(
        policy(
            "strict",
            "from greenroom.hooks import hookimpl\n@hookimpl(wrapper=True, tryfirst=True)\ndef change(request): yield",
        ),
        "asks for a place of its own",
    ),
    "no hook": Wrong(policy("strict", "RULE = 1\n"), "it implements no hook"),
    "no generator": Wrong(
        policy("strict", "from greenroom.hooks import hookimpl\n@hookimpl(wrapper=True)\ndef change(request): ..."),
        "function is not a generator function",
    ),
    "foreign messages": Wrong(
        policy(
            "strict",
            "from greenroom.hooks import hookimpl\nMESSAGES = {'no': 'No.'}\n"
            "@hookimpl(wrapper=True)\ndef change(request): return (yield)",
        ),
        "Begin each key with 'strict.'",
    ),
    "import error": Wrong(policy("strict", "import nowhere_at_all"), "raised ModuleNotFoundError"),
}


@pytest.mark.parametrize("wrong", POLICIES.values(), ids=POLICIES.keys())
def test_a_wrong_policy_is_named_and_not_applied(wrong: Wrong, install: Install) -> None:
    """A policy that is none is reported by name; profiles answer without it."""
    registry = install(acme(), wrong.plugin)
    statuses = {one.name: one.status for one in registry.check_all()}
    assert statuses == {"acme": "loaded", "strict": "failed"}
    assert detail(registry, "strict").startswith("policy 'strict' (greenroom-strict 1.0): ")
    assert wrong.said in detail(registry, "strict")
    assert registry.profile("acme").change(asks.change()).amended_by == ()
