"""Signing in: who gets in, where to, and with which cookie."""

import logging
from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from shop import clock
from shop.customers import passwords
from shop.customers.tables import Customer, SignIn
from shop.web.cookies import digest, mint
from tests.accounts.doors import is_in, make_account, sign_in, sign_out
from tests.support.shoppers import Shopper


async def test_ada_signs_in_and_lands_on_the_home_page(ada: Shopper) -> None:
    await make_account(ada)
    await sign_out(ada)
    assert (await sign_in(ada)).path == "/"
    assert await is_in(ada)


async def test_ada_asks_for_her_account_signs_in_and_sees_it(ada: Shopper) -> None:
    await make_account(ada)
    await sign_out(ada)
    page = await ada.open("/account")
    assert page.path == "/sign-in?next=/account"
    assert (await ada.submit("Sign in", email=ada.email, password=ada.password)).path == "/account"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "/\\evil.example", "https://evil.example/", "javascript:alert(1)", "evil", ""],
)
async def test_nobody_is_sent_to_another_site(ada: Shopper, elsewhere: str) -> None:
    await make_account(ada)
    form = {"email": ada.email, "password": ada.password, "next": elsewhere}
    assert (await ada.post("/sign-in", form)).headers["location"] == "/"
    signed_in = await ada.get("/sign-in", params={"next": elsewhere})
    assert signed_in.headers["location"] == ("/" if elsewhere else "/account")


async def test_ada_who_is_in_already_goes_on(ada: Shopper) -> None:
    await make_account(ada)
    for address in ("/sign-in", "/register"):
        assert (await ada.get(address)).headers["location"] == "/account"
        assert (await ada.get(address + "?next=/cart")).headers["location"] == "/cart"


async def test_a_wrong_password_and_an_unknown_e_mail_are_answered_alike(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    wrong = await sign_in(ben, email=ada.email)
    assert wrong.status == 422
    assert not await is_in(ben)
    unknown = await sign_in(ben, email="cleo@example.com")
    assert unknown.status == 422
    assert wrong.text("#password-error") == unknown.text("#password-error")
    assert unknown.one("#email").attributes["value"] == "cleo@example.com"
    assert ben.password not in unknown.response.text


async def test_an_unknown_e_mail_takes_as_much_work_as_a_known_one(
    ada: Shopper, ben: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    await make_account(ada)
    await sign_in(ben, email="cleo@example.com")
    compared: list[str] = []

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            compared.append(kept)
            return real.verify(kept, password)

    real = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Counting())
    await sign_in(ben, email="cleo@example.com")
    await sign_in(ben, email=ada.email)
    assert len(compared) == 2
    assert [kept.split("$")[:4] for kept in compared] == [compared[1].split("$")[:4]] * 2


async def test_missing_fields_are_said_where_they_are_missing(ada: Shopper) -> None:
    page = await sign_in(ada, email="", password="")
    assert page.status == 422
    assert page.text("#password-error") == "Enter your password."
    assert "such as name@example.com" in page.text("#email-error")


async def test_every_sign_in_gets_a_cookie_of_its_own_and_ends_the_one_before(ada: Shopper) -> None:
    await make_account(ada)
    first = ada.client.cookies["signed_in"]
    await ada.post("/sign-in", {"email": ada.email, "password": ada.password})
    second = ada.client.cookies["signed_in"]
    assert first != second
    assert [row["digest"] for row in await SignIn.select(SignIn.digest)] == [digest(second)]


async def test_a_cookie_that_the_shop_did_not_mint_is_never_taken_over(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    chosen = mint()
    ben.client.cookies.set("signed_in", chosen)
    assert not await is_in(ben)
    await make_account(ben)
    assert await SignIn.exists().where(SignIn.digest == digest(chosen)) is False


@pytest.mark.parametrize("value", ["1", "x" * 43 + "=", "' OR 1=1 --", "x" * 4000])
async def test_nonsense_in_the_cookie_is_ignored(ada: Shopper, value: str) -> None:
    answer = await ada.get(
        "/account", headers={"Cookie": f"signed_in={value}; cart={value}; cart_count={value}"}
    )
    assert answer.headers["location"] == "/sign-in?next=/account"


async def test_the_cookie_is_kept_from_scripts_and_other_sites(ada: Shopper) -> None:
    answer = await ada.post("/register", {"email": ada.email, "password": ada.password})
    baked = next(line for line in answer.headers.get_list("set-cookie") if line.startswith("signed_in="))
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=2592000"} <= set(baked.split("; "))
    assert answer.headers["cache-control"] == "no-store"


async def test_pages_of_the_account_are_private(ada: Shopper) -> None:
    await make_account(ada)
    assert "private" in (await ada.get("/account")).headers["cache-control"]
    await sign_out(ada)
    assert "private" in (await ada.get("/sign-in")).headers["cache-control"]


async def test_ada_signs_in_again_after_thirty_days_and_the_old_row_goes(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    clock.move(timedelta(days=29))
    assert await is_in(ada)
    clock.move(timedelta(days=1, minutes=1))
    assert not await is_in(ada)
    await make_account(ben)
    assert await SignIn.count() == 1


async def test_signing_out_ends_the_cookie_for_good(ada: Shopper) -> None:
    await make_account(ada)
    cookie = ada.client.cookies["signed_in"]
    page = await sign_out(ada)
    assert page.path == "/"
    assert not {"signed_in", "cart_count"} & set(ada.client.cookies)
    ada.client.cookies.set("signed_in", cookie)
    assert not await is_in(ada)


async def test_signing_out_twice_is_quiet(ada: Shopper) -> None:
    assert (await ada.post("/sign-out")).headers["location"] == "/"


async def test_signing_out_here_leaves_the_other_browser_in(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    await sign_in(ben, email=ada.email, password=ada.password)
    await sign_out(ben)
    assert await is_in(ada)


async def test_a_hash_of_older_strength_is_renewed_at_sign_in(
    ada: Shopper, monkeypatch: pytest.MonkeyPatch
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with monkeypatch.context() as earlier:
        earlier.setattr(passwords, "HASHER", weak)
        await make_account(ada)
    await sign_in_after_out(ada)
    assert "m=19456,t=2,p=1" in await _kept(ada)
    await sign_in_after_out(ada)


async def test_neither_e_mail_nor_password_reaches_the_log(
    ada: Shopper, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await make_account(ada)
    await sign_in_after_out(ada)
    await sign_out(ada)
    await sign_in(ada, password="not the kettle")
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("shop")]
    assert not [
        line for line in caplog.text.splitlines() + ours if ada.password in line or "ada@example" in line
    ]
    assert "not the kettle" not in caplog.text


async def sign_in_after_out(shopper: Shopper) -> None:
    await sign_out(shopper)
    await sign_in(shopper)
    assert await is_in(shopper)


async def _kept(shopper: Shopper) -> str:
    row = await Customer.select(Customer.password_hash).where(Customer.email == shopper.email).first()
    assert row is not None
    return str(row["password_hash"])


async def test_that_it_worked_is_said_once_and_read_out(ada: Shopper) -> None:
    await make_account(ada)
    assert ada.page.text(".said") == "Your account is made, and you are signed in."
    await ada.reload()
    assert not ada.page.has(".said")
    await sign_out(ada)
    assert ada.page.text(".said") == "You are signed out."
    await sign_in(ada)
    assert ada.page.text(".said") == "You are signed in."
    assert {"role", "tabindex", "autofocus"} <= ada.page.one(".said").attributes.keys()
    ada.client.cookies.set("said", "<b>nothing of ours", domain="localhost.local")
    await ada.open("/account")
    assert not ada.page.has(".said")
