"""Staff's process or the reconciler is ended by SIGKILL; the reconciler's next round finishes its work."""

import pytest

from shop.orders.tables import Order
from shop.payments.tables import Refund
from tests.support.house import DROPPED, House

SETTLE = ("settle-read", "settle-written", "settle-committed")
pytestmark = pytest.mark.proof


async def the_order() -> Order:
    found = await Order.objects().first()
    assert found is not None
    return found


async def killed(house: House, step: str, *what: str) -> None:
    house.faults.kill_at(step)
    assert await house.elsewhere(*what).told() == ""
    assert house.faults.has_killed(step)


def steps(*names: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("step", names)


@steps("refund-after", "refund-asked", "refund-before", "refund-stored", *SETTLE)
async def test_a_refund_by_staff_is_made_once(step: str, house: House) -> None:
    mug = await house.goods(stock=5, price=1200)
    await house.pays(await house.shopper("ada").begins_to_pay(mug, 2))
    order = await the_order()
    await house.events_wait()
    asked = ("refund", order.token, "1000", "staff:merchant@example.com", "this form")
    await killed(house, step, *asked)
    await house.reconcile()
    assert [row["amount"] for row in await house.objects("refund")] == [1000]
    # The clerk sees an error and presses once more.
    assert await house.elsewhere(*asked).told() == "done"
    await house.events_arrive()
    assert [row["amount"] for row in await house.objects("refund")] == [1000]
    assert [row["state"] for row in await Refund.select(Refund.state)] == ["succeeded"]
    await house.books_agree(f"Crashes: staff's refund is killed at {step}")


@steps("refund-after", "refund-before")
async def test_the_clerk_is_quicker_than_the_reconciler(step: str, house: House) -> None:
    """Nobody has read anything from Stripe yet: only the key says that it is the same refund."""
    mug = await house.goods(stock=5, price=1200)
    await house.pays(await house.shopper("ada").begins_to_pay(mug, 2))
    await house.events_wait()
    asked = ("refund", (await the_order()).token, "1000", "staff:merchant@example.com", "this form")
    await killed(house, step, *asked)
    assert await house.elsewhere(*asked).told() == "done"
    assert [row["amount"] for row in await house.objects("refund")] == [1000]
    await house.events_arrive()
    await house.books_agree(f"Crashes: staff's refund is killed at {step} and asked for again")


@steps("expire-after", "cancel-wished", "expire-before", *SETTLE)
async def test_an_order_that_staff_cancels_is_cancelled(step: str, house: House) -> None:
    mug = await house.goods(stock=5)
    await house.shopper("ada").begins_to_pay(mug, 2)
    await house.events_wait()
    await killed(house, step, "cancel", (await the_order()).token, "staff:merchant@example.com")
    await house.reconcile()
    await house.events_arrive()
    await house.reconcile()
    assert (await the_order()).status == "cancelled"
    await house.books_agree(f"Crashes: staff's cancelling is killed at {step}")


@steps("settle-written", "settle-read", "settle-committed")
async def test_a_reconciler_dies_and_the_next_one_goes_on(step: str, house: House) -> None:
    mug = await house.goods(stock=5)
    session = await house.shopper("ada").begins_to_pay(mug, 2)
    await house.events_wait()
    await house.pays(session)
    await killed(house, step, "reconcile")
    await house.reconcile()
    assert (await the_order()).status == "paid"
    await house.books_agree(f"Crashes: the reconciler is killed at {step}")


@steps("create-after", "create-before", "create-stored")
async def test_a_reconciler_dies_while_it_repeats_a_call(step: str, house: House) -> None:
    mug = await house.goods(stock=5)
    ada = house.shopper("ada")
    await ada.puts_into_cart(mug)
    agreed = await ada.looks_over()
    house.faults.kill_at("create-before")
    with pytest.raises(DROPPED):
        await ada.presses_pay(agreed)
    house.faults.forget()
    await killed(house, step, "reconcile")
    await house.reconcile()
    [session] = await house.objects("checkout.session")
    assert (await the_order()).status == "pending"
    await house.pays(session["id"])
    assert (await the_order()).status == "paid"
    await house.books_agree(f"Crashes: the reconciler is killed at {step} while it repeats a call")
