"""``greenroom profiles show``: one page on a profile."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console

from greenroom.cli.tables import console, dot, plain, table
from greenroom.profiles import LevelDescription, ProfileDescription, ScopeDescription, SettingDescription
from greenroom.profiles.description import DimensionAnswer

_HEADLINES = (
    "authorizer",
    "share_link",
    "pre_approval",
    "host",
    "link_stage",
    "opt_in",
    "unique",
    "candidate_link",
    "review",
    "disconnect",
)
"""The dimensions that a page opens with; `greenroom profiles compare` has all of them."""


def show_profile(one: ProfileDescription) -> None:
    """Print the page."""
    out = console()
    origin = f"profile {one.name}@{one.edition}, {one.distribution} {one.version}"
    out.print(f"[bold]{plain(one.product)}[/]  {plain(origin)}; document {plain(one.source)}")
    counts = ", ".join(f"{count} {basis}" for basis, count in one.clauses_by_basis)
    out.print(f"clauses: {sum(count for _, count in one.clauses_by_basis)} ({counts})\n")
    for level in one.levels:
        _show_level(out, level)
    _show_actions(out, one)
    _show_answers(out, one)
    _show_settings(out, one)
    _show_scopes(out, one.scopes)
    _show_parameters(out, one)
    _show_silence(out, one)


def _show_level(out: Console, level: LevelDescription) -> None:
    phases = "  ".join(dot(phase.label, phase.colour) for phase in level.phases)
    managed = "an admin-managed" if level.app == "admin" else "a user-managed"
    out.print(f"[bold]{plain(level.label)}[/] [dim]({level.level.value})[/]  {phases}  [dim]through {managed} app[/]")


def _show_actions(out: Console, one: ProfileDescription) -> None:
    rows = [
        (
            plain(action.label),
            f"{action.action.value} [dim]({action.level.value})[/]",
            "everybody" if action.roles == one.roles else plain(", ".join(action.roles)) or "nobody",
        )
        for action in one.actions
    ]
    out.print()
    out.print(table("Actions", ("in the product", "action", f"of {', '.join(one.roles)}"), rows))


def _show_answers(out: Console, one: ProfileDescription) -> None:
    answers = {answer.dimension: answer for answer in one.answers}
    rows = [_answer(answers[name]) for name in _HEADLINES if answers[name].words]
    used = [answer for answer in one.answers if answer.words and answer.dimension in one.features]
    rows += [_answer(answer) for answer in used]
    out.print(table("Behaviour", ("", "", "clauses"), rows))


def _answer(answer: DimensionAnswer) -> tuple[str, str, str]:
    cited = ", ".join(clause.id for clause in answer.clauses)
    return plain(answer.title), plain(answer.says), f"{answer.basis} [dim]{cited}[/]"


def _show_settings(out: Console, one: ProfileDescription) -> None:
    if not one.settings:
        out.print("[bold]Settings[/]\n none\n")
        return
    rows = [(plain(item.title), item.scope.value, _default(item), plain(item.help)) for item in one.settings]
    out.print(table("Settings", ("setting", "of", "default", "help"), rows))


def _default(item: SettingDescription) -> str:
    labels = {choice.value: choice.label for choice in item.choices}
    if isinstance(item.default, bool):
        return "on" if item.default else "off"
    default = plain(labels.get(str(item.default), str(item.default))) if item.default not in (None, []) else "none"
    others = [plain(label) for value, label in labels.items() if value != item.default]
    return f"{default}\n[dim]or {', '.join(others)}[/]" if others else default


def _show_scopes(out: Console, scopes: tuple[ScopeDescription, ...]) -> None:
    if scopes:
        rows = [(plain(item.name), "\n".join(item.zoom), plain("\n".join(item.purposes))) for item in scopes]
        out.print(table("Scopes", ("as printed", "at Zoom", "needed for"), rows))


def _show_parameters(out: Console, one: ProfileDescription) -> None:
    if one.parameters:
        rows = [(name, plain(str(value))) for name, value in one.parameters]
        out.print(table("Parameters", ("what the document leaves open", "here"), rows))
    for deviation in one.deviating:
        out.print(f" [yellow]deviating[/] {plain(deviation)}")


def _show_silence(out: Console, one: ProfileDescription) -> None:
    answered = [answer for answer in one.silent if answer.instead]
    if answered:
        rows = [(plain(answer.title), plain(answer.instead)) for answer in answered]
        out.print(table("Where the document is silent", ("on", "what is done"), rows))
    others = "; ".join(_bare_silence(one))
    if others:
        out.print(f" [dim]and on: {plain(others)}[/]")


def _bare_silence(one: ProfileDescription) -> Iterator[str]:
    return (answer.title for answer in one.silent if not answer.instead)
