"""Whoever guesses passwords is slowed down; whoever knows theirs is not locked out for long."""

import asyncio
from datetime import timedelta

import pytest

from shop import clock
from shop.customers import tries
from shop.customers.tables import SignInTries
from tests.accounts.doors import is_in, make_account, sign_in, sign_out
from tests.support.shoppers import Shopper


async def test_after_ten_wrong_passwords_ben_has_to_wait(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    for _ in range(10):
        assert (await sign_in(ben, email=ada.email)).status == 422
    page = await sign_in(ben, email=ada.email)
    assert page.status == 429
    assert 0 < int(page.headers["retry-after"]) <= 600
    assert "Wait 10 minutes" in page.text("#password-error")


async def test_registering_is_no_other_way_to_guess(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    answers = [await make_account(ben, email=ada.email) for _ in range(11)]
    assert [page.status for page in answers] == [422] * 10 + [429]
    assert "Retry-After" in answers[-1].headers


async def test_a_burst_of_guesses_cannot_outrun_the_count(ada: Shopper, ben: Shopper) -> None:
    await make_account(ada)
    form = {"email": ada.email, "password": "not the kettle"}
    answers = await asyncio.gather(*[ben.client.post("/sign-in", data=form) for _ in range(40)])
    assert sum(answer.status_code == 422 for answer in answers) <= 11


async def test_ada_may_try_again_after_ten_minutes_although_ben_went_on_trying(
    ada: Shopper, ben: Shopper
) -> None:
    await make_account(ada)
    await sign_out(ada)
    for _ in range(10):
        await sign_in(ben, email=ada.email)
    assert (await sign_in(ada)).status == 429
    clock.move(timedelta(minutes=9))
    assert (await sign_in(ben, email=ada.email)).status == 429
    clock.move(timedelta(minutes=1, seconds=1))
    await sign_in(ada)
    assert await is_in(ada)


async def test_the_right_password_begins_the_count_again(ada: Shopper) -> None:
    await make_account(ada)
    await sign_out(ada)
    for _ in range(2):
        for _ in range(9):
            assert (await sign_in(ada, password="not the kettle")).status == 422
        await sign_in(ada)
        assert await is_in(ada)
        await sign_out(ada)


async def test_right_passwords_are_not_counted(ada: Shopper) -> None:
    await make_account(ada)
    before = await SignInTries.count()
    form = {"email": ada.email, "password": ada.password}
    answers = await asyncio.gather(*[ada.client.post("/sign-in", data=form) for _ in range(20)])
    assert {answer.status_code for answer in answers} == {303}
    assert await SignInTries.count() == before


async def test_ten_tries_from_one_address_do_not_lock_the_others_out(database: str) -> None:
    for _ in range(10):
        await tries.note("ada@example.com", "192.0.2.1")
    assert await tries.wait("ada@example.com", "192.0.2.1") > 0
    assert await tries.wait("ada@example.com", "192.0.2.2") == 0
    assert await tries.wait("ben@example.com", "192.0.2.1") == 0


@pytest.mark.one_database
async def test_a_hundred_tries_are_enough_for_one_address_or_one_e_mail(database: str) -> None:
    for number in range(100):
        await tries.note(f"{number}@example.com", "192.0.2.1")
        await tries.note("ada@example.com", f"198.51.100.{number}")
    assert await tries.wait("ben@example.com", "192.0.2.1") > 0
    assert await tries.wait("ada@example.com", "203.0.113.1") > 0
    assert await tries.wait("ben@example.com", "203.0.113.1") == 0


async def test_a_household_with_many_addresses_counts_as_one(database: str) -> None:
    for number in range(10):
        await tries.note("ada@example.com", f"2001:db8:1:2::{number:x}")
    assert await tries.wait("ada@example.com", "2001:db8:1:2:ffff::1") > 0
    assert await tries.wait("ada@example.com", "2001:db8:1:3::1") == 0


async def test_wrong_tries_at_once_are_all_counted(database: str) -> None:
    await asyncio.gather(*[tries.note("ada@example.com", "192.0.2.1") for _ in range(8)])
    assert {row["tries"] for row in await SignInTries.select(SignInTries.tries)} == {8}


async def test_old_counts_are_swept_out(database: str) -> None:
    await tries.note("ada@example.com", "192.0.2.1")
    clock.move(timedelta(minutes=11))
    try:
        await tries.note("ben@example.com", "192.0.2.2")
        assert await SignInTries.count() == 3
    finally:
        clock.reset()
