"""Small mistakes made on purpose in a piece of source: one operator swapped, one number changed, one check turned.

The rule for what is left out: numbers inside a constant of a module (a name in capitals) are priors and limits that
were chosen, so another number is no mistake that a test could know of. Operators inside them are mutated. Texts,
docstrings, annotations, decorators, assertions, error texts and imports are left alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Pow: ast.Mult,
}  # fmt: skip
CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "floor": "ceil", "ceil": "floor"}
#: Taken away around their first argument.
ESCAPERS = {"escape", "escaped", "label", "quoteattr", "sqrt", "log", "exp", "abs", "log1p", "round"}
#: Methods of a text, taken away.
CLEANERS = {"replace", "translate", "strip", "lstrip", "rstrip", "lower", "casefold"}
_LEFT_ALONE = (ast.Import, ast.ImportFrom, ast.Assert, ast.Raise)


@dataclass(frozen=True, order=True)
class Mutant:
    """`before` at `start` to `end` (characters of the source) reads `after` instead."""

    module: str
    start: int
    end: int
    line: int
    within: str
    before: str
    after: str

    @property
    def key(self) -> str:
        """The same for as long as the expression and its function stay what they are."""
        return f"{self.module}::{self.within}::{self.before} -> {self.after}"

    def applied(self, source: str) -> str:
        """The source with this one mistake."""
        return source[: self.start] + self.after + source[self.end :]


def mutants(module: str, source: str) -> list[Mutant]:
    """Every mutant of a module, in the order of its source; `module` names it in their keys."""
    starts = _line_starts(source)
    lines = source.splitlines(keepends=True)

    def place(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    found = []
    for node, after, within in _changes(ast.parse(source), "module", False):
        start, end = place(node.lineno, node.col_offset), place(node.end_lineno or 0, node.end_col_offset or 0)
        found.append(Mutant(module, start, end, node.lineno, within, " ".join(source[start:end].split()), after))
    return sorted(set(found))


def _line_starts(source: str) -> list[int]:
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return starts


def _changes(node: ast.AST, within: str, chosen: bool) -> Iterator[tuple[ast.expr | ast.stmt, str, str]]:
    """(what is replaced, by what, inside which function); `chosen` inside a constant of the module."""
    if isinstance(node, _LEFT_ALONE) or _only_for_types(node):
        return
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        within = node.name if within == "module" else f"{within}.{node.name}"
    elif within == "module" and isinstance(node, ast.Assign | ast.AnnAssign):
        chosen = _is_constant(node)
    if isinstance(node, ast.expr):
        for after in _instead(node, chosen):
            yield node, f"({after})", within
    elif isinstance(node, ast.AugAssign):
        yield node, "pass", within
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(node, ast.JoinedStr):
                yield from _changes(child, within, chosen)


def _is_constant(node: ast.Assign | ast.AnnAssign) -> bool:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [name for each in targets for name in (each.elts if isinstance(each, ast.Tuple) else [each])]
    return all(isinstance(each, ast.Name) and each.id.isupper() for each in names)


def _only_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "__name__ == '__main__'")


def _instead(node: ast.expr, chosen: bool) -> Iterator[str]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        yield ast.unparse(ast.Compare(node.left, [COMPARISONS[type(node.ops[0])](), *node.ops[1:]], node.comparators))
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS and not _is_text(node.left, node.right):
        yield ast.unparse(ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right))
    elif isinstance(node, ast.BoolOp):
        yield ast.unparse(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield ast.unparse(node.operand)
    elif isinstance(node, ast.IfExp):
        yield ast.unparse(ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse))
    elif isinstance(node, ast.Constant) and not chosen:
        yield from _other_number(node.value)
    elif isinstance(node, ast.Call):
        yield from _other_call(node)


def _is_text(*sides: ast.expr) -> bool:
    return any(
        isinstance(s, ast.JoinedStr) or (isinstance(s, ast.Constant) and isinstance(s.value, str)) for s in sides
    )


def _other_number(value: object) -> Iterator[str]:
    if isinstance(value, bool):
        yield repr(not value)
    elif isinstance(value, int):
        yield repr(value + 1)
    elif isinstance(value, float):
        yield repr(value * 2 if value else 1.0)


def _other_call(node: ast.Call) -> Iterator[str]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if name in CALLS:
        other = ast.parse(ast.unparse(node), mode="eval").body
        assert isinstance(other, ast.Call)
        if isinstance(other.func, ast.Attribute):
            other.func.attr = CALLS[name]
        else:
            other.func = ast.Name(CALLS[name])
        yield ast.unparse(other)
    elif name in ESCAPERS and len(node.args) == 1 and not isinstance(node.args[0], ast.Starred):
        yield ast.unparse(node.args[0])
    elif name in CLEANERS and isinstance(node.func, ast.Attribute):
        yield ast.unparse(node.func.value)
    elif name == "sub" and isinstance(node.func, ast.Attribute) and len(node.args) == 2:  # of a compiled pattern
        yield ast.unparse(node.args[1])
