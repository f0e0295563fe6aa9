"""Who is authorized within Exelare, and how access ends."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member
from greenroom.model import Action, Cause, Done, Level
from greenroom_exelare.checks.asks import (
    ADMINISTRATOR,
    CONNECTED,
    FEATURES,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    RECRUITER,
    STRANGER,
    ask,
    authorized,
    ending,
    use,
    wanted,
)

EVERY_FEATURE = (*FEATURES, "timeline")


@proves("EXE-60")
def check_revoking_is_done_at_zoom(product: Product) -> None:
    """Access is revoked in Zoom account settings, at any time; Exelare has no button of its own for it."""
    for actor in (ADMINISTRATOR, RECRUITER):
        for level in (Level.MEMBER, Level.ORGANIZATION):
            answer = ask(product, Action.DISCONNECT, level, actor=actor, connections=authorized())
            said = refusal(answer, "not_offered", "EXE-60").say
            assert product.words.text(said) == "You may revoke access at any time through Zoom account settings."
            assert Action.DISCONNECT not in product.manifest.actions.get(level, ())
    assert "Zoom account settings" in product.words.places.values()
    told = product.manifest.not_offered.get(Action.DISCONNECT)
    assert told is not None
    assert told.say == said.key


@proves("EXE-60", "EXE-61")
def check_revoked_access_ends(product: Product) -> None:
    """Revoked, the user is not authorized any more, so nothing can be scheduled and every feature stops."""
    for phase in (CONNECTED, NEEDS_RECONNECT):
        loss = ending(product, Cause.UNINSTALLED, phase=phase)
        assert (loss.phase, loss.ends, loss.revoke) == (NOT_CONNECTED, "this", False)
        assert cited(loss) >= {"EXE-60", "EXE-61", "CORE-06"}
    left = authorized(loss.phase)
    refusal(wanted(product, connections=left), "login_first")
    for feature in FEATURES:
        refusal(use(product, feature, connections=left), "login_first")


@proves("EXE-61")
def check_access_that_ends_otherwise(product: Product) -> None:
    """Taken away by somebody, the grant is given back; ended at Zoom, the user has to log in again."""
    for cause in (Cause.PERSON, Cause.SWITCHED_OFF):
        loss = ending(product, cause)
        assert (loss.phase, loss.ends, loss.revoke) == (NOT_CONNECTED, "this", True)
    for cause in (Cause.APPROVAL_WITHDRAWN, Cause.AUTHORIZER_GONE, Cause.GRANT_DEAD):
        loss = ending(product, cause)
        assert (loss.phase, loss.ends, loss.revoke) == (NEEDS_RECONNECT, "this", False)


@proves("EXE-64")
def check_everything_is_kept_to_authorized_users(product: Product) -> None:
    """Nobody without a role in recruiting uses any feature, whatever was granted at Zoom; the recruiting team does."""
    for feature in EVERY_FEATURE:
        for stranger in (STRANGER, member("recruiter", "Guest", email="guest@acme.example")):
            refusal(use(product, feature, actor=stranger), "not_authorized_user", "EXE-64")
        for actor in (ADMINISTRATOR, RECRUITER):
            assert isinstance(use(product, feature, actor=actor), Done)
    assert product.prints("Zoom-related information is available only to authorized users within Exelare")
    assert all(set(spec.roles) == {"Administrator", "Recruiter"} for spec in product.manifest.features.values())


@proves("EXE-64", "EXE-65")
def check_who_is_not_active_has_no_access(product: Product) -> None:
    """Authentication comes before any role: a deactivated user, or nobody, uses no feature."""
    for feature in EVERY_FEATURE:
        for actor in (member("Administrator", "Recruiter", active=False), None):
            refusal(use(product, feature, actor=actor), "not_an_active_member", "EXE-64")


@proves("EXE-64", "EXE-65")
def check_access_ends_with_the_switch(product: Product) -> None:
    """Access controls hold for administrators too: switched off, nobody uses anything of Zoom's."""
    for feature in FEATURES:
        for actor in (ADMINISTRATOR, RECRUITER):
            answer = use(product, feature, actor=actor, connections=authorized(toggle=OFF))
            assert refusal(answer, "not_enabled", "EXE-07").next == (Action.ENABLE,)


@proves("EXE-65")
def check_what_is_not_described_is_not_there(product: Product) -> None:
    """A feature or an action that the document does not know is refused to everybody."""
    assert product.manifest.features.keys() == set(EVERY_FEATURE)
    offered = {level: set(actions) for level, actions in product.manifest.actions.items()}
    assert offered == {
        Level.ORGANIZATION: {Action.ENABLE, Action.DISABLE, Action.CONFIGURE, Action.USE},
        Level.MEMBER: {Action.CONNECT, Action.COMPLETE, Action.USE},
    }
    for feature in ("rooms", "whiteboards", ""):
        refusal(use(product, feature, actor=ADMINISTRATOR), "not_offered", "CORE-11")
    for action in (Action.SHARE, Action.ASK_APPROVAL, Action.ENTER_MANUALLY, Action.REMOVE_MINE):
        for level in (Level.MEMBER, Level.ORGANIZATION):
            refusal(ask(product, action, level, connections=authorized()), "not_offered", "CORE-11")
