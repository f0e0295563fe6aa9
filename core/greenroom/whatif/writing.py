"""A scenario as the file that says it: what `greenroom.whatif.scenario.load_scenario` reads back as the same."""

from __future__ import annotations

from pathlib import Path

import yaml

from greenroom.errors import BadInput
from greenroom.whatif.scenario import Scenario

_WIDTH = 110
_PROSE = ("scenario", "title", "question", "look_for", "starts", "zone")


def scenario_text(scenario: Scenario) -> str:
    """Return a scenario as YAML; what is as it would be anyway is left out."""
    document = scenario.model_dump(mode="json", exclude_defaults=True)
    events = document.pop("events")
    head = {name: document[name] for name in (*_PROSE, *document) if name in document}
    lines = [_block(name, value) for name, value in head.items()]
    return "".join((*lines, "events:\n", *(f"  - {_line(event)}\n" for event in events)))


def write_scenario(scenario: Scenario, path: Path) -> None:
    """Write a scenario into a file. Raises `BadInput` when it cannot be written."""
    try:
        path.write_text(scenario_text(scenario), "utf-8")
    except OSError as error:
        raise BadInput("it cannot be written", where=str(path), next="Choose another file") from error


def _block(name: str, value: object) -> str:
    if name != "people" or not isinstance(value, dict):
        return f"{name}: {_line(value)}\n"
    return f"{name}:\n" + "".join(f"  {one}: {_line(person)}\n" for one, person in value.items())


def _line(value: object) -> str:
    """Return a value on a line of its own; safe YAML quotes every word that 1.1 or 1.2 would read as something else."""
    text = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=float("inf"))
    return text.removesuffix("\n").removesuffix("\n...")
