"""A merchant adds a language, and then everything is said in it: each page, each field, each letter.

Here it is English in brackets, so that whatever stands outside of them was said past gettext.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import httpx
import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from selectolax.lexbor import LexborHTMLParser

from shop.mail.samples import samples
from shop.mail.tables import Letter
from shop.mail.writing import facts_of, written
from shop.web import look, policies, words
from shop.web.templates import environment as templates
from tests.delivery.shop_toml import sending
from tests.journeys.steps import pay_by_card, the_order
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.sentences import said
from tests.support.shoppers import HTMX, Shopper

pytestmark = pytest.mark.one_database

FRENCH = Locale("fr")
HOME = {"name": "Ada", "line1": "Main Street 1", "postal_code": "10115", "city": "Berlin"}
# What is not the shop's to translate: what was typed, goods, the merchant's data, and what Babel says.
GIVEN = re.compile(
    r"Hearthside|Main Street|Berlin|Kind|A good|Ada|English|Deutsch|Français|TU|UTC"
    r"|\b(?=\w*\d)[0-9A-Z]{8}\b|\b[0-9a-f]{16}\b|\b(?:ch|cs|pi|dp)_\w+|\S+@\S+|https?://\S+|"
    + "|".join(map(re.escape, [*FRENCH.territories.values(), *FRENCH.months["format"]["wide"].values()]))
)
READ_OUT = "alt", "aria-label", "title", "placeholder"
LEADING = "href", "action", "formaction", "data-hx-get", "data-hx-post"
LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    """The merchant's folder, with French."""
    catalogue = Catalog("fr")
    for forms in said().values():
        catalogue.add(
            forms if len(forms) > 1 else forms[0], bracketed(forms) if len(forms) > 1 else bracketed(forms)[0]
        )
    for way in ("Parcel", "Parcel abroad", "Collect it"):
        catalogue.add(way, f"⟦{way}⟧")
    file = tmp_path / "translations" / "fr" / words.FILE
    file.parent.mkdir(parents=True)
    with file.open("wb") as out:
        write_po(out, catalogue)
    (tmp_path / "policies").mkdir()
    for name in policies.NAMES:
        (tmp_path / "policies" / f"{name}.fr.md").write_text(f"# ⟦{name}⟧\n\n⟦See [it](/policies/terms).⟧\n")
    return sending(tmp_path)


def bracketed(forms: tuple[str, ...]) -> list[str]:
    return [f"⟦{form}⟧" for form in forms]


async def test_every_page_says_everything_in_it_and_leads_to_pages_in_it(
    ada: Shopper, ben: Shopper, goods: Goods, sandbox: Sandbox
) -> None:
    await goods("mug", title="⟦Mug⟧", choices={"⟦Clay⟧": 3, "⟦Moss⟧": 9, "⟦Ash⟧": 0})
    await goods("bowl", title="⟦Bowl⟧", price=800)
    heard = [*hears(ada), *hears(ben)]
    await looks_around(ada)
    await fills_a_cart(ada)
    await orders(ada)
    await withdraws(ada, ben)
    await has_an_account(ben)
    answers = [answer for each in heard for answer in each]
    found = {
        f"{answer.url.path}: {text}"
        for answer in answers
        for text in (*left_over(answer.text), *leading_out(answer.text))
    }
    assert not found, "\n".join(sorted(found))
    assert len(answers) > 100
    assert {answer.headers["content-language"] for answer in answers} == {"fr"}


async def test_every_letter_says_everything_in_it(environment: None) -> None:
    found = set()
    with words.speaking("fr"):
        letters = samples()
    for letter in letters:
        letter.locale, facts = "fr", facts_of(letter)
        letter.facts = facts | ({"policies": ["# ⟦Terms⟧"]} if "policies" in facts else {})
        html = written(templates(look.assets()), letter).html
        for fact in sorted(texts_in(facts), key=len, reverse=True):
            html = html.replace(escape(fact), "")
        found |= {f"{letter.kind}: {text}" for text in left_over(html)}
    assert not found, "\n".join(sorted(found))


def hears(shopper: Shopper) -> Iterator[list[httpx.Response]]:
    """Every page and part of one that the shop answers from now on."""
    answers: list[httpx.Response] = []

    async def hear(response: httpx.Response) -> None:
        if response.url.host == "localhost" and "text/html" in response.headers.get("content-type", ""):
            await response.aread()
            answers.append(response)

    shopper.client.event_hooks["response"] = [hear]
    yield answers


async def looks_around(ada: Shopper) -> None:
    for address in (
        "/", "/products/mug", "/products/mug?variant=MUG-⟦ASH⟧", "/products/bowl",
        "/products", "/collections", "/search", "/search?q=mug", "/search?q=mgu",
        "/search?q=nothing-like-it", "/nowhere", "/orders/nobody", "/cart", "/checkout", "/cart/lines",
        "/withdrawal", "/find-orders", "/sign-in", "/sign-in/link", "/register", "/password",
        "/letter-sent", "/sign-in/none", "/password/none", "/mail", "/checkout/return",
        *(f"/policies/{name}" for name in policies.NAMES),
    ):  # fmt: skip
        await ada.open(f"/fr{address}")
    await ada.post("/fr/cart/lines", headers={"Sec-Fetch-Site": "cross-site"})


async def fills_a_cart(ada: Shopper) -> None:
    for quantity in ("0", "none", "99", "1"):
        await ada.open("/fr/products/bowl")
        await ada.swap("Add to cart", quantity=quantity)
        await ada.submit("Add to cart", quantity=quantity)
    await ada.post("/fr/cart/lines", {"variant": "MUG-⟦ASH⟧", "quantity": "1"})
    await ada.open("/fr/cart")
    await ada.swap("Update", quantity="x")
    await ada.submit("Update", quantity="x")
    await ada.submit("Update", quantity="99")
    await ada.submit("Remove")
    await ada.swap("Put it back")
    await ada.open("/fr/cart")
    await ada.swap("Remove")


async def orders(ada: Shopper) -> None:
    await ada.open("/fr/products/bowl")
    await ada.submit("Add to cart", quantity="2")
    await ada.open("/fr/checkout")
    await ada.submit(action="/checkout", email="", line1="")
    await ada.submit(action="/checkout", email="ada", postal_code="1")
    typed = ada.page.form(action="/checkout").fields()
    for country in ("US", "AT", "DE"):
        await ada.post("/fr/checkout/delivery", typed | {"country": country}, headers=HTMX)
        await ada.post("/fr/checkout/delivery", typed | {"country": country})
    await ada.post("/fr/checkout", {**typed, **HOME, "email": ada.email, "total": "1"})
    await ada.post("/fr/checkout", {**typed, **HOME, "email": ada.email, "policies": "old"})
    await ada.open("/fr/checkout")
    await ada.submit("Order and pay", email=ada.email, **HOME)
    placed = f"/fr/orders/{(await the_order()).token}"
    for address in ("/fr/cart", "/fr/", placed, f"{placed}?cancelled=1", f"{placed}?waited=0"):
        await ada.open(address)
    await ada.open(placed)
    await ada.submit("Change the order")
    await ada.open("/fr/checkout")
    await ada.submit("Order and pay", email=ada.email, **HOME)
    await pay_by_card(ada)
    assert ada.page.text("h1") == "⟦Thank you⟧"


async def withdraws(ada: Shopper, ben: Shopper) -> None:
    order = await the_order()
    await ben.open(f"/fr/orders/{order.token}")
    await ben.open(f"/fr/checkout/return?session_id={order.stripe_session_id}")
    await ada.open(f"/fr/orders/{order.token}/withdrawal")
    await ada.submit("Go on", name="")
    await ada.submit("Go on", name="Ada")
    await ada.submit("Confirm withdrawal")
    for address in ("", "/withdrawal", "/withdrawals/none"):
        await ada.open(f"/fr/orders/{order.token}{address}")
    await ada.open("/fr/withdrawal")
    await ada.submit("Go on", number="", email="x")
    await ada.submit("Go on", number=order.number, email=ada.email, name="Ada")
    await ada.submit("Confirm withdrawal")


async def has_an_account(ben: Shopper) -> None:
    for email, password in (("", ""), (ben.email, "short"), (ben.email, ben.password)):
        await ben.open("/fr/register")
        await ben.submit("Make the account", email=email, password=password)
    await ben.open("/fr/account/password")
    await ben.submit("Keep the new password", current="wrong", password="short")
    await ben.open("/fr/account/email")
    await ben.submit("Mail me a link", email="", current="wrong")
    await ben.submit("Mail me a link", email="new@example.com", current=ben.password)
    await ben.open("/fr/account")
    await ben.submit("Sign out")
    await ben.open("/fr/sign-in")
    await ben.submit("Sign in", email=ben.email, password="wrong")
    await ben.submit("Sign in", email="", password="")
    for asked in ("/sign-in/link", "/password", "/find-orders"):
        await ben.open(f"/fr{asked}")
        await ben.submit("Mail me", email="none")
        await ben.submit("Mail me", email=ben.email)
    for letter in await Letter.objects().where(Letter.recipient == ben.email):
        [link, *_] = [to for _, to in written(templates(look.assets()), letter).links]
        await ben.open(link)


def left_over(html: str) -> Iterator[str]:
    """What stands outside of brackets."""
    tree = LexborHTMLParser(html)
    for node in tree.css("script, style, code, [name='area']"):
        node.decompose()
    texts = [tree.root.text(separator="") if tree.root else ""]
    texts += [text for node in tree.css("*") for name in READ_OUT if (text := node.attributes.get(name))]
    texts += [node.attributes["content"] or "" for node in tree.css('meta[name="description"]')]
    for text in texts:
        left, before = text, ""
        while left != before:
            before, left = left, re.sub(r"⟦[^⟦⟧]*⟧", " ", left)
        yield from (
            " ".join(line.split()) for line in GIVEN.sub(" ", left).splitlines() if LETTERS.search(line)
        )


def leading_out(html: str) -> Iterator[str]:
    """Addresses of ours without the prefix, but for those of files and the ways to other languages."""
    for node in LexborHTMLParser(html).css(
        ", ".join(f"[{name}]:not([hreflang], button[lang])" for name in LEADING)
    ):
        for name in LEADING:
            address = node.attributes.get(name) or ""
            if re.match(r"/(?!fr/|static/|[^/]+\.)", address):
                yield f"{name}={address}"


def texts_in(fact: Any) -> Iterator[str]:
    if isinstance(fact, str) and LETTERS.search(fact):
        yield fact
    elif isinstance(fact, dict | list):
        for each in fact.values() if isinstance(fact, dict) else fact:
            yield from texts_in(each)
