"""A power cut takes nothing that Stripe or the shopper has been told: commits are on the disk before."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shop.database import current_engine, run, transaction
from tests.support.databases import Databases
from tests.support.fixtures_proof import a_house
from tests.support.house import House
from tests.support.skipping import cannot_run
from tests.support.tally import Tally

CALLS = "trace=fsync,fdatasync,pwrite64,write,writev,sendto,sendmsg"
FULL = 2
HOW_TO_ENABLE = "no strace: `apt install strace` enables this"


async def test_every_connection_commits_to_the_disk(database: str, databases: Databases) -> None:
    async def is_durable() -> bool:
        if databases.kind == "postgres":
            return bool((await run("SHOW synchronous_commit"))[0]["synchronous_commit"] == "on")
        journal = (await run("PRAGMA journal_mode"))[0]["journal_mode"]
        return (journal, (await run("PRAGMA synchronous"))[0]["synchronous"]) == ("wal", FULL)

    assert await is_durable()
    async with transaction():
        assert await is_durable()
    await current_engine().start_connection_pool()
    assert await is_durable()
    async with transaction():
        assert await is_durable()
    await current_engine().close_connection_pool()


@pytest.fixture
async def watched(databases: Databases, tmp_path: Path, tally: Tally) -> AsyncIterator[tuple[House, Path]]:
    """A shop of one process on SQLite, whose system calls are written down."""
    if shutil.which("strace") is None:
        cannot_run(HOW_TO_ENABLE)
    told = tmp_path / "calls"
    under = ("strace", "-f", "-y", "-s", "120", "-e", CALLS, "-o", str(told))
    async with a_house(databases, tmp_path, tally, workers=1, under=under) as here:
        yield here, told


@pytest.mark.one_database
async def test_the_log_is_on_the_disk_before_anybody_is_told(watched: tuple[House, Path]) -> None:
    house, told = watched
    mug = await house.goods(stock=5)
    ada = house.shopper("ada")
    session = await ada.begins_to_pay(mug)
    await house.pays(session)
    await ada.get(f"/checkout/return?session_id={session}")
    await house.books_agree()
    lines = told.read_text(errors="replace").splitlines()
    asked = unsynced_at(lines, r'"POST /v1/checkout/sessions ')
    answered = unsynced_at(lines, r'"HTTP/1.1 200 .*text/plain|"noted"')
    assert asked == [0]
    assert answered
    assert set(answered) == {0}
    house.tally.add("Power cut: the log is synced before Stripe is called", len(asked))
    house.tally.add("Power cut: the log is synced before a webhook is answered", len(answered))


def unsynced_at(lines: list[str], telling: str) -> list[int]:
    """How much of the log was written and not yet on the disk, each time when somebody was told."""
    unsynced, found, written, begun = 0, [], 0, ""
    for line in lines:
        if re.search(r"pwrite64\(\d+<[^>]*-wal>", line):
            unsynced += 1
            written += 1
        elif re.search(r"f(data)?sync\(\d+<[^>]*-wal> <unfinished", line):
            begun = line.split()[0]
        elif re.search(r"f(data)?sync\(\d+<[^>]*-wal>.*= 0", line) or (
            re.search(r"f(data)?sync resumed>.*= 0", line) and line.split()[0] == begun
        ):
            unsynced = 0
        elif re.search(r"\b(write|writev|sendto|sendmsg)\(", line) and re.search(telling, line):
            assert written, "something was written before"
            found.append(unsynced)
    return found


def test_what_has_not_been_synced_is_counted() -> None:
    """The measure itself: a shop that tells before it syncs would be found out."""
    wal = "7</shop.sqlite-wal>"
    told = 'write(9<socket>, "POST /v1/checkout/sessions HTTP/1.1"'
    assert unsynced_at([f"pwrite64({wal}, ", f"fdatasync({wal}) = 0", told], "POST /v1") == [0]
    assert unsynced_at([f"pwrite64({wal}, ", told, f"fdatasync({wal}) = 0"], "POST /v1") == [1]
    halves = [f"1 pwrite64({wal}, ", f"1 fdatasync({wal} <unfinished ...>", "1 <... fdatasync resumed>) = 0"]
    assert unsynced_at([*halves[:2], told], "POST /v1") == [1]
    assert unsynced_at([*halves, told], "POST /v1") == [0]
