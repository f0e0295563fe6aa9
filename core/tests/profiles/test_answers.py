"""Every answer is judged before anybody acts on it, and a wrong one is put down to its plugin."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from core.tests.profiles import asks
from core.tests.profiles.acme import PluginSource, acme
from core.tests.profiles.conftest import Install

from greenroom.conformance import facts
from greenroom.hooks import OPTIONAL_HOOKS, REQUIRED_HOOKS
from greenroom.model import Action, Cause, Follow, HostChoice, Keep, Loss, Refusal, Stage, UndeclaredFact
from greenroom.profiles import FactNotDeclared, Profile, ProfileFault, WrongAnswer

ASKS: dict[str, Callable[[Profile], object]] = {
    "authorize": lambda profile: profile.authorize(asks.authorize()),
    "complete": lambda profile: profile.authorize(asks.completed()),
    "want_meeting": lambda profile: profile.want_meeting(asks.meeting()),
    "select_host": lambda profile: profile.select_host(asks.host()),
    "create_meeting": lambda profile: profile.create_meeting(asks.create()),
    "render_invite": lambda profile: profile.render_invite(asks.invite()),
    "disconnect": lambda profile: profile.disconnect(asks.disconnect()),
    "change": lambda profile: profile.change(asks.change()),
}

EVERYTHING = "from greenroom.model import *\nfrom greenroom.conformance import facts\n"


def answering(hook: str, answer: str) -> PluginSource:
    """Return acme with one hook replaced: it returns the expression ``answer``, knowing ``request``."""
    source = acme()
    rules = source.files["rules.py"].replace(f"@hookimpl\ndef {hook}(", f"def unused_{hook}(")
    added = f"\n\n{EVERYTHING}WHY = because('ACME-01')\n\n\n@hookimpl\ndef {hook}(request):\n    return {answer}\n"
    return source.with_file("rules.py", rules + added)


def test_a_healthy_profile_answers_every_question(install: Install) -> None:
    """All seven questions are answered; the two optional ones by core's own rules."""
    profile = install(acme()).profile("acme")
    assert isinstance(profile.authorize(asks.completed()).answer, Keep)
    assert isinstance(profile.authorize(asks.authorize(actor=facts.member("Recruiter"))).answer, Refusal)
    assert isinstance(profile.select_host(asks.host()).answer, HostChoice)
    assert {ask(profile).hook for ask in ASKS.values()} == {*REQUIRED_HOOKS, *OPTIONAL_HOOKS}  # type: ignore[attr-defined]
    assert all(ask(profile).amended_by == () for ask in ASKS.values())  # type: ignore[attr-defined]


def test_core_answers_for_the_optional_hooks(install: Install) -> None:
    """A person's wish leads to the initial phase, a lost role to the first broken one; a change follows CORE-02."""
    profile = install(acme()).profile("acme")
    ended, lost = (profile.disconnect(asks.disconnect(cause)).answer for cause in (Cause.PERSON, Cause.AUTHORIZER_ROLE))
    assert (ended.phase, ended.ends, ended.revoke) == ("off", "this", True)
    assert (lost.phase, lost.ends) == ("lost", "nothing")
    follow = profile.change(asks.change()).answer
    assert isinstance(follow, Follow)
    assert follow.because[0].clause == "CORE-02"


def test_a_level_without_a_broken_phase_falls_back_to_its_initial_one(install: Install) -> None:
    """Where no phase is broken, what is lost is idle."""
    plain = acme().edited("profile.yaml", '    - {name: "lost", kind: broken, clauses: [CORE-08]}\n', "")
    moves = [line for line in plain.files["profile.yaml"].splitlines(keepends=True) if '"lost"' not in line]
    plain = plain.with_file("profile.yaml", "".join(moves))
    answered = install(plain).profile("acme").disconnect(asks.disconnect(Cause.AUTHORIZER_ROLE))
    assert isinstance(answered.answer, Loss)
    assert answered.answer.phase == "off"


class Wrong(NamedTuple):
    """A wrong answer: the question, the expression, and what is said about it."""

    ask: str
    answer: str
    came: str


WRONG = {
    "none": Wrong("authorize", "None", "it answered nothing (None)"),
    "dict": Wrong("authorize", "{'kind': 'done'}", "it answered a dict"),
    "another hook's": Wrong("want_meeting", "NewMeeting(topic='x', because=WHY)", "it answered a NewMeeting"),
    "subclass": Wrong("authorize", "type('Mine', (Done,), {})(because=WHY)", "it answered a Mine"),
    "spoilt copy": Wrong("authorize", "Done(because=WHY).model_copy(update={'because': ()})", "'because' is wrong"),
    "foreign clause": Wrong("authorize", "Done(because=because('OTHER-01'))", "citing clause 'OTHER-01'"),
    "unknown message": Wrong("authorize", "refuse('nope', 'ACME-01')", "the message key 'nope'"),
    "unknown warning": Wrong(
        "want_meeting", "Wanted(because=WHY, warnings=(Say(key='nope'),))", "the message key 'nope'"
    ),
    "unknown notice": Wrong(
        "want_meeting", "Wanted(because=WHY, notices=(Notice(to='actor', say=Say(key='nope')),))", "key 'nope'"
    ),
    "undeclared phase": Wrong("authorize", "Done(phase='paused', because=WHY)", "phase 'paused' for level 'org"),
    "undeclared phase on the way": Wrong("authorize", "GoToZoom(app='admin', phase='up', because=WHY)", "phase 'up'"),
    "wrong app": Wrong("authorize", "GoToZoom(app='user', because=WHY)", "the user app for level 'organization'"),
    "unknown recipe": Wrong("authorize", "Instruct(recipe='tea', because=WHY)", "recipe 'tea'"),
    "approval unasked": Wrong(
        "authorize", "AskApproval(phase='asked', say=Say(key='save_first'), because=WHY)", "AskApproval to action"
    ),
    "verified unseen": Wrong(
        "authorize", "Done(verified=frozenset({'eve@home.example'}), because=WHY)", "a verified address"
    ),
    "keep unasked": Wrong(
        "authorize", "Keep(phase='on', level=Level.ORGANIZATION, because=WHY)", "Keep to action 'connect'"
    ),
    "keep while asked": Wrong(
        "complete", "Keep(phase='asked', level=Level.ORGANIZATION, because=WHY)", "Keep in phase 'asked'"
    ),
    "keep elsewhere": Wrong("complete", "Keep(phase='on', level=Level.MEMBER, because=WHY)", "Keep at level 'member'"),
    "not yet until now": Wrong(
        "want_meeting", "NotYet(until=Stage.SAVED, say=Say(key='save_first'), because=WHY)", "NotYet until saved"
    ),
    "sleeping host": Wrong(
        "select_host",
        "HostChoice(host=request.connections[0].zoom_user.model_copy(update={'status': 'inactive'}), "
        "via=request.connections[0], because=WHY)",
        "a host who is inactive",
    ),
    "host made up": Wrong(
        "select_host",
        "HostChoice(host=facts.zoom_user('eve@home.example'), via=request.connections[0], because=WHY)",
        "a host whom the request does not name",
    ),
    "connection made up": Wrong(
        "select_host",
        "HostChoice(host=request.connections[0].zoom_user, "
        "via=request.connections[0].model_copy(update={'owner': 'org_2'}), because=WHY)",
        "a connection that is not usable here",
    ),
    "host of another account": Wrong(
        "select_host",
        "HostChoice(host=request.connections[0].zoom_user.model_copy(update={'account': "
        "ZoomAccount(id='acc_2', source='observed')}), via=request.connections[0], because=WHY)",
        "a host of another Zoom account",
    ),
    "turn outside the pool": Wrong(
        "select_host",
        "HostChoice(host=request.connections[0].zoom_user, via=request.connections[0], "
        "turn=Turn(pool=frozenset({'a'}), host='b'), because=WHY)",
        "a turn of somebody outside the pool",
    ),
    "considered for a foreign reason": Wrong(
        "select_host",
        "HostChoice(host=request.connections[0].zoom_user, via=request.connections[0], because=WHY, "
        "considered=(Considered(who='a', verdict='host', because=Because(clause='OTHER-01')),))",
        "citing clause 'OTHER-01'",
    ),
    "insistence on nothing": Wrong(
        "create_meeting",
        "NewMeeting(topic='x', insist=frozenset({'use_pmi'}), because=WHY)",
        "insistence on 'use_pmi', which is not set",
    ),
    "unknown topic": Wrong("create_meeting", "NewMeeting(topic=Say(key='nope'), because=WHY)", "key 'nope'"),
    "unknown template": Wrong(
        "render_invite",
        "Invites(items=(Invite(audience='candidate', channel='mail', template='poem'),), because=WHY)",
        "template 'poem'",
    ),
    "shows too much": Wrong(
        "render_invite",
        "Invites(items=(Invite(audience='candidate', channel='mail', template='letter')"
        ".model_copy(update={'shows': frozenset({'start_url'})}),), because=WHY)",
        "the detail 'start_url' for candidate",
    ),
    "undeclared loss": Wrong("disconnect", "Loss(phase='gone', ends='this', because=WHY)", "phase 'gone'"),
    "loss refused": Wrong("disconnect", "refuse('save_first', 'ACME-01')", "it answered a Refusal"),
    "change undone": Wrong("change", "Done(because=WHY)", "it answered a Done"),
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_answer_is_refused_by_name(wrong: Wrong, install: Install) -> None:
    """It names plugin, distribution, hook, what came and what is allowed; nothing of a person is in it."""
    hook = "authorize" if wrong.ask == "complete" else wrong.ask
    profile = install(answering(hook, wrong.answer)).profile("acme")
    with pytest.raises(WrongAnswer) as caught:
        ASKS[wrong.ask](profile)
    assert str(caught.value).startswith(f"profile 'acme' (greenroom-acme 1.0), hook '{hook}': it answered ")
    assert wrong.came in str(caught.value)
    assert "Allowed is " in str(caught.value)
    assert "@" not in str(caught.value)


def test_keep_needs_a_grant(install: Install) -> None:
    """A declined attempt, or one of whom Zoom did not say who it was, cannot be kept."""
    keeping = "Keep(phase='on', level=Level.ORGANIZATION, because=WHY)"
    profile = install(answering("authorize", keeping)).profile("acme")
    assert isinstance(profile.authorize(asks.completed()).answer, Keep)
    declined = asks.GRANTED.model_copy(update={"outcome": "declined"})
    for attempt, zoom in ((declined, facts.zoom_user()), (asks.GRANTED, None), (None, facts.zoom_user())):
        with pytest.raises(WrongAnswer, match="Keep without a grant"):
            profile.authorize(asks.authorize(Action.COMPLETE, attempt=attempt, zoom=zoom))


def test_no_meeting_before_the_links_stage(install: Install) -> None:
    """The manifest's link.stage holds whatever the hook says."""
    profile = install(acme()).profile("acme")
    with pytest.raises(WrongAnswer, match=r"a meeting at stage draft\. Allowed is one from stage saved on"):
        profile.create_meeting(asks.create(Stage.DRAFT))


def test_an_idle_connection_hosts_nothing(install: Install) -> None:
    """A connection must be among those shown and usable."""
    careless = "HostChoice(host=facts.zoom_user('zoe@acme.example'), via=request.connections[0], because=WHY)"
    profile = install(answering("select_host", careless)).profile("acme")
    with pytest.raises(WrongAnswer, match="a connection that is not usable here"):
        profile.select_host(asks.host(asks.IDLE, interviewers=(facts.with_zoom("zoe@acme.example"),)))


def test_a_coroutine_is_refused_and_closed(install: Install) -> None:
    """A plain function that returns a coroutine is caught at the call, without a warning left behind."""
    source = answering("authorize", "later()").edited("rules.py", "WHY = ", "async def later(): ...\n\n\nWHY = ")
    with pytest.raises(WrongAnswer, match="it answered a coroutine"):
        install(source).profile("acme").authorize(asks.authorize())


@pytest.mark.parametrize("error", ["ValueError", "SystemExit", "StopIteration", "RecursionError"])
def test_what_a_hook_raises_is_its_plugins_fault(error: str, install: Install) -> None:
    """Whatever a hook raises becomes a fault that names it; the message of the exception is not repeated."""
    source = answering("authorize", f"fail({error}('eve@home.example'))").edited(
        "rules.py", "WHY = ", "def fail(error):\n    raise error\n\n\nWHY = "
    )
    with pytest.raises(ProfileFault) as caught:
        install(source).profile("acme").authorize(asks.authorize())
    assert f"hook 'authorize': it raised {error}. " in str(caught.value)
    assert "eve@" not in str(caught.value)
    assert type(caught.value.__cause__).__name__ == error


UNDECLARED = {
    "approval": ("authorize", "request.approval"),
    "permissions": ("authorize", "request.zoom.permissions"),
    "busy": ("want_meeting", "request.busy"),
    "hosts": ("select_host", "request.hosts"),
    "turns": ("select_host", "request.turns"),
    "load": ("select_host", "request.load"),
    "scheduler": ("select_host", "request.interview.scheduler.zoom"),
    "candidate": ("render_invite", "request.interview.candidates[0].zoom"),
    "before a change": ("change", "request.before.scheduler.zoom"),
}


@pytest.mark.parametrize(("hook", "fact"), UNDECLARED.values(), ids=UNDECLARED.keys())
def test_a_fact_that_is_not_declared_is_not_there(hook: str, fact: str, install: Install) -> None:
    """Touching what the manifest does not declare for the hook is the plugin's fault, and says what to declare."""
    profile = install(answering(hook, fact)).profile("acme")
    ask = ASKS["complete" if hook == "authorize" else hook]
    with pytest.raises(FactNotDeclared, match=r"was not gathered\. Declare the fact in profile\.yaml") as caught:
        ask(profile)
    assert isinstance(caught.value.__cause__, UndeclaredFact)


def test_interviewers_zoom_users_come_when_declared(install: Install) -> None:
    """Declared, an interviewer's Zoom user is a fact; undeclared, it is withheld."""
    first = "HostChoice(host=request.interview.interviewers[0].zoom, via=request.connections[0], because=WHY)"
    request = asks.host(interviewers=(facts.with_zoom("ana@acme.example"),))
    declared = answering("select_host", first)
    undeclared = PluginSource(name="apex", files=declared.files).edited(
        "profile.yaml", "facts:\n  select_host: [interviewers]\n", ""
    )
    registry = install(declared, undeclared)
    assert isinstance(registry.profile("acme").select_host(request).answer, HostChoice)
    with pytest.raises(FactNotDeclared, match=r"Person\.zoom"):
        registry.profile("apex").select_host(request)
