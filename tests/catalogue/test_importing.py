"""`python -m shop products …`: the merchant's own goods, from a CSV file and back into one."""

import re
from pathlib import Path

import pytest
from PIL import Image

from shop.catalogue.exchange.columns import COLUMNS
from shop.catalogue.folding import fold
from shop.catalogue.tables import Collection, PastPrice, Product, StockMovement, Variant
from shop.database import current_engine, run
from shop.environment import BadSetting
from shop.serving.commands.kinds import Answer
from tests.support.commands import REPOSITORY
from tests.support.goods import Goods
from tests.support.operator import tell
from tests.support.shoppers import Shopper

TWO_PRODUCTS = """\
product;title;summary;collection;option1;value1;sku;price;on_hand
mug;Potter's mug;Stoneware;Kitchen;Colour;Blue;MUG-BLUE;12,34;5
;;;;;White;MUG-WHITE;12,34;3
;Große Kanne;A can;Kitchen;;;CAN;19.99;2
"""


@pytest.fixture(autouse=True)
def _here(environment: None) -> None:
    """The settings and the database of a shop."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "goods.csv"


async def bring_in(file: Path, text: str | bytes, *options: str) -> Answer:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return await tell("products", "import", str(file), "--by", "the merchant", *options)


def problems(answer: Answer) -> list[tuple[int, str]]:
    assert answer.code == 1
    assert not answer.data["written"]
    return [(problem["row"], problem["column"]) for problem in answer.data["problems"]]


async def test_a_try_writes_nothing_and_yes_writes_all_of_it(file: Path, ada: Shopper) -> None:
    tried = await bring_in(file, TWO_PRODUCTS)
    assert (tried.code, tried.data["written"]) == (0, False)
    assert tried.data["variants"]["added"] == 3
    assert not await Product.exists()
    done = await bring_in(file, TWO_PRODUCTS, "--yes")
    assert done.lines[-1] == "Written: 2 products added, 3 variants added."
    page = await ada.open("/products/mug?variant=MUG-WHITE")
    assert page.text("h1") == "Potter's mug"
    assert page.text(".product__price") == "€12.34"
    assert page.text("#choices-title") == "Colour: White"
    assert (await ada.open("/collections/kitchen")).texts(".card__title") == ["Potter's mug", "Große Kanne"]
    assert (await ada.open("/products/grosse-kanne")).text(".product__price") == "€19.99"


async def test_what_is_new_leaves_a_price_and_a_count(file: Path) -> None:
    await bring_in(file, TWO_PRODUCTS, "--yes")
    prices = await PastPrice.select(PastPrice.variant.sku, PastPrice.price).order_by(PastPrice.id)
    assert [(row["variant.sku"], row["price"]) for row in prices] == [
        ("MUG-BLUE", 1234), ("MUG-WHITE", 1234), ("CAN", 1999),
    ]  # fmt: skip
    counts = await StockMovement.select().order_by(StockMovement.id)
    assert [(row["change"], row["on_hand"], row["actor"], row["why"]) for row in counts] == [
        (pieces, pieces, "staff:the merchant", "import of goods.csv") for pieces in (5, 3, 2)
    ]


async def test_a_second_import_changes_nothing_and_says_so(file: Path) -> None:
    await bring_in(file, TWO_PRODUCTS, "--yes")
    again = await bring_in(file, TWO_PRODUCTS, "--yes")
    assert again.lines == ("Nothing differs: all 3 rows are in the shop as they are in the file.",)
    assert await StockMovement.count() == 3


async def test_only_what_differs_is_changed(file: Path) -> None:
    await bring_in(file, TWO_PRODUCTS, "--yes")
    head = "\ufeffsku,product,title,price,compare_at,retired\n"
    rows = "MUG-WHITE,mug,Mug,11.34,12.34,no\nCAN,grosse-kanne,,,,yes\n"
    changed = await bring_in(file, head + rows, "--yes")
    assert changed.lines == (
        '~ mug changed: title "Potter\'s mug" → "Mug"',
        "~ MUG-WHITE changed: price €12.34 → €11.34, compare_at none → €12.34",
        "- CAN retired",
        "Written: 1 product changed, 1 variant changed, 1 variant retired.",
    )
    blue = (Variant.sku == "MUG-BLUE") & (Variant.price == 1234) & Variant.retired_at.is_null()
    assert await Variant.exists().where(blue)


async def test_whatever_an_import_changes_is_searched_for_as_it_is_now(file: Path) -> None:
    await bring_in(file, TWO_PRODUCTS, "--yes")
    await the_index_is_in_step(2)
    head = "product,title,collection,option1,sku,value1,price,retired\n"
    rows = "mug,Cüp,Table,Colour,MUG-BLUE,Azure,9,no\n,,,,MUG-RED,Red,9,no\n,,,,MUG-WHITE,White,9,yes\n"
    assert (await bring_in(file, head + rows, "--yes")).code == 0
    await the_index_is_in_step(2)
    await Product.update({Product.title: "By hand"}).where(Product.slug == "mug")
    await the_index_is_in_step(2)


async def the_index_is_in_step(products: int) -> None:
    key = "rowid" if current_engine().engine_type == "sqlite" else '"product"'
    told = await run(
        f'SELECT s.*, o."title" AS "t", o."names" AS "n", o."prose" AS "p" FROM "product_search" s'
        f' JOIN "product_search_source" o ON o."id" = s.{key}'
    )
    assert len(told) == products
    for row in told:
        assert [row["title"], row["names"], row["prose"]] == [fold(row[name]) for name in "tnp"]


async def test_a_known_sku_says_which_product_is_meant(file: Path) -> None:
    await bring_in(file, TWO_PRODUCTS, "--yes")
    priced = await bring_in(file, "sku;price\nCAN;18,99\nMUG-BLUE;11,34\n", "--yes")
    assert priced.lines[-1] == "Written: 2 variants changed."
    assert problems(await bring_in(file, "sku;title\nCAN;Kanne\n", "--yes")) == [(2, "sku")]
    called = await bring_in(file, "sku;product;title\nCAN;grosse-kanne;Kanne\n", "--yes")
    assert called.lines[0] == '~ grosse-kanne changed: title "Große Kanne" → "Kanne"'
    assert "Nothing differs" in (await bring_in(file, "sku;title\nCAN;Kanne\n")).lines[-1]


async def test_pieces_of_a_known_sku_are_counted_only_where_that_is_asked_for(file: Path) -> None:
    await bring_in(file, TWO_PRODUCTS, "--yes")
    later = TWO_PRODUCTS.replace("12,34;5", "12,34;50")
    left = await bring_in(file, later, "--yes")
    assert "--stock" in left.lines[-2]
    assert await Variant.exists().where((Variant.sku == "MUG-BLUE") & (Variant.on_hand == 5))
    await bring_in(file, later, "--yes", "--stock")
    assert await Variant.exists().where((Variant.sku == "MUG-BLUE") & (Variant.on_hand == 50))
    await Variant.update({Variant.reserved: 7}).where(Variant.sku == "MUG-BLUE")
    assert problems(await bring_in(file, TWO_PRODUCTS, "--yes", "--stock")) == [(2, "on_hand")]


WRONG = {
    "a;A;A-1;12.345;": [(2, "price")],
    "a;A;A-1;1.234,56;": [(2, "price")],
    "a;A;A-1;;": [(2, "price")],
    "a;;A-1;1;": [(2, "title")],
    ";;A-1;1;": [(2, "product")],
    "A B;A;A-1;1;": [(2, "product")],
    "a;A;;1;": [(2, "sku")],
    "a;A;A-1;1;\n;;A-1;1;": [(3, "sku")],
    "a;A;A-1;1;\nb;B;B-1;x;\nc;C;C-1;1;many": [(3, "price"), (4, "on_hand")],
    "a;A;A-1;1;\n;;A-2;1;": [(2, "value1"), (3, "value1")],
    "a;A;A-1;1;\n;;A-2;1;;red": [(3, "option1")],
    "a;A;A-1;1;\na;Another;A-2;1;": [(3, "title")],
    f"a;{'A' * 201};A-1;1;": [(2, "title")],
    "a;A;A-1;1;;;;more": [(2, "")],
    'a;"A;A-1;1;': [(2, "")],
    "": [(2, "")],
}


async def test_what_cannot_be_is_told_by_row_and_column_and_nothing_is_written(file: Path) -> None:
    for rows, told in WRONG.items():
        answer = await bring_in(file, f"product;title;sku;price;on_hand;value1\n{rows}\n", "--yes")
        assert problems(answer) == told, rows
    assert not await Product.exists()


NO_FILES = (
    b"",
    b"\n",
    b"title\nMug\n",
    b"sku;pirce\nA;1\n",
    b"sku;sku\nA;A\n",
    "sku;title\nA;Größe".encode("cp1252"),
)


async def test_a_file_that_is_no_such_file_is_refused(file: Path) -> None:
    for content in NO_FILES:
        assert problems(await bring_in(file, content, "--yes"))
    assert not await Product.exists()


async def test_a_sku_stays_with_its_product(file: Path, goods: Goods) -> None:
    await goods("mug")
    assert problems(await bring_in(file, "sku;title;price\nMUG;Cup;1\n")) == [(2, "sku")]


async def test_what_the_file_does_not_name_is_retired_where_that_is_asked_for(
    file: Path, goods: Goods, ada: Shopper
) -> None:
    await goods("jug")
    await bring_in(file, TWO_PRODUCTS, "--yes", "--retire-missing")
    assert (await ada.open("/products/jug")).status == 410
    await bring_in(file, "sku;product;retired\nJUG;jug;no\n", "--yes")
    assert (await ada.open("/products/jug")).status == 200


async def test_a_product_that_was_retired_comes_back_with_the_variants_that_are_named(
    file: Path, goods: Goods, ada: Shopper
) -> None:
    await goods("jug", choices={"red": 1, "blue": 1})
    await Product.update({Product.retired_at: Product.created_at}, force=True)
    await bring_in(file, "sku;product;retired\nJUG-RED;jug;no\n", "--yes")
    assert (await ada.open("/products/jug")).texts("#choices") == []


async def test_two_variants_may_change_places(file: Path, goods: Goods) -> None:
    await goods("jug", choices={"red": 1, "blue": 1})
    swapped = "sku;product;value1\nJUG-BLUE;jug;red\nJUG-RED;jug;blue\n"
    done = await bring_in(file, swapped, "--yes")
    assert done.code == 0
    rows = await Variant.select(Variant.sku, Variant.option1).order_by(Variant.position)
    assert [(row["sku"], row["option1"]) for row in rows] == [("JUG-BLUE", "red"), ("JUG-RED", "blue")]
    assert "Nothing differs" in (await bring_in(file, swapped)).lines[0]


async def test_an_export_comes_back_as_nothing_new_however_odd_it_is(file: Path, goods: Goods) -> None:
    await goods("mug", title='=cmd|"/C calc"!A0', choices={"+1": 1, "a | b \\": 2, "'=x": 3})
    await goods("can", title='„Größe“, "5", it\'s; 3\' × 4"', sku="-1")
    await goods("gone", price=0)
    await Product.update({Product.description: 'A line,\n\nanother one; "and"\n- a list'}, force=True)
    kitchen = Collection(slug="kitchen", title="Küche", description="")
    await kitchen.save()
    await Product.update({Product.collection: kitchen.id, Product.retired_at: Product.created_at}).where(
        Product.slug == "gone"
    )
    await Variant.update({Variant.position: 7, Variant.compare_at: 5000}, force=True)
    told = await tell("products", "export", str(file))
    assert told.data == {"products": 3, "variants": 5, "file": str(file)}
    text = file.read_text(encoding="utf-8-sig")
    assert "\n=" not in text
    assert ",=" not in text
    assert ",+1" not in text
    again = await tell("products", "import", str(file))
    assert again.lines == ("Nothing differs: all 5 rows are in the shop as they are in the file.",)


async def test_a_file_that_cannot_be_read_is_a_matter_of_usage(tmp_path: Path) -> None:
    with pytest.raises(BadSetting):
        await tell("products", "import", str(tmp_path / "none.csv"))
    with pytest.raises(BadSetting):
        await tell("products", "export", str(tmp_path))
    with pytest.raises(BadSetting):
        await tell("products", "export", "-", "--json")


@pytest.mark.one_database
@pytest.mark.proof
async def test_five_thousand_rows_are_no_trouble(file: Path) -> None:
    rows = [f"thing-{n};Thing {n};Size;S;T{n}-S;1;1\n;;;L;T{n}-L;2;1" for n in range(2500)]
    head = "product;title;option1;value1;sku;price;on_hand\n"
    done = await bring_in(file, head + "\n".join(rows), "--yes")
    assert done.lines[-1] == "Written: 2500 products added, 5000 variants added."
    assert len(done.lines) < 100


async def test_the_example_of_the_docs_is_two_products_and_three_variants(tmp_path: Path) -> None:
    page = (REPOSITORY / "docs" / "products.md").read_text()
    [example] = re.findall(r"^```csv\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    for name in ("mug.jpg", "jug.jpg"):
        Image.new("RGB", (20, 20)).save(tmp_path / name)
    done = await bring_in(tmp_path / "goods.csv", example, "--yes", "--pictures", str(tmp_path))
    assert done.lines[-1] == "Written: 2 products added, 3 variants added."
    rows = await Variant.select(Variant.sku, Variant.price).order_by(Variant.id)
    assert [tuple(row.values()) for row in rows] == [("MUG-BLUE", 1234), ("MUG-WHITE", 1234), ("JUG", 1999)]


def test_the_columns_of_the_docs_are_those_of_the_code() -> None:
    page = (REPOSITORY / "docs" / "products.md").read_text()
    heads = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    assert sorted(name for head in heads for name in re.findall(r"`(\w+)`", head)) == sorted(COLUMNS)
