"""Who may host in an organization and why not, and whose turn it is; looking uses no turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from greenroom.engine.deployment import Deployment
from greenroom.engine.directory import Directory
from greenroom.engine.host_days import budget_of, today
from greenroom.engine.host_views import HostsView, HostView, NextHost
from greenroom.engine.outcomes import HostDayView
from greenroom.engine.ports.store import Transaction
from greenroom.engine.questions import Questions
from greenroom.engine.settings_input import looked_up_emails
from greenroom.engine.standing import Standing, read_standing
from greenroom.engine.words import text_of
from greenroom.model import (
    Answer,
    Because,
    Choice,
    HostChoice,
    Interview,
    Level,
    Member,
    Person,
    Refusal,
    Stage,
    Turns,
    Wish,
    ZoomUser,
)
from greenroom.profiles import Answered


@dataclass(frozen=True)
class _Known:
    """The people a question about hosts is about: members, whoever a host list names, and whoever hosts already."""

    standing: Standing
    members: dict[str, Member]
    listed: tuple[str, ...]
    hosting: tuple[str, ...]
    moving: tuple[str, ...]

    @property
    def emails(self) -> tuple[str, ...]:
        """Everybody, each once: those on the host list first, in its order."""
        return tuple(dict.fromkeys((*self.listed, *self.members, *self.hosting)))


class Hosts:
    """The use case behind `hosts`."""

    def __init__(self, deployment: Deployment, directory: Directory, questions: Questions) -> None:
        self._deployment = deployment
        self._directory = directory
        self._questions = questions

    async def show(self, organization: str) -> HostsView:
        """Ask the profile of everybody known here whether they may host an interview that is theirs.

        Raises what Zoom raises when nobody can be looked up [CORE-07].
        """
        known = await self._deployment.store.read(lambda tx: self._known(tx, organization))
        standing = known.standing
        users = await self._directory.look_up(standing, known.emails)
        choices = {email: await self._asked(known, email) for email in known.emails}
        coming = await self._coming(known, choices.values())
        days = await self._days(users.values())
        rotation = standing.profile.manifest.capabilities.get("rotation")
        return HostsView(
            organization=standing.record.name,
            profile=f"{standing.record.profile}@{standing.record.edition}",
            hosts=tuple(_view(known, one, users.get(one), choices[one], coming, days) for one in known.emails),
            next=coming,
            rotation=rotation.reason if rotation is not None else "",
            moving=known.moving,
        )

    def _known(self, tx: Transaction, organization: str) -> _Known:
        standing = read_standing(tx, self._deployment.profiles, organization)
        settings = standing.settings_view()
        interviews = tx.interviews.of_organization(standing.record.id)
        live = {row.meeting_id for row in interviews if row.state == "live"}
        return _Known(
            standing=standing,
            members={one.email: one for one in tx.organizations.members(standing.record.id)},
            listed=looked_up_emails(settings.organization) if settings.organization is not None else (),
            hosting=tuple(
                row.meeting.host.email
                for row in tx.interviews.meetings(standing.record.id)
                if row.meeting.id in live and row.state == "live"
            ),
            moving=tuple(row.id for row in interviews if row.moving is not None),
        )

    async def _asked(self, known: _Known, email: str, turns: Turns | None = None) -> Answered[Choice]:
        """Ask about an interview that this person schedules and takes part in: theirs if it can be."""
        standing = replace(known.standing, actor=known.members.get(email))
        if turns is not None:
            standing = replace(standing, turns=turns)
        person = Person(email=email)
        interview = Interview(
            id="", panel="", wish=Wish(zoom=True), stage=Stage.CONFIRMED, scheduler=person, interviewers=(person,)
        )
        return await self._questions.who_hosts(standing, interview)

    async def _coming(self, known: _Known, choices: Iterable[Answered[Choice]]) -> NextHost | None:
        """Return whose turn it is and who comes after them, each once: asked with the turns before them counted."""
        first = next((one.answer for one in choices if isinstance(one.answer, HostChoice) and one.answer.turn), None)
        if first is None:
            return None
        order: dict[str, None] = {}
        turns, choice = known.standing.turns, first
        for _ in range(_MOST_ROUNDS * len(first.turn.pool) if first.turn is not None else 0):
            if choice.turn is None:
                break
            order[choice.turn.host] = None
            if len(order) == len(choice.turn.pool):
                break
            turns = _with_turn(turns, choice.turn.pool, choice.turn.host)
            answer = (await self._asked(known, known.emails[0], turns)).answer
            if not isinstance(answer, HostChoice):
                break
            choice = answer
        seen = next((one for one in first.considered if one.who == first.host.email), None)
        why = seen.because.fact if seen is not None else ""
        return NextHost(email=first.host.email, why=why, because=first.because, order=tuple(order))

    async def _days(self, users: Iterable[ZoomUser]) -> dict[str, HostDayView]:
        emails = {user.id: user.email for user in users}
        day = today(self._deployment)

        def read(tx: Transaction) -> dict[str, HostDayView]:
            budgets = [budget_of(tx.host_days.get(key, day)) for key in emails]
            return {
                emails[one.host_id]: HostDayView(
                    host=emails[one.host_id], changes=one.count, remaining=one.remaining, resets_at=one.resets_at
                )
                for one in budgets
            }

        return await self._deployment.store.read(read)


_MOST_ROUNDS = 10
"""A rotation that does not come round to somebody in so many rounds is not followed further."""


def _with_turn(turns: Turns, pool: frozenset[str], host: str) -> Turns:
    counts = dict(turns.counts) if turns.pool == pool else {}
    counts[host] = counts.get(host, 0) + 1
    return Turns(pool=pool, counts=tuple(sorted(counts.items())), last=host)


def _view(
    known: _Known,
    email: str,
    user: ZoomUser | None,
    asked: Answered[Choice],
    coming: NextHost | None,
    days: dict[str, HostDayView],
) -> HostView:
    standing, answer = known.standing, asked.answer
    hosts, via, why, because = _verdict(standing, email, answer)
    in_turn = coming is not None and email in coming.order
    return HostView(
        email=email,
        member=email in known.members,
        status=user.status if user is not None else None,
        licence=user.licence if user is not None else None,
        verified=email in standing.verified if email in known.listed else None,
        hosts=hosts,
        via=via,
        why=why,
        because=because,
        place=coming.order.index(email) + 1 if coming is not None and in_turn else None,
        turns=dict(standing.turns.counts).get(email, 0) if in_turn else None,
        day=days.get(user.email) if user is not None else None,
    )


def _verdict(standing: Standing, email: str, answer: Answer) -> tuple[bool, Level | None, str, tuple[Because, ...]]:
    """Return whether somebody may host, through which connection, and why or why not."""
    if isinstance(answer, Refusal):
        return False, None, text_of(standing.profile, answer.say), answer.because
    assert isinstance(answer, HostChoice)
    seen = next((one for one in answer.considered if one.who == email), None)
    if answer.host.email == email or (seen is not None and seen.verdict == "eligible"):
        return True, answer.via.level, seen.because.fact if seen is not None else "", answer.because
    if seen is not None:
        return False, None, seen.because.fact, (seen.because,)
    why = (
        "not among those who take turns" if answer.turn is not None else f"{answer.host.email} hosts, whoever schedules"
    )
    return False, None, why, answer.because
