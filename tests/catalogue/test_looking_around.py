"""What ada sees before she buys: lists, products, choices, what is left."""

import pytest

from shop import clock
from shop.catalogue import listing
from shop.catalogue.tables import Collection, Product, Variant
from shop.demo.load import load
from tests.accounts.doors import make_account
from tests.journeys.steps import buy
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


def titles(shopper: Shopper) -> list[str]:
    return shopper.page.texts(".card__title")


async def into(collection: str, *variants: Variant) -> None:
    """Puts these products into a collection of its own."""
    [row] = await Collection.insert(
        Collection(slug=collection, title=collection.capitalize(), description="Good things.")
    ).returning(Collection.id)
    ids = [variant.product for variant in variants]
    await Product.update({Product.collection: row["id"]}).where(Product.id.is_in(ids))


async def test_the_home_page_shows_what_is_for_sale_with_its_price(ada: Shopper, goods: Goods) -> None:
    await goods("mug", price=1234)
    await goods("bowl", price=800)
    await ada.open("/")
    assert titles(ada) == ["Mug", "Bowl"]
    assert "€12.34" in ada.page.says()


@pytest.mark.parametrize("address", ["/", "/products", "/collections"])
async def test_an_empty_shop_has_its_pages(address: str, ada: Shopper) -> None:
    assert (await ada.open(address)).status == 200
    for way in ("Collections", "Products"):
        assert (await ada.follow(way)).status == 200


async def test_a_retired_product_is_gone_everywhere(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug")
    await into("table", mug)
    await Product.update({Product.retired_at: clock.now()}).where(Product.id == mug.product)
    for address in ("/", "/collections/table", "/search?q=mug"):
        await ada.open(address)
        assert titles(ada) == []
    assert (await ada.open("/products/mug")).status == 410


async def test_a_retired_choice_is_offered_no_more(ada: Shopper, goods: Goods) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 4, "Oat": 4})
    await Variant.update({Variant.retired_at: clock.now()}).where(Variant.sku == "MUG-MOSS")
    await ada.open("/products/mug?variant=MUG-MOSS")
    assert ada.page.texts(".choice") == ["Clay", "Oat"]


@pytest.mark.parametrize(
    ("stock", "said"),
    [(0, "Sold out"), (1, "Only 1 left"), (5, "Only 5 left"), (6, "In stock"), (500, "In stock")],
)
async def test_a_product_says_what_is_left(stock: int, said: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=stock)
    await ada.open("/products/mug")
    assert ada.page.text(".product__stock") == said


async def test_what_is_sold_out_cannot_be_asked_for(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=0)
    await ada.open("/products/mug")
    assert not ada.page.has("#add")


async def test_what_others_wait_for_is_not_left(ada: Shopper, ben: Shopper, goods: Goods) -> None:
    mug = await goods("mug", stock=5)
    await Variant.update({Variant.reserved: 3}).where(Variant.id == mug.id)
    await ada.open("/products/mug")
    assert ada.page.text(".product__stock") == "Only 2 left"
    await Variant.update({Variant.reserved: 0}).where(Variant.id == mug.id)


async def test_what_is_bought_is_gone_from_the_page(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    await goods("mug", stock=2)
    await buy(ada, "Mug", 2)
    await ada.open("/products/mug")
    assert ada.page.text(".product__stock") == "Sold out"


async def test_the_first_choice_in_stock_is_chosen(ada: Shopper, goods: Goods) -> None:
    await goods("mug", choices={"Clay": 0, "Moss": 4})
    await ada.open("/products/mug")
    assert ada.page.text("#choices-title b") == "Moss"


async def test_a_choice_has_an_address_of_its_own(ada: Shopper, goods: Goods) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 4})
    await ada.open("/products/mug")
    await ada.follow("Moss")
    assert ada.page.path == "/products/mug?variant=MUG-MOSS"
    assert ada.page.text('.choice[aria-current="true"]') == "Moss"
    assert ada.page.one('#add input[name="variant"]').attributes["value"] == "MUG-MOSS"


@pytest.mark.parametrize("variant", ["", "nothing", "%00", "BOWL", "x" * 3000])
async def test_a_choice_that_is_none_shows_the_product_all_the_same(
    variant: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 4})
    await goods("bowl")
    await ada.open(f"/products/mug?variant={variant}")
    assert ada.page.status == 200
    assert ada.page.text("#choices-title b") == "Clay"


async def test_a_product_with_dearer_choices_says_from_in_lists(ada: Shopper, goods: Goods) -> None:
    await goods("mug", price=1234, choices={"Clay": 4, "Moss": 4})
    await Variant.update({Variant.price: 2000}).where(Variant.sku == "MUG-MOSS")
    await ada.open("/")
    assert "from €12.34" in ada.page.says()
    await ada.open("/products/mug?variant=MUG-MOSS")
    assert ada.page.text(".product__price") == "€20.00"


async def test_a_collection_shows_its_own(ada: Shopper, goods: Goods) -> None:
    await into("table", await goods("mug"), await goods("bowl"))
    await goods("lamp")
    await ada.open("/collections/table")
    assert titles(ada) == ["Mug", "Bowl"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [("name", ["Bowl", "Jug", "Mug"]), ("price", ["Jug", "Mug", "Bowl"]), ("-price", ["Bowl", "Mug", "Jug"])],
)
async def test_a_collection_can_be_sorted(sort: str, order: list[str], ada: Shopper, goods: Goods) -> None:
    await into(
        "table",
        await goods("mug", price=1200),
        await goods("bowl", price=3000),
        await goods("jug", price=100),
    )
    await ada.open(f"/collections/table?sort={sort}")
    assert titles(ada) == order


async def test_a_long_collection_has_pages_and_shows_everything_once(ada: Shopper, goods: Goods) -> None:
    await into("table", *[await goods(f"mug-{number:02}") for number in range(30)])
    await ada.open("/collections/table")
    first = titles(ada)
    await ada.open("/collections/table?page=2")
    second = titles(ada)
    assert (len(first), len(second)) == (24, 6)
    assert len(set(first + second)) == 30
    await ada.open("/collections/table?page=99")
    assert titles(ada) == second


@pytest.mark.parametrize("words", ["mug", "MUG", "good mug", "mug good", "  mug  "])
async def test_a_search_finds_every_word_wherever_it_stands(words: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await goods("bowl")
    await ada.open("/")
    page = await ada.open(f"/search?q={words.replace(' ', '+')}")
    assert page.texts(".card__title") == ["Mug"]


async def test_a_search_without_a_find_says_so(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await ada.open("/search?q=unicorn")
    assert titles(ada) == []
    assert "unicorn" in ada.page.says()


async def test_catalogue_pages_carry_nothing_of_the_shopper_but_a_count(
    ada: Shopper, ben: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await make_account(ada)
    for address in ("/", "/products/mug", "/search?q=mug"):
        assert (await ada.get(address)).text == (await ben.get(address)).text


async def test_a_product_of_no_collection_leads_into_none(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=0)
    page = await ada.open("/products/mug")
    assert not page.all('a[href^="/collections/"]')
    assert not (await ada.open("/")).has("#collections")


async def test_the_home_page_of_a_large_shop_leads_to_the_rest(
    ada: Shopper, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WALL", 2)
    for name in ("mug", "jug", "can"):
        await goods(name)
    await Product.update({Product.featured: True}).where(Product.slug == "can")
    page = await ada.open("/")
    assert page.texts("#products .card__title") == ["Mug", "Jug"]
    assert page.texts(".opening__piece .card__title") == ["Can"]
    page = await ada.follow("See all 3 products")
    assert page.texts(".card__title") == ["Mug", "Jug", "Can"]


async def test_an_option_keeps_the_others_and_says_where_it_cannot(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", choices={"Clay": 4, "Moss": 4, "Oat": 0})
    await Product.update({Product.option2: "Size"}).where(Product.id == mug.product)
    await Variant.update({Variant.option2: "Large"}, force=True)
    await Variant.insert(
        *(
            Variant(
                product=mug.product,
                sku=f"S-{kind}",
                option1=kind,
                option2="Small",
                price=900,
                currency="EUR",
                on_hand=3,
            )
            for kind in ("Moss", "Oat")
        )
    )
    await ada.open("/products/mug?variant=S-Moss")
    assert ada.page.texts(".choices__title") == ["Kind: Moss", "Size: Small"]
    assert ada.page.texts(".choice") == ["Clay (only in Large)", "Moss", "Oat", "Large", "Small"]
    await ada.follow("Oat")
    assert ada.page.path == "/products/mug?variant=S-Oat"
    assert ada.page.texts(".choice")[3] == "Large (sold out)"
    await ada.follow("Clay")
    assert ada.page.path == "/products/mug?variant=MUG-CLAY"


async def test_a_product_shows_the_way_to_it_and_what_goes_with_it(ada: Shopper, goods: Goods) -> None:
    await goods("lamp")
    await into("table", *[await goods(name) for name in ("can", "mug", "jug", "cup", "bowl")])
    await Variant.update({Variant.on_hand: 0}).where(Variant.sku == "CAN")
    page = await ada.open("/products/mug")
    assert page.texts("#trail li") == ["Home", "Table", "Mug"]
    assert page.text('#trail [aria-current="page"]') == "Mug"
    assert titles(ada) == ["Jug", "Cup", "Bowl", "Can"]
    assert (await ada.open("/products/lamp")).texts("#trail li") == ["Home", "Lamp"]


async def test_several_pictures_have_a_way_to_each(ada: Shopper) -> None:
    await load()
    page = await ada.open("/products/potters-mug")
    ways = [link.attributes["href"] or "" for link in page.all(".gallery__thumb")]
    assert len(ways) > 1
    assert all(page.has(way) for way in ways)
    assert not (await ada.open("/products/peg-rail")).has(".gallery__thumb")
