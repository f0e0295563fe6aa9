"""A subject behind HTTP, in whatever language: ``docs/protocol.md`` says what it has to answer."""

from __future__ import annotations

import json
from types import TracebackType
from typing import Self

import httpx
from pydantic import JsonValue

from greenroom.conformance.subject import JsonObject, Question, Sight, SubjectFault, SubjectUnusable

SECONDS = 30.0
"""How long an answer may take."""

_FAULT = 422


class RemoteSubject:
    """The subject at ``url``. Raises `SubjectUnusable` where it does not keep to the protocol."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._http = httpx.Client(base_url=url, timeout=SECONDS, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._http.close()

    def reset(self, world: JsonObject, settings: JsonObject) -> None:
        """POST /reset."""
        self._post("reset", {"world": dict(world), "settings": dict(settings)})

    def act(self, actor: JsonObject | None, action: Question, arguments: JsonObject) -> JsonObject:
        """POST /act."""
        whose = None if actor is None else dict(actor)
        return self._object("act", {"actor": whose, "action": action, "arguments": dict(arguments)}, "answer")

    def observe(self, what: Sight) -> JsonObject:
        """POST /observe."""
        return self._object("observe", {"what": what}, "seen")

    def _object(self, verb: str, body: JsonObject, field: str) -> JsonObject:
        found = self._post(verb, body)
        inside = found.get(field) if isinstance(found, dict) else None
        if not isinstance(inside, dict):
            raise SubjectUnusable(self._url, f"its answer to {verb} has no object called {field!r}")
        return inside

    def _post(self, verb: str, body: JsonObject) -> JsonValue:
        try:
            reply = self._http.post(f"/{verb}", json=body)
            if not reply.is_success and reply.status_code != _FAULT:
                raise SubjectUnusable(self._url, f"it answered {verb} with status {reply.status_code}")
            said: JsonValue = reply.json() if reply.content else None
        except (httpx.HTTPError, json.JSONDecodeError, UnicodeDecodeError) as error:
            raise SubjectUnusable(self._url, f"it did not answer {verb}: {type(error).__name__}") from error
        if reply.is_success:
            return said
        fault = said.get("fault") if isinstance(said, dict) else None
        raise SubjectFault(verb, str(fault or "it does not say why"))
