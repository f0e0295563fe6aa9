"""``greenroom profiles lint`` as people and machines use it, on the profiles that are shipped and those just begun."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result
from core.tests.profiles.acme import PluginSource, Site
from tests.lint_profile import clean

from greenroom.cli import main
from greenroom.invites.context import LetterFacts, letter_context
from greenroom.lint import RULES, Linted, lint
from greenroom.lint.flows import SAID_BY_RULES
from greenroom.lint.locate import sources
from greenroom.lint.rule_page import rule_page
from greenroom.lint.rules.templates import SEEN
from greenroom.model import Interview, Invite, Person, Stage, Wish
from greenroom.scaffold import Approval, Options, write

ROOT = Path(__file__).parents[1]
PLUGINS = sorted(path.name for path in (ROOT / "plugins").iterdir() if path.is_dir())
PRE_APPROVAL: Approval = "pre-approval"
BEGUN = (
    Options(name="zenith", product="Zenith"),
    Options(
        name="zenith", product="Zenith", level="both", host="round-robin", link="schedule", approval="pre-approval"
    ),
    Options(name="zenith", product="Zenith", level="member", link="draft", calendar=False),
    Options(name="zenith", product="Zenith", level="member", link="schedule", approval=PRE_APPROVAL),
    Options(name="zenith", product="Zenith", level="both", host="chosen", link="save"),
    Options(name="zenith", product="Zenith", host="first-interviewer", link="save"),
    Options(name="zenith", product="Zenith", host="authorizer", link="draft"),
)

IGNORED = "# lint: ignore[GR805] as it was"
SILENT = "# lint: ignore[GR302] core's word is right there"


def run(*arguments: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["profiles", "lint", *map(str, arguments)])


def wrong(folder: Path, *, file: str = "rules.py", old: str = '"CORE-14")', new: str = '"CORE-99")') -> Path:
    """Write a profile with one mistake; return its package."""
    profile = clean().edited(file, old, new)
    profile.write(folder)
    return folder / profile.package


def looked_through(folder: Path) -> Linted:
    """Look through the only profile in a folder."""
    (found,) = sources(str(folder))
    return lint(found, seen_from=folder)


@pytest.mark.parametrize("name", PLUGINS)
def test_shipped_profiles_are_clean(name: str) -> None:
    """Nothing is found in the plugins of this workspace, and each takes less than a second of work."""
    began = time.process_time()
    found = looked_through(ROOT / "plugins" / name)
    assert found.findings == (), "\n".join(map(str, found.findings))
    assert time.process_time() - began < 1


@pytest.mark.parametrize("options", BEGUN, ids=lambda one: f"{one.level}-{one.host}-{one.link}-{one.approval}")
def test_a_profile_just_begun_is_clean(options: Options, tmp_path: Path) -> None:
    """What `new-profile` writes has nothing to find in it."""
    write(options, tmp_path / "zenith")
    found = looked_through(tmp_path / "zenith")
    assert found.findings == (), "\n".join(map(str, found.findings))


def test_errors_end_with_one(tmp_path: Path) -> None:
    """A finding is one line that editors understand, a table counts them, and the last line sums up."""
    package = wrong(tmp_path)
    result = run(package)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0].startswith(f"{package}/rules.py:")
    assert lines[0].endswith(" is no clause of this profile or of core. Next: Add it to clauses.yaml, or correct it")
    assert "GR205   error      1" in result.output
    assert lines[-1] == "acme FAIL errors=1 warnings=0 silenced=0"


def test_warnings_fail_only_when_strict(tmp_path: Path) -> None:
    """Warnings alone end with 0, with --strict with 1; nothing at all with 0."""
    package = wrong(tmp_path, old="SETTINGS: Mapping[Scope, type[Settings]]", new="SETTINGS")
    assert (run(package).exit_code, run("--strict", package).exit_code) == (0, 1)
    clean().write(tmp_path / "other")
    result = run("--strict", tmp_path / "other")
    assert (result.exit_code, result.output) == (0, "acme clean errors=0 warnings=0 silenced=0\n")


@pytest.mark.parametrize("target", [(), ("nobody",), (str(ROOT / "docs"),), ("--explain", "GR000")])
def test_nothing_to_look_at_is_bad_input(target: tuple[str, ...]) -> None:
    """No target, an unknown name, a folder without a profile and an unknown rule end with 2."""
    assert run(*target).exit_code == 2


def test_a_rule_explains_itself() -> None:
    """--explain says what a rule is there for."""
    result = run("--explain", "gr205")
    assert result.exit_code == 0
    assert RULES["GR205"].why in result.output


def test_json_follows_its_schema(tmp_path: Path) -> None:
    """The JSON document says file, line, column, code and severity, as docs/schemas describes it."""
    result = run("--json", wrong(tmp_path))
    document = json.loads(result.output)
    jsonschema.validate(document, json.loads((ROOT / "docs" / "schemas" / "greenroom.lint.v1.json").read_text("utf-8")))
    (finding,) = document["data"][0]["findings"]
    assert (finding["code"], finding["severity"], finding["line"] > 1) == ("GR205", "error", True)


def test_annotations_cannot_be_forged(tmp_path: Path) -> None:
    """An annotation is one line whatever stands in the file, with everything escaped that would end it."""
    package = wrong(tmp_path, old='Say(key="save_first")', new='Say(key="100%\\n::error::")')
    lines = [line for line in run("--github", package).output.splitlines() if "GR301" in line]
    assert lines
    assert all(line.startswith("::error file=") and line.count("\n::") == 0 and "100%25" in line for line in lines)


def test_an_installed_profile_is_read_by_name_and_never_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A profile that cannot even be imported is found by its name, and looked through all the same."""
    Site(tmp_path).install(clean().with_file("__init__.py", "raise SystemExit('imported')"))
    monkeypatch.syspath_prepend(tmp_path)
    result = run("acme")
    assert (result.exit_code, result.output) == (0, "acme clean errors=0 warnings=0 silenced=0\n")


def test_several_profiles_in_one_distribution_are_told_apart(tmp_path: Path) -> None:
    """Profiles in folders of one package share its modules, and each is looked through with its own files."""
    whole = clean()
    code = {file: text for file, text in whole.files.items() if file.endswith(".py")}
    data = {file: text for file, text in whole.files.items() if file not in code}
    both = {f"{name}/{file}": text for name in ("acme", "apex") for file, text in data.items()}
    PluginSource(name="acme", files={**code, **both}).write(tmp_path)
    found = [lint(one) for one in sources(str(tmp_path))]
    assert [one.profile for one in found] == ["acme", "apex"]
    assert [one.findings for one in found] == [(), ()]


def test_a_reason_silences_and_is_kept(tmp_path: Path) -> None:
    """A finding with an accepted reason is counted apart, in Python, YAML and templates alike."""
    kept = "{Scope.ORGANIZATION: WorkspaceSettings}"
    said = "{{ details.join_url }} {# lint: ignore[GR407] never sent without #}"
    profile = (
        clean()
        .edited("rules.py", f"SETTINGS: Mapping[Scope, type[Settings]] = {kept}", f"SETTINGS = {kept}  {IGNORED}")
        .edited("labels/2026-11.yaml", "{cloud: In the cloud}", "\n  cloud: In the cloud\n  none: Nowhere  " + SILENT)
        .with_file("templates/letter.txt.j2", said)
    )
    profile.write(tmp_path)
    found = looked_through(tmp_path)
    assert found.findings == ()
    assert [one.code for one in found.silenced] == ["GR302", "GR805", "GR407"]


@pytest.mark.parametrize("file", sorted(clean().files))
def test_a_damaged_file_stops_nothing(file: str, tmp_path: Path) -> None:
    """However a file was cut off or overwritten, lint ends with findings that point into files that are there."""
    whole = clean().files[file].encode()
    package = tmp_path / "greenroom_acme"
    for damage in (
        b"",
        whole[: len(whole) // 3],
        whole[len(whole) // 3 :],
        whole + b"\xff\x00",
        b"- [" + whole,
        b"null",
    ):
        clean().write(tmp_path)
        (package / file).write_bytes(damage)
        for one in looked_through(tmp_path).findings:
            assert 1 <= one.line <= 1 + len((tmp_path / one.file).read_bytes().splitlines())


def test_the_page_of_rules_is_fresh() -> None:
    """docs/lint.md is what the rules say today, and has a section for each (`make rules` writes it)."""
    text = (ROOT / "docs" / "lint.md").read_text("utf-8")
    assert text == rule_page()
    assert all(f"### {code}\n" in text for code in RULES)


def test_rules_read_well() -> None:
    """Codes are in order and unique by construction; a title and a fix are no sentences, a reason is one."""
    assert list(RULES) == sorted(RULES, key=lambda code: code[:3])
    for rule in RULES.values():
        assert rule.why.endswith("."), rule.code
        assert not (rule.title + rule.fix).endswith("."), rule.code


def test_lint_starts_light() -> None:
    """The rules import neither hypothesis nor a server, a client, a database or the kit."""
    heavy = ("hypothesis", "uvicorn", "starlette", "httpx", "sqlalchemy", "greenroom.conformance", "greenroom.engine")
    script = f"import sys, greenroom.lint; print([one for one in {heavy!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_templates_see_what_lint_thinks() -> None:
    """The names that lint lets a template use are those that letters are rendered with."""
    nobody = Person(email="ana@acme.example")
    interview = Interview(
        id="i", panel="p", kind=None, stage=Stage.DRAFT, wish=Wish(), subject=None, start=None, minutes=None, zone=None,
        scheduler=nobody, interviewers=(), candidates=(),
    )  # fmt: skip
    invite = Invite(audience="candidate", channel="mail", template="letter")
    assert letter_context(LetterFacts(interview=interview, invite=invite, product="Acme")).keys() == SEEN


def test_rules_say_what_lint_thinks() -> None:
    """The messages that core's own rules say are those that lint asks of every edition."""
    source = (ROOT / "core" / "greenroom" / "rules" / "gates.py").read_text("utf-8")
    assert source.count("return refuse(") == len(SAID_BY_RULES)
    assert all(f'return refuse("{key}"' in source for key in SAID_BY_RULES.values())
