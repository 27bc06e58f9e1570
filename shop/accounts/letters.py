"""Letters with a link in them: to sign in, to choose a new password, to find one's orders."""

from typing import Any

from shop.accounts.past_orders import ordered_with
from shop.customers import brakes, mailed_links
from shop.customers.mailed_links import NEW_EMAIL, ORDERS, PASSWORD, SIGN_IN
from shop.customers.tables import Customer
from shop.database import repeatable, transaction
from shop.mail import outbox

KINDS = {SIGN_IN: "sign in", PASSWORD: "password", ORDERS: "find orders"}


async def ask(kind: str, email: str, browser: str, then: str) -> None:
    """Writes where there is something to say, and tells nobody whether there was."""
    await _write(kind, email, browser, then, silent=await brakes.press(brakes.letters_to(email)) > 0)


async def confirm_new_email(customer: int, email: str, browser: str) -> None:
    """Whether the e-mail has an account already is told to nobody but who reads its mail."""
    if await brakes.press(brakes.letters_to(email)) == 0:
        await _write_new_email(customer, email, browser)


@repeatable
async def _write_new_email(customer: int, email: str, browser: str) -> None:
    async with transaction():
        key, link = await mailed_links.make(NEW_EMAIL, email, browser, customer=customer)
        await outbox.write(key, NEW_EMAIL, email, link)


@repeatable
async def _write(kind: str, email: str, browser: str, then: str, *, silent: bool) -> None:
    async with transaction():
        # Without a letter nobody learns what the link is, and the page that follows is the same.
        key, link = await mailed_links.make(kind, email, browser, then)
        more = await _more(kind, email)
        if more is not None and not silent:
            await outbox.write(key, KINDS[kind], email, link | more)


async def _more(kind: str, email: str) -> dict[str, Any] | None:
    """What the letter tells beside the link; nothing where none shall be written."""
    if kind == PASSWORD:
        return {} if await Customer.exists().where(Customer.email == email) else None
    if kind == ORDERS:
        orders = await ordered_with(email)
        return {"orders": orders} if orders else None
    return {}
