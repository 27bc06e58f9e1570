"""Each call as it leaves the shop: its name, what it filters by, what it wants shown, and its key."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import stripe as sdk

from shop.errors import GatewayFailed, GatewayRefused, GatewayReplayedFailure, GatewayUnreachable
from shop.payments import stripe_gateway
from shop.payments.stripe_gateway import StripeGateway
from shop.settings import settings

pytestmark = [pytest.mark.one_database, pytest.mark.usefixtures("environment")]

SESSION = "cs_test_0123456789"
SINCE, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
FROM, TO = int(SINCE.timestamp()), int(UNTIL.timestamp())
SHOWN = {"expand": ["payment_intent.latest_charge"]}


class Answer:
    """One object, and the last page of a list."""

    has_more = False

    def __init__(self, *found: dict[str, Any]) -> None:
        self.found = found
        self.data = [Answer(each) for each in found] if len(found) != 1 or "id" not in found[0] else [self]

    def __getitem__(self, name: str) -> Any:
        return self.found[0][name]

    def to_dict(self) -> dict[str, Any]:
        return self.found[0]


class Client:
    """Any of the SDK's methods: notes what it is called with, and answers what was laid ready."""

    def __init__(self, answers: dict[str, Answer], calls: list[Any], name: str = "") -> None:
        self.answers, self.calls, self.name = answers, calls, name

    def __getattr__(self, name: str) -> "Client":
        return Client(self.answers, self.calls, f"{self.name}.{name}".removeprefix("."))

    async def __call__(self, *given: Any) -> Answer:
        name = self.name.removeprefix("v1.").removesuffix("_async")
        self.calls.append((name, *given))
        return self.answers.get(name, Answer({"id": SESSION}))


@pytest.fixture
def answers() -> dict[str, Answer]:
    return {}


@pytest.fixture
def calls() -> list[Any]:
    return []


@pytest.fixture
def gateway(answers: dict[str, Answer], calls: list[Any]) -> StripeGateway:
    gateway = StripeGateway(settings().stripe)
    gateway._client = Client(answers, calls)  # type: ignore[assignment]  # stands in for all of it
    return gateway


async def every(found: Any) -> list[Any]:
    return [each async for each in found]


@pytest.mark.parametrize(
    ("ask", "call"),
    [
        (
            lambda gateway: gateway.create_session({"mode": "payment"}, "key"),
            ("checkout.sessions.create", {"mode": "payment"}, {"idempotency_key": "key"}),
        ),
        (
            lambda gateway: gateway.session(SESSION),
            ("checkout.sessions.retrieve", SESSION, SHOWN),
        ),
        (lambda gateway: gateway.expire(SESSION), ("checkout.sessions.expire", SESSION)),
        (
            lambda gateway: gateway.session_of_intent("pi_1"),
            ("checkout.sessions.list", {"payment_intent": "pi_1"}),
        ),
        (
            lambda gateway: gateway.session_of_attempt("token", SINCE, UNTIL),
            ("checkout.sessions.list", {"created": {"gte": FROM, "lte": TO}, "limit": 100}),
        ),
        (
            lambda gateway: every(gateway.sessions_since(SINCE)),
            (
                "checkout.sessions.list",
                {"created": {"gte": FROM}, "limit": 100, "expand": ["data.payment_intent.latest_charge"]},
            ),
        ),
        (
            lambda gateway: gateway.refund_of_token("pi_1", "token"),
            ("refunds.list", {"payment_intent": "pi_1", "limit": 100}),
        ),
        (lambda gateway: gateway.intent_of_charge("ch_1"), ("charges.retrieve", "ch_1")),
        (
            lambda gateway: every(gateway.events(("a.kind",), SINCE)),
            ("events.list", {"types": ["a.kind"], "created": {"gte": FROM}, "limit": 100}),
        ),
        (lambda gateway: gateway.account(), ("accounts.retrieve_current",)),
    ],
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
async def test_what_stripe_is_asked(
    ask: Callable[[StripeGateway], Awaitable[Any]],
    call: tuple[Any, ...],
    gateway: StripeGateway,
    answers: dict[str, Answer],
    calls: list[Any],
) -> None:
    answers |= {"refunds.list": Answer(), "events.list": Answer()}
    await ask(gateway)
    assert calls == [call]


async def test_how_stripe_is_asked_for_a_refund(
    gateway: StripeGateway, answers: dict[str, Answer], calls: list[Any]
) -> None:
    made = {"id": "re_1", "amount": 100, "currency": "eur", "status": "pending", "created": FROM}
    answers["refunds.create"] = Answer({**made, "metadata": {"refund": "token"}})
    refund = await gateway.refund("pi_1", 100, {"refund": "token"}, "key")
    assert (refund.id, refund.token) == ("re_1", "token")
    asked = {"payment_intent": "pi_1", "amount": 100, "metadata": {"refund": "token"}}
    assert calls == [("refunds.create", asked, {"idempotency_key": "key"})]


def paid(returned: int, *, disputed: bool) -> dict[str, Any]:
    charge = {"id": "ch_1", "amount_refunded": returned, "disputed": disputed}
    return {"id": "pi_1", "amount_received": 2468, "currency": "eur", "latest_charge": charge}


@pytest.mark.parametrize("always", [True, False], ids=["always", "where there is a sign"])
@pytest.mark.parametrize(("returned", "disputed"), [(0, False), (100, False), (0, True), (100, True)])
async def test_the_refunds_and_disputes_of_a_payment_are_read_always_or_where_there_is_a_sign(
    always: bool,
    returned: int,
    disputed: bool,
    gateway: StripeGateway,
    answers: dict[str, Answer],
    calls: list[Any],
) -> None:
    about = {"amount": 100, "currency": "eur", "created": FROM, "status": "pending"}
    answers["checkout.sessions.retrieve"] = Answer(
        {"id": SESSION, "payment_intent": paid(returned, disputed=disputed)}
    )
    answers["refunds.list"] = Answer({"id": "re_1", **about})
    answers["disputes.list"] = Answer({"id": "dp_1", **about})
    found = await gateway.session(SESSION, with_returns=always)
    assert found.intent is not None
    read = always or bool(returned) or disputed
    wanted = [(kind, {"payment_intent": "pi_1", "limit": 100}) for kind in ("refunds.list", "disputes.list")]
    assert calls[1:] == (wanted if read else [])
    refunds, disputes = found.intent.refunds, found.intent.disputes
    assert [refund.id for refund in refunds] == (["re_1"] if read else [])
    assert [dispute.id for dispute in disputes] == (["dp_1"] if read else [])


async def test_a_payment_that_is_named_and_not_shown_is_asked_for(
    gateway: StripeGateway, answers: dict[str, Answer], calls: list[Any]
) -> None:
    answers["checkout.sessions.retrieve"] = Answer({"id": SESSION, "payment_intent": "pi_1"})
    answers["payment_intents.retrieve"] = Answer(paid(0, disputed=False))
    found = await gateway.session(SESSION)
    assert found.intent is not None
    assert (found.intent.id, found.intent.charge_id, found.intent.received) == ("pi_1", "ch_1", 2468)
    assert calls[1:] == [("payment_intents.retrieve", "pi_1", {"expand": ["latest_charge"]})]


async def test_without_a_payment_none_is_asked_for(
    gateway: StripeGateway, answers: dict[str, Answer], calls: list[Any]
) -> None:
    assert (await gateway.session(SESSION, with_returns=True)).intent is None
    assert len(calls) == 1


REPLAYED = {"Idempotent-Replayed": "true"}


@pytest.mark.parametrize(
    ("problem", "kind", "told"),
    [
        (sdk.InvalidRequestError("", None), GatewayRefused, "400"),
        (sdk.InvalidRequestError("", None, code="no", http_status=404), GatewayRefused, "no"),
        (sdk.CardError("", "", "card_declined", http_status=402), GatewayRefused, "card_declined"),
        (sdk.IdempotencyError(""), GatewayReplayedFailure, ""),
        (sdk.AuthenticationError("", http_status=401), GatewayUnreachable, "Stripe refuses our key: 401"),
        (sdk.PermissionError("", code="x"), GatewayUnreachable, "Stripe refuses our key: x"),
        (sdk.APIError("", http_status=409), GatewayUnreachable, "Stripe answered 409"),
        (sdk.APIError("", http_status=500), GatewayFailed, "500"),
        (sdk.APIError("", http_status=500, headers=REPLAYED), GatewayReplayedFailure, "500"),
        (sdk.APIError(""), GatewayUnreachable, "Stripe answered None"),
        (sdk.RateLimitError(""), GatewayUnreachable, "RateLimitError"),
        (sdk.APIConnectionError(""), GatewayUnreachable, "APIConnectionError"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else "",
)
async def test_by_which_name_the_shop_calls_what_went_wrong(
    problem: Exception, kind: type[Exception], told: str
) -> None:
    async def goes_wrong() -> None:
        raise problem

    with pytest.raises((GatewayRefused, GatewayUnreachable)) as raised:
        await stripe_gateway._named(goes_wrong())
    assert (type(raised.value), str(raised.value)) == (kind, told)
    if isinstance(raised.value, GatewayRefused):
        assert raised.value.status == (getattr(problem, "http_status", None) or 400)


async def test_a_gateway_that_is_closed_lets_its_connections_go(
    gateway: StripeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed: list[str] = []

    async def close_async() -> None:
        closed.append("closed")

    monkeypatch.setattr(gateway._http, "close_async", close_async)
    await gateway.close()
    assert closed == ["closed"]


def test_how_long_our_calls_took_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdk, "enable_telemetry", True)
    StripeGateway(settings().stripe)
    assert sdk.enable_telemetry is False


def test_with_which_key_stripe_is_asked_where_and_how_patiently(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    def note(*given: Any, **more: Any) -> str:
        made.append((given, more))
        return "http"

    monkeypatch.setattr(sdk, "HTTPXClient", note)
    monkeypatch.setattr(sdk, "StripeClient", note)
    here = settings().stripe
    gateway = StripeGateway(here)
    assert made == [
        ((), {"timeout": stripe_gateway.TIMEOUT}),
        (
            (here.secret_key,),
            {"max_network_retries": 2, "http_client": "http", "base_addresses": {"api": here.api_base}},
        ),
    ]
    assert (gateway.livemode, gateway.page_origin) == (here.live, here.checkout_origin)
