"""Adding a Zoom link while scheduling, and what is asked of Zoom for it."""

from __future__ import annotations

from greenroom.conformance import Product, proves, refusal
from greenroom.conformance.facts import interview, meeting, zoom_user
from greenroom.model import (
    Action,
    Done,
    GivenLink,
    NewMeeting,
    NoMeeting,
    SettingsChange,
    Stage,
    UseLink,
    Wanted,
    Wish,
)
from greenroom_lever.checks.asks import APRIL, CALVIN, ask, creating, declared, event, hosting, printed, toggle
from greenroom_lever.settings import OrganizationSettings

PMI_ALLOWED = OrganizationSettings()
PMI_DISABLED = OrganizationSettings(disable_personal_meeting_id=True)


def _saved(product: Product, before: OrganizationSettings, after: OrganizationSettings) -> Done:
    change = SettingsChange(scope="organization", subject="org_1", before=before, after=after)
    answer = product.authorize(ask(Action.CONFIGURE, phase="blue", change=change))
    assert isinstance(answer, Done)
    return answer


def _plan(product: Product, settings: OrganizationSettings) -> NewMeeting:
    plan = product.create_meeting(creating(settings))
    assert isinstance(plan, NewMeeting)
    return plan


@proves("LEV-17")
def check_no_link_before_blue(product: Product) -> None:
    """A draft gets no Zoom link while the toggle is off or yellow."""
    for phase, way in (("off", (Action.ENABLE,)), ("yellow", (Action.CONNECT, Action.SHARE))):
        assert refusal(product.want_meeting(event(phase=phase)), "not_connected").next == way


@proves("LEV-17")
def check_no_link_over_a_broken_connection(product: Product) -> None:
    """A draft gets no Zoom link through a connection that needs to be authorized again."""
    refusal(product.want_meeting(event(phase="needs_reconnect")), "not_connected")


@proves("LEV-17")
def check_no_host_before_blue(product: Product) -> None:
    """Nobody hosts while the toggle is not blue, whatever was wished."""
    for phase in ("off", "yellow", "needs_reconnect"):
        asked = hosting().model_copy(update={"connections": (toggle(phase),)})
        refusal(product.select_host(asked), "not_connected")


@proves("LEV-49", "LEV-81")
def check_zooms_own_settings_rule(product: Product) -> None:
    """Nothing about security or waiting rooms is sent: the account's and the host's settings decide."""
    for settings in (PMI_ALLOWED, PMI_DISABLED):
        plan = _plan(product, settings)
        assert plan.waiting_room is None
        assert plan.authentication is None
        assert plan.auto_recording is None


@proves("LEV-50")
def check_personal_meeting_id_is_left_to_zoom(product: Product) -> None:
    """While it is not disabled, whether the host's Personal Meeting ID is used is Zoom's to say."""
    plan = _plan(product, PMI_ALLOWED)
    assert plan.use_pmi is None
    assert not plan.insist


@proves("LEV-51", "LEV-63")
def check_personal_meeting_id_disabled(product: Product) -> None:
    """Disabled, every link has a meeting number of its own, and a meeting that has not is told of."""
    plan = _plan(product, PMI_DISABLED)
    assert plan.use_pmi is False
    assert plan.insist == {"use_pmi"}


@proves("LEV-52", "LEV-53", "LEV-54")
def check_switching_it_touches_nothing_made(product: Product) -> None:
    """Switching "Disable Personal Meeting ID" either way only saves it: no phase, no notice, no warning."""
    for before, after in ((PMI_ALLOWED, PMI_DISABLED), (PMI_DISABLED, PMI_ALLOWED)):
        answer = _saved(product, before, after)
        assert (answer.phase, answer.notices, answer.warnings) == (None, (), ())


@proves("LEV-55", "LEV-78")
def check_toggles_are_off_at_first(product: Product) -> None:
    """A fresh connection neither disables Personal Meeting IDs nor sends candidates links."""
    fresh = OrganizationSettings()
    assert not fresh.disable_personal_meeting_id
    assert not fresh.include_zoom_links


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
    for calendar in ("none", "local", "zoom"):
        refusal(product.want_meeting(event(calendar=calendar)), "calendar_not_synced", "LEV-58")


@proves("LEV-59", "LEV-60")
def check_menu_item_as_printed(product: Product) -> None:
    """The drop-down of the Location field offers "Add Zoom link", and picking it is the wish for a link."""
    assert printed("location: Location", "add_link: Add Zoom link")
    assert isinstance(product.want_meeting(event(about=interview(APRIL, wish=Wish(zoom=True)))), Wanted)


@proves("LEV-61")
def check_link_is_made_in_the_draft(product: Product) -> None:
    """The link is made while the event is a draft, and at any stage after."""
    for stage in Stage:
        assert isinstance(product.want_meeting(event(about=interview(APRIL, stage=stage))), Wanted), stage
    assert declared(
        "link: {stage: draft, opt_in: interview, unique: unless_pmi, clauses: [LEV-50, LEV-51, LEV-60, LEV-61]}"
    )


@proves("LEV-62")
def check_other_events_get_none(product: Product) -> None:
    """An event for which nobody picked "Add Zoom link" gets none."""
    for wish in (Wish(), Wish(zoom=False)):
        assert isinstance(product.want_meeting(event(about=interview(CALVIN, wish=wish))), NoMeeting)


@proves("LEV-64")
def check_pasted_link_is_text(product: Product) -> None:
    """A link pasted into the Location of another event is used as it is; it stays the first event's meeting."""
    first = meeting(zoom_user("april@acme.example"), toggle("blue"))
    pasted = GivenLink(url=first.join_url, same_as=first)
    answer = product.want_meeting(event(about=interview(CALVIN, wish=Wish(zoom=True, given=pasted))))
    assert isinstance(answer, UseLink)
    assert answer.link == pasted


@proves("LEV-80", "LEV-82", "LEV-83")
def check_passwords_are_zooms(product: Product) -> None:
    """No password is asked for or refused, so the account's setting, and Zoom's own waiting room, decide."""
    for settings in (PMI_ALLOWED, PMI_DISABLED):
        assert _plan(product, settings).passcode is None
    assert not {"passcode", "password"} & set(OrganizationSettings.model_fields)


@proves("LEV-84")
def check_join_before_host_is_zooms(product: Product) -> None:
    """Join before host is not asked for, so a waiting room at Zoom has its way."""
    assert _plan(product, PMI_ALLOWED).join_before_host is None
