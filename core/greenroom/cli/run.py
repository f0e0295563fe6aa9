"""Run a verb for a command: open Greenroom, print tables or JSON, end with the right exit code."""

from __future__ import annotations

import asyncio
import functools
import json
import os
import sys
from collections.abc import Awaitable, Callable, Iterable
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar

import click

from greenroom.cli.schemas import SCHEMAS
from greenroom.configuration import configuration_file
from greenroom.documents import DocumentError
from greenroom.engine.outcomes import GateOutcome, InterviewOutcome
from greenroom.engine.ports.zoom import GrantDead, OutcomeUnclear, RateLimited, ZoomUnavailable
from greenroom.errors import BadInput, ConfigurationFault, GreenroomError
from greenroom.profiles import Switches
from greenroom.profiles.errors import BlockedProfile, UnknownEdition, UnknownProfile, UnreadableSwitches

if TYPE_CHECKING:
    from greenroom.facade import Greenroom

P = ParamSpec("P")
T = TypeVar("T")

DONE, FAULT, BAD_INPUT, REFUSED, NEEDS_PERSON, ZOOM_DOWN = range(6)

_BAD_INPUT = (
    BadInput,
    BlockedProfile,
    ConfigurationFault,
    DocumentError,
    UnknownEdition,
    UnknownProfile,
    UnreadableSwitches,
)
_ZOOM_DOWN = (ZoomUnavailable, OutcomeUnclear, RateLimited)


def json_option(command: Callable[P, T]) -> Callable[P, T]:
    """Add ``--json``: one document on standard output, its ``schema`` named as in docs/schemas."""
    option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables (see docs/schemas).")
    return option(command)


def switches() -> Switches:
    """Return the plugin switches in force: flags, environment, file."""
    only, block, none = click.get_current_context().find_root().obj or (None, None, None)
    return Switches.resolve(
        only=only.split(",") if only else None,
        block=block.split(",") if block else None,
        none=none,
        environment=os.environ,
        file=configuration_file(),
    )


def run(verb: Callable[[Greenroom], Awaitable[T]]) -> T:
    """Open Greenroom and run ``verb`` in it."""

    from greenroom.facade import Greenroom  # commands that open nothing start without it

    async def go() -> T:
        async with Greenroom(switches=switches()) as greenroom:
            return await verb(greenroom)

    return asyncio.run(go())


def guarded(command: Callable[P, None]) -> Callable[P, None]:
    """End a command that raises one of our errors with one clear line and its exit code."""

    @functools.wraps(command)
    def guard(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except GreenroomError as error:
            fail(error, as_json=kwargs.get("as_json") is True)
        except click.Abort:
            what = "stopped before the last question was answered; nothing more was done"
            fail(
                BadInput(what, where="standard input", next="Answer the questions, or give the options"), as_json=False
            )

    return guard


def fail(error: GreenroomError, *, as_json: bool, code: int | None = None) -> NoReturn:
    """Print an error (JSON on standard output, one line on standard error) and exit, with its own code or this one."""
    if as_json:
        parts = {"code": error.code, "what": error.what, "where": error.where, "next": error.next}
        click.echo(json.dumps({"schema": "greenroom.error.v1", "data": parts}, indent=2))
    else:
        click.echo(f"error: {error}", err=True)
    sys.exit(exit_code_of(error) if code is None else code)


def exit_code_of(error: GreenroomError) -> int:
    """Return the exit code an error ends a command with."""
    if isinstance(error, _BAD_INPUT):
        return BAD_INPUT
    if isinstance(error, GrantDead):
        return NEEDS_PERSON
    return ZOOM_DOWN if isinstance(error, _ZOOM_DOWN) else FAULT


def show_json(schema: str, value: object) -> None:
    """Print ``value`` as a document of ``schema``; the schema's type validates what is printed."""
    click.echo(json_text(schema, value))


def json_text(schema: str, value: object) -> str:
    """Return ``value`` as a document of ``schema``."""
    data = SCHEMAS[schema].dump_python(value, mode="json")
    return json.dumps({"schema": schema, "data": data}, indent=2, ensure_ascii=False)


def gate_code(outcome: GateOutcome) -> int:
    """Return the exit code of a gate outcome."""
    if outcome.refused:
        return REFUSED
    return NEEDS_PERSON if outcome.kind in {"go_to_zoom", "share_link", "ask_approval"} else DONE


def failed_code(codes: Iterable[str]) -> int:
    """Return the exit code of failures by their stable codes: the gravest of them."""
    known = set(codes)
    if GrantDead.code in known:
        return NEEDS_PERSON
    return ZOOM_DOWN if known & {down.code for down in _ZOOM_DOWN} else FAULT


def interviews_code(outcomes: tuple[InterviewOutcome, ...]) -> int:
    """Return the exit code of several interviews: the gravest of them."""
    kinds = {outcome.kind for outcome in outcomes}
    if any(outcome.code == GrantDead.code for outcome in outcomes):
        return NEEDS_PERSON
    if kinds & {"unclear"} or any(outcome.code in {down.code for down in _ZOOM_DOWN} for outcome in outcomes):
        return ZOOM_DOWN
    if "failed" in kinds:
        return FAULT
    return REFUSED if "refused" in kinds else DONE
