"""What search engines and previews are told: of each page its one address, and of private ones nothing."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from shop.catalogue import sitemap
from shop.catalogue.tables import Collection, Product
from shop.demo.load import load
from shop.settings import settings
from tests.support.goods import Goods
from tests.support.pages import Page
from tests.support.shoppers import Shopper

PRIVATE = ["/cart", "/checkout", "/account", "/sign-in", "/register", "/find-orders", "/withdrawal"]


def data(page: Page) -> dict[str, Any]:
    """What the page tells programs, by its type."""
    told = [json.loads(node.text()) for node in page.all('script[type="application/ld+json"]')]
    return {str(thing["@type"]): thing for graph in told for thing in graph["@graph"]}


def meta(page: Page, name: str) -> str:
    return str(page.one(f'meta[property="{name}"], meta[name="{name}"]').attributes["content"])


def canonical(page: Page) -> str:
    return str(page.one('link[rel="canonical"]').attributes["href"]).removeprefix(settings().url)


@pytest.mark.parametrize("address", [*PRIVATE, "/search?q=mug", "/nothing"])
async def test_a_page_of_one_s_own_is_not_for_search_engines(
    address: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await ada.open("/products/mug")
    await ada.submit("Add to cart")
    page = await ada.open(address)
    assert page.headers["x-robots-tag"] == "noindex"
    assert page.one('meta[name="robots"]').attributes["content"] == "noindex"
    assert not page.has('link[rel="canonical"], meta[property], script[type="application/ld+json"]')


async def test_programs_are_told_what_the_shop_is_called_and_where_to_look(ada: Shopper) -> None:
    manifest = json.loads((await ada.get("/manifest.webmanifest")).text)
    assert manifest["name"] == "Hearthside"
    for icon in manifest["icons"]:
        assert (await ada.get(icon["src"])).headers["content-type"].startswith(icon["type"])
    icon = await ada.client.get("/favicon.ico", follow_redirects=True)
    assert icon.headers["content-type"] == "image/svg+xml"
    robots = (await ada.get("/robots.txt")).text
    assert "Disallow: /de/cart\n" in robots
    assert robots.endswith(f"Sitemap: {settings().url}/sitemap.xml\n")


async def test_each_state_of_a_page_names_its_one_address(ada: Shopper, goods: Goods) -> None:
    for number in range(30):
        await goods(f"mug-{number}", choices={"red": 1, "blue": 1})
    for address, one in {
        "/?utm_source=x": "/",
        "/products/mug-1?variant=MUG-1-BLUE&asked=2": "/products/mug-1",
        "/products": "/products",
        "/products?page=2": "/products?page=2",
        "/products?page=2&sort=price": "/products",
        "/de/products/mug-1?asked=1": "/de/products/mug-1",
        "/policies/terms?x=y": "/policies/terms",
    }.items():
        page = await ada.open(address)
        assert (canonical(page), "x-robots-tag" in page.headers) == (one, False)
        assert meta(page, "og:url") == settings().url + one
        assert 0 < len(meta(page, "description")) <= 160
        assert page.title.startswith(meta(page, "og:title"))


async def test_a_product_tells_what_it_costs_and_whether_it_is_there(ada: Shopper, goods: Goods) -> None:
    nasty = '</script><script>alert("1")</script> & <!-- Mug'
    await goods("mug", title=nasty, price=1234)
    await goods("bowl", choices={"red": 1, "blue": 0})
    told = data(await ada.open("/products/mug"))
    assert (told["Product"]["name"], told["Product"]["sku"]) == (nasty, "MUG")
    offer = told["Product"]["offers"]
    assert (offer["price"], offer["priceCurrency"]) == ("12.34", "EUR")
    assert offer["availability"] == "https://schema.org/InStock"
    crumbs = told["BreadcrumbList"]["itemListElement"]
    assert crumbs[-1] == {
        "@type": "ListItem", "position": len(crumbs), "name": nasty, "item": f"{settings().url}/products/mug",
    }  # fmt: skip
    group = data(await ada.open("/products/bowl?variant=BOWL-BLUE"))["ProductGroup"]
    offers = [
        (each["sku"], each["offers"]["url"], each["offers"]["availability"]) for each in group["hasVariant"]
    ]
    address = f"{settings().url}/products/bowl?variant="
    assert offers == [
        ("BOWL-RED", f"{address}BOWL-RED", "https://schema.org/InStock"),
        ("BOWL-BLUE", f"{address}BOWL-BLUE", "https://schema.org/OutOfStock"),
    ]


@pytest.mark.one_database
async def test_the_home_page_is_described_by_what_its_collections_say(ada: Shopper) -> None:
    assert meta(await ada.open("/"), "description") == settings().name
    kinds = (("mugs", "Mugs", "For coffee and tea."), ("lamps", "Lamps", ""))
    for position, (slug, title, words) in enumerate(kinds):
        await Collection(slug=slug, title=title, description=words, position=position).save()
    assert meta(await ada.open("/"), "description") == "For coffee and tea. Lamps."


async def test_the_home_page_tells_who_sells_and_how_to_search(ada: Shopper) -> None:
    told = data(await ada.open("/"))
    assert told["OnlineStore"]["name"] == told["WebSite"]["name"] == "Hearthside"
    search = told["WebSite"]["potentialAction"]["target"]["urlTemplate"]
    assert search == f"{settings().url}/search?q={{search_term_string}}"


async def places(shopper: Shopper, address: str) -> list[str]:
    answer = await shopper.get(address)
    assert answer.headers["content-type"].startswith("application/xml")
    found = [each.text or "" for each in ET.fromstring(answer.text).iter() if each.tag.endswith("loc")]
    return [each.removeprefix(settings().url) for each in found]


async def test_the_sitemap_has_every_page_that_may_be_found(ada: Shopper, goods: Goods) -> None:
    await load()
    await goods("mug")
    await goods("gone")
    await Product.update({Product.retired_at: Product.created_at}).where(Product.slug == "gone")
    found = await places(ada, "/sitemap.xml")
    assert {"/", "/collections/kitchen", "/products/mug", "/policies/terms"} <= set(found)
    assert "/products/gone" not in found
    assert len(set(found)) == len(found)


async def test_a_sitemap_that_is_too_long_comes_in_parts(
    ada: Shopper, goods: Goods, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "MOST", 4)
    monkeypatch.setattr(sitemap, "AT_ONCE", 1)
    for number in range(5):
        await goods(f"mug-{number}")
    parts = [await places(ada, part) for part in await places(ada, "/sitemap.xml")]
    assert parts[0][0] == "/"
    # Each is there in two languages.
    assert [part[::2] for part in parts[1:]] == [
        ["/products/mug-0", "/products/mug-1"],
        ["/products/mug-2", "/products/mug-3"],
        ["/products/mug-4"],
    ]
    assert parts[3][1] == "/de/products/mug-4"


async def test_a_page_names_itself_in_the_other_language(ada: Shopper) -> None:
    page = await ada.open("/de/policies/terms")
    assert canonical(page) == "/de/policies/terms"
    told = {
        (node.attributes["hreflang"], (node.attributes["href"] or "").removeprefix(settings().url))
        for node in page.all('link[rel="alternate"]')
    }
    assert told == {("en", "/policies/terms"), ("de", "/de/policies/terms"), ("x-default", "/policies/terms")}
    assert f'hreflang="de" href="{settings().url}/de/policies/terms"' in (await ada.get("/sitemap.xml")).text
    assert not (await ada.open("/de/cart")).has('link[rel="alternate"]')
