"""Thirteen scopes, each tied to what it is there for, and what authorized users may do with them."""

from __future__ import annotations

from importlib.resources import files

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member, zoom_user
from greenroom.model import Action, Cause, Done, Level
from greenroom_exelare.checks.asks import (
    ADMINISTRATOR,
    CONNECTED,
    NOT_CONNECTED,
    RECRUITER,
    STRANGER,
    ask,
    authorized,
    declared,
    ending,
    login,
    printed,
    use,
    wanted,
    without,
)
from greenroom_exelare.scopes import FEATURES, SCOPES

PRINTED = [
    "calendar:read",
    "calendar:write",
    "calendar:update",
    "calendar:delete",
    "meeting:write",
    "meeting:read",
    "meeting:update",
    "meeting:delete",
    "cloud_recording:read",
    "phone:read:*",
    "message:read",
    "user:read",
    "zoomapp",
]

AT_ZOOM = [name for name, feature in FEATURES.items() if feature.scope is not None]
"""Features that reach Zoom; what was stored in the timeline is Exelare's own."""


def allowed(product: Product, feature: str, *clauses: str) -> bool:
    """Whether authorized users of either role may use a feature, resting on ``clauses``."""
    answers = [use(product, feature, actor=actor) for actor in (ADMINISTRATOR, RECRUITER)]
    return all(isinstance(answer, Done) and cited(answer) >= set(clauses) for answer in answers)


@proves("EXE-33")
def check_exactly_the_printed_scopes(product: Product) -> None:
    """The thirteen strings as printed, and nothing more."""
    manifest = files("greenroom_exelare").joinpath("profile.yaml").read_text("utf-8")
    assert list(SCOPES) == PRINTED
    assert manifest.count("  - name: ") == len(PRINTED)
    assert declared(*(f'- name: "{scope}"' for scope in PRINTED))


@proves("EXE-34")
def check_every_scope_has_a_purpose(product: Product) -> None:
    """Each scope stands for scopes of Zoom's of the user's own data, and each feature for a printed scope."""
    assert all(SCOPES.values())
    assert not any(name.endswith((":admin", ":master")) for behind in SCOPES.values() for name in behind)
    assert {feature.scope for feature in FEATURES.values()} - {None} <= SCOPES.keys()


@proves("EXE-35")
def check_two_scopes_have_two_purposes(product: Product) -> None:
    """A string that is printed twice is requested once, with both its purposes."""
    assert len(set(PRINTED)) == len(PRINTED)
    assert declared(
        "- {say: purpose.meeting_details, clauses: [EXE-35, EXE-40]}",
        "- {say: purpose.meeting_notifications, clauses: [EXE-35, EXE-43]}",
        "- {say: purpose.recordings, clauses: [EXE-35, EXE-44]}",
        "- {say: purpose.transcripts, clauses: [EXE-35, EXE-47]}",
    )


@proves("EXE-40")
def check_details_for_candidate_records(product: Product) -> None:
    """Meeting details and join links are retrieved to be shown within candidate records, with the permission for it."""
    words = "Retrieves meeting details and join links for display within candidate records."
    assert printed(f"purpose.meeting_details: {words}")
    assert allowed(product, "meeting_details", "EXE-40")
    refusal(
        use(product, "meeting_details", connections=authorized(scopes=without("meeting:read"))),
        "scope_missing",
    )


@proves("EXE-36")
def check_recruiters_see_the_calendar(product: Product) -> None:
    """Existing events are to be seen by authorized users, with the calendar's permission."""
    assert allowed(product, "calendar_view", "EXE-36")


@proves("EXE-44", "EXE-46")
def check_recordings_are_viewed_from_within(product: Product) -> None:
    """Authorized users view recordings, which stay stored in Zoom."""
    assert allowed(product, "recordings", "EXE-44", "EXE-46")


@proves("EXE-45")
def check_recordings_are_kept_from_others(product: Product) -> None:
    """A user who is not authorized in Exelare, or no longer active, opens no recording."""
    refusal(use(product, "recordings", actor=STRANGER), "not_authorized_user", "EXE-45")
    refusal(use(product, "recordings", actor=member("Recruiter", active=False)), "not_an_active_member", "EXE-64")


@proves("EXE-47")
def check_transcripts_are_retrieved(product: Product) -> None:
    """Authorized users retrieve and search transcripts, with the permission for recordings."""
    assert allowed(product, "transcripts", "EXE-47")
    refusal(
        use(product, "transcripts", connections=authorized(scopes=without("cloud_recording:read"))),
        "scope_missing",
    )


@proves("EXE-48")
def check_calls_are_captured(product: Product) -> None:
    """Call history, duration and recordings, with the permission for Zoom Phone."""
    assert allowed(product, "calls", "EXE-48")
    refusal(use(product, "calls", connections=authorized(scopes=without("phone:read:*"))), "scope_missing")


@proves("EXE-49")
def check_both_chats_are_in_the_timeline(product: Product) -> None:
    """Team Chat and in-meeting chat, in the candidate's timeline."""
    assert allowed(product, "chat", "EXE-49")
    assert allowed(product, "timeline", "EXE-49")


@proves("EXE-50")
def check_chats_are_kept_to_the_recruiting_team(product: Product) -> None:
    """Nobody but authorized recruiting team members sees chat in the timeline."""
    assert allowed(product, "timeline", "EXE-50")
    for feature in ("chat", "timeline"):
        refusal(use(product, feature, actor=STRANGER), "not_authorized_user", "EXE-50")


@proves("EXE-51", "EXE-52", "EXE-53")
def check_recruiters_start_as_host(product: Product) -> None:
    """Recruiters start a meeting from within Exelare and join as the host, with the user's access key."""
    assert allowed(product, "start_as_host", "EXE-51", "EXE-52", "EXE-53")
    refusal(use(product, "start_as_host", connections=authorized(scopes=without("user:read"))), "scope_missing")


@proves("EXE-54", "EXE-55", "EXE-56")
def check_the_app_shows_the_candidate_in_the_meeting(product: Product) -> None:
    """In the meeting recruiters view the candidate and their history and take notes."""
    assert allowed(product, "in_meeting", "EXE-54", "EXE-55", "EXE-56")


@proves("EXE-57", "EXE-58")
def check_the_app_works_without_leaving_the_meeting(product: Product) -> None:
    """In the meeting recruiters update the candidate's status; without the Zoom App's permission nothing is."""
    assert allowed(product, "in_meeting", "EXE-57", "EXE-58")
    refusal(
        use(product, "in_meeting", connections=authorized(scopes=without("zoomapp"))),
        "scope_missing",
        "EXE-59",
    )


@proves("EXE-59")
def check_one_missing_scope_stops_one_thing(product: Product) -> None:
    """Each feature needs its own scope and no other."""
    for scope in SCOPES:
        left = authorized(scopes=without(scope))
        for name, feature in FEATURES.items():
            answer = use(product, name, connections=left)
            if feature.scope == scope:
                refusal(answer, "scope_missing", "EXE-59")
            else:
                assert isinstance(answer, Done), (scope, name)


@proves("EXE-59")
def check_a_lost_scope_ends_no_authorization(product: Product) -> None:
    """Losing a scope leaves the user authorized; what was lost is said by its printed name."""
    loss = ending(product, Cause.SCOPES_LOST, lost_scopes=SCOPES["zoomapp"])
    assert (loss.phase, loss.ends, loss.revoke) == (CONNECTED, "nothing", False)
    assert [reason.fact for reason in loss.because] == ["no longer granted: zoomapp"]


@proves("EXE-60")
def check_revoking_is_done_at_zoom(product: Product) -> None:
    """Access is revoked in Zoom account settings, at any time; Exelare has no button of its own for it."""
    refusal(ask(product, Action.DISCONNECT, Level.MEMBER, connections=authorized()), "not_offered", "EXE-60")
    assert declared("disconnect: {say: revoke_at_zoom, clauses: [EXE-60]}")
    assert printed("revoke_at_zoom: You may revoke access at any time through Zoom account settings.")


@proves("EXE-50", "EXE-61")
def check_what_was_stored_stays(product: Product) -> None:
    """Revoked or switched off, the timeline still shows its readers what was stored, and nothing of Zoom's."""
    for left in (authorized(NOT_CONNECTED), authorized(toggle="off")):
        answer = use(product, "timeline", connections=left)
        assert isinstance(answer, Done)
        assert answer.via is None


@proves("EXE-11", "EXE-52")
def check_a_meeting_is_started_through_whom_it_was_made_through(product: Product) -> None:
    """What belongs to a meeting is reached through the authorization it was made through, as that is now."""
    other = member("Administrator", email="adam@acme.example")
    own = login(CONNECTED, of=other, zoom=zoom_user(other.email))
    for connections in ((own, *authorized()), (*authorized(), own)):
        answer = use(product, "start_as_host", connections=connections, through=own)
        assert isinstance(answer, Done)
        assert answer.via == own
    gone = login(NOT_CONNECTED, of=other)
    refusal(use(product, "start_as_host", connections=(gone, *authorized()), through=own), "login_first", "EXE-12")


@proves("EXE-60", "EXE-61")
def check_revoked_access_ends(product: Product) -> None:
    """Revoked, the user is not authorized any more, so nothing can be scheduled and every feature stops."""
    loss = ending(product, Cause.UNINSTALLED)
    assert (loss.phase, loss.ends) == (NOT_CONNECTED, "this")
    left = authorized(loss.phase)
    refusal(wanted(product, connections=left), "login_first")
    for feature in AT_ZOOM:
        refusal(use(product, feature, connections=left), "login_first")


@proves("EXE-64")
def check_everything_is_kept_to_authorized_users(product: Product) -> None:
    """Nobody without a role in recruiting uses any feature, whatever was granted at Zoom."""
    for feature in FEATURES:
        refusal(use(product, feature, actor=STRANGER), "not_authorized_user", "EXE-64")
        refusal(use(product, feature, actor=None), "not_an_active_member", "EXE-64")


@proves("EXE-64", "EXE-65")
def check_access_ends_with_the_switch(product: Product) -> None:
    """Access controls hold for administrators too: switched off, nobody uses anything; nor what does not exist."""
    for feature in AT_ZOOM:
        refusal(use(product, feature, actor=ADMINISTRATOR, connections=authorized(toggle="off")), "not_enabled")
    refusal(use(product, "whiteboards", actor=ADMINISTRATOR), "not_offered", "CORE-11")
