"""Which hosts may see a token."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from greenroom.engine.ports.zoom import ForeignHost, ZoomApp

UNREADABLE = "https://unreadable.invalid"
"""Stands for an address that cannot be read; no such host can exist (RFC 2606), so nothing is ever sent there."""

_OFFICIAL = ("zoom.us", "zoomgov.com")
_LOOPBACK = frozenset({"127.0.0.1", "[::1]", "localhost"})
_ADDRESS = re.compile(
    r"(https?)://([a-z0-9.-]{1,253}|\[[0-9a-f:.]{2,45}\])(?::([0-9]{1,5}))?(?:[/?#].*)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Origin:
    """Scheme, host and port of an address, in lower case; the usual port is left out."""

    scheme: str
    host: str
    port: int | None

    @property
    def netloc(self) -> str:
        """Host and port as they stand in an address."""
        return self.host if self.port is None else f"{self.host}:{self.port}"

    def __str__(self) -> str:
        return f"{self.scheme}://{self.netloc}"


class Hosts:
    """The hosts that may see tokens of a deployment with these apps.

    Zoom's own (``zoom.us`` and ``zoomgov.com`` with everything below them) and what an app names as ``api_hosts``:
    over https only, and on the usual port unless another is named. Besides those the very address of an app's
    ``host``, as it is configured, plain http included; on this machine, any port if some app's host is here.
    """

    def __init__(self, apps: Iterable[ZoomApp]) -> None:
        known = tuple(apps)
        self._own = frozenset(origin_of(app.host) for app in known)
        self._further = frozenset(name.lower().removesuffix(":443") for app in known for name in app.api_hosts)
        self._local = any(origin is not None and origin.host in _LOOPBACK for origin in self._own)
        self._judged = lru_cache(maxsize=256)(self._judge)

    def may_see(self, url: str) -> bool:
        """Whether a token may be shown to the host of this address."""
        return self._judged(url)

    def check(self, url: str, where: str) -> None:
        """Raise `ForeignHost` unless a token may be shown to the host of this address."""
        if not self._judged(url):
            origin = origin_of(url)
            raise ForeignHost(
                f"the host {origin.netloc if origin and str(origin) != UNREADABLE else '(unreadable)'} may not see "
                "a token; nothing was sent",
                where=where,
                next="If it is Zoom's, name it in GREENROOM_ZOOM_APPS__<NAME>__API_HOSTS",
            )

    def _judge(self, url: str) -> bool:
        origin = origin_of(url)
        if origin is None:
            return False
        if origin in self._own or (self._local and origin.host in _LOOPBACK):
            return True
        if origin.scheme != "https":
            return False
        return origin.netloc in self._further or (origin.port is None and is_official(origin.host))


def origin_of(url: str) -> Origin | None:
    """Return the origin of an absolute http(s) address; ``None`` for anything else or what could be misread."""
    found = _ADDRESS.fullmatch(url)
    if found is None or not url.isascii() or not url.isprintable() or " " in url:
        return None
    scheme, host, port = found[1].lower(), found[2].lower(), int(found[3]) if found[3] else None
    if port == 0 or (port or 0) > 65535 or not host.strip("."):
        return None
    return Origin(scheme, host, None if port == {"http": 80, "https": 443}[scheme] else port)


def is_official(host: str) -> bool:
    """Whether a host is one of Zoom's own domains or below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in _OFFICIAL)


def api_host_of(host: str) -> str:
    """Return the API host that belongs to an app's host."""
    own = host.lower().rstrip("/")
    name = urlsplit(own).hostname or ""
    if not is_official(name):
        return own
    return "https://api.zoomgov.com" if name.endswith("zoomgov.com") else "https://api.zoom.us"
