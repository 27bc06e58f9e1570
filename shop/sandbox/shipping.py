"""The ways to deliver that a session offers; the first is chosen until the shopper chooses another."""

from shop.sandbox import errors, ids, metadata
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

MOST_OPTIONS = 5


def options(act: Act, params: Body, currency: str) -> list[Body]:
    wanted = params.get("shipping_options") or []
    if len(wanted) > MOST_OPTIONS:
        raise errors.invalid(f"You can offer at most {MOST_OPTIONS} shipping options.", "shipping_options")
    return [_option(act, option, currency, f"shipping_options[{n}]") for n, option in enumerate(wanted)]


def cost(option: Body) -> Body:
    amount = option["shipping_amount"]
    return shape(
        "checkout.session.ShippingCost",
        amount_subtotal=amount,
        amount_tax=0,
        amount_total=amount,
        shipping_rate=option["shipping_rate"],
    )


def _option(act: Act, wanted: Body, currency: str, path: str) -> Body:
    if "shipping_rate" in wanted:
        rate = act.store.find("shipping_rate", wanted["shipping_rate"])
        if rate is None:
            raise errors.no_such(
                "shipping rate", wanted["shipping_rate"], f"{path}[shipping_rate]", status=400
            )
    elif "shipping_rate_data" in wanted:
        rate = _rate(act, wanted["shipping_rate_data"], currency, f"{path}[shipping_rate_data]")
    else:
        raise errors.missing(f"{path}[shipping_rate_data]")
    return shape(
        "checkout.session.ShippingOption",
        shipping_amount=rate["fixed_amount"]["amount"],
        shipping_rate=rate["id"],
    )


def _rate(act: Act, data: Body, currency: str, path: str) -> Body:
    amount = data.get("fixed_amount")
    if amount is None:
        raise errors.missing(f"{path}[fixed_amount]")
    if amount["currency"].lower() != currency:
        raise errors.invalid(
            "A shipping rate must have the session's currency.", f"{path}[fixed_amount][currency]"
        )
    if amount["amount"] < 0:
        raise errors.invalid(
            "This value must be greater than or equal to 0.",
            f"{path}[fixed_amount][amount]",
            "parameter_invalid_integer",
        )
    rate = {
        "id": ids.new("shr_1"),
        "object": "shipping_rate",
        "active": True,
        "created": act.now,
        "delivery_estimate": data.get("delivery_estimate"),
        "display_name": data["display_name"],
        "fixed_amount": {"amount": amount["amount"], "currency": currency},
        "livemode": False,
        "metadata": metadata.fresh(data),
        "tax_behavior": data.get("tax_behavior", "unspecified"),
        "tax_code": data.get("tax_code"),
        "type": "fixed_amount",
    }
    return act.store.add("shipping_rate", rate)
