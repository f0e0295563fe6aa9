"""Field types a plugin's settings may use to tell core what to look up."""

from __future__ import annotations

from typing import Annotated

from greenroom.model.people import Email


class LookUpZoomUser:
    """Marks a settings field (or the items of a tuple) as e-mail addresses of Zoom users."""


ZoomUserEmail = Annotated[Email, LookUpZoomUser]
"""An e-mail address that the engine looks up in the connected Zoom account before settings are saved."""
