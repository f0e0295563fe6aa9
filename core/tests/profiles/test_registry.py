"""Finding, listing and loading profiles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from core.tests.profiles import asks
from core.tests.profiles.acme import Site, acme, policy
from core.tests.profiles.conftest import Install
from stevedore.extension import ExtensionManager

from greenroom.model import Scope
from greenroom.profiles import (
    Registry,
    UnknownEdition,
    UnknownProfile,
    describe,
)


def imported() -> set[str]:
    """Return the modules of these tests' plugins that are imported."""
    packages = {"greenroom_acme", "greenroom_apex", "greenroom_recorded"}
    return {name for name in sys.modules if name.partition(".")[0] in packages}


def test_listing_imports_no_plugin(install: Install) -> None:
    """Names, versions, products and editions come from metadata and manifests alone."""
    registry = install(acme(), acme("apex"), policy())
    report = registry.report()
    assert [(one.name, one.kind, one.status, one.version) for one in report] == [
        ("acme", "profile", "available", "1.0"),
        ("apex", "profile", "available", "1.0"),
        ("recorded", "policy", "available", "1.0"),
    ]
    assert report[0].product == "Acme"
    assert report[0].editions == ("2026-05", "2026-11")
    assert registry.manifest("acme").product == "Acme"
    assert imported() == set()


def test_loading_one_profile_imports_no_other(install: Install) -> None:
    """A profile is found by name; the others stay unimported and merely available."""
    registry = install(acme(), acme("apex"))
    assert registry.profile("acme").distribution == "greenroom-acme"
    assert imported() == {"greenroom_acme", "greenroom_acme.rules"}
    assert {one.name: one.status for one in registry.report()} == {"acme": "loaded", "apex": "available"}


def test_the_newest_edition_unless_one_is_named(install: Install) -> None:
    """`acme` is the newest edition of its words, `acme@…` that very one, and both are kept."""
    registry = install(acme())
    newest, older = registry.profile("acme"), registry.profile("acme@2026-05")
    assert (newest.edition, older.edition) == ("2026-11", "2026-05")
    assert describe(older).levels[0].phases[2].label == "On (2026-05)"
    assert registry.profile("acme") is newest


def test_unknown_names_are_told_what_there_is(install: Install) -> None:
    """An unknown profile or edition names the closest one and all that are known."""
    registry = install(acme(), acme("apex"))
    with pytest.raises(UnknownProfile, match=r"no profile 'acne'. Did you mean 'acme'\? Known: acme, apex"):
        registry.profile("acne")
    with pytest.raises(UnknownEdition, match=r"greenroom-acme 1.0\): there is no edition '2025'. .*2026-05, 2026-11"):
        registry.profile("acme@2025")


def test_editable_installations_are_found(site: Site, tmp_path: Path) -> None:
    """The manifest is found where the package is, also when a .pth file leads there."""
    site.install_editable(acme(), tmp_path / "checkout")
    registry = Registry.discover()
    assert registry.report()[0].product == "Acme"
    assert imported() == set()
    assert registry.profile("acme").folder == tmp_path / "checkout" / "greenroom_acme"


def test_a_second_profile_lives_in_a_folder_of_its_own(install: Install) -> None:
    """A distribution may ship several profiles; `<package>/<name>/profile.yaml` is looked for first."""
    first = acme()
    second = {f"acme-2027/{path}": text for path, text in first.files.items() if not path.endswith(".py")}
    second["acme-2027/profile.yaml"] = second["acme-2027/profile.yaml"].replace("product: Acme", "product: Acme 2027")
    both = {"acme": "greenroom_acme.rules", "acme-2027": "greenroom_acme.rules"}
    files = {**first.files, **second}
    registry = install(type(first)(name="acme", files=files, entry_points=both))
    assert [registry.profile(name).manifest.product for name in registry.names] == ["Acme", "Acme 2027"]


def test_stevedores_cache_is_not_asked(install: Install, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plugin installed a moment ago is seen although stevedore's cache says that there is nothing."""
    monkeypatch.setitem(ExtensionManager.ENTRY_POINT_CACHE, "greenroom.profiles", [])
    assert install(acme()).names == ("acme",)
    site.install(acme("apex"))
    assert Registry.discover().names == ("acme", "apex")
    assert Registry.discover().profile("apex").name == "apex"


def test_each_profile_answers_only_for_itself(install: Install) -> None:
    """Two profiles whose hooks note their calls: the one that is asked notes it, the other does not."""
    noting = ("@hookimpl\ndef want_meeting(request: MeetingRequest) -> Want:\n", "    CALLS.append(request.at)\n")
    plugins = [
        acme(name)
        .edited("rules.py", noting[0], noting[0] + noting[1])
        .edited("rules.py", "SETTINGS = ", "CALLS = []\nSETTINGS = ")
        for name in ("acme", "apex")
    ]
    registry = install(*plugins)
    registry.profile("apex")
    answered = registry.profile("acme").want_meeting(asks.meeting())
    calls = {name: len(sys.modules[f"greenroom_{name}.rules"].CALLS) for name in ("acme", "apex")}
    assert calls == {"acme": 1, "apex": 0}
    assert (answered.profile, answered.edition, answered.distribution, answered.version, answered.hook) == (
        "acme",
        "2026-11",
        "greenroom-acme",
        "1.0",
        "want_meeting",
    )


def test_a_profile_carries_what_it_ships(install: Install) -> None:
    """Clauses (core's included), settings models, templates and walkthrough are at hand."""
    profile = install(acme()).profile("acme")
    assert {"ACME-01", "CORE-01"} <= profile.clauses.keys()
    assert profile.settings_model(Scope.ORGANIZATION) is sys.modules["greenroom_acme.rules"].WorkspaceSettings
    assert profile.settings_model(Scope.KIND) is None
    assert (profile.templates / "letter.subject.j2").read_text() == "Hello"
    assert profile.walkthrough.scheduler == "zoom_owner"


def test_a_description_is_in_the_products_words(install: Install) -> None:
    """Labels, colours, choices and purposes stand in the description; core's clauses are not counted."""
    found = describe(install(acme()).profile("acme"))
    assert (found.product, found.link_stage, found.opt_in, found.unique_links) == (
        "Acme",
        "saved",
        "always",
        "always",
    )
    level = found.levels[0]
    assert (level.label, level.app, level.actions[0].label) == ("Workspace", "admin", "Connect Zoom")
    assert [(phase.label, phase.colour) for phase in level.phases][2] == ("On (2026-11)", "green")
    setting = found.settings[0]
    assert (setting.title, setting.help, setting.default) == ("Recording", "Where recordings go.", "none")
    assert [choice.label for choice in setting.choices] == ["none", "In the cloud"]
    assert found.scopes[0].purposes == ("To create meetings.",)
    assert found.clauses_by_basis == (("implied", 1), ("stated", 2))
    assert type(found).model_validate_json(found.model_dump_json()) == found


def test_the_public_door_is_light_and_sorted() -> None:
    """Importing greenroom.profiles loads neither web, database, client nor conformance kit; `__all__` is sorted."""
    code = (
        "import sys, greenroom.profiles as p\n"
        "heavy = {'sqlalchemy', 'starlette', 'httpx', 'hypothesis', 'jinja2', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "assert p.__all__ == sorted(p.__all__) and all(hasattr(p, name) for name in p.__all__)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # our own interpreter and code
