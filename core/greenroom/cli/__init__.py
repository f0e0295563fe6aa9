"""The command line. ``greenroom --help`` imports nothing but click: commands load when they run."""

from __future__ import annotations

import importlib
from importlib.metadata import version

import click

_COMMANDS = {
    "demo": ("greenroom.cli.demo:demo", "Schedule a panel under each installed profile, on the embedded Zoom."),
    "sandbox": ("greenroom.cli.servers:sandbox", "Run the embedded Zoom until interrupted."),
    "profiles": ("greenroom.cli.profiles:profiles", "List, show and check installed profiles."),
    "clauses": ("greenroom.cli.clauses:clauses", "List clauses of a profile, or facts of Zoom, with their checks."),
    "org": ("greenroom.cli.organizations:org", "Create, list and show organizations and their members."),
    "actions": ("greenroom.cli.connecting:actions", "Say what a member may do now, and why not."),
    "act": ("greenroom.cli.connecting:act", "Do one of those actions that stays inside the product."),
    "connect": ("greenroom.cli.connecting:connect", "Lead somebody to Zoom's consent page, and take them back."),
    "configure": ("greenroom.cli.connecting:configure", "Change a profile's settings."),
    "notices": ("greenroom.cli.notices:notices", "List who was told what, and what still has to be delivered."),
    "members": ("greenroom.cli.setups:members", "List members: connected or not, and the type of connection."),
    "setup": ("greenroom.cli.setups:setup", "Show what a member's own Zoom page shows."),
    "rooms": ("greenroom.cli.setups:rooms", "List the account's Zoom Rooms, where the profile does."),
    "recipes": ("greenroom.cli.setups:recipes", "Show what a profile has people prepare outside the product."),
    "directory": ("greenroom.cli.directory:directory", "Show who exists at Zoom, and look there now."),
    "hosts": ("greenroom.cli.hosts:hosts", "Show who may host and whose turn it is; give meetings to another host."),
    "disconnect": ("greenroom.cli.disconnecting:disconnect", "End a connection, or say what that would change."),
    "schedule": ("greenroom.cli.scheduling:schedule", "Schedule the interviews of a panel file."),
    "preview": ("greenroom.cli.scheduling:preview", "Show the letters exactly as they would be sent."),
    "edit": ("greenroom.cli.scheduling:edit", "Rewrite a letter before it is sent, where the profile allows it."),
    "send": ("greenroom.cli.scheduling:send", "Send the waiting letters of an interview or panel."),
    "reschedule": ("greenroom.cli.scheduling:reschedule", "Move an interview; its link stays."),
    "place": ("greenroom.cli.scheduling:place", "Add an interview's Zoom link, take it out, paste one, pick a room."),
    "confirm": ("greenroom.cli.scheduling:confirm", "Agree the time of an interview that was only proposed."),
    "cancel": ("greenroom.cli.scheduling:cancel", "Cancel an interview and its meeting."),
    "retry": ("greenroom.cli.scheduling:retry", "Take up an interview again: look at Zoom first, then go on."),
    "calendar": ("greenroom.cli.around:calendar", "Show the calendar behind the connection, to arrange an interview."),
    "recordings": ("greenroom.cli.recorded:recordings", "List what was recorded of interviews."),
    "download": ("greenroom.cli.recorded:download", "Fetch a recorded file from Zoom."),
    "transcript": ("greenroom.cli.recorded:transcript", "Read and search what was said in recorded interviews."),
    "calls": ("greenroom.cli.around:calls", "List the phone calls with a candidate."),
    "timeline": ("greenroom.cli.around:timeline", "Show everything around a candidate or an interview, by time."),
    "candidate": ("greenroom.cli.around:candidate", "Show a candidate's record: status, interviews, links."),
    "start": ("greenroom.cli.around:start", "Make what the Meeting SDK needs to start a meeting as its host."),
    "explain": ("greenroom.cli.looking:explain", "Say why an interview is as it is: each decision with its clauses."),
    "status": ("greenroom.cli.looking:status", "Show connections, interviews and notices."),
    "whatif": ("greenroom.cli.whatif:whatif", "Play a scenario through every profile and say where they differ."),
    "doctor": ("greenroom.cli.looking:doctor", "Check this deployment and say what to do about it."),
    "keys": ("greenroom.cli.looking:keys", "Print a fresh sealing key for GREENROOM_KEYS."),
    "serve": ("greenroom.cli.servers:serve", "Run the service: OAuth callbacks, shared links, webhooks."),
    "new-profile": ("greenroom.cli.new_profile:new_profile", "Begin a profile for a product that has none yet."),
    "conformance": ("greenroom.cli.conformance:conformance", "Judge profiles, or a service of yours, and report."),
    "subject": ("greenroom.cli.servers:subject", "Serve a profile for the conformance kit, over HTTP."),
}

_EPILOG = """\b
First steps (no Zoom account needed):
  greenroom demo                        see every installed profile at work
  greenroom profiles list               what is installed
  greenroom org create NAME --profile P

\b
Exit codes: 0 done, 1 fault, 2 bad input, 3 refused by the profile,
4 needs a person at Zoom, 5 Zoom unavailable or outcome unclear.
"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called; their one-line help stands here."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order they are taught."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        entry = _COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry[0].partition(":")
        command = getattr(importlib.import_module(module), name)
        if not isinstance(command, click.Command):
            message = f"{entry[0]} is not a command"
            raise TypeError(message)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(cls=LazyGroup, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--only", metavar="NAMES", help="Use only these profiles (separated by commas).")
@click.option("--block", metavar="NAMES", help="Do not use these profiles or policies.")
@click.option("--no-profiles", is_flag=True, default=None, help="Load no plugin at all.")
@click.version_option(version("greenroom"), prog_name="greenroom")
@click.pass_context
def main(ctx: click.Context, only: str | None, block: str | None, no_profiles: bool | None) -> None:
    """Interview scheduling on Zoom that behaves exactly as a chosen recruiting product documents it."""
    ctx.obj = (only, block, no_profiles)
