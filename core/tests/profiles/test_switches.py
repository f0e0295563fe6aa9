"""Three switches: by flag, environment and file, also while a plugin is broken."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from core.tests.profiles import asks
from core.tests.profiles.acme import Site, acme, policy

from greenroom.profiles import BlockedProfile, Registry, Switches, UnreadableSwitches

BROKEN = acme("apex").edited("rules.py", "SETTINGS = ", "raise SystemExit\nSETTINGS = ")

ONLY = Switches(only=frozenset({"acme"}))
BLOCK = Switches(block=frozenset({"apex"}))
NONE = Switches(none=True)


def from_environment(environment: Mapping[str, str]) -> Switches:
    """Return what the environment alone says."""
    return Switches.resolve(environment=environment)


def from_file(folder: Path, text: str) -> Switches:
    """Return what a configuration file alone says."""
    file = folder / "greenroom.toml"
    file.write_text(text, "utf-8")
    return Switches.resolve(environment={}, file=file)


@pytest.mark.parametrize(("switches", "apex"), [(ONLY, "blocked"), (BLOCK, "blocked"), (Switches(), "failed")])
def test_a_broken_plugin_can_be_switched_off(site: Site, switches: Switches, apex: str) -> None:
    """What a switch blocks is not touched at all, so it cannot fail; the other profile answers either way."""
    site.install(acme(), BROKEN)
    registry = Registry.discover(switches)
    assert {one.name: one.status for one in registry.check_all()} == {"acme": "loaded", "apex": apex}
    assert registry.profile("acme").want_meeting(asks.meeting()).profile == "acme"


def test_a_blocked_profile_says_which_switch_it_was(site: Site) -> None:
    """Asking for a blocked profile is an error of its own, and it is not among the names."""
    site.install(acme(), BROKEN)
    registry = Registry.discover(BLOCK)
    assert registry.names == ("acme",)
    with pytest.raises(BlockedProfile, match=r"greenroom-apex 1\.0\): blocked, it is on the list of blocked names"):
        registry.profile("apex")


def test_none_at_all(site: Site) -> None:
    """With profiles switched off nothing is loaded, policies included."""
    site.install(acme(), policy())
    registry = Registry.discover(NONE)
    assert {one.status for one in registry.check_all()} == {"blocked"}
    assert registry.names == ()


def test_a_policy_is_blocked_by_name_but_not_by_only(site: Site) -> None:
    """`only` chooses profiles; a site's policies stay in force unless blocked by name."""
    site.install(acme(), policy())
    kept = Registry.discover(ONLY).profile("acme").create_meeting(asks.create())
    dropped = Registry.discover(Switches(block=frozenset({"recorded"}))).profile("acme")
    assert kept.amended_by == ("recorded",)
    assert dropped.create_meeting(asks.create()).amended_by == ()


@pytest.mark.parametrize(
    ("environment", "switches"),
    [
        ({"GREENROOM_PROFILES_ONLY": "acme, apex"}, Switches(only=frozenset({"acme", "apex"}))),
        ({"GREENROOM_PROFILES_BLOCK": "apex"}, BLOCK),
        ({"GREENROOM_NO_PROFILES": "1"}, NONE),
        ({"GREENROOM_NO_PROFILES": "false"}, Switches()),
        ({"GREENROOM_PROFILES_ONLY": "", "GREENROOM_NO_PROFILES": ""}, Switches()),
    ],
)
def test_the_environment_is_read(environment: dict[str, str], switches: Switches) -> None:
    """Names are separated by commas; an empty variable is not set."""
    assert from_environment(environment) == switches


@pytest.mark.parametrize(
    ("text", "switches"),
    [
        ('[profiles]\nonly = ["acme"]', ONLY),
        ('[profiles]\nblock = ["apex"]', BLOCK),
        ("[profiles]\nnone = true", NONE),
        ("[service]\nport = 8080", Switches()),
    ],
)
def test_the_file_is_read(tmp_path: Path, text: str, switches: Switches) -> None:
    """The table `[profiles]` of a TOML file has the same three switches; other tables are not looked at."""
    assert from_file(tmp_path, text) == switches


def test_flag_beats_environment_beats_file(tmp_path: Path) -> None:
    """Each switch is taken from the first source that states it."""
    file = tmp_path / "greenroom.toml"
    file.write_text('[profiles]\nonly = ["file"]\nblock = ["file"]\nnone = true\n', "utf-8")
    environment = {"GREENROOM_PROFILES_ONLY": "environment", "GREENROOM_PROFILES_BLOCK": "environment"}
    found = Switches.resolve(only=["flag"], environment=environment, file=file)
    assert found == Switches(only=frozenset({"flag"}), block=frozenset({"environment"}), none=True)
    assert not Switches.resolve(none=False, environment=environment, file=file).none


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[profiles", "not TOML"),
        ('[profiles]\nnone = "yes"', "profiles.none: Input should be a valid boolean"),
        ("[profiles]\nonly = 3", "profiles.only"),
        ('[profiles]\nblok = ["apex"]', "profiles.blok: Extra inputs are not permitted"),
    ],
)
def test_switches_that_cannot_be_read_are_an_error(tmp_path: Path, text: str, said: str) -> None:
    """A switch that is misspelt or misshapen names file and field, rather than switching nothing."""
    with pytest.raises(UnreadableSwitches, match=said):
        from_file(tmp_path, text)
    with pytest.raises(UnreadableSwitches, match="GREENROOM_NO_PROFILES: 'maybe' is neither yes nor no"):
        from_environment({"GREENROOM_NO_PROFILES": "maybe"})
    with pytest.raises(UnreadableSwitches, match="cannot be read: No such file"):
        Switches.resolve(environment={}, file=tmp_path / "missing.toml")
