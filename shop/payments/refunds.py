"""Giving money back: a row with its own key first, then the call, then what Stripe made of it."""

import logging
from typing import Any

from shop import clock, faultpoints
from shop.database import repeatable, run, transaction
from shop.errors import GatewayFailed, GatewayRefused, GatewayReplayedFailure
from shop.payments.facts import IntentFacts, RefundFacts
from shop.payments.letters import FAILED, SHOP, tell_refund
from shop.payments.stripe_gateway import FAILS_FOR_GOOD, KEY_LIVES, StripeGateway
from shop.payments.tables import Payment, Refund
from shop.web.cookies import mint

log = logging.getLogger("shop")


async def ask_back(intent: IntentFacts, why: str) -> str | None:
    """A refund of what Stripe received less what it has returned; its token, or None where nothing is left.

    Inside settle's transaction; `carry_out` makes the call afterwards.
    """
    amount = intent.received - intent.returned
    if amount <= 0:
        return None
    payment = await Payment.objects().get(Payment.payment_intent_id == intent.id)
    assert payment is not None
    return await request(payment, amount, SHOP, why, token=mint())


async def of_request(token: str) -> str | None:
    """The refund that was asked for with this token, if it was."""
    found = await Refund.select(Refund.token).where(Refund.token == token).first()
    return str(found["token"]) if found else None


async def promised(payment: int) -> int:
    """What has gone back of a payment or is on its way, in minor units."""
    rows = await run(
        'SELECT SUM("amount") AS "n" FROM "refund" WHERE "payment" = {}'
        " AND \"state\" NOT IN ('failed', 'canceled')",
        payment,
    )
    return int(rows[0]["n"] or 0)


async def request(payment: Payment, amount: int, by: str, why: str, *, token: str) -> str:
    """Writes down a refund and the key of its call; inside the caller's transaction."""
    await Refund.insert(
        Refund(
            {
                Refund.token: token,
                Refund.payment: payment.id,
                Refund.idempotency_key: mint(),
                Refund.amount: amount,
                Refund.currency: payment.currency,
                Refund.requested_by: by,
                Refund.why: why[:300],
                Refund.created_at: clock.now(),
            }
        )
    )
    return token


async def was_refused(token: str) -> bool:
    return await Refund.exists().where((Refund.token == token) & Refund.state.is_in(list(FAILED)))


async def carry_out(gateway: StripeGateway, token: str) -> None:
    """Makes the call of a requested refund; again with the same key where its outcome is unknown.

    Raises GatewayUnreachable when nobody knows what happened: the reconciler comes back to it.
    """
    refund = await _requested(token)
    if refund is None:
        return
    try:
        made = await _made_or_found(gateway, token, refund)
    except GatewayRefused as problem:
        log.warning("Stripe refused a refund: %s", problem.code)
        await _became(token, "failed", None)
        return
    await faultpoints.reach("refund-after")
    await _became(token, made.status, made.id)
    await faultpoints.reach("refund-stored")


async def _requested(token: str) -> dict[str, Any] | None:
    asked = (Refund.token == token) & (Refund.state == "requested")
    return await Refund.select(*Refund.all_columns(), Refund.payment.payment_intent_id).where(asked).first()


async def _made_or_found(gateway: StripeGateway, token: str, refund: dict[str, Any]) -> RefundFacts:
    """Stripe forgets a key after a day: then, and where the key is spent, what it made is looked through."""
    intent = refund["payment.payment_intent_id"]
    if clock.now() - refund["created_at"] > KEY_LIVES:
        found = await gateway.refund_of_token(intent, token)
        if found is not None:
            return found
    await faultpoints.reach("refund-before")
    try:
        return await gateway.refund(intent, refund["amount"], {"refund": token}, refund["idempotency_key"])
    except (GatewayReplayedFailure, GatewayFailed) as problem:
        found = await gateway.refund_of_token(intent, token)
        if found is not None:
            return found
        saved = isinstance(problem, GatewayReplayedFailure)
        if not saved and clock.now() - refund["created_at"] < FAILS_FOR_GOOD:
            raise
        # It was never made, and this key will only ever repeat that; another one can succeed next time.
        await Refund.update({Refund.idempotency_key: mint()}).where(Refund.token == token)
        raise


@repeatable
async def _became(token: str, state: str, stripe_id: str | None) -> None:
    async with transaction():
        values: dict[Any, Any] = {Refund.state: state[:20], Refund.checked_at: clock.now()}
        if stripe_id:
            values[Refund.stripe_refund_id] = stripe_id
        await Refund.update(values).where((Refund.token == token) & (Refund.state == "requested"))
        await tell_refund(token)


async def requested(order: int | None = None) -> list[str]:
    """Tokens of refunds whose call has not been answered."""
    where = "" if order is None else ' AND p."order" = {}'
    rows = await run(
        'SELECT r."token" FROM "refund" r JOIN "payment" p ON p."id" = r."payment"'
        f' WHERE r."state" = \'requested\'{where} ORDER BY r."id"',
        *([] if order is None else [order]),
    )
    return [str(row["token"]) for row in rows]
