"""The review page: everything once more before paying."""

from shop.mail.tables import Letter
from shop.mail.writing import written
from shop.orders import agreements
from shop.settings import settings
from shop.web import look, policies
from shop.web.templates import environment
from tests.accounts.doors import make_account
from tests.journeys.steps import buy, fill_cart, history, the_order
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper


async def test_everything_is_shown_once_more(ada: Shopper, goods: Goods) -> None:
    await goods("mug", price=1234, choices={"Clay": 4})
    await goods("bowl", price=800)
    await fill_cart(ada, "Mug", 2)
    await fill_cart(ada, "Bowl", 3)
    await ada.open("/checkout")
    assert ada.page.texts(".bought__title") == ["Mug", "Bowl"]
    assert ada.page.text(".bought__options") == "Clay"
    assert ada.page.texts(".bought__times") == ["2 × €12.34", "3 × €8.00"]
    assert ada.page.text(".totals .price") == "€48.68"
    assert ada.page.text("#pay") == "Order and pay"
    assert ada.page.text(".review__sum") == "Total €48.68"


async def test_the_pay_form_is_a_plain_one(ada: Shopper, goods: Goods) -> None:
    """It leads to another site, which htmx cannot follow."""
    await goods("mug")
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    form = ada.page.one('form[action="/checkout"]')
    assert form.attributes["method"] == "post"
    assert not [name for name in form.attributes if name.startswith("hx-")]


async def test_sent_by_htmx_all_the_same_the_browser_is_told_where_to_go(ada: Shopper, goods: Goods) -> None:
    await goods("leaflet", price=0)
    await fill_cart(ada, "Leaflet")
    await ada.open("/checkout")
    answer = await ada.swap(action="/checkout", email=ada.email)
    assert answer.status == 200
    assert answer.headers["HX-Redirect"].startswith("/orders/")


async def test_a_customer_s_e_mail_stands_there_already(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await make_account(ada)
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    assert ada.page.one("#email").attributes["value"] == ada.email
    assert "Sign in first" not in ada.page.says()


async def test_a_guest_is_not_asked_for_an_account(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    assert "You can buy without an account." in ada.page.says()
    assert not ada.page.one("#email").attributes["value"]


async def test_looking_at_the_review_places_nothing(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    await ada.reload()
    assert (await the_order()).status == "cart"
    assert await history(await the_order()) == []


async def test_ben_s_review_is_not_ada_s(ada: Shopper, ben: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    assert (await ben.open("/checkout")).path == "/cart"


async def test_what_ada_agreed_to_is_kept_with_the_order_and_its_letter(
    ada: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    assert ada.page.link("right of withdrawal").endswith("/policies/returns")
    await buy(ada, "Mug")
    order = await the_order()
    now = policies.current()
    assert order.agreed_to == now.version
    assert order.agreed_at is not None
    assert await agreements.texts_of(order) == now.texts
    letter = await Letter.objects().get(Letter.key == f"order:{order.number}:paid")
    assert now.named("returns").text in await agreements.mailed_with(order)
    assert letter is not None
    told = written(environment(look.assets()), letter)
    assert "within 14 days without giving any reason" in " ".join(told.text.split())
    assert f'href="{settings().url}/policies/imprint"' in told.html


async def test_policies_that_changed_meanwhile_are_looked_at_again(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await fill_cart(ada, "Mug")
    await ada.open("/checkout")
    await ada.submit(action="/checkout", email=ada.email, policies="of yesterday")
    assert ada.page.status == 409
    assert "policies have changed" in ada.page.text(".review .notice--bad")
    assert (await the_order()).status == "cart"
