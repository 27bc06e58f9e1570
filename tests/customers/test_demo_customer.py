"""The demo shop's customer: there in demo mode, and nowhere else."""

import pytest

from shop import clock
from shop.customers.tables import Customer
from shop.demo.customer import DEMO_EMAIL, DEMO_PASSWORD, ensure_demo_customer, refuse_beside_live_keys
from shop.environment import BadSetting
from tests.accounts.doors import is_in, sign_in
from tests.support.shoppers import Shopper


class TestInDemoMode:
    @pytest.fixture
    def more_settings(self) -> dict[str, str]:
        return {"STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": "", "STRIPE_API_BASE": ""}

    async def test_ada_reads_the_password_on_the_sign_in_page_and_gets_in(self, ada: Shopper) -> None:
        await ensure_demo_customer()
        page = await ada.open("/sign-in")
        assert page.texts(".entry__demo code") == [DEMO_EMAIL, DEMO_PASSWORD]
        await sign_in(ada, email=DEMO_EMAIL, password=DEMO_PASSWORD)
        assert await is_in(ada)

    @pytest.mark.usefixtures("environment")
    async def test_the_customer_is_made_once(self) -> None:
        await ensure_demo_customer()
        await ensure_demo_customer()
        assert await Customer.count() == 1


class TestBesideLiveKeys:
    @pytest.fixture
    def more_settings(self) -> dict[str, str]:
        return {"STRIPE_SECRET_KEY": "sk_live_0123456789", "STRIPE_API_BASE": ""}

    @pytest.mark.usefixtures("environment")
    async def test_the_customer_is_refused(self) -> None:
        with pytest.raises(RuntimeError, match="live keys"):
            await ensure_demo_customer()
        assert await Customer.count() == 0

    @pytest.mark.usefixtures("environment")
    async def test_a_database_that_was_a_demo_is_refused(self) -> None:
        await refuse_beside_live_keys()
        await Customer(email=DEMO_EMAIL, password_hash="x", created_at=clock.now()).save()
        with pytest.raises(BadSetting, match="demo customer"):
            await refuse_beside_live_keys()


class TestWithTestKeys:
    async def test_there_is_no_demo_customer_and_the_page_names_none(self, ada: Shopper) -> None:
        await ensure_demo_customer()
        assert await Customer.count() == 0
        page = await ada.open("/sign-in")
        assert DEMO_PASSWORD not in page.response.text
