"""What lies in somebody's mailbox, read as they would: by what the letters say and where their links lead."""

import json
from typing import Any

from litestar.contrib.jinja import JinjaTemplateEngine

from shop.mail.links import secret_of
from shop.mail.tables import Letter
from shop.mail.writing import written
from tests.support.fixtures_shop import Shop
from tests.support.pages import Page
from tests.support.shoppers import Shopper


async def letters(email: str, kind: str) -> list[dict[str, Any]]:
    """The facts of the letters of one kind to one person, oldest first."""
    wanted = (Letter.recipient == email) & (Letter.kind == kind)
    rows = await Letter.select(Letter.facts).where(wanted).order_by(Letter.id)
    return [json.loads(row["facts"]) if isinstance(row["facts"], str) else dict(row["facts"]) for row in rows]


async def text_of(shop: Shop, email: str, kind: str) -> str:
    """The latest letter as a mail program without HTML shows it."""
    engine = shop.app.template_engine
    assert isinstance(engine, JinjaTemplateEngine)
    wanted = (Letter.recipient == email) & (Letter.kind == kind)
    letter = await Letter.objects().where(wanted).order_by(Letter.id, ascending=False).first()
    assert letter is not None
    return written(engine.engine, letter).text


async def link(email: str, kind: str) -> str:
    """Where the link of the latest letter leads."""
    facts = (await letters(email, kind))[-1]
    return str(facts["path"]).format(secret=secret_of(facts["nonce"]))


async def ask_for_a_link(shopper: Shopper, email: str | None = None, then: str = "/account") -> Page:
    await shopper.open(f"/sign-in?next={then}")
    return await shopper.submit("Mail me a link", email=email or shopper.email)


async def come_in_by_mail(shopper: Shopper, then: str = "/account") -> Page:
    await ask_for_a_link(shopper, then=then)
    await shopper.open(await link(shopper.email, "sign in"))
    return await shopper.submit("Sign in")


def changed(address: str) -> str:
    """The same address with one character changed."""
    last = "A" if address[-1] != "A" else "B"
    return address[:-1] + last
