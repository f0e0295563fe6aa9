"""Write the JSON Schemas of what commands print: ``python -m greenroom.cli.schema_files docs/schemas``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from greenroom.cli.schemas import SCHEMAS


def schema_texts() -> dict[str, str]:
    """Return each schema's JSON text by file name: an envelope of ``schema`` and ``data``."""
    texts = {}
    for name, adapter in SCHEMAS.items():
        data = adapter.json_schema(mode="serialization")
        definitions = data.pop("$defs", {})
        envelope = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": name,
            "type": "object",
            "properties": {"schema": {"const": name}, "data": data},
            "required": ["schema", "data"],
            "$defs": definitions,
        }
        texts[f"{name}.json"] = json.dumps(envelope, indent=2, sort_keys=True) + "\n"
    return texts


def write(folder: Path) -> None:
    """Write every schema into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
