"""The cart by htmx: one request, one answer, and what it leaves on the screen is what a reload shows."""

import pytest

from shop.catalogue.tables import Variant
from tests.journeys.steps import fill_cart
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.shoppers import HTMX, Shopper


async def reload_shows_the_same(shopper: Shopper, answer: Page, *regions: str) -> None:
    """The address that the answer leaves in the bar shows what the answer left on the screen."""
    address = answer.headers.get("HX-Replace-Url", shopper.page.url)
    page = await shopper.open(address)
    for region in regions:
        assert answer.one(region).html == page.one(region).html


@pytest.fixture
async def cart(ada: Shopper, goods: Goods) -> Shopper:
    """Ada looks at her cart: two mugs of five, one bowl."""
    await goods("mug", price=1234, stock=5)
    await goods("bowl", price=800)
    await fill_cart(ada, "Mug", 2)
    await fill_cart(ada, "Bowl")
    return ada


@pytest.mark.parametrize(
    ("button", "filled_in", "count"),
    [
        ("One more", {}, "4 pieces"),
        ("One less", {}, "2 pieces"),
        ("Update", {"quantity": "4"}, "5 pieces"),
        ("Update", {"quantity": "50"}, "6 pieces"),
        ("Update", {"quantity": "0"}, "1 piece"),
        ("Remove", {}, "1 piece"),
    ],
    ids=["one more", "one less", "another number", "more than there is", "zero", "remove"],
)
async def test_a_change_answers_everything_that_changed_and_a_reload_shows_the_same(
    button: str, filled_in: dict[str, str], count: str, cart: Shopper
) -> None:
    answer = await cart.swap(button, **filled_in)
    assert answer.status == 200
    assert "<html" not in answer.response.text
    assert answer.text("#cart-count") == count
    assert answer.text('hx-partial[data-hx-target="#announce"]')
    assert cart.client.cookies["cart_count"] == count.split(maxsplit=1)[0]
    await reload_shows_the_same(cart, answer, "#cart", "#cart-count")


async def test_undo_by_htmx_and_a_reload_shows_the_same(cart: Shopper) -> None:
    answer = await cart.swap("Remove Mug")
    await cart.open(answer.headers["HX-Replace-Url"])
    answer = await cart.swap("Put it back")
    assert answer.text("#cart-count") == "3 pieces"
    await reload_shows_the_same(cart, answer, "#cart", "#cart-count")


async def test_lowering_by_htmx_and_a_reload_shows_the_same(cart: Shopper) -> None:
    await Variant.update({Variant.on_hand: 1}).where(Variant.sku == "MUG")
    await cart.reload()
    answer = await cart.swap("Lower to 1")
    await reload_shows_the_same(cart, answer, "#cart", "#cart-count")


async def test_the_announcement_says_what_happened(cart: Shopper) -> None:
    said = 'hx-partial[data-hx-target="#announce"]'
    assert (await cart.swap("One more")).text(said) == "3 × Mug in your cart. 4 pieces altogether."
    assert "You asked for 50; there are 5, so 5 are in your cart." in (
        await cart.swap("Update", quantity="50")
    ).text(said)
    assert (await cart.swap("Remove Mug")).text(said) == "Mug removed. 1 piece in your cart."


@pytest.mark.parametrize("quantity", ["1e9", "-1", "", "1000", "\u0663"])
async def test_a_bad_quantity_is_answered_at_its_field_alone(quantity: str, cart: Shopper) -> None:
    answer = await cart.swap("Update", quantity=quantity)
    assert answer.status == 422
    assert "<html" not in answer.response.text
    assert answer.one('#cart input[aria-invalid="true"]').attributes["value"] == quantity
    page = await cart.reload()
    assert page.text("#cart-count") == "3 pieces"
    assert not page.has('[aria-invalid="true"]')


@pytest.mark.parametrize(
    ("quantity", "in_cart", "said"),
    [("2", 2, "In your cart: 2."), ("9", 5, "You asked for 9; there are 5, so 5 are in your cart.")],
)
async def test_an_add_stays_on_the_product_and_a_reload_shows_the_same(
    quantity: str, in_cart: int, said: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug", stock=5)
    await ada.open("/products/mug")
    answer = await ada.swap("Add to cart", quantity=quantity)
    assert said in answer.says()
    assert answer.text("#cart-count").startswith(str(in_cart))
    assert answer.headers["HX-Trigger"] == "added"
    await reload_shows_the_same(ada, answer, "#add", "#added", "#cart-count")


async def test_the_last_piece_added_and_a_reload_shows_the_same(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=1)
    await ada.open("/products/mug")
    answer = await ada.swap("Add to cart")
    await reload_shows_the_same(ada, answer, "#add", "#added", "#cart-count")


@pytest.mark.parametrize("quantity", ["1e9", "0", ""])
async def test_a_bad_quantity_on_the_product_page_keeps_what_was_typed(
    quantity: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await ada.open("/products/mug")
    answer = await ada.swap("Add to cart", quantity=quantity)
    assert answer.status == 422
    assert answer.one("#quantity").attributes["value"] == quantity
    assert answer.has("#quantity-error")


async def test_another_choice_is_the_region_of_its_page(ada: Shopper, goods: Goods) -> None:
    await goods("mug", choices={"Clay": 4, "Moss": 0})
    await ada.open("/products/mug")
    address = ada.page.link("Moss")
    region = Page(await ada.get(address, headers=HTMX))
    page = await ada.open(address)
    assert region.one("#product").html == page.one("#product").html
    assert "Sold out" in region.says()


async def test_the_cart_page_and_its_region_are_the_same(cart: Shopper) -> None:
    region = Page(await cart.get("/cart", headers=HTMX))
    page = await cart.open("/cart")
    assert region.one("#cart").html == page.one("#cart").html


async def test_whoever_asks_for_somebody_else_s_line_sees_the_cart_of_their_own(
    cart: Shopper, ben: Shopper
) -> None:
    address = cart.page.form("One more").address
    answer = Page(await ben.post(address, {"quantity": "5"}, headers=HTMX))
    assert answer.status == 404
    assert "Your cart is empty" in answer.one('hx-partial[data-hx-target="#cart"]').text()
    assert "data-hx-status:404:inherited" in cart.page.response.text


async def test_every_form_of_the_cart_works_without_htmx_as_with_it(cart: Shopper) -> None:
    for node in cart.page.all("#cart form"):
        assert node.attributes["method"] == "post"
        assert node.attributes["action"] == node.attributes["data-hx-post"]


async def test_ids_are_unique_on_every_page(cart: Shopper) -> None:
    for address in ("/", "/products/mug", "/cart", "/checkout", "/sign-in"):
        await cart.open(address)
        ids = [node.attributes["id"] for node in cart.page.all("[id]")]
        assert len(ids) == len(set(ids)), [each for each in ids if ids.count(each) > 1]
