"""The service: what browsers coming back from Zoom, shared links and Zoom's webhooks need of us.

::

    with ServiceServer(configure) as service:
        httpx.get(f"{service.base_url}/healthz")
"""

from greenroom.service.app import create_app
from greenroom.service.server import ServiceServer, serve

__all__ = ["ServiceServer", "create_app", "serve"]
