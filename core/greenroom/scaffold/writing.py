"""Render a scaffold's files, and write them all or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from jinja2 import Environment, FunctionLoader, StrictUndefined

from greenroom.errors import BadInput
from greenroom.hooks import HOOK_API
from greenroom.scaffold.clauses import clauses_of, ids_of
from greenroom.scaffold.imports import with_imports
from greenroom.scaffold.options import Options

EDITION = "2026-11"
"""The one edition of words that a scaffold has."""

_HOME = files("greenroom.scaffold") / "templates"
_STAGES = {"draft": "DRAFT", "save": "SAVED", "confirm": "CONFIRMED", "schedule": "CONFIRMED"}


def files_of(options: Options) -> dict[str, str]:
    """Return the text of every file by its path in the distribution; raises `BadInput` as `Options.check` does."""
    options.check()
    environment = _environment()
    context = _context(options)
    rendered = {_target(path, options): environment.get_template(path).render(context) for path in _paths(_HOME)}
    wanted = {path: text for path, text in rendered.items() if text.strip() or path.endswith("py.typed")}
    return {**wanted, **_modules(wanted, options.package)}


def write(options: Options, out: Path) -> tuple[Path, ...]:
    """Write the distribution into ``out`` and return its files.

    Raises `BadInput` for options that make no sense, and where ``out`` is there and not empty; then nothing is written.
    """
    made = files_of(options)
    check_out(out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise _unwritable(out, error) from error
    try:
        for path, text in made.items():
            file = unfinished / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
        unfinished.chmod(0o755)
        unfinished.replace(out)
    except OSError as error:
        raise _unwritable(out, error) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return tuple(out / path for path in sorted(made))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(lambda path: (_HOME / path).read_text("utf-8")),
        variable_start_string="<<",
        variable_end_string=">>",
        block_start_string="<%",
        block_end_string="%>",
        comment_start_string="<#",
        comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - code and data, not pages
    )


def check_out(out: Path) -> None:
    """Raise `BadInput` where ``out`` is there and no empty directory."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise BadInput("it is no directory", where=str(out), next="Say another with --out")
    if out.is_dir() and any(out.iterdir()):
        raise BadInput("the directory is not empty", where=str(out), next="Say another with --out")


def _unwritable(out: Path, error: OSError) -> BadInput:
    return BadInput(f"it cannot be written: {error.strerror}", where=str(out), next="Say another with --out")


def _context(options: Options) -> dict[str, object]:
    by_kind, rotation = options.link == "schedule", options.host == "round-robin"
    return {
        "name": options.name,
        "package": options.package,
        "product": options.product,
        "shared": options.level != "member",
        "own": options.level != "organization",
        "both": options.level == "both",
        "host": options.host,
        "stage": _STAGES[options.link],
        "by_kind": by_kind,
        "rotation": rotation,
        "configurable": by_kind or rotation,
        "hosts_connect": options.hosts_connect,
        "approval": options.approval == "pre-approval",
        "asked_at": "organization" if options.level == "organization" else "member",
        "calendar": options.calendar,
        "greenroom": _compatible(version("greenroom")),
        "hook_api": _compatible(HOOK_API),
        "clauses": clauses_of(options),
        "c": ids_of(options),
        "edition": EDITION,
    }


def _compatible(now: str) -> str:
    """Return the range from version ``now`` to the next that may break what was written for it."""
    major, minor = map(int, now.split(".")[:2])
    return f">={major}.{minor},<{major + 1}" if major else f">=0.{minor},<0.{minor + 1}"


def _paths(folder: Traversable, below: str = "") -> list[str]:
    found: list[str] = []
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            found += _paths(entry, f"{below}{entry.name}/")
        else:
            found.append(f"{below}{entry.name}")
    return found


def _target(path: str, options: Options) -> str:
    """Return where a template's text goes: each ends with ``.tmpl``, so that no tool takes it for what it writes."""
    named = path.removesuffix(".tmpl").replace("EDITION", EDITION).replace("NAME", options.name)
    return named.replace("package/", f"{options.package}/", 1) if named.startswith("package/") else named


def _modules(made: Mapping[str, str], package: str) -> dict[str, str]:
    paths = [path for path in made if path.startswith(f"{package}/") and path.endswith(".py")]
    sources = {path.removesuffix(".py").replace("/", "."): made[path] for path in paths}
    named = dict(zip(paths, sources, strict=True))
    return {path: with_imports(module, sources) for path, module in named.items()}
