"""HTTP as people, proxies and programs expect it, at every address."""

import re

import pytest

from shop.settings import settings
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.shoppers import HTMX, Shopper

PAGES = ["/", "/cart", "/search?q=mug", "/products/mug", "/sign-in", "/register", "/health"]


@pytest.mark.parametrize("address", PAGES)
async def test_head_answers_like_get_without_a_body(address: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    seen, asked = await ada.get(address), await ada.client.head(address)
    assert (seen.status_code, asked.status_code) == (200, 200)
    assert asked.headers["content-type"] == seen.headers["content-type"]
    assert asked.content == b""


@pytest.mark.parametrize("address", ["/cart", "/products/mug", "/search?q=a+b&sort=price"])
async def test_a_slash_at_the_end_leads_to_the_page_itself(address: str, ada: Shopper) -> None:
    path, mark, query = address.partition("?")
    answer = await ada.get(f"{path}/{mark}{query}")
    assert answer.status_code == 308
    assert answer.headers["location"] == address


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("//evil.example/", "/evil.example"),
        ("/%2f%2fevil.example/", "/evil.example"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
        ("/%0d%0aSet-Cookie:%20a=b/", "/%0D%0ASet-Cookie%3A%20a%3Db"),
        ("/products/%C3%A4/", "/products/%C3%A4"),
        ("/a%3Fb/", "/a%3Fb"),
    ],
)
async def test_a_slash_at_the_end_never_leads_elsewhere(asked: str, leads_to: str, ada: Shopper) -> None:
    answer = await ada.get(str(ada.client.base_url).rstrip("/") + asked)
    assert answer.status_code == 308
    assert answer.headers["location"] == leads_to
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/products/nothing",
        "/collections/nothing",
        "/orders/nothing",
        "/media/nothing",
        "/media/" + "0" * 64 + ".svg",
        "/static/nothing.css",
        "/products/%00",
        "/products/%ff%fe",
        "/products/" + "x" * 5000,
        "/products/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/products/mug/more",
    ],
    ids=lambda address: address[:40],
)
async def test_an_unknown_address_is_a_page_with_a_way_on(address: str, ada: Shopper) -> None:
    await ada.open(address)
    assert ada.page.status == 404
    assert ada.page.text("h1") == "We cannot find that"
    assert ada.page.link("Go to the shop").endswith("/")


async def test_for_htmx_an_unknown_address_is_a_region(ada: Shopper) -> None:
    answer = await ada.get("/products/nothing", headers=HTMX)
    assert answer.status_code == 404
    assert "<html" not in answer.text
    assert "We cannot find that" in answer.text


@pytest.mark.parametrize("address", ["/", "/products/mug", "/checkout/return", "/account"])
async def test_a_page_that_is_for_looking_says_so_to_a_form(address: str, ada: Shopper) -> None:
    answer = await ada.post(address)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert "That does not work here" in answer.text


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/cart/lines", "/cart"),
        ("/cart/lines/x", "/cart"),
        ("/checkout/typed", "/checkout"),
        ("/orders/x/payment", "/orders/x"),
        ("/orders/x%0d%0ay/reopen", "/orders/x%0D%0Ay"),
        ("/orders/x/withdrawals", "/orders/x/withdrawal"),
        ("/withdrawals", "/withdrawal"),
        ("/sign-out", "/account"),
        ("/account/addresses/x/remove", "/account"),
    ],
)
async def test_whoever_comes_back_to_what_a_form_was_answered_with_is_led_to_its_page(
    address: str, leads_to: str, ada: Shopper
) -> None:
    answer = await ada.get(address)
    assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert (await ada.get("/de" + address)).headers["location"] == "/de" + leads_to


async def test_no_form_of_ours_leads_where_a_reload_is_refused(ada: Shopper, shop: Shop) -> None:
    sent_to = {route.path for route in shop.app.routes if "POST" in getattr(route, "methods", ())}
    assert len(sent_to) > 20
    refused = {path for path in sent_to if (await ada.get(re.sub("{.*?}", "x", path))).status_code == 405}
    assert refused == {"/webhooks/stripe"}


@pytest.mark.parametrize(
    "query",
    [
        "?page=-1",
        "?page=1e9",
        "?page=99999999999999999999",
        "?sort=%00",
        "?sort=price;drop",
        "?page=",
        "?%00=%00",
    ],
)
async def test_odd_queries_show_the_nearest_there_is(query: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    for address in ("/search", "/products/mug", "/cart", "/checkout"):
        assert (await ada.client.get(address + query, follow_redirects=True)).status_code == 200


@pytest.mark.parametrize(
    "words", ["", "%", "_", "'", '"', "\\", "\x00", "x" * 5000, "\u00e4", "a b c d e f g h i j", "<script>"]
)
async def test_whatever_is_searched_for_is_answered(words: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    answer = await ada.get("/search", params={"q": words})
    assert answer.status_code == 200
    assert "<script>" not in answer.text


async def test_a_search_finds_a_percent_sign_literally(ada: Shopper, goods: Goods) -> None:
    await goods("mug", title="Mug 100% clay")
    await goods("bowl")
    await ada.open("/search?q=100%25")
    # What was found is marked, so it stands apart.
    assert [title.replace(" %", "%") for title in ada.page.texts(".card__title")] == ["Mug 100% clay"]


@pytest.mark.parametrize("address", ["/", "/cart", "/nothing", "/static/nothing"])
async def test_every_answer_carries_the_policy(address: str, ada: Shopper) -> None:
    policy = (await ada.get(address)).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe" not in policy


async def test_the_policy_lets_forms_lead_to_stripe_s_page_and_nowhere_else(ada: Shopper) -> None:
    policy = (await ada.get("/checkout")).headers["content-security-policy"]
    assert f"form-action 'self' {settings().stripe.checkout_origin};" in policy


@pytest.mark.parametrize("address", PAGES[:-1])
async def test_pages_have_no_inline_script_or_style(address: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    await ada.open(address)
    assert not ada.page.has('style, [style], script:not([src], [type="application/ld+json"])')
    assert not [node for node in ada.page.all("*") if any(name.startswith("on") for name in node.attributes)]


async def test_a_page_and_its_region_are_told_apart_by_caches(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    for address in ("/products/mug", "/cart"):
        vary = (await ada.get(address)).headers["vary"].replace(" ", "").split(",")
        assert {"Cookie", "HX-Request", "HX-Request-Type"} <= set(vary)


async def test_back_shows_what_a_form_was_answered_with_whatever_the_cookies_say_by_then(
    ada: Shopper,
) -> None:
    answer = await ada.post("/sign-in", {"email": "x"})
    assert (answer.status_code, "Cookie" in answer.headers["vary"]) == (422, False)


async def test_a_static_file_is_kept_for_ever_and_small(ada: Shopper) -> None:
    await ada.open("/")
    for node in ada.page.all('link[rel="stylesheet"], script[src]'):
        address = node.attributes.get("href") or node.attributes["src"] or ""
        answer = await ada.get(address, headers={"Accept-Encoding": "br, gzip"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-encoding"] == "br"
