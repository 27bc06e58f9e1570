"""Whose an order is, and what everybody else gets to see of it."""

import pytest

from shop.confirmation.order_page import masked
from tests.accounts.doors import make_account, sign_in, sign_out
from tests.accounts.mailbox import link
from tests.journeys.steps import buy, fill_cart, go_to_pay, the_order
from tests.journeys.stripe_side import asked
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def test_a_guest_s_order_opens_to_whoever_has_its_address_with_the_e_mail_masked(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await buy(ada, "Mug")
    assert "ada@example.com" in ada.page.says()
    await ben.open(ada.page.path)
    assert ben.page.status == 200
    assert "ada@example.com" not in ben.page.response.text
    assert "a…@example.com" in ben.page.says()


async def test_who_has_only_the_address_can_neither_pay_nor_change_it(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    address = f"/orders/{(await the_order()).token}"
    await ben.open(address)
    assert not ben.page.has(f'form[action^="{address}"]')
    for way in ("payment", "reopen"):
        assert (await ben.post(f"{address}/{way}")).status_code == 404
    assert (await the_order()).status == "pending"


async def test_a_customer_s_order_is_404_to_another_customer(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await make_account(ada)
    await buy(ada, "Mug")
    await make_account(ben)
    assert (await ben.open(ada.page.path)).status == 404
    for way in ("payment", "reopen"):
        assert (await ben.post(f"{ada.page.path}/{way}")).status_code == 404


async def test_ada_signed_out_follows_her_order_s_address_signs_in_and_sees_it(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await make_account(ada)
    await buy(ada, "Mug")
    address = ada.page.path
    await sign_out(ada)
    assert (await ada.open(address)).path == f"/sign-in?next={address}"
    await ada.submit("Sign in", email=ada.email, password=ada.password)
    assert ada.page.path == address
    assert ada.page.text("h1") == "Thank you"


async def test_another_customer_who_signs_in_on_the_way_gets_a_404(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await make_account(ada)
    await buy(ada, "Mug")
    await make_account(ben)
    await sign_out(ben)
    await ben.open(ada.page.path)
    await ben.submit("Sign in", email=ben.email, password=ben.password)
    assert ben.page.status == 404


async def test_somebody_else_who_comes_back_from_stripe_sees_number_and_status_and_nothing_more(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234)
    await buy(ada, "Mug")
    order = await the_order()
    await ben.open(f"/checkout/return?session_id={order.stripe_session_id}")
    assert ben.page.status == 200
    assert str(order.number) in ben.page.says()
    assert "This order is paid" in ben.page.says()
    for secret in (order.token, "example.com", "Mug", "12.34", str(order.stripe_charge_id)):
        assert secret not in ben.page.response.text


async def test_an_order_that_a_guest_waits_for_becomes_the_customer_s_at_sign_in(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await make_account(ada)
    await sign_out(ada)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await sign_in(ada)
    order = await the_order()
    assert order.customer is not None
    assert order.guest_key is None
    assert (await ada.open("/account")).text(".past-order__number") == f"Order {order.number}"
    assert (await ben.open(f"/orders/{order.token}")).path.startswith("/sign-in")


async def test_a_guest_goes_on_shopping_or_keeps_the_order_in_an_account(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await buy(ada, "Mug")
    address = ada.page.path
    assert ada.page.link("Go on shopping").endswith("/products")
    assert not (await ben.open(address)).has("#keep")
    await ada.submit(action="/sign-in/link")
    await ada.open(await link(ada.email, "sign in"))
    await ada.submit("Sign in")
    assert (ada.page.path, ada.page.text("h1")) == (address, "Thank you")
    assert not ada.page.has("#keep")
    assert (await ben.open(address)).path.startswith("/sign-in")


@pytest.mark.parametrize(
    "session",
    [
        "",
        "cs_test_",
        "cs_test_unknownbutwellformed1234567890",
        "cs_live_unknownbutwellformed1234567890",
        "{CHECKOUT_SESSION_ID}",
        "../../v1/charges",
        "cs_test_a/../../refunds",
        "cs_test_a\x00b",
        "cs_test_" + "a" * 3000,
        "1 OR 1=1",
    ],
    ids=lambda text: text[:30],
)
async def test_a_session_that_is_none_of_ours_is_404_and_stripe_is_not_asked(
    session: str, ada: Shopper, sandbox: Sandbox
) -> None:
    answer = await ada.get("/checkout/return", params={"session_id": session})
    assert answer.status_code == 404
    assert "text/html" in answer.headers["content-type"]
    assert await asked(sandbox, "GET", "/v1/checkout/sessions") == []


async def test_coming_back_without_a_session_is_404(ada: Shopper) -> None:
    assert (await ada.open("/checkout/return")).status == 404


async def test_coming_back_before_paying_says_that_the_payment_is_being_confirmed(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    session = await go_to_pay(ada)
    await ada.open(f"/checkout/return?session_id={session}")
    assert ada.page.text("h1") == "Your payment is being confirmed"


@pytest.mark.parametrize("token", ["x", "x" * 43, "x" * 3000, "%00", "..%2f..%2fetc", "1", "\u00e4" * 30])
@pytest.mark.parametrize("way", ["", "/payment", "/reopen"])
async def test_an_unknown_order_is_a_404_page(token: str, way: str, ada: Shopper) -> None:
    address = f"/orders/{token}{way}"
    answer = await (ada.post(address) if way else ada.get(address))
    assert answer.status_code == 404
    assert "We cannot find that" in answer.text


@pytest.mark.parametrize("waited", ["-1", "1e9", "", "\x00", "9" * 40, "x"])
async def test_an_odd_number_of_seconds_waited_is_ignored(
    waited: str, ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    await ada.open("/cart")
    answer = await ada.get(f"/orders/{(await the_order()).token}", params={"waited": waited})
    assert answer.status_code == 200
    assert "Waiting for payment" in answer.text


async def test_pages_of_an_order_are_kept_by_nobody_and_found_by_no_search(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await buy(ada, "Mug")
    assert "private" in ada.page.headers["cache-control"]
    assert ada.page.one('meta[name="robots"]').attributes["content"] == "noindex"


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("ada@example.com", "a…@example.com"),
        ("a@example.com", "a…@example.com"),
        ("\u00e4da@example.com", "\u00e4…@example.com"),
        ("", ""),
        ("nonsense", ""),
        ("a@b@c.example", "a…@b@c.example"),
    ],
)
def test_an_e_mail_is_masked(email: str, shown: str) -> None:
    assert masked(email) == shown
