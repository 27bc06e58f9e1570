"""`python -m shop staff …`: who works in the shop."""

import pytest

from shop.customers import passwords
from shop.customers.tables import Staff
from shop.environment import BadSetting
from tests.support.operator import tell, types

EMAIL, PASSWORD = "merchant@example.com", "pots and pans for everybody"


@pytest.fixture(autouse=True)
def _here(environment: None) -> None:
    """The settings and the database of a shop."""


async def test_the_merchant_is_added_once_and_the_password_is_kept_as_a_hash(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    types(f"{PASSWORD}\n", monkeypatch)
    assert (await tell("staff", "create", "Merchant@Example.com")).code == 0
    types("another password of theirs\n", monkeypatch)
    again = await tell("staff", "create", EMAIL)
    assert (again.code, again.problem) == (1, f"{EMAIL} works here already; nothing was changed.")
    [row] = await Staff.objects()
    assert row.email == EMAIL
    assert PASSWORD not in row.password_hash
    assert await passwords.agrees(PASSWORD, row.password_hash)
    assert (await tell("staff", "list")).data["staff"][0]["email"] == EMAIL


async def test_a_common_password_and_none_at_all_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for bad in ("password123\n", "", "short\n"):
        types(bad, monkeypatch)
        assert (await tell("staff", "create", EMAIL)).code == 1
    assert not await Staff.exists()
    with pytest.raises(BadSetting):
        await tell("staff", "create", "merchant")


async def test_whoever_is_retired_stays_in_the_books_and_may_come_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    types(f"{PASSWORD}\n", monkeypatch)
    await tell("staff", "create", EMAIL)
    assert (await tell("staff", "retire", EMAIL)).code == 0
    assert (await tell("staff", "retire", EMAIL)).code == 0
    assert (await tell("staff", "retire", "nobody@example.com")).code == 1
    assert "until" in (await tell("staff", "list")).lines[0]
    types(f"{PASSWORD}\n", monkeypatch)
    assert (await tell("staff", "create", EMAIL)).code == 0
    assert [row["retired_at"] for row in await Staff.select(Staff.retired_at)] == [None]
