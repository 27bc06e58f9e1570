"""`python -m shop orders …`: the merchant sends what was bought, gives money back, and cancels."""

import asyncio
from datetime import timedelta

import pytest

from shop import clock
from shop.environment import BadSetting
from shop.mail.tables import Letter
from shop.orders.tables import Log, Order, Shipment
from shop.payments.reconcile import run_once
from shop.payments.tables import Refund
from tests.journeys.steps import buy, fill_cart, go_to_pay, orders, the_order
from tests.journeys.stripe_side import control, fails, gateway, refunds, works_again
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.operator import tell
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

BY = ("--by", "the merchant")
WHY = ("--why", "the handle was chipped", *BY)


@pytest.fixture
async def paid(ada: Shopper, goods: Goods, sandbox: Sandbox) -> Order:
    """Ada has paid €24.68 for two mugs."""
    await goods("mug", title="Potter's mug", sku="MUG", price=1234, stock=5)
    await buy(ada, "Potter's mug", 2)
    return await the_order()


async def letters(kind: str) -> int:
    return int(await Letter.count().where(Letter.kind == kind))


async def test_the_list_says_what_is_to_be_sent(paid: Order, ben: Shopper) -> None:
    await fill_cart(ben, "Potter's mug", 1)
    await go_to_pay(ben)
    told = (await tell("orders", "list")).data["orders"]
    assert [(order["email"], order["status"], order["to_ship"]) for order in told] == [
        (ben.email, "pending", False),
        ("ada@example.com", "paid", True),
    ]
    [line] = (await tell("orders", "list", "--to-ship")).lines
    assert paid.number in line
    assert "€24.68  2 pieces" in line
    assert (await tell("orders", "list", "--status", "cancelled")).data["orders"] == []
    tomorrow = f"{clock.now() + timedelta(days=1):%Y-%m-%d}"
    assert (await tell("orders", "list", "--since", tomorrow)).data["orders"] == []
    with pytest.raises(BadSetting):
        await tell("orders", "list", "--since", "yesterday")


async def test_an_order_is_shown_whole_and_its_slip_without_prices(paid: Order) -> None:
    shown = await tell("orders", "show", str(paid.number).lower())
    assert shown.data["total"] == 2468
    assert shown.data["payments"][0]["charge_id"] == paid.stripe_charge_id
    assert [row["what"] for row in shown.data["log"] if row["what"] == "paid"] == ["paid"]
    assert f"Order {paid.number}: paid" in shown.lines
    slip = "\n".join((await tell("orders", "show", str(paid.number), "--slip")).lines)
    assert "2 ×  MUG  Potter's mug" in slip
    assert "24" not in slip.replace(str(paid.number), "")
    assert (await tell("orders", "show", "00000000")).code == 1


async def test_a_way_to_deliver_is_named_also_where_it_costs_nothing(paid: Order) -> None:
    await Order.update({Order.delivery_title: "Collect it"}).where(Order.id == paid.id)
    assert "        Collect it  €0.00" in (await tell("orders", "show", str(paid.number))).lines


async def test_an_order_whose_shopper_was_erased_says_so(paid: Order) -> None:
    await tell("customers", "erase", paid.email, "--now", "--yes")
    assert "for somebody who was erased" in (await tell("orders", "show", str(paid.number))).lines


async def test_an_order_is_sent_once_and_ada_hears_of_it_once(paid: Order, ada: Shopper) -> None:
    number = str(paid.number)
    parcel = ("--carrier", "DHL", "--tracking", "0034", "--tracking-url", "https://dhl.example/0034")
    first = await tell("orders", "ship", number, *parcel, *BY)
    assert (first.code, first.data["new"]) == (0, True)
    for again in (parcel, ()):
        said = await tell("orders", "ship", number, *again, *BY)
        assert (said.code, said.data["new"], said.data["tracking"]) == (0, False, "0034")
    other = await tell("orders", "ship", number, "--tracking", "0035")
    assert (other.code, "0034" in other.problem) == (1, True)
    [row] = await Shipment.select()
    assert (row["carrier"], row["tracking"], row["sent_by"]) == ("DHL", "0034", "staff:the merchant")
    assert await Log.count().where(Log.what == "sent") == 1
    letter = await Letter.objects().where(Letter.key == f"order:{number}:sent").first()
    assert letter is not None
    assert letter.recipient == ada.email
    assert await letters("sent") == 1
    assert (await tell("orders", "list", "--to-ship")).data["orders"] == []


async def test_two_who_send_it_at_once_send_it_once(paid: Order) -> None:
    said = await asyncio.gather(*[tell("orders", "ship", str(paid.number)) for _ in range(3)])
    assert sorted(answer.data["new"] for answer in said) == [False, False, True]
    assert await letters("sent") == 1


async def test_what_is_not_paid_is_not_sent(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 1)
    await go_to_pay(ada)
    for anyway in ((), ("--anyway",)):
        refused = await tell("orders", "ship", str((await the_order()).number), *anyway)
        assert (refused.code, "pending, not paid" in refused.problem) == (1, True)
    assert not await Shipment.exists()
    with pytest.raises(BadSetting):
        await tell("orders", "ship", str((await the_order()).number), "--tracking-url", "javascript:1")


async def test_what_was_given_back_is_sent_only_anyway(paid: Order) -> None:
    await tell("orders", "refund", str(paid.number), *WHY)
    refused = await tell("orders", "ship", str(paid.number))
    assert (refused.code, "all of it was given back" in refused.problem) == (1, True)
    assert (await tell("orders", "ship", str(paid.number), "--anyway")).code == 0


async def test_what_is_disputed_is_not_sent(paid: Order, sandbox: Sandbox) -> None:
    await control(sandbox, f"payments/{paid.stripe_payment_intent_id}/dispute")
    await asyncio.sleep(0)
    for _ in range(200):
        refused = await tell("orders", "show", str(paid.number))
        if refused.data["disputes"]:
            break
        await asyncio.sleep(0.02)
    assert "disputed" in (await tell("orders", "ship", str(paid.number))).problem
    assert (await tell("orders", "list", "--to-ship")).data["orders"] == []


async def test_a_part_goes_back_and_the_same_again_is_taken_for_a_mistake(
    paid: Order, sandbox: Sandbox
) -> None:
    number = str(paid.number)
    first = await tell("orders", "refund", number, "--amount", "5,00", *WHY)
    assert first.lines[0].startswith(f"€5.00 of order {number} has gone back")
    again = await tell("orders", "refund", number, "--amount", "5.00", *WHY)
    assert (again.code, "--again" in again.problem) == (1, True)
    assert (await tell("orders", "refund", number, "--amount", "5.00", "--again", *WHY)).code == 0
    clock.move(timedelta(minutes=11))
    assert (await tell("orders", "refund", number, "--amount", "5.00", *WHY)).code == 0
    assert [refund["amount"] for refund in await refunds(sandbox)] == [500, 500, 500]
    too_much = await tell("orders", "refund", number, "--amount", "9.69", *WHY)
    assert (too_much.code, "more than is left" in too_much.problem) == (1, True)
    assert (await tell("orders", "refund", number, *WHY)).data["amount"] == 968
    nothing = await tell("orders", "refund", number, *WHY)
    assert (nothing.code, nothing.data["amount"]) == (0, 0)
    assert await letters("refunded") == 4
    for no_amount in ("0", "-5", "5.001", "five"):
        with pytest.raises(BadSetting):
            await tell("orders", "refund", number, f"--amount={no_amount}", *WHY)


async def test_pressed_at_once_or_with_the_same_key_it_goes_back_once(paid: Order, sandbox: Sandbox) -> None:
    number = str(paid.number)
    await asyncio.gather(*[tell("orders", "refund", number, "--amount", "5.00", *WHY) for _ in range(3)])
    assert [refund["amount"] for refund in await refunds(sandbox)] == [500]
    for _ in range(2):
        keyed = await tell("orders", "refund", number, "--amount", "1.00", "--request", "ticket 7", *WHY)
        assert keyed.code == 0
    assert sorted(refund["amount"] for refund in await refunds(sandbox)) == [100, 500]


async def test_two_amounts_at_once_are_two_refunds(paid: Order, sandbox: Sandbox) -> None:
    number = str(paid.number)
    await asyncio.gather(
        *[tell("orders", "refund", number, "--amount", much, *WHY) for much in ("5.00", "1.00")]
    )
    assert sorted(refund["amount"] for refund in await refunds(sandbox)) == [100, 500]


async def test_while_stripe_does_not_answer_it_is_asked_for_once_and_finished_later(
    paid: Order, sandbox: Sandbox, shop: Shop
) -> None:
    number = str(paid.number)
    await fails(sandbox, "POST", "/v1/refunds", status=503, close=None, should_retry=False)
    for _ in range(2):
        said = await tell("orders", "refund", number, "--amount", "5.00", *WHY)
        assert (said.code, "reconciler" in said.problem) == (3, True)
    assert await Refund.count() == 1
    await works_again(sandbox)
    await run_once(gateway(shop))
    assert [refund["amount"] for refund in await refunds(sandbox)] == [500]


async def test_a_waiting_order_is_cancelled_and_a_paid_one_is_not(
    paid: Order, ben: Shopper, sandbox: Sandbox
) -> None:
    await fill_cart(ben, "Potter's mug", 1)
    await go_to_pay(ben)
    waiting = str((await orders())[1].number)
    assert (await tell("orders", "refund", waiting, *WHY)).code == 1
    for _ in range(2):
        assert (await tell("orders", "cancel", waiting, *WHY)).data["status"] == "cancelled"
    refused = await tell("orders", "cancel", str(paid.number), *WHY)
    assert (refused.code, "orders refund" in refused.problem) == (1, True)
    assert await Log.count().where((Log.what == "cancelling") & (Log.actor == "staff:the merchant")) == 1
