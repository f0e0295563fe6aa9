"""Pure code: the same question has the same answer, whenever and wherever it is asked."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from greenroom.lint.python_file import PythonFile
from greenroom.lint.rule import Found, Rule
from greenroom.lint.subject import Subject

CLOCK = Rule(
    code="GR801",
    title="A clock in plugin code",
    why="The instant of asking is in the request; a clock of the profile's own answers otherwise in every replay.",
    fix="Use request.at",
)
CHANCE = Rule(
    code="GR802",
    title="Chance in plugin code",
    why="A decision that was drawn cannot be explained, and no two processes agree on it.",
    fix="Decide by the request; passcodes and ids are made by the engine",
)
OUTSIDE = Rule(
    code="GR803",
    title="Network, files, environment or processes in plugin code",
    why="Profiles decide and the engine acts: whatever a decision needs is gathered before, and declared.",
    fix="Declare a fact, a setting or a parameter, and read it from the request",
)
STATE = Rule(
    code="GR804",
    title="State kept in a module",
    why="Organizations, threads and processes would see each other's, or lose it.",
    fix="Keep nothing: phases, settings and turns are kept by the engine",
)
LOOSE_CONSTANT = Rule(
    code="GR805",
    title="A constant that could change",
    severity="warning",
    why="A list, dict or set at the top of a module can be written to from anywhere, and nobody would see it.",
    fix="Use a tuple or a frozenset, or annotate it as Mapping or Sequence",
)
PRIVATE_IMPORT = Rule(
    code="GR806",
    title="An import that is not part of the plugin API",
    why=(
        "Only greenroom.model, greenroom.hooks and greenroom.rules (in checks greenroom.conformance, too) keep still "
        "between versions; other profiles are none of a profile's business."
    ),
    fix="Do without, or ask for it to be made part of the plugin API",
)
BLANKET = Rule(
    code="GR807",
    title="A blanket except",
    why="It hides the mistakes that nobody thought of, and facts that were not declared.",
    fix="Name the exception that is expected",
)
RULES = (CLOCK, CHANCE, OUTSIDE, STATE, LOOSE_CONSTANT, PRIVATE_IMPORT, BLANKET)

_PUBLIC = frozenset({"greenroom.hooks", "greenroom.model", "greenroom.rules"})
_FOR_CHECKS = _PUBLIC | {"greenroom.conformance"}
_TELLING_TIME = {("datetime.datetime", "now"), ("datetime.datetime", "utcnow"), ("datetime.datetime", "today")} | {
    ("datetime.date", "today")
}
_REACHING_OUT = frozenset(
    {
        *("aiohttp", "asyncio", "boto3", "builtins", "concurrent", "ctypes", "dotenv", "fileinput", "ftplib"),
        *("glob", "http", "httpx", "importlib", "io", "logging", "mmap", "multiprocessing", "os", "pathlib", "pickle"),
        *("platform", "redis", "requests", "shelve", "shutil", "signal", "smtplib", "socket", "sqlalchemy"),
        *("sqlite3", "ssl", "subprocess", "sys", "tempfile", "threading", "urllib.request", "urllib3"),
    }
)
_BY_MODULE = {
    **dict.fromkeys(("sched", "time"), CLOCK),
    **dict.fromkeys(("random", "secrets"), CHANCE),
    **dict.fromkeys(_REACHING_OUT, OUTSIDE),
}
_CHANCE_OF_UUID = frozenset({"uuid1", "uuid4"})
_BUILTINS = frozenset({"__import__", "breakpoint", "compile", "eval", "exec", "input", "open", "print"})
_COLLECTIONS = frozenset({"Counter", "OrderedDict", "bytearray", "defaultdict", "deque", "dict", "list", "set"})
_READ_ONLY = ("Mapping", "Sequence", "Collection", "Iterable", "AbstractSet", "Final[Mapping", "Final[Sequence")
_CHANGES = frozenset(
    {
        *("add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "setdefault", "sort"),
        *("update", "appendleft", "extendleft", "popleft", "difference_update", "intersection_update"),
    }
)


def check(subject: Subject) -> Iterator[Found]:
    """Yield what makes a decision depend on more than its request."""
    package = subject.source.code[0].module.partition(".")[0] if subject.source.code else ""
    for file in subject.source.code:
        yield from _imports(file, package, _PUBLIC)
        yield from _impure(file)
        yield from _state(subject, file)
        yield from _blanket(file)
    for file in subject.source.checks:
        yield from _imports(file, package, _FOR_CHECKS)
        yield from _blanket(file)


def _imported(file: PythonFile) -> Iterator[tuple[str, str, ast.stmt]]:
    """Yield each imported module, the name taken from it, and the statement."""
    for node in file.nodes:
        if isinstance(node, ast.Import):
            yield from ((one.name, "", node) for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((file.home_of(node), one.name, node) for one in node.names)


def _imports(file: PythonFile, package: str, public: frozenset[str]) -> Iterator[Found]:
    told: set[ast.stmt] = set()
    for module, name, node in _imported(file):
        root = module.partition(".")[0]
        asked = f"{module}.{name}" if module == "greenroom" and name else module
        foreign = root.startswith("greenroom_") and root != package
        private = root == "greenroom" and not any(asked == one or asked.startswith(f"{one}.") for one in public)
        if (foreign or private) and node not in told:
            told.add(node)
            yield PRIVATE_IMPORT.at(file.place(node), f"{asked} is not part of the plugin API")


def _impure(file: PythonFile) -> Iterator[Found]:
    told: set[ast.AST] = set()
    for module, name, statement in _imported(file):
        rule = _rule_for(module, name)
        if rule is not None and statement not in told:
            told.add(statement)
            yield rule.at(file.place(statement), f"{module} is imported")
    for node in file.nodes:
        if isinstance(node, ast.Attribute):
            yield from _reading(file, node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            called = node.func.id
            if called in _BUILTINS and called not in file.imports:
                yield OUTSIDE.at(file.place(node), f"{called}() reaches outside")


def _reading(file: PythonFile, node: ast.Attribute) -> Iterator[Found]:
    if file.original(node) in _TELLING_TIME:
        yield CLOCK.at(file.place(node), f"{ast.unparse(node)} reads a clock")
    elif file.original(node.value) == ("uuid", "") and node.attr in _CHANCE_OF_UUID:
        yield CHANCE.at(file.place(node), f"{ast.unparse(node)} draws at random")


def _rule_for(module: str, name: str) -> Rule | None:
    if module == "uuid" and name in _CHANCE_OF_UUID:
        return CHANCE
    for known in (f"{module}.{name}", module, module.partition(".")[0]):
        if known in _BY_MODULE:
            return _BY_MODULE[known]
    return None


def _state(subject: Subject, file: PythonFile) -> Iterator[Found]:
    loose = dict(_loose(file))
    changed: set[str] = set()
    for function in (one for one in subject.code.functions if one.file is file):
        for node in function.inside:
            if isinstance(node, ast.Global):
                changed.update(node.names)
                yield STATE.at(file.place(node), f"{', '.join(node.names)} is set by {function.name}()")
            name = _changed_by(node)
            kept = name in loose or name in file.imports
            if name is not None and kept and name not in {*function.bound, *function.parameters}:
                changed.add(name)
                yield STATE.at(file.place(node), f"{function.name}() changes {name}, which outlives the question")
    for name, (statement, annotation) in loose.items():
        if name not in changed | {"__all__"} and not annotation.startswith(_READ_ONLY):
            yield LOOSE_CONSTANT.at(file.place(statement), f"{name} is a {_kind(statement)} that anybody could change")


def _loose(file: PythonFile) -> Iterator[tuple[str, tuple[ast.stmt, str]]]:
    """Yield the names at the top of a module that hold something changeable, and how they are annotated."""
    for node in file.tree.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_loose(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            annotation = ast.unparse(node.annotation) if isinstance(node, ast.AnnAssign) else ""
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, (node, annotation.rpartition("abc.")[2])


def _is_loose(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2] in _COLLECTIONS
    return isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp | ast.SetComp)


def _kind(node: ast.stmt) -> str:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.Call):
        return ast.unparse(value.func).rpartition(".")[2]
    return type(value).__name__.removesuffix("Comp").lower()


def _changed_by(node: ast.AST) -> str | None:
    """Return the name whose content a statement or call changes."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr)) if attr in _CHANGES:
            return name
        case ast.Subscript(value=ast.Name(id=name), ctx=ast.Store() | ast.Del()):
            return name
    return None


def _blanket(file: PythonFile) -> Iterator[Found]:
    for node in file.nodes:
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            names = {ast.unparse(one).rpartition(".")[2] if one is not None else "" for one in caught}
            if names & {"", "Exception", "BaseException"}:
                yield BLANKET.at(file.place(node), "it catches everything")
