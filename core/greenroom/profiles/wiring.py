"""One plugin manager a profile: its hooks, core's defaults for those it leaves out, and the site's policies.

A manager shared by several profiles would answer with the first of them, whichever was asked. Around the
profile, and around each policy, stands a *witness* that hears what came out, so that an answer is known to be
the profile's own or a certain policy's, and a failure is put down to whom it belongs.
"""

from __future__ import annotations

import difflib
import inspect
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from types import ModuleType, SimpleNamespace

import pluggy

from greenroom import hooks
from greenroom.hooks import OPTIONAL_HOOKS, PROJECT, REQUIRED_HOOKS, hookimpl
from greenroom.model import Ask, Change, ChangeRequest, DisconnectRequest, Loss, PhaseKind, UndeclaredFact
from greenroom.profiles.errors import BrokenProfile, FactNotDeclared, Origin, ProfileFault
from greenroom.profiles.manifest import Manifest
from greenroom.rules import follow, loss

HOOKS = (*REQUIRED_HOOKS, *OPTIONAL_HOOKS)


@dataclass(frozen=True, slots=True)
class Plugin:
    """Something with hooks, and whose it is."""

    origin: Origin
    hooks: object


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out of the profile, or of a policy around it: an answer or an error."""

    by: Origin
    answer: object = None
    error: BaseException | None = None


_heard: ContextVar[list[Heard]] = ContextVar("_heard")


class Wiring:
    """The only caller of hooks."""

    def __init__(self, profile: Plugin, manifest: Manifest, policies: Iterable[Plugin]) -> None:
        """Wire a profile with policies that `check_policy` passed, the last being the outermost.

        Raises:
            BrokenProfile: the profile implements hooks wrongly.
        """
        self._manager = _Host(PROJECT)
        self._manager.add_hookspecs(hooks)
        self._names = {hook: _arguments(hook) for hook in HOOKS}
        self._order = [profile.origin]
        implemented = check_profile(profile)
        self._manager.register(profile.hooks)
        self._manager.register(_defaults(manifest, implemented))
        self._manager.register(_witness(profile.origin))
        for policy in policies:
            self._manager.register(policy.hooks)
            self._manager.register(_witness(policy.origin))
            self._order.append(policy.origin)

    @property
    def policies(self) -> tuple[Origin, ...]:
        """The policies around the profile, innermost first."""
        return tuple(self._order[1:])

    def ask(self, hook: str, request: Ask) -> tuple[Heard, ...]:
        """Ask a hook; return the profile's own answer, then what it was after each policy around it.

        Raises:
            FactNotDeclared: the plugin touched a fact that was withheld.
            ProfileFault: the plugin raised anything else.
        """
        heard: list[Heard] = []
        token = _heard.set(heard)
        try:
            getattr(self._manager.hook, hook)(**dict.fromkeys(self._names[hook], request))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # whatever a plugin raises is that plugin's fault
            if all(one.error is None for one in heard):
                # A wrapper that yields twice leaves without being heard by its witness.
                heard.append(Heard(self._order[len(heard)], error=error))
        finally:
            _heard.reset(token)
        for one in heard:
            if one.error is not None:
                raise _fault(one.by, hook, one.error) from one.error
        return tuple(heard)


class _Host(pluggy.PluginManager):
    """A manager that warns nobody of what is deprecated: core's own defaults and witnesses implement it all."""

    def parse_hookspec_opts(self, module_or_class: ModuleType | type, name: str) -> pluggy.HookspecOpts | None:
        options = super().parse_hookspec_opts(module_or_class, name)
        return options and {**options, "warn_on_impl": None, "warn_on_impl_args": None}


def check_profile(plugin: Plugin) -> frozenset[str]:
    """Return the names of the hooks a profile implements; raises `BrokenProfile` if it does so wrongly."""
    found = tuple(_implementations(plugin))
    for one in found:
        if one.wraps:
            _refuse(one, "is a wrapper", "A profile answers; wrappers are policies")
        if inspect.isgeneratorfunction(one.function):
            _refuse(one, "is a generator", "Return the answer")
    counts = Counter(one.hook for one in found)
    for one in found:
        if counts[one.hook] > 1:
            _refuse(one, f"has {counts[one.hook]} implementations", "Keep one")
    missing = [hook for hook in REQUIRED_HOOKS if hook not in counts]
    if missing:
        what = f"it lacks the hook{'s' if missing[1:] else ''} {', '.join(missing)}"
        raise BrokenProfile(plugin.origin, what, next="Implement it with @hookimpl, as in greenroom.hooks")
    _try_out(plugin)
    return frozenset(counts)


def check_policy(plugin: Plugin) -> None:
    """Raise `BrokenProfile` when a policy does more than wrap hooks in the order of the policies' names."""
    found = tuple(_implementations(plugin))
    for one in found:
        if not one.options.get("wrapper"):
            _refuse(one, "is not a wrapper", "Decorate it with @hookimpl(wrapper=True) and yield once")
        if one.options.get("tryfirst") or one.options.get("trylast"):
            _refuse(one, "asks for a place of its own", "Drop tryfirst and trylast: policies wrap by name")
    if not found:
        raise BrokenProfile(plugin.origin, "it implements no hook", next="Wrap one with @hookimpl(wrapper=True)")
    _try_out(plugin)


def _try_out(plugin: Plugin) -> None:
    """Let pluggy have its say, in a manager of the plugin's own: it refuses, and warns of what is deprecated."""
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hooks)
    try:
        manager.register(plugin.hooks)
    except pluggy.PluginValidationError as error:
        what = " ".join(str(error).split())
        raise BrokenProfile(plugin.origin, what, next="Write the hook as greenroom.hooks does") from error


@dataclass(frozen=True, slots=True)
class _Implementation:
    origin: Origin
    hook: str
    function: object
    options: Mapping[str, object]

    @property
    def wraps(self) -> bool:
        return bool(self.options.get("wrapper") or self.options.get("hookwrapper"))


def _implementations(plugin: Plugin) -> Iterator[_Implementation]:
    parser = pluggy.PluginManager(PROJECT)
    for name in dir(plugin.hooks):
        options = parser.parse_hookimpl_opts(plugin.hooks, name)
        if options is not None:
            hook = options.get("specname") or name
            one = _Implementation(plugin.origin, hook, getattr(plugin.hooks, name), {**options})
            _check_shape(one)
            yield one


def _check_shape(one: _Implementation) -> None:
    if one.hook not in HOOKS:
        closest = difflib.get_close_matches(one.hook, HOOKS, n=1)
        hint = f"Did you mean {closest[0]!r}? " if closest else ""
        _refuse(one, "does not exist", f"{hint}There are: {', '.join(HOOKS)}")
    if inspect.iscoroutinefunction(one.function) or inspect.isasyncgenfunction(one.function):
        _refuse(one, "is a coroutine", "Hooks are plain functions: core does the I/O")
    known = _arguments(one.hook)
    for name in _required_arguments(one.function):
        if name not in known:
            _refuse(one, f"takes an argument {name!r}", f"It is given {' or '.join(map(repr, known))}")


def _arguments(hook: str) -> tuple[str, ...]:
    """Return the names that a hook's request goes by: the one in use, and deprecated ones beside it."""
    return tuple(inspect.signature(getattr(hooks, hook)).parameters)


def _required_arguments(function: object) -> Iterator[str]:
    if callable(function):
        for parameter in inspect.signature(function).parameters.values():
            if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD:
                yield parameter.name


def _refuse(one: _Implementation, what: str, remedy: str) -> None:
    raise BrokenProfile(one.origin, f"its hook {one.hook!r} {what}", next=remedy)


def _fault(by: Origin, hook: str, error: BaseException) -> ProfileFault:
    if isinstance(error, UndeclaredFact):
        return FactNotDeclared(by, hook, error.owner, error.fact)
    # Only the type: a message may hold what the request held.
    what = f"it raised {type(error).__name__}"
    return ProfileFault(by, hook, what, next="Report it to the plugin's author, with the traceback of the cause")


def _witness(origin: Origin) -> SimpleNamespace:
    return SimpleNamespace(**{hook: _listening(origin) for hook in HOOKS})


def _listening(origin: Origin) -> object:
    @hookimpl(wrapper=True)
    def listen(request: Ask) -> Generator[None, object, object]:  # noqa: ARG001  # the hooks' own signature
        try:
            answer = yield
        except GeneratorExit:
            raise
        except BaseException as error:
            _heard.get().append(Heard(origin, error=error))
            raise
        _heard.get().append(Heard(origin, answer))
        return answer

    return listen


def _defaults(manifest: Manifest, implemented: frozenset[str]) -> SimpleNamespace:
    """Return core's readings of the optional hooks that the profile leaves out."""

    @hookimpl
    def disconnect(request: DisconnectRequest) -> Loss:
        phases = manifest.phases[request.connection.level]
        broken = next((phase for phase in phases if phase.kind is PhaseKind.BROKEN), phases[0])
        return loss(request, idle=phases[0].name, broken=broken.name)

    @hookimpl
    def change(request: ChangeRequest) -> Change:
        return follow(request)

    offered = {"disconnect": disconnect, "change": change}
    return SimpleNamespace(**{hook: offered[hook] for hook in OPTIONAL_HOOKS if hook not in implemented})
