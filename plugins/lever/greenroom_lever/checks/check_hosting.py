"""Host Selection: the first interviewer with Zoom, or specific hosts in turn."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import interview, with_zoom
from greenroom.model import Action, Candidate, Done, HostChoice, Turns
from greenroom_lever.checks.asks import APRIL, BRYNNA, CALVIN, NO_ZOOM, ask, hosting, printed, saving, specific_hosts
from greenroom_lever.hosting import basic_limit
from greenroom_lever.settings import HostSelection

BEN = with_zoom("ben@acme.example", licensed=False)
INACTIVE = with_zoom("ina@acme.example", status="inactive")
CAM = Candidate(email="cam@home.example")


def _host(answer: object) -> str:
    assert isinstance(answer, HostChoice), answer
    return answer.host.email


@proves("LEV-33")
def check_host_logic_only_once_enabled(product: Product) -> None:
    """Nothing can be configured while the toggle is off or yellow; what is missing is offered."""
    for phase, way in (("off", (Action.ENABLE,)), ("yellow", (Action.CONNECT, Action.SHARE))):
        answer = refusal(product.authorize(ask(Action.CONFIGURE, phase=phase)), "configure_once_enabled")
        assert answer.next == way


@proves("LEV-33")
def check_no_host_logic_over_a_broken_connection(product: Product) -> None:
    """Addresses cannot be verified through a dead grant, so nothing is configured until it is renewed."""
    answer = refusal(product.authorize(ask(Action.CONFIGURE, phase="needs_reconnect")), "configure_once_enabled")
    assert answer.next == (Action.CONNECT, Action.SHARE)


@proves("LEV-33", "LEV-34")
def check_host_logic_once_blue(product: Product) -> None:
    """A blue toggle offers the configuration."""
    assert isinstance(product.authorize(ask(Action.CONFIGURE, phase="blue", offer=True)), Done)


@proves("LEV-35")
def check_exactly_two_options(product: Product) -> None:
    """Host Selection knows two options, printed as in the document."""
    assert [option.value for option in HostSelection] == ["first_interviewer", "specific_hosts"]
    assert printed(
        "host_selection: Host Selection",
        "first_interviewer: First interviewer",
        "specific_hosts: Provide specific hosts",
    )


@proves("LEV-36")
def check_first_interviewer_hosts(product: Product) -> None:
    """Of several interviewers with Zoom, the first hosts, on any plan."""
    assert _host(product.select_host(hosting(about=interview(BEN, CALVIN)))) == BEN.email


@proves("LEV-37")
def check_interviewers_without_zoom_are_skipped(product: Product) -> None:
    """Who has no Zoom user, or no active one, is passed over, and the answer says so."""
    answer = product.select_host(hosting(about=interview(NO_ZOOM, INACTIVE, CALVIN)))
    assert _host(answer) == CALVIN.email
    assert isinstance(answer, HostChoice)
    assert [one.verdict for one in answer.considered] == ["skipped", "skipped", "host"]


@proves("LEV-38")
def check_each_event_has_its_own_first_interviewer(product: Product) -> None:
    """The host of an event comes from that event's interviewers, and no turn is used."""
    for first in (APRIL, CALVIN, BRYNNA):
        answer = product.select_host(hosting(about=interview(first)))
        assert _host(answer) == first.email
        assert isinstance(answer, HostChoice)
        assert answer.turn is None


@proves("LEV-36", "LEV-48")
def check_nobody_stands_in(product: Product) -> None:
    """Without an interviewer who has Zoom there is no host: not the scheduler, not the authorizing admin."""
    refusal(product.select_host(hosting(about=interview(NO_ZOOM, INACTIVE))), "no_eligible_host")


@proves("LEV-36", "LEV-59")
def check_no_interviewer_no_host(product: Product) -> None:
    """An event to which no interviewer was added yet has no first interviewer."""
    refusal(product.select_host(hosting(about=interview())), "no_eligible_host")


@proves("LEV-39")
def check_round_robin(product: Product) -> None:
    """Specific hosts take turns in the order entered, beginning with the primary."""
    people = (APRIL, CALVIN, BRYNNA)
    pool = frozenset(one.email for one in people)
    hosted: list[str] = []
    for _ in range(6):
        counts = tuple((address, hosted.count(address)) for address in sorted(pool))
        turns = Turns(pool=pool, counts=counts, last=hosted[-1] if hosted else None)
        answer = product.select_host(hosting(settings=specific_hosts(*people), hosts=people, turns=turns))
        assert isinstance(answer, HostChoice)
        assert answer.turn is not None
        assert (answer.turn.host, answer.turn.pool) == (_host(answer), pool)
        assert cited(answer) == {"LEV-39"}
        hosted.append(answer.turn.host)
    assert hosted == [one.email for one in people] * 2


@proves("LEV-40", "LEV-44")
def check_saved_hosts_are_verified(product: Product) -> None:
    """Every address entered, the primary and those added, is verified when saved."""
    answer = saving(product, APRIL, CALVIN)
    assert isinstance(answer, Done)
    assert answer.verified == {APRIL.email, CALVIN.email}
    assert answer.phase is None
    assert printed("configure: Save", "additional_host: + Add account")


@proves("LEV-41")
def check_unverified_hosts_get_no_turn(product: Product) -> None:
    """An address that failed verification, or whose Zoom user is gone since, is not in the rotation."""
    settings = specific_hosts(NO_ZOOM, INACTIVE, APRIL)
    hosts = (NO_ZOOM, INACTIVE, APRIL)
    answer = product.select_host(hosting(settings=settings, hosts=hosts, verified=(INACTIVE, APRIL)))
    assert _host(answer) == APRIL.email
    assert isinstance(answer, HostChoice)
    assert answer.turn is not None
    assert answer.turn.pool == {APRIL.email}
    assert [one.verdict for one in answer.considered] == ["skipped", "skipped", "host"]
    facts = [one.because.fact for one in answer.considered[:2]]
    assert facts == ["not verified", "no active user of the connected Zoom account"]


@proves("LEV-41")
def check_a_known_zoom_user_who_was_not_verified_gets_no_turn(product: Product) -> None:
    """Being a Zoom user is not enough: the address has to have been verified when it was saved."""
    request = hosting(settings=specific_hosts(APRIL), hosts=(APRIL,), verified=())
    refusal(product.select_host(request), "no_eligible_host")


@proves("LEV-41", "LEV-48")
def check_no_eligible_specific_host(product: Product) -> None:
    """With no verified and active host there is no link; the interviewers do not stand in."""
    for people, verified in (((NO_ZOOM,), ()), ((INACTIVE,), (INACTIVE,)), ((), ())):
        settings = specific_hosts(*people)
        refusal(product.select_host(hosting(settings=settings, hosts=people, verified=verified)), "no_eligible_host")


@proves("LEV-42")
def check_a_host_need_not_be_a_lever_user(product: Product) -> None:
    """Only the Zoom account is asked about an address, so a host without a Lever login is accepted."""
    outsider = with_zoom("studio@partner.example")
    answer = saving(product, outsider)
    assert isinstance(answer, Done)
    assert answer.verified == {outsider.email}
    assert not answer.warnings


@proves("LEV-43")
def check_strangers_to_the_zoom_account_are_not_verified(product: Product) -> None:
    """Who is no active user of the connected account is saved with a warning, unverified."""
    answer = saving(product, NO_ZOOM, INACTIVE, APRIL)
    assert isinstance(answer, Done)
    assert answer.verified == {APRIL.email}
    assert [dict(one.values)["email"] for one in answer.warnings] == [NO_ZOOM.email, INACTIVE.email]


@proves("LEV-45")
def check_only_the_primary(product: Product) -> None:
    """A single host has every turn."""
    turns = Turns(pool=frozenset({APRIL.email}), counts=((APRIL.email, 7),), last=APRIL.email)
    answer = product.select_host(hosting(settings=specific_hosts(APRIL), hosts=(APRIL,), turns=turns))
    assert _host(answer) == APRIL.email
    assert isinstance(answer, HostChoice)
    assert cited(answer) == {"LEV-45"}


@proves("LEV-46")
def check_interviewers_zoom_plays_no_part(product: Product) -> None:
    """With specific hosts, an interviewer's own Zoom user is not considered."""
    about = interview(BRYNNA)
    answer = product.select_host(hosting(about=about, settings=specific_hosts(CALVIN), hosts=(CALVIN,)))
    assert _host(answer) == CALVIN.email
    assert isinstance(answer, HostChoice)
    assert BRYNNA.email not in {one.who for one in answer.considered}


@proves("LEV-47")
def check_entered_hosts_rest_under_first_interviewer(product: Product) -> None:
    """A list entered earlier is not used while the first interviewer hosts."""
    settings = specific_hosts(CALVIN).model_copy(update={"host_selection": HostSelection.FIRST_INTERVIEWER})
    answer = product.select_host(hosting(about=interview(BRYNNA), settings=settings, hosts=(CALVIN,)))
    assert _host(answer) == BRYNNA.email
    refusal(
        product.select_host(hosting(about=interview(NO_ZOOM), settings=settings, hosts=(CALVIN,))), "no_eligible_host"
    )


@proves("LEV-07", "LEV-09")
def check_basic_limit_is_a_warning(product: Product) -> None:
    """A Basic host of a long meeting with three people still hosts, and Zoom's limit is told."""
    answer = product.select_host(hosting(about=interview(BEN, CALVIN, minutes=41, candidates=(CAM,))))
    assert _host(answer) == BEN.email
    assert isinstance(answer, HostChoice)
    assert [(one.key, dict(one.values)) for one in answer.warnings] == [("basic_limit", {"minutes": 40, "people": 3})]


@proves("LEV-07")
def check_no_warning_within_the_limit(product: Product) -> None:
    """Forty minutes, or a licensed host, are within what Zoom allows."""
    for about in (
        interview(BEN, CALVIN, minutes=40, candidates=(CAM,)),
        interview(CALVIN, BEN, minutes=90, candidates=(CAM,)),
    ):
        answer = product.select_host(hosting(about=about))
        assert isinstance(answer, HostChoice)
        assert not answer.warnings


@proves("LEV-08")
def check_two_people_have_no_limit(product: Product) -> None:
    """The document's limit is for three or more; a platform that counts two is a parameter."""
    about = interview(BEN, minutes=90, candidates=(CAM,))
    asked = hosting(about=about)
    counting_two = asked.model_copy(update={"parameters": (("basic_limit_min_people", 2),)})
    assert BEN.zoom is not None
    assert basic_limit(asked, about, BEN.zoom) == ()
    assert basic_limit(counting_two, about, BEN.zoom)
