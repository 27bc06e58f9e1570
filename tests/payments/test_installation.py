"""Which process runs a background task, and which Stripe a database's payments lie at."""

import asyncio
from datetime import timedelta
from typing import cast

import pytest

from shop import clock
from shop.environment import BadSetting
from shop.errors import GatewayRefused, GatewayUnreachable
from shop.payments import installation, lease
from shop.payments.installation import claim_stripe, shop_id
from shop.payments.stripe_gateway import StripeGateway
from shop.payments.tables import Attempt, Installation
from tests.journeys.steps import fill_cart, go_to_pay
from tests.support.goods import Goods
from tests.support.sandbox import Sandbox
from tests.support.shoppers import Shopper

MINUTE = timedelta(minutes=1)


async def test_a_task_belongs_to_whoever_takes_it_first_until_its_time_is_over(environment: None) -> None:
    assert await lease.take("reconcile", "first", MINUTE) is True
    assert await lease.take("reconcile", "second", MINUTE) is False
    clock.move(MINUTE)
    assert await lease.take("reconcile", "second", MINUTE) is True
    assert await lease.take("reconcile", "first", MINUTE) is False


async def test_who_holds_a_task_may_hold_it_longer(environment: None) -> None:
    await lease.take("reconcile", "first", MINUTE)
    clock.move(timedelta(seconds=50))
    assert await lease.take("reconcile", "first", MINUTE) is True
    clock.move(timedelta(seconds=50))
    assert await lease.take("reconcile", "second", MINUTE) is False


async def test_what_is_given_back_is_free_at_once(environment: None, monkeypatch: pytest.MonkeyPatch) -> None:
    moment = clock.now()
    monkeypatch.setattr(clock, "now", lambda: moment)
    await lease.take("reconcile", "first", MINUTE)
    assert await lease.take("reconcile", "first", timedelta()) is True
    assert await lease.take("reconcile", "second", MINUTE) is True


async def test_one_task_says_nothing_about_another(environment: None) -> None:
    await lease.take("reconcile", "first", MINUTE)
    assert await lease.take("events", "second", MINUTE) is True
    assert await lease.take("reconcile", "second", MINUTE) is False
    clock.move(MINUTE)
    assert await lease.take("events", "second", MINUTE) is True
    assert await lease.take("reconcile", "third", MINUTE) is True


class Stripe:
    """As much of a gateway as is asked which Stripe it speaks to."""

    def __init__(self, account: str | Exception | float, *, livemode: bool = False) -> None:
        self.tells, self.livemode = account, livemode

    async def account(self) -> str:
        if isinstance(self.tells, Exception):
            raise self.tells
        if isinstance(self.tells, float):
            await asyncio.sleep(self.tells)
        return str(self.tells)


async def claim(account: str | Exception | float, *, livemode: bool = False, demo: bool = False) -> str:
    """What the database remembers afterwards."""
    await claim_stripe(cast("StripeGateway", Stripe(account, livemode=livemode)), demo=demo)
    [row] = await Installation.select(Installation.stripe)
    return str(row["stripe"])


async def test_the_first_stripe_is_remembered(environment: None) -> None:
    before = await shop_id()
    assert await claim("acct_1") == "test:acct_1"
    assert await claim("acct_1") == "test:acct_1"
    assert await shop_id() == before


async def test_live_and_test_are_two_stripes(environment: None) -> None:
    assert await claim("acct_1", livemode=True) == "live:acct_1"
    assert await claim("acct_1") == "test:acct_1"


async def test_a_demo_remembers_the_sandbox_without_asking_it(environment: None) -> None:
    assert await claim(RuntimeError("nobody asks"), demo=True) == "sandbox"


@pytest.mark.parametrize(
    "silence",
    [GatewayUnreachable("no answer"), GatewayRefused(403, "denied")],
    ids=["away", "refuses"],
)
async def test_where_the_account_is_not_told_the_mode_is_remembered_and_the_account_later(
    silence: Exception, environment: None
) -> None:
    assert await claim(silence) == "test"
    assert await claim("acct_1") == "test:acct_1"
    assert await claim(silence) == "test:acct_1"
    assert await claim(silence, livemode=True) == "live"


async def test_a_stripe_that_does_not_say_who_it_is_holds_the_start_for_three_seconds_at_most(
    environment: None, impatience: list[float | None]
) -> None:
    assert await claim(1.0) == "test"
    assert impatience == [3]


@pytest.fixture
async def unfinished(ada: Shopper, goods: Goods, sandbox: Sandbox) -> None:
    """Ada's try at paying waits at account acct_1."""
    await claim("acct_1")
    await goods("mug")
    await fill_cart(ada, "Mug")
    await go_to_pay(ada)


@pytest.mark.parametrize("state", ["creating", "open", "processing"])
async def test_another_stripe_is_refused_while_tries_are_unfinished(state: str, unfinished: None) -> None:
    await Attempt.update({Attempt.state: state}, force=True)
    for account, livemode, demo, now in (
        ("acct_2", False, False, "test:acct_2"),
        ("acct_1", True, False, "live:acct_1"),
        ("", False, True, "sandbox"),
    ):
        with pytest.raises(BadSetting) as refused:
            await claim(account, livemode=livemode, demo=demo)
        assert f"(test:acct_1; now {now})" in str(refused.value)
        assert "1 of them are unfinished" in str(refused.value)
    assert await claim("acct_1") == "test:acct_1"
    await Attempt.update({Attempt.state: "open"}, force=True)


async def test_another_stripe_is_welcome_when_all_is_done(unfinished: None) -> None:
    await Attempt.update({Attempt.state: "expired"}, force=True)
    assert await claim("acct_2") == "test:acct_2"
    assert await claim("", demo=True) == "sandbox"
    await Attempt.update({Attempt.state: "open"}, force=True)


async def test_a_database_that_remembers_no_stripe_takes_the_first_one_at_any_time(unfinished: None) -> None:
    await Installation.update({Installation.stripe: None}, force=True)
    assert await claim("acct_2") == "test:acct_2"


@pytest.mark.parametrize(
    ("before", "now", "may"),
    [
        ("", "test:acct_1", True),
        ("test", "test", True),
        ("test", "test:acct_1", True),
        ("test:acct_1", "test", True),
        ("test:acct_1", "test:acct_1", True),
        ("test:acct_1", "test:acct_2", False),
        ("test:acct_1", "test:acct_12", False),
        ("test:acct_12", "test:acct_1", False),
        ("test", "live", False),
        ("test", "live:acct_1", False),
        ("sandbox", "test:acct_1", False),
    ],
)
def test_two_names_may_mean_the_same_stripe_where_one_of_them_says_less(
    before: str, now: str, may: bool
) -> None:
    assert installation._may_be_the_same(before, now) is may
