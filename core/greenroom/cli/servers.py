"""``sandbox``, ``serve`` and ``subject``."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

import click

from greenroom.cli.run import guarded, switches
from greenroom.configuration import DEFAULT_SERVICE, read_configuration
from greenroom.errors import BadInput


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="0 takes a free port.")
@click.option("--world", metavar="WORLD", help="A world file, or demo (the default), free or government.")
@click.option("--seed", type=int, metavar="N", help="Make ids, codes and tokens repeatable.")
@click.option("--clock", metavar="ISO", help="Start from this instant, such as 2026-11-23T09:00:00Z.")
@click.option("--frozen", is_flag=True, help="Let the clock stand still until /_sandbox/clock moves it.")
@click.option(
    "--signing-clock",
    type=click.Choice(["real", "sandbox"]),
    default="real",
    show_default=True,
    help="Whose time the signatures of events carry.",
)
@guarded
def sandbox(
    port: int,
    world: str | None,
    seed: int | None,
    clock: str | None,
    frozen: bool,
    signing_clock: Literal["real", "sandbox"],
) -> None:
    """Run the embedded Zoom until interrupted; prints one JSON line when it accepts connections."""
    from greenroom.sandbox import Sandbox, SandboxError, load_world
    from greenroom.sandbox import serve as serve_sandbox

    try:
        made = Sandbox(
            load_world(world),
            seed=seed,
            clock=_instant(clock) if clock else None,
            frozen=frozen,
            signing_clock=signing_clock,
        )
        serve_sandbox(made, port=port)
    except SandboxError as error:
        raise BadInput(str(error), where="greenroom sandbox") from None
    except OSError as error:
        raise BadInput(str(error), where=f"--port {port}", next="Choose another port") from None


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, metavar="N", help="Port.")
@guarded
def serve(host: str, port: int) -> None:
    """Run the service: OAuth callbacks, shared links, Zoom's webhooks.

    GREENROOM_PUBLIC_URL is where browsers reach it; without it, the address it listens on.
    """
    from greenroom.service import serve as serve_service

    configuration = read_configuration()
    if configuration.public_url is None and port:
        configuration = read_configuration(public_url=f"http://{host}:{port}" if host != "0.0.0.0" else DEFAULT_SERVICE)  # noqa: S104
    serve_service(configuration, host=host, port=port, switches=switches())


@click.command()
@click.argument("profile")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="0 takes a free port.")
@guarded
def subject(profile: str, port: int) -> None:
    """Serve PROFILE as a subject of the conformance kit; prints one JSON line when it accepts connections.

    Its answers are what an implementation in another language is compared with: docs/protocol.md.
    """
    from greenroom.conformance import InProcess
    from greenroom.conformance.serving import serve_subject
    from greenroom.profiles import Registry

    made = InProcess(Registry.discover(switches()).profile(profile))
    try:
        serve_subject(made, port=port)
    except OSError as error:
        raise BadInput(str(error), where=f"--port {port}", next="Choose another port") from None


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"{text!r} is not an instant", where="--clock", next="Write 2026-11-23T09:00:00Z") from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
