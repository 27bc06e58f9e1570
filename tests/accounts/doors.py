"""The ways in and out, as a shopper goes them."""

from typing import Any

from tests.support.pages import Page
from tests.support.shoppers import Shopper


async def make_account(shopper: Shopper, email: str | None = None, password: str | None = None) -> Page:
    await shopper.open("/register")
    return await shopper.submit("Make the account", **_typed(shopper, email, password))


async def sign_in(shopper: Shopper, email: str | None = None, password: str | None = None) -> Page:
    await shopper.open("/sign-in")
    return await shopper.submit("Sign in", **_typed(shopper, email, password))


async def sign_out(shopper: Shopper) -> Page:
    await shopper.open("/account")
    return await shopper.submit("Sign out")


async def is_in(shopper: Shopper) -> bool:
    answer = await shopper.get("/account")
    assert answer.status_code == 200 or answer.headers["location"] == "/sign-in?next=/account"
    return answer.status_code == 200


def _typed(shopper: Shopper, email: str | None, password: str | None) -> dict[str, Any]:
    return {
        "email": shopper.email if email is None else email,
        "password": shopper.password if password is None else password,
    }
