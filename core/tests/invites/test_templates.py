"""Template sets: what a template may do, and how it is stopped."""

import time
from collections.abc import Callable, Mapping

import pytest

from greenroom.invites import LetterFacts, Rendered, TemplateFault, TemplateSet, letter_context

Render = Callable[..., Rendered]


@pytest.fixture(scope="session")
def render(templates_of: Callable[[Mapping[str, str]], TemplateSet], facts: Callable[..., LetterFacts]) -> Render:
    """Render a text or HTML template given as a string."""

    def run(text: str = "x", *, html: str = "x", subject: str = "x", **others: str) -> Rendered:
        sources = {"all.txt.j2": text, "all.html.j2": html, "all.subject.j2": subject}
        sources |= {name.replace("_", ".") + ".j2": source for name, source in others.items()}
        letter_facts = facts()
        return templates_of(sources).render(letter_facts.invite, letter_context(letter_facts))

    return run


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ interview.__class__.__mro__ }}",
        "{{ people.scheduler.__init__.__globals__ }}",
        "{{ interview['__class__'] }}",
        "{{ interview|attr('__class__') }}",
        "{{ config }}",
        "{{ self }}",
        "{{ request }}",
        "{{ cycler.__init__ }}",
        "{{ lipsum() }}",
        "{{ '{0.__class__}'.format(interview) }}",
        "{{ details.update({'passcode': 1}) }}",
        "{{ interview.subject|safe }}",
        "{% autoescape false %}{{ interview.subject }}{% endautoescape %}",
        "{% import 'all.txt.j2' as other %}",
        "{% macro a() %}{% endmacro %}",
        "{% set a %}x{% endset %}",
        "{{ interview }}",
        "{{ people.interviewers }}",
        "{{ [[1]] }}",
        "{{ nothing }}",
        "{{ interview.nothing }}",
        "{{ interview.subject + 1 }}",
        "{{ 1 / 0 }}",
        "{{ interview.minutes ",
        "{% include '../all.txt.j2' %}",
        "{% include '/etc/passwd' %}",
        "{% include 'missing.j2' %}",
        "{% include 'all.txt.j2' without context %}",
    ],
)
@pytest.mark.parametrize("part", ["text", "html", "subject"])
def test_what_a_template_may_not_do_is_a_fault_with_a_place(render: Render, part: str, source: str) -> None:
    """Python's inside, core's settings, unescaped output, other files and mistakes: each names template and line."""
    with pytest.raises(TemplateFault) as caught:
        render(**{part: f"first line\n{source}"})
    fault = caught.value
    assert fault.template.startswith("all.")
    assert fault.line == 2
    assert fault.what
    assert f"{fault.template}, line 2: {fault.what}" in str(fault)


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(9999) %}" + "x" * 100 + "{% endfor %}",
        "{{ 'x' * 10**8 }}",
        "{{ 'x' * 100000000 }}",
        "{{ [1] * 100000000 }}",
        "{{ '%100000000d' % 1 }}",
        "{{ 'x'.center(100000000) }}",
        "{{ 'x'|center(100000000) }}",
        "{{ '{:100000000}'.format(1) }}",
        "{{ 10 ** 10 ** 10 }}",
        "{% set a = 'x' %}" + "{% set a = a ~ a %}" * 40 + "{{ a }}",
        "{% set a = 'x' %}" + "{% set a = a + a %}" * 40 + "{{ a }}",
        "{% set a = 'x' %}" + "{% set a = [a, a]|join(a) %}" * 40 + "{{ a }}",
        "{% set a = [1] %}" + "{% set a = [a, a] %}" * 40 + "{{ a|string }}",
        "{% set a = 10 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
        "{{ range(99999)|map('string')|join('xxxxxxxxxx') }}",
        "{% include 'all.txt.j2' %}{% include 'all.txt.j2' %}",
        "{{ " + "(" * 5000 + ")" * 5000 + " }}",
        "x" * 70_000,
    ],
)
def test_a_template_without_end_is_stopped_soon(render: Render, source: str) -> None:
    """Loops, repeats, doublings and includes that would fill time or memory end as a fault within a second."""
    begun = time.perf_counter()
    with pytest.raises(TemplateFault):
        render(source)
    assert time.perf_counter() - begun < 1


def test_a_fault_keeps_the_data_to_itself(render: Render) -> None:
    """What a person wrote is not quoted by the error that it provoked, nor by the error's cause."""
    with pytest.raises(TemplateFault) as caught:
        render("{{ interview.start.strftime(interview.subject, 1) }}")
    assert "Technical" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_a_fault_in_an_included_file_names_that_file(render: Render) -> None:
    """The place is where the mistake stands, not where the file was asked for."""
    with pytest.raises(TemplateFault, match=r"foot\.txt\.j2, line 2: 'oops' is undefined"):
        render("{% include 'foot.txt.j2' %}", foot_txt="a\n{{ oops }}")


@pytest.mark.parametrize("missing", ["all.subject.j2", "all.txt.j2", "all.html.j2"])
def test_each_of_the_three_files_is_needed(
    templates_of: Callable[[Mapping[str, str]], TemplateSet], facts: Callable[..., LetterFacts], missing: str
) -> None:
    """A template without one of its files is a fault that names the file."""
    names = {"all.subject.j2", "all.txt.j2", "all.html.j2"} - {missing}
    with pytest.raises(TemplateFault, match=missing):
        templates_of(dict.fromkeys(names, "x")).render(facts().invite, letter_context(facts()))


@pytest.mark.parametrize("stem", ["../all", "/etc/passwd", "a/b", "", "..", "all\n"])
def test_a_stem_cannot_leave_the_folder(
    templates: TemplateSet, facts: Callable[..., LetterFacts], invite: Callable[..., object], stem: str
) -> None:
    """An invite that names a path as its template reads no file."""
    letter_facts = facts(invite=invite(template=stem))
    with pytest.raises(TemplateFault):
        templates.render(letter_facts.invite, letter_context(letter_facts))


def test_what_a_letter_needs_is_there(render: Render) -> None:
    """Conditions, loops with their index, filters, joining, includes and open values render as expected."""
    text = (
        "{% set who = people.interviewers|map(attribute='name')|join(', ') %}{{ who ~ '!' }}\n"
        "{% for one in people.candidates %}{{ loop.index }}/{{ loop.length }} {{ one.name }}{% endfor %}\n"
        "{% if details.dial_in is defined %}call{% else %}{{ details.meeting_id|default('-') }}{% endif %}\n\n\n\n"
        "{{ interview.start.strftime('%H:%M') }} {{ interview.minutes + 5 }} {{ none }}\n{% include 'foot.txt.j2' %}"
    )
    assert render(text, foot_txt="{{ product }}").text == "Ana!\n1/1 Cy\nMEETINGID\n\n11:00 50\nAcme\n"


def test_a_text_file_included_in_html_is_escaped(render: Render) -> None:
    """An include cannot carry text past the escaping."""
    rendered = render(html="{% include 'foot.txt.j2' %}", foot_txt="{{ '<b>' ~ product }}")
    assert rendered.fragment == "&lt;b&gt;Acme"


def test_a_subject_is_one_short_line(render: Render) -> None:
    """Line breaks become blanks, and a subject ends after 200 characters."""
    subject = render(subject="a\r\nBcc: b\n\n{% for n in range(300) %}x{% endfor %}").subject
    assert subject.startswith("a Bcc: b xxx")
    assert len(subject) == 200
