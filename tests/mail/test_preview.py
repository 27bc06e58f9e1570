"""In demo mode letters are read in the browser; elsewhere there is no such page."""

import pytest

from shop import clock
from shop.mail import outbox
from shop.mail.samples import samples
from shop.mail.tables import Letter
from tests.support.shoppers import Shopper


@pytest.fixture
def more_settings() -> dict[str, str]:
    return {"STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": "", "STRIPE_API_BASE": ""}


async def test_the_demo_shop_shows_the_letters_it_kept(ada: Shopper) -> None:
    order = {"number": "K7QM2X9P", "token": "t" * 43, "email": ada.email, "currency": "EUR", "total": 1234}
    await outbox.write("attempt:one:failed", "payment failed", ada.email, {"order": order})
    # What an older version wrote says too little to be put into words.
    await outbox.write("order:OLD:paid", "paid", ada.email, {"order": "OLD"})
    await Letter.update({Letter.given_up_at: clock.now()}).where(Letter.key == "order:OLD:paid")
    await ada.open("/")
    await ada.follow("Read the mail that was sent")
    assert ada.page.says().count(f"to {ada.email}") == 2 + sum(
        letter.recipient == ada.email for letter in samples()
    )
    await ada.follow("the payment for order K7QM2X9P did not arrive")
    assert "Your bank did not confirm the payment of €12.34" in ada.page.says()
    await ada.follow("Go to your cart")
    assert ada.page.path == "/cart"


async def test_a_letter_s_html_may_be_looked_at_and_nothing_more(ada: Shopper) -> None:
    around = await ada.get("/mail/sample:paid")
    assert "frame-src 'self'" in around.headers["content-security-policy"]
    inside = await ada.get("/mail/sample:paid/html")
    policy = inside.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "frame-ancestors 'self'" in policy


async def test_every_kind_can_be_looked_at(ada: Shopper) -> None:
    for letter in samples():
        page = await ada.open(f"/mail/{letter.key}")
        assert page.status == 200, letter.kind
    assert (await ada.get("/mail/sample:none")).status_code == 404
    assert (await ada.get("/mail/sample:none/html")).status_code == 404


class TestOutsideDemoMode:
    @pytest.fixture
    def more_settings(self) -> dict[str, str]:
        return {}

    async def test_there_is_no_such_page(self, ada: Shopper) -> None:
        for address in ("/mail", "/mail/sample:paid", "/mail/sample:paid/html"):
            assert (await ada.get(address)).status_code == 404
        assert "mail that was sent" not in (await ada.open("/")).says()
