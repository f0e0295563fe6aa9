"""The clients under test; importing them warns of what their own dependencies are about to drop."""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pyzoom  # type: ignore[import-untyped]
    import zoomus  # type: ignore[import-untyped]
    from pyzoom import oauth as pyzoom_oauth
    from social_core.backends.zoom import ZoomOAuth2
    from social_core.exceptions import AuthCanceled
    from social_core.storage import BaseStorage, NonceMixin
    from social_core.strategy import BaseStrategy

__all__ = [
    "AuthCanceled",
    "BaseStorage",
    "BaseStrategy",
    "NonceMixin",
    "ZoomOAuth2",
    "pyzoom",
    "pyzoom_oauth",
    "zoomus",
]
