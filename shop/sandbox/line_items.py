"""The lines of a session, from `price_data` to what the shopper sees."""

from decimal import ROUND_HALF_UP, Decimal

from shop.money import LARGEST_AMOUNT, smallest_step
from shop.sandbox import errors, ids, metadata
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body, shape

MOST_LINES = 100


def create(act: Act, params: Body) -> list[Body]:
    wanted = params.get("line_items")
    if not wanted:
        raise errors.missing("line_items")
    if len(wanted) > MOST_LINES:
        raise errors.invalid(f"You can have at most {MOST_LINES} line items.", "line_items")
    lines = [_line(act, line, f"line_items[{number}]") for number, line in enumerate(wanted)]
    named = str(params.get("currency") or lines[0]["currency"]).lower()
    currencies = {named, *(line["currency"] for line in lines)}
    if len(currencies) > 1:
        raise errors.invalid("All line items and the session must have the same currency.", "line_items")
    return lines


def _line(act: Act, wanted: Body, path: str) -> Body:
    for name in ("tax_rates",):
        if wanted.get(name):
            raise errors.not_emulated(f"{path}[{name}]")
    if wanted.get("adjustable_quantity", {}).get("enabled"):
        raise errors.not_emulated(f"{path}[adjustable_quantity]")
    price = _price(act, wanted, path)
    quantity = _quantity(wanted, path)
    amount = _times(price, quantity)
    if amount > LARGEST_AMOUNT:
        raise errors.invalid("Amount must be no more than 99999999.", f"{path}[quantity]", "amount_too_large")
    product = act.store.find("product", price["product"]) or {"name": None}
    return shape(
        "item",
        id=ids.new("li_1"),
        amount_discount=0,
        amount_subtotal=amount,
        amount_tax=0,
        amount_total=amount,
        currency=price["currency"],
        description=product["name"],
        metadata=metadata.fresh(wanted),
        price=price,
        quantity=quantity,
    )


def _quantity(wanted: Body, path: str) -> int:
    if "quantity" not in wanted:
        raise errors.missing(f"{path}[quantity]")
    if not 1 <= wanted["quantity"] <= 999_999:
        raise errors.invalid(
            "This value must be between 1 and 999999.", f"{path}[quantity]", "parameter_invalid_integer"
        )
    return int(wanted["quantity"])


def _price(act: Act, wanted: Body, path: str) -> Body:
    if "price" in wanted and "price_data" in wanted:
        raise errors.invalid(
            f"You may only specify one of these parameters: {path}[price], {path}[price_data].",
            path,
            "parameters_exclusive",
        )
    if "price" in wanted:
        price = act.store.find("price", wanted["price"])
        if price is None:
            raise errors.no_such("price", wanted["price"], f"{path}[price]", status=400)
        return price
    if "price_data" not in wanted:
        raise errors.missing(f"{path}[price_data]")
    return _price_from_data(act, wanted["price_data"], f"{path}[price_data]")


def _price_from_data(act: Act, data: Body, path: str) -> Body:
    if "recurring" in data:
        raise errors.not_emulated(f"{path}[recurring]")
    currency = _currency(data["currency"], f"{path}[currency]")
    amount, decimal = _unit_amount(data, currency, path)
    price = shape(
        "price",
        id=ids.new("price_1"),
        active=False,
        billing_scheme="per_unit",
        created=act.now,
        currency=currency,
        metadata={},
        product=_product(act, data, path)["id"],
        tax_behavior=data.get("tax_behavior", "unspecified"),
        type="one_time",
        unit_amount=amount,
        unit_amount_decimal=decimal,
    )
    return act.store.add("price", price)


def _unit_amount(data: Body, currency: str, path: str) -> tuple[int | None, str]:
    if "unit_amount" in data and "unit_amount_decimal" in data:
        raise errors.invalid(
            "You may only specify one of these parameters: unit_amount, unit_amount_decimal.",
            path,
            "parameters_exclusive",
        )
    if "unit_amount_decimal" in data:
        decimal = Decimal(data["unit_amount_decimal"])
        _check_amount(decimal, f"{path}[unit_amount_decimal]")
        return (int(decimal) if decimal == int(decimal) else None), data["unit_amount_decimal"]
    if "unit_amount" not in data:
        raise errors.missing(f"{path}[unit_amount]")
    _check_amount(Decimal(data["unit_amount"]), f"{path}[unit_amount]")
    if data["unit_amount"] % smallest_step(currency):
        raise errors.invalid(
            f"Invalid amount: {currency} is charged in steps of {smallest_step(currency)}.",
            f"{path}[unit_amount]",
        )
    return data["unit_amount"], str(data["unit_amount"])


def _check_amount(amount: Decimal, path: str) -> None:
    if amount < 0:
        raise errors.invalid(
            "This value must be greater than or equal to 0.", path, "parameter_invalid_integer"
        )
    if amount > LARGEST_AMOUNT:
        raise errors.invalid("Amount must be no more than 99999999.", path, "amount_too_large")


def _currency(code: str, path: str) -> str:
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise errors.invalid(f"Invalid currency: {code}. Stripe uses the three letters of ISO 4217.", path)
    return code.lower()


def _product(act: Act, data: Body, path: str) -> Body:
    if "product" in data:
        product = act.store.find("product", data["product"])
        if product is None:
            raise errors.no_such("product", data["product"], f"{path}[product]", status=400)
        return product
    if "product_data" not in data:
        raise errors.missing(f"{path}[product_data]")
    wanted = data["product_data"]
    if len(wanted["name"]) > 1024:
        raise errors.invalid(
            "A product's name can have up to 1024 characters.", f"{path}[product_data][name]"
        )
    if len(wanted.get("images", [])) > 8:
        raise errors.invalid("A product can have up to 8 images.", f"{path}[product_data][images]")
    product = shape(
        "product",
        id=ids.new("prod_", 14),
        active=False,
        created=act.now,
        description=wanted.get("description"),
        images=wanted.get("images", []),
        marketing_features=[],
        metadata=metadata.fresh(wanted),
        name=wanted["name"],
        tax_code=wanted.get("tax_code"),
        type="service",
        unit_label=wanted.get("unit_label"),
        updated=act.now,
    )
    return act.store.add("product", product)


def _times(price: Body, quantity: int) -> int:
    total = Decimal(price["unit_amount_decimal"]) * quantity
    return int(total.quantize(Decimal(1), ROUND_HALF_UP))
