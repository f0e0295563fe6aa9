"""The recruiter's Zoom-connected calendar, and what follows when an interview is rescheduled or canceled."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.model import Action, Level, Refusal, Wanted
from greenroom_exelare.checks.asks import (
    ADAM,
    ADAM_AT_ZOOM,
    CONNECTED,
    EVERYTHING,
    OFF,
    ON,
    authorized,
    changed,
    event,
    follow,
    invites,
    letters,
    login,
    mail,
    wanted,
    without,
)

WRITING = ("calendar:write", "calendar:update", "calendar:delete")


def only(*printed: str) -> frozenset[str]:
    """Return what Zoom granted of the ``printed`` scopes alone."""
    return EVERYTHING - without(*printed)


def written(product: Product, why: str, scopes: frozenset[str]) -> bool:
    """Whether the calendar is written to, where it is synchronized; the mail is there in any case."""
    found = invites(product, why=why, calendar_sync=True, scopes=scopes)
    assert found.keys() - {"scheduler"} == {"candidate"}
    return "scheduler" in found


@proves("EXE-22", "EXE-37")
def check_calendar_sync_makes_an_event(product: Product) -> None:
    """With calendar sync on, the event is at once in the recruiter's Zoom-connected calendar, whatever the others'."""
    for why in ("new", "changed", "cancelled"):
        found = event(product, why=why)
        assert (found.channel, found.calendar, found.release) == ("calendar", "zoom", "at_once")
        assert found.shows == {"join_url"}
    assert cited(letters(product, calendar_sync=True)) >= {"EXE-22", "EXE-37"}


@proves("EXE-22")
def check_calendar_sync_is_configured(product: Product) -> None:
    """Calendar sync is a setting by that name; an event that Zoom does not take is told to the recruiter."""
    assert Action.CONFIGURE in product.manifest.actions.get(Level.ORGANIZATION, ())
    assert "Zoom-connected calendar" in product.words.settings.get("calendar_sync", "")
    problem = product.manifest.problems.get("calendar")
    assert problem is not None
    assert problem.to == "scheduler"


@proves("EXE-23")
def check_no_event_without_calendar_sync(product: Product) -> None:
    """Calendar sync is off until enabled; then there is no event, and meeting and mail are as before."""
    for calendar_sync in (None, False):
        for why in ("new", "changed", "cancelled"):
            assert invites(product, why=why, calendar_sync=calendar_sync).keys() == {"candidate"}
        found = letters(product, calendar_sync=calendar_sync)
        assert found.warnings == ()
        assert cited(found) >= {"EXE-23"}
    assert mail(product) == mail(product, calendar_sync=True)
    assert isinstance(wanted(product), Wanted)


@proves("EXE-37")
def check_events_are_created_with_their_permissions(product: Product) -> None:
    """Creating an event takes the permissions to create, modify and remove it, and no other; it is said which lacks."""
    assert written(product, "new", only(*WRITING))
    for scope in WRITING:
        assert not written(product, "new", without(scope))
        warned = letters(product, calendar_sync=True, scopes=without(scope)).warnings
        assert [dict(say.values)["scope"] for say in warned] == [scope]


@proves("EXE-38")
def check_the_event_is_modified(product: Product) -> None:
    """Rescheduled, the event is modified, with the permission for just that."""
    assert written(product, "changed", only("calendar:update"))
    assert not written(product, "changed", without("calendar:update"))
    assert "EXE-38" in cited(letters(product, why="changed", calendar_sync=True))


@proves("EXE-39")
def check_the_event_is_removed(product: Product) -> None:
    """Canceled, the event is removed, with the permission for just that."""
    assert written(product, "cancelled", only("calendar:delete"))
    assert not written(product, "cancelled", without("calendar:delete"))
    assert "EXE-39" in cited(letters(product, why="cancelled", calendar_sync=True))


@proves("EXE-41")
def check_rescheduling_updates_the_meeting(product: Product) -> None:
    """A rescheduled interview updates its meeting in place, so the join URL stays."""
    assert follow(changed(product)) == ("update", "update")
    assert "EXE-41" in cited(changed(product))


@proves("EXE-42")
def check_cancelling_deletes_the_meeting(product: Product) -> None:
    """A canceled interview deletes its meeting at Zoom and takes back its events."""
    assert follow(changed(product, cancelled=True)) == ("delete", "cancel")
    assert "EXE-42" in cited(changed(product, cancelled=True))


@proves("EXE-41", "EXE-42", "EXE-59")
def check_changes_need_their_permission(product: Product) -> None:
    """Without the permission to update or delete meetings just that is refused; with it alone the same works."""
    for scope, cancelled in (("meeting:update", False), ("meeting:delete", True)):
        left = authorized(scopes=without(scope))
        refused = refusal(changed(product, cancelled=cancelled, connections=left), "scope_missing", "EXE-59")
        assert refused.say.values == (("scope", scope),)
        assert follow(changed(product, cancelled=cancelled, connections=authorized(scopes=only(scope))))


@proves("EXE-38", "EXE-39")
def check_what_zoom_changed_is_not_sent_back(product: Product) -> None:
    """A meeting that was moved or deleted at Zoom is left as it is there, and its event follows."""
    for cancelled, calendars, clause in ((False, "update", "EXE-38"), (True, "cancel", "EXE-39")):
        for left in (authorized(), authorized(scopes=without("meeting:update", "meeting:delete"))):
            answer = changed(product, cancelled=cancelled, by="zoom", connections=left)
            assert follow(answer) == ("keep", calendars)
            assert answer.warnings == ()
            assert clause in cited(answer)


@proves("EXE-11", "EXE-41", "EXE-59")
def check_a_change_goes_through_whom_the_meeting_was_made_through(product: Product) -> None:
    """What counts are the permissions of the authorization a meeting was made through, as they are now."""
    made = login(CONNECTED, of=ADAM, zoom=ADAM_AT_ZOOM)
    poor = login(CONNECTED, of=ADAM, zoom=ADAM_AT_ZOOM, scopes=without("meeting:update"))
    for connections in ((poor, *authorized()), (*authorized(), poor)):
        assert isinstance(changed(product, through=made, connections=connections), Refusal)
        assert follow(changed(product, connections=connections)) == ("update", "update")


@proves("EXE-41", "EXE-42")
def check_without_a_meeting_nothing_changes_at_zoom(product: Product) -> None:
    """An interview whose meeting was never made has nothing at Zoom to change, and nothing is said of one."""
    for reachable in (True, False):
        for cancelled, calendars in ((False, "update"), (True, "cancel")):
            answer = changed(product, made=False, cancelled=cancelled, reachable=reachable)
            assert follow(answer) == ("keep", calendars)
            assert answer.warnings == ()


@proves("EXE-61")
def check_out_of_reach_a_meeting_is_kept(product: Product) -> None:
    """Revoked or switched off, nothing is done at Zoom any more, and that is said; the calendars follow."""
    for reachable, toggle in ((False, ON), (True, OFF)):
        for cancelled, calendars in ((False, "update"), (True, "cancel")):
            answer = changed(product, cancelled=cancelled, reachable=reachable, connections=authorized(toggle=toggle))
            assert follow(answer) == ("keep", calendars)
            assert [say.key for say in answer.warnings] == ["meeting_not_changed"]
            assert cited(answer) >= {"EXE-61"}
