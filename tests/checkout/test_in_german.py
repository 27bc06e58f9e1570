"""What the law wants said is said in the shop's language, from the button to the letter."""

import pytest

from shop.mail.tables import Letter
from shop.mail.writing import written
from shop.web import look
from shop.web.templates import environment
from tests.journeys.steps import pay_by_card, the_order
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


@pytest.fixture
def more_settings() -> dict[str, str]:
    return {"SHOP_LOCALE": "de_AT"}


@pytest.mark.one_database
async def test_ada_orders_and_withdraws_in_german(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", price=1234)
    await ada.open("/products/mug")
    await ada.submit("In den Warenkorb")
    await ada.open("/checkout")
    assert ada.page.text("#pay") == "Zahlungspflichtig bestellen"
    assert ada.page.text(".review__sum") == "Gesamtbetrag € 12,34"
    assert ada.page.link("Widerrufsbelehrung").endswith("/policies/returns")
    await ada.submit("Zahlungspflichtig bestellen", email=ada.email)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "Vielen Dank"
    letter = await Letter.objects().get(Letter.key == f"order:{(await the_order()).number}:paid")
    assert letter is not None
    told = " ".join(written(environment(look.assets()), letter).text.split())
    assert "Vertrag widerrufen" in told
    assert "binnen 14 Tagen ohne Angabe von Gründen" in told
    await ada.follow("Vertrag widerrufen")
    await ada.submit("Weiter", name="Ada")
    await ada.submit("Widerruf bestätigen")
    assert "bei uns eingegangen" in ada.page.text("h1")
