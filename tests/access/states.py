"""Every page in every state, each reached as a shopper reaches it: plain HTTP, so that no browser waits."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import pytest

from shop.accounts import routes as accounts
from shop.catalogue.tables import Variant
from shop.orders.tables import Order
from tests.accounts.doors import make_account, sign_out
from tests.accounts.mailbox import link
from tests.backoffice.test_orders import WHY
from tests.journeys.steps import GOES_THROUGH, buy, fill_cart, go_to_pay, press_pay
from tests.support.operator import tell
from tests.support.pages import Page
from tests.support.shoppers import Guests, Shopper

MUG, BOWLS, GONE = "/products/potters-mug", "/products/nesting-bowls", "/products/storm-lantern"
BERLIN: dict[str, Any] = {
    "name": "Ada",
    "line1": "Long Street 1",
    "postal_code": "10115",
    "city": "Berlin",
    "phone": "",
}
# As long as an e-mail may well be, and without a place to break it.
LONG = "ada.of.the.very.long.name.and.the.longer.letterbox@example-of-a-long-name.example.com"
ODD: dict[str, Any] = {"name": "", "line1": "", "postal_code": "1", "city": "", "phone": "?"}
Seen = AsyncIterator[tuple[str, Page]]


@dataclass(frozen=True, slots=True)
class World:
    """The demonstration's shelves, and whoever comes in."""

    guest: Guests
    monkeypatch: pytest.MonkeyPatch

    @property
    def ada(self) -> Shopper:
        return self.guest("ada")


async def core(world: World) -> Seen:
    """Those that most shoppers see, in as few steps as may be."""
    ada = world.ada
    yield "home", await ada.open("/")
    yield "collection", await ada.open("/collections/kitchen")
    yield "nothing found", await ada.open("/search?q=xylophone")
    yield "product", await ada.open(MUG)
    yield "an add that cannot be", await ada.submit("Add to cart", quantity="x")
    await fill_cart(ada, "mug")
    await ada.open("/cart")
    yield "a cart with a number that is none", await ada.submit("Update", quantity="1e9")
    yield "review", await ada.open("/checkout")
    yield "review with what is missing", await ada.submit(action="/checkout", email="x@x", **ODD)
    yield "an order that is paid", await buy(ada, "mug", **BERLIN | {"email": LONG})
    yield "withdrawal", await ada.follow("Withdraw from contract here")
    yield "register", await ada.open("/register")
    await make_account(ada)
    yield "an account", await ada.open("/account")
    yield "404", await ada.open("/nothing-here")


async def shelves(world: World) -> Seen:
    ada = world.ada
    yield "home", await ada.open("/")
    yield "collection", await ada.open("/collections/kitchen")
    yield "a product of one kind", await ada.open(GONE)
    yield "a product of several kinds", await ada.open(MUG)
    await Variant.update({Variant.on_hand: 0}, force=True)
    yield "a product that is sold out", await ada.open(MUG)
    yield "collection, all of it sold out", await ada.open("/collections/kitchen")
    yield "something found", await ada.open("/search?q=mug")
    yield "nothing found", await ada.open("/search?q=xylophone")
    yield "nothing asked", await ada.open("/search")


async def carts(world: World) -> Seen:
    ada = world.ada
    yield "an empty cart", await ada.open("/cart")
    await ada.open(MUG)
    yield "an add that cannot be", await ada.submit("Add to cart", quantity="x")
    await fill_cart(ada, "mug")
    yield "a cart", await ada.open("/cart")
    yield "a number that is none", await ada.submit("Update", quantity="1e9")
    await ada.open("/cart")
    yield "a line taken out", await ada.submit("Remove")
    await fill_cart(ada, "mug", 3)
    await Variant.update({Variant.on_hand: 1}, force=True)
    yield "a cart that asks for too much", await ada.open("/cart")
    await Variant.update({Variant.on_hand: 9}, force=True)
    await go_to_pay(ada, **BERLIN)
    await fill_cart(ada, "towels")
    yield "a cart beside an order that waits", await ada.open("/cart")


async def reviewing(world: World) -> Seen:
    ada = world.ada
    await fill_cart(ada, "mug", 2)
    yield "review", await ada.open("/checkout")
    yield "review with what is missing", await ada.submit(action="/checkout", email="x@x", **ODD)
    yield "review, to the States", await ada.submit("Use this country", country="US")
    yield "review, to be collected", await ada.submit("Use this country", country="DE", way="way-3")
    await Variant.update({Variant.price: Variant.price + 100}, force=True)
    yield (
        "review after a price has changed",
        await ada.submit(action="/checkout", email=ada.email, name="Ada"),
    )
    await make_account(ada)
    await buy(ada, "mug", **BERLIN)
    await buy(ada, "mug", **BERLIN | {"line1": "Short Street 2"})
    await fill_cart(ada, "mug")
    yield "review of a customer", await ada.open("/checkout")


async def orders(world: World) -> Seen:
    ada, ben = world.ada, world.guest("ben")
    await fill_cart(ada, "mug", 2)
    session = await go_to_pay(ada, **BERLIN | {"email": LONG})
    waiting = f"/orders/{(await _newest()).token}"
    yield "an order that waits", await ada.open(waiting)
    yield "an order that is looked after", await ada.open(waiting + "?waited=0")
    yield "an order that takes long", await ada.open(waiting + "?waited=60")
    yield "an order left at the payment", await ada.open(waiting + "?cancelled=1")
    yield "an order of somebody else", await ben.open(f"/checkout/return?session_id={session}")
    await tell("orders", "cancel", str((await _newest()).number), *WHY)
    yield "an order that is cancelled", await ada.open(waiting)
    await fill_cart(ada, "mug")
    await go_to_pay(ada, **BERLIN)
    await ada.follow("SEPA")
    yield "an order at the bank", await ada.submit("Pay", iban=GOES_THROUGH, billingName="Ada")
    yield "an order that is paid", await buy(ada, "mug", 2, **BERLIN)
    paid = await _newest()
    await tell("orders", "ship", str(paid.number), "--carrier", "DHL", "--tracking", "0034", *WHY[2:])
    yield "an order that is sent", await ada.reload()
    await tell("orders", "refund", str(paid.number), *WHY)
    yield "an order that is refunded", await ada.reload()
    yield "an order that a stranger sees", await ben.open(ada.page.path)


async def withdrawing(world: World) -> Seen:
    ada = world.ada
    await fill_cart(ada, "towels")
    await buy(ada, "mug", 2, **BERLIN | {"email": LONG})
    order = await _newest()
    yield "withdrawal", await ada.open(f"/orders/{order.token}/withdrawal")
    yield "withdrawal with what is missing", await ada.submit("Go on", name="", email="x")
    await ada.open(f"/orders/{order.token}/withdrawal")
    yield "withdrawal once more", await ada.submit("Go on", name="Ada")
    yield "withdrawal received", await ada.submit("Confirm withdrawal")
    yield "withdrawn from all of it", await ada.open(f"/orders/{order.token}/withdrawal")
    yield "order withdrawn from", await ada.open(f"/orders/{order.token}")
    await buy(ada, "mug", **BERLIN)
    named = {"number": (await _newest()).number, "email": ada.email}
    yield "withdrawal by number", await ada.open("/withdrawal")
    yield "withdrawal by no number", await ada.submit("Go on", number="1", name="")
    yield "withdrawal by number once more", await ada.submit("Go on", name="Ada", **named)
    yield "withdrawal by number received", await ada.submit("Confirm withdrawal")


async def accounts_and_letters(world: World) -> Seen:
    ada = world.ada
    for address in ("/sign-in", "/register", "/sign-in/link", "/password", "/find-orders"):
        yield address, await ada.open(address)
        yield f"{address}, refused", await ada.submit(action=address, email="x")
    yield "letter sent", await ada.submit(action="/find-orders", email=LONG)
    await ada.open("/sign-in/link")
    await ada.submit(action="/sign-in/link", email=LONG)
    yield "a mailed link", await ada.open(await link(LONG, "sign in"))
    await ada.submit("Sign in")
    yield "an account by mail", await ada.open("/account")
    yield "a used link", await world.guest("ben").open(await link(LONG, "sign in"))
    await sign_out(ada)
    await make_account(ada)
    yield "an empty account", await ada.open("/account")
    yield "no link", await ada.open("/password/nothing")
    for address in ("/account/email", "/account/password"):
        yield address, await ada.open(address)
        yield f"{address}, refused", await ada.submit(action=address, current="")
    await buy(ada, "mug", 2, **BERLIN)
    await fill_cart(ada, "towels")
    await press_pay(ada, **BERLIN | {"line1": "Short Street 2"})
    yield "an account", await ada.open("/account")
    yield "an address", await ada.follow("Short Street 2")
    yield "an address with what is missing", await ada.submit("Keep the address", **ODD)


async def words(world: World) -> Seen:
    ada = world.ada
    for name in ("terms", "privacy", "returns", "imprint", "contact"):
        yield name, await ada.open(f"/policies/{name}")
    yield "404", await ada.open("/nothing-here")
    yield "404 of an order", await ada.open("/orders/nothing-here")
    await make_account(ada)
    world.monkeypatch.setattr(accounts, "past_orders", _breaks)
    yield "500", await ada.open("/account")


SCENES: dict[str, Callable[[World], Seen]] = {
    scene.__name__: scene
    for scene in (shelves, carts, reviewing, orders, withdrawing, accounts_and_letters, words)
}


async def _newest() -> Order:
    found = await Order.objects().order_by(Order.id, ascending=False).first()
    assert found is not None
    return found


async def _breaks(_: int) -> None:
    raise RuntimeError("a test wants the page for what nobody has thought of")
