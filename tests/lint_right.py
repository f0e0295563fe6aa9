"""What comes near to breaking a rule of lint, and does not."""

from __future__ import annotations

from tests.lint_cases import (
    CLAUSES,
    FIRST_WITH_ZOOM,
    HELPED,
    MANIFEST,
    NOT_SAVED,
    PAGE,
    PAUSED,
    RULES,
    TEXT,
    WORDS,
    Case,
    Edit,
    both,
    clause,
    code,
    facts,
    in_authorize,
    in_select_host,
    setting,
)
from tests.lint_profile import clean

RIGHT = (
    Case("GR101", Edit("whole.py", None, "def whole() -> None: ...\n")),
    Case("GR102", Edit(MANIFEST, "reach: organization", "reach: all")),
    Case("GR103", Edit(WORDS, 'label: "Off"', 'label: "n"'), Edit(MANIFEST, "sending:", "parameters: {}\nsending:")),
    Case("GR103", Edit(WORDS, 'label: "Lost"', 'label: "yes"')),
    Case("GR103", Edit(MANIFEST, "sending: {review_first: false}", "sending: {review_first: true}")),
    Case(
        "GR104",
        *both("settings: {recording: Recording}", "settings: {recording: Recording}\nplaces: {recording: Here}"),
    ),
    Case("GR105", Edit(CLAUSES, "source: acme.txt", "source: acme.txt    # a document")),
    Case(
        "GR201",
        Edit(CLAUSES, "source: acme.txt", 'source: ""'),
        Edit(CLAUSES, "basis: stated", "basis: decided"),
        Edit(CLAUSES, "basis: implied", "basis: decided"),
    ),
    Case("GR202", clause("id: ACME-104, basis: decided, then: nothing, note: cannot be seen")),
    Case("GR203", clause("id: ACME-04, basis: decided, then: as ACME-03 has it, note: cannot be seen")),
    Case("GR204", clause("id: ACME-05, basis: decided, then: nothing, note: cannot be seen")),
    Case("GR205", code('_ENCODINGS = ("UTF-16", "SHA-256")  # as in RFC-822')),
    Case(
        "GR205",
        code("def _why(clause: str) -> object:", '    return because(clause, "CORE-08")', '_why("ACME-02")'),
    ),
    Case("GR206", clause("id: ACME-04, basis: decided, then: nothing, note: it cannot be executed")),
    Case("GR207", Edit("checks/check_all.py", '@proves("ACME-03")', '_THIRD = "ACME-03"\n\n\n@proves(_THIRD)')),
    Case(
        "GR208",
        Edit("checks/wrong_others.py", None, 'LATER = "ACME-03"\n'),
        Edit("checks/wrong.py", 'WrongReading("ACME-03"', 'WrongReading("ACME-02"'),
    ),
    Case("GR301", in_authorize('refuse("no_code", "ACME-01", say="recipe")')),
    Case("GR301", Edit(RULES, NOT_SAVED, 'Say(key="save_first" if request.interview.wish.zoom else "not_connected")')),
    Case("GR301", in_select_host('key = request.interview.subject or ""\n    said = Say(key=key)')),
    Case("GR302", *both("options: {cloud: In the cloud}", "options: {cloud: In the cloud, none: Nowhere}")),
    Case("GR303", *both("{cloud: In the cloud}", "{recording.cloud: In the cloud}")),
    Case(
        "GR303",
        *both("messages:\n", "messages:\n  later: Later.\n"),
        code('_LATER: Mapping[str, str] = {"draft": "later"}'),
    ),
    Case(
        "GR304",
        *both("recipe: Make a role.", "recipe: Make {what}."),
        in_authorize('refuse("recipe", "ACME-01", **values)'),
    ),
    Case(
        "GR304",
        *both("recipe: Make a role.", "recipe: Make {what}."),
        code("def _say(name: str) -> Say:", '    return Say(key="recipe", values=((name, 1),))'),
    ),
    Case(
        "GR304",
        *both("save_first: Save the interview", "save_first: Save {what}"),
        Edit(RULES, NOT_SAVED, 'Say(key="save_first", values=(("what", "it"),))'),
    ),
    Case(
        "GR304",
        *both("save_first: Save the interview", "save_first: Save {what}"),
        Edit(RULES, NOT_SAVED, 'Say(key="save_first", values=tuple(request.interview.wish.options))'),
    ),
    Case(
        "GR304",
        *both("recipe: Make a role.", "recipe: It moved from {subject} to {when}."),
        Edit(
            MANIFEST,
            "recipes:\n  new_role: {say: recipe,",
            "problems: {moved_at_zoom: {say: recipe, clauses: [ACME-01]}}\nrecipes:\n  new_role: {say: recipe_step,",
        ),
    ),
    Case("GR304", *both("recipe_step: Open Zoom.", "recipe_step: Open {Zoom}.")),
    Case("GR305", Edit(MANIFEST, "recipes:", "problems: {moved_at_zoom: {say: recipe, clauses: [ACME-01]}}\nrecipes:")),
    Case(
        "GR305",
        Edit(WORDS, "save_first: Save the interview", "save_first: Save {what}"),
        Edit(RULES, NOT_SAVED, 'Say(key="save_first", values=(("what", "it"),))'),
    ),
    Case(
        "GR306",
        Edit("labels/2025-01.yaml", None, clean().files[WORDS].replace("2026-11", "2025-01")),
        Edit(MANIFEST, '"2026-11"]', '"2026-11", "2025-01"]'),
    ),
    Case("GR401", Edit(TEXT, "Hello", "{% if why %}{{ why | upper }}{% endif %}")),
    Case(
        "GR402",
        Edit(TEXT, "Hello", "Hello {{ values.greeting }}{{ values.get('other') }}"),
        Edit(RULES, 'template="letter",', 'template="letter", values=(("greeting", "you"),),'),
    ),
    Case(
        "GR402",
        Edit(TEXT, "Hello", "Hello {{ values.greeting }}"),
        Edit(RULES, 'template="letter",', 'template="letter", values=request.interview.wish.options,'),
    ),
    Case(
        "GR402",
        Edit(
            TEXT,
            "Hello",
            "{% for one in people.candidates %}{{ one.name }}{{ loop.index }}{% endfor %}{{ interview.subject }}",
        ),
    ),
    Case("GR403", Edit(TEXT, "Hello", "{% if details.passcode is defined %}{{ details.passcode }}{% endif %}")),
    Case(
        "GR403",
        Edit(TEXT, "Hello", "{% if details.passcode is defined %}{{ details.passcode }}{% endif %}"),
        Edit(RULES, '{"join_url"}', '{"join_url", "passcode"}'),
    ),
    Case("GR404", Edit(PAGE, "Hello", "{{ interview.subject | e }}")),
    Case(
        "GR405",
        Edit(RULES, 'template="letter"', 'template="letter" if request.meeting else "note"'),
        *(Edit(f"templates/note.{part}.j2", None, "Hello") for part in ("subject", "txt", "html")),
    ),
    Case("GR406", Edit("templates/sign.txt.j2", None, "Yours"), Edit(TEXT, "Hello", '{% include "sign.txt.j2" %}')),
    Case("GR407", Edit(TEXT, "Hello", '{{ details.join_url | default("none yet") }}')),
    Case(
        "GR407",
        Edit(
            TEXT,
            "Hello",
            '{% if why != "cancelled" and details.join_url is defined %}{{ details.join_url }}{% endif %}',
        ),
    ),
    Case("GR501", in_select_host("people = request.hosts"), facts("{select_host: [hosts]}")),
    Case("GR501", in_select_host("hosts = request.settings.organization.hosts")),
    Case(
        "GR501",
        FIRST_WITH_ZOOM,
        in_select_host("host = first_with_zoom(request.interview.interviewers)"),
        facts("{select_host: [interviewers]}"),
    ),
    Case(
        "GR501",
        in_authorize("short = missing_permissions(request.zoom, ())"),
        code("from greenroom.rules import missing_permissions"),
        facts("{authorize: [permissions]}"),
    ),
    Case(
        "GR501",
        in_select_host("may = _may(request.connections[0].zoom_user)"),
        code("def _may(user: ZoomUser) -> object:", "    return user.permissions"),
    ),
    Case("GR501", in_select_host("user = request.connections[0].zoom_user.permissions")),
    Case(
        "GR502",
        Edit(RULES, "    shows = frozenset", "    about = request.interview.scheduler.email\n    shows = frozenset"),
    ),
    Case("GR503", in_select_host("turns = request.turns"), facts("{select_host: [turns]}")),
    Case(
        "GR551",
        in_authorize('if request.connections[0].phase == "lost":\n        return refuse("not_connected", "ACME-01")'),
    ),
    Case(
        "GR551",
        in_authorize('if request.connections[0].owner == "gone":\n        return refuse("not_connected", "ACME-01")'),
    ),
    Case(
        "GR552",
        Edit(MANIFEST, PAUSED, PAUSED + '    - {name: "paused", kind: pending}\n'),
        *both("    lost: {", '    paused: {label: "Paused"}\n    lost: {'),
        in_authorize('Done(phase="paused", because=because("ACME-01"))'),
    ),
    Case(
        "GR553",
        code("class Way(StrEnum):", '    SHARE = "share"', "_WAY = Way.SHARE", "_EVERY = tuple(Action.__members__)"),
    ),
    Case(
        "GR553",
        Edit(RULES, "case Action.CONFIGURE |", "case Action.CONFIGURE | Action.SHARE |"),
        Edit(MANIFEST, "sending:", "not_offered: {share: {say: recipe, clauses: [ACME-01]}}\nsending:"),
    ),
    Case(
        "GR554",
        Edit(MANIFEST, "ask_approval, disconnect]", "ask_approval, disconnect, share]"),
        in_authorize("shared = request.action is Action.SHARE"),
    ),
    Case(
        "GR555",
        code(
            "def _how() -> object:",
            '    return model.Instruct(recipe="new_role", because=because("ACME-01"))',
            "",
            "",
            "from greenroom import model",
        ),
    ),
    Case(
        "GR556",
        in_authorize('most = request.parameter("most", 3)'),
        Edit(MANIFEST, "sending:", "parameters: {most: 3}\nsending:"),
    ),
    Case(
        "GR557",
        in_authorize('name = "most"\n    most = request.parameter(name, 3)'),
        Edit(MANIFEST, "sending:", "parameters: {most: 3}\nsending:"),
    ),
    Case("GR601", setting(f"extra: Annotated[bool, Field({HELPED})] = False")),
    Case("GR601", setting("count: ClassVar[int] = 0")),
    Case("GR601", setting(f"extra: bool = Field(default=False, {HELPED})")),
    Case("GR602", code("class Helper(BaseModel):", "    extra: bool = False", "from pydantic import BaseModel")),
    Case("GR603", setting(f"extra: tuple[str, ...] = Field((), {HELPED})")),
    Case("GR604", code("from dataclasses import dataclass", "@dataclass", "class Tally:", "    names: list[str]")),
    Case(
        "GR604",
        code(
            "from collections.abc import Set",
            "from typing import NamedTuple",
            "class Way(NamedTuple):",
            "    names: Set[str]",
        ),
    ),
    Case("GR604", setting(f"extra: frozenset[str] = Field(frozenset(), {HELPED})")),
    Case("GR605", setting('model_config = ConfigDict(frozen=True, extra="forbid")')),
    Case("GR701", Edit(MANIFEST, '">=1.0,<2"', '"==1.*"')),
    Case("GR702", code("def authorise(request: AuthorizeRequest) -> None:", "    ...")),
    Case(
        "GR703",
        Edit(
            RULES,
            "def create_meeting(request: CreateRequest",
            'def create_meeting(request: CreateRequest, *, topic: str = "Interview"',
        ),
    ),
    Case(
        "GR703",
        Edit(
            RULES,
            "def create_meeting(request: CreateRequest",
            'def create_meeting(request: CreateRequest, topic: str = "Interview"',
        ),
    ),
    Case("GR704", code("def _each() -> object:", "    yield 1")),
    Case("GR705", code("class Gate:", "    def change(self) -> None: ...")),
    Case("GR705", code("def creating_meeting() -> None:", "    ...")),
    Case("GR706", Edit("pyproject.toml", None, "")),
    Case(
        "GR706",
        Edit(
            RULES, "@hookimpl\ndef create_meeting", "from greenroom_acme.making import create_meeting\n\n\ndef _meeting"
        ),
        Edit(
            "making.py",
            None,
            "from greenroom.hooks import hookimpl\n\n\n@hookimpl\ndef create_meeting(request: object) -> None: ...\n",
        ),
    ),
    Case("GR707", Edit("again.py", None, "def authorize(request: object) -> None: ...\n")),
    Case(
        "GR801",
        code(
            "from datetime import datetime, time, timedelta",
            "",
            "",
            "def _later(at: datetime) -> datetime:",
            "    return at + timedelta(hours=1)",
        ),
    ),
    Case("GR802", code("from uuid import UUID")),
    Case(
        "GR803",
        code("from urllib.parse import quote", "def _open(open: object) -> object:", "    return request.open()"),
    ),
    Case(
        "GR804",
        code("_WORDS: Mapping[str, str] = {}", "def _fill(_WORDS: dict[str, str]) -> None:", "    _WORDS.clear()"),
    ),
    Case("GR804", code("def _see() -> object:", "    seen = {}", '    seen["x"] = 1', "    return seen")),
    Case("GR805", code("_SEEN = ()", "_WORDS: Mapping[bool, str] = {True: 'on'}")),
    Case(
        "GR806",
        code("from greenroom.rules import done", "from greenroom_acme import again"),
        Edit("again.py", None, ""),
    ),
    Case(
        "GR807",
        code(
            "def _try() -> None:",
            "    try:",
            "        _code()",
            "    except ValueError:",
            "        pass",
        ),
    ),
    Case("GR901", code("_SEEN = {}  # lint: ignore[GR805] filled by hand")),
    Case("GR902", code("_SEEN: dict[str, int] = {}  # lint: ignore[GR805, GR805] filled by hand")),
)
"""At least one for each rule that comes near to breaking it: nothing is found."""
