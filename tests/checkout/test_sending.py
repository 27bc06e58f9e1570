"""Where to, by which way, and what that comes to: on the review page, on the order, and at Stripe."""

from pathlib import Path

import pytest

from shop.catalogue.tables import Product
from shop.orders.summary import told
from shop.orders.tables import Line, Order
from tests.accounts.mailbox import come_in_by_mail
from tests.delivery.shop_toml import sending
from tests.journeys.steps import becomes, fill_cart, session_id, the_order
from tests.journeys.stripe_side import expire, pay, session
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

HOME = {"name": "Ada", "line1": "Main Street 1", "postal_code": "10115", "city": "Berlin"}


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    return sending(tmp_path)


@pytest.fixture
async def mug(goods: Goods) -> None:
    await goods("mug", price=1234)


async def review(ada: Shopper, quantity: int = 2) -> Page:
    await fill_cart(ada, "Mug", quantity)
    return await ada.open("/checkout")


async def send(ada: Shopper, **filled_in: str) -> Page:
    return await ada.submit(action="/checkout", **({"email": ada.email} | filled_in))


def rows(page: Page) -> list[str]:
    return page.texts("#totals dd")


def typed(page: Page, name: str) -> str:
    return page.form(action="/checkout").fields()[name]


async def test_one_total_and_one_address_everywhere(ada: Shopper, mug: None, sandbox: Sandbox) -> None:
    await review(ada)
    assert rows(ada.page) == ["€24.68", "€4.90", "€29.58"]
    assert "incl. VAT €4.72" in ada.page.text("#totals")
    assert ada.page.text(".review__sum") == "Total €29.58"
    await send(ada, **HOME)
    paid = await pay(sandbox, session_id(ada.page))
    order = await the_order()
    assert (order.status, order.total, order.delivery_total, order.tax_included) == ("paid", 2958, 490, 472)
    assert (order.delivery_tax_rate, order.delivery_tax, order.delivery_title) == (1900, 78, "Parcel")
    assert await Line.select(Line.tax_rate, Line.tax) == [{"tax_rate": 1900, "tax": 394}]
    assert (paid["amount_total"], paid["shipping_cost"]["amount_total"]) == (2958, 490)
    intent = await sandbox.read(f"/v1/payment_intents/{order.stripe_payment_intent_id}")
    assert intent["amount_received"] == 2958
    assert intent["shipping"]["name"] == "Ada"
    at_stripe = {name: value for name, value in intent["shipping"]["address"].items() if value}
    street, code = HOME["line1"], HOME["postal_code"]
    assert at_stripe == {"line1": street, "postal_code": code, "city": "Berlin", "country": "DE"}
    await ada.open(f"/orders/{order.token}")
    assert ada.page.text(".order__address") == "Ada Main Street 1 10115 Berlin Germany"
    assert rows(ada.page) == ["€24.68", "€4.90", "€29.58"]
    facts = await told(order.id)
    assert facts["address"] == ["Ada", "Main Street 1", "10115 Berlin", "Germany"]
    assert (facts["lines_total"], facts["delivery_total"], facts["total"]) == (2468, 490, 2958)
    assert facts["delivery_title"] == "Parcel"


async def test_whoever_has_only_the_page_s_address_reads_the_town(
    ada: Shopper, ben: Shopper, mug: None, sandbox: Sandbox
) -> None:
    await review(ada)
    await send(ada, **HOME)
    await ben.open(f"/orders/{(await the_order()).token}")
    assert ben.page.text(".order__address") == "Berlin Germany"
    assert "Main Street" not in ben.page.response.text


async def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    ada: Shopper, mug: None
) -> None:
    await review(ada)
    await send(ada, name="Ada", line1="Main Street 1", postal_code="1011")
    assert ada.page.status == 422
    assert [link.attributes["href"] for link in ada.page.all("[role=alert] a")] == ["#postal_code", "#city"]
    assert "10115" not in ada.page.text("#postal_code-error")
    assert ada.page.one("#city").attributes["aria-describedby"] == "city-error "
    assert (typed(ada.page, "line1"), typed(ada.page, "postal_code")) == ("Main Street 1", "1011")
    assert typed(ada.page, "email") == ada.email
    assert (await the_order()).status == "cart"


async def test_another_way_with_another_price_is_agreed_to_first(
    ada: Shopper, mug: None, sandbox: Sandbox
) -> None:
    """Without JavaScript the price of a choice is known only when the form is sent."""
    await review(ada)
    await send(ada, **HOME, way="way-3")
    assert ada.page.status == 409
    assert "the total is €24.68 now" in ada.page.text(".notice")
    assert typed(ada.page, "line1") == "Main Street 1"
    assert (await the_order()).status == "cart"
    await ada.submit(action="/checkout")
    session_id(ada.page)
    assert (await the_order()).delivery_title == "Collect it"


async def test_another_country_has_other_fields_another_price_and_another_tax(
    ada: Shopper, mug: None, sandbox: Sandbox
) -> None:
    await review(ada)
    await send(ada, **HOME, country="US")
    assert ada.page.status == 422
    assert typed(ada.page, "city") == "Berlin"
    assert rows(ada.page) == ["€24.68", "€9.90", "€34.58"]
    assert "VAT" not in ada.page.text("#totals")
    await ada.submit(action="/checkout", area="CA", postal_code="95014")
    asked = await session(sandbox, session_id(ada.page))
    assert asked["amount_total"] == 3458
    assert (await the_order()).tax_included == 0


async def test_choosing_shows_what_it_comes_to_in_place(ada: Shopper, mug: None) -> None:
    await review(ada)
    answer = Page(
        await ada.post(
            "/checkout/delivery",
            {"email": ada.email, **HOME, "country": "AT", "way": "way-1"},
            headers={"HX-Request": "true", "HX-Request-Type": "partial"},
        )
    )
    assert (answer.status, answer.headers["HX-Replace-Url"]) == (200, "/checkout")
    assert rows(answer) == ["€24.68", "€9.90", "€34.58"]
    assert typed(answer, "line1") == "Main Street 1"
    assert "Total: €34.58" in answer.text("hx-partial")
    await ada.reload()
    assert rows(ada.page) == ["€24.68", "€9.90", "€34.58"]
    assert typed(ada.page, "line1") == "Main Street 1"


async def test_what_is_collected_needs_a_name_and_no_address(
    ada: Shopper, mug: None, sandbox: Sandbox
) -> None:
    await review(ada)
    await ada.submit("Use this country", country="AT", way="way-3")
    assert ada.page.one(".delivery__address").attributes.keys() >= {"hidden"}
    assert "incl. VAT €3.94" in ada.page.text("#totals")
    await send(ada)
    assert ada.page.status == 422
    assert ada.page.texts("[role=alert] a") == ["Enter your name."]
    await ada.submit(action="/checkout", name="Ada")
    intent = (await pay(sandbox, session_id(ada.page)))["payment_intent"]
    assert (await sandbox.read(f"/v1/payment_intents/{intent}"))["shipping"] is None
    order = await the_order()
    assert (order.status, order.total, order.tax_included) == ("paid", 2468, 394)
    assert (await told(order.id))["address"] == ["Ada"]


async def test_what_is_not_sent_needs_no_address(ada: Shopper, mug: None, sandbox: Sandbox) -> None:
    await Product.update({Product.is_sent: False}).where(Product.slug == "mug")
    await review(ada)
    assert not ada.page.has("#delivery")
    assert rows(ada.page) == ["€24.68"]
    assert "incl. VAT €3.94" in ada.page.text("#totals")
    await send(ada)
    session_id(ada.page)
    order = await the_order()
    assert order.deliver_to is None
    assert (order.delivery_title, order.total) == (None, 2468)


async def test_what_has_to_be_sent_after_all_is_asked_about(ada: Shopper, mug: None) -> None:
    await Product.update({Product.is_sent: False}).where(Product.slug == "mug")
    await review(ada)
    await Product.update({Product.is_sent: True}).where(Product.slug == "mug")
    await send(ada)
    assert ada.page.status == 422
    assert ada.page.has("#line1")


async def test_a_country_nobody_sends_to_is_not_believed(ada: Shopper, mug: None) -> None:
    await review(ada)
    abroad = ada.page.form(action="/checkout").fields() | HOME | {"email": ada.email, "country": "FR"}
    answer = Page(await ada.post("/checkout", abroad))
    assert answer.status == 422
    assert answer.text("#country-error").startswith("This cannot be sent there.")
    assert (await the_order()).status == "cart"


async def test_who_changes_the_order_finds_the_address_again(
    ada: Shopper, mug: None, sandbox: Sandbox
) -> None:
    await review(ada)
    await send(ada, **HOME, country="AT", way="way-2")
    await ada.submit(action="/checkout", postal_code="1010", city="Vienna")
    session_id(ada.page)
    order = await the_order()
    await ada.open(f"/orders/{order.token}")
    await ada.submit("Change the order")
    await ada.open("/checkout")
    assert [typed(ada.page, name) for name in ("country", "city", "way", "email")] == [
        "AT",
        "Vienna",
        "way-2",
        ada.email,
    ]


async def test_prices_say_what_is_in_them(ada: Shopper, mug: None) -> None:
    await fill_cart(ada, "Mug")
    await ada.open("/cart")
    assert ada.page.text(".price-note") == "incl. VAT, plus delivery"
    await ada.follow("Mug")
    assert ada.page.text("#product .price-note") == "incl. VAT, plus delivery"


async def test_an_order_keeps_what_was_frozen_when_it_is_placed_again(
    ada: Shopper, mug: None, sandbox: Sandbox
) -> None:
    """Placed for a parcel first, and for collecting then: nothing of the first stays."""
    await review(ada)
    await send(ada, **HOME)
    order = await the_order()
    await ada.open(f"/orders/{order.token}")
    await ada.submit("Change the order")
    await ada.open("/checkout")
    await ada.submit("Show the total for this way", way="way-3")
    await ada.submit(action="/checkout")
    session_id(ada.page)
    again = await Order.objects().get(Order.id == order.id)
    assert again is not None
    assert (again.delivery_total, again.total, again.delivery_title) == (0, 2468, "Collect it")
    assert "Main Street" not in str(again.deliver_to)


async def test_pay_pressed_in_another_window_with_another_address_shows_the_order(
    ada: Shopper, mug: None, sandbox: Sandbox
) -> None:
    form = (await review(ada)).form(action="/checkout").fields() | HOME | {"email": ada.email}
    first = await ada.post("/checkout", form)
    again = await ada.post("/checkout", form)
    elsewhere = await ada.post("/checkout", form | {"line1": "Side Street 2"})
    assert "/c/pay/" in first.headers["location"]
    assert again.headers["location"] == first.headers["location"]
    assert elsewhere.headers["location"] == f"/orders/{(await the_order()).token}"
    assert '"Main Street 1"' in str((await the_order()).deliver_to)


async def test_nobody_plants_an_address_in_a_shopper_s_cart_by_ordering_with_her_e_mail(
    ada: Shopper, ben: Shopper, mug: None, sandbox: Sandbox
) -> None:
    await review(ben)
    await send(ben, **HOME | {"email": ada.email, "line1": "Back Street 2"})
    his = session_id(ben.page)
    await come_in_by_mail(ada)
    await review(ada)
    await expire(sandbox, his)
    [order] = await Order.objects().where(Order.number.is_not_null())

    async def is_a_cart_again() -> bool:
        return bool(await Order.exists().where((Order.id == order.id) & (Order.status == "cart")))

    await becomes(is_a_cart_again)
    await ada.open("/checkout")
    assert typed(ada.page, "line1") == ""
    assert ada.page.text(".review__sum") == "Total €29.58"
