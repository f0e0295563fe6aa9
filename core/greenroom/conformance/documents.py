"""What stands in a profile's manifest and in its words, for checks of what a document prints."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


class Documents:
    """The manifest and one edition's words of the profile in ``package``, as their author wrote them."""

    def __init__(self, package: str, edition: str) -> None:
        self._package = package
        self._edition = edition

    def declared(self, *phrases: str) -> bool:
        """Whether each of ``phrases`` stands in the manifest."""
        return _stand_in(self._package, "profile.yaml", phrases)

    def printed(self, *phrases: str) -> bool:
        """Whether each of ``phrases`` stands in the words as the document prints it, wherever lines break."""
        return _stand_in(self._package, f"labels/{self._edition}.yaml", phrases)


def _stand_in(package: str, name: str, phrases: tuple[str, ...]) -> bool:
    text = _text(package, name)
    return all(f" {' '.join(phrase.split())} " in text for phrase in phrases)


@cache
def _text(package: str, name: str) -> str:
    words = files(package).joinpath(name).read_text("utf-8").split()
    return f" {' '.join(words)} "
