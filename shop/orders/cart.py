"""The shopper's one cart: found, or begun with the first thing put into it."""

from shop import clock
from shop.customers.who import Shopper
from shop.database import run
from shop.errors import Overtaken
from shop.orders.owners import theirs
from shop.orders.tables import Line, Order
from shop.settings import settings
from shop.web.cookies import mint


async def find_cart(shopper: Shopper) -> Order | None:
    return await Order.objects().where(theirs(shopper) & (Order.status == "cart")).first()


async def open_cart(shopper: Shopper) -> Order:
    """The cart, made where there is none; of two that are made at once, one stays."""
    found = await find_cart(shopper)
    if found is not None:
        return found
    here = settings()
    await Order.insert(
        Order(
            {
                Order.token: mint(),
                Order.customer: shopper.customer,
                Order.guest_key: None if shopper.signed_in else shopper.guest_key,
                Order.locale: here.locale,
                Order.currency: here.currency,
                Order.created_at: clock.now(),
            }
        )
    ).on_conflict(action="DO NOTHING")
    found = await find_cart(shopper)
    if found is None:
        # The other cart that was in the way has been placed meanwhile.
        raise Overtaken
    return found


async def touch(order: int) -> bool:
    """Begins a change of lines: counts it, and holds the order until the transaction ends.

    False where the order is a cart no longer.
    """
    touched = (
        await Order.update({Order.version: Order.version + 1})
        .where((Order.id == order) & (Order.status == "cart"))
        .returning(Order.id)
    )
    return bool(touched)


async def hold(order: int) -> None:
    """Locks an order, whatever its status, for the rest of the caller's transaction."""
    await run('UPDATE "order" SET "version" = "version" WHERE "id" = {}', order)


async def set_quantity(line: int, quantity: int) -> None:
    """What an earlier `place` froze for the old quantity goes; the next one writes it again."""
    await Line.update(
        {
            Line.quantity: quantity,
            Line.unit_price: None,
            Line.total: None,
            Line.tax_rate: None,
            Line.tax: None,
        }
    ).where(Line.id == line)
