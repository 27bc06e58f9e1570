"""What was sent against what Stripe accepts: unknown names, missing ones, wrong types, at every depth."""

import re
from typing import Any

from shop.sandbox import errors, form, metadata
from shop.sandbox.shapes import Body, shapes

# Among the alternatives of a parameter: the empty string, which unsets it.
UNSET = {"enum": [""]}


def read(schema: str, encoded: str) -> Body:
    params = _object(schema, form.decode(encoded), "")
    metadata.check(params)
    return params


def _object(schema: str, raw: Any, path: str) -> Body:
    wanted = shapes()["parameters"][schema]
    if not isinstance(raw, dict):
        raise errors.invalid("Invalid object", path)
    unknown = [_below(path, name) for name in raw if name not in wanted["properties"]]
    if unknown:
        raise errors.unknown(unknown)
    for name in wanted["required"]:
        if name not in raw:
            raise errors.missing(_below(path, name))
    return {
        name: _value(wanted["properties"][name], value, _below(path, name)) for name, value in raw.items()
    }


def _value(kind: Any, raw: Any, path: str) -> Any:
    match kind:
        case {"of": schema}:
            return _object(schema, raw, path)
        case {"any": kinds}:
            return _any(kinds, raw, path)
        case {"list": element}:
            return [_value(element, value, f"{path}[{n}]") for n, value in enumerate(_elements(raw, path))]
        case {"enum": values}:
            return _one_of(values, raw, path)
        case "map":
            return _map(raw, path)
        case _:
            return _scalar(kind, raw, path)


def _any(kinds: list[Any], raw: Any, path: str) -> Any:
    if raw == "" and UNSET in kinds:
        return ""
    others = [kind for kind in kinds if kind != UNSET]
    fitting = [kind for kind in others if _is_nested(kind) == isinstance(raw, dict)] or others
    for kind in fitting[:-1]:
        try:
            return _value(kind, raw, path)
        except errors.ApiError:
            continue
    return _value(fitting[-1], raw, path)


def _is_nested(kind: Any) -> bool:
    return kind == "map" or (isinstance(kind, dict) and ("of" in kind or "list" in kind))


def _elements(raw: Any, path: str) -> list[Any]:
    if not isinstance(raw, dict) or not all(key.isdigit() for key in raw):
        raise errors.invalid("Invalid array", path)
    return [raw[key] for key in sorted(raw, key=int)]


def _one_of(values: list[str], raw: Any, path: str) -> str:
    if raw == "" and "" not in values:
        raise errors.empty(path)
    if raw not in values:
        listed = ", ".join(values[:20]) + (", …" if len(values) > 20 else "")
        raise errors.invalid(f"Invalid {path}: must be one of {listed}", path)
    return str(raw)


def _map(raw: Any, path: str) -> dict[str, str]:
    if not isinstance(raw, dict):
        raise errors.invalid("Invalid object", path)
    for key, value in raw.items():
        if not isinstance(value, str):
            raise errors.invalid(f"Invalid value for {path}[{key}]: it must be a string.", f"{path}[{key}]")
    return dict(raw)


def _scalar(kind: str, raw: Any, path: str) -> Any:
    if not isinstance(raw, str):
        raise errors.invalid(f"Invalid {kind}: {path} takes a single value.", path)
    if raw == "":
        raise errors.empty(path)
    match kind:
        case "integer":
            return _integer(raw, path)
        case "boolean":
            return _boolean(raw, path)
        case "decimal":
            return _decimal(raw, path)
        case _:
            return _string(raw, path)


def _integer(raw: str, path: str) -> int:
    # A 64-bit number has 19 digits at most, and Python would read other scripts' digits too.
    if not re.fullmatch(r"-?[0-9]{1,18}", raw):
        raise errors.invalid(f"Invalid integer: {raw}", path, "parameter_invalid_integer")
    return int(raw)


def _boolean(raw: str, path: str) -> bool:
    if raw not in ("true", "false"):
        raise errors.invalid(f"Invalid boolean: {raw}", path)
    return raw == "true"


def _decimal(raw: str, path: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]{1,12})?", raw):
        raise errors.invalid(f"Invalid decimal: {raw}", path)
    return raw


def _string(raw: str, path: str) -> str:
    if len(raw) > 5000:
        raise errors.invalid(f"Invalid string: {path} is longer than 5000 characters.", path)
    return raw


def _below(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name
