"""Ada narrows a list, sorts it, turns its pages, and finds each state at an address of its own."""

import pytest
from playwright.async_api import Page, expect

from shop.catalogue.price_typed import understood
from shop.catalogue.tables import Product, Variant
from tests.catalogue.test_looking_around import into, titles
from tests.support.browser import with_javascript
from tests.support.goods import Goods
from tests.support.pages import Page as Answer
from tests.support.shoppers import HTMX, Shopper


@pytest.fixture
async def table(goods: Goods) -> None:
    """A mug of clay or moss at 12, a clay bowl at 30 that is sold out, an oat jug at 45; a lamp elsewhere."""
    mug = await goods("mug", price=1200, choices={"Clay": 2, "Moss": 0})
    bowl = await goods("bowl", price=3000, choices={"Clay": 0})
    jug = await goods("jug", price=4500, choices={"Oat": 9})
    await into("table", mug, bowl, jug)
    await goods("lamp", price=9000)


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("option.Kind=Clay", ["Mug", "Bowl"]),
        ("option.Kind=Clay&option.Kind=Oat", ["Mug", "Bowl", "Jug"]),
        ("in_stock=1", ["Mug", "Jug"]),
        ("option.Kind=Moss&in_stock=1", []),
        ("from=30", ["Bowl", "Jug"]),
        ("to=30.00", ["Mug", "Bowl"]),
        ("from=12,50&to=40", ["Bowl"]),
        ("option.Kind=Clay&sort=-price", ["Bowl", "Mug"]),
        ("option.Kind=Clay&in_stock=1&to=20&sort=price&page=1", ["Mug"]),
    ],
)
async def test_filters_hold_together_for_one_variant(asked: str, found: list[str], ada: Shopper) -> None:
    page = await ada.open(f"/collections/table?{asked}")
    assert titles(ada) == found
    assert page.text(".sorting__count") == f"{len(found)} product{'' if len(found) == 1 else 's'}"


@pytest.mark.usefixtures("table")
async def test_each_filter_says_how_many_it_would_leave(ada: Shopper) -> None:
    page = await ada.open("/products")
    assert page.texts(".filter__choice label") == ["In stock 3", "Clay 2", "Moss 1", "Oat 1"]
    page = await ada.open("/products?option.Kind=Clay&to=20")
    assert page.texts(".filter__choice label") == ["In stock 1", "Clay 1", "Moss 1"]


@pytest.mark.usefixtures("table")
async def test_the_cards_are_about_what_was_asked_for(ada: Shopper) -> None:
    await Variant.update({Variant.price: 2000}).where(Variant.sku == "MUG-MOSS")
    page = await ada.open("/products?option.Kind=Moss")
    assert page.text(".card__facts") == "€20.00 Sold out"
    assert (await ada.follow("Mug")).path == "/products/mug?variant=MUG-MOSS"


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("option.Kind=&from=&to=&sort=&page=", ""),
        ("sort=sideways&page=99&in_stock=yes", ""),
        ("page=-1&sort=price", "?sort=price"),
        ("option.Kind=Unicorn&option.Wings=2&option.Kind=Clay", "?option.Kind=Clay"),
        ("from=%00+20+&in_stock=1", "?from=20&in_stock=1"),
        ("option.Kind=%00Clay", ""),
    ],
)
async def test_nonsense_leads_to_the_nearest_sensible_address(asked: str, address: str, ada: Shopper) -> None:
    page = await ada.open(f"/collections/table?{asked}")
    assert (page.status, page.path) == (200, f"/collections/table{address}")


@pytest.mark.usefixtures("table")
async def test_a_mistyped_price_is_said_at_its_field_and_nothing_is_lost(ada: Shopper) -> None:
    page = await ada.open("/products?option.Kind=Clay&from=abc&to=20&sort=price")
    assert page.text("#from-error") == "Please write an amount, such as 25 or 19.50."
    assert page.one("#from").attributes["value"] == "abc"
    assert "from-error" in (page.one("#from").attributes["aria-describedby"] or "")
    assert page.has("#filters[open]")
    assert titles(ada) == ["Mug"]
    page = await ada.open("/products?from=50&to=20")
    assert page.text("#to-error") == "This is less than the lowest price."
    assert titles(ada) == ["Lamp"]


@pytest.mark.usefixtures("table")
async def test_a_price_is_understood_as_people_write_it(ada: Shopper, goods: Goods) -> None:
    await goods("sofa", price=100_050)
    for text in ("€30", "30 €", "30.00 EUR", "eur 30", "30 euros", "30,-", "30.0", "30\u00a0€"):
        assert await left_from(ada, text) == ["Bowl", "Jug", "Lamp", "Sofa"], text
    for text in ("1.000", "1,000", "1 000,50", "1,000.50", "1.000,50 €", "€1'000.50", "1000"):
        assert await left_from(ada, text) == ["Sofa"], text
    for text in ("abc", "$30", "-30", "1,00,0", "30..", "1.2.3", "30 € 40", "€", "1.000.50", "3.0,000"):
        page = Answer(await ada.get("/products", params={"from": text}))
        assert page.text("#from-error") == "Please write an amount, such as 25 or 19.50.", text


async def left_from(ada: Shopper, text: str) -> list[str]:
    page = Answer(await ada.get("/products", params={"from": text}))
    assert not page.has("#from-error"), text
    return page.texts(".card__title")


@pytest.mark.usefixtures("environment")
def test_three_decimals_are_told_from_thousands_by_the_language() -> None:
    assert understood("1.250", "KWD", "en") == 1_250
    assert understood("1.250", "KWD", "de") == 1_250_000
    assert understood("1,250", "KWD", "de") == 1_250
    assert understood("1.250,500 KWD", "KWD", "de") == 1_250_500
    assert understood("¥1,250", "JPY", "en") == 1_250
    assert understood("20 Euro", "EUR", "de") == 2_000
    assert understood("12.50", "JPY", "en") is None


async def test_sizes_go_from_small_to_large(ada: Shopper, goods: Goods) -> None:
    for number, (given, shown) in enumerate(
        (
            ("XL S XXL M XS L", "XS S M L XL XXL"),
            ("3XL S/M 2XL XXS", "XXS S/M 2XL 3XL"),
            ("Large Small Medium", "Small Medium Large"),
            ("40 9 38,5 100", "9 38,5 40 100"),
            ("Red Blue Green", "Red Blue Green"),
            ("S Red M", "S Red M"),
        )
    ):
        shirt = await goods(f"shirt-{number}", choices=dict.fromkeys(given.split(), 1))
        await into(f"rail-{number}", shirt, await goods())
        page = await ada.open(f"/collections/rail-{number}")
        values = [text.rsplit(" ", 1)[0] for text in page.texts(".filter__choice label")[1:]]
        assert " ".join(values) == shown
    crate = await goods("crate", choices={"120 × 60 cm": 1, "80 × 60 cm": 1, "80 × 40 cm": 1})
    await into("crates", crate, await goods())
    page = await ada.open("/collections/crates")
    assert page.texts(".filter__choice label")[1:] == ["80 × 40 cm 1", "80 × 60 cm 1", "120 × 60 cm 1"]


@pytest.mark.usefixtures("table")
async def test_a_plain_form_leads_to_an_address_without_empty_fields(ada: Shopper) -> None:
    await ada.open("/collections/table?option.Kind=Clay")
    page = await ada.submit("Apply", to="20")
    assert page.path == "/collections/table?option.Kind=Clay&to=20"


@pytest.mark.usefixtures("table")
async def test_filters_are_taken_away_one_by_one_or_at_once(ada: Shopper) -> None:
    page = await ada.open("/products?option.Kind=Oat&in_stock=1&from=1&to=20&sort=name")
    assert "Nothing fits all of that" in page.says()
    assert len(page.texts(".chip")) == 4
    page = await ada.follow("Up to €20.00")
    assert (page.path, titles(ada)) == ("/products?option.Kind=Oat&from=1&in_stock=1&sort=name", ["Jug"])
    page = await ada.follow("Clear filters")
    assert (page.path, len(titles(ada))) == ("/products?sort=name", 4)


@pytest.mark.usefixtures("table")
async def test_a_swap_is_the_list_its_address_and_what_is_said_of_it(ada: Shopper) -> None:
    answer = await ada.get("/collections/table?option.Kind=Clay&from=&sort=", headers=HTMX)
    assert answer.headers["hx-push-url"] == "/collections/table?option.Kind=Clay"
    assert answer.text.lstrip().startswith('<section id="list"')
    assert '"#announce"' in answer.text
    assert "<html" not in answer.text


async def test_a_filter_goes_along_from_page_to_page(ada: Shopper, goods: Goods) -> None:
    for number in range(27):
        await goods(f"mug-{number:02}", choices={"Clay": 1})
    await goods("bowl", choices={"Oat": 1})
    await ada.open("/products?option.Kind=Clay&sort=name")
    page = await ada.follow("Next page")
    assert page.path == "/products?option.Kind=Clay&sort=name&page=2"
    assert titles(ada) == ["Mug 24", "Mug 25", "Mug 26"]
    page = await ada.follow("Previous page")
    assert page.path == "/products?option.Kind=Clay&sort=name"


async def test_an_option_is_the_same_wherever_it_stands(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", choices={"Clay": 1})
    jug = await goods("jug", choices={"Large": 1})
    await goods("bowl", choices={"Oat": 1})
    await Product.update({Product.option2: "Kind", Product.option1: "Size"}).where(Product.id == jug.product)
    await Variant.update({Variant.option2: "Clay"}).where(Variant.product == jug.product)
    await Product.update({Product.option3: "Size"}).where(Product.id == mug.product)
    await Variant.update({Variant.option3: "Large"}).where(Variant.product == mug.product)
    await ada.open("/products?option.Kind=Clay&option.Size=Large")
    assert titles(ada) == ["Mug", "Jug"]


@pytest.mark.one_database
@pytest.mark.usefixtures("table")
@with_javascript
async def test_a_filter_swaps_the_list_and_back_brings_the_old_one(page: Page) -> None:
    await page.set_viewport_size({"width": 400, "height": 800})
    await page.goto("/products")
    await page.locator("summary").click()
    await page.get_by_label("Clay").check()
    await expect(page.locator(".card__title")).to_have_text(["Mug", "Bowl"])
    await expect(page).to_have_url("/products?option.Kind=Clay")
    await expect(page.get_by_label("Clay")).to_be_focused()
    await page.get_by_label("Sort by").select_option("-price")
    await expect(page.locator(".card__title")).to_have_text(["Bowl", "Mug"])
    await expect(page.locator("#announce")).to_have_text("2 products")
    await page.go_back()
    await expect(page.locator(".card__title")).to_have_text(["Mug", "Bowl"])
    await page.go_back()
    await expect(page.locator(".card__title")).to_have_count(4)
    await expect(page.get_by_label("Clay")).not_to_be_checked()
