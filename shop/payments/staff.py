"""What staff may do about money: give it back, in part or whole, and cancel an order that is not paid."""

from shop import clock, faultpoints
from shop.database import repeatable, transaction
from shop.errors import OrderMoved, RefundRefused, RefundTooLarge
from shop.money import Money, plain
from shop.orders.cart import hold
from shop.orders.log import note
from shop.orders.owners import by_id
from shop.orders.tables import Order
from shop.payments import attempts, refunds
from shop.payments.aftermath import end_session, follow_up
from shop.payments.opening import open_page
from shop.payments.settle import settle
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Payment


async def refund(
    gateway: StripeGateway, order: Order, amount: int | None, by: str, why: str, request: str
) -> None:
    """Gives `amount` minor units back of what paid for the order, or all that is left.

    `request` is the caller's own random key: with the same one, the same refund is made once. Raises
    RefundTooLarge, OrderMoved where nothing was paid, RefundRefused where Stripe will not, and
    GatewayUnreachable, after which the reconciler finishes it.
    """
    payment = await _refunded_payment(order)
    token = await _ask(order, payment, amount, by, why, request)
    await faultpoints.reach("refund-asked")
    await refunds.carry_out(gateway, token)
    if payment.session_id:
        await settle(gateway, payment.session_id, actor=by)
    if await refunds.was_refused(token):
        raise RefundRefused


async def cancel(gateway: StripeGateway, order: Order, by: str, why: str) -> Order:
    """Wishes for it first, then closes the page at Stripe; whoever finds it dead moves the order. Paid wins.

    Answers the order as it is then. Raises GatewayUnreachable: the wish stands, the reconciler goes on.
    """
    await _wish(order, by, why)
    await faultpoints.reach("cancel-wished")
    attempt = await attempts.live(order.id)
    if attempt is not None and attempt.state == "creating":
        attempt = await open_page(gateway, attempt, by)
    if attempt is not None and attempt.session_id and attempt.state == "open":
        await end_session(gateway, attempt.session_id, by)
    await follow_up(gateway, order.id)
    return await by_id(order.id)


async def _refunded_payment(order: Order) -> Payment:
    """What paid for the order; for one in review, the payment that does not agree."""
    payments = await Payment.objects().where(Payment.order == order.id).order_by(Payment.id)
    paid_with = [found for found in payments if found.payment_intent_id == order.stripe_payment_intent_id]
    found = paid_with or payments
    if not found:
        raise OrderMoved
    return found[0]


@repeatable
async def _ask(order: Order, payment: Payment, amount: int | None, by: str, why: str, request: str) -> str:
    async with transaction():
        await hold(order.id)
        known = await refunds.of_request(request)
        if known is not None:
            return known
        left = payment.amount - await refunds.promised(payment.id)
        amount = left if amount is None else amount
        if not 0 < amount <= left:
            raise RefundTooLarge
        token = await refunds.request(payment, amount, by, why, token=request)
        told = plain(Money(amount, payment.currency))
        await note(order.id, by, "refund", f"{told} {payment.currency}: {why}")
        return token


@repeatable
async def _wish(order: Order, by: str, why: str) -> None:
    async with transaction():
        wished = (
            await Order.update({Order.cancelling_at: clock.now()})
            .where((Order.id == order.id) & (Order.status == "pending") & Order.review.is_null())
            .returning(Order.id)
        )
        if not wished:
            raise OrderMoved
        await note(order.id, by, "cancelling", why)
