"""Who enables Lever's integration, on which package, and how the toggle moves."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
from greenroom.conformance.facts import member, organization
from greenroom.model import Action, Cause, DisconnectRequest, Done, Loss, Wanted
from greenroom_lever.checks.asks import SUPER_ADMIN, ask, declared, event, printed, toggle

ROLES = ("Super Admin", "Admin", "Team Member", "Limited Team Member", "Interviewer")
SET_UP = (Action.ENABLE, Action.DISABLE, Action.CONNECT, Action.SHARE, Action.CONFIGURE, Action.DISCONNECT)


@proves("LEV-01")
def check_every_listed_role_may_use_it(product: Product) -> None:
    """A link is wanted for whoever schedules, whichever of the five roles they hold."""
    for role in ROLES:
        answer = product.want_meeting(event().model_copy(update={"actor": member(role)}))
        assert isinstance(answer, Wanted), role


@proves("LEV-02")
def check_other_roles_cannot_enable(product: Product) -> None:
    """Enabling is refused to each role but Super Admin."""
    for role in ROLES[1:]:
        refusal(product.authorize(ask(Action.ENABLE, phase="off", actor=member(role))), "role_not_allowed")


def _refused_to_others(product: Product, *actions: Action) -> None:
    for action in actions:
        for phase in ("off", "yellow", "blue", "needs_reconnect"):
            refusal(
                product.authorize(ask(action, phase=phase, actor=member("Admin", "Team Member"))), "role_not_allowed"
            )


@proves("LEV-11")
def check_only_a_super_admin_starts_authorizing(product: Product) -> None:
    """Neither "Authorize" nor "Share link" is for another role, whatever the toggle says."""
    _refused_to_others(product, Action.CONNECT, Action.SHARE)


@proves("LEV-11")
def check_only_a_super_admin_configures(product: Product) -> None:
    """Host logic and the optional settings are not for another role."""
    _refused_to_others(product, Action.CONFIGURE)


@proves("LEV-11")
def check_only_a_super_admin_turns_it_off(product: Product) -> None:
    """Turning the toggle off, or disconnecting, is not for another role."""
    _refused_to_others(product, Action.DISABLE, Action.DISCONNECT)


@proves("LEV-11")
def check_an_inactive_super_admin_is_refused(product: Product) -> None:
    """A role counts for nothing while its member is not active."""
    actor = member("Super Admin", active=False)
    for action in SET_UP:
        refusal(product.authorize(ask(action, actor=actor)), "not_an_active_member")


@proves("LEV-03")
def check_permission_is_named(product: Product) -> None:
    """The refusal of a role names the permission behind the feature."""
    answer = refusal(product.authorize(ask(Action.ENABLE, actor=member("Admin"))), "role_not_allowed")
    assert answer.say.key == "role_not_allowed"
    assert printed("credentials and manage integrations. Ask a Super Admin.")


@proves("LEV-04")
def check_both_packages_are_eligible(product: Product) -> None:
    """A Super Admin enables on either package of the document, and where nobody stated one."""
    for package in ("LeverTRM", "LeverTRM for Enterprise", None):
        answer = product.authorize(ask(Action.ENABLE, phase="off", organization=organization(package=package)))
        assert isinstance(answer, Done), package


@proves("LEV-05")
def check_other_packages_are_refused(product: Product) -> None:
    """On any other package the integration is not available, at no step of enabling."""
    elsewhere = organization(package="Lever Basic")
    for action, phase in ((Action.ENABLE, "off"), (Action.CONNECT, "yellow"), (Action.SHARE, "yellow")):
        refusal(product.authorize(ask(action, phase=phase, organization=elsewhere)), "package_not_eligible")


@proves("LEV-12")
def check_pre_approval_changes_nothing(product: Product) -> None:
    """A pre-approval in Zoom's marketplace leaves the toggle where it is."""
    for phase in ("off", "yellow", "blue"):
        answer = product.authorize(ask(Action.APPROVAL_DECIDED, phase=phase, actor=None))
        assert isinstance(answer, Done)
        assert answer.phase is None


@proves("LEV-13")
def check_one_account_level_app(product: Product) -> None:
    """The app is an account's, and one connection serves the whole instance."""
    assert declared("levels: [organization]", "apps: {organization: admin}")


def _lost(product: Product, cause: Cause) -> Loss:
    asked = ask(Action.CONFIGURE, phase="blue")
    return product.disconnect(
        DisconnectRequest(
            organization=asked.organization,
            actor=None,
            at=asked.at,
            connections=asked.connections,
            cause=cause,
            connection=toggle("blue"),
        )
    )


@proves("LEV-13")
def check_a_demoted_authorizer_changes_nothing(product: Product) -> None:
    """The authorization is the instance's: the toggle stays blue when the authorizing admin is demoted."""
    loss = _lost(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == ("blue", "nothing", False)


@proves("LEV-30")
def check_disconnected_is_off(product: Product) -> None:
    """A toggle that somebody turned off is off, and its grant is given back; made meetings are not named."""
    for cause in (Cause.PERSON, Cause.SWITCHED_OFF):
        loss = _lost(product, cause)
        assert (loss.phase, loss.ends, loss.revoke) == ("off", "this", True)


@proves("LEV-30")
def check_a_dead_grant_is_not_blue(product: Product) -> None:
    """A toggle whose grant died at Zoom does not stay blue."""
    for cause in (Cause.GRANT_DEAD, Cause.AUTHORIZER_GONE, Cause.APPROVAL_WITHDRAWN):
        assert _lost(product, cause).phase == "needs_reconnect"


@proves("LEV-13")
def check_nothing_of_a_members_own(product: Product) -> None:
    """No member has a connection of their own to remove or restore, and nobody enters details by hand."""
    for action in (Action.REMOVE_MINE, Action.RESTORE_MINE, Action.ENTER_MANUALLY):
        refusal(product.authorize(ask(action)), "not_offered")


@proves("LEV-14", "LEV-34", "LEV-77")
def check_places_read_as_printed(product: Product) -> None:
    """Set-up, configuration and the candidates' links are found where the document says."""
    assert printed(
        "integration: Settings > Integrations and API",
        "heading: Partner integrations",
        "toggle: the toggle next to the Zoom logo",
        "configuration: the Zoom logo",
        "include_zoom_links: Include Zoom links",
    )


@proves("LEV-15")
def check_first_click_turns_yellow(product: Product) -> None:
    """Enabling an integration that is off makes the toggle yellow."""
    answer = product.authorize(ask(Action.ENABLE, phase="off", actor=SUPER_ADMIN))
    assert isinstance(answer, Done)
    assert answer.phase == "yellow"


@proves("LEV-30")
def check_enabling_twice_is_refused(product: Product) -> None:
    """A toggle that is on is not enabled again, so it cannot fall back from blue to yellow."""
    for phase in ("yellow", "blue", "needs_reconnect"):
        refusal(product.authorize(ask(Action.ENABLE, phase=phase)), "already_enabled")


@proves("LEV-30")
def check_turning_off(product: Product) -> None:
    """From every state that is on, the way back is off; what is off cannot be turned off."""
    for action in (Action.DISABLE, Action.DISCONNECT):
        for phase in ("yellow", "blue", "needs_reconnect"):
            answer = product.authorize(ask(action, phase=phase))
            assert isinstance(answer, Done)
            assert answer.phase == "off"
        refusal(product.authorize(ask(action, phase="off")), "nothing_to_turn_off")
