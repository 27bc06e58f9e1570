"""Changing the e-mail of an account: with the password, and by a link that goes to the new one."""

import pytest

from shop.customers.tables import Customer
from tests.accounts.doors import is_in, make_account, sign_in, sign_out
from tests.accounts.mailbox import changed, letters, link, text_of
from tests.support.fixtures_shop import Shop
from tests.support.pages import Page
from tests.support.shoppers import Shopper

NEW = "ada@new.example.com"


async def ask(shopper: Shopper, email: str = NEW, password: str | None = None) -> Page:
    await shopper.open("/account")
    await shopper.follow("Change your e-mail")
    current = shopper.password if password is None else password
    return await shopper.submit("Mail me a link", email=email, current=current)


async def test_ada_has_a_new_e_mail_once_she_has_opened_the_link(ada: Shopper, shop: Shop) -> None:
    await make_account(ada)
    page = await ask(ada)
    assert f"mailed a link to {NEW}" in page.text(".entry__sent")
    assert (await ada.open("/account")).text(".account__email") == ada.email
    address = await link(NEW, "new email")
    assert shop.url + address in await text_of(shop, NEW, "new email")
    assert (await ada.open(address)).text(".entry__email") == NEW
    page = await ada.submit("Use this e-mail")
    assert "e-mail is changed" in page.text(".notice")
    assert not page.has(".account__confirm")
    assert [told["email"] for told in await letters(ada.email, "email changed")] == [NEW]
    assert NEW in await text_of(shop, ada.email, "email changed")
    assert (await ada.post(address)).headers["location"] == "/account"
    await sign_out(ada)
    await sign_in(ada)
    assert not await is_in(ada)
    await sign_in(ada, email=NEW)
    assert await is_in(ada)


async def test_only_the_customer_who_asked_can_use_the_link(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    await make_account(ben)
    await ask(ada)
    address = await link(NEW, "new email")
    for wrong in (address, changed(address), address.replace("/account/email/", "/sign-in/")):
        assert (await ben.get(wrong)).status_code == 404
        assert (await ben.post(wrong)).status_code == 404
    await sign_out(ben)
    assert (await ben.post(address)).headers["location"] == f"/sign-in?next={address}"
    assert not await Customer.exists().where(Customer.email == NEW)


async def test_an_e_mail_with_an_account_stays_that_account_s(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    await make_account(ben)
    said = (await ask(ada, ben.email)).says()
    assert said == (await ask(ada)).says().replace(NEW, ben.email)
    await ada.open(await link(ben.email, "new email"))
    page = await ada.submit("Use this e-mail")
    assert page.status == 409
    assert "has an account of its own" in page.says()
    assert (await ada.open("/account")).text(".account__email") == ada.email


@pytest.mark.one_database
async def test_what_is_wrong_is_said_at_its_field(ada: Shopper) -> None:
    await make_account(ada)
    page = await ask(ada, "ada@new", "")
    assert page.status == 422
    assert "such as name@example.com" in page.text("#email-error")
    assert page.text("#current-error") == "Enter your password."
    assert page.one("#email").attributes["value"] == "ada@new"
    assert (await ask(ada, "ADA@example.com")).text("#email-error") == "This is your e-mail already."
    assert "not your password" in (await ask(ada, password="not the kettle")).text("#current-error")
    assert await letters(NEW, "new email") == []
