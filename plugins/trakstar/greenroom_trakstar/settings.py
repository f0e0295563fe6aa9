"""Trakstar Hire's document names no setting of the integration."""

from __future__ import annotations

from collections.abc import Mapping

from greenroom.model import Scope, Settings

SETTINGS: Mapping[Scope, type[Settings]] = {}
