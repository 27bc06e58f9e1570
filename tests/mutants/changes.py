"""Every small change that can be made in a file: mutmut's operators, and a few that it does not have.

Left out is what no test should hold: annotations, docstrings, sentences for people and for the log, imports.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider, WhitespaceInclusivePositionProvider
from mutmut.mutation.mutators import mutation_operators, operator_arg_removal, operator_string

# What stands inside SQL is told from a sentence by its quoted names.
SQL = re.compile(r'\\?"\w+\\?"|\{\}')
INSIDE_SQL = [
    (" >= ", " > "), (" <= ", " < "), (" < ", " <= "), (" <> ", " = "), (" = ", " <> "), (" AND ", " OR "),
    (" - ", " + "), (" NOT IN ", " IN "), (" IN ", " NOT IN "), ("IS NOT NULL", "IS NULL"),
    ("'succeeded'", "'pending'"), ("'failed'", "'x'"), ("'canceled'", "'x'"), ("'requested'", "'x'"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """`first` and `last` are the lines of the whole statement, `around` is the function or class."""

    file: str
    place: str
    first: int
    last: int
    told: str
    around: str
    source: str


def changes(file: str, text: str) -> list[Change]:
    wrapper = MetadataWrapper(cst.parse_module(text))
    positions = wrapper.resolve(PositionProvider)
    spans = wrapper.resolve(WhitespaceInclusivePositionProvider)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: dict[str, Change] = {}
    told_already: Counter[str] = Counter()
    for old, new, statement, place in _walk(wrapper.module, wrapper.module, ""):
        begin, end = (starts[at.line - 1] + at.column for at in (spans[old].start, spans[old].end))
        if text[begin:end] == _code(old):
            source = text[:begin] + _code(new) + text[end:]
        else:
            replaced: Any = wrapper.module.deep_replace(old, new)
            source = str(replaced.code)
        if source == text or source in found:
            continue
        where = positions[statement]
        simple = isinstance(statement, cst.SimpleStatementLine)
        last = where.end.line if simple else _header_end(statement, positions)
        told = f"{place or 'at the top'}: {_difference(text, source)}"
        told_already[told] += 1
        if told_already[told] > 1:
            told += f" ({told_already[told]})"
        found[source] = Change(
            file=file,
            place=place,
            first=where.start.line,
            last=max(where.start.line, last),
            told=told,
            around=_around(place, wrapper.module),
            source=source,
        )
    return list(found.values())


def _around(place: str, module: Any) -> str:
    name = place.partition(".")[0]
    found = [
        part for part in module.body if name and getattr(getattr(part, "name", None), "value", "") == name
    ]
    return _code(found[0]) if found else ""


def _header_end(statement: Any, positions: Any) -> int:
    body = statement.body
    inner = body if isinstance(body, (list, tuple)) else getattr(body, "body", [])
    return int(positions[inner[0]].start.line) - 1 if inner else int(positions[statement].end.line)


def _difference(before: str, after: str) -> str:
    lines = list(unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""))[3:]
    gone = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
    come = " ".join(line[1:].strip() for line in lines if line.startswith("+"))
    return f"{gone} → {come or 'nothing'}"


def _walk(node: Any, statement: Any, place: str) -> Iterator[tuple[Any, Any, Any, str]]:
    """Old node, new node, the statement around it, and the function that it stands in."""
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
        place = f"{place}.{node.name.value}".lstrip(".")
    if isinstance(node, (cst.SimpleStatementLine, cst.BaseCompoundStatement)):
        statement = node
    if not _is_sentence(node):
        for new in _new(node):
            yield node, new, statement, place
    for child in _children(node):
        yield from _walk(child, statement, place)


def _children(node: Any) -> list[Any]:
    if isinstance(node, (cst.Import, cst.ImportFrom, cst.Annotation, cst.Decorator)):
        return []
    if isinstance(node, cst.Expr) and isinstance(node.value, (cst.SimpleString, cst.ConcatenatedString)):
        return []  # a docstring
    if isinstance(node, cst.Expr) and _is_no_matter(node.value):
        return []
    if isinstance(node, cst.Assign) and _code(node.targets[0].target) in ("log", "Json", "Say", "T"):
        return []  # names for annotations, and where the log goes
    if isinstance(node, cst.Raise) and isinstance(node.exc, cst.Call):
        return [arg for arg in node.exc.args if not isinstance(arg.value, _STRINGS)]
    if isinstance(node, cst.Assert):
        return [node.test]
    return list(node.children)


_ASKED = (cst.Name, cst.Attribute, cst.Call, cst.Await)
_STRINGS = (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)


def _is_no_matter(node: Any) -> bool:
    """Points of failure are for tests/crashes; in a running shop they do nothing."""
    node = node.expression if isinstance(node, cst.Await) else node
    return bool(
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Attribute)
        and isinstance(node.func.value, cst.Name)
        and node.func.value.value in ("log", "faultpoints")
    )


def _is_sentence(node: Any) -> bool:
    return bool(isinstance(node, cst.SimpleString) and " " in node.value and not SQL.search(node.value))


def _new(node: Any) -> Iterator[Any]:
    yield from _ours(node)
    if isinstance(node, (cst.Expr, cst.Assign)) and not _children(node):
        return
    for kind, operator in mutation_operators:
        if not isinstance(node, kind):
            continue
        if operator is operator_arg_removal:
            yield from _arguments(node)
        elif operator is operator_string:
            yield from _texts(node)
        else:
            yield from operator(node)


def _arguments(node: Any) -> Iterator[Any]:
    """None instead of each argument; a named one is left out instead, where there is another."""
    made = list(operator_arg_removal(node))
    if isinstance(node.func, cst.Name) and node.func.value == "isinstance":
        return
    count = len([arg for arg in node.args if arg.star == "" and not _is_none(arg.value)])
    by_none = iter(made[:count])
    for index, arg in enumerate(node.args):
        none = next(by_none) if arg.star == "" and not _is_none(arg.value) else None
        if isinstance(arg.value, _STRINGS) and " " in _code(arg.value) and not SQL.search(_code(arg.value)):
            continue
        if arg.keyword is not None:
            yield node.with_changes(args=[*node.args[:index], *node.args[index + 1 :]])
        elif none is not None:
            yield none


def _is_none(node: Any) -> bool:
    return bool(isinstance(node, cst.Name) and node.value == "None")


def _code(node: Any) -> str:
    return str(cst.Module([]).code_for_node(node))


def _texts(node: Any) -> Iterator[Any]:
    if not isinstance(node, cst.SimpleString):
        return
    if SQL.search(node.value) and " " in node.value:
        for old, new in INSIDE_SQL:
            for match in re.finditer(re.escape(old), node.value):
                value = node.value[: match.start()] + new + node.value[match.end() :]
                yield node.with_changes(value=value)
    elif made := list(operator_string(node)):
        yield made[0]


def _ours(node: Any) -> Iterator[Any]:
    if isinstance(node, cst.SimpleStatementLine) and len(node.body) == 1:
        yield from _without(node, node.body[0])
    if isinstance(node, (cst.FunctionDef, cst.ClassDef)) and node.decorators:
        for index in range(len(node.decorators)):
            yield node.with_changes(decorators=[*node.decorators[:index], *node.decorators[index + 1 :]])
    if isinstance(node, (cst.Dict, cst.Set)) and len(node.elements) > 1:
        for index in range(len(node.elements)):
            kept = [*node.elements[:index], *node.elements[index + 1 :]]
            yield node.with_changes(elements=kept)
    if isinstance(node, (cst.If, cst.While)) and isinstance(node.test, _ASKED):
        yield node.with_changes(test=cst.UnaryOperation(cst.Not(), node.test))


def _without(line: Any, only: Any) -> Iterator[Any]:
    """A statement that does something is left out; what is answered is answered no more."""
    calls = isinstance(only, cst.Expr) and isinstance(only.value, (cst.Await, cst.Call))
    if (calls and not _is_no_matter(only.value)) or isinstance(only, (cst.Raise, cst.AugAssign)):
        yield line.with_changes(body=[cst.Pass()])
    if isinstance(only, cst.Return) and only.value is not None and not _is_none(only.value):
        yield line.with_changes(body=[only.with_changes(value=cst.Name("None"))])
