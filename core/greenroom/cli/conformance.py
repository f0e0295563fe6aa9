"""``greenroom conformance``: judge products; list what they are judged by; say what changed since an earlier run.

What is no subcommand's name is judged: ``greenroom conformance acme`` is ``greenroom conformance run acme``.
"""

from __future__ import annotations

import importlib

import click

DEFAULT = "run"

_COMMANDS = {
    "run": ("greenroom.cli.conformance_run:run", "Judge profiles, or a service of yours (what is done by default)."),
    "list": ("greenroom.cli.conformance_list:list_checks", "List every check, with its version and its digest."),
    "diff": ("greenroom.cli.conformance_diff:diff", "Say what two runs differ in."),
    "machine": ("greenroom.cli.conformance_machine:machine", "Let chance use a product, and see that all holds."),
    "differ": ("greenroom.cli.conformance_differ:differ", "Find the smallest scenario on which two profiles differ."),
}


class Judging(click.Group):
    """A group of commands that are imported when they are called, one of which is meant where none is named."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default before what names no command."""
        named = args and (args[0] in self.list_commands(ctx) or args[0] in ctx.help_option_names)
        return super().parse_args(ctx, args if named else [DEFAULT, *args])

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names, the default first."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command; whatever names none is what the default judges."""
        module, _, name = _COMMANDS.get(cmd_name, _COMMANDS[DEFAULT])[0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=Judging)
def conformance() -> None:
    """Judge profiles, or what answers at a URL, by clause checks and by the contracts of every product.

    `greenroom conformance NAME` judges; `greenroom conformance run --help` has its options.
    """
