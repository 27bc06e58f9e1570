"""Signing in without a password: a link in a letter, good once and for a quarter of an hour."""

import asyncio
from datetime import timedelta

import pytest

from shop import clock
from shop.customers import passwords
from shop.customers.tables import Customer, MailedLink, SignIn
from shop.database import run
from shop.mail.links import digest_of
from shop.mail.tables import Letter
from tests.accounts.doors import is_in, make_account, sign_in, sign_out
from tests.accounts.mailbox import ask_for_a_link, changed, come_in_by_mail, letters, link, text_of
from tests.support.fixtures_shop import Shop
from tests.support.shoppers import Shopper


async def test_ada_without_an_account_comes_in_and_is_where_she_wanted_to_go(ada: Shopper) -> None:
    page = await ask_for_a_link(ada, "  Ada@Example.COM ", then="/search?q=mug")
    assert page.path == "/letter-sent"
    assert "mailed a link to ada@example.com" in page.text(".entry__sent")
    page = await ada.open(await link(ada.email, "sign in"))
    assert page.text(".entry__email") == "ada@example.com"
    assert "another browser" not in page.says()
    assert (await ada.submit("Sign in")).path == "/search?q=mug"
    assert await is_in(ada)
    customer = await Customer.objects().first()
    assert customer is not None
    assert (customer.email, customer.password_hash) == ("ada@example.com", "")
    assert customer.confirmed_at is not None


@pytest.mark.one_database
async def test_no_password_opens_an_account_that_has_none(ada: Shopper) -> None:
    await come_in_by_mail(ada)
    await sign_out(ada)
    for typed in ("", "x", ada.password):
        await sign_in(ada, password=typed)
        assert not await is_in(ada)


async def test_looking_at_the_link_changes_nothing_so_a_program_that_reads_mail_uses_none_up(
    ada: Shopper, ben: Shopper
) -> None:
    await ask_for_a_link(ada)
    address = await link(ada.email, "sign in")
    for _ in range(2):
        assert (await ben.get(address)).status_code == 200
        assert (await ben.client.head(address)).status_code == 200
    assert await Customer.count() == await SignIn.count() == 0
    await ada.open(address)
    await ada.submit("Sign in")
    assert await is_in(ada)


async def test_in_another_browser_ada_is_told_so_and_decides(ada: Shopper, ben: Shopper) -> None:
    await ask_for_a_link(ada)
    page = await ben.open(await link(ada.email, "sign in"))
    assert "asked for in another browser" in page.says()
    assert "ada@example.com" in page.text(".entry__email")
    await ben.submit("Sign in")
    assert (await ben.open("/account")).text(".account__email") == "ada@example.com"


async def test_a_link_works_once_and_for_one_of_two_at_once(ada: Shopper, ben: Shopper) -> None:
    await ask_for_a_link(ada)
    address = await link(ada.email, "sign in")
    answers = await asyncio.gather(*[ben.client.post(address) for _ in range(6)])
    assert sorted(answer.status_code for answer in answers) == [303] + [410] * 5
    assert await SignIn.count() == 1
    page = await ada.open(address)
    assert page.status == 410
    assert "It has been used" in page.says()
    await ada.follow("Ask for a new link")
    await ada.submit("Mail me a link", email=ada.email)
    await ada.open(await link(ada.email, "sign in"))
    await ada.submit("Sign in")
    assert await is_in(ada)


@pytest.mark.one_database
async def test_ada_who_opens_it_again_is_simply_in(ada: Shopper) -> None:
    await come_in_by_mail(ada)
    assert (await ada.open(await link(ada.email, "sign in"))).path == "/account"


async def test_after_fifteen_minutes_it_is_too_old(ada: Shopper) -> None:
    await ask_for_a_link(ada, then="/cart")
    address = await link(ada.email, "sign in")
    clock.move(timedelta(minutes=14, seconds=50))
    assert (await ada.open(address)).status == 200
    clock.move(timedelta(seconds=11))
    page = await ada.submit("Sign in")
    assert page.status == 410
    assert "too old" in page.says()
    assert page.link("Ask for a new link").endswith("/sign-in/link?next=/cart")
    assert not await is_in(ada)
    clock.move(timedelta(days=2))
    await ask_for_a_link(ada)
    assert await MailedLink.count() == len(await letters(ada.email, "sign in")) == 1
    assert (await ada.get(address)).status_code == 404


async def test_a_link_with_one_character_changed_is_not_found_and_offers_a_new_one(ada: Shopper) -> None:
    await ask_for_a_link(ada)
    address = changed(await link(ada.email, "sign in"))
    for wrong in (
        address,
        address + "A",
        "/sign-in/x",
        "/sign-in/%00",
        address.replace("sign-in", "password"),
    ):
        page = await ada.open(wrong)
        assert page.status == 404
        assert page.link("Ask for a new link")
        assert (await ada.post(wrong, {"password": "a kettle on the hob"})).status_code == 404
    assert not await is_in(ada)


@pytest.mark.one_database
async def test_the_letters_carry_the_links(ada: Shopper, shop: Shop) -> None:
    await come_in_by_mail(ada)
    assert shop.url + await link(ada.email, "sign in") in await text_of(shop, ada.email, "sign in")
    await ada.post("/password", {"email": ada.email})
    assert shop.url + await link(ada.email, "password") in await text_of(shop, ada.email, "password")


async def test_the_database_has_nothing_that_opens_a_link(ada: Shopper) -> None:
    await ask_for_a_link(ada)
    secret = (await link(ada.email, "sign in")).rpartition("/")[2]
    kept = str(await MailedLink.select()) + str(await Letter.select())
    assert secret not in kept
    assert digest_of(secret) in kept


async def test_whoever_registered_with_adas_e_mail_before_her_is_out_when_she_shows_that_it_is_hers(
    ada: Shopper, ben: Shopper
) -> None:
    await make_account(ben, email=ada.email)
    await ask_for_a_link(ada)
    page = await ada.open(await link(ada.email, "sign in"))
    assert "The password of this account" in page.says()
    await ada.submit("Sign in")
    assert await is_in(ada)
    assert not await is_in(ben)
    await sign_in(ben, email=ada.email)
    assert not await is_in(ben)


@pytest.mark.parametrize("way_in", ["/sign-in", "/register", "/account/password"])
async def test_and_is_not_in_either_by_showing_the_former_password_at_that_moment(
    ada: Shopper, ben: Shopper, monkeypatch: pytest.MonkeyPatch, way_in: str
) -> None:
    await make_account(ben, email=ada.email)
    shown, ada_is_in, agrees = asyncio.Event(), asyncio.Event(), passwords.agrees

    async def slowly(password: str, kept: str | None) -> bool:
        right = await agrees(password, kept)
        shown.set()
        await ada_is_in.wait()
        return right

    monkeypatch.setattr("shop.customers.passwords.agrees", slowly)
    form = {"email": ada.email, "password": ben.password, "current": ben.password}
    if way_in == "/account/password":
        form["password"] = "a kettle on the hob"
    trying = asyncio.create_task(ben.post(way_in, form))
    await shown.wait()
    await come_in_by_mail(ada)
    ada_is_in.set()
    await trying
    assert not await is_in(ben)
    assert await is_in(ada)
    customer = await Customer.objects().first()
    assert customer is not None
    assert customer.password_hash == ""


async def test_ada_who_is_signed_in_confirms_her_e_mail_and_keeps_her_password(ada: Shopper) -> None:
    await make_account(ada)
    await ada.open("/account")
    await ada.submit("Mail me a link to confirm it")
    page = await ada.open(await link(ada.email, "sign in"))
    assert "password" not in page.text("main").lower()
    page = await ada.submit("Confirm")
    assert page.path == "/account"
    assert not page.has(".account__confirm")
    await sign_out(ada)
    await sign_in(ada)
    assert await is_in(ada)


async def test_a_later_link_leaves_the_password_of_a_confirmed_account_alone(
    ada: Shopper, ben: Shopper
) -> None:
    await make_account(ada)
    await ask_for_a_link(ada)
    await ada.open(await link(ada.email, "sign in"))
    await ada.submit("Confirm")
    await ask_for_a_link(ben, ada.email)
    await ben.open(await link(ada.email, "sign in"))
    await ben.submit("Sign in")
    assert await is_in(ben)
    await sign_out(ada)
    await sign_in(ada)
    assert await is_in(ada)


@pytest.mark.one_database
@pytest.mark.parametrize("address", ["/sign-in/link", "/password", "/find-orders"])
async def test_what_is_no_e_mail_is_said_at_the_field_and_stays_there(ada: Shopper, address: str) -> None:
    await ada.open(address)
    page = await ada.submit(action=address, email="ada@example")
    assert page.status == 422
    assert "such as name@example.com" in page.text("#email-error")
    assert page.one("#email").attributes["value"] == "ada@example"
    assert await MailedLink.count() == 0


async def test_nobody_fills_adas_mailbox(ada: Shopper, ben: Shopper) -> None:
    said = [(await ask_for_a_link(ben, ada.email)).says() for _ in range(8)]
    assert len(set(said)) == 1
    assert len(await letters(ada.email, "sign in")) == 5
    clock.move(timedelta(hours=1, seconds=1))
    await come_in_by_mail(ada)
    assert await is_in(ada)


async def test_a_flood_of_links_does_not_keep_ada_out_the_day_after(ada: Shopper, ben: Shopper) -> None:
    await ask_for_a_link(ben)
    await run(
        'INSERT INTO "mailed_link" ("digest", "kind", "email", "then", "created_at", "expires_at")'
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 17000)"
        ' SELECT \'flood \' || i, "kind", "email", "then", "created_at", "expires_at"'
        ' FROM "mailed_link", n'
    )
    clock.move(timedelta(days=2))
    await come_in_by_mail(ada)
    assert await is_in(ada)
    assert await MailedLink.count() == 1


async def test_one_address_asks_for_thirty_letters_an_hour(ada: Shopper) -> None:
    form = {"email": "", "next": "/"}
    for number in range(30):
        answer = await ada.post("/password", form | {"email": f"{number}@example.com"})
        assert answer.status_code == 303
    await ada.open("/password")
    page = await ada.submit("Mail me a link", email=ada.email)
    assert page.status == 429
    assert 0 < int(page.headers["retry-after"]) <= 3600
    assert "Too many tries" in page.text("#email-error")


async def test_one_address_makes_thirty_accounts_an_hour(
    ada: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def quick(_: str) -> str:
        return "not a hash"

    monkeypatch.setattr("shop.customers.passwords.hashed", quick)
    for number in range(30):
        answer = await ada.post("/register", {"email": f"{number}@example.com", "password": ada.password})
        assert answer.status_code == 303
        ada.client.cookies.clear()
    page = await make_account(ada)
    assert page.status == 429
    assert "Retry-After" in page.headers
    assert await Customer.count() == 30


@pytest.mark.one_database
async def test_the_cookie_of_whoever_asked_is_kept_from_scripts(ada: Shopper) -> None:
    answer = await ada.post("/sign-in/link", {"email": ada.email})
    baked = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("asked="))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(baked.split("; "))
    kept = ada.client.cookies["asked"]
    assert (await ada.post("/password", {"email": ada.email})).status_code == 303
    assert ada.client.cookies["asked"] == kept


@pytest.mark.one_database
async def test_a_cookie_that_never_asked_is_not_taken_up(ada: Shopper) -> None:
    ada.client.cookies.set("asked", "x" * 43)
    answer = await ada.post("/sign-in/link", {"email": ada.email})
    assert "asked=" + "x" * 43 not in str(answer.headers)
