"""Whether a webhook is Zoom's."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from pydantic import SecretStr

from greenroom.engine.ports.zoom import ZoomApp
from greenroom.zoom import WebhookRejected, digest, validation_reply, verify

SECRET = "canary-webhook-secret"
STAMP = 1689061099
NOW = datetime.fromtimestamp(STAMP, UTC)
BODY = '{"event":"app_deauthorized","payload":{"account_id":"a1", "name":"Zo\u00eb"}}'.encode()


def app(secret: str | None = SECRET) -> ZoomApp:
    """Return an app with a webhook secret."""
    return ZoomApp(
        name="acme",
        kind="user",
        client_id="c",
        client_secret=SecretStr("s"),
        redirect_uri="https://hire.acme.example/back",
        webhook_secret=None if secret is None else SecretStr(secret),
    )


def signed(body: bytes = BODY, stamp: str = str(STAMP), secret: str = SECRET) -> dict[str, str]:
    """Return the headers Zoom sends with a body."""
    mac = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
    return {"x-zm-request-timestamp": stamp, "x-zm-signature": f"v0={mac.hexdigest()}"}


def test_a_known_signature_is_accepted() -> None:
    """A vector computed with OpenSSL: HMAC-SHA256 over ``v0:1689061099:{}`` under the key ``secret``."""
    headers = {
        "x-zm-request-timestamp": "1689061099",
        "x-zm-signature": "v0=b831f472feeb01563b3ca8053bae2b617aa93b20012b5ba2b6dcb3e241ac08ff",
    }
    verify(app("secret"), headers, b"{}", NOW)


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_five_minutes_either_way_are_accepted(seconds: int) -> None:
    """Clocks differ, and delivery takes time."""
    verify(app(), signed(), BODY, NOW + timedelta(seconds=seconds))


def test_header_names_may_be_in_any_case() -> None:
    """HTTP does not tell them apart."""
    verify(app(), {name.title(): value for name, value in signed().items()}, BODY, NOW)


@pytest.mark.parametrize("seconds", [-301, 301, 86400])
def test_what_is_older_or_from_the_future_is_rejected(seconds: int) -> None:
    """A webhook somebody kept cannot be played again later."""
    with pytest.raises(WebhookRejected, match="seconds off"):
        verify(app(), signed(), BODY, NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (signed(), BODY + b" "),
        (signed(), BODY.replace(b", ", b",")),
        (signed(secret="other"), BODY),
        (signed(stamp=str(STAMP + 1)) | {"x-zm-request-timestamp": str(STAMP)}, BODY),
        (signed() | {"x-zm-signature": signed()["x-zm-signature"].removeprefix("v0=")}, BODY),
        (signed() | {"x-zm-signature": signed()["x-zm-signature"].upper()}, BODY),
        (signed() | {"x-zm-signature": "v0="}, BODY),
        (signed() | {"x-zm-signature": "v0=é\udcff"}, BODY),
        (signed() | {"x-zm-signature": ""}, BODY),
        ({"x-zm-signature": signed()["x-zm-signature"]}, BODY),
        ({"x-zm-request-timestamp": str(STAMP)}, BODY),
        ({}, BODY),
    ],
)
def test_another_body_secret_time_or_form_is_rejected(headers: dict[str, str], body: bytes) -> None:
    """The signature covers exactly the bytes that came, with exactly that timestamp."""
    with pytest.raises(WebhookRejected) as caught:
        verify(app(), headers, body, NOW)
    assert SECRET not in str(caught.value)
    assert "acme" in str(caught.value)


@pytest.mark.parametrize(
    "stamp", ["", " 1689061099", "+1689061099", "1689061099.0", "1689061099\n", "١٦٨٩٠٦١٠٩٩", "1" * 13, "-5"]
)
def test_a_timestamp_is_up_to_twelve_ascii_digits(stamp: str) -> None:
    """Even when it is signed, nothing else is read as a time."""
    with pytest.raises(WebhookRejected):
        verify(app(), signed(stamp=stamp), BODY, NOW)


def test_both_secrets_are_accepted_while_one_is_being_changed() -> None:
    """Zoom signs with the old one until somebody saves the new one there, and the answer says which it was."""
    changing = app().model_copy(update={"webhook_secret_previous": SecretStr("old")})
    assert verify(changing, signed(), BODY, NOW).get_secret_value() == SECRET
    assert verify(changing, signed(secret="old"), BODY, NOW).get_secret_value() == "old"
    with pytest.raises(WebhookRejected):
        verify(changing, signed(secret="older"), BODY, NOW)
    with pytest.raises(WebhookRejected):
        verify(app(), signed(secret="old"), BODY, NOW)


def test_an_empty_previous_secret_lets_nobody_in() -> None:
    """A setting that is there and empty is none."""
    changed = app().model_copy(update={"webhook_secret_previous": SecretStr("")})
    with pytest.raises(WebhookRejected):
        verify(changed, signed(secret=""), BODY, NOW)


def test_every_secret_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even when the first one fits, the others are compared too: time tells nothing."""
    compared: list[bytes] = []
    compare = hmac.compare_digest

    def noting(one: bytes, other: bytes) -> bool:
        compared.append(one)
        return compare(one, other)

    monkeypatch.setattr(hmac, "compare_digest", noting)
    verify(app().model_copy(update={"webhook_secret_previous": SecretStr("old")}), signed(), BODY, NOW)
    assert len(compared) == 2


@pytest.mark.parametrize("secret", [None, ""])
def test_without_a_secret_nothing_is_accepted(secret: str | None) -> None:
    """An empty secret would let anybody sign; the setting that is missing is named."""
    with pytest.raises(WebhookRejected, match="GREENROOM_ZOOM_APPS__ACME__WEBHOOK_SECRET"):
        verify(app(secret), signed(secret=secret or ""), BODY, NOW)


def test_the_address_is_validated_with_the_secret() -> None:
    """Zoom compares the HMAC of its token; this vector was computed with OpenSSL."""
    reply = validation_reply(app(), "qgg8vlvZRS6UYooatFL8Aw", SecretStr("secret"))
    assert reply == {
        "plainToken": "qgg8vlvZRS6UYooatFL8Aw",
        "encryptedToken": "72cef096bfd47c0b8664df30d07721641e4abd7e885ba432204260db477a9a3e",
    }


@pytest.mark.parametrize("token", ["", "x" * 257, f"v0:{STAMP}:{{}}", "a b", "a\n", "é"])
def test_nothing_but_a_token_is_signed(token: str) -> None:
    """Whoever may choose what we sign could make us sign a webhook of theirs."""
    with pytest.raises(WebhookRejected):
        validation_reply(app(), token, SecretStr(SECRET))


def test_a_redelivery_is_told_by_its_bytes() -> None:
    """The same body has the same digest, any other another."""
    assert digest(BODY) == digest(bytes(BODY))
    assert digest(BODY) != digest(BODY + b" ")
