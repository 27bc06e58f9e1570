"""What shoppers do on their way to a paid order, and what the shop has on its books then."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from shop.catalogue.tables import Variant
from shop.orders.tables import Log, Order
from shop.settings import settings
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

CARD, DECLINED = "4242 4242 4242 4242", "4000 0000 0000 0002"
GOES_THROUGH = "AT61 1904 3002 3457 3201"


async def fill_cart(shopper: Shopper, title: str, quantity: int = 1) -> Page:
    await shopper.open("/")
    await shopper.follow(title)
    return await shopper.submit("Add to cart", quantity=quantity)


async def press_pay(shopper: Shopper, **address: str) -> Page:
    """From the review page to wherever Pay leads."""
    await shopper.open("/checkout")
    return await shopper.submit(action="/checkout", **({"email": shopper.email} | address))


async def go_to_pay(shopper: Shopper, **address: str) -> str:
    """Presses Pay; answers the id of the session whose page the shopper looks at."""
    await press_pay(shopper, **address)
    return session_id(shopper.page)


async def pay_by_card(shopper: Shopper, number: str = CARD) -> Page:
    # The page speaks the shopper's language, and its button with it.
    return await shopper.submit(
        action=session_id(shopper.page),
        cardNumber=number,
        cardExpiry="12/34",
        cardCvc="123",
        billingName="Ada",
    )


async def buy(shopper: Shopper, title: str, quantity: int = 1, **address: str) -> Page:
    """Answers the confirmation, when every event of the payment has been delivered too."""
    await fill_cart(shopper, title, quantity)
    await go_to_pay(shopper, **address)
    confirmation = await pay_by_card(shopper)
    await nothing_is_under_way()
    return confirmation


async def nothing_is_under_way() -> None:
    """What still arrives would change the books, or the database's pool, under a test that looks at them."""
    async with Sandbox(settings().stripe.api_base).connected() as sandbox:
        response = await sandbox.client.post("/_control/deliveries/flush")
        response.raise_for_status()


def session_id(page: Page) -> str:
    found = re.fullmatch(r"/c/pay/(cs_test_\w+)", urlsplit(page.url).path)
    assert found, f"{page.url} is no payment page ({page.status}): {page.says()[:500]}"
    return found[1]


async def orders() -> list[Order]:
    """All orders, oldest first."""
    return list(await Order.objects().order_by(Order.id))


async def the_order() -> Order:
    """The only order there is."""
    found = await orders()
    assert len(found) == 1, [(order.number, order.status) for order in found]
    return found[0]


async def history(order: Order) -> list[str]:
    """What happened to an order, oldest first, without who and why, and without its tries at paying."""
    return [what for what in await _log(order) if not what.startswith("attempt ")]


async def tries(order: Order) -> list[str]:
    """What became of the tries at paying an order, oldest first."""
    return [what.removeprefix("attempt ") for what in await _log(order) if what.startswith("attempt ")]


async def _log(order: Order) -> list[str]:
    return [row["what"] for row in await Log.select(Log.what).where(Log.order == order.id).order_by(Log.id)]


async def stock(variant: Variant) -> tuple[int, int]:
    """How many lie in the shop, and how many of them are promised."""
    row = await Variant.select(Variant.on_hand, Variant.reserved).where(Variant.id == variant.id).first()
    assert row is not None
    return row["on_hand"], row["reserved"]


async def the_mug() -> Variant:
    found = await Variant.objects().get(Variant.sku == "MUG")
    assert found is not None
    return found


async def becomes(wanted: Callable[[], Awaitable[Any]], seconds: float = 5.0) -> None:
    """Waits until it is true; what never becomes true fails the test."""
    until = time.monotonic() + seconds
    while not await wanted():
        assert time.monotonic() < until, f"not within {seconds} seconds"
        await asyncio.sleep(0.02)
