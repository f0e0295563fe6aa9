"""Host Selection: the first interviewer with Zoom, or specific hosts in turn."""

from __future__ import annotations

from greenroom.conformance import Product, cited, proves, refusal
from greenroom.conformance.facts import given, interview, with_zoom
from greenroom.model import Action, Done, Person, Turns
from greenroom_lever.checks.asks import (
    APRIL,
    BEN,
    BRYNNA,
    CALVIN,
    NO_ZOOM,
    ask,
    hosted,
    hosting,
    saved,
    saving,
    specific_hosts,
    toggle,
)

INACTIVE = with_zoom("ina@acme.example", status="inactive")
RITA = with_zoom("rita@acme.example")


@proves("LEV-33")
def check_host_logic_only_once_enabled(product: Product) -> None:
    """Nothing can be configured while the toggle is off or yellow; what is missing is offered."""
    for phase, way in (("off", (Action.ENABLE,)), ("yellow", (Action.CONNECT, Action.SHARE))):
        for answer in (ask(product, Action.CONFIGURE, phase=phase), saving(product, given(), phase=phase)):
            assert refusal(answer, "configure_once_enabled", "LEV-33").next == way


@proves("LEV-33")
def check_no_host_logic_over_a_broken_connection(product: Product) -> None:
    """Addresses cannot be verified through a dead grant, so nothing is configured until it is renewed."""
    answer = refusal(ask(product, Action.CONFIGURE, phase="needs_reconnect"), "configure_once_enabled")
    assert answer.next == (Action.CONNECT, Action.SHARE)


@proves("LEV-33", "LEV-34")
def check_host_logic_once_blue(product: Product) -> None:
    """A blue toggle offers the configuration, and stays as it is."""
    answer = ask(product, Action.CONFIGURE, phase="blue", offer=True)
    assert isinstance(answer, Done)
    assert answer.phase is None
    assert cited(answer) == {"LEV-33", "LEV-34"}


@proves("LEV-35")
def check_exactly_two_options(product: Product) -> None:
    """Host Selection knows two options, printed as in the document; the first of them rules until one is chosen."""
    assert product.words.settings["host_selection"] == "Host Selection"
    assert product.words.options == {
        "first_interviewer": "First interviewer",
        "specific_hosts": "Provide specific hosts",
    }
    assert product.prints(
        "Lever will designate the first interviewer with a valid Zoom account as the Zoom host for the interview.",
        "Lever will allocate meetings round robin with the Zoom accounts that have been entered and verified in the "
        "integration settings.",
    )
    unset = hosted(product, hosting(hosts=(CALVIN,)))
    first = given(host_selection="first_interviewer")
    assert hosted(product, hosting(settings=first, hosts=(CALVIN,))) == unset
    chosen = hosted(product, hosting(settings=specific_hosts(CALVIN), hosts=(CALVIN,)))
    assert (unset.host.email, chosen.host.email) == (APRIL.email, CALVIN.email)


@proves("LEV-36")
def check_first_interviewer_hosts(product: Product) -> None:
    """Of several interviewers with Zoom, the first hosts, on any plan; not whoever schedules."""
    answer = hosted(product, hosting(about=interview(BEN, CALVIN, scheduler=RITA)))
    assert answer.host == BEN.zoom
    assert answer.via == toggle("blue")
    assert [(one.who, one.verdict) for one in answer.considered] == [(BEN.email, "host")]


@proves("LEV-37")
def check_interviewers_without_zoom_are_skipped(product: Product) -> None:
    """Who has no Zoom user, or no active one, is passed over, and the answer says so."""
    answer = hosted(product, hosting(about=interview(NO_ZOOM, INACTIVE, CALVIN, BRYNNA)))
    assert answer.host.email == CALVIN.email
    assert [one.verdict for one in answer.considered] == ["skipped", "skipped", "host"]


@proves("LEV-38")
def check_each_event_has_its_own_first_interviewer(product: Product) -> None:
    """The host of an event comes from that event's interviewers, whoever hosted before, and no turn is used."""
    for first, then in ((APRIL, CALVIN), (CALVIN, BRYNNA), (BRYNNA, APRIL)):
        turns = Turns(pool=frozenset({first.email, then.email}), counts=((then.email, 1),), last=then.email)
        answer = hosted(product, hosting(about=interview(first, then), turns=turns))
        assert answer.host.email == first.email
        assert answer.turn is None
        assert cited(answer) == {"LEV-36", "LEV-38"}


@proves("LEV-36", "LEV-48")
def check_nobody_stands_in(product: Product) -> None:
    """Without an interviewer who has Zoom there is no host: not the scheduler, not the authorizing admin."""
    about = interview(NO_ZOOM, INACTIVE, scheduler=RITA)
    answer = refusal(product.select_host(hosting(about=about)), "no_eligible_host", "LEV-48")
    assert [one.about for one in answer.because if one.clause == "LEV-37"] == [NO_ZOOM.email, INACTIVE.email]


@proves("LEV-36", "LEV-59")
def check_no_interviewer_no_host(product: Product) -> None:
    """An event to which no interviewer was added yet has no first interviewer, whoever schedules it."""
    refusal(product.select_host(hosting(about=interview(scheduler=RITA))), "no_eligible_host", "LEV-36")


@proves("LEV-39", "LEV-40", "LEV-44")
def check_round_robin(product: Product) -> None:
    """Specific hosts, however many were added, take turns in the order entered, beginning with the primary."""
    people = (CALVIN, APRIL, BRYNNA, BEN)
    pool = frozenset(one.email for one in people)
    hosts: list[str] = []
    for _ in range(2 * len(people)):
        counts = tuple((address, hosts.count(address)) for address in sorted(pool))
        turns = Turns(pool=pool, counts=counts, last=hosts[-1] if hosts else None)
        answer = hosted(product, hosting(settings=specific_hosts(*people), hosts=people, turns=turns))
        assert answer.turn is not None
        assert (answer.turn.host, answer.turn.pool) == (answer.host.email, pool)
        assert cited(answer) == {"LEV-39"}
        hosts.append(answer.turn.host)
    assert hosts == [one.email for one in people] * 2


@proves("LEV-39")
def check_who_waits_for_a_turn(product: Product) -> None:
    """Everybody in the rotation is told of: whose turn it is, and who waits."""
    people = (CALVIN, APRIL)
    turns = Turns(pool=frozenset({APRIL.email, CALVIN.email}), counts=((CALVIN.email, 1),), last=CALVIN.email)
    answer = hosted(product, hosting(settings=specific_hosts(*people), hosts=people, turns=turns))
    assert [(one.who, one.verdict, one.because.fact) for one in answer.considered] == [
        (CALVIN.email, "eligible", "waits for its turn"),
        (APRIL.email, "host", "next in turn"),
    ]
    assert {(one.clause, one.about) for one in answer.because} == {("LEV-39", APRIL.email)}


@proves("LEV-40", "LEV-44")
def check_saved_hosts_are_verified(product: Product) -> None:
    """Every address entered, the primary and all those added, is verified when saved."""
    people = (APRIL, CALVIN, BRYNNA, BEN)
    answer = saved(product, specific_hosts(*people), *people)
    assert answer.verified == {one.email for one in people}
    assert (answer.phase, answer.warnings) == (None, ())
    assert cited(answer) == {"LEV-34", "LEV-40", "LEV-42"}
    assert product.words.actions[Action.CONFIGURE] == "Save"
    assert product.words.places["additional_host"] == "+ Add account"


@proves("LEV-41")
def check_unverified_hosts_get_no_turn(product: Product) -> None:
    """An address that failed verification, or whose Zoom user is gone since, is not in the rotation."""
    people = (NO_ZOOM, INACTIVE, APRIL)
    asked = hosting(settings=specific_hosts(*people), hosts=people, verified=(INACTIVE, APRIL))
    answer = hosted(product, asked)
    assert answer.host.email == APRIL.email
    assert answer.turn is not None
    assert answer.turn.pool == {APRIL.email}
    assert [(one.verdict, one.because.clause, one.because.fact) for one in answer.considered[:2]] == [
        ("skipped", "LEV-41", "not verified"),
        ("skipped", "LEV-41", "no active user of the connected Zoom account"),
    ]


@proves("LEV-41")
def check_a_known_zoom_user_who_was_not_verified_gets_no_turn(product: Product) -> None:
    """Being a Zoom user is not enough: the address has to have been verified when it was saved."""
    request = hosting(settings=specific_hosts(APRIL), hosts=(APRIL,), verified=())
    refusal(product.select_host(request), "no_eligible_host", "LEV-41")


@proves("LEV-41", "LEV-48")
def check_no_eligible_specific_host(product: Product) -> None:
    """With no verified and active host there is no link; the interviewers do not stand in."""
    cases: tuple[tuple[tuple[Person, ...], tuple[Person, ...]], ...] = (
        ((NO_ZOOM,), ()),
        ((INACTIVE,), (INACTIVE,)),
        ((), ()),
    )
    for people, verified in cases:
        asked = hosting(settings=specific_hosts(*people), hosts=people, verified=verified)
        answer = refusal(product.select_host(asked), "no_eligible_host", "LEV-39", "LEV-48")
        assert [one.about for one in answer.because if one.clause == "LEV-41"] == [one.email for one in people]


@proves("LEV-42")
def check_a_host_need_not_be_a_lever_user(product: Product) -> None:
    """Only the Zoom account is asked about an address, so a host without a Lever login is accepted and hosts."""
    outsider = with_zoom("studio@partner.example")
    answer = saved(product, specific_hosts(outsider), outsider)
    assert answer.verified == {outsider.email}
    assert not answer.warnings
    choice = hosted(product, hosting(settings=specific_hosts(outsider), hosts=(outsider,)))
    assert choice.host == outsider.zoom
    assert product.prints("The email that you enter and verify does not need to be associated with a Lever user.")


@proves("LEV-43")
def check_strangers_to_the_zoom_account_are_not_verified(product: Product) -> None:
    """Who is no active user of the connected account is saved with a warning, unverified."""
    people = (NO_ZOOM, INACTIVE, APRIL)
    answer = saved(product, specific_hosts(*people), *people)
    assert answer.verified == {APRIL.email}
    assert [dict(one.values)["email"] for one in answer.warnings] == [NO_ZOOM.email, INACTIVE.email]
    reasons = {(one.clause, one.about) for one in answer.because if one.about}
    assert reasons == {("LEV-43", NO_ZOOM.email), ("LEV-43", INACTIVE.email), ("LEV-42", APRIL.email)}
    told = product.words.text(answer.warnings[0])
    assert told.startswith(f"{NO_ZOOM.email} is not an active user of the connected Zoom account.")


@proves("LEV-45")
def check_only_the_primary(product: Product) -> None:
    """A single host has every turn."""
    turns = Turns(pool=frozenset({APRIL.email}), counts=((APRIL.email, 7),), last=APRIL.email)
    answer = hosted(product, hosting(settings=specific_hosts(APRIL), hosts=(APRIL,), turns=turns))
    assert answer.host.email == APRIL.email
    assert answer.turn is not None
    assert cited(answer) == {"LEV-45"}


@proves("LEV-46")
def check_interviewers_zoom_plays_no_part(product: Product) -> None:
    """With specific hosts, an interviewer's own Zoom user is not considered."""
    answer = hosted(product, hosting(about=interview(BRYNNA, APRIL), settings=specific_hosts(CALVIN), hosts=(CALVIN,)))
    assert answer.host.email == CALVIN.email
    assert {one.who for one in answer.considered} == {CALVIN.email}


@proves("LEV-46")
def check_interviewing_does_not_change_a_turn(product: Product) -> None:
    """A specific host who interviews has their turn like any other: neither before it nor never."""
    people = (CALVIN, BRYNNA)
    for interviewer in people:
        asked = hosting(about=interview(interviewer), settings=specific_hosts(*people), hosts=people)
        assert hosted(product, asked).host.email == CALVIN.email


@proves("LEV-47")
def check_entered_hosts_rest_under_first_interviewer(product: Product) -> None:
    """A list entered earlier is not used while the first interviewer hosts, even if none of them can."""
    settings = given(host_selection="first_interviewer", hosts=(CALVIN.email,))
    answer = hosted(product, hosting(about=interview(BRYNNA), settings=settings, hosts=(CALVIN,)))
    assert answer.host.email == BRYNNA.email
    asked = hosting(about=interview(NO_ZOOM), settings=settings, hosts=(CALVIN,))
    refusal(product.select_host(asked), "no_eligible_host")
