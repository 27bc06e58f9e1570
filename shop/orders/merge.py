"""Two carts of one shopper become one: the lines of the one that goes join the one that stays."""

from typing import Any

from shop.customers.tables import Customer
from shop.customers.who import Shopper
from shop.database import repeatable, run, transaction
from shop.errors import Overtaken
from shop.orders import moves
from shop.orders.cart import find_cart, set_quantity
from shop.orders.log import SHOPPER, note
from shop.orders.tables import Line, Order
from shop.orders.views import MOST

Lines = list[dict[str, Any]]


@repeatable
async def take_over(guest_key: str | None, customer: int) -> int:
    """A guest signs in: cart, pending and processing orders become the customer's; so do those that guests
    placed with the customer's e-mail and that have come to their end, once that e-mail is confirmed.

    Answers how many pieces the customer's cart holds then.
    """
    async with transaction():
        if guest_key is not None:
            await _take_cart(guest_key, customer)
            await _take_orders(guest_key, customer)
        await _take_placed(customer)
        cart = await find_cart(Shopper(customer=customer))
        return await pieces(cart.id) if cart else 0


async def pieces(order: int) -> int:
    rows = await run('SELECT SUM("quantity") AS "n" FROM "line" WHERE "order" = {}', order)
    return int(rows[0]["n"] or 0)


async def take_other_cart(order: Order, actor: str) -> Lines:
    """Before `order` becomes a cart again: the shopper's cart goes, and its lines are answered.

    Inside the caller's transaction, which holds `order` and puts the lines into it with `put_into` once its
    own stock is given back: what stands in a cart was never reserved.
    """
    mine = (
        Order.customer == order.customer if order.customer is not None else Order.guest_key == order.guest_key
    )
    other = await Order.objects().where(mine & (Order.status == "cart") & (Order.id != order.id)).first()
    return await _emptied(other, order, moves.HELD, actor) if other else []


async def put_into(order: int, lines: Lines) -> None:
    for line in lines:
        await _put(line, order)


async def _take_cart(guest_key: str, customer: int) -> None:
    cart = await find_cart(Shopper(guest_key=guest_key))
    if cart is None:
        return
    survivor = await find_cart(Shopper(customer=customer))
    if survivor is None:
        await Order.update({Order.customer: customer, Order.guest_key: None}).where(Order.id == cart.id)
    else:
        await put_into(survivor.id, await _emptied(cart, survivor, ("cart",), SHOPPER))
        await _take_typed(cart, survivor)


async def _take_typed(goes: Order, stays: Order) -> None:
    """What was typed at checkout last, by whoever signed in there."""
    if goes.typed is not None:
        await Order.update({Order.typed: goes.typed}).where(Order.id == stays.id)


async def _take_orders(guest_key: str, customer: int) -> None:
    waiting = (Order.guest_key == guest_key) & Order.status.is_in(list(moves.HELD))
    await Order.update({Order.customer: customer, Order.guest_key: None}).where(waiting)


async def _take_placed(customer: int) -> None:
    """Whoever reads the mailbox was written to about these orders; another customer's are never touched."""
    confirmed = (Customer.id == customer) & Customer.confirmed_at.is_not_null()
    known = await Customer.select(Customer.email).where(confirmed).first()
    if known:
        # What is not paid may become a cart again, and a stranger's goods and address with it.
        ended = Order.status.not_in(["cart", *moves.HELD])
        placed = (Order.email == known["email"]) & ended & Order.number.is_not_null()
        joined = (
            await Order.update({Order.customer: customer, Order.guest_key: None})
            .where(placed & Order.customer.is_null())
            .returning(Order.id)
        )
        for order in joined:
            await note(order["id"], SHOPPER, "joined", "it was placed with the account's e-mail")


async def _emptied(goes: Order, stays: Order, stays_in: tuple[str, ...], actor: str) -> Lines:
    """Raises Overtaken where one of them has been placed or is gone since it was read."""
    for order in sorted((goes, stays), key=lambda order: int(order.id)):
        # Counted too, so that whoever changes either of them meanwhile has to look again.
        if not await _counted(order.id, ("cart",) if order is goes else stays_in):
            raise Overtaken
    lines = (
        await Line.select(Line.token, Line.variant, Line.quantity)
        .where(Line.order == goes.id)
        .order_by(Line.id)
    )
    await Line.delete().where(Line.order == goes.id)
    if goes.number is None:
        await Order.delete().where(Order.id == goes.id)
    elif not await moves.join(goes.id, actor, "its lines joined the shopper's other cart"):
        raise Overtaken
    return lines


async def _counted(order: int, statuses: tuple[str, ...]) -> bool:
    counted = (
        await Order.update({Order.version: Order.version + 1})
        .where((Order.id == order) & Order.status.is_in(list(statuses)))
        .returning(Order.id)
    )
    return bool(counted)


async def _put(line: dict[str, Any], order: int) -> None:
    same = (
        await Line.select(Line.id, Line.quantity)
        .where((Line.order == order) & (Line.variant == line["variant"]))
        .first()
    )
    if same is None:
        await Line.insert(
            Line(
                {
                    Line.token: line["token"],
                    Line.order: order,
                    Line.variant: line["variant"],
                    Line.quantity: line["quantity"],
                }
            )
        )
    else:
        await set_quantity(same["id"], min(same["quantity"] + line["quantity"], MOST))
