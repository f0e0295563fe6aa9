"""A profile as a page to read: what it is, how it moves, what it prints, and every clause it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from greenroom.model import Action, Cause, Clause, Level, PhaseKind, Say
from greenroom.profiles.clauses import core_clauses
from greenroom.profiles.description import LevelDescription, ProfileDescription, describe
from greenroom.profiles.manifest import Move
from greenroom.profiles.profile import Profile

_REACHES = {"own": "their own connections", "organization": "the organization's and their own", "all": "all"}
_STAGES = {"draft": "while drafting", "saved": "once it is saved", "confirmed": "once it is confirmed"}
_KINDS = {
    PhaseKind.IDLE: "nothing is connected",
    PhaseKind.PENDING: "waiting",
    PhaseKind.ACTIVE: "in use",
    PhaseKind.BROKEN: "to be connected again",
}
_CAUSES = {
    Cause.PERSON: "somebody disconnects",
    Cause.SWITCHED_OFF: "switched off",
    Cause.UNINSTALLED: "removed at Zoom",
    Cause.AUTHORIZER_ROLE: "authorizer lost the role",
    Cause.AUTHORIZER_GONE: "authorizer is gone",
    Cause.SCOPES_LOST: "scopes lost",
    Cause.APPROVAL_WITHDRAWN: "approval withdrawn",
    Cause.GRANT_DEAD: "tokens dead",
}


def page(profile: Profile, proofs: Mapping[str, Sequence[str]]) -> str:
    """Return the page, in Markdown.

    ``proofs``: the names of the checks that prove each clause, by its id; a clause without one is noted.
    """
    told = describe(profile)
    parts = (
        _head(told),
        *(_level(profile, level) for level in told.levels),
        _interviews(profile),
        _settings(told),
        _scopes(told),
        _capabilities(told),
        _parameters(told),
        _clauses(profile, proofs),
    )
    return "\n\n".join(part for part in parts if part) + "\n"


def _head(told: ProfileDescription) -> str:
    counts = ", ".join(f"{number} {basis}" for basis, number in told.clauses_by_basis)
    return (
        f"# {told.product}\n\n"
        f"How Greenroom behaves under the profile `{told.name}`, edition {told.edition}. This page is made from the "
        f"plugin by `make profiles`; the document it rests on is `{told.source}`. Clauses: {counts}.\n\n"
        f"People may be: {', '.join(told.roles)}. A person sees {_REACHES[told.reach]}."
    )


def _level(profile: Profile, told: LevelDescription) -> str:
    rows = [(one.label, one.colour, _KINDS[one.kind], f"`{one.name}`") for one in told.phases]
    by_zoom = (Action.COMPLETE, Action.APPROVAL_DECIDED)
    actions = [(one.label, f"`{one.action.value}`") for one in told.actions if one.action not in by_zoom]
    return "\n\n".join(
        (
            f"## Connection of the {told.level.value}: {told.label}",
            f"Through a Zoom app that is {'admin' if told.app == 'admin' else 'user'}-managed.",
            _table(("Shown as", "Colour", "Meaning", "Phase"), rows),
            _diagram(profile, told.level),
            _table(("What people may do", "Action"), actions),
        )
    )


def _diagram(profile: Profile, level: Level) -> str:
    """Draw the phases and the ways between them; actions by their labels, losses by their causes."""
    names = [phase.name for phase in profile.manifest.phases[level]]
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {name} : {_plain(profile.labels.phase(level, name).label)}" for name in names]
    lines.append(f"    [*] --> {profile.manifest.initial_phase(level).name}")
    for moves in profile.manifest.moves.get(level, ()):
        ways = ", ".join(dict.fromkeys(_way(profile, level, move) for move in moves.each()))
        lines.append(f"    {moves.at} --> {moves.to} : {ways}")
    return "\n".join((*lines, "```"))


def _way(profile: Profile, level: Level, move: Move) -> str:
    if move.by == Action.COMPLETE.value:
        return "authorized at Zoom"
    if move.by == Action.APPROVAL_DECIDED.value:
        return "approval decided"
    if move.by in {action.value for action in Action}:
        return _plain(profile.labels.action(Action(move.by), level))
    return _CAUSES[Cause(move.by)]


def _plain(text: str) -> str:
    """Keep what a diagram can show: colons and semicolons end a label there."""
    return text.replace(":", " ").replace(";", ",").replace("  ", " ")


def _interviews(profile: Profile) -> str:
    link, sending, share = profile.manifest.link, profile.manifest.sending, profile.manifest.share
    wish = {"interview": "each interview says so", "kind": "its kind says so", "always": "always"}[link.opt_in]
    unique = {"always": "unique", "unless_pmi": "unique, unless a personal room is used", "silent": "not said"}[
        link.unique
    ]
    rows = [
        ("A meeting is made", _STAGES[link.stage], _cited(link.clauses)),
        ("Zoom is used", wish, _cited(link.clauses)),
        ("Links are", unique, _cited(link.clauses)),
        ("Letters are looked at before they go", "yes" if sending.review_first else "no", _cited(sending.clauses)),
    ]
    if share:
        rows.append(("A shared link lives", share.life.replace("_", " "), _cited(share.clauses)))
    rows += [
        (f"Told of `{name}`", profile.labels.text(Say(key=problem.say)), _cited(problem.clauses))
        for name, problem in profile.manifest.problems.items()
        if not _parameters_in(profile, problem.say)
    ]
    return "## Interviews\n\n" + _table(("What", "How", "Clauses"), rows)


def _parameters_in(profile: Profile, key: str) -> bool:
    return "{" in profile.labels.messages.get(key, "")


def _settings(told: ProfileDescription) -> str:
    rows = [
        (
            one.title,
            one.scope.value,
            _value(one.default),
            " / ".join(choice.label for choice in one.choices) or one.help,
        )
        for one in told.settings
    ]
    return "## Settings\n\n" + _table(("Setting", "Of", "Default", "Choices or help"), rows) if rows else ""


def _scopes(told: ProfileDescription) -> str:
    rows = [(one.name, ", ".join(f"`{zoom}`" for zoom in one.zoom), "; ".join(one.purposes)) for one in told.scopes]
    return "## Scopes\n\n" + _table(("As printed", "At Zoom", "For"), rows) if rows else ""


def _capabilities(told: ProfileDescription) -> str:
    rows = [(name.replace("_", " "), one.level, one.reason) for name, one in told.capabilities]
    return "## How far the document goes\n\n" + _table(("What", "Described", "Because"), rows)


def _parameters(told: ProfileDescription) -> str:
    if not told.parameters:
        return ""
    rows = [(f"`{name}`", _value(value)) for name, value in told.parameters]
    lead = (
        "What the document leaves open and a deployment may set otherwise; what is set otherwise shows as *deviating*."
    )
    return f"## Parameters\n\n{lead}\n\n" + _table(("Parameter", "Value"), rows)


def _clauses(profile: Profile, proofs: Mapping[str, Sequence[str]]) -> str:
    core = core_clauses()
    own = [clause for clause in profile.clauses.values() if clause.id not in core]
    rows = list(_clause_rows(own, proofs))
    return "## Clauses\n\n" + _table(("Id", "Basis", "Given, when, then", "Proven by"), rows)


def _clause_rows(clauses: Iterable[Clause], proofs: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    for clause in clauses:
        said = f"**Given** {clause.given} **when** {clause.when} **then** {clause.then}"
        proven = "<br>".join(f"`{name}`" for name in proofs.get(clause.id, ())) or f"noted: {clause.note or ''}".strip()
        yield clause.id, clause.basis, said, proven


def _cited(clauses: tuple[str, ...]) -> str:
    return ", ".join(clauses)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value in (None, [], "") else str(value)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + " --- |" * len(columns)]
    lines += ["| " + " | ".join(_cell(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _cell(text: str) -> str:
    return " ".join(str(text).replace("|", "\\|").split())
