"""Write the JSON Schemas of what commands print and of the files they read:
``python -m greenroom.cli.schema_files docs/schemas``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import ModelSchema

from greenroom.cli.schemas import SCHEMAS
from greenroom.conformance.baseline import Baseline
from greenroom.conformance.protocol import Protocol
from greenroom.profiles.choosing import AnswerFile
from greenroom.reference.source import meanings_of
from greenroom.whatif.scenario import Scenario

FileAdapter = TypeAdapter[AnswerFile] | TypeAdapter[Baseline] | TypeAdapter[Protocol] | TypeAdapter[Scenario]

FILES: dict[str, FileAdapter] = {
    "greenroom.answers.v1": TypeAdapter(AnswerFile),
    "greenroom.baseline.v1": TypeAdapter(Baseline),
    "greenroom.scenario.v1": TypeAdapter(Scenario),
    "greenroom.subject.v1": TypeAdapter(Protocol),
}
"""What people write, by name and version: files, and the bodies of a subject's answers."""


class Described(GenerateJsonSchema):
    """JSON Schema that says of each field what the code says below it."""

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model, each field with its meaning."""
        told = super().model_schema(schema)
        fields = told.get("properties", {})
        for name, meaning in meanings_of(schema["cls"]).items():
            if name in fields:
                fields[name].setdefault("description", meaning)
        return told


def schema_texts() -> dict[str, str]:
    """Return each schema's JSON text by file name: for what is printed, an envelope of ``schema`` and ``data``."""
    texts = {f"{name}.json": _file_text(name, adapter) for name, adapter in FILES.items()}
    for name, adapter in SCHEMAS.items():
        data = adapter.json_schema(mode="serialization", schema_generator=Described)
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


def _file_text(name: str, adapter: FileAdapter) -> str:
    schema = adapter.json_schema(mode="validation", schema_generator=Described)
    schema |= {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": name}
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"


def write(folder: Path) -> None:
    """Write every schema into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schema_texts().items():
        (folder / name).write_text(text, "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
