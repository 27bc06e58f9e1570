"""The right to withdraw from the contract: two steps, for guests too, and a mail that proves it."""

from datetime import timedelta
from typing import Any

import pytest

from shop import clock
from shop.mail.tables import Letter
from shop.orders.letters import tell_sent
from shop.orders.tables import Shipment, Withdrawal
from shop.orders.withdrawals import ON_THE_WAY, PERIOD
from tests.accounts.doors import make_account, sign_in, sign_out
from tests.journeys.steps import buy, fill_cart, history, press_pay, the_order
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

HERE, CONFIRM = "Withdraw from contract here", "Confirm withdrawal"
BUTTON = "#withdrawal .button"


@pytest.fixture
async def things(goods: Goods, sandbox: Sandbox) -> None:
    await goods("bowl", price=800)
    await goods("mug", price=1234)


async def buys_both(shopper: Shopper) -> str:
    await fill_cart(shopper, "Bowl")
    await buy(shopper, "Mug", 2)
    return f"/orders/{(await the_order()).token}"


async def withdrawals() -> list[dict[str, Any]]:
    return await Withdrawal.select(Withdrawal.name, Withdrawal.email, Withdrawal.lines)


async def letters() -> list[tuple[str, str]]:
    found = await Letter.select(Letter.key, Letter.recipient).where(Letter.kind == "withdrawal")
    return sorted((":".join(letter["key"].split(":")[2:]), letter["recipient"]) for letter in found)


async def test_a_guest_withdraws_in_two_steps_and_both_are_told(things: None, ada: Shopper) -> None:
    order = await buys_both(ada)
    await ada.open(order)
    await ada.follow(HERE)
    await ada.submit("Go on", name="Ada")
    assert ada.page.texts(".withdrawal__pieces li") == ["1 × Bowl", "2 × Mug"]
    assert await withdrawals() == []
    await ada.submit(CONFIRM)
    assert ada.page.text("h1") == "Your withdrawal has reached us"
    assert "It was received on" in ada.page.says()
    assert [(made["name"], made["email"]) for made in await withdrawals()] == [("Ada", ada.email)]
    assert (await history(await the_order()))[-1] == "withdrawal"
    assert await letters() == [("", ada.email), ("merchant", "merchant")]
    await ada.open(order)
    assert "A withdrawal reached us on" in ada.page.says()
    assert not ada.page.has(BUTTON)


async def test_who_bought_hears_of_it_whatever_e_mail_was_typed(
    things: None, ada: Shopper, ben: Shopper
) -> None:
    """Whoever has a guest's order's address may withdraw from it."""
    await ben.open(await buys_both(ada) + "/withdrawal")
    await ben.submit("Go on", name="Ben", email=ben.email)
    await ben.submit(CONFIRM)
    assert await letters() == [("", ben.email), ("merchant", "merchant"), ("order", ada.email)]


async def test_pressed_twice_it_is_one_withdrawal(things: None, ada: Shopper) -> None:
    await ada.open(await buys_both(ada) + "/withdrawal")
    await ada.submit("Go on", name="Ada")
    confirm = ada.page.form(CONFIRM)
    first, second = [await ada.post(confirm.address, confirm.fields()) for _ in range(2)]
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert len(await withdrawals()) == len(await letters()) - 1 == 1


async def test_a_name_writes_nothing_into_the_merchant_s_terminal(things: None, ada: Shopper) -> None:
    await ada.open(await buys_both(ada) + "/withdrawal")
    await ada.submit("Go on", name="Ada")
    confirm = ada.page.form(CONFIRM)
    form = confirm.fields() | {"name": "\x1b[2J Ada\r\n2026-11-24 12:00  refund"}
    odd = await ada.post(confirm.address, form | {"email": "a\x1b[2Jda@example.com"})
    assert odd.status_code == 422
    assert (await ada.post(confirm.address, form)).status_code == 303
    assert [made["name"] for made in await withdrawals()] == ["[2J Ada 2026-11-24 12:00 refund"]


async def test_ada_keeps_the_bowl_and_withdraws_from_the_rest_later(things: None, ada: Shopper) -> None:
    order = await buys_both(ada)
    bowl, mug = (await ada.open(order + "/withdrawal")).all(".withdrawal__line input")
    assert "checked" in bowl.attributes
    only_mug = {"name": "Ada", str(mug.attributes["name"]): "on"}
    assert "2 × Mug" in (await ada.post(order + "/withdrawal", only_mug)).text
    await ada.post(order + "/withdrawals", only_mug)
    await ada.open(order + "/withdrawal")
    assert "1 × Bowl" in ada.page.says()
    assert "Mug" not in ada.page.says()
    await ada.submit("Go on", name="Ada")
    await ada.submit(CONFIRM)
    assert len(await withdrawals()) == 2
    await ada.open(order)
    assert not ada.page.has(BUTTON)
    assert len(ada.page.all("#withdrawal p")) == 2


@pytest.mark.one_database
async def test_what_is_missing_is_said_at_the_field_and_nothing_is_lost(things: None, ada: Shopper) -> None:
    await ada.open(await buys_both(ada) + "/withdrawal")
    await ada.submit("Go on", name="", email="nowhere")
    assert ada.page.status == 422
    assert ada.page.text("#name-error") == "Enter your name."
    assert ada.page.one("#email").attributes["value"] == "nowhere"
    assert (await ada.post(ada.page.form("Go on").address, {"name": "Ada"})).status_code == 422
    assert await withdrawals() == []


async def test_the_link_stands_there_while_the_period_runs(things: None, ada: Shopper) -> None:
    order = await buys_both(ada)
    sent = clock.now() - ON_THE_WAY - PERIOD
    await Shipment(order=(await the_order()).id, sent_by="staff", sent_at=sent + timedelta(hours=1)).save()
    await tell_sent((await the_order()).id)
    await ada.open(order)
    assert ada.page.text(BUTTON) == HERE
    await ada.open(order + "/withdrawal")
    form = ada.page.form("Go on")
    await Shipment.update({Shipment.sent_at: sent}, force=True)
    await ada.open(order)
    assert not ada.page.has(BUTTON)
    assert (await ada.post(form.address + "s", form.fields() | {"name": "Ada"})).status_code == 409
    assert await withdrawals() == []


@pytest.mark.one_database
async def test_an_order_that_is_not_paid_is_not_withdrawn_from(things: None, ada: Shopper) -> None:
    await fill_cart(ada, "Mug")
    await press_pay(ada)
    await ada.open(f"/orders/{(await the_order()).token}")
    assert not ada.page.has(BUTTON)
    await ada.open(f"/orders/{(await the_order()).token}/withdrawal")
    assert "it begins with the payment" in ada.page.says()


async def test_a_customer_s_order_is_nobody_else_s_to_withdraw(
    things: None, ada: Shopper, ben: Shopper
) -> None:
    await make_account(ada)
    order = await buys_both(ada)
    assert (await ben.get(order + "/withdrawal")).headers["Location"] == f"/sign-in?next={order}/withdrawal"
    assert (await ben.post(order + "/withdrawals", {"name": "Ben"})).status_code == 404
    await make_account(ben)
    assert (await ben.get(order + "/withdrawal")).status_code == 404
    await sign_out(ada)
    await ada.open(order + "/withdrawal")
    await sign_in(ada)
    await ada.open(order + "/withdrawal")
    await ada.submit("Go on", name="Ada")
    await ada.submit(CONFIRM)
    received = ada.page.path
    assert received.startswith(order + "/withdrawals/")
    assert (await ben.get(received)).status_code == 404
    assert (await ada.get(received[:-1] + ("a" if received[-1] != "a" else "b"))).status_code == 404


async def test_by_number_and_e_mail_and_nothing_of_the_order_is_shown(
    things: None, ada: Shopper, ben: Shopper
) -> None:
    await buys_both(ada)
    number = str((await the_order()).number)
    await ben.open("/")
    await ben.follow(HERE)
    await ben.submit("Go on", number=number, email=ben.email, name="Ben")
    assert ben.page.status == 422
    assert "There is no paid order" in ben.page.text("#number-error")
    await ben.submit("Go on", number=number.lower(), email=ada.email, name="Ada")
    assert "Mug" not in ben.page.says()
    confirm = ben.page.form(CONFIRM)
    again = [await ben.post(confirm.address, confirm.fields()) for _ in range(2)]
    assert again[0].headers["Location"] == again[1].headers["Location"]
    received = await ben.open(again[0].headers["Location"])
    assert "It was received on" in received.says()
    assert (await ben.get("/withdrawals/" + "x" * 43)).status_code == 404
    assert [(made["name"], made["email"]) for made in await withdrawals()] == [("Ada", ada.email)]
    assert await letters() == [("", ada.email), ("merchant", "merchant")]
