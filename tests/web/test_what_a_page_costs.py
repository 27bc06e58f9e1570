"""How many questions a page asks of the database, and how many bytes it is."""

from collections.abc import Callable
from typing import Any

import pytest
from httpx import Response

from shop.catalogue.tables import Variant
from shop.database import current_engine
from shop.demo.load import load
from tests.accounts.doors import make_account
from tests.journeys.steps import buy, fill_cart, go_to_pay
from tests.orders.swaps import swap
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import HTMX, Shopper

Asked = Callable[[], int]


@pytest.fixture
def asked(database: str, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """How many questions the database was asked since this was called last."""
    kind = type(current_engine())
    ask = kind.run_querystring
    seen = 0

    async def counting(self: Any, *given: Any, **named: Any) -> Any:
        nonlocal seen
        seen += 1
        return await ask(self, *given, **named)

    def since_last() -> int:
        nonlocal seen
        before, seen = seen, 0
        return before

    monkeypatch.setattr(kind, "run_querystring", counting)
    return since_last


async def questions(asked: Asked, shopper: Shopper, address: str) -> int:
    """The fewest of three times: news from Stripe may come in between."""
    counts = []
    for _ in range(3):
        asked()
        assert (await shopper.get(address)).status_code == 200
        counts.append(asked())
    return min(counts)


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/", 2),
        ("/collections", 1),
        ("/products", 3),
        ("/products?option.Kind=Clay&in_stock=1&from=1&to=900&sort=price", 3),
        ("/search?q=mug", 2),
        ("/products/mug-1", 4),
    ],
)
async def test_a_catalogue_page_asks_the_same_however_many_products_there_are(
    address: str, most: int, ada: Shopper, goods: Goods, asked: Asked
) -> None:
    await goods("mug-1", choices={"Clay": 1})
    few = await questions(asked, ada, address)
    for number in range(2, 20):
        await goods(f"mug-{number}", choices={f"Kind {kind}": 5 for kind in range(5)})
    assert await questions(asked, ada, address) == few <= most


@pytest.mark.parametrize(("address", "most"), [("/cart", 5), ("/checkout", 3), ("/products/mug-1", 5)])
async def test_a_cart_page_asks_the_same_however_many_lines_there_are(
    address: str, most: int, ada: Shopper, goods: Goods, asked: Asked
) -> None:
    skus = [(await goods(f"mug-{number}")).sku for number in range(15)]
    await ada.post("/cart/lines", {"variant": skus[0]})
    few = await questions(asked, ada, address)
    for sku in skus[1:]:
        await ada.post("/cart/lines", {"variant": sku})
    assert await questions(asked, ada, address) == few <= most


async def test_the_cart_page_asks_the_same_however_many_orders_wait(
    ada: Shopper, goods: Goods, sandbox: Sandbox, asked: Asked
) -> None:
    await goods("mug", stock=50)
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)
    few = await questions(asked, ada, "/cart")
    for _ in range(3):
        await fill_cart(ada, "Mug")
        await go_to_pay(ada)
    assert await questions(asked, ada, "/cart") == few


async def test_the_account_asks_the_same_however_many_orders_there_are(
    ada: Shopper, goods: Goods, sandbox: Sandbox, asked: Asked
) -> None:
    await goods("mug", stock=50)
    await make_account(ada)
    await buy(ada, "Mug")
    few = await questions(asked, ada, "/account")
    for _ in range(3):
        await buy(ada, "Mug")
    assert await questions(asked, ada, "/account") == few <= 3


@pytest.mark.parametrize("address", ["/sign-in", "/register"])
async def test_a_page_about_nothing_of_ours_asks_nothing(address: str, ada: Shopper, asked: Asked) -> None:
    assert await questions(asked, ada, address) == 0


async def test_a_change_of_the_cart_asks_little(ada: Shopper, goods: Goods, asked: Asked) -> None:
    await goods("mug", stock=50)
    await fill_cart(ada, "Mug")
    asked()
    await ada.swap("One more")
    assert asked() <= 10


@pytest.mark.parametrize("address", ["/", "/collections/kitchen", "/products/linen-cushion"])
async def test_a_page_with_everything_that_shows_it_fits_in_30_kilobytes(address: str, ada: Shopper) -> None:
    await load()
    page = await ada.open(address)
    assert page.status == 200
    shown = page.all('link[rel="stylesheet"], script[src]')
    addresses = [str(node.attributes.get("href") or node.attributes.get("src")) for node in shown]
    worn = [await ada.get(each) for each in addresses]
    assert sum([await sent(ada, each) for each in (address, *addresses)]) <= 30_000
    # Beside these and the pictures a browser asks for icon and manifest, and for what a stylesheet names.
    others = len(page.all('link[rel="icon"], link[rel="manifest"], link[rel="preload"]'))
    assert 1 + len(worn) + others + sum(each.text.count("url(") for each in worn) <= 8


async def test_a_change_of_a_cart_of_any_size_is_at_most_two_kilobytes_each_way(
    ada: Shopper, goods: Goods
) -> None:
    await load()
    for row in await Variant.select(Variant.sku).where(Variant.on_hand > 3).order_by(Variant.id).limit(25):
        is_light(await ada.post("/cart/lines", {"variant": row["sku"], "quantity": "900"}, headers=HTMX))
    await ada.open("/cart")
    lazy = [image.attributes.get("loading") for image in ada.page.all(".line img")]
    assert lazy == [None] + ["lazy"] * 24
    one, other = ada.page.all(".line")[0].id or "", ada.page.all(".line")[20].id or ""
    for button, line, filled_in in (
        ("One less", one, {}), ("Update", one, {"quantity": 900}), ("Update", other, {"quantity": "1e9"}),
        ("Update", one, {"quantity": 2}), ("Remove", one, {}), ("Put it back", "", {}), ("Remove", other, {}),
    ):  # fmt: skip
        answer = await swap(ada, button, line=line.removeprefix("line-"), **filled_in)
        is_light(answer.response)
        await ada.open(answer.headers["HX-Replace-Url"])
    assert len(ada.page.all(".line")) == 24
    form, drawer = ada.page.form("One more"), "http://localhost/products/potters-mug?variant=MUG-CLAY"
    for quantity in ("2", "900", "1e9", "0"):
        is_light(
            await ada.post(form.address, {"quantity": quantity}, headers=HTMX | {"HX-Current-URL": drawer})
        )


def is_light(answer: Response) -> None:
    asked = answer.request.content + b"".join(name + value for name, value in answer.request.headers.raw)
    assert answer.status_code in {200, 422}
    assert len(asked) <= 2_000
    assert answer.headers["content-encoding"] == "br"
    assert int(answer.headers["content-length"]) <= 2_000


async def sent(shopper: Shopper, address: str) -> int:
    """How many bytes a browser receives."""
    async with shopper.client.stream("GET", address, headers={"Accept-Encoding": "br"}) as answer:
        return len(b"".join([chunk async for chunk in answer.aiter_raw()]))
