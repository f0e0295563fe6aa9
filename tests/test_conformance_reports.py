"""Reports of the kit: as a page, JUnit and Markdown, and what two runs differ in; hostile text is only text."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from greenroom.conformance import InProcess, Product
from greenroom.conformance.kit import DEEP, checks_for, checksum, report_on
from greenroom.conformance.reports import (
    difference,
    difference_markdown,
    difference_rows,
    html_report,
    junit_report,
    markdown_report,
    without_times,
)
from greenroom.conformance.verdicts import CheckResult, ConformanceReport, Expected, Kind, ProductReport, Verdict
from greenroom.profiles import Registry

HOSTILE = (
    "<script>document.title='owned'</script></style></script>--><img src=x onerror=alert(1)>\"'`` ` | a | b |\n"
    "| - |\n# head\n```\n<b>out</b> [x](http://evil.example) http://evil.example\n"
    f"{{{{ 7 * 7 }}}} &lt; \x00\x1b\u202etxt\u2066 {'x' * 10_000}"
)
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]")
VERDICTS: tuple[Verdict, ...] = (
    "pass",
    "fail",
    "not_applicable",
    "not_testable",
    "error",
    "expected_failure",
    "unscored",
)


def result(check: str, verdict: Verdict, kind: Kind = "contract", said: str = "", seconds: float = 1.5) -> CheckResult:
    """Return what came of a check."""
    return CheckResult(
        check=check,
        kind=kind,
        clauses=("ACME-1",) if kind == "clause" else (),
        says=f"The rule of {check}.",
        why="Nobody can join.",
        fix="Look at the host.",
        verdict=verdict,
        said=said or f"what {check} met",
        story=("Draw 1: one", "Draw 2: two"),
        seconds=seconds,
    )


def product(*results: CheckResult, name: str = "acme", by: str = "acme", subject: str = "") -> ProductReport:
    """Return what was found of a product."""
    return ProductReport(
        name=name,
        product=name.title(),
        edition="2026",
        version="1",
        by=by,
        subject=subject,
        results=results,
        clauses=(("ACME-1", "the text of the clause"),),
    )


def run(
    *products: ProductReport, seed: int = 1, contracts: int = 1, checks: str = "aa", examples: int = 20
) -> ConformanceReport:
    """Return a run of the kit."""
    return ConformanceReport(
        contracts=contracts,
        checksum=checks,
        seed=seed,
        examples=examples,
        kit="1",
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        products=products,
    )


@pytest.fixture
def every() -> ConformanceReport:
    """A run with one check of each verdict, a clause check, and a product that passes."""
    mixed = product(*(result(f"is_{verdict}", verdict) for verdict in VERDICTS), result("cites", "fail", "clause"))
    return run(mixed, product(result("is_pass", "pass"), name="other", by="other"))


def all_saying(text: str) -> ConformanceReport:
    """Return a run in which a product and its checks say nothing but ``text``."""
    found = CheckResult(
        check=text,
        kind="clause",
        clauses=(text,),
        says=text,
        why=text,
        fix=text,
        verdict="fail",
        said=text,
        story=(text,),
        seconds=1,
    )
    bad = ProductReport(
        name=text,
        product=text,
        edition=text,
        version=text,
        by=f"{text} again",
        subject=text,
        results=(found, found.model_copy(update={"kind": "contract"})),
        clauses=((text, text),),
    )
    return run(bad, product(result("is_pass", "pass")))


@pytest.fixture
def hostile() -> ConformanceReport:
    """A run in which everything a product or its checks say is hostile."""
    return all_saying(HOSTILE)


class Page(HTMLParser):
    """What a parser makes of a page: its elements, their attributes, and the text of each element's kind."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.text: dict[str, str] = {}
        self._open = [""]
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep text with its element."""
        self.text[self._open[-1]] = self.text.get(self._open[-1], "") + data

    def named(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element of a name."""
        return [attributes for name, attributes in self.elements if name == tag]


def digest(text: str) -> str:
    """Return the source by which a policy allows a style or a script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_a_page_has_every_verdict_in_words_and_all_there_is_to_know_of_a_failure(every: ConformanceReport) -> None:
    """A page says each verdict in a word, and of a failure rule, why, fix, clause, example and command."""
    source = html.unescape(html_report(every))
    for word in ("passes", "fails", "not applicable", "not testable", "kit error", "expected failure", "not run"):
        assert word in source
    for said in ("The rule of cites.", "Nobody can join.", "Look at the host.", "the text of the clause", "what cites"):
        assert said in source
    assert "Draw 2: two" in source
    assert "greenroom conformance acme --check cites --seed 1" in source
    assert "1 of 6 checks that apply passed" in source


def test_a_page_needs_nothing_else_and_allows_nothing_else(every: ConformanceReport) -> None:
    """A page has one style and one script, allowed by their digests, and names no other resource."""
    page = Page(html_report(every))
    policy = next(meta["content"] for meta in page.named("meta") if "http-equiv" in meta)
    assert (len(page.named("style")), len(page.named("script"))) == (1, 1)
    assert f"style-src {digest(page.text['style'])};" in policy
    assert f"script-src {digest(page.text['script'])};" in policy
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert not [tag for tag, has in page.elements if {"src", "style", "onclick"} & set(has)]
    assert all(link["href"].startswith("#check-") for link in page.named("a"))


def test_a_page_is_whole_without_its_script(every: ConformanceReport) -> None:
    """No row is hidden before the script runs; only the filters are, which would do nothing without it."""
    page = Page(html_report(every))
    assert [tag for tag, has in page.elements if "hidden" in has] == ["form"]
    assert len([has for has in page.named("tbody") if has["class"] == "check"]) == 8
    assert len(page.named("details")) == 8


def test_each_link_of_a_card_leads_to_a_row(every: ConformanceReport) -> None:
    """Cards link to what stands against their product, and rows have distinct ids."""
    page = Page(html_report(every))
    ids = [has["id"] for _, has in page.elements if "id" in has]
    links = [link["href"][1:] for link in page.named("a")]
    assert len(ids) == len(set(ids))
    assert len(links) == 4
    assert set(links) <= set(ids)


def test_contracts_come_first_and_clauses_by_their_profile(every: ConformanceReport) -> None:
    """The sections of the matrix are the contracts, then the clause checks of each profile."""
    source = html_report(every)
    assert source.index("Contracts: rules of every product (7)") < source.index("Clauses of acme (1)")
    assert "Clauses of other" not in source


def test_hostile_text_adds_no_element_to_a_page(hostile: ConformanceReport) -> None:
    """A page of hostile text has the elements that a page of plain text has, and no unseen character."""
    wild, tame = Page(html_report(hostile)), Page(html_report(all_saying("plain")))
    assert [tag for tag, _ in wild.elements] == [tag for tag, _ in tame.elements]
    assert wild.text["script"] == tame.text["script"]
    assert not UNSEEN.search(html_report(hostile))
    assert "⟦U+202E⟧" in html_report(hostile)


def test_a_product_of_which_nothing_was_checked_does_not_pass() -> None:
    """No form of a report says that a product passes of which nothing was checked."""
    empty = run(product())
    assert "not checked" in html_report(empty)
    assert re.search(r"\| not checked \|", markdown_report(empty))


def test_a_run_of_some_checks_says_that_it_was(every: ConformanceReport) -> None:
    """A report of a run confined to some checks says so in each form."""
    some = every.model_copy(update={"only": ("is_pass",)})
    for shown in (html_report, junit_report, markdown_report):
        assert "confined to 1 of the checks" in shown(some)
        assert "confined" not in shown(every)


@pytest.mark.parametrize(
    ("judged", "examples", "command"),
    [
        (product(), 20, "greenroom conformance acme --check c --seed 1"),
        (product(by="other"), 20, "greenroom conformance acme --against other --check c --seed 1"),
        (product(), DEEP, "greenroom conformance acme --check c --deep --seed 1"),
        (
            product(name="subject", subject="http://a/;b"),
            20,
            "greenroom conformance --subject 'http://a/;b' --against acme --check c --seed 1",
        ),
        (product(name="a; rm b", by="a; rm b"), 20, "greenroom conformance 'a; rm b' --check c --seed 1"),
    ],
)
def test_the_command_repeats_what_was_run(judged: ProductReport, examples: int, command: str) -> None:
    """The command names product, judge, address, check, depth and seed, quoted for a shell."""
    found = judged.model_copy(update={"results": (result("c", "fail"),)})
    assert command in html.unescape(html_report(run(found, examples=examples)))


def test_junit_tells_failures_errors_and_skips_apart(every: ConformanceReport) -> None:
    """In JUnit what cannot be tested fails, the kit's fault is an error, and what is excused is skipped."""
    root = ET.fromstring(junit_report(every))  # noqa: S314  # our own
    suite = root.findall("testsuite")[0]
    told = {case.get("name"): [one.tag for one in case] for case in suite.findall("testcase")}
    assert told == {
        "is_pass": [],
        "is_fail": ["failure"],
        "is_not_applicable": ["skipped"],
        "is_not_testable": ["failure"],
        "is_error": ["error"],
        "is_expected_failure": ["skipped"],
        "is_unscored": ["skipped"],
        "cites": ["failure"],
    }
    counts = {name: suite.get(name) for name in ("tests", "failures", "errors", "skipped", "time")}
    assert counts == {"tests": "8", "failures": "3", "errors": "1", "skipped": "3", "time": "12.000"}
    assert root.get("tests") == "9"
    excuse = suite.find("testcase[@name='is_expected_failure']/skipped")
    assert excuse is not None
    assert excuse.get("message") == "expected failure: what is_expected_failure met"


def test_junit_of_hostile_text_is_xml(hostile: ConformanceReport) -> None:
    """Characters that XML forbids are written out, and hostile text adds no element."""
    root = ET.fromstring(junit_report(hostile))  # noqa: S314  # our own
    known = {"testsuites", "testsuite", "properties", "property", "testcase", "failure"}
    assert {one.tag for one in root.iter()} == known
    assert "⟦U+0000⟧" in (root.findall(".//failure")[0].text or "")


def test_markdown_has_only_what_stands_against_a_product(every: ConformanceReport) -> None:
    """Markdown sums up each product, then shows what stands against it and nothing that passed."""
    shown = markdown_report(every)
    assert "| `acme` | `acme` | fails | 1 of 6 |" in shown
    assert "| `other` | `other` | passes | 1 of 1 |" in shown
    assert re.findall(r"^### . ([a-z ]+): ", shown, re.MULTILINE) == ["fails", "not testable", "kit error", "fails"]
    assert "- Clause: `ACME-1: the text of the clause`" in shown
    assert "```text\ngreenroom conformance acme --check cites --seed 1\n```" in shown


def test_hostile_text_in_markdown_is_code_only(hostile: ConformanceReport) -> None:
    """A reader of Markdown finds no HTML, link or further table or heading in hostile text."""
    tokens = list(_all_tokens(markdown_report(hostile)))
    kinds = [token for token, _ in tokens]
    assert not {"html_block", "html_inline", "link_open", "image"} & set(kinds)
    assert kinds.count("table_open") == 1
    assert kinds.count("tr_open") == 3
    assert kinds.count("heading_open") == 4
    assert not [text for kind, text in tokens if kind == "text" and "evil" in text]


def _all_tokens(source: str) -> Iterator[tuple[str, str]]:
    for token in MarkdownIt("commonmark").enable("table").parse(source):
        yield token.type, token.content
        for child in token.children or ():
            yield child.type, child.content


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        ("pass", "fail", "regression"),
        ("fail", "pass", "mended"),
        ("pass", "not_testable", "unproven"),
        ("pass", "error", "unproven"),
        ("not_applicable", "fail", "changed"),
        ("expected_failure", "fail", "changed"),
        ("pass", "expected_failure", "changed"),
        (None, "fail", "appeared"),
        ("pass", None, "vanished"),
    ],
)
def test_a_change_is_called_what_it_is(before: Verdict | None, after: Verdict | None, turn: str) -> None:
    """Only what passed and now fails is a regression; what is only new has appeared."""
    runs = [run(product(*([result("c", verdict)] if verdict else []))) for verdict in (before, after)]
    changes = difference(*runs).changes
    assert [(one.turn, one.before, one.after) for one in changes] == [(turn, before, after)]


def test_a_new_product_is_no_regression() -> None:
    """A product of one run only has come or gone; its checks are no changes."""
    old, new = product(result("c", "pass"), name="old", by="old"), product(result("c", "fail"), name="new", by="old")
    found = difference(run(old), run(new))
    assert (found.came, found.went, found.changes) == (("new by old",), ("old",), ())


def test_runs_of_other_checks_cannot_be_compared() -> None:
    """Another checksum or version of contracts says so, and then no contract is called a regression."""
    old, new = product(result("c", "pass")), product(result("c", "fail"), result("d", "fail", "clause"))
    assert difference(run(old), run(new)).comparable
    assert not difference(run(old), run(new, checks="bb")).comparable
    found = difference(run(old), run(new, contracts=2))
    assert not found.comparable
    assert [one.turn for one in found.changes] == ["changed", "appeared"]
    assert difference(run(old), run(new)).regressions
    assert not found.regressions


def test_other_examples_are_a_caution() -> None:
    """Where other examples were drawn, a difference says that a failure may be older than the run."""
    old, new = run(product(result("c", "pass"))), run(product(result("c", "fail")), seed=2)
    assert "Other examples were drawn" in difference(old, new).cautions[0]
    assert difference(old, new).cautions[0] in difference_markdown(difference(old, new))
    assert not difference(old, old).cautions


def test_an_excuse_is_in_every_form() -> None:
    """Of an expected failure each form says why, until when and where that is tracked; hostile reasons stay text."""
    expected = Expected(reason=f"mended soon {HOSTILE}", link="https://tracker.example/7", expires=date(2027, 3, 31))
    found = result("known", "expected_failure").model_copy(update={"expected": expected, "examples": 17})
    report = run(product(found))
    for form in (html_report, junit_report, markdown_report):
        assert "expected until 2027-03-31: mended soon" in form(report)
    assert "17 examples" in html_report(report)
    assert not UNSEEN.search(html_report(report))
    assert not {"html_block", "html_inline"} & {kind for kind, _ in _all_tokens(markdown_report(report))}


def test_a_difference_is_shown_in_rows_and_markdown() -> None:
    """Rows and Markdown have the turn, the product, the check and both verdicts; hostile names stay code."""
    named = [product(result(HOSTILE, verdict), name=HOSTILE, by=HOSTILE) for verdict in ("pass", "fail")]
    found = difference(run(named[0]), run(named[1], product(name="x" + HOSTILE)))
    ((turn, _, check, before, after),) = difference_rows(found)
    assert (turn, before, after) == ("regression", "passes", "fails")
    assert not UNSEEN.search(check)
    kinds = [kind for kind, _ in _all_tokens(difference_markdown(found))]
    assert not {"html_block", "html_inline", "link_open"} & set(kinds)
    assert kinds.count("tr_open") == 2
    assert "No check that both ran" in difference_markdown(difference(run(named[0]), run(named[0])))


def test_two_runs_with_one_seed_differ_only_in_times() -> None:
    """A real profile judged twice with one seed gives one report, but for times."""
    profile = Registry.discover().profile("trakstar")
    checks = checks_for(profile)[::11]
    runs = [
        run(
            report_on(Product(InProcess(profile)), profile, checks, name=profile.name, seed=1, examples=5),
            checks=checksum(checks),
        )
        for _ in range(2)
    ]
    assert runs[0].products[0].seconds > 0
    one, other = map(without_times, runs)
    assert one.model_dump_json() == other.model_dump_json()
    assert html_report(one) == html_report(other)
    assert difference(*runs).changes == ()


DRIVER = """<body><iframe id=f style="width:390px;height:800px;border:0" srcdoc="{page}"></iframe><script>
const told = {{}}, frame = document.getElementById("f");
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
frame.onload = async () => {{
  const page = frame.contentDocument, field = (name) => page.getElementById(name);
  const ask = async (name, value) => {{
    field(name).value = value;
    field(name).dispatchEvent(new Event("input", {{bubbles: true}}));
    await wait(300);
    return field("shown").textContent;
  }};
  for (const one of page.querySelectorAll("details")) one.open = true;
  told.title = page.title;
  told.over = page.documentElement.scrollWidth - page.documentElement.clientWidth;
  told.images = page.images.length;
  told.form = field("filters").hidden;
  told.all = field("shown").textContent;
  told.against = await ask("verdict", "against");
  told.clause = await ask("kind", "clause");
  told.none = await ask("product", "1");
  page.querySelector("button").click();
  await wait(100);
  told.reset = field("shown").textContent;
  told.text = await ask("text", "IS_ERROR");
  const told_in = document.createElement("pre");
  told_in.id = "told";
  told_in.textContent = JSON.stringify(told);
  document.body.append(told_in);
}};
</script></body>"""


def in_chromium(page: str, folder: Path) -> dict[str, str | int | bool]:
    """Open a page 390 px wide, use its filters, and return what it showed."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("chromium is not installed")
    driver = folder / "driver.html"
    driver.write_text(DRIVER.format(page=html.escape(page)), "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=20000", "--dump-dom"]
    command = [chromium, *options, f"--user-data-dir={folder / 'browser'}", driver.as_uri()]
    shown = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
    told = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert told is not None, shown[-500:]
    return dict(json.loads(html.unescape(told[1])))


def test_filters_work_in_a_browser_under_the_pages_policy(every: ConformanceReport, tmp_path: Path) -> None:
    """Each filter narrows the rows, their number is told, and nothing reaches over the edge of a phone."""
    told = in_chromium(html_report(every), tmp_path)
    assert told.pop("title") == "Conformance: acme, other"
    assert told == {
        "over": 0,
        "images": 0,
        "form": False,
        "all": "8 of 8 checks",
        "against": "4 of 8 checks",
        "clause": "1 of 8 checks",
        "none": "0 of 8 checks",
        "reset": "8 of 8 checks",
        "text": "1 of 8 checks",
    }


def test_hostile_text_does_nothing_in_a_browser(hostile: ConformanceReport, tmp_path: Path) -> None:
    """In a browser hostile text runs no script, loads no picture and breaks no layout."""
    told = in_chromium(html_report(hostile), tmp_path)
    assert str(told["title"]).startswith("Conformance: <script>")
    assert (told["images"], told["over"], told["all"]) == (0, 0, "3 of 3 checks")
