"""Host logic over histories and panels that nobody wrote down."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenroom.conformance.facts import interview, person, with_zoom
from greenroom.model import HostChoice, Person, Refusal, Turns, ZoomStatus
from greenroom_lever.checks.asks import hosting
from greenroom_lever.rules import select_host
from greenroom_lever.settings import HostSelection, OrganizationSettings

PEOPLE = tuple(with_zoom(f"{name}@acme.example") for name in ("april", "ben", "calvin", "dana"))
POOLS = st.permutations(PEOPLE).flatmap(lambda order: st.integers(1, len(order)).map(lambda n: tuple(order[:n])))
STANDINGS: st.SearchStrategy[ZoomStatus | None] = st.sampled_from((None, "active", "inactive", "pending"))


def specific_hosts(*people: Person) -> OrganizationSettings:
    """Return settings that let ``people`` host in turn."""
    return OrganizationSettings(host_selection=HostSelection.SPECIFIC_HOSTS, hosts=tuple(one.email for one in people))


class History:
    """The turns of one rotation: each meeting made or in flight holds one, a failure gives its turn back."""

    def __init__(self, pool: tuple[Person, ...], *, after: str | None = None) -> None:
        self.pool = pool
        self.after = after
        self.held: list[str] = []

    def counts(self) -> dict[str, int]:
        return {one.email: self.held.count(one.email) for one in self.pool}

    def intend(self) -> str:
        """Ask whose turn it is and count it."""
        turns = Turns(
            pool=frozenset(self.counts()),
            counts=tuple(self.counts().items()),
            last=self.held[-1] if self.held else self.after,
        )
        answer = select_host(hosting(settings=specific_hosts(*self.pool), hosts=self.pool, turns=turns))
        assert isinstance(answer, HostChoice)
        assert answer.turn is not None
        self.held.append(answer.turn.host)
        return answer.turn.host

    def give_back(self, index: int) -> None:
        del self.held[index]


def _panel(standings: list[ZoomStatus | None]) -> tuple[Person, ...]:
    addresses = (f"person{number}@acme.example" for number in range(len(standings)))
    return tuple(
        person(address) if status is None else with_zoom(address, status=status)
        for address, status in zip(addresses, standings, strict=True)
    )


@given(pool=POOLS, fates=st.lists(st.booleans(), max_size=20))
def test_successes_follow_the_order_entered(pool: tuple[Person, ...], fates: list[bool]) -> None:
    """One meeting at a time, whoever's creation failed is asked again: links go round in the order entered."""
    history = History(pool)
    for succeeded in fates:
        history.intend()
        if not succeeded:
            history.give_back(-1)
    expected = [pool[turn % len(pool)].email for turn in range(sum(fates))]
    assert history.held == expected


@given(pool=POOLS, steps=st.lists(st.one_of(st.none(), st.integers(0, 99)), max_size=40))
def test_every_interleaving_stays_fair(pool: tuple[Person, ...], steps: list[int | None]) -> None:
    """However intents and failures interleave, a turn goes to a host with the fewest meetings."""
    history = History(pool)
    for step in steps:
        if step is not None and history.held:
            history.give_back(step % len(history.held))
            continue
        before = history.counts()
        assert before[history.intend()] == min(before.values())


@given(pool=POOLS, turns=st.integers(0, 30))
def test_nobody_is_more_than_one_ahead(pool: tuple[Person, ...], turns: int) -> None:
    """Without failures two hosts never differ by more than one meeting."""
    history = History(pool)
    for _ in range(turns):
        history.intend()
    counts = history.counts().values()
    assert max(counts) - min(counts) <= 1


@given(changes=st.lists(st.tuples(POOLS, st.lists(st.booleans(), max_size=8)), min_size=1, max_size=4))
def test_a_changed_pool_starts_anew(changes: list[tuple[tuple[Person, ...], list[bool]]]) -> None:
    """Hosts who are added, or lost at Zoom, change whose turn is counted: from then on links go round among those who
    are left, beginning after whoever hosted last, whatever failed before or since."""
    last: str | None = None
    for pool, fates in changes:
        history = History(pool, after=last)
        order = [one.email for one in pool]
        first = (order.index(last) + 1) % len(order) if last in order else 0
        for succeeded in fates:
            history.intend()
            if not succeeded:
                history.give_back(-1)
        assert history.held == [order[(first + turn) % len(order)] for turn in range(sum(fates))]
        last = history.held[-1] if history.held else last


@given(standings=st.lists(STANDINGS, max_size=6))
def test_first_interviewer_is_the_first_active(standings: list[ZoomStatus | None]) -> None:
    """Whoever has no active Zoom user never hosts; the first who has one does; nobody else stands in."""
    answer = select_host(hosting(about=interview(*_panel(standings))))
    if "active" in standings:
        assert isinstance(answer, HostChoice)
        assert answer.host.email == f"person{standings.index('active')}@acme.example"
        assert len(answer.considered) == standings.index("active") + 1
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "no_eligible_host"
        assert len([one for one in answer.because if one.clause == "LEV-37"]) == len(standings)


@given(standings=st.lists(st.tuples(STANDINGS, st.booleans()), max_size=6))
def test_the_pool_is_verified_and_active(standings: list[tuple[ZoomStatus | None, bool]]) -> None:
    """Exactly the verified addresses of active Zoom users are in the rotation; all others are accounted for."""
    people = _panel([status for status, _ in standings])
    verified = tuple(one for one, (_, known) in zip(people, standings, strict=True) if known)
    able = {one.email for one in verified if one.zoom is not None and one.zoom.status == "active"}
    answer = select_host(hosting(settings=specific_hosts(*people), hosts=people, verified=verified))
    if not able:
        assert isinstance(answer, Refusal)
        return
    assert isinstance(answer, HostChoice)
    assert answer.turn is not None
    assert answer.turn.pool == able
    assert [one.who for one in answer.considered] == [one.email for one in people]
    assert {one.who for one in answer.considered if one.verdict != "skipped"} == able


def test_an_address_entered_twice_has_one_turn() -> None:
    """Entering an address again gives it no second place in the rotation."""
    april, ben = PEOPLE[:2]
    answer = select_host(hosting(settings=specific_hosts(april, ben, april), hosts=(april, ben)))
    assert isinstance(answer, HostChoice)
    assert [one.who for one in answer.considered] == [april.email, ben.email]
