"""The demo shop shows what a shop with taxes looks like; a merchant's has those of its shop.toml, or none."""

import pytest

from shop.mail.tables import Letter
from shop.mail.writing import written
from shop.settings import from_environment
from shop.site import DEMO, Site, _site
from shop.web import look
from shop.web.templates import environment
from tests.journeys.steps import buy, fill_cart, the_order
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

SECRET = {"SHOP_SECRET": "tests " * 12}


@pytest.fixture
def more_settings() -> dict[str, str]:
    return {"SHOP_SITE": str(DEMO.parent), "SHOP_SHIPS_TO": "DE,US"}


@pytest.mark.one_database
async def test_the_tax_in_it_is_told_from_the_price_to_the_letter(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", price=1234)
    await ada.open("/products/mug")
    assert ada.page.text("#product .price-note") == "incl. VAT, plus delivery"
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    assert ada.page.text(".totals__row--sum") == "Total incl. VAT €2.75 €17.24"
    home = {"name": "Ada", "line1": "Main Street 1", "postal_code": "10115", "city": "Berlin"}
    await buy(ada, "Mug", 1, **home)
    assert ada.page.text(".totals__row--sum") == "Total incl. VAT €4.72 €29.58"
    letter = await Letter.objects().get(Letter.key == f"order:{(await the_order()).number}:paid")
    assert letter is not None
    assert "incl. VAT €4.72" in " ".join(written(environment(look.assets()), letter).text.split())


@pytest.mark.parametrize(("currency", "price"), [("EUR", 490), ("JPY", 490), ("KWD", 4900), ("ISK", 500)])
def test_the_demo_delivers_at_a_believable_price_in_every_currency(currency: str, price: int) -> None:
    told = _site(from_environment(SECRET | {"SHOP_CURRENCY": currency}))
    assert [way.price for way in told.ways] == [price]
    assert told.taxes[0].rates == {"standard": 1900}


def test_a_merchant_s_shop_has_nothing_of_it() -> None:
    keys = {"STRIPE_SECRET_KEY": "sk_test_x", "STRIPE_WEBHOOK_SECRET": "whsec_x"}
    told = _site(from_environment(SECRET | keys))
    assert (told.taxes, told.merchant.country, told.ways[0].price) == ((), "", 0)
    assert told == Site(ways=told.ways)
