"""What is asked for on the pages arrives over real SMTP, and its links open what they promise."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from tests.accounts.doors import is_in
from tests.journeys.steps import buy, the_order
from tests.support.fixtures_shop import Shop
from tests.support.goods import Goods
from tests.support.postoffice import PostOffice
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

Send = Callable[[], Coroutine[Any, Any, int]]


def links(shop: Shop, text: str) -> list[str]:
    return [found.removeprefix(shop.url) for found in re.findall(rf"{re.escape(shop.url)}/\S+", text)]


async def test_ada_signs_in_by_the_letter_that_arrives(
    ada: Shopper, shop: Shop, post: PostOffice, send: Send
) -> None:
    await ada.open("/sign-in?next=/account")
    await ada.submit("Mail me a link", email=ada.email)
    assert await send() == 1
    [arrived] = post.to(ada.email)
    [link] = [one for one in links(shop, arrived.text) if one.startswith("/sign-in/")]
    assert f"{shop.url}{link}" in arrived.html
    await ada.open(link)
    assert (await ada.submit("Sign in")).path == "/account"
    await ada.submit("Mail me a link to choose a password")
    assert await send() == 1
    [link] = [one for one in links(shop, post.to(ada.email)[-1].text) if one.startswith("/password/")]
    await ada.open(link)
    await ada.submit("Keep the new password", password="a new kettle on the hob")
    assert await is_in(ada)


async def test_ben_on_another_machine_finds_the_order_that_he_made_as_a_guest(
    ben: Shopper, goods: Goods, sandbox: Sandbox, shop: Shop, post: PostOffice, send: Send
) -> None:
    await goods("mug", price=1234, stock=5)
    await buy(ben, "Mug")
    await send()
    ben.client.cookies.clear()
    await ben.open("/find-orders")
    await ben.submit("Mail me my orders", email=ben.email)
    assert await send() == 1
    told = links(shop, post.to(ben.email)[-1].text)
    order = await the_order()
    assert f"/orders/{order.token}" in told
    assert str(order.number) in (await ben.open(f"/orders/{order.token}")).says()
