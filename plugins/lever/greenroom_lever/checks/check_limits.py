"""Zoom's limit on Basic hosts: told, never lifted, and no reason to refuse."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.conformance import Product, cited, proves
from greenroom.conformance.facts import NOW, interview, meeting, organization, zoom_user
from greenroom.model import Candidate, Change, ChangeRequest, Follow, Interview, Say, ZoomUser
from greenroom_lever.checks.asks import APRIL, BEN, CALVIN, hosted, hosting, specific_hosts, toggle

CAM = Candidate(email="cam@home.example")
BASIC = zoom_user("ben@acme.example", licensed=False)


def _long(minutes: int | None = 41) -> Interview:
    """Return an interview of three people, hosted by Ben, who is on Zoom Basic."""
    return interview(BEN, CALVIN, minutes=minutes, candidates=(CAM,))


def _limits(warnings: Sequence[Say]) -> list[dict[str, str | int]]:
    assert {one.key for one in warnings} <= {"basic_limit"}
    return [dict(one.values) for one in warnings]


def _moved(product: Product, after: Interview | None, host: ZoomUser | None = BASIC) -> Change:
    """Return what follows when Ben's meeting of half an hour becomes ``after``."""
    made = None if host is None else meeting(host, toggle("blue"))
    request = ChangeRequest(
        organization=organization(), actor=None, at=NOW, before=_long(30), after=after, meeting=made
    )
    return product.change(request)


@proves("LEV-07", "LEV-09")
def check_basic_limit_is_a_warning(product: Product) -> None:
    """A Basic host of a long meeting with three people still hosts, and Zoom's limit is told."""
    answer = hosted(product, hosting(about=_long()))
    assert answer.host == BEN.zoom
    assert _limits(answer.warnings) == [{"minutes": 40, "people": 3}]
    assert cited(answer) == {"LEV-07", "LEV-09", "LEV-36", "LEV-38"}
    told = product.words.text(answer.warnings[0])
    assert told.endswith("meetings are a maximum of 40 minutes if there are 3 or more people.")


@proves("LEV-07", "LEV-09")
def check_basic_limit_of_a_host_in_turn(product: Product) -> None:
    """The limit is a Basic host's whichever way they were chosen."""
    answer = hosted(product, hosting(about=_long(), settings=specific_hosts(BEN), hosts=(BEN,)))
    assert answer.host == BEN.zoom
    assert _limits(answer.warnings) == [{"minutes": 40, "people": 3}]


@proves("LEV-07")
def check_no_warning_within_the_limit(product: Product) -> None:
    """Forty minutes, an open length, or a licensed host, are within what Zoom allows."""
    licensed = interview(CALVIN, BEN, minutes=90, candidates=(CAM,))
    for about in (_long(40), _long(None), licensed):
        answer = hosted(product, hosting(about=about))
        assert not answer.warnings
        assert cited(answer) == {"LEV-36", "LEV-38"}


@proves("LEV-08")
def check_two_people_have_no_limit(product: Product) -> None:
    """The document's limit is for three or more: two people, and one person counted twice, have none."""
    for about in (
        interview(BEN, minutes=90, candidates=(CAM,)),
        interview(BEN, BEN, minutes=90, candidates=(CAM,)),
    ):
        assert not hosted(product, hosting(about=about)).warnings
    three = interview(BEN, minutes=90, candidates=(CAM, Candidate(email="kim@home.example")))
    assert hosted(product, hosting(about=three)).warnings


@proves("LEV-08")
def check_a_platform_may_count_two(product: Product) -> None:
    """Where Zoom counts otherwise than the document says, the figures are parameters; the rule is the same."""
    asked = hosting(about=interview(BEN, minutes=31, candidates=(CAM,)))
    figures = {"parameters": (("basic_limit_min_people", 2), ("basic_limit_minutes", 30))}
    answer = hosted(product, asked.model_copy(update=figures))
    assert _limits(answer.warnings) == [{"minutes": 30, "people": 2}]


@proves("LEV-09")
def check_an_interview_that_outgrows_the_limit(product: Product) -> None:
    """Moved to more than forty minutes, the link stays, everybody is told, and so is the limit."""
    answer = _moved(product, _long(90))
    assert isinstance(answer, Follow), answer
    assert (answer.at_zoom, answer.calendars) == ("update", "update")
    assert _limits(answer.warnings) == [{"minutes": 40, "people": 3}]
    assert cited(answer) == {"CORE-01", "CORE-03", "LEV-07", "LEV-09"}


@proves("LEV-07", "LEV-09")
def check_no_limit_where_none_is_outgrown(product: Product) -> None:
    """A change within the limit, a cancellation, a licensed host, or no meeting at all, is told of no limit."""
    assert APRIL.zoom is not None
    for answer in (
        _moved(product, _long(40)),
        _moved(product, None),
        _moved(product, _long(90), APRIL.zoom),
        _moved(product, _long(90), None),
    ):
        assert answer.kind == "follow"
        assert not answer.warnings
        assert not cited(answer) & {"LEV-07", "LEV-09"}
