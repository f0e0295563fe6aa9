"""Thirteen scopes, each with its purposes and tied to what it is there for."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.model import Action, Cause, Done, Say
from greenroom_exelare.checks.asks import (
    CLASSIC,
    CONNECTED,
    FEATURES,
    NEEDS_RECONNECT,
    SCOPES,
    authorized,
    ending,
    use,
    without,
)

PURPOSES: Mapping[str, tuple[str, ...]] = {
    "calendar:read": ("Allows recruiters to view existing calendar events within Exelare to prevent scheduling",),
    "calendar:write": ("Allows Exelare to create, modify, and remove calendar events when Zoom interviews are",),
    "calendar:update": ("Allows Exelare to create, modify, and remove calendar events when Zoom interviews are",),
    "calendar:delete": ("Allows Exelare to create, modify, and remove calendar events when Zoom interviews are",),
    "meeting:write": ("Creates Zoom meetings and generates join links when recruiters schedule candidate interviews",),
    "meeting:read": (
        "Retrieves meeting details and join links for display within candidate records",
        "Provides notifications regarding Zoom meeting issues, such as account limitations, scheduling conflicts, or",
    ),
    "meeting:update": ("Allows recruiters to reschedule or cancel Zoom interviews directly from Exelare",),
    "meeting:delete": ("Allows recruiters to reschedule or cancel Zoom interviews directly from Exelare",),
    "cloud_recording:read": (
        "Allows authorized users to access interview recordings stored in Zoom and view them from within Exelare",
        "Retrieves interview transcripts to support",
    ),
    "phone:read:*": ("Supports centralized communication tracking by automatically capturing",),
    "message:read": (
        "Allows Zoom Team Chat and in-meeting chat content to be stored within the candidate activity timeline",
    ),
    "user:read": ("Required for Zoom Meeting SDK functionality, enabling recruiters to",),
    "zoomapp": ("Enables Exelare to function as an in-meeting Zoom App",),
}
"""What each scope is requested for, as the document begins to say it."""


def purposes(product: Product) -> dict[str, tuple[str, ...]]:
    """Return the purposes of every scope, in the product's words."""
    text = product.words.text
    return {scope.name: tuple(text(Say(key=one.say)) for one in scope.purposes) for scope in product.manifest.scopes}


@proves("EXE-33")
def check_exactly_the_printed_scopes(product: Product) -> None:
    """The thirteen strings as printed, in that order, and nothing more."""
    assert [scope.name for scope in product.manifest.scopes] == list(SCOPES)


@proves("EXE-33")
def check_what_is_requested_of_zoom(product: Product) -> None:
    """Behind the thirteen stands just what does at Zoom what they are there for, of the user's own data only."""
    assert {scope.name: frozenset(scope.zoom) for scope in product.manifest.scopes} == SCOPES
    assert {scope.name: frozenset(scope.classic) for scope in product.manifest.scopes} == CLASSIC


@proves("EXE-34")
def check_every_scope_has_its_purposes(product: Product) -> None:
    """Each scope is justified by the recruiting purpose the document gives for it, and by no other."""
    given = purposes(product)
    assert given.keys() == PURPOSES.keys()
    for scope, beginnings in PURPOSES.items():
        assert len(given[scope]) == len(beginnings), scope
        for text, beginning in zip(given[scope], beginnings, strict=True):
            assert text.startswith(beginning), scope


@proves("EXE-35")
def check_two_scopes_have_two_purposes(product: Product) -> None:
    """A string that is printed twice is requested once, with both its purposes; there are twelve in all."""
    names = [scope.name for scope in product.manifest.scopes]
    given = purposes(product)
    assert len(names) == len(set(names))
    assert {name for name in names if len(set(given[name])) == 2} == {"meeting:read", "cloud_recording:read"}
    assert len({text for texts in given.values() for text in texts}) == 12


@proves("EXE-59")
def check_one_missing_scope_stops_one_thing(product: Product) -> None:
    """Each feature needs its own scope and no other, and says so by the scope's printed name."""
    for scope in SCOPES:
        left = authorized(scopes=without(scope))
        for feature, needed in FEATURES.items():
            answer = use(product, feature, connections=left)
            if needed == scope:
                refused = refusal(answer, "scope_missing", "EXE-59")
                assert refused.say.values == (("scope", scope),)
                assert refused.next == (Action.CONNECT,)
            else:
                assert isinstance(answer, Done), (scope, feature)
        assert isinstance(use(product, "timeline", connections=left), Done)


@proves("EXE-59")
def check_all_that_stands_behind_a_scope_is_needed(product: Product) -> None:
    """A feature is there with what stands behind its scope, by granular or by classic names, and not with less."""
    for feature, scope in FEATURES.items():
        for behind in (SCOPES[scope], CLASSIC[scope]):
            assert isinstance(use(product, feature, connections=authorized(scopes=behind)), Done), feature
            for one in behind:
                refusal(use(product, feature, connections=authorized(scopes=behind - {one})), "scope_missing")


@proves("EXE-59")
def check_a_permission_that_is_found_missing_is_told(product: Product) -> None:
    """Zoom's refusing what a permission is missing for is told to the recruiter, as what it is."""
    problem = product.manifest.problems.get("permission_lost")
    assert problem is not None
    assert (problem.to, problem.scopes) == ("scheduler", ())


@proves("EXE-59")
def check_a_lost_scope_ends_no_authorization(product: Product) -> None:
    """Losing a scope leaves the authorization as it was; what was lost, and that alone, is told by its printed name."""
    cases = {"zoomapp": SCOPES["zoomapp"], "phone:read:*": frozenset({"phone_call_log:read"}), "": frozenset()}
    for printed, lost in cases.items():
        for phase in (CONNECTED, NEEDS_RECONNECT):
            loss = ending(product, Cause.SCOPES_LOST, lost_scopes=lost, phase=phase)
            assert (loss.phase, loss.ends, loss.revoke) == (phase, "nothing", False)
            assert cited(loss) == {"EXE-59"}
            told = " ".join(reason.fact for reason in loss.because)
            assert {scope for scope in SCOPES if scope in told} == ({printed} if printed else set())
