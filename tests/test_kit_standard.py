"""The frozen list of standard checks: what it holds is there, asks what it asked, and cannot be taken away unseen."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from greenroom.conformance.contract import VERSION, contract, contracts
from greenroom.conformance.kit import contract_check, judge
from greenroom.conformance.product import Product
from greenroom.conformance.standard import Departure, StandardCheck, StandardList, asks, departure, standard

ABOUT = {"why": "It hurts.", "fix": "Mend it."}


def as_it_stands() -> StandardList:
    """Return the list that freezes the contracts as they stand."""
    rows = tuple(StandardCheck(name=one.name, asks=asks(one)) for one in contracts())
    return StandardList(version=VERSION, frozen=date(2026, 11, 21), contracts=rows)


def test_the_contracts_are_those_of_the_frozen_list() -> None:
    """Whoever adds, drops or changes a contract raises VERSION and freezes another list."""
    assert standard().version == VERSION
    assert standard().frozen is not None
    assert departure(contracts(), standard()) == Departure()


def test_a_departure_tells_what_is_missing_changed_and_new() -> None:
    """By name, and by all that a contract asks."""
    there = contracts()
    gone, first, *others = there
    changed = replace(first, says="Something else holds.")
    added = replace(gone, name="an_added_one")
    found = departure((changed, *others, added), as_it_stands())
    assert found == Departure(missing=(gone.name,), others=(first.name,), newer=frozenset({"an_added_one"}))


def test_what_is_asked_is_what_is_digested() -> None:
    """The rule, the code, what it is not for: each changes the digest; white space does not."""
    one = contracts()[0]
    other = contracts()[1]
    digests = {
        asks(one),
        *(
            asks(replace(one, **change))
            for change in (
                {"says": "Another."},
                {"refuses": not one.refuses},
                {"once": not one.once},
                {"body": other.body},
                {"unless": lambda _product: "never"},
            )
        ),
    }
    assert len(digests) == 6
    assert asks(replace(one, says=f" {one.says}\n")) == asks(one)


def test_a_newer_check_does_not_count_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """A contract that the list does not have is run, and what it finds is shown, but fails nobody."""

    @contract(**ABOUT)
    def brand_new(_product: Product, _data: object) -> None:
        """It holds."""
        raise AssertionError("it does not")

    monkeypatch.setattr("greenroom.conformance.kit.standard", as_it_stands)
    monkeypatch.setattr("greenroom.conformance.kit.contracts", lambda: (*contracts(), brand_new))
    (found,) = judge(None, [contract_check(brand_new)], seed=1, examples=1)  # type: ignore[arg-type]  # not looked at
    assert (found.verdict, found.said) == ("unscored", "it does not")


def test_a_list_that_is_not_frozen_holds_nobody() -> None:
    """While a version is made, nothing departs from it."""
    draft = StandardList(version=VERSION, frozen=None, contracts=(StandardCheck(name="gone", asks="0"),))
    assert departure((), draft) == Departure()


_TAMPERED = """
import sys
from greenroom.conformance.contracts import wording
{tampering}
from greenroom.cli import main
main(["conformance", "trakstar", "--seed", "1", "--check", "every_button_has_a_label"])
"""


@pytest.mark.parametrize(
    ("tampering", "how"),
    [
        ("del wording.every_button_has_a_label", "it is not there"),
        (
            "from dataclasses import replace\nwording.every_button_has_a_label = replace(\n"
            "    wording.every_button_has_a_label, body=wording.every_phase_has_a_label.body)",
            "another stands in its place",
        ),
        (
            "from dataclasses import replace\nwording.every_button_has_a_label = replace(\n"
            "    wording.every_button_has_a_label, unless=wording.every_phase_has_a_label.body)",
            "another stands in its place",
        ),
    ],
    ids=["removed", "overridden", "never applicable"],
)
def test_a_standard_check_cannot_be_taken_away_unseen(tampering: str, how: str) -> None:
    """Removed or replaced at run time, it is a fault of the kit's, and the exit code says so."""
    program = _TAMPERED.format(tampering=tampering)
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert run.returncode == 3, run.stderr
    told = " ".join(run.stdout.split())
    assert "a standard check is missing: every_button_has_a_label" in told
    assert how in told
