"""The life of a Checkout session: open, then complete or expired."""

from shop.sandbox import (
    errors,
    events,
    ids,
    intents,
    line_items,
    metadata,
    session_parameters,
    shipping,
    timers,
)
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

DELAYED_METHODS = {"eur": "sepa_debit"}
# These come back as they were sent.
ECHOED = (
    "billing_address_collection", "cancel_url", "client_reference_id", "customer_email",
    "integration_identifier", "locale", "origin_context", "shipping_address_collection", "submit_type",
    "success_url", "allowed_payment_method_types",
)  # fmt: skip


def create(act: Act, params: Body) -> Body:
    session_parameters.check(params, act.now)
    lines = line_items.create(act, params)
    currency = lines[0]["currency"]
    options = shipping.options(act, params, currency)
    subtotal = sum(line["amount_total"] for line in lines)
    session = _open(act, params, currency, subtotal, options)
    session_parameters.check_total(session["amount_total"], currency)
    act.store.add("checkout.session", session)
    # What Stripe keeps of a session without showing it.
    act.store.add(
        "session_details",
        {"id": session["id"], "lines": lines, "payment_intent_data": params.get("payment_intent_data", {})},
    )
    timers.start(act, session["expires_at"] - act.now, "end a session", session["id"])
    return session


def update(act: Act, session: Body, params: Body) -> Body:
    for name in ("collected_information", "line_items", "payment_intent_data", "shipping_options"):
        if name in params:
            raise errors.not_emulated(name)
    session["metadata"] = metadata.merged(session["metadata"], params)
    return act.store.change("checkout.session", session)


def expire(act: Act, session: Body) -> Body:
    if session["status"] != "open":
        raise errors.invalid(
            'Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a '
            f'status of "{session["status"]}".',
            "session",
        )
    session |= {"status": "expired", "url": None}
    act.store.change("checkout.session", session)
    timers.cancel(act, "end a session", session["id"])
    intent = act.store.find("payment_intent", session["payment_intent"] or "")
    if intent is not None:
        intents.cancel(act, intent, reason=None)
    events.emit(act, "checkout.session.expired", session)
    return session


def complete(act: Act, session: Body, intent: Body | None) -> Body:
    """Without an intent there was nothing to pay."""
    paid = "paid" if intent and intent["status"] == "succeeded" else "unpaid"
    session |= {
        "status": "complete",
        "url": None,
        "payment_status": paid if intent else "no_payment_required",
    }
    session |= details_of(act, session)["collected"]
    act.store.change("checkout.session", session)
    timers.cancel(act, "end a session", session["id"])
    events.emit(act, "checkout.session.completed", session)
    return session


def settled(act: Act, intent: Body) -> None:
    """A delayed payment came to its end: the session says so."""
    for session in act.store.all("checkout.session", ("$.payment_intent =", intent["id"])):
        if intent["status"] == "succeeded":
            session["payment_status"] = "paid"
            act.store.change("checkout.session", session)
            events.emit(act, "checkout.session.async_payment_succeeded", session)
        else:
            events.emit(act, "checkout.session.async_payment_failed", session)


def details_of(act: Act, session: Body) -> Body:
    details = act.store.find("session_details", session["id"])
    if details is None:
        raise LookupError(session["id"])
    return details


def payment_method_types(params: Body, currency: str) -> list[str]:
    """An allowed type that the account does not have is dropped silently, as Stripe does."""
    offered = ["card", *([DELAYED_METHODS[currency]] if currency in DELAYED_METHODS else [])]
    allowed = params.get("allowed_payment_method_types") or offered
    excluded = params.get("excluded_payment_method_types") or []
    left = [method for method in offered if method in allowed and method not in excluded]
    if not left:
        raise errors.invalid(
            f"No payment method types are left for this session. The sandbox offers: {', '.join(offered)}.",
            "allowed_payment_method_types",
        )
    return left


def _open(act: Act, params: Body, currency: str, subtotal: int, options: list[Body]) -> Body:
    session_id = ids.new("cs_test_a1", 58)
    methods = payment_method_types(params, currency)
    shipped = shipping.cost(options[0]) if options else None
    to_ship = shipped["amount_total"] if shipped else 0
    return shape(
        "checkout.session",
        **{name: params[name] for name in ECHOED if name in params},
        **_optional(params),
        id=session_id,
        adaptive_pricing={"enabled": False},
        amount_subtotal=subtotal,
        amount_total=subtotal + to_ship,
        automatic_tax=shape("checkout.session.AutomaticTax", enabled=False),
        created=act.now,
        currency=currency,
        custom_fields=[],
        custom_text=_texts(params),
        customer_creation=params.get("customer_creation", "if_required"),
        discounts=[],
        expires_at=params.get("expires_at", act.now + session_parameters.DAY),
        invoice_creation=_no_invoice(),
        metadata=metadata.fresh(params),
        mode="payment",
        payment_method_options=_method_options(methods),
        payment_method_types=methods,
        payment_status="unpaid",
        phone_number_collection={"enabled": params.get("phone_number_collection", {}).get("enabled", False)},
        shipping_cost=shipped,
        shipping_options=options,
        status="open",
        tax_id_collection={"enabled": False, "required": "never"},
        total_details=shape(
            "checkout.session.TotalDetails", amount_discount=0, amount_shipping=to_ship, amount_tax=0
        ),
        ui_mode="hosted_page",
        url=f"{act.origin}/c/pay/{session_id}",
    )


def _texts(params: Body) -> Body:
    given = {name: text or None for name, text in params.get("custom_text", {}).items()}
    return shape("checkout.session.CustomText", **given)


def _optional(params: Body) -> Body:
    names = ("excluded_payment_method_types", "wallet_options")
    given = {name: params[name] for name in names if name in params}
    return given | {"optional_items": None}


def _method_options(methods: list[str]) -> Body:
    return {"card": {"request_three_d_secure": "automatic"}} if "card" in methods else {}


def _no_invoice() -> Body:
    data = shape("checkout.session.InvoiceCreation.InvoiceData", metadata={})
    return {"enabled": False, "invoice_data": data}
