"""STEP 4: Stripe tells us that something happened. Shoppers never come here."""

import logging

from litestar import post
from litestar.response import Response

from shop import faultpoints
from shop.payments import events
from shop.payments.facts import EventFacts
from shop.payments.handling import handle
from shop.payments.stripe_gateway import BadSignature, StripeGateway
from shop.web.cookies import AnyRequest

log = logging.getLogger("shop")

LARGEST = 256 * 1024
# Stripe holds the shopper back until we have answered.
BUDGET = 3.0


@post("/webhooks/stripe", request_max_body_size=LARGEST, status_code=200)
async def stripe_webhook(request: AnyRequest, gateway: StripeGateway) -> Response[str]:
    """Noted means that we answer for it: 200. What could not be noted has to come again: 503."""
    try:
        event = gateway.read_event(await request.body(), request.headers.get("Stripe-Signature"))
    except BadSignature:
        return _say("the signature does not fit", 400)
    if event.livemode != gateway.livemode or event.account is not None:
        return _say("another mode's or account's event")
    await faultpoints.reach("event-before")
    unsettled = await _noted(event)
    if unsettled is None:
        return _say("could not be noted, please send it again", 503)
    if unsettled:
        await handle(gateway, event, BUDGET)
    return _say("noted")


async def _noted(event: EventFacts) -> bool | None:
    """Whether there is anything left to do about it; nothing where it could not be kept."""
    try:
        unsettled = await events.noted(event)
    except Exception:
        log.exception("event %s could not be noted", event.id)
        return None
    await faultpoints.reach("event-noted")
    return unsettled


def _say(text: str, status: int = 200) -> Response[str]:
    return Response(text, status_code=status, media_type="text/plain")


ROUTES = [stripe_webhook]
