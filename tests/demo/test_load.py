"""The demonstration catalogue on the shelves."""

import hashlib
from pathlib import Path

import pytest

from shop.catalogue.tables import Collection, Picture, Product, Variant
from shop.demo.load import load
from shop.money import believable
from tests.support.shoppers import Shopper


async def test_24_products_in_5_collections_one_nearly_gone_and_one_sold_out(environment: None) -> None:
    assert await load() == 24
    assert await Product.count() == 24
    assert await Collection.count() == 5
    stock: dict[int, int] = {}
    for row in await Variant.select(Variant.product, Variant.on_hand):
        stock[row["product"]] = stock.get(row["product"], 0) + row["on_hand"]
    assert 3 in stock.values()
    assert 0 in stock.values()


async def test_it_leaves_a_database_with_products_alone(environment: None) -> None:
    await load()
    await Product.update({Product.title: "Renamed"}, force=True)
    assert await load() == 0
    assert await Product.count().where(Product.title == "Renamed") == 24


async def test_every_picture_lies_in_the_media_folder_under_its_digest(
    environment: None, media: Path
) -> None:
    await load()
    rows = await Picture.select()
    assert {row["product"] for row in rows} == {row["id"] for row in await Product.select(Product.id)}
    for row in rows:
        content = (media / f"{row['digest']}.{row['extension']}").read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["digest"]
        assert row["alt"]


async def test_no_product_page_shows_a_picture_twice(ada: Shopper) -> None:
    await load()
    for row in await Variant.select(Variant.sku, Variant.product.slug.as_alias("slug")):
        page = await ada.open(f"/products/{row['slug']}?variant={row['sku']}")
        assert page.status == 200
        shown = [image.attributes["src"] for image in page.all(".gallery__strip img")]
        assert shown
        assert len(shown) == len(set(shown)), f"{row['sku']} shows {shown}"


@pytest.mark.parametrize(("currency", "minor"), [("EUR", 3450), ("JPY", 3450), ("KWD", 34500), ("ISK", 3500)])
def test_prices_are_believable_in_every_currency(currency: str, minor: int) -> None:
    assert believable(currency, 3450) == minor
