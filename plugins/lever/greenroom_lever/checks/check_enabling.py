"""Who enables Lever's integration, on which package, and how the toggle moves."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import given, member, organization, zoom_user
from greenroom.model import Action, Cause, Done, GoToZoom, Keep, Level, ShareLink, Wanted
from greenroom_lever.checks.asks import APRIL, ROLES, ask, complete, ending, event, hosted, hosting, saving, toggle

PHASES = ("off", "yellow", "blue", "needs_reconnect")
SET_UP = (Action.ENABLE, Action.DISABLE, Action.CONNECT, Action.SHARE, Action.CONFIGURE, Action.DISCONNECT)
OTHER_PACKAGES = ("Lever Basic", "LeverTRM Starter", "leverTRM")


@proves("LEV-01")
def check_every_listed_role_may_use_it(product: Product) -> None:
    """A link is wanted, and hosted, for whoever schedules, whichever of the five roles they hold."""
    assert product.manifest.roles.known == ROLES
    for role in ROLES:
        actor = {"actor": member(role)}
        assert isinstance(product.want_meeting(event().model_copy(update=actor)), Wanted), role
        assert hosted(product, hosting().model_copy(update=actor)).host.email == APRIL.email


@proves("LEV-02")
def check_other_roles_cannot_enable(product: Product) -> None:
    """Enabling is refused to each role but Super Admin, which changes nothing; and to nobody of the instance."""
    for role in ROLES[1:]:
        refusal(ask(product, Action.ENABLE, phase="off", actor=member(role)), "role_not_allowed", "LEV-02")
    refusal(ask(product, Action.ENABLE, phase="off", actor=None), "not_an_active_member")
    assert product.manifest.roles.administrator == ROLES[0]


def _refused_to_others(product: Product, *actions: Action) -> None:
    for action in actions:
        for phase in PHASES:
            answer = ask(product, action, phase=phase, actor=member("Admin", "Team Member"))
            refusal(answer, "role_not_allowed", "LEV-11")


@proves("LEV-11")
def check_the_set_up_steps(product: Product) -> None:
    """A Super Admin has every step of the set-up in Lever; completing it is for whoever Zoom names."""
    assert set(SET_UP) | {Action.COMPLETE, Action.APPROVAL_DECIDED} == set(product.manifest.actions[Level.ORGANIZATION])


@proves("LEV-11")
def check_only_a_super_admin_starts_authorizing(product: Product) -> None:
    """Neither the toggle, nor "Authorize", nor "Share link" is for another role, whatever the toggle says."""
    _refused_to_others(product, Action.ENABLE, Action.CONNECT, Action.SHARE)


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
        refusal(ask(product, action, actor=actor), "not_an_active_member")


@proves("LEV-11")
def check_a_super_admin_of_several_roles(product: Product) -> None:
    """Who is Super Admin beside another role is Super Admin."""
    answer = ask(product, Action.ENABLE, phase="off", actor=member("Interviewer", "Super Admin"))
    assert isinstance(answer, Done)


@proves("LEV-03")
def check_permission_is_named(product: Product) -> None:
    """The refusal of a role names the permission behind the feature."""
    answer = refusal(ask(product, Action.ENABLE, actor=member("Admin")), "role_not_allowed")
    assert "Permissions: Manage API credentials and manage integrations." in product.words.text(answer.say)


@proves("LEV-04")
def check_both_packages_are_eligible(product: Product) -> None:
    """A Super Admin enables and authorizes on either package of the document, and where nobody stated one."""
    for package in ("LeverTRM", "LeverTRM for Enterprise", None):
        instance = organization(package=package)
        answer = ask(product, Action.ENABLE, phase="off", organization=instance)
        assert isinstance(answer, Done), package
        assert complete(product, organization=instance).kind == "keep", package


@proves("LEV-05")
def check_other_packages_are_refused(product: Product) -> None:
    """On any other package, however alike its name, the integration is not available, at no step of enabling."""
    for package in OTHER_PACKAGES:
        elsewhere = organization(package=package)
        for action, phase in ((Action.ENABLE, "off"), (Action.CONNECT, "yellow"), (Action.SHARE, "yellow")):
            answer = ask(product, action, phase=phase, organization=elsewhere)
            told = product.words.text(refusal(answer, "package_not_eligible", "LEV-04", "LEV-05").say)
            assert told.endswith("available on the packages LeverTRM and LeverTRM for Enterprise.")


@proves("LEV-05")
def check_package_counts_until_the_end(product: Product) -> None:
    """Authorizing does not complete, by either path, on a package that does not have the integration."""
    for path in ("direct", "shared"):
        refusal(complete(product, path, organization=organization(package="Lever Basic")), "package_not_eligible")


@proves("LEV-12")
def check_pre_approval_changes_nothing(product: Product) -> None:
    """A pre-approval in Zoom's marketplace leaves the toggle where it is, and nobody can ask for one here."""
    for phase in PHASES:
        answer = ask(product, Action.APPROVAL_DECIDED, phase=phase, actor=None)
        assert isinstance(answer, Done)
        assert answer.phase is None
    assert Action.ASK_APPROVAL not in product.manifest.actions[Level.ORGANIZATION]
    refusal(ask(product, Action.ASK_APPROVAL), "not_offered")
    told = product.words.messages[product.manifest.not_offered[Action.ASK_APPROVAL].say]
    assert "cannot be enabled using the 'Pre-approve' functionality in Zoom Marketplace" in told


@proves("LEV-12")
def check_approval_asked_by_zoom_is_no_way_in(product: Product) -> None:
    """When Zoom asks for its pre-approval the integration is not enabled by it; a Zoom admin can authorize."""
    answer = refusal(complete(product, outcome="approval_needed", zoom=None), "pre_approval_not_usable")
    assert answer.next == (Action.SHARE,)


@proves("LEV-13")
def check_one_account_level_app(product: Product) -> None:
    """The app is an account's, and one connection serves the whole instance."""
    assert product.manifest.levels == (Level.ORGANIZATION,)
    assert product.manifest.apps == {Level.ORGANIZATION: "admin"}
    for actor in (member("Team Member", email="tom@acme.example"), member("Interviewer", email="ina@acme.example")):
        choice = hosted(product, hosting().model_copy(update={"actor": actor}))
        assert choice.via == toggle("blue")


@proves("LEV-13")
def check_nothing_of_a_members_own(product: Product) -> None:
    """No member has a connection of their own to remove or restore, and nobody enters details by hand."""
    for action in (Action.REMOVE_MINE, Action.RESTORE_MINE, Action.SEE_MEMBERS, Action.ENTER_MANUALLY):
        refusal(ask(product, action), "not_offered")


@proves("LEV-13")
def check_a_demoted_authorizer_changes_nothing(product: Product) -> None:
    """The authorization is the instance's: the toggle stays blue when the authorizing admin is demoted."""
    loss = ending(product, Cause.AUTHORIZER_ROLE)
    assert (loss.phase, loss.ends, loss.revoke) == ("blue", "nothing", False)


@proves("LEV-13", "LEV-18", "LEV-26")
def check_another_admin_takes_the_place_of_a_demoted_one(product: Product) -> None:
    """Whoever authorized is a Zoom admin no more: another may authorize the blue integration, by either path."""
    ours = toggle("blue").model_copy(update={"zoom_user": zoom_user("adam@acme.example", role="member")})
    for action, path in ((Action.CONNECT, "direct"), (Action.SHARE, "shared")):
        assert isinstance(ask(product, action, phase="blue", connections=(ours,)), GoToZoom | ShareLink)
        answer = complete(product, path, phase="blue", connections=(ours,))
        assert isinstance(answer, Keep)
        assert (answer.phase, answer.replaces) == ("blue", True)


@proves("LEV-14", "LEV-34")
def check_places_read_as_printed(product: Product) -> None:
    """The toggle next to the Zoom logo enables, the Zoom logo itself configures, both under the same heading."""
    assert product.words.pages == {Level.ORGANIZATION: "Settings > Integrations and API > Partner integrations"}
    places = {name: product.words.places[name] for name in ("integration", "heading", "toggle", "configuration")}
    assert places == {
        "integration": "Settings > Integrations and API",
        "heading": "Partner integrations",
        "toggle": "the toggle next to the Zoom logo",
        "configuration": "the Zoom logo",
    }


@proves("LEV-15")
def check_first_click_turns_yellow(product: Product) -> None:
    """Enabling an integration that is off makes the toggle yellow, and it is drawn so."""
    answer = ask(product, Action.ENABLE, phase="off")
    assert isinstance(answer, Done)
    assert answer.phase == "yellow"
    assert not answer.warnings
    assert product.words.phase(Level.ORGANIZATION, "yellow").colour == "yellow"


@proves("LEV-30")
def check_where_the_toggle_starts(product: Product) -> None:
    """An instance that nobody touched is off, and "off" is not drawn as yellow or blue."""
    assert product.manifest.phases[Level.ORGANIZATION][0].name == "off"
    assert product.words.phase(Level.ORGANIZATION, "off").colour == "grey"
    answer = ask(product, Action.ENABLE, connections=())
    assert isinstance(answer, Done)
    assert answer.phase == "yellow"
    refusal(ask(product, Action.CONNECT, connections=()), "not_enabled")


@proves("LEV-30")
def check_enabling_twice_is_refused(product: Product) -> None:
    """A toggle that is on is not enabled again, so it cannot fall back from blue to yellow."""
    for phase in PHASES[1:]:
        refusal(ask(product, Action.ENABLE, phase=phase), "already_enabled")


@proves("LEV-30")
def check_turning_off(product: Product) -> None:
    """From every state that is on, the way back is off; what is off cannot be turned off."""
    for action in (Action.DISABLE, Action.DISCONNECT):
        for phase in PHASES[1:]:
            answer = ask(product, action, phase=phase)
            assert isinstance(answer, Done)
            assert answer.phase == "off"
            assert cited(answer) == {"LEV-30", "CORE-06"}
        assert refusal(ask(product, action, phase="off"), "nothing_to_turn_off").next == (Action.ENABLE,)


@proves("LEV-30")
def check_disconnected_is_off(product: Product) -> None:
    """A toggle that somebody turned off is off, and its grant is given back; made meetings are not named."""
    for cause in (Cause.PERSON, Cause.SWITCHED_OFF):
        loss = ending(product, cause)
        assert (loss.phase, loss.ends, loss.revoke, loss.flag_unmade) == ("off", "this", True, None)


@proves("LEV-30")
def check_uninstalled_is_off(product: Product) -> None:
    """A toggle whose app was removed at Zoom is off, with nothing left to give back."""
    loss = ending(product, Cause.UNINSTALLED)
    assert (loss.phase, loss.ends, loss.revoke) == ("off", "this", False)


@proves("LEV-30")
def check_a_dead_grant_is_not_blue(product: Product) -> None:
    """A toggle whose grant died at Zoom does not stay blue."""
    for cause in (Cause.GRANT_DEAD, Cause.AUTHORIZER_GONE, Cause.APPROVAL_WITHDRAWN, Cause.SCOPES_LOST):
        assert ending(product, cause).phase == "needs_reconnect"


@proves("LEV-33", "LEV-77")
def check_what_is_set_once_enabled(product: Product) -> None:
    """On the Zoom tile of a blue toggle, and of no other, candidates' links are included."""
    assert product.words.settings["include_zoom_links"] == "Include Zoom links"
    included = given(include_zoom_links=True)
    assert isinstance(saving(product, included), Done)
    for phase in ("off", "yellow", "needs_reconnect"):
        refusal(saving(product, included, phase=phase), "configure_once_enabled", "LEV-33")
