"""Adding a Zoom link while scheduling, and what is asked of Zoom for it."""

from __future__ import annotations

from typing import get_args

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import NOW, given, interview, meeting, organization, zoom_user
from greenroom.model import (
    Action,
    CalendarKind,
    ChangeRequest,
    Follow,
    GivenLink,
    NoMeeting,
    Settings,
    SettingsView,
    Stage,
    UseLink,
    Wanted,
    Wish,
)
from greenroom_lever.checks.asks import APRIL, CALVIN, event, hosting, planned, saved, toggle

PMI_ALLOWED = given(disable_personal_meeting_id=False)
PMI_DISABLED = given(disable_personal_meeting_id=True)
CHOICES = (None, PMI_ALLOWED, PMI_DISABLED)
LEFT_TO_ZOOM = ("join_before_host", "waiting_room", "authentication", "passcode", "auto_recording")


def _moved(product: Product, settings: Settings, calendar: CalendarKind = "google") -> Follow:
    """Return what follows when an event whose link was made earlier takes longer, under these settings."""
    first = interview(APRIL)
    answer = product.change(
        ChangeRequest(
            organization=organization(calendar=calendar),
            actor=None,
            at=NOW,
            settings=SettingsView(organization=settings),
            connections=(toggle("blue"),),
            before=first,
            after=first.model_copy(update={"minutes": 60}),
            meeting=meeting(zoom_user("april@acme.example"), toggle("blue")),
        )
    )
    assert isinstance(answer, Follow), answer
    return answer


@proves("LEV-17")
def check_no_link_before_blue(product: Product) -> None:
    """A draft gets no Zoom link while the toggle is off or yellow; what is missing is offered."""
    for phase, way in (("off", (Action.ENABLE,)), ("yellow", (Action.CONNECT, Action.SHARE))):
        assert refusal(product.want_meeting(event(phase=phase)), "not_connected", "LEV-17").next == way


@proves("LEV-17")
def check_no_link_over_a_broken_connection(product: Product) -> None:
    """A draft gets no Zoom link through a connection that needs to be authorized again."""
    answer = refusal(product.want_meeting(event(phase="needs_reconnect")), "not_connected")
    assert answer.next == (Action.CONNECT, Action.SHARE)


@proves("LEV-17")
def check_no_host_before_blue(product: Product) -> None:
    """Nobody hosts while the toggle is not blue, whatever was wished."""
    for phase in ("off", "yellow", "needs_reconnect"):
        asked = hosting().model_copy(update={"connections": (toggle(phase),)})
        refusal(product.select_host(asked), "not_connected", "LEV-17")
    refusal(product.select_host(hosting().model_copy(update={"connections": ()})), "not_connected")


@proves("LEV-49", "LEV-81", "LEV-82")
def check_zooms_own_settings_rule(product: Product) -> None:
    """Nothing about security, recording or waiting rooms is sent: the account's and the host's settings decide."""
    for settings in CHOICES:
        plan = planned(product, settings)
        assert [getattr(plan, field) for field in LEFT_TO_ZOOM] == [None] * len(LEFT_TO_ZOOM)
        assert plan.insist <= {"use_pmi"}


@proves("LEV-49")
def check_the_topic_is_the_interviews(product: Product) -> None:
    """Of the interview Zoom is told its subject, and where there is none a word for it."""
    assert planned(product, about=interview(APRIL, subject="Onsite")).topic == "Onsite"
    topic = planned(product, about=interview(APRIL, subject=None)).topic
    assert not isinstance(topic, str)
    assert product.words.text(topic) == "Interview"


@proves("LEV-50")
def check_personal_meeting_id_is_left_to_zoom(product: Product) -> None:
    """While it is not disabled, whether the host's Personal Meeting ID is used is Zoom's to say."""
    for settings in (None, PMI_ALLOWED):
        plan = planned(product, settings)
        assert (plan.use_pmi, plan.insist) == (None, frozenset())
        assert cited(plan) == {"LEV-49", "LEV-50", "CORE-14"}
    assert product.manifest.link.unique == "unless_pmi"


@proves("LEV-51")
def check_personal_meeting_id_disabled(product: Product) -> None:
    """Disabled, every link has a meeting number of its own, and a meeting that has not is told of."""
    assert product.words.settings["disable_personal_meeting_id"] == "Disable Personal Meeting ID"
    plan = planned(product, PMI_DISABLED)
    assert (plan.use_pmi, plan.insist) == (False, frozenset({"use_pmi"}))
    assert cited(plan) == {"LEV-49", "LEV-51", "CORE-14"}
    assert product.prints("Lever does not use your Zoom hosts' 'Personal Meeting ID' in meeting links.")
    told = product.words.messages[product.manifest.problems["degraded.use_pmi"].say]
    assert "Zoom used the host's Personal Meeting ID although it is disabled" in told


@proves("LEV-63")
def check_two_events_two_links(product: Product) -> None:
    """Each event of a panel asks for a meeting of its own, which is never the host's personal one."""
    for event_id in ("int_1", "int_2"):
        about = interview(APRIL, id=event_id)
        assert isinstance(product.want_meeting(event(about=about)), Wanted)
        assert planned(product, PMI_DISABLED, about=about).use_pmi is False


@proves("LEV-52", "LEV-53")
def check_switching_it_touches_nothing_made(product: Product) -> None:
    """Switching "Disable Personal Meeting ID" either way only saves it: no phase, no notice, no warning."""
    for before, after in ((PMI_ALLOWED, PMI_DISABLED), (PMI_DISABLED, PMI_ALLOWED)):
        answer = saved(product, after, before=before)
        assert (answer.phase, answer.notices, answer.warnings) == (None, (), ())
    assert product.prints(
        "Toggling on this switch will not affect your Zoom account settings or retroactively modify any meetings "
        "already created."
    )


@proves("LEV-53", "LEV-54")
def check_made_meetings_stay_what_they_are(product: Product) -> None:
    """An event whose link was made before the switch keeps it when it moves, whichever way the switch stands."""
    for settings in (PMI_DISABLED, PMI_ALLOWED):
        assert _moved(product, settings).at_zoom == "update"


@proves("LEV-55")
def check_personal_meeting_ids_are_allowed_at_first(product: Product) -> None:
    """Over a fresh connection nothing keeps a Personal Meeting ID out of links until somebody disables it."""
    assert planned(product).use_pmi is None
    assert planned(product, given()).use_pmi is None
    assert planned(product, PMI_DISABLED).use_pmi is False


@proves("LEV-56")
def check_synced_calendars(product: Product) -> None:
    """A link can be added with G Suite and with Office 365."""
    for calendar in ("google", "microsoft365"):
        assert isinstance(product.want_meeting(event(calendar=calendar)), Wanted), calendar


@proves("LEV-57")
def check_exchange_on_premise_is_refused(product: Product) -> None:
    """It does not work for instances synced with Microsoft Exchange on-premise."""
    refusal(product.want_meeting(event(calendar="exchange_on_premise")), "calendar_not_synced", "LEV-57")


@proves("LEV-58")
def check_unsynced_is_refused(product: Product) -> None:
    """Without one of the two synced calendars a link cannot be added."""
    for calendar in set(get_args(CalendarKind)) - {"google", "microsoft365", "exchange_on_premise"}:
        answer = refusal(product.want_meeting(event(calendar=calendar)), "calendar_not_synced", "LEV-58")
        assert product.words.text(answer.say).endswith("synced with either G Suite or Office 365.")


@proves("LEV-59", "LEV-60")
def check_menu_item_as_printed(product: Product) -> None:
    """The drop-down of the Location field offers "Add Zoom link", and picking it is the wish for a link."""
    assert product.words.places["location"] == "Location"
    assert product.words.places["add_link"] == "Add Zoom link"
    assert product.manifest.link.opt_in == "interview"
    answer = product.want_meeting(event(about=interview(APRIL, wish=Wish(zoom=True))))
    assert isinstance(answer, Wanted)
    assert cited(answer) == {"LEV-01", "LEV-56", "LEV-61"}


@proves("LEV-61")
def check_link_is_made_in_the_draft(product: Product) -> None:
    """The link is made while the event is a draft, which may still lack its time, and at any stage after."""
    assert product.manifest.link.stage == "draft"
    for stage in Stage:
        about = interview(APRIL, stage=stage, start=None, minutes=None)
        assert isinstance(product.want_meeting(event(about=about)), Wanted), stage


@proves("LEV-62")
def check_other_events_get_none(product: Product) -> None:
    """An event for which nobody picked "Add Zoom link" gets none, whatever its toggle or calendar."""
    for wish in (Wish(), Wish(zoom=False)):
        about = interview(CALVIN, wish=wish)
        for asked in (event(about=about), event(about=about, phase="off", calendar="none")):
            answer = product.want_meeting(asked)
            assert isinstance(answer, NoMeeting)
            assert cited(answer) == {"LEV-60", "LEV-62"}


@proves("LEV-64")
def check_pasted_link_is_text(product: Product) -> None:
    """A link pasted into the Location of another event is used as it is; it stays the first event's meeting."""
    first = meeting(zoom_user("april@acme.example"), toggle("blue"))
    for pasted in (GivenLink(url=first.join_url, same_as=first), GivenLink(url="https://example.zoom.us/j/9")):
        for zoom in (True, None):
            about = interview(CALVIN, wish=Wish(zoom=zoom, given=pasted))
            for asked in (event(about=about), event(about=about, phase="off", calendar="exchange_on_premise")):
                answer = product.want_meeting(asked)
                assert isinstance(answer, UseLink)
                assert answer.link == pasted


@proves("LEV-80", "LEV-83")
def check_passwords_are_zooms(product: Product) -> None:
    """No password is asked for or refused, so the account's setting, and Zoom's own waiting room, decide."""
    for settings in CHOICES:
        plan = planned(product, settings)
        assert (plan.passcode, plan.waiting_room, plan.authentication) == (None, None, None)


@proves("LEV-80", "LEV-81")
def check_lever_has_no_such_settings(product: Product) -> None:
    """Passwords and waiting rooms are no settings of Lever's: they are set in the Zoom account."""
    for name in (*product.words.settings, *product.words.settings.values()):
        assert not any(word in name.casefold() for word in ("password", "passcode", "waiting"))
    unsupported = {name: product.manifest.capabilities[name].level for name in ("passcode", "waiting_room")}
    assert unsupported == {"passcode": "unsupported", "waiting_room": "unsupported"}


@proves("LEV-84")
def check_join_before_host_is_zooms(product: Product) -> None:
    """Join before host is not asked for, so a waiting room at Zoom has its way."""
    for settings in CHOICES:
        plan = planned(product, settings)
        assert (plan.join_before_host, plan.waiting_room) == (None, None)
