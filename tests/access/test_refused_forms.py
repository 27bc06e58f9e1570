"""A form that is refused says so where the reader is, then at each field; what was typed is not lost."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest
from playwright.async_api import Page as Window
from playwright.async_api import expect

from tests.access.looking import show
from tests.access.states import BERLIN, World
from tests.accounts.doors import make_account
from tests.journeys.steps import buy, fill_cart
from tests.support.browser import Complaints, mostly_with_javascript
from tests.support.pages import Page
from tests.support.shoppers import Shopper

pytestmark = pytest.mark.one_database


@dataclass(frozen=True, slots=True)
class Refused:
    """What is typed into a form, and the fields that something is wrong with, in their order on the page."""

    button: str
    typed: dict[str, str]
    wrong: list[str]


OPEN = {
    "/sign-in": Refused("Sign in", {"email": "ada"}, ["email", "password"]),
    "/register": Refused("Make the account", {"email": "ada@", "password": "mug"}, ["email", "password"]),
    "/find-orders": Refused("Mail me my orders", {"email": "ada"}, ["email"]),
    "/withdrawal": Refused("Go on", {"number": "1", "email": "ada@example.com"}, ["number", "name"]),
}


async def review(ada: Shopper) -> tuple[Page, Refused]:
    await fill_cart(ada, "mug")
    typed = {"email": "ada", "name": "Ada", "line1": "", "postal_code": "1", "city": "Berlin", "phone": "?"}
    return await ada.open("/checkout"), Refused(
        "Order and pay", typed, ["email", "line1", "postal_code", "phone"]
    )


async def a_withdrawal(ada: Shopper) -> tuple[Page, Refused]:
    await fill_cart(ada, "towels")
    await buy(ada, "mug", **BERLIN)
    await ada.follow("Withdraw from contract here")
    return ada.page, Refused("Go on", {"name": "", "email": "ada"}, ["name", "email"])


async def an_address(ada: Shopper) -> tuple[Page, Refused]:
    await make_account(ada)
    await buy(ada, "mug", **BERLIN)
    await ada.open("/account")
    wrong = ["name", "line1", "postal_code"]
    typed = {"name": "", "line1": "", "postal_code": "1", "city": "Bonn"}
    return await ada.follow("Long Street 1"), Refused("Keep the address", typed, wrong)


async def another_e_mail(ada: Shopper) -> tuple[Page, Refused]:
    await make_account(ada)
    return await ada.open("/account/email"), Refused("Mail me a link", {"email": "x"}, ["email", "current"])


async def another_password(ada: Shopper) -> tuple[Page, Refused]:
    await make_account(ada)
    wrong = ["current", "password"]
    return await ada.open("/account/password"), Refused("Keep the new password", {"password": "mug"}, wrong)


OWN: tuple[Callable[[Shopper], Awaitable[tuple[Page, Refused]]], ...] = (
    review,
    a_withdrawal,
    an_address,
    another_e_mail,
    another_password,
)


@mostly_with_javascript
async def test_a_form_that_is_refused_takes_the_reader_to_what_is_wrong(
    page: Window, complaints: Complaints
) -> None:
    complaints.expect("422")
    await page.goto("/register")
    await is_refused(page, OPEN["/register"])


@pytest.mark.proof
async def test_so_does_every_other_form_that_anybody_may_send(page: Window, complaints: Complaints) -> None:
    complaints.expect("422")
    for address, refused in OPEN.items():
        await page.goto(address)
        await is_refused(page, refused)


@pytest.mark.proof
@pytest.mark.parametrize("form", OWN)
async def test_and_every_form_that_is_somebodys_own(
    world: World,
    page: Window,
    complaints: Complaints,
    form: Callable[[Shopper], Awaitable[tuple[Page, Refused]]],
) -> None:
    complaints.expect("422")
    opened, refused = await form(world.ada)
    await show(page, opened)
    await is_refused(page, refused)


async def is_refused(page: Window, refused: Refused) -> None:
    form = page.locator("main form").filter(has=page.get_by_role("button", name=refused.button, exact=True))
    for name, value in refused.typed.items():
        await form.locator(f"[name={name}]").fill(value)
    # Review also sends what is typed, to be kept; that is another address.
    asked = re.escape(await form.get_attribute("action") or "") + "$"
    async with page.expect_response(re.compile(asked)) as answered:
        await form.get_by_role("button", name=refused.button, exact=True).click()
    assert (await answered.value).status == 422
    await expect(page).to_have_title(re.compile("^Error: "))
    summary = page.get_by_role("alert")
    await expect(summary).to_be_focused()
    links = await summary.get_by_role("link").all()
    assert [(await link.get_attribute("href") or "")[1:] for link in links] == refused.wrong
    for link, field in zip(links, refused.wrong, strict=True):
        await link.click()
        await expect(page.locator(f"#{field}")).to_be_focused()
        await expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
        await expect(page.locator(f"#{field}")).to_have_accessible_description(
            re.compile(re.escape(await link.inner_text()))
        )
    for name, value in refused.typed.items():
        secret = await form.locator(f"[name={name}]").get_attribute("type") == "password"
        await expect(form.locator(f"[name={name}]")).to_have_value("" if secret else value)
