"""Hashing off the event loop, and the list of common passwords."""

import asyncio
import threading
import time

import pytest

from shop.customers import password_rules, passwords

pytestmark = pytest.mark.one_database


async def test_a_password_agrees_with_its_own_hash_only() -> None:
    kept = await passwords.hashed("a kettle on the hob")
    assert kept.startswith("$argon2id$")
    assert len(kept) <= 200
    assert await passwords.agrees("a kettle on the hob", kept)
    assert not await passwords.agrees("a kettle on the hub", kept)


@pytest.mark.parametrize("kept", [None, "", "not a hash", "$argon2id$v=19$m=1"])
async def test_nothing_agrees_with_what_is_no_hash(kept: str | None) -> None:
    assert not await passwords.agrees("a kettle on the hob", kept)


async def test_two_at_a_time_are_hashed_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    lock, running, most, threads = threading.Lock(), 0, 0, set[int]()

    def slow(password: str) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            threads.add(threading.get_ident())
        time.sleep(0.02)
        with lock:
            running -= 1
        return password

    monkeypatch.setattr(passwords, "_hashed", slow)
    await asyncio.gather(*[passwords.hashed("a kettle on the hob") for _ in range(8)])
    assert most == 2
    assert threading.get_ident() not in threads


def test_the_list_holds_what_people_choose_and_nothing_too_short_to_matter() -> None:
    common = password_rules._common()
    assert len(common) > 10_000
    assert {"password", "12345678", "qwertyuiop", "iloveyou"} <= common
    assert min(len(password) for password in common if password) >= password_rules.LEAST
    assert all(password == password.casefold() for password in common)
