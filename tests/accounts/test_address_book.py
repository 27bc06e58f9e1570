"""Customers keep the addresses that they ordered to."""

from pathlib import Path

import pytest

from tests.accounts.doors import make_account
from tests.delivery.shop_toml import sending
from tests.journeys.steps import fill_cart, session_id
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

HOME = {"name": "Ada", "line1": "Main Street 1", "postal_code": "10115", "city": "Berlin"}
WORK = HOME | {"line1": "Side Street 2"}


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    return sending(tmp_path)


async def order(ada: Shopper, to: dict[str, str] | None = None) -> None:
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    await ada.submit(action="/checkout", **(to or {}))
    session_id(ada.page)


async def test_an_address_is_kept_once_and_offered_again(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", stock=50)
    await make_account(ada)
    await order(ada, HOME)
    await order(ada, WORK)
    await order(ada)
    await ada.open("/account")
    assert ada.page.texts(".address__lines") == [
        "Ada Side Street 2 10115 Berlin Germany",
        "Ada Main Street 1 10115 Berlin Germany",
    ]
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    assert ada.page.form(action="/checkout").fields()["line1"] == "Side Street 2"
    await ada.submit("Main Street 1")
    assert ada.page.form(action="/checkout").fields()["line1"] == "Main Street 1"

    await ada.open("/account")
    await ada.follow(": Ada, Main Street 1")
    address = ada.page.path
    await ada.submit("Use this country", country="US", line1="Main Street 2")
    assert (ada.page.status, ada.page.has("[name=area]")) == (200, True)
    await ada.submit("Use this country", country="DE", line1="Main Street 1")
    await ada.submit("Keep the address", city="")
    assert ada.page.status == 422
    assert ada.page.has("#city-error")
    await ada.submit("Keep the address", city="Potsdam")
    assert "Ada Main Street 1 10115 Potsdam Germany" in ada.page.texts(".address__lines")

    await make_account(ben)
    assert (await ben.open(address)).status == 404
    assert (await ben.post(address, WORK)).status_code == 404
    await ben.post(f"{address}/remove")
    await ada.open("/account")
    assert len(ada.page.texts(".address__lines")) == 2

    await ada.submit(action=f"{address}/remove")
    assert ada.page.texts(".address__lines") == ["Ada Side Street 2 10115 Berlin Germany"]
    assert (await ada.open(address)).status == 404
