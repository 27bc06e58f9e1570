"""What can be listed, and by which fields."""

from typing import Any

from shop.sandbox import errors, lists
from shop.sandbox import sessions as checkout_sessions
from shop.sandbox.events import DAYS_KEPT
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

MOST_TYPES = 20


def sessions(act: Act, params: Body) -> Body:
    conditions = lists.equal(
        params, "customer", "customer_account", "payment_intent", "payment_link", "subscription"
    )
    conditions += lists.equal(params, "status")
    email = params.get("customer_details", {}).get("email")
    if email is not None:
        conditions.append(("$.customer_details.email =", email))
    return lists.page(act.store, "checkout.session", "/v1/checkout/sessions", params, *conditions)


def line_items(act: Act, session: Body, params: Body) -> Body:
    """Lines are listed in the order in which they were sent."""
    lines = checkout_sessions.details_of(act, session)["lines"]
    limit, ids = lists.limit_of(params), [line["id"] for line in lines]
    for name in ("starting_after", "ending_before"):
        if name in params and params[name] not in ids:
            raise errors.no_such("line item", params[name], name, status=400)
    first = ids.index(params["starting_after"]) + 1 if "starting_after" in params else 0
    last = ids.index(params["ending_before"]) if "ending_before" in params else len(lines)
    if "ending_before" in params:
        first = max(last - limit, 0)
        shown, has_more = lines[first:last], first > 0
    else:
        shown, has_more = lines[first : first + limit], first + limit < len(lines)
    url = f"/v1/checkout/sessions/{session['id']}/line_items"
    return {"object": "list", "data": shown, "has_more": has_more, "url": url}


def payment_intents(act: Act, params: Body) -> Body:
    conditions = lists.equal(params, "customer", "customer_account")
    return lists.page(act.store, "payment_intent", "/v1/payment_intents", params, *conditions)


def charges(act: Act, params: Body) -> Body:
    conditions = lists.equal(params, "customer", "payment_intent", "transfer_group")
    return lists.page(act.store, "charge", "/v1/charges", params, *conditions)


def refunds(act: Act, params: Body) -> Body:
    return lists.page(
        act.store, "refund", "/v1/refunds", params, *lists.equal(params, "charge", "payment_intent")
    )


def disputes(act: Act, params: Body) -> Body:
    return lists.page(
        act.store, "dispute", "/v1/disputes", params, *lists.equal(params, "charge", "payment_intent")
    )


def balance_transactions(act: Act, params: Body) -> Body:
    conditions = lists.equal(params, "currency", "payout", "source", "type")
    return lists.page(act.store, "balance_transaction", "/v1/balance_transactions", params, *conditions)


def webhook_endpoints(act: Act, params: Body) -> Body:
    return lists.page(act.store, "webhook_endpoint", "/v1/webhook_endpoints", params)


def events(act: Act, params: Body) -> Body:
    if "type" in params and "types" in params:
        raise errors.invalid(
            "You may only specify one of these parameters: type, types.", "type", "parameters_exclusive"
        )
    if len(params.get("types", [])) > MOST_TYPES:
        raise errors.invalid(f"You can pass up to {MOST_TYPES} types.", "types")
    conditions: list[tuple[str, Any]] = [("$.created >=", act.now - DAYS_KEPT * 24 * 3600)]
    if "type" in params:
        conditions.append(("$.type GLOB", params["type"]))
    if "types" in params:
        conditions.append(("$.type IN", params["types"]))
    if "delivery_success" in params:
        conditions.append(("$.pending_webhooks " + ("=" if params["delivery_success"] else ">"), 0))
    return lists.page(act.store, "event", "/v1/events", params, *conditions)
