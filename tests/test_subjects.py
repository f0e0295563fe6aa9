"""Whatever answers three verbs is judged by the same checks: in this process, over HTTP, in another language."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from greenroom.cli import main
from greenroom.conformance import FoundCheck, InProcess, Product, SubjectFault, SubjectUnusable, find_checks
from greenroom.conformance.remote import RemoteSubject
from greenroom.conformance.serving import SubjectServer
from greenroom.profiles import Registry

_REGISTRY = Registry.discover()
_NODE = Path(__file__).parent / "subjects" / "scheduling.mjs"
_SCHEDULING = ("want_meeting", "select_host", "create_meeting")


def checks_of(name: str) -> tuple[FoundCheck, ...]:
    """Return the clause checks of a profile."""
    return find_checks(f"{_REGISTRY.profile(name).folder.name}.checks")


def failures(product: Product, checks: tuple[FoundCheck, ...]) -> dict[str, str]:
    """Return what each check that fails says, by its name."""
    found = {}
    for check in checks:
        try:
            check.run(product)
        except Exception as failure:  # noqa: BLE001  # however a check ends, it did not pass
            found[check.name] = str(failure)
    return found


@contextmanager
def over_http(name: str) -> Iterator[RemoteSubject]:
    """Yield a profile as it is reached over a real port."""
    with SubjectServer(InProcess(_REGISTRY.profile(name))) as server, RemoteSubject(server.url) as remote:
        yield remote


@contextmanager
def in_node() -> Iterator[RemoteSubject]:
    """Yield the subject that is written in JavaScript."""
    with subprocess.Popen(["node", str(_NODE)], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        with RemoteSubject(json.loads(child.stdout.readline())["subject_url"]) as remote:
            yield remote
        child.terminate()


@pytest.mark.parametrize("name", _REGISTRY.names)
def test_over_http_the_verdicts_are_the_same(name: str) -> None:
    """A profile that is served passes every check that it passes in this process."""
    with over_http(name) as remote:
        assert failures(Product(remote), checks_of(name)) == {}


@pytest.mark.parametrize(("name", "judge"), [("lever", "trakstar"), ("calendly", "interviewplanner")])
def test_a_rival_fails_the_same_checks_over_http(name: str, judge: str) -> None:
    """Judged by another product's clauses a profile fails, by the same checks in both ways."""
    here = failures(Product(InProcess(_REGISTRY.profile(name))), checks_of(judge))
    with over_http(name) as remote:
        there = failures(Product(remote), checks_of(judge))
    assert here
    assert here.keys() == there.keys()


@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node.js here")
def test_a_subject_in_another_language() -> None:
    """Three mistakes in JavaScript fail the checks of the clauses they break; what is not there is said to be so, and
    the rest of how meetings are scheduled passes."""
    with in_node() as remote:
        found = failures(Product(remote), checks_of("interviewplanner"))
    missing = {name for name, said in found.items() if "not there yet" in said or "are no" in said}
    wrong = found.keys() - missing
    passed = {check.name for check in checks_of("interviewplanner")} - found.keys()
    assert wrong == {
        "check_connecting.check_a_user_added_later",
        "check_scheduling.check_a_candidate_who_is_off",
        "check_scheduling.check_nobody_stands_in_for_the_scheduler",
        "check_scheduling.check_the_scheduler_hosts",
    }
    assert passed >= {
        "check_scheduling.check_a_candidate_who_is_on",
        "check_scheduling.check_a_stage_that_is_on",
        "check_scheduling.check_details_by_hand_are_not_taken",
        "check_scheduling.check_no_url_before",
        "check_scheduling.check_off_and_nothing_said",
        "check_scheduling.check_the_interview_itself_does_not_decide",
        "check_scheduling.check_the_url_is_generated_when_the_candidate_is_scheduled",
    }


def test_the_command_judges_what_answers_at_an_address() -> None:
    """The table counts what is proven of a served profile; judged by another product's clauses it fails."""
    with SubjectServer(InProcess(_REGISTRY.profile("trakstar"))) as server:
        own = CliRunner().invoke(main, ["clauses", "trakstar", "--subject", server.url, "--json"])
        rival = CliRunner().invoke(main, ["clauses", "lever", "--subject", server.url, "--json"])
    assert (own.exit_code, rival.exit_code) == (0, 1)
    standings = {one["standing"] for one in json.loads(rival.stdout)["data"]}
    assert "failed" in standings


def test_nobody_there_is_no_verdict() -> None:
    """A subject that is not reached, or does not speak the protocol, is no failure of its clauses."""
    result = CliRunner().invoke(main, ["clauses", "lever", "--subject", "http://127.0.0.1:9", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["data"]["code"] == "conformance.subject_unusable"
    with SubjectServer(InProcess(_REGISTRY.profile("lever"))) as server:
        with RemoteSubject(f"{server.url}/elsewhere") as remote, pytest.raises(SubjectUnusable, match="status 404"):
            remote.observe("words")
        without = CliRunner().invoke(main, ["clauses", "--subject", server.url])
    assert without.exit_code == 2


def test_the_server_says_what_is_wrong_with_a_request() -> None:
    """A body that is none is a bad request; an answer that cannot be given is a fault, with its reason."""
    with SubjectServer(InProcess(_REGISTRY.profile("lever"))) as server, httpx.Client(base_url=server.url) as http:
        bad = http.post("/observe", json={"what": "secrets"})
        assert (bad.status_code, bad.json()["invalid"].partition(":")[0]) == (400, "what")
        world = {"organization": {"id": "o"}, "at": "2026-11-23T09:00:00Z", "connections": [], "parameters": []}
        assert http.post("/reset", json={"world": world, "settings": {}}).status_code == 204
        fault = http.post("/act", json={"actor": None, "action": "authorize", "arguments": {"action": "dance"}})
        assert fault.status_code == 422
        assert "action" in fault.json()["fault"]


def test_the_exchanges_of_the_page_are_real() -> None:
    """What docs/protocol.md sends is answered as it says, field by field."""
    page = (Path(__file__).parents[1] / "docs" / "protocol.md").read_text("utf-8")
    exchanges = re.findall(r"```http\nPOST (/\w+)\n\n(.*?)```\n\n```http\n(\d+)\n(.*?)```", page, re.DOTALL)
    assert [path for path, *_ in exchanges] == ["/reset", "/act", "/act", "/observe"]
    with SubjectServer(InProcess(_REGISTRY.profile("lever"))) as server, httpx.Client(base_url=server.url) as http:
        for path, sent, status, shown in exchanges:
            reply = http.post(path, json=json.loads(sent))
            assert reply.status_code == int(status), reply.text
            if shown.strip():
                assert contains(reply.json(), json.loads(shown)), reply.text


def contains(whole: object, part: object) -> bool:
    """Whether ``part`` is in ``whole``: of an object it may be some of the fields."""
    if isinstance(part, dict) and isinstance(whole, dict):
        return all(name in whole and contains(whole[name], value) for name, value in part.items())
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) == len(whole) and all(map(contains, whole, part))
    return part == whole


def test_a_setting_that_the_product_lacks_is_a_fault() -> None:
    """A rival without such a setting fails what is asked under it; nothing is ignored."""
    subject = InProcess(_REGISTRY.profile("lever"))
    world = {"organization": {"id": "o"}, "at": "2026-11-23T09:00:00Z", "connections": [], "parameters": []}
    with pytest.raises(SubjectFault, match="there are none of scope kind"):
        subject.reset(world, {"kind": {"video": True}})
    with pytest.raises(SubjectFault, match=r"organization\.video:"):
        subject.reset(world, {"organization": {"video": True}})
