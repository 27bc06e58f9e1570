"""The whole story, as shoppers live it: from the home page to a paid order."""

from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def fill_cart(shopper: Shopper, title: str, quantity: int = 1) -> None:
    await shopper.open("/")
    await shopper.follow(title)
    await shopper.submit("Add to cart", quantity=quantity)


async def go_to_pay(shopper: Shopper, email: str) -> None:
    await shopper.open("/checkout")
    await shopper.submit(action="/checkout", email=email)


async def pay_by_card(shopper: Shopper, number: str = "4242 4242 4242 4242") -> None:
    await shopper.submit("Pay", cardNumber=number, cardExpiry="12/34", cardCvc="123", billingName="Ada")


async def test_a_guest_buys_two_mugs(ada: Shopper, goods, sandbox: Sandbox) -> None:  # type: ignore[no-untyped-def]
    await goods("mug", price=1234, stock=5)
    await fill_cart(ada, "Mug", 2)
    assert ada.page.url.endswith("/cart")
    assert "€24.68" in ada.page.says()
    await go_to_pay(ada, "ada@example.com")
    assert ada.page.url.startswith(sandbox.url), ada.page.says()
    assert "€24.68" in ada.page.says()
    await pay_by_card(ada)
    assert "/orders/" in ada.page.url, (ada.page.status, ada.page.says())
    assert "Thank you" in ada.page.says()
    assert "ch_" in ada.page.says()
