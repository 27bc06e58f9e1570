"""What a control was given: JSON, and nothing but the names it knows."""

import json
from typing import Any

from litestar import Request

from shop.sandbox.hands import RefusedError
from shop.sandbox.shapes import Body


async def given(request: Request[Any, Any, Any]) -> Body:
    raw = await request.body()
    try:
        body = json.loads(raw) if raw.strip() else {}
    except ValueError as problem:
        raise RefusedError("The body is no JSON.") from problem
    if not isinstance(body, dict):
        raise RefusedError("The body is no JSON object.")
    return body


def read(body: Body, **defaults: Any) -> Body:
    """The values by name, each of the type of its default; a default of None takes whatever comes."""
    unknown = body.keys() - defaults.keys()
    if unknown:
        known = ", ".join(defaults) or "nothing"
        raise RefusedError(f"This control does not know {', '.join(sorted(unknown))}; it knows {known}.")
    for name, value in body.items():
        if defaults[name] is not None and not _is_like(value, defaults[name]):
            raise RefusedError(f"{name} must be like {json.dumps(defaults[name])}.")
    return defaults | body


def _is_like(value: Any, default: Any) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(value, bool) and isinstance(default, bool)
    if isinstance(default, int | float):
        return isinstance(value, int | float)
    return isinstance(value, type(default))
