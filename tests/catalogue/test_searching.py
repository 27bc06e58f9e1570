"""Ada types what she remembers, and finds what it is called."""

import pytest

from shop import clock
from shop.catalogue.folding import MANY, NOTHING, SINGLE, fold
from shop.catalogue.search_index import index
from shop.catalogue.tables import Collection, Product, Variant
from shop.database import run
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.shoppers import HTMX, Shopper


async def look_for(shopper: Shopper, words: str, **more: str) -> list[str]:
    page = Page(await shopper.get("/search", params={"q": words, **more}))
    assert page.status == 200
    return titles(page)


def titles(page: Page) -> list[str]:
    """Without a gap where a mark begins within a word."""
    return [" ".join(node.text().split()) for node in page.all(".card__title")]


MISSPELT = {
    "teapto": "Cane teapot",
    "cusion": "Linen cushion",
    "linnen kushion": "Linen cushion",
    "lapm": "Mushroom lamp",
    "kaffe": "Café bowl",
    "pot": "Cane teapot",
}
ONE_AND_MANY = {
    "mugs": "Potter's mug",
    "lamps": "Desk lamp",
    "glasses": "Wine glass",
    "glass": "Wine glass",
    "blackberry": "Blackberries",
    "blackberries": "Blackberries",
    "shelf": "Oak shelves",
    "boxes": "Tin box",
}
TITLES = ("Café bowl", "Müller's Größe", "Cane teapot", "Linen cushion", "Mushroom lamp")


async def test_what_is_without_its_accents_or_its_end_is_found(ada: Shopper, goods: Goods) -> None:
    for number, title in enumerate(TITLES):
        await goods(f"piece-{number}", title=title)
    for typed in ("CAFE", "café", "cafe\u0301"):
        assert await look_for(ada, typed) == ["Café bowl"], typed
    for typed in ("muller", "MÜLLERS GRÖSSE"):
        assert await look_for(ada, typed) == ["Müller's Größe"], typed
    assert await look_for(ada, "mu la") == ["Mushroom lamp"]


async def test_what_is_misspelt_and_a_part_of_a_word_are_found(ada: Shopper, goods: Goods) -> None:
    for number, title in enumerate(TITLES):
        await goods(f"piece-{number}", title=title)
    found = {typed: await look_for(ada, typed) for typed in MISSPELT}
    assert found == {
        typed: [called] if (await index()).forgives else [] for typed, called in MISSPELT.items()
    }


async def test_one_and_many_are_the_same_to_a_search(ada: Shopper, goods: Goods) -> None:
    for title in ("Potter's mug", "Desk lamp", "Wine glass", "Blackberries", "Oak shelves", "Tin box"):
        await goods(title.lower().replace(" ", "-"), title=title)
    for typed, called in ONE_AND_MANY.items():
        page = await ada.open(f"/search?q={typed}")
        assert (titles(page), page.text("#search-status")) == ([called], "1 product"), typed
        assert page.has(".card__title mark"), typed


async def test_so_are_they_in_german(ada: Shopper, goods: Goods) -> None:
    for title in ("Tischlampe", "Weinglas", "Tasse", "Stuhl", "Teppiche", "Post"):
        await goods(title.lower(), title=title)
    parts = {"Lampen": "Tischlampe", "Gläser": "Weinglas"} if (await index()).forgives else {}
    whole = {"Tassen": "Tasse", "Tasse": "Tasse", "Stühle": "Stuhl", "Teppich": "Teppiche"}
    for typed, called in (parts | whole).items():
        page = Page(await ada.get("/de/search", params={"q": typed}))
        assert titles(page) == [called], typed


async def test_in_english_a_poster_is_no_post(ada: Shopper, goods: Goods) -> None:
    await goods("post", title="Post")
    assert await look_for(ada, "poster") == []


async def test_of_three_letters_two_may_change_places(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await goods("jug")
    assert await look_for(ada, "mgu") == (["Mug"] if (await index()).forgives else [])


async def test_what_is_another_word_is_not_suggested(ada: Shopper, goods: Goods) -> None:
    for title in ("Cherry spoons", "Storage jar", "Willow basket", "Peg rail", "Potter's mug"):
        await goods(title.split()[-1], title=title)
    for typed in ("cheese", "NEAR", "pillow", "blanket", "bag"):
        page = await ada.open(f"/search?q={typed}")
        assert (titles(page), page.has("#did-you-mean")) == ([], False), typed


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "mug*",
        "NEAR(mug",
        "title:mug",
        "-mug",
        "%",
        "mug OR",
        "'; --",
        "{mug}",
        "mug\\",
        "_",
        "(",
        "\x00",
    ],
)
async def test_signs_that_mean_something_to_a_database_mean_nothing_here(
    typed: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await goods("bowl")
    assert "Bowl" not in await look_for(ada, typed)


async def test_nonsense_finds_nothing_and_what_is_nearly_right_is_asked_about(
    ada: Shopper, goods: Goods
) -> None:
    await goods("oak-board")
    assert await look_for(ada, "xyzzy qwrtp") == []
    page = await ada.open("/search?q=oak+bard+shiny")
    assert page.texts(".found__links a")[0] == ("Oak board" if (await index()).forgives else "All products")
    assert page.link("All products")


async def test_a_number_a_colour_or_a_size_opens_what_it_is_of(ada: Shopper, goods: Goods) -> None:
    await goods("mug", title="Potter's mug", choices={"Clay": 2, "Moss": 3, "XL": 0, "XL moss": 1})
    await goods("beaker", title="Moss beaker", choices={"Clay": 2, "Moss": 3})
    await goods("can", sku="MUG-M", title="Can")
    await Variant.update({Variant.price: 2000}).where(Variant.sku == "MUG-MOSS")
    clay, moss = "/products/mug?variant=MUG-CLAY", "/products/mug?variant=MUG-MOSS"
    for typed, opened in {
        "MUG-MOSS": moss,
        "mug moss": moss,
        "clay": clay,
        "xl": "/products/mug?variant=MUG-XL%20MOSS",
        "mug": "/products/mug",
        "potters": "/products/mug",
        "moss": "/products/mug?variant=MUG-XL%20MOSS",
        "mug-m": "/products/can",
    }.items():
        page = await ada.open(f"/search?q={typed}")
        links = [str(link.attributes["href"]) for link in page.all(".card__link")]
        assert opened in links, typed
        assert opened == links[0] or typed in {"clay", "moss"}, typed
    page = await ada.open("/search?q=mug-moss")
    assert page.text(".card__facts") == "€20.00 Only 3 left"
    assert page.text(".found__excerpt") == "Moss"
    assert (await ada.follow("Potter's mug")).text(".product__price") == "€20.00"


async def test_what_is_found_is_marked_and_what_is_typed_stays_text(ada: Shopper, goods: Goods) -> None:
    await goods("mug", title="Crème <b>mug</b> & saucer")
    page = await ada.open("/search?q=creme+%3Cb%3Emug")
    assert page.texts(".card__title mark") == ["Crème", "b", "mug", "b"]
    assert page.text(".card__title").replace(" ", "") == "Crème<b>mug</b>&saucer"
    page = await ada.open("/search?q=good+<script>alert(1)</script>")
    assert not page.has("#search-results script")
    assert "<script>" in page.text("#search-status")


async def test_words_of_the_description_are_shown_where_they_stand(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug")
    await Product.update({Product.description: "Thrown on a wheel. " * 9 + "It whistles."}).where(
        Product.id == mug.product
    )
    page = await ada.open("/search?q=whistles")
    assert page.texts(".found__excerpt mark") == ["whistles"]


async def test_titles_come_first_and_what_is_sold_out_comes_last(ada: Shopper, goods: Goods) -> None:
    await goods("gone-lamp", title="Lamp", stock=0)
    shade = await goods("shade")
    await Product.update({Product.summary: "For any lamp."}).where(Product.id == shade.product)
    await goods("lampion", price=300)
    await goods("desk-lamp", price=900)
    assert await look_for(ada, "lamp") == ["Desk lamp", "Lampion", "Shade", "Lamp"]
    assert await look_for(ada, "lamp", sort="price") == ["Lampion", "Desk lamp", "Shade", "Lamp"]


async def test_a_search_knows_every_name_there_is_now_and_no_former_one(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", choices={"Clay": 4, "Moss": 4})
    [row] = await Collection.insert(Collection(slug="table", title="Table", description="")).returning(
        Collection.id
    )
    here = Product.id == mug.product
    await Product.update(
        {Product.title: "Beaker", Product.collection: row["id"], Product.description: ""}
    ).where(here)
    assert [await look_for(ada, word) for word in ("mug kind", "beaker", "moss", "table", "MUG-CLAY")] == [
        [],
        *[["Beaker"]] * 4,
    ]
    await Collection.update({Collection.title: "Dining"}).where(Collection.slug == "table")
    await Variant.update({Variant.retired_at: clock.now()}).where(Variant.sku == "MUG-MOSS")
    assert [await look_for(ada, word) for word in ("dining", "table", "moss")] == [["Beaker"], [], []]
    await Product.update({Product.retired_at: clock.now()}).where(here)
    assert await look_for(ada, "beaker") == []


async def test_a_long_search_has_pages(ada: Shopper, goods: Goods) -> None:
    for number in range(26):
        await goods(f"mug-{number:02}")
    page = await ada.open("/search?q=mug")
    first = titles(page)
    second = titles(await ada.follow("Next page"))
    assert (len(first), len(second), len({*first, *second})) == (24, 2, 26)
    assert ada.page.text("#search-status") == "26 products, page 2 of 2"
    assert (await ada.open("/search?q=mgus&page=9")).status == 200


async def test_typing_is_answered_with_the_same_region(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    whole = await ada.open("/search?q=mug")
    part = Page(await ada.get("/search?q=mug", headers=HTMX))
    assert part.one("#search-results").html == whole.one("#search-results").html
    assert part.title == whole.title
    assert whole.one('meta[name="robots"]').attributes["content"] == "noindex"


async def test_whoever_has_typed_nothing_is_shown_a_place_to_start(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug")
    await Product.update({Product.featured: True}).where(Product.id == mug.product)
    for address in ("/search", "/search?q=", "/search?q=%20"):
        assert (await ada.open(address)).texts(".card__title") == ["Mug"]


@pytest.mark.parametrize(
    "text", ["plain words", "Grüße “à la carte” – é", "x".join((*SINGLE, *MANY, *NOTHING))]
)
async def test_what_is_kept_is_folded_as_what_is_typed(text: str, goods: Goods) -> None:
    mug = await goods("mug")
    await Product.update({Product.description: text, Product.summary: ""}).where(Product.id == mug.product)
    [kept] = await run('SELECT "prose" FROM "product_search"')
    assert kept["prose"].split() == fold(text).split()
