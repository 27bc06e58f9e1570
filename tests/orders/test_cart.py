"""The cart by plain forms: what is put in, changed, taken out and put back."""

import asyncio
from datetime import timedelta

import pytest

from shop import clock
from shop.catalogue.tables import Product, Variant
from shop.orders.forgetting import forget_old_carts
from shop.orders.tables import Line, Order
from tests.accounts.doors import make_account
from tests.journeys.steps import fill_cart, the_order
from tests.support.goods import Goods
from tests.support.shoppers import Guests, Shopper

BAD = [
    "",
    " ",
    "1e9",
    "-1",
    "+1",
    "1.0",
    "1,5",
    "0x10",
    "1000",
    "99999999999999999999",
    "\u0663",
    "\u00b2",
    "two",
    "\x00",
    "1 2",
]


async def lines() -> list[tuple[str, int]]:
    """Everything in the only cart there is."""
    rows = await Line.select(Line.variant.sku, Line.quantity).order_by(Line.id)
    return [(row["variant.sku"], row["quantity"]) for row in rows]


async def token() -> str:
    """Of the only line there is."""
    [row] = await Line.select(Line.token)
    return str(row["token"])


async def test_nothing_is_made_for_somebody_who_only_looks(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    for address in ("/", "/products/mug", "/cart", "/checkout"):
        await ada.open(address)
    assert "cart" not in ada.client.cookies
    assert await Order.count() == 0


async def test_the_first_thing_makes_a_cart_for_the_guest(ada: Shopper, goods: Goods) -> None:
    await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    order = await the_order()
    assert order.status == "cart"
    assert order.number is None
    assert len(ada.client.cookies["cart"]) == 43
    assert ada.client.cookies["cart"] not in str(order.guest_key)
    assert ada.page.text("#cart-count") == "2 pieces"
    assert ada.page.text("#cart-totals .price") == "€24.68"


async def test_the_same_thing_again_makes_its_line_longer(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await fill_cart(ada, "Mug", 3)
    assert await lines() == [("MUG", 5)]


@pytest.mark.one_database
@pytest.mark.parametrize("quantity", [*BAD, "0"])
async def test_a_quantity_that_is_none_is_said_at_the_field_and_nothing_is_added(
    quantity: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await ada.open("/products/mug")
    await ada.submit("Add to cart", quantity=quantity)
    assert ada.page.status == 422
    assert ada.page.text("#quantity-error") == "Please type a whole number from 1 to 999."
    assert ada.page.one("#quantity").attributes["aria-describedby"] == "quantity-error"
    assert await Order.count() == 0


@pytest.mark.one_database
@pytest.mark.parametrize("quantity", BAD)
async def test_a_quantity_that_is_none_is_said_at_the_line_and_nothing_is_changed(
    quantity: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await ada.submit("Update", quantity=quantity)
    assert ada.page.status == 422
    field = ada.page.one("#cart-lines input[type=text]")
    assert field.attributes["aria-invalid"] == "true"
    assert "whole number from 1 to 999" in ada.page.text(f"#{field.attributes['aria-describedby']}")
    assert await lines() == [("MUG", 2)]


async def test_what_was_typed_stays_beside_its_message(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await ada.submit("Update", quantity="1e9")
    assert ada.page.one("#cart-lines input[type=text]").attributes["value"] == "1e9"
    assert ada.page.title.startswith("Error: ")


@pytest.mark.one_database
@pytest.mark.parametrize("typed", ["3", " 3 ", "003"])
async def test_a_number_with_space_or_zeros_around_it_is_a_number(
    typed: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await ada.submit("Update", quantity=typed)
    assert ada.page.status == 200
    assert await lines() == [("MUG", 3)]


async def test_one_more_and_one_less(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    await ada.submit("One more")
    assert await lines() == [("MUG", 3)]
    await ada.submit("One less")
    await ada.submit("One less")
    assert await lines() == [("MUG", 1)]
    assert ada.page.text("#cart-count") == "1 piece"
    await ada.submit("One less")
    assert await lines() == [("MUG", 1)]


async def test_more_than_there_is_becomes_all_there_is_and_is_said(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=3)
    await fill_cart(ada, "Mug", 1)
    await ada.submit("Update", quantity=50)
    assert await lines() == [("MUG", 3)]
    assert "You asked for 50; there are 3, so 3 are in your cart." in ada.page.says()
    await ada.reload()
    assert "You asked for 50; there are 3, so 3 are in your cart." in ada.page.says()
    await ada.open("/cart")
    assert "There are only 3. You have all of them." in ada.page.says()


async def test_adding_more_than_there_is_adds_all_there_is_and_says_so(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=3)
    await fill_cart(ada, "Mug", 2)
    await fill_cart(ada, "Mug", 9)
    assert await lines() == [("MUG", 3)]
    assert "You asked for 9 more; there are 3, so 3 are in your cart." in ada.page.says()


async def test_at_most_999_of_one_thing(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=5000)
    await fill_cart(ada, "Mug", 999)
    await fill_cart(ada, "Mug", 999)
    assert await lines() == [("MUG", 999)]
    assert "At most 999 of one thing fit into a cart." in ada.page.says()


async def test_what_is_sold_out_cannot_be_added(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=0)
    await ada.open("/products/mug")
    assert "Sold out" in ada.page.says()
    answer = await ada.post("/cart/lines", {"variant": "MUG", "quantity": "1"})
    assert answer.status_code == 409
    assert "This is sold out. Nothing was added." in answer.text
    assert await Order.count() == 0


@pytest.mark.parametrize("sku", ["", "nothing", "mug", "x" * 3000, "' OR 1=1 --"])
async def test_what_is_not_sold_here_cannot_be_added(sku: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    assert (await ada.post("/cart/lines", {"variant": sku, "quantity": "1"})).status_code == 404
    assert await lines() == []


@pytest.mark.parametrize("what", ["product", "variant"])
async def test_what_is_retired_cannot_be_added(what: str, ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug")
    if what == "product":
        await Product.update({Product.retired_at: clock.now()}).where(Product.id == mug.product)
    else:
        await Variant.update({Variant.retired_at: clock.now()}).where(Variant.id == mug.id)
    assert (await ada.post("/cart/lines", {"variant": "MUG"})).status_code == 404


async def test_taken_out_and_put_back(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await goods("bowl")
    await fill_cart(ada, "Bowl")
    await fill_cart(ada, "Mug", 3)
    await ada.submit("Remove Mug")
    assert await lines() == [("BOWL", 1)]
    assert "Mug is out of your cart." in ada.page.says()
    await ada.submit("Put it back : 3 × Mug")
    assert await lines() == [("BOWL", 1), ("MUG", 3)]
    assert "is out of your cart" not in ada.page.says()
    assert ada.page.path == "/cart"


async def test_zero_takes_it_out(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 3)
    await ada.submit("Update", quantity=0)
    assert await lines() == []
    assert ada.page.text("#cart-count") == "0 pieces"
    assert "Your cart is empty" in ada.page.says()


@pytest.mark.parametrize(
    "query",
    [
        "?removed=MUG&quantity=3",
        "?removed=BOWL&quantity=3",
        "?removed=BOWL&quantity=3&seal=000000000000",
        "?removed=BOWL&quantity=3&seal=\u00e4",
        "?variant=MUG&asked=9",
        "?late=SoldOut",
        "?removed=nothing&quantity=3",
        "?removed=MUG&quantity=1e9",
        "?removed=%3Cb%3E",
        "?removed=%00&quantity=1",
    ],
)
async def test_the_address_cannot_claim_that_something_was_taken_out(
    query: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug", stock=1)
    await goods("bowl")
    await fill_cart(ada, "Mug")
    plain = (await ada.open("/cart")).text("#cart")
    await ada.open(f"/cart{query}")
    assert ada.page.status == 200
    assert ada.page.text("#cart") == plain


async def test_what_was_taken_out_is_offered_until_the_next_change(
    ada: Shopper, ben: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await goods("bowl")
    for shopper in (ada, ben):
        await fill_cart(shopper, "Bowl")
        await fill_cart(shopper, "Mug", 3)
        await shopper.submit("Remove Mug")
    taken_out = ada.page.url
    assert "Mug is out of your cart." in (await ada.open(taken_out)).says()
    assert "Mug is out of your cart." not in (await ben.open(taken_out)).says()
    await ada.submit("One more")
    assert "Mug is out of your cart." not in (await ada.open(taken_out)).says()


async def test_the_product_s_page_says_how_many_are_in_the_cart_now(
    ada: Shopper, ben: Shopper, goods: Goods
) -> None:
    await goods("mug", choices={"Clay": 5, "Moss": 5})
    await goods("bowl")
    await ada.open("/products/mug?variant=MUG-CLAY")
    await ada.submit("Add to cart", quantity=9)
    said = "You asked for 9; there are 5, so 5 are in your cart."
    asked = ada.page.path.replace("/cart", "/products/mug")
    assert said in (await ada.open(asked)).text("#added")
    for address in ("/products/mug", "/products/mug?variant=MUG-CLAY&asked=9"):
        assert "In your cart: 5." in (await ada.open(address)).text("#added")
    for shopper, address in (
        (ada, "/products/mug?variant=MUG-MOSS"),
        (ben, asked),
        (ben, "/products/mug?added=1"),
    ):
        assert (await shopper.open(address)).text("#added") == ""
    await ada.open("/cart")
    await ada.submit("Update", quantity=2)
    assert "In your cart: 2." in (await ada.open(asked)).text("#added")
    await ada.open("/cart")
    await ada.submit("Remove")
    assert (await ada.open(asked)).text("#added") == ""


async def test_sold_out_meanwhile_the_line_says_so_and_stays(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", stock=3)
    await fill_cart(ada, "Mug", 2)
    await Variant.update({Variant.on_hand: 0}).where(Variant.id == mug.id)
    await ada.reload()
    assert "This has sold out. Please remove it before you pay." in ada.page.says()
    assert not ada.page.has('a[href="/checkout"]')
    await ada.submit("Update", quantity=1)
    assert await lines() == [("MUG", 2)]
    await ada.submit("Remove")
    assert await lines() == []


async def test_fewer_than_asked_for_meanwhile_are_said_and_one_press_away(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", stock=5)
    await fill_cart(ada, "Mug", 4)
    await Variant.update({Variant.on_hand: 3}).where(Variant.id == mug.id)
    await ada.reload()
    assert "There are only 3 left. Please lower the quantity before you pay." in ada.page.says()
    await ada.submit("Lower to 3")
    assert await lines() == [("MUG", 3)]
    assert ada.page.has('a[href="/checkout"]')


async def test_a_line_s_address_is_its_owner_s_only(ada: Shopper, ben: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    address = f"/cart/lines/{await token()}"
    for quantity in ("0", "5", "1e9", ""):
        answer = await ben.post(address, {"quantity": quantity})
        assert answer.status_code == 404
    assert await lines() == [("MUG", 2)]


async def test_a_line_s_address_is_its_owner_s_only_with_carts_on_both_sides(
    ada: Shopper, ben: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    address = f"/cart/lines/{await token()}"
    await fill_cart(ben, "Mug", 1)
    for quantity in ("0", "5", "1e9", ""):
        assert (await ben.post(address, {"quantity": quantity})).status_code == 404


@pytest.mark.parametrize("line", ["x", "x" * 5000, "1", "%00", "..%2f"])
async def test_a_line_that_is_none_is_404(line: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    assert (await ada.post(f"/cart/lines/{line}", {"quantity": "1"})).status_code == 404


async def test_a_line_that_was_taken_out_in_another_tab_is_404_and_the_cart_is_one_press_away(
    ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await goods("bowl")
    await fill_cart(ada, "Mug", 2)
    address = f"/cart/lines/{await token()}"
    await ada.submit("Remove")
    answer = await ada.post(address, {"quantity": "3"})
    assert answer.status_code == 404
    assert await lines() == []


@pytest.mark.one_database
@pytest.mark.parametrize("value", ["", "x", "x" * 43 + "=", "\u00e4", "a b", "x" * 4000])
async def test_a_cart_cookie_that_we_did_not_mint_is_ignored(value: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    headers = {b"Cookie": f"cart={value}; cart_count=7777777777".encode()}
    answer = await ada.client.get("/cart", headers=headers)
    assert answer.status_code == 200
    added = await ada.client.post("/cart/lines", data={"variant": "MUG"}, headers=headers)
    assert added.status_code == 303
    assert len(ada.client.cookies["cart"]) == 43


@pytest.mark.parametrize("count", ["7", "-1", "abc", "\u0663", "99999999999999"])
async def test_a_count_that_is_not_true_is_mended_on_the_cart_page(
    count: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    own = f"cart={ada.client.cookies['cart']}; cart_count={count}"
    answer = await ada.client.get("/cart", headers={b"Cookie": own.encode()})
    assert "cart_count=2" in answer.headers["set-cookie"]
    assert '<span id="cart-count" class="cart-count">2<' in answer.text


async def test_cookies_are_kept_from_other_sites_and_the_cart_s_from_scripts(
    ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    answer = await ada.post("/cart/lines", {"variant": "MUG"})
    baked = {line.split("=")[0]: line.split("; ") for line in answer.headers.get_list("set-cookie")}
    assert baked.keys() == {"cart", "cart_count"}
    for attributes in baked.values():
        assert {"SameSite=lax", "Path=/", "Max-Age=7776000"} <= set(attributes)
    assert "HttpOnly" in baked["cart"]
    assert "HttpOnly" not in baked["cart_count"], "a script compares a kept page with it"


async def test_a_price_is_read_live_until_the_order_is_placed(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", price=1234)
    await fill_cart(ada, "Mug", 2)
    await Variant.update({Variant.price: 1500}).where(Variant.id == mug.id)
    await ada.reload()
    assert ada.page.text("#cart-totals .price") == "€30.00"


async def test_a_hundred_different_things_fit_and_no_more(ada: Shopper, goods: Goods) -> None:
    mug = await goods("mug", choices={f"Kind {number}": 5 for number in range(101)})
    skus = [row["sku"] for row in await Variant.select(Variant.sku).where(Variant.product == mug.product)]
    await ada.post("/cart/lines", {"variant": skus[0]})
    for sku in skus[1:100]:
        await ada.post("/cart/lines", {"variant": sku})
    answer = await ada.post("/cart/lines", {"variant": skus[100]})
    assert answer.status_code == 409
    assert "at most 100 different things" in answer.text
    assert len(await lines()) == 100
    assert (await ada.post("/cart/lines", {"variant": skus[0]})).status_code == 303


async def test_two_adds_at_once_make_one_cart(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=50)
    await goods("bowl", stock=50)
    await fill_cart(ada, "Mug")
    wanted = ["MUG", "BOWL"] * 4
    answers = await asyncio.gather(*[ada.post("/cart/lines", {"variant": sku}) for sku in wanted])
    assert {answer.status_code for answer in answers} == {303}
    assert await lines() == [("MUG", 5), ("BOWL", 4)]


async def test_a_customer_s_first_two_things_at_once_make_one_cart(ada: Shopper, goods: Goods) -> None:
    await goods("mug", stock=50)
    await make_account(ada)
    answers = await asyncio.gather(*[ada.post("/cart/lines", {"variant": "MUG"}) for _ in range(4)])
    assert {answer.status_code for answer in answers} == {303}
    assert await lines() == [("MUG", 4)]
    assert await Order.count() == 1


async def test_many_shoppers_have_a_cart_each(guest: Guests, goods: Goods) -> None:
    await goods("mug", stock=50)
    shoppers = [guest(f"shopper{number}") for number in range(8)]
    await asyncio.gather(*[shopper.post("/cart/lines", {"variant": "MUG"}) for shopper in shoppers])
    assert await lines() == [("MUG", 1)] * 8
    assert await Order.count() == 8


async def test_every_change_of_lines_counts(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug", 2)
    first = (await the_order()).version
    await ada.submit("One more")
    await ada.submit("Remove")
    await ada.submit("Put it back")
    assert (await the_order()).version == first + 3


async def test_a_title_is_text_wherever_it_is_shown(ada: Shopper, goods: Goods) -> None:
    await goods("mug", title='<b>Mug</b> & "saucer" {{ 7*7 }}')
    for address in ("/", "/products/mug"):
        await ada.open(address)
        assert '<b>Mug</b> & "saucer" {{ 7*7 }}' in ada.page.says()
    await ada.submit("Add to cart")
    assert '<b>Mug</b> & "saucer" {{ 7*7 }}' in ada.page.says()


async def test_a_cart_that_nobody_can_come_back_to_goes(ada: Shopper, ben: Shopper, goods: Goods) -> None:
    await goods("mug")
    await make_account(ben)
    await fill_cart(ada, "Mug")
    await ada.post("/checkout/typed", {"email": ada.email})
    await fill_cart(ben, "Mug")
    await forget_old_carts()
    assert await Order.count() == 2
    clock.move(timedelta(days=91))
    await forget_old_carts()
    [left] = await Order.select(Order.customer)
    assert left["customer"] is not None
