"""The packing slip: what goes into the parcel and where the parcel goes. No prices: it may be a present."""

from typing import Any

from shop.site import site


def slip(order: dict[str, Any]) -> tuple[str, ...]:
    """`order` is what `shop/orders/summary.py` tells of one."""
    merchant = site().merchant
    # An order that is a cart again has no words for its lines.
    lines = [line for line in order["lines"] if line["sku"]]
    pieces = sum(line["quantity"] for line in lines)
    width = max((len(line["sku"]) for line in lines), default=0)
    sender = [line for line in (merchant.name, *merchant.address) if line]
    return (
        *sender,
        *([""] if sender else []),
        f"Packing slip for order {order['number']}",
        "",
        *(_address(order["address"]) if order["address"] else ["No address: it is not sent."]),
        *([f"By: {order['delivery_title']}"] if order["delivery_title"] else []),
        "",
        *(f"{line['quantity']:>4} ×  {line['sku']:<{width}}  {line['title']}" for line in lines),
        "",
        f"{pieces} {'piece' if pieces == 1 else 'pieces'}",
    )


def _address(lines: list[str]) -> list[str]:
    return ["Deliver to:", *(f"    {line}" for line in lines)]
