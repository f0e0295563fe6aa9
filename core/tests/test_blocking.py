"""The blocking face: the same verbs as the asynchronous one, working."""

import inspect
from pathlib import Path

import pytest

from greenroom import blocking, facade
from greenroom.blocking_features import BlockingFeatureVerbs
from greenroom.configuration import Configuration
from greenroom.errors import BadInput, NotFound
from greenroom.feature_verbs import FeatureVerbs
from greenroom.profiles import Switches
from greenroom.store import Keyring, NoKeys

PAIRS = ((facade.Greenroom, blocking.Greenroom), (FeatureVerbs, BlockingFeatureVerbs))
VERBS = sorted(name for name in vars(facade.Greenroom) if not name.startswith("_"))
FEATURES = sorted(name for name in vars(FeatureVerbs) if not name.startswith("_"))
NO_PROFILES = Switches(none=True)


@pytest.fixture
def configuration(tmp_path: Path) -> Configuration:
    """A database of its own, no Zoom app."""
    return Configuration.model_validate(
        {"database_url": f"sqlite:///{tmp_path / 'greenroom.db'}", "keys": Keyring.generate(), "out": tmp_path}
    )


def test_it_has_the_same_verbs() -> None:
    """No verb is missing here, and none is of its own."""
    for theirs, ours in PAIRS:
        names = [{name for name in vars(one) if not name.startswith("_")} for one in (theirs, ours)]
        assert names[0] == names[1]


@pytest.mark.parametrize("name", [*VERBS, *FEATURES, "__init__"])
def test_a_verb_has_the_same_signature(name: str) -> None:
    """Parameters, defaults, annotations and what is returned agree; only the waiting differs."""
    theirs, ours = (next(vars(one)[name] for one in pair if name in vars(one)) for pair in zip(*PAIRS, strict=True))
    assert isinstance(theirs, property) == isinstance(ours, property)
    if isinstance(theirs, property):
        theirs, ours = theirs.fget, ours.fget

    assert inspect.signature(ours) == inspect.signature(theirs)
    assert not inspect.iscoroutinefunction(ours)


def test_it_works(configuration: Configuration) -> None:
    """A verb returns its answer, and its error is raised here."""
    with blocking.Greenroom(configuration, switches=NO_PROFILES) as greenroom:
        greenroom.ping()
        assert greenroom.organizations() == ()
        assert greenroom.keep_webhook("admin", b"{}", "d1") == "new"
        assert greenroom.work_inbox() == 1
        assert greenroom.recover() == ()
        assert greenroom.profiles.names == ()
        assert greenroom.apps == {}
        with pytest.raises(NotFound):
            greenroom.organization("nobody")
        with pytest.raises(BadInput):
            greenroom.open_ticket("guessed")


def test_what_was_written_is_there_when_opened_again(configuration: Configuration) -> None:
    """Leaving the block closes the database properly."""
    with blocking.Greenroom(configuration, switches=NO_PROFILES) as first:
        first.keep_webhook("admin", b"{}", "d1")
    with blocking.Greenroom(configuration, switches=NO_PROFILES) as second:
        assert second.keep_webhook("admin", b"{}", "d1") == "known"


def test_what_keeps_it_from_opening_is_raised(configuration: Configuration) -> None:
    """Without keys nothing opens, and no event loop is left behind."""
    with pytest.raises(NoKeys):
        blocking.Greenroom(configuration.model_copy(update={"keys": None}), switches=NO_PROFILES).__enter__()


async def test_inside_an_event_loop_it_refuses(configuration: Configuration) -> None:
    """Where a loop runs, blocking would stop it: the error names the face that does not."""
    with pytest.raises(RuntimeError, match=r"use greenroom\.facade with `async with`"):
        blocking.Greenroom(configuration, switches=NO_PROFILES).__enter__()
