"""A forgotten password, and one that is changed."""

from datetime import timedelta

import pytest

from shop import clock
from shop.customers.tables import Customer, MailedLink
from tests.accounts.doors import is_in, make_account, sign_in, sign_out
from tests.accounts.mailbox import ask_for_a_link, changed, come_in_by_mail, letters, link
from tests.support.pages import Page
from tests.support.shoppers import Shopper

NEW = "a new kettle on the hob"


async def forget(shopper: Shopper, email: str | None = None) -> Page:
    await shopper.open("/password")
    return await shopper.submit("Mail me a link", email=email or shopper.email)


async def test_ada_who_forgot_hers_chooses_another_and_every_other_browser_is_out(
    ada: Shopper, ben: Shopper
) -> None:
    await make_account(ada)
    await sign_in(ben, email=ada.email, password=ada.password)
    await sign_out(ada)
    await ada.open("/sign-in")
    await ada.follow("Forgot your password?")
    await ada.submit("Mail me a link", email=ada.email)
    await ask_for_a_link(ben, ada.email)
    page = await ada.open(await link(ada.email, "password"))
    assert page.text(".entry__email") == ada.email
    page = await ada.submit("Keep the new password", password=NEW)
    assert page.path == "/account"
    assert await is_in(ada)
    assert not await is_in(ben)
    assert (await ben.open(await link(ada.email, "sign in"))).status == 410
    await sign_in(ben, email=ada.email, password=ada.password)
    assert not await is_in(ben)
    await sign_in(ben, email=ada.email, password=NEW)
    assert await is_in(ben)


async def test_a_known_and_an_unknown_e_mail_are_answered_alike_and_one_gets_a_letter(
    ada: Shopper, ben: Shopper
) -> None:
    await make_account(ada)
    known, unknown = await forget(ben, ada.email), await forget(ben, ben.email)
    assert known.status == unknown.status == 200
    assert known.says().replace(ada.email, ben.email) == unknown.says()
    assert len(await letters(ada.email, "password")) == 1
    assert await letters(ben.email, "password") == []
    assert await MailedLink.count() == 2


@pytest.mark.one_database
async def test_a_password_that_is_guessed_first_is_refused_and_the_link_still_works(ada: Shopper) -> None:
    await make_account(ada)
    await forget(ada)
    await ada.open(await link(ada.email, "password"))
    page = await ada.submit("Keep the new password", password="sunshine")
    assert page.status == 422
    assert "most common" in page.text("#password-error")
    assert (await ada.submit("Keep the new password", password=NEW)).path == "/account"


async def test_the_link_works_once_not_for_long_and_for_nothing_else(ada: Shopper) -> None:
    await make_account(ada)
    await forget(ada)
    address = await link(ada.email, "password")
    assert (await ada.get(changed(address))).status_code == 404
    assert (await ada.post(address.replace("/password/", "/sign-in/"))).status_code == 404
    clock.move(timedelta(minutes=16))
    page = await ada.open(address)
    assert page.status == 410
    assert "too old" in page.says()
    await ada.follow("Ask for a new link")
    await ada.submit("Mail me a link", email=ada.email)
    address = await link(ada.email, "password")
    await ada.open(address)
    await ada.submit("Keep the new password", password=NEW)
    for answer in (await ada.get(address), await ada.post(address, {"password": NEW + "s"})):
        assert answer.status_code == 410


async def test_ada_without_a_password_chooses_one_by_mail(ada: Shopper) -> None:
    await come_in_by_mail(ada)
    await ada.open("/account")
    await ada.submit("Mail me a link to choose a password")
    await ada.open(await link(ada.email, "password"))
    await ada.submit("Keep the new password", password=NEW)
    await sign_out(ada)
    await sign_in(ada, password=NEW)
    assert await is_in(ada)


@pytest.mark.one_database
async def test_whoever_was_slowed_down_is_let_in_after_choosing_anew(ada: Shopper) -> None:
    await make_account(ada)
    await sign_out(ada)
    for _ in range(10):
        await ada.post("/sign-in", {"email": ada.email, "password": "not the kettle"})
    await forget(ada)
    await ada.open(await link(ada.email, "password"))
    await ada.submit("Keep the new password", password=NEW)
    await sign_out(ada)
    assert (await sign_in(ada, password=NEW)).status == 200
    assert await is_in(ada)


async def test_ada_changes_her_password_and_the_other_browser_is_out(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    await sign_in(ben, email=ada.email, password=ada.password)
    await ada.open("/account")
    await ada.follow("Change your password")
    page = await ada.submit("Keep the new password", current=ada.password, password=NEW)
    assert "new password is kept" in page.text(".notice")
    assert await is_in(ada)
    assert not await is_in(ben)
    await sign_out(ada)
    await sign_in(ada, password=NEW)
    assert await is_in(ada)


@pytest.mark.one_database
async def test_only_who_knows_the_password_changes_it(ada: Shopper) -> None:
    await make_account(ada)
    before = await Customer.select(Customer.password_hash).first()
    await ada.open("/account/password")
    page = await ada.submit("Keep the new password", current="not the kettle", password=NEW)
    assert page.status == 422
    assert page.text("#current-error") == "This is not your password. Check it and try again."
    page = await ada.submit("Keep the new password", current="", password="short")
    assert (page.text("#current-error"), page.status) == ("Enter your password.", 422)
    assert "longer" in page.text("#password-error")
    assert await Customer.select(Customer.password_hash).first() == before
    await sign_out(ada)
    answer = await ada.post("/account/password", {"current": ada.password, "password": NEW})
    assert answer.headers["location"] == "/sign-in?next=/account/password"
