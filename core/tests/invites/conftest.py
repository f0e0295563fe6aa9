"""One interview, one set of templates, and the way to compose a letter from them."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from greenroom.conformance.facts import zoom_user
from greenroom.invites import Letter, LetterFacts, TemplateSet, compose
from greenroom.model import Candidate, Connection, Interview, Invite, Level, Meeting, Person, PhaseKind

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
DETAILS = frozenset({"join_url", "meeting_id", "passcode", "dial_in"})

TEMPLATES = {
    "all.subject.j2": "{{ why }}: {{ interview.subject }}",
    "all.txt.j2": """\
{{ people.scheduler.name_or_email }} / {{ people.interviewers|map(attribute="name_or_email")|join(", ") }}
{% for one in people.candidates %}
* {{ one.name }}
{% endfor %}
{{ interview.time }}
{{ interview.room }}
{{ interview.notes }}
{% for name in ("join_url", "meeting_id", "passcode", "dial_in") if details[name] is defined %}
{{ name }}={{ details[name]|link }}
{% endfor %}
{% for note in notes %}
{{ note }}
{% endfor %}
{{ product }}
""",
    "all.html.j2": """\
<h1>{{ interview.subject }}</h1>
<p>{{ interview.time }}</p><p>{{ interview.room }}</p><p>{{ interview.notes }}</p>
{% for one in people.interviewers %}<p>{{ one.name }}</p>{% endfor %}
{% for one in people.candidates %}<p>{{ one.name }}</p>{% endfor %}
{% for name in ("join_url", "meeting_id", "passcode", "dial_in") if details[name] is defined %}
<p>{{ details[name]|link }}</p>
{% endfor %}
{% for note in notes %}<p>{{ note }}</p>{% endfor %}
""",
}


def _interview(**changes: object) -> Interview:
    values: dict[str, object] = {
        "id": "i1",
        "panel": "p1",
        "subject": "Technical interview",
        "kind": "Onsite",
        "start": datetime(2026, 11, 26, 10, tzinfo=UTC),
        "minutes": 45,
        "zone": "Europe/Berlin",
        "scheduler": Person(email="sue@acme.example", name="Sue"),
        "interviewers": (Person(email="ana@acme.example", name="Ana"),),
        "candidates": (Candidate(email="cy@home.example", name="Cy", time_zone="Asia/Tokyo"),),
        "room": "Room 4",
        "notes": "Bring a pen",
    }
    return Interview.model_validate(values | changes)


def _meeting(**changes: object) -> Meeting:
    host = zoom_user("host@secret.example")
    values: dict[str, object] = {
        "id": "MEETINGID",
        "join_url": "https://zoom.example/j/JOINURL",
        "passcode": "PASSCODE",
        "host": host,
        "via": Connection(level=Level.ORGANIZATION, owner="OWNER", phase="on", kind=PhaseKind.ACTIVE, zoom_user=host),
        "of": "i1",
    }
    return Meeting.model_validate(values | changes)


def _invite(**changes: object) -> Invite:
    values: dict[str, object] = {
        "audience": "interviewers",
        "channel": "calendar",
        "template": "all",
        "shows": DETAILS,
    }
    return Invite.model_validate(values | changes)


@pytest.fixture(scope="session")
def interview() -> Callable[..., Interview]:
    """An interview; keyword arguments replace what matters to the test."""
    return _interview


@pytest.fixture(scope="session")
def invite() -> Callable[..., Invite]:
    """An invite to the interviewers' calendar that shows every detail."""
    return _invite


@pytest.fixture(scope="session")
def meeting() -> Callable[..., Meeting]:
    """A meeting whose details are easy to find again."""
    return _meeting


@pytest.fixture(scope="session")
def facts() -> Callable[..., LetterFacts]:
    """The facts of one letter about that interview and that meeting."""

    def make(**changes: object) -> LetterFacts:
        values: dict[str, object] = {
            "interview": _interview(),
            "meeting": _meeting(),
            "invite": _invite(),
            "product": "Acme",
        }
        return LetterFacts.model_validate(values | changes)

    return make


@pytest.fixture(scope="session")
def templates_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Mapping[str, str]], TemplateSet]:
    """A template set made of these files."""

    def make(sources: Mapping[str, str]) -> TemplateSet:
        folder = tmp_path_factory.mktemp("templates")
        for name, source in sources.items():
            (folder / name).write_text(source, encoding="utf-8")
        return TemplateSet(folder)

    return make


@pytest.fixture(scope="session")
def templates(templates_of: Callable[[Mapping[str, str]], TemplateSet]) -> TemplateSet:
    """Templates that print everything they can see."""
    return templates_of(TEMPLATES)


@pytest.fixture(scope="session")
def write(templates: TemplateSet, facts: Callable[..., LetterFacts]) -> Callable[..., Letter]:
    """Compose a letter; keyword arguments of the facts, or of `compose`, replace what matters to the test."""

    def make(**changes: object) -> Letter:
        named = {
            name: changes.pop(name) for name in ("sequence", "recipients", "sender", "letter_id") if name in changes
        }
        letter_facts = facts(**changes)
        arguments: dict[str, object] = {
            "templates": templates,
            "letter_id": "l1",
            "uid": "i1-interviewers@greenroom",
            "sequence": 0,
            "recipients": letter_facts.interview.interviewers,
            "now": NOW,
            "sender": Person(email="invites@acme.example", name="Acme"),
        }
        return compose(letter_facts, **(arguments | named))  # type: ignore[arg-type]  # each is what compose names

    return make
