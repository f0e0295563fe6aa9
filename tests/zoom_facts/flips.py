"""Facts made false in the sandbox, each with the checks that notice and some that must not.

A check that holds whatever the sandbox does proves nothing; these show that the checks look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from greenroom.sandbox import control, held, limits, meeting_rules, meetings, paging
from greenroom.sandbox.directory import App, User
from greenroom.sandbox.errors import OAuthError, ZoomError
from greenroom.sandbox.grants import Grant, Grants
from greenroom.sandbox.settings import HostSettings
from greenroom.sandbox.state import State
from greenroom.sandbox.subscriptions import Subscription

Apply = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True)
class Flip:
    """A fact made false.

    Attributes:
        instead: what the sandbox does instead.
        noticed_by: the checks that fail then.
        not_by: related checks that go on passing.
    """

    fact: str
    instead: str
    apply: Apply
    noticed_by: tuple[str, ...]
    not_by: tuple[str, ...]


def _codes_work_again(patch: pytest.MonkeyPatch) -> None:
    real = Grants.redeem

    def redeem(self: Grants, app: App, value: str, redirect_uri: str, verifier: str) -> Grant:
        code = self._codes.get(value)
        grant = real(self, app, value, redirect_uri, verifier)
        if code is not None:
            self._codes[value] = code
        return grant

    patch.setattr(Grants, "redeem", redeem)


def _replaced_tokens_live_on(patch: pytest.MonkeyPatch) -> None:
    real = Grants.of_refresh_token

    def of_refresh_token(self: Grants, app: App, token: str) -> Grant:
        return real(self, replace(app, refresh_grace_seconds=60), token)

    patch.setattr(Grants, "of_refresh_token", of_refresh_token)


def _grants_live_side_by_side(patch: pytest.MonkeyPatch) -> None:
    real = Grants.end

    def end(self: Grants, why: Any, chosen: Callable[[Grant], bool]) -> int:
        return 0 if why == "superseded" else real(self, why, chosen)

    patch.setattr(Grants, "end", end)


def _numbers_in_oauth_errors(patch: pytest.MonkeyPatch) -> None:
    real = OAuthError.body
    patch.setattr(OAuthError, "body", lambda self: {**real(self), "code": 4734})


def _scopes_without_the_period(patch: pytest.MonkeyPatch) -> None:
    real = ZoomError.body

    def body(self: ZoomError) -> dict[str, object]:
        said = real(self)
        return {**said, "message": self.message.removesuffix(".")} if self.code == 4711 else said

    patch.setattr(ZoomError, "body", body)


def _a_hundred_and_one(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(limits, "HOST_CHANGES_A_DAY", 101)


def _another_text_for_the_second(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(limits._MESSAGES, 1, "Too many requests.")


def _no_forced_waiting_room(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(meeting_rules, "_secure", lambda *asked: asked[-1])  # the passcode, and nothing else done


def _joining_early_beside_a_waiting_room(patch: pytest.MonkeyPatch) -> None:
    real = meetings.settle_settings

    def settle(asked: Mapping[str, object], *more: Any) -> tuple[dict[str, object], str]:
        settings, passcode = real(asked, *more)
        early = bool(asked.get("join_before_host")) and bool(asked.get("waiting_room"))
        return {**settings, "join_before_host": settings["join_before_host"] or early}, passcode

    patch.setattr(meetings, "settle_settings", settle)


def _requests_beat_locks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(HostSettings, "bool_of", lambda *_, asked: asked)


def _past_starts_count(patch: pytest.MonkeyPatch) -> None:
    real = meetings.replan
    long_ago = datetime(1970, 1, 1, tzinfo=UTC)
    patch.setattr(meetings, "replan", lambda meeting, body, _: real(meeting, body, long_ago))


def _page_tokens_live_half_an_hour(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(paging, "PAGE_TOKEN_LIFE", timedelta(minutes=30))


def _uuids_encoded_once(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(held, "unquote", lambda text: text)


def _private_apps_are_told(patch: pytest.MonkeyPatch) -> None:
    real = control.remove_app

    def remove(state: State, app: App, user: User) -> int:
        return real(state, replace(app, published=True), user)

    patch.setattr(control, "remove_app", remove)


def _signatures_over_the_body_alone(patch: pytest.MonkeyPatch) -> None:
    real = Subscription.signature
    patch.setattr(Subscription, "signature", lambda self, _, body: real(self, "", body))


FLIPS = (
    Flip(
        "ZOOM-013",
        "an authorization code works again and again",
        _codes_work_again,
        ("check_tokens.check_code_works_once",),
        ("check_tokens.check_code_becomes_tokens", "check_tokens.check_code_lives_five_minutes"),
    ),
    Flip(
        "ZOOM-019",
        "every app has a minute of grace for a replaced refresh token",
        _replaced_tokens_live_on,
        ("check_tokens.check_strict_rotation",),
        ("check_tokens.check_lenient_rotation", "check_tokens.check_refresh_token_lives_ninety_days"),
    ),
    Flip(
        "ZOOM-021",
        "a second authorization leaves the first grant alive",
        _grants_live_side_by_side,
        ("check_tokens.check_one_live_grant_for_each_app_and_user",),
        ("check_tokens.check_revoke", "check_consent.check_removed_app_has_dead_tokens"),
    ),
    Flip(
        "ZOOM-024",
        "errors of the token endpoint carry a number",
        _numbers_in_oauth_errors,
        (
            "check_apps.check_server_to_server",
            "check_tokens.check_client_proves_itself",
            "check_tokens.check_code_works_once",
            "check_tokens.check_lenient_rotation",
            "check_tokens.check_one_live_grant_for_each_app_and_user",
            "check_tokens.check_owner_of_the_token_is_gone",
            "check_tokens.check_refresh_token_lives_ninety_days",
            "check_tokens.check_strict_rotation",
            "check_tokens.check_unknown_grant_type",
        ),
        ("check_tokens.check_code_becomes_tokens", "check_tokens.check_access_token_lives_an_hour"),
    ),
    Flip(
        "ZOOM-051",
        "private apps are told of their removal too",
        _private_apps_are_told,
        ("check_consent.check_only_published_apps_hear_of_their_removal",),
        ("check_consent.check_deauthorization_names_who_and_when", "check_consent.check_removed_app_has_dead_tokens"),
    ),
    Flip(
        "ZOOM-058",
        "the text of 4711 ends without its period",
        _scopes_without_the_period,
        ("check_reach.check_missing_scope",),
        ("check_reach.check_scope_before_resource", "check_apps.check_optional_scopes"),
    ),
    Flip(
        "ZOOM-073",
        "a page token lives half an hour",
        _page_tokens_live_half_an_hour,
        ("check_errors.check_page_token_lives_fifteen_minutes",),
        ("check_errors.check_pages", "check_errors.check_page_token_belongs_to_its_query"),
    ),
    Flip(
        "ZOOM-120",
        "an update moves a meeting into the past",
        _past_starts_count,
        ("check_changes.check_past_start_is_ignored",),
        ("check_changes.check_update_changes_what_was_sent", "check_changes.check_new_passcode_is_a_new_link"),
    ),
    Flip(
        "ZOOM-131",
        "a meeting asked for without any security gets none",
        _no_forced_waiting_room,
        ("check_security.check_waiting_room_is_forced",),
        ("check_security.check_rule_may_be_off", "check_security.check_generated_passcode"),
    ),
    Flip(
        "ZOOM-133",
        "guests may join early although there is a waiting room",
        _joining_early_beside_a_waiting_room,
        ("check_security.check_waiting_room_beats_joining_early",),
        ("check_security.check_minutes_of_joining_early", "check_security.check_locks_win_silently"),
    ),
    Flip(
        "ZOOM-135",
        "what a meeting asks for beats a lock",
        _requests_beat_locks,
        ("check_security.check_locks_win_silently",),
        ("check_security.check_locked_passcode", "check_people.check_lock_settings"),
    ),
    Flip(
        "ZOOM-153",
        "a host has 101 changes a day",
        _a_hundred_and_one,
        ("check_limits.check_deletes_do_not_count", "check_limits.check_hundred_changes_a_day"),
        ("check_limits.check_account_shares_its_rate", "check_limits.check_light_calls_a_second"),
    ),
    Flip(
        "ZOOM-156",
        "the per-second refusal has another text",
        _another_text_for_the_second,
        ("check_limits.check_account_shares_its_rate",),
        ("check_limits.check_medium_calls_a_second", "check_limits.check_limit_headers"),
    ),
    Flip(
        "ZOOM-161",
        "the signature leaves out the timestamp",
        _signatures_over_the_body_alone,
        ("check_events.check_signature", "check_events.check_url_is_validated_first"),
        ("check_events.check_retries", "check_events.check_user_app_hears_of_its_users"),
    ),
    Flip(
        "ZOOM-190",
        "a uuid in a path is encoded once",
        _uuids_encoded_once,
        ("check_live.check_uuid_is_encoded_twice", "check_recordings.check_recording_by_number_and_by_uuid"),
        ("check_live.check_participants_of_a_lonely_meeting", "check_recordings.check_transcript"),
    ),
)
