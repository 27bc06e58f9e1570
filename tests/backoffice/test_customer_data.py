"""What is kept about somebody, told and erased by command."""

import json
from collections.abc import Awaitable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from shop import clock
from shop.customers.tables import Customer, MailedLink, SignIn
from shop.database import run
from shop.delivery.address import Address, to_json
from shop.delivery.tables import Address as BookEntry
from shop.environment import BadSetting
from shop.mail.tables import Letter
from shop.orders.tables import Line, Order
from shop.orders.withdrawals import withdraw
from shop.payments.tables import Attempt, Payment
from tests.accounts.doors import is_in, make_account
from tests.accounts.mailbox import ask_for_a_link
from tests.journeys.steps import buy, fill_cart, go_to_pay, pay_by_card, the_order
from tests.journeys.stripe_side import expire
from tests.support.goods import Goods
from tests.support.operator import tell
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

HOME = Address(name="Ada Byron", line1="Main Street 1", postal_code="10115", city="Berlin", country="DE")
NAMING = ("ada@example.com", "Ada Byron", "Main Street", "JD0034")


@pytest.fixture
async def shelf(goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", price=1200, stock=100)


@pytest.fixture
async def paid(shelf: None, ada: Shopper) -> Order:
    """Ada has an account, an address, an order that was sent to it, a withdrawal and a cart."""
    await make_account(ada)
    customer = await Customer.objects().first()
    assert customer is not None
    await buy(ada, "Mug")
    await fill_cart(ada, "Mug", 2)
    paid = await Order.objects().where(Order.status == "paid").first()
    assert paid is not None
    await Order.update({Order.deliver_to: to_json(HOME)}).where(Order.id == paid.id)
    await BookEntry(
        token="ada", customer=customer.id, fields=to_json(HOME), created_at=clock.now(), used_at=clock.now()
    ).save()
    line = await Line.objects().where(Line.order == paid.id).first()
    assert line is not None
    await withdraw(paid, "Ada Byron", ada.email, [line.token])
    await ask_for_a_link(ada)
    return paid


async def test_the_merchant_hands_out_all_that_is_kept_and_nothing_that_opens_a_door(
    paid: Order, ben: Shopper, tmp_path: Path
) -> None:
    await make_account(ben)
    told = (await tell("customers", "export", "Ada@Example.com")).data
    assert told["customer"]["email"] == "ada@example.com"
    assert told["addresses"][0]["fields"]["line1"] == "Main Street 1"
    assert len(told["sign_ins"]) == len(told["mailed_links"]) == 1
    cart, order = sorted(told["orders"], key=lambda order: str(order["status"]))
    assert (cart["status"], order["status"]) == ("cart", "paid")
    assert order["number"] == paid.number
    assert order["deliver_to"]["name"] == "Ada Byron"
    assert [(line["title"], line["total"]) for line in order["lines"]] == [("Mug", 1200)]
    assert [payment["amount"] for payment in order["payments"]] == [1200]
    assert order["withdrawals"][0]["name"] == "Ada Byron"
    assert {"paid", "new order", "withdrawal", "sign in"} <= {letter["kind"] for letter in told["letters"]}
    text = json.dumps(told, default=str)
    [link] = await MailedLink.objects()
    [door] = await SignIn.objects().where(SignIn.customer == told_id(paid))
    customer = await Customer.objects().where(Customer.email == "ada@example.com").first()
    assert customer is not None
    assert "ben@" not in text
    for secret in (link.digest, door.digest, customer.password_hash, "nonce"):
        assert secret not in text
    file = tmp_path / "ada.json"
    answer = await tell("customers", "export", "ada@example.com", "--to", str(file))
    assert answer.lines[0].startswith(f"{file} has 2 orders, 1 addresses")
    assert json.loads(file.read_text())["orders"] == json.loads(text)["orders"]


@pytest.mark.one_database
async def test_whoever_has_ordered_for_years_is_told_all_of_it_as_well(paid: Order, ada: Shopper) -> None:
    before = len((await tell("customers", "export", ada.email)).data["letters"])
    await run(
        'INSERT INTO "attempt" ("token", "order", "order_version", "state", "amount", "currency", "livemode",'
        ' "idempotency_key", "parameters", "created_at", "expires_at")'
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
        ' SELECT \'again \' || i, "order", "order_version", \'expired\', "amount", "currency", "livemode",'
        ' \'again \' || i, "parameters", "created_at", "expires_at" FROM "attempt", n'
    )
    assert len((await tell("customers", "export", ada.email)).data["letters"]) == before


async def test_after_erasing_nothing_names_ada_and_the_books_are_the_same(
    paid: Order, ada: Shopper, ben: Shopper
) -> None:
    await make_account(ben)
    await tell("orders", "ship", str(paid.number), "--tracking", "JD0034", "--anyway")
    clock.move(timedelta(days=61))
    would = await tell("customers", "erase", ada.email)
    assert would.lines[-1].startswith("Nothing was changed")
    assert await Customer.exists().where(Customer.email == ada.email)
    before = await books(paid)
    done = await tell("customers", "erase", ada.email, "--yes", "--by", "merchant@example.com")
    assert (done.code, done.data["orders"], done.data["kept"]) == (0, (paid.number,), ())
    assert would.data == done.data | {"written": False}
    assert await books(paid) == before
    assert not await is_in(ada)
    kept = await everything()
    for naming in NAMING:
        assert naming not in kept
    assert "ben@example.com" in kept
    after = await Order.objects().where(Order.id == paid.id).first()
    assert after is not None
    assert (after.email, as_json(after.deliver_to)) == ("", {"country": "DE"})
    assert await Order.count() == 1
    assert (await tell("customers", "erase", ada.email, "--yes")).lines == (
        f"Nothing is kept about {ada.email}.",
    )
    assert (await make_account(ada)).status == 200


async def test_a_recent_order_keeps_what_a_parcel_needs_until_it_is_old_or_the_merchant_insists(
    paid: Order, ada: Shopper
) -> None:
    done = await tell("customers", "erase", ada.email, "--yes")
    assert done.data["kept"] == (paid.number,)
    assert datetime.fromisoformat(done.data["kept_until"]).date() == (clock.now() + timedelta(days=60)).date()
    order = await the_order()
    assert (order.email, as_json(order.deliver_to)["city"]) == (ada.email, "Berlin")
    assert not await Customer.exists().where(Customer.email == ada.email)
    assert (await tell("customers", "erase", ada.email, "--yes")).data["kept"] == (paid.number,)
    await tell("customers", "erase", ada.email, "--yes", "--now")
    assert "Ada Byron" not in await everything()


async def test_a_parcel_that_left_lately_makes_an_old_order_recent(paid: Order, ada: Shopper) -> None:
    clock.move(timedelta(days=70))
    assert (await tell("orders", "ship", str(paid.number), "--anyway")).code == 0
    assert (await tell("customers", "erase", ada.email, "--yes")).data["kept"] == (paid.number,)
    clock.move(timedelta(days=61))
    assert (await tell("customers", "erase", ada.email, "--yes")).data["orders"] == (paid.number,)


async def test_nothing_is_erased_while_an_order_waits_for_its_payment(shelf: None, ada: Shopper) -> None:
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    refused = await tell("customers", "erase", ada.email, "--yes", "--now")
    order = await the_order()
    assert refused.code == 1
    assert f"Order {order.number} is not paid for yet" in refused.problem
    assert order.email == ada.email
    await pay_by_card(ada)
    assert session
    assert (await tell("customers", "erase", ada.email, "--yes", "--now")).code == 0


async def test_a_guest_s_cart_that_was_placed_before_stays_in_the_books_as_cancelled(
    shelf: None, sandbox: Sandbox, ada: Shopper
) -> None:
    await fill_cart(ada, "Mug")
    await expire(sandbox, await go_to_pay(ada))
    assert (await the_order()).status == "cart"
    await tell("customers", "erase", ada.email, "--yes")
    order = await the_order()
    assert (order.status, order.email, await Line.count()) == ("cancelled", "", 0)
    assert "0" in (await ada.open("/cart")).text("#cart-count")


async def test_ben_who_typed_adas_e_mail_keeps_his_order(shelf: None, ada: Shopper, ben: Shopper) -> None:
    await make_account(ben)
    ben.email = ada.email
    await buy(ben, "Mug")
    assert (await tell("customers", "export", ada.email)).data["orders"] == []
    assert (await tell("customers", "erase", ada.email, "--yes", "--now")).data["orders"] == ()
    assert (await the_order()).email == ada.email


async def test_what_is_no_e_mail_is_a_usage_error(environment: None) -> None:
    for command in ("export", "erase"):
        with pytest.raises(BadSetting, match="EMAIL must be an address"):
            await tell("customers", command, "ada")


def told_id(order: Order) -> int:
    return int(order.customer)


def as_json(kept: Any) -> Any:
    return json.loads(kept) if isinstance(kept, str) else kept


async def books(order: Order) -> list[Any]:
    """What the law wants kept: numbers, amounts, dates, goods."""
    columns = (
        Order.number,
        Order.status,
        Order.total,
        Order.placed_at,
        Order.paid_at,
        Order.stripe_charge_id,
    )
    asked: list[Awaitable[Any]] = [
        Order.select(*columns).where(Order.id == order.id).run(),
        Line.select(Line.sku, Line.title, Line.quantity, Line.total).where(Line.order == order.id).run(),
        Payment.select().run(),
    ]
    return [await one for one in asked]


async def everything() -> str:
    tables = (Customer, SignIn, MailedLink, BookEntry, Order, Line, Attempt, Payment, Letter)
    rows = [await table.select() for table in tables]
    withdrawals = await tell("customers", "export", "ada@example.com")
    return json.dumps([rows, withdrawals.data["orders"]], default=str)
