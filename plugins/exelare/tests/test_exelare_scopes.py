"""Any subset of scopes, in any state, for anybody: what is tied to a scope goes with it, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.conformance import InProcess, Product
from greenroom.conformance.facts import interview, member, zoom_user
from greenroom.model import (
    Action,
    Candidate,
    Cause,
    Connection,
    Done,
    HostChoice,
    Keep,
    Level,
    Refusal,
    Stage,
    Wanted,
    ZoomStatus,
)
from greenroom.profiles import Registry
from greenroom_exelare.checks.asks import (
    ADMINISTRATOR,
    CONNECTED,
    EVERYTHING,
    INA,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    ON,
    RECRUITER,
    ask,
    authorized,
    changed,
    complete,
    ending,
    invites,
    login,
    scheduling,
    switch,
    use,
    wanted,
)
from greenroom_exelare.scopes import FEATURES, SCOPES, hit_by, printed

PRODUCT = Product(InProcess(Registry.discover().profile("exelare")))

GRANTED = st.frozensets(st.sampled_from(sorted(EVERYTHING))) | st.just(EVERYTHING)
PHASES = st.sampled_from((NOT_CONNECTED, CONNECTED, NEEDS_RECONNECT))
TOGGLES = st.sampled_from((OFF, ON))


@given(granted=GRANTED)
def test_features_go_with_their_scope(granted: frozenset[str]) -> None:
    """A feature is there exactly when everything behind its printed scope is granted."""
    for name, feature in FEATURES.items():
        answer = use(PRODUCT, name, connections=authorized(scopes=granted))
        assert isinstance(answer, Done) == (feature.scope is None or SCOPES[feature.scope] <= granted), name


@given(granted=GRANTED)
def test_scheduling_goes_with_its_scopes(granted: frozenset[str]) -> None:
    """Making, updating and deleting meetings each need their own permission and no other."""
    left, names = authorized(scopes=granted), printed(granted)
    assert isinstance(wanted(PRODUCT, connections=left), Wanted) == ("meeting:write" in names)
    assert (changed(PRODUCT, connections=left).kind == "follow") == ("meeting:update" in names)
    assert (changed(PRODUCT, cancelled=True, connections=left).kind == "follow") == ("meeting:delete" in names)


@given(granted=GRANTED, calendar_sync=st.booleans(), why=st.sampled_from(("new", "changed", "cancelled")))
def test_the_calendar_goes_with_its_scopes(granted: frozenset[str], why: str, *, calendar_sync: bool) -> None:
    """The recruiter's calendar is written to if synchronized and permitted; the mail does not depend on it."""
    needed = {
        "new": {"calendar:write", "calendar:update", "calendar:delete"},
        "changed": {"calendar:update"},
        "cancelled": {"calendar:delete"},
    }
    found = invites(PRODUCT, why=why, calendar_sync=calendar_sync, scopes=granted)
    assert ("scheduler" in found) == (calendar_sync and needed[why] <= printed(granted))
    assert found.keys() - {"scheduler"} == {"candidate"}


@given(lost=GRANTED)
def test_losing_scopes_takes_away_what_they_stand_behind(lost: frozenset[str]) -> None:
    """What a loss takes away is what is missing afterwards, and the authorization stays."""
    assert hit_by(lost) == SCOPES.keys() - printed(EVERYTHING - lost)
    assert ending(PRODUCT, Cause.SCOPES_LOST, lost_scopes=lost).phase == CONNECTED


@given(phase=PHASES, toggle=TOGGLES, feature=st.sampled_from([name for name in FEATURES if FEATURES[name].scope]))
def test_nothing_at_zoom_without_switch_and_login(phase: str, toggle: str, feature: str) -> None:
    """Meetings are made and features used only with the switch on and somebody authorized."""
    ready = toggle == ON and phase == CONNECTED
    state = authorized(phase, toggle=toggle)
    assert isinstance(wanted(PRODUCT, connections=state), Wanted) == ready
    assert isinstance(PRODUCT.select_host(scheduling(connections=state)), HostChoice) == ready
    assert isinstance(use(PRODUCT, feature, connections=state), Done) == ready


@given(
    roles=st.frozensets(st.sampled_from(("Administrator", "Recruiter", "administrator", "Guest"))),
    active=st.booleans(),
    toggle=TOGGLES,
    phase=PHASES,
)
def test_roles_decide_who_sets_up_and_who_uses(roles: frozenset[str], toggle: str, phase: str, *, active: bool) -> None:
    """Set-up is for active administrators, use for active members of the recruiting team, in every state."""
    actor = member(*roles, active=active)
    state = authorized(phase, toggle=toggle)
    for action, level in ((Action.ENABLE, Level.ORGANIZATION), (Action.CONNECT, Level.MEMBER)):
        answer = ask(PRODUCT, action, level, actor=actor, connections=state)
        turned_away = isinstance(answer, Refusal) and answer.code in {"role_not_allowed", "not_an_active_member"}
        assert turned_away != (active and "Administrator" in roles)
    answer = use(PRODUCT, "recordings", actor=actor, connections=state)
    turned_away = isinstance(answer, Refusal) and answer.code in {"not_authorized_user", "not_an_active_member"}
    assert turned_away != (active and bool(roles & {"Administrator", "Recruiter"}))


@given(
    outcome=st.sampled_from(("granted", "declined", "not_allowed", "approval_needed", "failed")),
    status=st.sampled_from(("active", "inactive", "pending")),
    toggle=TOGGLES,
    phase=PHASES,
    granted=GRANTED,
)
def test_only_a_complete_grant_of_an_active_zoom_user_is_kept(
    outcome: str, status: ZoomStatus, toggle: str, phase: str, granted: frozenset[str]
) -> None:
    """Nothing but a grant of all permissions, of an active Zoom account, with the switch on, authorizes anybody."""
    user = zoom_user("rita@acme.example", status=status)
    answer = complete(PRODUCT, outcome, zoom=user, toggle=toggle, phase=phase, scopes=granted)
    fits = outcome == "granted" and status == "active" and toggle == ON
    assert isinstance(answer, Keep) == (fits and granted == EVERYTHING)


@given(others=st.permutations(("adam", "bea", "carl")), acting=st.sampled_from(("adam", "bea", "carl", "reed")))
def test_the_authorized_user_does_not_depend_on_an_order(others: list[str], acting: str) -> None:
    """Who has authorized acts as themself; everybody else always through the same authorized user."""
    logins: list[Connection] = []
    for name in others:
        email = f"{name}@acme.example"
        logins.append(login(CONNECTED, of=member("Administrator", email=email), zoom=zoom_user(email)))
    actor = member("Recruiter", email=f"{acting}@acme.example")
    choice = PRODUCT.select_host(scheduling(connections=(*logins, switch(ON)), actor=actor))
    assert isinstance(choice, HostChoice)
    assert choice.host.email == f"{'adam' if acting == 'reed' else acting}@acme.example"


@given(
    subject=st.sampled_from((None, "", " ", "Onsite")),
    timed=st.booleans(),
    candidates=st.integers(0, 3),
    stage=st.sampled_from(Stage),
)
def test_only_a_complete_saved_form_for_one_candidate(
    subject: str | None, candidates: int, stage: Stage, *, timed: bool
) -> None:
    """Save makes a meeting exactly when one candidate is selected and Subject, Date and Time are there."""
    about = interview(
        INA,
        stage=stage,
        subject=subject,
        candidates=tuple(Candidate(email=f"c{number}@home.example") for number in range(candidates)),
    )
    about = about if timed else about.model_copy(update={"start": None, "zone": None})
    complete_form = (subject or "").strip() != "" and timed and candidates == 1
    assert isinstance(wanted(PRODUCT, about), Wanted) == (complete_form and stage >= Stage.SAVED)


def test_administrator_and_recruiter_see_the_same_features() -> None:
    """Use is no matter of administrative access."""
    for feature in FEATURES:
        assert use(PRODUCT, feature, actor=ADMINISTRATOR) == use(PRODUCT, feature, actor=RECRUITER)
