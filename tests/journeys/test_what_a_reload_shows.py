"""What a control leaves on the screen is what a reload shows: each one, in every state of cart and order."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from shop.catalogue.tables import Variant
from shop.orders.tables import Order
from tests.access.states import BERLIN
from tests.backoffice.test_orders import WHY
from tests.delivery.shop_toml import sending
from tests.journeys.steps import go_to_pay
from tests.journeys.stripe_side import expire, pay
from tests.journeys.test_in_a_browser import reload_shows_the_same
from tests.support.browser import with_javascript
from tests.support.goods import put_on_sale, shelved
from tests.support.operator import tell
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Guests, Shopper

pytestmark = [pytest.mark.proof, pytest.mark.one_database, with_javascript]

# Whatever asks the shop for something. The header's search is on every page and has tests of its own.
CONTROLS = "form, [data-hx-get], [data-hx-post]"
WHERE = ("main", "dialog[open]")


@dataclass(frozen=True, slots=True)
class Setting:
    """One shopper with goods that nobody else has: mugs of two kinds, and a bowl."""

    ada: Shopper
    sandbox: Sandbox
    mug: Variant
    bowl: Variant

    async def left(self, variant: Variant, pieces: int) -> None:
        """None of it is promised to anybody in these states."""
        await Variant.update({Variant.on_hand: pieces}).where(Variant.id == variant.id)
        shelved[variant.id] = pieces

    async def put_in(self, variant: Variant, quantity: int = 1) -> None:
        await self.ada.post("/cart/lines", {"variant": variant.sku, "quantity": quantity})

    async def order(self) -> tuple[str, str]:
        """A placed order of two mugs: its address, and the session that waits for its payment."""
        await self.put_in(self.mug, 2)
        session = await go_to_pay(self.ada, **BERLIN)
        return await newest(), session


async def newest() -> str:
    found = await Order.objects().order_by(Order.id, ascending=False).first()
    assert found is not None
    return f"/orders/{found.token}"


# States: how each comes about, answering where it is looked at.


async def an_empty_cart(_: Setting) -> str:
    return "/cart"


async def one_line(at: Setting) -> str:
    await at.put_in(at.mug, 2)
    return "/cart"


async def several_lines(at: Setting) -> str:
    await at.put_in(at.bowl)
    return await one_line(at)


async def more_than_there_is(at: Setting) -> str:
    await at.put_in(at.mug, 4)
    await at.left(at.mug, 3)
    return "/cart"


async def sold_out(at: Setting) -> str:
    await several_lines(at)
    await at.left(at.mug, 0)
    return "/cart"


async def another_price(at: Setting) -> str:
    await several_lines(at)
    await Variant.update({Variant.price: 1500}).where(Variant.id == at.mug.id)
    return "/cart"


async def taken_out(at: Setting) -> str:
    await one_line(at)
    await at.put_in(at.bowl)
    await at.ada.open("/cart")
    return (await at.ada.submit("Remove")).path


async def an_order_waits_beside(at: Setting) -> str:
    await at.order()
    await at.put_in(at.bowl)
    return "/cart"


async def the_bank_decides_beside(at: Setting) -> str:
    _, session = await at.order()
    await pay(at.sandbox, session, "delayed")
    await at.put_in(at.bowl)
    return "/cart"


async def come_back(at: Setting) -> str:
    _, session = await at.order()
    await expire(at.sandbox, session)
    return "/cart"


async def a_product(at: Setting) -> str:
    return "/products/" + at.mug.sku.lower().removesuffix("-clay")


async def under_review(at: Setting) -> str:
    await at.put_in(at.mug, 2)
    return "/checkout"


async def pending(at: Setting) -> str:
    return (await at.order())[0]


async def left_at_the_payment(at: Setting) -> str:
    return await pending(at) + "?cancelled=1"


async def being_looked_after(at: Setting) -> str:
    return await pending(at) + "?waited=0"


async def processing(at: Setting) -> str:
    order, session = await at.order()
    await pay(at.sandbox, session, "delayed")
    return order


async def paid(at: Setting) -> str:
    order, session = await at.order()
    await pay(at.sandbox, session)
    return order


async def refunded(at: Setting) -> str:
    order = await paid(at)
    await tell("orders", "refund", await number(order), *WHY)
    return order


async def cancelled(at: Setting) -> str:
    order = await pending(at)
    await tell("orders", "cancel", await number(order), *WHY)
    return order


async def withdrawing(at: Setting) -> str:
    return await paid(at) + "/withdrawal"


async def withdrawn(at: Setting) -> str:
    order = await paid(at)
    await at.ada.open(order + "/withdrawal")
    await at.ada.submit("Go on", name="Ada")
    await at.ada.submit("Confirm withdrawal")
    return order


async def number(order: str) -> str:
    row = await Order.select(Order.number).where(Order.token == order.removeprefix("/orders/")).first()
    assert row is not None
    return str(row["number"])


STATES = (
    an_empty_cart, one_line, several_lines, more_than_there_is, sold_out, another_price, taken_out,
    an_order_waits_beside, the_bank_decides_beside, come_back, a_product, under_review, pending,
    left_at_the_payment, being_looked_after, processing, paid, refunded, cancelled, withdrawing, withdrawn,
)  # fmt: skip
NOTHING_TO_DO = (an_empty_cart, processing, cancelled)

# Acts: what a shopper does with each kind of control.


async def press(control: Locator) -> None:
    """A control that can do nothing now is pressed as well, and does nothing."""
    await control.locator("button:visible").last.click(force=True)


async def follow(control: Locator) -> None:
    await control.click()


async def type_a_number(control: Locator) -> None:
    await control.locator("input").fill("3")
    await control.locator("input").press("Enter")


async def choose(control: Locator) -> None:
    await control.select_option("AT")


async def fill_in(control: Locator) -> None:
    for label in ("E-mail", "Your name", "Name", "Street and number", "Postal code", "Town or city"):
        field = control.get_by_label(label, exact=True)
        if await field.count() and not await field.input_value():
            await field.fill("ada@example.com" if label == "E-mail" else "10115")
    await press(control)


async def only_look(control: Locator) -> None:
    """It asks by itself."""
    async with control.page.expect_response(re.compile("waited=")):
        pass


ACTS: dict[str, Callable[[Locator], Awaitable[None]]] = {
    "[data-step='1']": press,
    "[data-step='-1']": press,
    ".stepper__amount": type_a_number,
    "form:has(> [id^='remove-'])": press,
    "form:has(> [id^='lower-'])": press,
    "#undo": press,
    "form[action$='/payment']": press,
    "form[action$='/reopen']": press,
    "form[method='dialog']": press,
    "#add": press,
    ".choice": follow,
    "form.review__pay": fill_in,
    "select[name='country']": choose,
    ".way__choice": follow,
    "form.withdrawal__form": fill_in,
    "#keep": press,
    "#order-status[data-hx-trigger^='load']": only_look,
}


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    return sending(tmp_path)


@pytest.fixture
def setting(guest: Guests, sandbox: Sandbox) -> Callable[[], Awaitable[Setting]]:
    async def made() -> Setting:
        mug = await put_on_sale(choices={"Clay": 9, "Moss": 3})
        return Setting(guest("ada"), sandbox, mug, await put_on_sale())

    return made


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
async def test_it_shows_what_is_on_the_screen(
    state: Callable[[Setting], Awaitable[str]], setting: Callable[[], Awaitable[Setting]], page: Page
) -> None:
    await arrive(page, await setting(), state)
    here = await kinds(page)
    assert bool(here) == (state not in NOTHING_TO_DO)
    for kind in here:
        await arrive(page, await setting(), state)
        await act(page, page.locator(kind).last, ACTS[kind])


async def test_it_shows_what_is_below_the_drawer(
    setting: Callable[[], Awaitable[Setting]], page: Page
) -> None:
    async def opened() -> None:
        at = await setting()
        await arrive(page, at, a_product)
        await page.locator("#add-button").click()
        await expect(page.get_by_role("dialog")).to_be_visible()

    await opened()
    for kind in set(await kinds(page)) - {"#add", ".choice"}:
        await opened()
        await act(page, page.get_by_role("dialog").locator(kind).last, ACTS[kind])


async def arrive(page: Page, at: Setting, state: Callable[[Setting], Awaitable[str]]) -> None:
    """The browser looks at it with the cookies that came about."""
    address = await state(at)
    await page.context.clear_cookies()
    for cookie in at.ada.client.cookies.jar:
        await page.context.add_cookies(
            [{"name": cookie.name, "value": str(cookie.value), "domain": "localhost", "path": "/"}]
        )
    await page.goto(address)
    await reload_shows_the_same(page, "main", ".site-header")


async def kinds(page: Page) -> list[str]:
    """Which of ours the controls on the page are; one that is none of them has no case here yet."""
    found = []
    for place in WHERE:
        for control in await page.locator(place).locator(CONTROLS).all():
            html = await control.evaluate("control => control.outerHTML.slice(0, 300)")
            kind = [one for one in ACTS if await control.evaluate("(it, one) => it.matches(one)", one)]
            assert len(kind) == 1, f"{kind} for {html}"
            found += kind
    return list(dict.fromkeys(found))


async def act(page: Page, control: Locator, how: Callable[[Locator], Awaitable[None]]) -> None:
    await how(control)
    # Longer than a stepper waits for Enter to be a change as well.
    await asyncio.sleep(0.05)
    await page.wait_for_load_state("networkidle")
    if "/c/pay/" not in page.url:
        await reload_shows_the_same(page, "main", ".site-header")
