"""Whatever Stripe tells, and whoever hears of it first, the order becomes paid once."""

import asyncio

import pytest

from shop.mail.tables import Letter
from shop.payments.reconcile import run_once
from shop.payments.tables import Payment, StripeEvent
from tests.journeys.steps import fill_cart, go_to_pay, history, stock, the_order
from tests.journeys.stripe_side import control, delivered, gateway, nothing_is_delivered, pay
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.fixture
async def session(ada: Shopper, goods: Goods, sandbox: Sandbox) -> str:
    """Ada has paid for two mugs at Stripe, and the shop does not know it."""
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    await nothing_is_delivered(sandbox)
    session = await go_to_pay(ada)
    await pay(sandbox, session)
    assert (await the_order()).status == "pending"
    return session


@pytest.mark.parametrize("kind", ["payment_intent.succeeded", "checkout.session.completed"])
async def test_one_event_alone_is_enough(kind: str, session: str, sandbox: Sandbox) -> None:
    assert await delivered(sandbox, kind) == [kind]
    order = await the_order()
    assert order.status == "paid"
    assert order.stripe_session_id == session
    assert str(order.stripe_payment_intent_id).startswith("pi_")
    assert str(order.stripe_charge_id).startswith("ch_")


async def test_the_return_page_alone_is_enough(session: str, ada: Shopper) -> None:
    await ada.open(f"/checkout/return?session_id={session}")
    assert ada.page.text("h1") == "Thank you"
    assert (await the_order()).status == "paid"


async def test_the_reconciler_alone_is_enough(session: str, shop: Shop) -> None:
    await run_once(gateway(shop), everything=True)
    order = await the_order()
    assert order.status == "paid"
    assert order.stripe_session_id == session


async def test_continue_payment_finds_it_paid(session: str, ada: Shopper) -> None:
    await ada.open("/cart")
    await ada.submit("Continue payment")
    assert ada.page.text("h1") == "Thank you"


async def test_changing_one_s_mind_finds_it_paid(session: str, ada: Shopper) -> None:
    await ada.open("/cart")
    await ada.submit("Change it")
    assert ada.page.text("h1") == "Thank you"
    assert (await the_order()).status == "paid"


@pytest.mark.parametrize("order", ["as_sent", "reversed", "shuffled"])
async def test_the_order_of_events_cannot_matter(order: str, session: str, sandbox: Sandbox) -> None:
    await delivered(sandbox, order=order)
    assert await history(await the_order()) == ["pending", "paid"]


async def test_event_return_page_and_reconciler_at_once_pay_once(
    session: str, ada: Shopper, shop: Shop, sandbox: Sandbox
) -> None:
    await asyncio.gather(
        delivered(sandbox),
        ada.get(f"/checkout/return?session_id={session}"),
        run_once(gateway(shop), everything=True),
        run_once(gateway(shop), everything=True),
    )
    order = await the_order()
    assert await history(order) == ["pending", "paid"]
    assert await Payment.count() == 1
    assert await Letter.count().where(Letter.key == f"order:{order.number}:paid") == 1


async def test_an_event_that_comes_again_changes_nothing(session: str, sandbox: Sandbox) -> None:
    await delivered(sandbox)
    event = (await StripeEvent.select().where(StripeEvent.kind == "checkout.session.completed"))[0]
    await asyncio.gather(*[control(sandbox, f"events/{event['event_id']}/resend") for _ in range(5)])
    assert await history(await the_order()) == ["pending", "paid"]
    assert await Payment.count() == 1


async def test_an_event_that_overtakes_the_answer_to_our_call_is_enough(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    """Somebody pays so fast that the event is here before the session's id is."""
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug")
    await control(sandbox, "faults", method="POST", path="/v1/checkout/sessions", pay_first="card_success")
    await ada.open("/checkout")
    await ada.submit(action="/checkout", email=ada.email)
    assert (await the_order()).status == "paid"
    assert ada.page.text("h1") == "Thank you"
    assert await stock(mug) == (4, 0)


async def test_while_nothing_is_known_the_page_says_so_and_looks_again(
    session: str, ada: Shopper, sandbox: Sandbox
) -> None:
    await control(
        sandbox,
        "faults",
        path=f"/v1/checkout/sessions/{session}",
        method="GET",
        times=None,
        status=503,
        should_retry=False,
    )
    await ada.open(f"/checkout/return?session_id={session}")
    assert ada.page.text("h1") == "Your payment is being confirmed"
    region = ada.page.one("#order-status")
    assert region.attributes["data-hx-get"] == ada.page.path.replace("waited=0", "waited=2")
    assert "refresh" in ada.page.response.text


@pytest.mark.parametrize("waited", [60, 61, 3600])
async def test_after_a_minute_the_page_explains_and_asks_no_more(
    waited: int, session: str, ada: Shopper
) -> None:
    order = await the_order()
    await ada.open(f"/orders/{order.token}?waited={waited}")
    assert "longer than usual" in ada.page.says()
    assert "data-hx-get" not in ada.page.one("#order-status").attributes
    assert not ada.page.has('meta[http-equiv="refresh"]')


async def test_the_waiting_region_turns_into_the_paid_one(
    session: str, ada: Shopper, sandbox: Sandbox
) -> None:
    order = await the_order()
    await delivered(sandbox)
    region = await ada.get(
        f"/orders/{order.token}?waited=2", headers={"HX-Request": "true", "HX-Request-Type": "partial"}
    )
    assert "Thank you" in region.text
    assert region.text.lstrip().startswith("<section")
    assert region.headers["HX-Replace-Url"] == f"/orders/{order.token}"


async def test_a_shopper_who_never_comes_back_has_paid_all_the_same(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await pay(sandbox, await go_to_pay(ada))
    assert (await the_order()).status == "paid"
