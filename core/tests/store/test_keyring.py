"""The text of the sealing keys: read strictly, and never repeated in a message."""

from __future__ import annotations

import base64

import pytest
from pydantic import SecretStr

from greenroom.errors import ConfigurationFault
from greenroom.store import BadKeys, Keyring, NoKeys
from greenroom.store.sealing import Place

KEY = base64.urlsafe_b64encode(bytes(range(224, 256))).decode()
PLACE = Place("p", ("r",))


@pytest.mark.parametrize("text", ["", "  ", ",", " , "])
def test_no_key_is_a_reason_not_to_start(text: str) -> None:
    """Without a key nothing starts, and the message says how to make one."""
    with pytest.raises(NoKeys, match="greenroom keys"):
        Keyring.parse(text)


def test_the_first_key_seals() -> None:
    """The order given is the order of the ring; blanks, padding and a trailing comma do not matter."""
    ring = Keyring.parse(f" k2:{KEY} , k1:{KEY.rstrip('=')},")
    assert ring.first == "k2"
    assert repr(ring) == "<Keyring k2, k1>"


def test_a_generated_key_is_a_ring() -> None:
    """A fresh key can be set as it is printed, and put before another fresh one."""
    ring = Keyring.parse(f"{Keyring.generate()},{Keyring.generate()}")
    assert ring.open(ring.seal(SecretStr("x"), PLACE), PLACE) == SecretStr("x")


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ("canary", "id and a colon"),
        (f":{KEY}", "id and a colon"),
        (f"k 1:{KEY}", "id and a colon"),
        ("k2:canary!", "base64url"),
        ("k2:Y2FuYXJ5", "6 bytes"),
        (f"k1:{KEY}", "earlier"),
    ],
)
def test_what_is_no_key_is_refused(entry: str, what: str) -> None:
    """A wrong entry is named by its position, and its text is not repeated."""
    with pytest.raises(BadKeys, match=what) as caught:
        Keyring.parse(f"k1:{KEY},{entry}")
    assert isinstance(caught.value, ConfigurationFault)
    assert "entry 2" in str(caught.value)
    assert "canary" not in str(caught.value)
    assert KEY.rstrip("=") not in str(caught.value)
