"""What must hold after every test that touches money, whatever happened in it."""

from collections import Counter

from shop.catalogue.tables import Variant
from shop.orders.tables import Line, Order
from tests.support.sandbox import Sandbox

HOLDS_STOCK = ("pending", "processing")


async def holds(sandbox: Sandbox) -> None:
    await _stock_is_reserved_for_whoever_waits()


async def _stock_is_reserved_for_whoever_waits() -> None:
    promised: Counter[int] = Counter()
    waiting = await Order.select(Order.id).where(Order.status.is_in(list(HOLDS_STOCK)))
    numbers = {order["id"] for order in waiting}
    for line in await Line.select(Line.order, Line.variant, Line.quantity):
        if line["order"] in numbers:
            promised[line["variant"]] += line["quantity"]
    for variant in await Variant.select(Variant.id, Variant.sku, Variant.reserved):
        assert variant["reserved"] == promised[variant["id"]], (
            f"{variant['sku']} is reserved for nobody, or twice"
        )
