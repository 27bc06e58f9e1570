"""`python -m shop orders refund` and `cancel`: what staff may do about money, through the one door for it."""

from argparse import Namespace
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from shop.backoffice.giving_back import request_key
from shop.environment import BadSetting
from shop.errors import GivenBackAlready, OrderMoved, RefundRefused, RefundTooLarge
from shop.money import Money, formatted, typed
from shop.orders.tables import Order
from shop.payments import staff
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Refund
from shop.serving.commands.carrying_out import actor
from shop.serving.commands.kinds import LOOK, Answer, Refused
from shop.serving.orders import order_of
from shop.settings import settings


async def refund(chosen: Namespace) -> Answer:
    order = await order_of(chosen)
    amount = None if chosen.amount is None else typed(chosen.amount, order.currency)
    if chosen.amount is not None and not amount:
        raise BadSetting(f"--amount must be in {order.currency}, such as 5.00, not {chosen.amount!r}.")
    try:
        key = await request_key(order, amount, chosen.request, again=chosen.again)
        async with _stripe() as gateway:
            await staff.refund(gateway, order, amount, actor(chosen), _why(chosen), key)
    except (GivenBackAlready, OrderMoved, RefundRefused, RefundTooLarge) as problem:
        if amount is None and isinstance(problem, RefundTooLarge):
            return _nothing_left(order)
        raise Refused(REFUSALS[type(problem)].format(number=order.number)) from None
    given = await Refund.objects().where(Refund.token == key).first()
    assert given is not None
    data = {
        "number": order.number,
        "amount": given.amount,
        "currency": given.currency,
        "state": given.state,
        "refund": given.stripe_refund_id,
    }
    back = formatted(Money(given.amount, given.currency), settings().locale)
    way = "has gone back" if given.state == "succeeded" else f"is on its way back ({given.state})"
    return Answer(data, (f"{back} of order {order.number} {way}: {given.stripe_refund_id}.",))


async def cancel(chosen: Namespace) -> Answer:
    order = await order_of(chosen)
    if order.status != "cancelled":
        try:
            async with _stripe() as gateway:
                order = await staff.cancel(gateway, order, actor(chosen), _why(chosen))
        except OrderMoved:
            raise Refused(_not_cancelled(order)) from None
    data = {"number": order.number, "status": order.status}
    if order.status == "cancelled":
        return Answer(data, (f"Order {order.number} is cancelled.",))
    return Answer(data, (), LOOK, _not_cancelled(order))


REFUSALS: dict[type[Exception], str] = {
    GivenBackAlready: "The same amount of order {number} was given back within the last ten minutes;"
    " nothing was done. --again gives it back once more.",
    OrderMoved: "Nothing was paid for order {number}, so nothing can be given back.",
    RefundRefused: "Stripe refuses to give this money of order {number} back; its dashboard says why.",
    RefundTooLarge: "That is more than is left of what was paid for order {number}; nothing was done.",
}


def _nothing_left(order: Order) -> Answer:
    data = {"number": order.number, "amount": 0, "currency": order.currency, "state": None, "refund": None}
    return Answer(data, (f"All of order {order.number} was given back before; nothing was to be done.",))


def _not_cancelled(order: Order) -> str:
    number = order.number
    if order.status == "paid":
        return (
            f"Order {number} is paid, not cancelled; `python -m shop orders refund {number}` gives it back."
        )
    if order.review:
        return f"The payment of order {number} is looked into; give it back or settle it at Stripe first."
    if order.status == "cart":
        return f"Order {number} is a cart again; there is nothing to cancel."
    return f"Order {number} is {order.status} and cannot be cancelled now."


@asynccontextmanager
async def _stripe() -> AsyncIterator[StripeGateway]:
    gateway = StripeGateway(settings().stripe)
    try:
        yield gateway
    finally:
        await gateway.close()


def _why(chosen: Namespace) -> str:
    why = str(chosen.why).strip()
    if not why:
        raise BadSetting("--why must say something.")
    return why
