"""A profile as a subject, in this process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from pydantic import ValidationError

from greenroom.conformance.product import REQUESTS
from greenroom.conformance.subject import JsonObject, Question, Sight, SubjectFault
from greenroom.model import Answer, Ask, Member, Scope, Settings, SettingsView
from greenroom.profiles import Profile
from greenroom.profiles.errors import ProfileError
from greenroom.profiles.profile import Answered


class InProcess:
    """The subject that a profile is."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._world: Mapping[str, object] = {}
        self._settings = SettingsView()

    @property
    def profile(self) -> Profile:
        """The profile that is asked."""
        return self._profile

    def reset(self, world: JsonObject, settings: JsonObject) -> None:
        """Stand in this world; raises `SubjectFault` for a setting that the profile does not have."""
        given = dict(cast("list[tuple[str, str | int | bool]]", world["parameters"]))
        self._world = {**world, "parameters": tuple({**dict(self._profile.parameters), **given}.items())}
        self._settings = self._view(settings)

    def act(self, actor: JsonObject | None, action: Question, arguments: JsonObject) -> JsonObject:
        """Ask the hook and return its answer, judged as the engine would have it judged."""
        try:
            request = self.request(actor, action, arguments)
            ask = cast("Callable[[Ask], Answered[Answer]]", getattr(self._profile, action))
            return ask(request).answer.model_dump(mode="json")
        except (ProfileError, ValidationError) as error:
            raise SubjectFault(action, str(error)) from error

    def request(self, actor: JsonObject | None, action: Question, arguments: JsonObject) -> Ask:
        """Return the request that the hook is asked with, its settings of the profile's own models.

        Raises ``pydantic.ValidationError`` for arguments that are none.
        """
        asked: dict[str, object] = {**self._world, **arguments, "settings": self._settings}
        asked["actor"] = None if actor is None else Member.model_validate(actor)
        if asked.get("change"):
            asked["change"] = self._change(cast("JsonObject", asked["change"]))
        return REQUESTS[action].model_validate(asked)

    def observe(self, what: Sight) -> JsonObject:
        """Return the profile's words, its manifest, what can be set, or its clauses."""
        match what:
            case "words":
                return self._profile.labels.model_dump(mode="json", exclude_unset=True)
            case "manifest":
                return self._profile.manifest.model_dump(mode="json", exclude_unset=True)
            case "settings":
                return {scope.value: model.model_json_schema() for scope, model in self._profile.settings.items()}
            case "clauses":
                return {one.id: one.then for one in self._profile.clauses.values()}

    def _view(self, settings: JsonObject) -> SettingsView:
        scopes = [scope for scope in Scope if settings.get(scope.value) is not None]
        saved = {scope.value: self._saved(scope, cast("JsonObject", settings[scope.value])) for scope in scopes}
        return SettingsView.model_validate({**saved, "verified": settings.get("verified", ())})

    def _change(self, change: JsonObject) -> Mapping[str, object]:
        scope = Scope(cast("str", change["scope"]))
        saved = {side: self._saved(scope, cast("JsonObject", change[side])) for side in ("before", "after")}
        return {**change, **saved}

    def _saved(self, scope: Scope, values: JsonObject) -> Settings:
        model = self._profile.settings_model(scope)
        if model is None:
            raise SubjectFault("settings", f"there are none of scope {scope.value}")
        try:
            return model.model_validate(values)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            raise SubjectFault("settings", f"{scope.value}.{first['loc'][0]}: {first['msg']}") from error
