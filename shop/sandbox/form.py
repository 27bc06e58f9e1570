"""`line_items[0][price_data][currency]=eur` as nested dictionaries and lists."""

import re
from urllib.parse import parse_qsl

from shop.sandbox import errors
from shop.sandbox.shapes import Body

DEEPEST = 12


def decode(encoded: str) -> Body:
    try:
        pairs = parse_qsl(encoded, keep_blank_values=True, errors="strict", max_num_fields=10_000)
    except ValueError as problem:
        raise errors.invalid("Invalid request: the parameters could not be read.") from problem
    decoded: Body = {}
    for name, value in pairs:
        _put(decoded, _steps(name), value)
    return decoded


def _steps(name: str) -> list[str]:
    match = re.fullmatch(r"([^\[\]]+)((?:\[[^\[\]]*\])*)", name)
    if match is None or match[2].count("[") > DEEPEST:
        raise errors.unknown([name])
    return [match[1], *re.findall(r"\[([^\[\]]*)\]", match[2])]


def _put(into: Body, steps: list[str], value: str) -> None:
    for position, step in enumerate(steps[:-1]):
        key = step or _element(into, steps[position + 1])
        inner = into.setdefault(key, {})
        if not isinstance(inner, dict):
            raise errors.invalid(f"Invalid parameter: {steps[0]}", steps[0])
        into = inner
    into[steps[-1] or str(len(into))] = value


def _element(into: Body, field: str) -> str:
    """`items[][a]=1&items[][b]=2&items[][a]=3` starts a new element where a field comes again."""
    newest = str(len(into) - 1)
    is_full = field == "" or newest not in into or field in into[newest]
    return str(len(into)) if is_full else newest
