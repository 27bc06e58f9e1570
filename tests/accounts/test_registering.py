"""Making an account."""

import asyncio
from unicodedata import normalize

import pytest

from shop.customers.tables import Customer, SignIn
from tests.accounts.doors import is_in, make_account, sign_in, sign_out
from tests.support.shoppers import Shopper


async def test_ada_makes_an_account_and_is_in(ada: Shopper) -> None:
    page = await make_account(ada)
    assert (page.status, page.path) == (200, "/")
    assert (await ada.open("/account")).text(".account__email") == "ada@example.com"


async def test_ada_returns_to_the_page_that_asked_for_an_account(ada: Shopper) -> None:
    await ada.open("/sign-in?next=/search%3Fq%3Dmug")
    await ada.follow("Make an account")
    page = await ada.submit("Make the account", email=ada.email, password=ada.password)
    assert page.path == "/search?q=mug"


async def test_an_e_mail_is_one_account_however_it_is_written(ada: Shopper) -> None:
    await make_account(ada, email="  Ada@Example.COM ")
    await sign_out(ada)
    await sign_in(ada, email="ADA@example.com")
    assert await is_in(ada)
    assert [row["email"] for row in await Customer.select(Customer.email)] == ["ada@example.com"]


async def test_ada_who_registers_twice_with_her_password_is_simply_in(ada: Shopper) -> None:
    await make_account(ada)
    await sign_out(ada)
    assert (await make_account(ada)).status == 200
    assert await is_in(ada)


async def test_ben_cannot_take_adas_e_mail(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    page = await make_account(ben, email=ada.email)
    assert page.status == 422
    assert "sign in with the password you have" in page.text("#email-error")
    assert page.one("#email").attributes["value"] == ada.email
    assert not await is_in(ben)


async def test_of_two_registrations_at_once_one_account_is_left_and_both_are_in(ada: Shopper) -> None:
    form = {"email": ada.email, "password": ada.password}
    answers = await asyncio.gather(*[ada.client.post("/register", data=form) for _ in range(6)])
    assert [answer.status_code for answer in answers] == [303] * 6
    assert await Customer.count() == 1
    assert await SignIn.count() >= 1


@pytest.mark.parametrize(
    "email", ["", "ada", "ada@", "ada@example", "a b@example.com", "ada@exa\x00mple", "@example.com"]
)
async def test_what_is_no_e_mail_is_said_at_the_field(ada: Shopper, email: str) -> None:
    page = await make_account(ada, email=email)
    assert page.status == 422
    assert "such as name@example.com" in page.text("#email-error")
    assert not page.has("#password-error")
    assert await Customer.count() == 0


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "at least 8"),
        ("kettles", "longer"),
        ("k" * 1001, "shorter"),
        ("k" * 5000, "shorter"),
        ("password", "most common"),
        ("Sunshine", "most common"),
        ("1234567890", "most common"),
        ("ADA@example.com", "your e-mail"),
        ("Hearthside", "the shop’s name"),
    ],
)
async def test_a_password_that_is_guessed_first_is_refused_at_its_field(
    ada: Shopper, password: str, says: str
) -> None:
    page = await make_account(ada, password=password)
    assert page.status == 422
    assert says in page.text("#password-error")
    assert page.one("#email").attributes["value"] == ada.email
    assert page.one("#password").attributes["value"] in ("", None)
    assert await Customer.count() == 0


@pytest.mark.parametrize(
    "password",
    ["kettle on", "ä kettle 🫖🫖", "k" * 1000, "        .", "a kettle\x00 on", "<b>kettle</b>'\"; --"],
)
async def test_any_other_password_is_good_and_opens_the_account_again(ada: Shopper, password: str) -> None:
    await make_account(ada, password=password)
    await sign_out(ada)
    await sign_in(ada, password=password)
    assert await is_in(ada)


async def test_an_accent_counts_the_same_from_every_keyboard(ada: Shopper) -> None:
    await make_account(ada, password=normalize("NFC", "café kettle"))
    await sign_out(ada)
    await sign_in(ada, password=normalize("NFD", "café kettle"))
    assert await is_in(ada)


async def test_a_form_without_any_field_is_answered_with_the_form(ada: Shopper) -> None:
    for address in ("/register", "/sign-in"):
        answer = await ada.post(address)
        assert answer.status_code == 422
        assert 'name="email"' in answer.text
