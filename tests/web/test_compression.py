"""Words leave compressed, and as they were where somebody could learn from their length."""

import pytest

from shop.demo.load import load
from tests.support.goods import Goods
from tests.support.shoppers import Shopper

pytestmark = pytest.mark.one_database


@pytest.mark.parametrize(
    ("asked", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0.0", None),
        ("identity", None),
    ],
)
async def test_a_page_is_sent_as_the_browser_can_read_it(
    asked: str, encoding: str | None, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    seen = await ada.get("/products/mug", headers={"Accept-Encoding": asked})
    assert seen.headers.get("content-encoding") == encoding
    assert "Accept-Encoding" in seen.headers["vary"]
    assert "Cookie" in seen.headers["vary"]
    assert "Article number MUG" in seen.text
    head = await ada.client.head("/products/mug", headers={"Accept-Encoding": asked})
    assert head.headers["content-length"] == seen.headers["content-length"]


async def test_a_drawing_is_compressed_and_still_known_when_it_is_asked_for_again(ada: Shopper) -> None:
    await load()
    await ada.open("/")
    picture = str(ada.page.all('img[src^="/media/"]')[0].attributes["src"])
    seen = await ada.get(picture)
    assert seen.headers["content-encoding"] == "br"
    again = await ada.get(picture, headers={"If-None-Match": seen.headers["etag"]})
    assert again.status_code == 304


async def test_a_few_words_are_left_as_they_are(ada: Shopper) -> None:
    assert "content-encoding" not in (await ada.get("/health")).headers


async def test_a_public_page_is_compressed_whatever_is_asked_of_it(ada: Shopper) -> None:
    for address in ("/products?sort=price", "/search?q=mug", "/sitemap.xml?part=0"):
        assert (await ada.get(address)).headers["content-encoding"] == "br"


@pytest.mark.parametrize("address", ["/cart", "/sign-in", "/checkout"])
async def test_a_page_of_the_shopper_s_own_is_as_long_whatever_somebody_put_into_its_address(
    address: str, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await ada.open("/products/mug")
    await ada.submit("Add to cart")
    assert (await ada.get(address)).headers["content-encoding"] == "br"
    assert "content-encoding" not in (await ada.get(f"{address}?guess=mug")).headers
