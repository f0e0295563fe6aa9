"""This deployment's configuration: the environment (``GREENROOM_…``) over one TOML file (``GREENROOM_CONFIG``)."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, StringConstraints, ValidationError
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from greenroom.engine.ports.zoom import ZoomApp
from greenroom.errors import ConfigurationFault
from greenroom.model import AppKind

DEFAULT_SERVICE = "http://127.0.0.1:8000"

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+(/[^\s]*)?$")]


def _listed(value: object) -> object:
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


HostName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]+(:[0-9]{1,5})?$")]


class ZoomAppConfiguration(BaseModel):
    """One Zoom app, each field as ``GREENROOM_ZOOM_APPS__<NAME>__<FIELD>``.

    ``webhook_secret_previous`` is accepted beside ``webhook_secret`` while it is being changed at Zoom.
    ``api_hosts``: hosts (``name`` or ``name:port``, reached over https) that may see access tokens besides Zoom's own;
    in the environment, separated by commas.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    client_id: str = Field(min_length=1)
    client_secret: SecretStr = Field(min_length=1)
    kind: AppKind
    redirect_uri: Url | None = None
    webhook_secret: SecretStr | None = None
    webhook_secret_previous: SecretStr | None = None
    host: Url = "https://zoom.us"
    api_hosts: Annotated[tuple[HostName, ...], NoDecode, BeforeValidator(_listed)] = ()


class Configuration(BaseSettings):
    """What a deployment is told.

    ``database_url``: SQLAlchemy URL. ``keys``: sealing keys, ``id:base64url`` separated by commas, the first one
    seals. ``public_url``: where browsers reach our service; unset = none runs. ``out``: folder that letters and
    notices are written to. ``profiles``: which plugins may load; read by the registry. ``parameters``: by profile,
    what this deployment overrides (``GREENROOM_PARAMETERS__<PROFILE>__<NAME>``); what rests on it is deviating.
    """

    model_config = SettingsConfigDict(
        env_prefix="GREENROOM_", env_nested_delimiter="__", extra="ignore", frozen=True, env_ignore_empty=True
    )

    database_url: str = "sqlite:///greenroom.db"
    keys: SecretStr | None = None
    public_url: Url | None = None
    out: Path = Path("greenroom-out")
    zoom_apps: dict[str, ZoomAppConfiguration] = Field(default_factory=dict)
    parameters: dict[str, dict[str, int | str | bool]] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  # no .env file is read by surprise
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what was passed, then the environment, then the TOML file."""
        return (init_settings, env_settings, TomlConfigSettingsSource(settings_cls, configuration_file()))

    def apps(self) -> dict[str, ZoomApp]:
        """Return the Zoom apps by name, each with its redirect URI (our own callback unless set)."""
        service = (self.public_url or DEFAULT_SERVICE).rstrip("/")
        return {
            name: ZoomApp(
                name=name,
                kind=app.kind,
                client_id=app.client_id,
                client_secret=app.client_secret,
                redirect_uri=app.redirect_uri or f"{service}/oauth/callback/{name}",
                webhook_secret=app.webhook_secret,
                webhook_secret_previous=app.webhook_secret_previous,
                host=app.host.rstrip("/"),
                api_hosts=app.api_hosts,
            )
            for name, app in self.zoom_apps.items()
        }


def configuration_file() -> Path | None:
    """Return the TOML file named by ``GREENROOM_CONFIG``, if any; it must exist."""
    name = os.environ.get("GREENROOM_CONFIG")
    if not name:
        return None
    path = Path(name)
    if not path.is_file():
        raise ConfigurationFault("no such file", where=f"GREENROOM_CONFIG={name}", next="Correct the path or unset it")
    return path


def read_configuration(**given: object) -> Configuration:
    """Return the configuration; ``given`` values win. Raises `ConfigurationFault` naming variable and problem."""
    try:
        return Configuration(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = "GREENROOM_" + "__".join(str(part).upper() for part in first["loc"])
        raise ConfigurationFault(first["msg"], where=where, next="Set it in the environment or the file") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationFault(str(error), where="GREENROOM_CONFIG", next="Correct the file") from None
