"""Pages of objects, newest first, with cursors."""

from typing import Any

from shop.sandbox import errors
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store

MOST, USUAL = 100, 10
OPERATORS = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


def page(store: Store, kind: str, url: str, params: Body, *conditions: tuple[str, Any]) -> Body:
    limit = limit_of(params)
    after, before = (_cursor(store, kind, params, name) for name in ("starting_after", "ending_before"))
    if after is not None and before is not None:
        raise errors.invalid(
            "You may only specify one of these parameters: starting_after, ending_before.",
            "starting_after",
            "parameters_exclusive",
        )
    found = store.page(kind, *conditions, *_created(params), limit=limit + 1, after=after, before=before)
    has_more = len(found) > limit
    data = found[-limit:] if before is not None else found[:limit]
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def equal(params: Body, *names: str) -> list[tuple[str, Any]]:
    return [(f"$.{name} =", params[name]) for name in names if name in params]


def limit_of(params: Body) -> int:
    limit = int(params.get("limit", USUAL))
    if limit < 1:
        raise errors.invalid(
            "This value must be greater than or equal to 1.", "limit", "parameter_invalid_integer"
        )
    if limit > MOST:
        raise errors.invalid(
            f"This value must be less than or equal to {MOST}.", "limit", "parameter_invalid_integer"
        )
    return limit


def _cursor(store: Store, kind: str, params: Body, name: str) -> int | None:
    if name not in params:
        return None
    position = store.position(kind, params[name])
    if position is None:
        raise errors.no_such(kind, params[name], name, status=400)
    return position


def _created(params: Body) -> list[tuple[str, Any]]:
    created = params.get("created")
    if created is None:
        return []
    if isinstance(created, int):
        return [("$.created =", created)]
    return [(f"$.created {OPERATORS[name]}", value) for name, value in created.items()]
