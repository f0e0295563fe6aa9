"""Which redirect addresses an app registered."""

from urllib.parse import SplitResult, unquote, urlsplit

from greenroom.sandbox.directory import App

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def registered(app: App, uri: str) -> bool:
    """Tell whether an authorize request may name this address.

    Registered addresses are good as they are, loopback ones on any port. Without strict mode whatever lies beneath
    a registered address is good too, and without the subdomain check also on subdomains of its host; how far Zoom
    itself goes without them is not published.
    """
    if uri in app.redirect_uris:
        return True
    try:
        asked = urlsplit(uri)
        _ = asked.port  # an impossible port is a ValueError here
    except ValueError:
        return False
    # Browsers read a backslash as a slash: what follows it would not be the host after all.
    if "@" in asked.netloc or "\\" in uri:
        return False
    return any(_fits(app, asked, urlsplit(known)) for known in app.redirect_uris)


def _fits(app: App, asked: SplitResult, known: SplitResult) -> bool:
    if asked.hostname in _LOOPBACK and _portless(asked) == _portless(known):
        return True
    if app.strict_mode or (asked.scheme, asked.port) != (known.scheme, known.port):
        return False
    return _beneath(asked.path, known.path) and _same_site(app, asked.hostname or "", known.hostname or "")


def _portless(parts: SplitResult) -> tuple[str, str | None, str, str, str]:
    return (parts.scheme, parts.hostname, parts.path, parts.query, parts.fragment)


def _beneath(path: str, known: str) -> bool:
    above = known.rstrip("/")
    return ".." not in unquote(path).split("/") and (path == above or path.startswith(f"{above}/"))


def _same_site(app: App, host: str, known: str) -> bool:
    return host == known or (not app.subdomain_strict_mode and host.endswith(f".{known}"))
