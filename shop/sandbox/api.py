"""The addresses of the API, on one screen."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from shop.sandbox import (
    account,
    api_intents,
    api_lists,
    disputes,
    endpoints,
    errors,
    refunds,
    sessions,
)
from shop.sandbox.sandbox import Act
from shop.sandbox.shapes import Body

Answer = Callable[[Act, Body], Body]
Change = Callable[[Act, Body, Body], Body]


@dataclass(frozen=True)
class Route:
    """`kind`: what `{id}` names, and `named` what Stripe calls it when it is missing."""

    method: str
    path: str
    parameters: str
    answer: Answer | None = None
    change: Change | None = None
    kind: str = ""
    named: str = "id"

    def run(self, act: Act, params: Body, object_id: str | None) -> Body:
        if self.answer is not None:
            return self.answer(act, params)
        found = act.store.find(self.kind, object_id or "")
        if found is None:
            raise errors.no_such(self.kind, object_id or "", self.named)
        return self.change(act, found, params) if self.change else found


def get(path: str, parameters: str, answer: Answer) -> Route:
    return Route("GET", path, parameters, answer=answer)


def read(path: str, parameters: str, kind: str, named: str = "id") -> Route:
    return Route("GET", path, parameters, kind=kind, named=named)


def post(path: str, parameters: str, answer: Answer) -> Route:
    return Route("POST", path, parameters, answer=answer)


def change(
    path: str, parameters: str, kind: str, change: Change, named: str = "id", method: str = "POST"
) -> Route:
    return Route(method, path, parameters, change=change, kind=kind, named=named)


ROUTES = (
    get("/v1/account", "AccountRetrieveCurrentParams", account.retrieve),
    get("/v1/balance_transactions", "BalanceTransactionListParams", api_lists.balance_transactions),
    read("/v1/balance_transactions/{id}", "BalanceTransactionRetrieveParams", "balance_transaction"),
    get("/v1/charges", "ChargeListParams", api_lists.charges),
    read("/v1/charges/{id}", "ChargeRetrieveParams", "charge"),
    get("/v1/checkout/sessions", "Checkout.SessionListParams", api_lists.sessions),
    post("/v1/checkout/sessions", "Checkout.SessionCreateParams", sessions.create),
    read("/v1/checkout/sessions/{id}", "Checkout.SessionRetrieveParams", "checkout.session", "session"),
    change(
        "/v1/checkout/sessions/{id}",
        "Checkout.SessionUpdateParams",
        "checkout.session",
        sessions.update,
        "session",
    ),
    change(
        "/v1/checkout/sessions/{id}/expire",
        "Checkout.SessionExpireParams",
        "checkout.session",
        lambda act, session, _: sessions.expire(act, session),
        "session",
    ),
    change(
        "/v1/checkout/sessions/{id}/line_items",
        "Checkout.SessionListLineItemsParams",
        "checkout.session",
        api_lists.line_items,
        "session",
        method="GET",
    ),
    get("/v1/disputes", "DisputeListParams", api_lists.disputes),
    read("/v1/disputes/{id}", "DisputeRetrieveParams", "dispute", "dispute"),
    change("/v1/disputes/{id}", "DisputeUpdateParams", "dispute", disputes.update, "dispute"),
    change(
        "/v1/disputes/{id}/close",
        "DisputeCloseParams",
        "dispute",
        lambda act, dispute, _: disputes.close(act, dispute),
        "dispute",
    ),
    get("/v1/events", "EventListParams", api_lists.events),
    read("/v1/events/{id}", "EventRetrieveParams", "event"),
    get("/v1/payment_intents", "PaymentIntentListParams", api_lists.payment_intents),
    post("/v1/payment_intents", "PaymentIntentCreateParams", api_intents.create),
    read("/v1/payment_intents/{id}", "PaymentIntentRetrieveParams", "payment_intent", "intent"),
    change(
        "/v1/payment_intents/{id}",
        "PaymentIntentUpdateParams",
        "payment_intent",
        api_intents.update,
        "intent",
    ),
    change(
        "/v1/payment_intents/{id}/cancel",
        "PaymentIntentCancelParams",
        "payment_intent",
        api_intents.cancel,
        "intent",
    ),
    change(
        "/v1/payment_intents/{id}/confirm",
        "PaymentIntentConfirmParams",
        "payment_intent",
        api_intents.confirm,
        "intent",
    ),
    read("/v1/payment_methods/{id}", "PaymentMethodRetrieveParams", "payment_method"),
    get("/v1/refunds", "RefundListParams", api_lists.refunds),
    post("/v1/refunds", "RefundCreateParams", refunds.create),
    read("/v1/refunds/{id}", "RefundRetrieveParams", "refund"),
    change("/v1/refunds/{id}", "RefundUpdateParams", "refund", refunds.update),
    change(
        "/v1/refunds/{id}/cancel",
        "RefundCancelParams",
        "refund",
        lambda act, refund, _: refunds.cancel(act, refund),
    ),
    get("/v1/webhook_endpoints", "WebhookEndpointListParams", api_lists.webhook_endpoints),
    post("/v1/webhook_endpoints", "WebhookEndpointCreateParams", endpoints.create),
    read(
        "/v1/webhook_endpoints/{id}", "WebhookEndpointRetrieveParams", "webhook_endpoint", "webhook_endpoint"
    ),
    change(
        "/v1/webhook_endpoints/{id}",
        "WebhookEndpointUpdateParams",
        "webhook_endpoint",
        endpoints.update,
        "webhook_endpoint",
    ),
    change(
        "/v1/webhook_endpoints/{id}",
        "WebhookEndpointDeleteParams",
        "webhook_endpoint",
        lambda act, endpoint, _: endpoints.delete(act, endpoint),
        "webhook_endpoint",
        method="DELETE",
    ),
)


def find(method: str, path: str) -> tuple[Route, str | None]:
    for route in ROUTES:
        match = re.fullmatch(route.path.replace("{id}", "([^/]+)"), path)
        if match and route.method == method:
            return route, match[1] if match.groups() else None
    raise errors.unknown_address(method, path)
