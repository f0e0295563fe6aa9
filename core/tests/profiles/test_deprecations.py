"""What is deprecated in the hook API warns at the line of whoever uses it, and goes on working."""

from __future__ import annotations

import inspect
import sys
import warnings
from pathlib import Path
from types import ModuleType

import pytest
from core.tests.profiles import asks
from core.tests.profiles.acme import acme
from core.tests.profiles.conftest import Install
from pydantic import Field

from greenroom import hooks
from greenroom.hooks import hookspec
from greenroom.model import FrozenMap, MeetingRequest, Value, Want, Wanted
from greenroom.profiles import BrokenProfile

GOING = DeprecationWarning("want_meeting goes in hook API 2.0: implement meeting_wanted")
RENAMED = DeprecationWarning("the argument 'request' goes in hook API 2.0: call it 'question'")


def line_of(module: ModuleType, text: str) -> int:
    """Return the number of the line that has ``text`` in it."""
    lines = inspect.getsource(module).splitlines()
    return next(number for number, line in enumerate(lines, start=1) if text in line)


@hookspec(firstresult=True, warn_on_impl=GOING)
def going(request: MeetingRequest) -> Want:
    """Stand for `want_meeting` in a version that has deprecated it."""
    raise AssertionError(request)


@hookspec(firstresult=True, warn_on_impl_args={"request": RENAMED})
def renamed(question: MeetingRequest, request: MeetingRequest) -> Want:
    """Stand for `want_meeting` in a version that calls its argument otherwise."""
    raise AssertionError(question, request)


def test_a_deprecated_hook_warns_once_at_its_implementation(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading warns with the file and line of the plugin's function, nobody else's, and the hook still answers."""
    monkeypatch.setattr(hooks, "want_meeting", going)
    registry = install(acme())
    with pytest.warns(DeprecationWarning, match="implement meeting_wanted") as heard:
        profile = registry.profile("acme")
    rules = sys.modules["greenroom_acme.rules"]
    assert [(Path(one.filename).name, one.lineno) for one in heard] == [
        ("rules.py", line_of(rules, "def want_meeting") - 1)
    ]
    assert isinstance(profile.want_meeting(asks.meeting()).answer, Wanted)


def test_a_deprecated_argument_warns_and_is_given(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a hook's argument has another name now, the earlier one is warned of, and given as before."""
    monkeypatch.setattr(hooks, "want_meeting", renamed)
    with pytest.warns(DeprecationWarning, match="call it 'question'"):
        profile = install(acme()).profile("acme")
    assert isinstance(profile.want_meeting(asks.meeting()).answer, Wanted)


def test_the_new_argument_is_not_warned_of(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has moved on hears nothing."""
    monkeypatch.setattr(hooks, "want_meeting", renamed)
    moved_on = acme().edited(
        "rules.py",
        "def want_meeting(request: MeetingRequest) -> Want:\n",
        "def want_meeting(question: MeetingRequest) -> Want:\n    request = question\n",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        profile = install(moved_on).profile("acme")
    assert isinstance(profile.want_meeting(asks.meeting()).answer, Wanted)


def test_a_deprecation_can_be_made_an_error(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """With warnings as errors the plugin that uses what goes away is broken, by name, and the others are not."""
    monkeypatch.setattr(hooks, "want_meeting", going)
    registry = install(acme())
    with pytest.raises(BrokenProfile, match=r"profile 'acme'.*meeting_wanted"):
        registry.profile("acme")


class Bookings(Value):
    """A value with a field that goes away."""

    notes: FrozenMap = Field(default=(), deprecated="notes goes in hook API 2.0: read options")


def test_a_deprecated_field_warns_where_it_is_read() -> None:
    """A field of a request that is deprecated warns at the reader's line, and has its value."""
    booking = Bookings(notes=(("one", 1),))
    with pytest.warns(DeprecationWarning, match="read options") as heard:
        assert booking.notes == (("one", 1),)
    assert [Path(one.filename).name for one in heard] == [Path(__file__).name]


def test_handing_a_deprecated_field_on_is_not_reading_it() -> None:
    """Core copies, compares, prints and sends values with deprecated fields without a warning."""
    booking = Bookings(notes=(("one", 1),))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert booking.model_copy() == booking
        assert Bookings.model_validate_json(booking.model_dump_json()) == booking
        assert "one" in repr(booking)
