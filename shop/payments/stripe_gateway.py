"""The only file of the shop that imports `stripe`: asks, and names every way it can go wrong."""

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import httpx
import stripe

from shop.errors import GatewayFailed, GatewayRefused, GatewayReplayedFailure, GatewayUnreachable
from shop.payments import reading
from shop.payments.facts import DisputeFacts, EventFacts, IntentFacts, RefundFacts, SessionFacts
from shop.settings import StripeSettings

# A shopper waits behind most of these calls.
TIMEOUT = httpx.Timeout(8.0, connect=2.0)
RETRIES = 2
TOLERANCE = 300
# Stripe forgets keys after a day; the same call after that would be a second one.
KEY_LIVES = timedelta(hours=23)
# A failure that a key still meets after this long, while Stripe answers other questions, is a saved one.
FAILS_FOR_GOOD = timedelta(minutes=5)
T = TypeVar("T")
Json = dict[str, Any]


class BadSignature(Exception):
    """What arrived at the webhook was not signed by Stripe, or is no event."""


class StripeGateway:
    """One per process. Reads raise GatewayUnreachable or GatewayRefused; writes too, and say which is which:
    refused means that it did not happen, unreachable that nobody knows.
    """

    def __init__(self, settings: StripeSettings) -> None:
        stripe.enable_telemetry = False
        self._secret = settings.webhook_secret
        self._http = stripe.HTTPXClient(timeout=TIMEOUT)
        self._client = stripe.StripeClient(
            settings.secret_key,
            max_network_retries=RETRIES,
            http_client=self._http,
            base_addresses={"api": settings.api_base},
        )
        self.livemode = settings.live
        self.page_origin = settings.checkout_origin

    async def close(self) -> None:
        await self._http.close_async()

    async def create_session(self, parameters: Json, idempotency_key: str) -> SessionFacts:
        created = self._client.v1.checkout.sessions.create_async(
            parameters,  # type: ignore[arg-type]  # built and frozen in attempts.py, read back as JSON
            {"idempotency_key": idempotency_key},
        )
        return await _answer(created, reading.session)

    async def session(self, session_id: str, *, with_returns: bool = False) -> SessionFacts:
        """What Stripe says now. Refunds and disputes are read where there is a sign of them, or always."""
        options: Any = {"expand": ["payment_intent.latest_charge"]}
        session = await _answer(
            self._client.v1.checkout.sessions.retrieve_async(session_id, options), reading.session
        )
        intent = session.intent or await self._intent(session.intent_id)
        session = replace(session, intent=intent)
        if intent is None or not (with_returns or intent.returned or intent.disputed):
            return session
        return replace(
            session,
            intent=replace(
                intent, refunds=await self._refunds(intent.id), disputes=await self._disputes(intent.id)
            ),
        )

    async def _intent(self, payment_intent_id: str | None) -> IntentFacts | None:
        """For an answer that names the payment without showing it."""
        if payment_intent_id is None:
            return None
        options: Any = {"expand": ["latest_charge"]}
        asked = self._client.v1.payment_intents.retrieve_async(payment_intent_id, options)
        return await _answer(asked, reading.payment_intent)

    async def expire(self, session_id: str) -> None:
        """Ends a session at Stripe. Raises GatewayRefused where it is not open: it may be paid."""
        await _answer(self._client.v1.checkout.sessions.expire_async(session_id), reading.session)

    async def session_of_intent(self, payment_intent_id: str) -> SessionFacts | None:
        async for found in self._sessions({"payment_intent": payment_intent_id}):
            return found
        return None

    async def session_of_attempt(self, token: str, since: datetime, until: datetime) -> SessionFacts | None:
        """Looks through the sessions made in a span of time for the one that carries our attempt."""
        span = {"gte": int(since.timestamp()), "lte": int(until.timestamp())}
        async for found in self._sessions({"created": span, "limit": 100}):
            if found.attempt == token:
                return found
        return None

    def sessions_since(self, since: datetime) -> AsyncIterator[SessionFacts]:
        """Every session made since then, with its payment and charge, newest first."""
        span = {"gte": int(since.timestamp())}
        expanded = ["data.payment_intent.latest_charge"]
        return self._sessions({"created": span, "limit": 100, "expand": expanded})

    async def _sessions(self, parameters: Json) -> AsyncIterator[SessionFacts]:
        listed = self._client.v1.checkout.sessions.list_async(parameters)  # type: ignore[arg-type]  # plain filters
        async for found in _pages(listed, reading.session):
            yield found

    async def refund(
        self, payment_intent_id: str, amount: int, metadata: Json, idempotency_key: str
    ) -> RefundFacts:
        asked = self._client.v1.refunds.create_async(
            {"payment_intent": payment_intent_id, "amount": amount, "metadata": metadata},
            {"idempotency_key": idempotency_key},
        )
        return await _answer(asked, reading.refund)

    async def refund_of_token(self, payment_intent_id: str, token: str) -> RefundFacts | None:
        """The refund that carries our token, if Stripe has made it."""
        made = await self._refunds(payment_intent_id)
        return next((refund for refund in made if refund.token == token), None)

    async def _refunds(self, payment_intent_id: str) -> tuple[RefundFacts, ...]:
        listed = self._client.v1.refunds.list_async({"payment_intent": payment_intent_id, "limit": 100})
        return tuple([found async for found in _pages(listed, reading.refund)])

    async def _disputes(self, payment_intent_id: str) -> tuple[DisputeFacts, ...]:
        listed = self._client.v1.disputes.list_async({"payment_intent": payment_intent_id, "limit": 100})
        return tuple([found async for found in _pages(listed, reading.dispute)])

    async def intent_of_charge(self, charge_id: str) -> str | None:
        return await _answer(
            self._client.v1.charges.retrieve_async(charge_id),
            lambda charge: reading.identity(charge.get("payment_intent")),
        )

    async def events(self, kinds: tuple[str, ...], since: datetime) -> AsyncIterator[EventFacts]:
        """What Stripe has told since then, newest first, at most thirty days back."""
        listed = self._client.v1.events.list_async(
            {"types": list(kinds), "created": {"gte": int(since.timestamp())}, "limit": 100}
        )
        async for found in _pages(listed, reading.event):
            yield found

    async def account(self) -> str:
        return await _answer(
            self._client.v1.accounts.retrieve_current_async(), lambda found: str(found["id"])
        )

    def read_event(self, body: bytes, signature: str | None) -> EventFacts:
        """The event in a webhook's body, once its signature is found right. Raises BadSignature."""
        try:
            event = self._client.construct_event(body, signature, self._secret, TOLERANCE)
            if reading.signed_at(signature or "") > time.time() + TOLERANCE:
                # The SDK looks only for signatures that are too old.
                raise BadSignature
            return reading.event(event.to_dict())
        except Exception:  # noqa: BLE001 - the SDK raises seven kinds here, and their texts hold the body
            raise BadSignature from None


async def _pages(listed: Awaitable[Any], read: Callable[[Json], T]) -> AsyncIterator[T]:
    page = await _named(listed)
    while True:
        for found in page.data:
            yield reading.shaped(found, read)
        if not page.has_more:
            return
        page = await _named(page.next_page_async())


async def _answer(call: Awaitable[Any], read: Callable[[Json], T]) -> T:
    return reading.shaped(await _named(call), read)


async def _named(call: Awaitable[Any]) -> Any:
    try:
        return await call
    except stripe.IdempotencyError:
        raise GatewayReplayedFailure from None
    except (stripe.AuthenticationError, stripe.PermissionError) as problem:
        # A key that is refused now says nothing about what an earlier call with it has done.
        raise GatewayUnreachable(f"Stripe refuses our key: {problem.code or problem.http_status}") from None
    except (stripe.InvalidRequestError, stripe.CardError) as problem:
        raise GatewayRefused(problem.http_status or 400, problem.code or "") from None
    except stripe.APIError as problem:
        headers = {name.lower(): value for name, value in (problem.headers or {}).items()}
        if problem.http_status and problem.http_status >= 500:
            replayed = headers.get("idempotent-replayed") == "true"
            raise (GatewayReplayedFailure if replayed else GatewayFailed)(f"{problem.http_status}") from None
        raise GatewayUnreachable(f"Stripe answered {problem.http_status}") from None
    except stripe.StripeError as problem:
        raise GatewayUnreachable(type(problem).__name__) from None
