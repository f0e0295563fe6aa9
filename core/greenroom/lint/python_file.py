"""A Python file as its syntax tree; it is never run."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from greenroom.lint.finding import Place

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, eq=False)
class PythonFile:
    """One module: ``module`` is its dotted name; ``judges`` marks the profile's checks, which prove it and are no
    part of what it decides."""

    path: Path
    module: str
    text: str
    tree: ast.Module
    error: SyntaxError | None = None
    judges: bool = False

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the file, without their ends."""
        return tuple(self.text.splitlines())

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        """Everything in the tree."""
        return tuple(ast.walk(self.tree))

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """What each imported name stands for: a module, and the name in it (empty for the module itself)."""
        found: dict[str, tuple[str, str]] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {one.asname or one.name.partition(".")[0]: (one.name, "") for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                home = self.home_of(node)
                found |= {one.asname or one.name: (home, one.name) for one in node.names}
        return found

    def home_of(self, node: ast.ImportFrom) -> str:
        """Return the dotted name of the module that ``from … import`` names, relative ones made absolute."""
        if not node.level:
            return node.module or ""
        parts = self.module.split(".")
        package = parts if self.path.name == "__init__.py" else parts[:-1]
        above = package[: len(package) - node.level + 1]
        return ".".join((*above, node.module) if node.module else above)

    def place(self, node: ast.AST) -> Place:
        """Return where a node begins; decorated functions begin at their ``def``."""
        line, offset = getattr(node, "lineno", 1), getattr(node, "col_offset", 0)
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.path, line, len(text.encode()[:offset].decode(errors="ignore")) + 1)

    def strings(self) -> Iterator[tuple[str, ast.Constant]]:
        """Yield every text in the code; a docstring is none."""
        spoken = {id(node.value) for node in self.nodes if isinstance(node, ast.Expr)}
        for node in self.nodes:
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
                yield node.value, node

    def original(self, name: ast.expr) -> tuple[str, str]:
        """Return the module and the name that a called or named expression goes back to, as far as can be seen."""
        if isinstance(name, ast.Name):
            return self.imports.get(name.id, (self.module, name.id))
        if isinstance(name, ast.Attribute):
            home, inner = self.original(name.value)
            return (f"{home}.{inner}" if inner else home), name.attr
        return "", ""


def read_python(path: Path, module: str, *, judges: bool) -> PythonFile:
    """Return the file; where it is no Python, one with an empty tree and the error."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        text, error = "", SyntaxError("it cannot be read as UTF-8")
        return PythonFile(path, module, text, ast.Module([], []), error, judges)
    try:
        return PythonFile(path, module, text, ast.parse(text), None, judges)
    except SyntaxError as error:
        return PythonFile(path, module, text, ast.Module([], []), error, judges)
    except (RecursionError, ValueError):
        unusual = SyntaxError("it is nested too deeply, or has a null byte in it")
        return PythonFile(path, module, text, ast.Module([], []), unusual, judges)
