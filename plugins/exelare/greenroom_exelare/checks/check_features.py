"""What authorized users may do with what Zoom holds, from within Exelare or within the meeting."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import member
from greenroom.model import Done
from greenroom_exelare.checks.asks import (
    ADAM,
    ADAM_AT_ZOOM,
    ADMINISTRATOR,
    CONNECTED,
    EVERYTHING,
    NEEDS_RECONNECT,
    NOT_CONNECTED,
    OFF,
    RECRUITER,
    RITA_AT_ZOOM,
    STRANGER,
    authorized,
    hosted,
    login,
    use,
    without,
)


def works(product: Product, feature: str, scope: str, *clauses: str) -> None:
    """Require that recruiters and administrators use a feature, resting on ``clauses``, through the authorized user,
    with this scope granted and no other; and that it does not work without."""
    declared = [(spec.scopes, set(spec.clauses)) for name, spec in product.manifest.features.items() if name == feature]
    assert [scopes for scopes, _ in declared] == [(scope,)]
    assert all(named >= set(clauses) for _, named in declared)
    alone, lacking = authorized(scopes=EVERYTHING - without(scope)), authorized(scopes=without(scope))
    for actor in (RECRUITER, ADMINISTRATOR):
        answer = use(product, feature, actor=actor, connections=alone)
        assert isinstance(answer, Done), answer
        assert cited(answer) >= set(clauses)
        assert answer.via == alone[0]
        refusal(use(product, feature, actor=actor, connections=lacking), "scope_missing", "EXE-59")


@proves("EXE-36")
def check_recruiters_see_the_calendar(product: Product) -> None:
    """Existing events are to be seen by authorized users, with the calendar's permission."""
    works(product, "calendar_view", "calendar:read", "EXE-36")


@proves("EXE-40")
def check_details_for_candidate_records(product: Product) -> None:
    """Meeting details and join links are retrieved to be shown within candidate records, with the permission for it."""
    works(product, "meeting_details", "meeting:read", "EXE-40")


@proves("EXE-44", "EXE-46")
def check_recordings_are_viewed_from_within(product: Product) -> None:
    """Authorized users view recordings, which stay stored in Zoom: out of reach of Zoom there are none."""
    works(product, "recordings", "cloud_recording:read", "EXE-44", "EXE-46")
    refusal(use(product, "recordings", connections=authorized(NOT_CONNECTED)), "login_first")


@proves("EXE-45")
def check_recordings_are_kept_from_others(product: Product) -> None:
    """A user who is not authorized in Exelare, or no longer active, opens no recording."""
    for stranger in (STRANGER, member("Guest", email="guest@acme.example")):
        refusal(use(product, "recordings", actor=stranger), "not_authorized_user", "EXE-45")
    refusal(use(product, "recordings", actor=member("Recruiter", active=False)), "not_an_active_member", "EXE-64")


@proves("EXE-47")
def check_transcripts_are_retrieved(product: Product) -> None:
    """Authorized users retrieve transcripts and search them for keywords, with the permission for recordings."""
    works(product, "transcripts", "cloud_recording:read", "EXE-47")
    assert product.prints("keyword searching")


@proves("EXE-48")
def check_calls_are_captured(product: Product) -> None:
    """Call history, duration and recordings, with all of the permission for Zoom Phone."""
    works(product, "calls", "phone:read:*", "EXE-48")
    for behind in ("phone:read:list_call_logs", "phone:read:list_recordings", "phone:read:call_recording"):
        refusal(use(product, "calls", connections=authorized(scopes=EVERYTHING - {behind})), "scope_missing")
    assert product.prints("automatically capturing: call history, call duration, call recordings")


@proves("EXE-49")
def check_both_chats_come_into_the_timeline(product: Product) -> None:
    """Team Chat and in-meeting chat are taken in with the permission for messages, and stored in the timeline."""
    works(product, "chat", "message:read", "EXE-49")
    assert product.prints("Zoom Team Chat and in-meeting chat content to be stored within the candidate activity")
    stored = use(product, "timeline", connections=authorized(scopes=without("message:read")))
    assert isinstance(stored, Done)
    assert "EXE-49" in cited(stored)


@proves("EXE-50")
def check_chats_are_kept_to_the_recruiting_team(product: Product) -> None:
    """Recruiters and administrators see chat in the timeline, and nobody else does."""
    for feature in ("chat", "timeline"):
        for actor in (RECRUITER, ADMINISTRATOR):
            assert isinstance(use(product, feature, actor=actor), Done)
        refusal(use(product, feature, actor=STRANGER), "not_authorized_user", "EXE-50")
    assert cited(use(product, "timeline")) >= {"EXE-50"}


@proves("EXE-49", "EXE-50", "EXE-61")
def check_what_was_stored_stays(product: Product) -> None:
    """Revoked or switched off, the timeline still shows its readers what was stored, and nothing of Zoom's."""
    for left in (authorized(NOT_CONNECTED), authorized(toggle=OFF), ()):
        answer = use(product, "timeline", connections=left)
        assert isinstance(answer, Done)
        assert answer.via is None
        refusal(use(product, "timeline", connections=left, actor=STRANGER), "not_authorized_user", "EXE-50")


@proves("EXE-51", "EXE-52", "EXE-53")
def check_recruiters_start_as_host(product: Product) -> None:
    """Recruiters start a meeting from within Exelare and join as the host, with the user's access key and nothing
    else."""
    works(product, "start_as_host", "user:read", "EXE-51", "EXE-52", "EXE-53")


@proves("EXE-52")
def check_the_authorized_user_is_the_host(product: Product) -> None:
    """What is started as the host is hosted by the authorized user, whoever else has a Zoom account."""
    choice = hosted(product, authorized())
    assert choice.host == RITA_AT_ZOOM
    assert cited(choice) >= {"EXE-52"}


@proves("EXE-11", "EXE-52")
def check_a_meeting_is_started_through_whom_it_was_made_through(product: Product) -> None:
    """What belongs to a meeting is reached through the authorization it was made through, as that is now."""
    own = login(CONNECTED, of=ADAM, zoom=ADAM_AT_ZOOM)
    for through, other in ((own, login(CONNECTED)), (login(CONNECTED), own)):
        for connections in ((own, *authorized()), (*authorized(), own)):
            answer = use(product, "start_as_host", connections=connections, through=through)
            assert isinstance(answer, Done)
            assert answer.via == through != other


@proves("EXE-12", "EXE-52")
def check_a_lapsed_host_is_not_replaced(product: Product) -> None:
    """A meeting whose host's authorization has ended, or whose toggle is off, is not started as somebody else's."""
    own = login(CONNECTED, of=ADAM, zoom=ADAM_AT_ZOOM)
    for phase in (NOT_CONNECTED, NEEDS_RECONNECT):
        lapsed = login(phase, of=ADAM, zoom=ADAM_AT_ZOOM)
        answer = use(product, "start_as_host", connections=(lapsed, *authorized()), through=own)
        refusal(answer, "login_first", "EXE-12")
    off = (own, *authorized(toggle=OFF))
    refusal(use(product, "start_as_host", connections=off, through=own), "not_enabled", "EXE-09")


@proves("EXE-54", "EXE-55", "EXE-56")
def check_the_app_shows_the_candidate_in_the_meeting(product: Product) -> None:
    """In the meeting recruiters view the candidate and their history and take notes, with the Zoom App's permission."""
    works(product, "in_meeting", "zoomapp", "EXE-54", "EXE-55", "EXE-56")


@proves("EXE-57", "EXE-58")
def check_the_app_works_without_leaving_the_meeting(product: Product) -> None:
    """In the meeting recruiters update the candidate's status; all of it is one app of Zoom's, within the meeting."""
    works(product, "in_meeting", "zoomapp", "EXE-57", "EXE-58")
    assert product.prints("update candidate status in real time without leaving the Zoom meeting")
