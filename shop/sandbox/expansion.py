"""`expand[]`: ids that become the objects they name, four levels deep."""

from typing import Any

from shop.sandbox import errors
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store

DEEPEST = 4
# Where a field may be expanded, and what it then is; `None`: Stripe never fills it here.
EXPANDABLE: dict[str, dict[str, str | None]] = {
    "checkout.session": {
        "payment_intent": "payment_intent", "customer": None, "invoice": None, "payment_link": None,
        "setup_intent": None, "subscription": None,
    },
    "checkout.session.ShippingCost": {"shipping_rate": "shipping_rate"},
    "checkout.session.ShippingOption": {"shipping_rate": "shipping_rate"},
    "payment_intent": {
        "latest_charge": "charge", "payment_method": "payment_method", "customer": None, "application": None,
        "on_behalf_of": None, "review": None, "payment_record": None,
    },
    "charge": {
        "payment_intent": "payment_intent", "balance_transaction": "balance_transaction", "customer": None,
        "application": None, "application_fee": None, "on_behalf_of": None, "review": None,
        "failure_balance_transaction": None, "source_transfer": None,
    },
    "refund": {
        "charge": "charge", "payment_intent": "payment_intent", "balance_transaction": "balance_transaction",
        "payment_method": "payment_method", "customer": None,
        "failure_balance_transaction": "balance_transaction",
        "transfer_reversal": None, "source_transfer_reversal": None,
    },
    "dispute": {"charge": "charge", "payment_intent": "payment_intent"},
    "balance_transaction": {"source": "?"},
    "payment_method": {"customer": None},
    "price": {"product": "product"},
    "product": {"default_price": None, "tax_code": None},
}  # fmt: skip
BY_PREFIX = {
    "ch_": "charge", "py_": "charge", "re_": "refund", "pyr_": "refund", "du_": "dispute",
}  # fmt: skip


def expand(store: Store, body: Body, paths: list[str]) -> Body:
    for path in paths:
        steps = path.split(".")
        if len(steps) > DEEPEST + (steps[0] == "data"):
            raise errors.invalid(f"You cannot expand more than {DEEPEST} levels of a property.", "expand")
        _expand(store, body, steps, path)
    return body


def _expand(store: Store, value: Any, steps: list[str], path: str) -> None:
    if not steps or value is None:
        return
    if isinstance(value, list):
        for element in value:
            _expand(store, element, steps, path)
        return
    step, rest = steps[0], steps[1:]
    if not isinstance(value, dict) or not _may(value, step, rest):
        raise errors.invalid(f"This property cannot be expanded ({path}).", "expand")
    value[step] = _expanded(store, value, step)
    _expand(store, value[step], rest, path)


def _may(value: Body, step: str, rest: list[str]) -> bool:
    kind = value.get("object", "")
    if kind == "list":
        return step == "data" and bool(rest)
    if (kind, step) in (("checkout.session", "line_items"), ("charge", "refunds")):
        return True
    if step in EXPANDABLE.get(_kind(value), {}) or (step == "breakdown" and "amount_discount" in value):
        return True
    # On the way to something expandable: shipping_cost.shipping_rate, line_items.data.price.product.
    return bool(rest) and isinstance(value.get(step), dict | list | None) and step in value


def _kind(value: Body) -> str:
    if "object" in value:
        return str(value["object"])
    if "shipping_amount" in value:
        return "checkout.session.ShippingOption"
    return "checkout.session.ShippingCost" if "shipping_rate" in value else ""


def _expanded(store: Store, value: Body, step: str) -> Any:
    current = value.get(step)
    if step == "line_items" and current is None:
        return lines_page(store, value)
    if step == "refunds" and current is None:
        refunds = store.all("refund", ("$.charge =", value["id"]), newest_first=True)
        url = f"/v1/charges/{value['id']}/refunds"
        return {"object": "list", "data": refunds[:10], "has_more": len(refunds) > 10, "url": url}
    if step == "breakdown":
        return {"discounts": [], "taxes": []}
    kind = EXPANDABLE.get(_kind(value), {}).get(step)
    if not isinstance(current, str) or kind is None:
        return current
    if kind == "?":
        kind = next((found for prefix, found in BY_PREFIX.items() if current.startswith(prefix)), "")
    return store.find(kind, current) or current


def lines_page(store: Store, session: Body) -> Body:
    details = store.find("session_details", session["id"]) or {"lines": []}
    lines = details["lines"]
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return {"object": "list", "data": lines[:10], "has_more": len(lines) > 10, "url": url}
