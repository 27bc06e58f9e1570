"""`python -m shop run` as an operator knows it."""

import os
import signal
import socket
import time
from pathlib import Path

import httpx
import pytest

from tests.support.commands import Command, answers, free_port, running, until

OPEN = "The shop is open at"


@pytest.fixture
def port() -> str:
    return str(free_port())


@pytest.mark.one_database
def test_it_says_each_step_then_the_address_and_ctrl_c_ends_all_of_it(
    tmp_path: Path, port: str, empty_database: str
) -> None:
    with running(tmp_path, "run", SHOP_PORT=port, DATABASE_URL=empty_database) as shop:
        shop.says(OPEN)
        steps = shop.out.splitlines()
        assert [line.split()[0] for line in steps] == ["Bringing", "Filling", "Starting", "Starting", "The"]
        assert f"http://localhost:{port}" in steps[-1]
        assert httpx.get(f"http://localhost:{port}/health").text == "ok"
        assert "products/" in httpx.get(f"http://localhost:{port}/").text
        assert answers(f"http://127.0.0.1:{int(port) + 1}/")
        shop.press_ctrl_c()
        assert shop.ends() == 0
        assert shop.err == ""
        assert shop.out.splitlines()[-1] == "Stopped."
        until(lambda: not shop.family())


@pytest.mark.one_database
@pytest.mark.proof
def test_a_second_start_takes_less_than_three_seconds_and_repeats_nothing(
    tmp_path: Path, port: str, empty_database: str
) -> None:
    took = 0.0
    for start in ("first", "second"):
        began = time.monotonic()
        with running(tmp_path, "run", SHOP_PORT=port, DATABASE_URL=empty_database) as shop:
            shop.says(OPEN)
            took = time.monotonic() - began
            assert ("Filling" in shop.out) == (start == "first")
            shop.process.send_signal(signal.SIGTERM)
            assert shop.ends() == 0
            assert shop.err == ""
    # Three seconds on a machine of its own; here other tests run beside it.
    assert took < 3 * _slowness()


@pytest.mark.proof
def test_whoever_kills_the_parent_leaves_no_child_behind(tmp_path: Path, port: str) -> None:
    with running(tmp_path, "run", SHOP_PORT=port, SHOP_WORKERS="2") as shop:
        shop.says(OPEN)
        assert len(shop.family()) >= 4  # itself, the sandbox, two workers
        shop.process.kill()
        shop.process.wait()
        until(lambda: not shop.family(), within=5)
    with running(tmp_path, "run", SHOP_PORT=port) as again:
        again.says(OPEN)


@pytest.mark.proof
def test_a_worker_that_dies_is_started_again(tmp_path: Path, port: str) -> None:
    with running(tmp_path, "run", SHOP_PORT=port) as shop:
        shop.says(OPEN)
        for number in shop.family() - {shop.process.pid}:
            if "multiprocessing.spawn" in Path(f"/proc/{number}/cmdline").read_text():
                os.kill(number, signal.SIGKILL)
        shop.says("The worker 1 ended (-9); starting it again ...")
        shop.says("The sandbox ended (-9); starting it again ...")
        until(lambda: answers(f"http://localhost:{port}/health"))
        until(lambda: answers(f"http://127.0.0.1:{int(port) + 1}/"))


@pytest.mark.proof
def test_a_worker_that_is_killed_before_it_serves_is_started_again(tmp_path: Path, port: str) -> None:
    with running(tmp_path, "run", SHOP_PORT=port) as shop:
        shop.says("Starting 1 process")
        for number in shop.family() - {shop.process.pid}:
            if "multiprocessing.spawn" in Path(f"/proc/{number}/cmdline").read_text():
                os.kill(number, signal.SIGKILL)
        shop.says("starting it again ...")
        shop.says(OPEN)
        until(lambda: answers(f"http://localhost:{port}/health"))


@pytest.mark.proof
def test_two_that_start_at_once_do_not_race(tmp_path: Path, empty_database: str) -> None:
    ports = [str(free_port()), str(free_port())]
    first = Command(tmp_path / "one", "run", SHOP_PORT=ports[0], DATABASE_URL=empty_database)
    second = Command(tmp_path / "two", "run", SHOP_PORT=ports[1], DATABASE_URL=empty_database)
    try:
        for shop in (first, second):
            shop.says(OPEN)
            assert shop.err == ""
        filled = [shop for shop in (first, second) if "Filling" in shop.out]
        assert len(filled) == 1
    finally:
        first.kill_family()
        second.kill_family()


@pytest.mark.parametrize("offset", [0, 1], ids=["the shop's", "the sandbox's"])
def test_a_taken_port_is_one_sentence(tmp_path: Path, port: str, offset: int) -> None:
    with socket.create_server(("127.0.0.1", int(port) + offset)):
        shop = Command(tmp_path, "run", SHOP_PORT=port)
        assert shop.ends() == 2
    assert f"Port {int(port) + offset} on 127.0.0.1 is taken" in _sentence(shop)
    assert not (tmp_path / "var" / "shop.sqlite").exists()


@pytest.mark.parametrize("name", ["SHOP_MEDIA", "DATABASE_URL", None])
def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, port: str, name: str | None) -> None:
    # Root may write everywhere, so a file stands where the folder should be.
    (tmp_path / "file").write_text("")
    values = {"SHOP_MEDIA": "file/media", "DATABASE_URL": "sqlite:///file/shop.sqlite"}
    if name is None:
        (tmp_path / "var").write_text("")
    told = {name: values[name]} if name else {}
    shop = Command(tmp_path, "run", SHOP_PORT=port, **told)
    assert shop.ends() == 2
    assert "cannot be written" in _sentence(shop)


def test_a_bad_setting_is_one_sentence(tmp_path: Path) -> None:
    shop = Command(tmp_path, "run", SHOP_PORT="eighty")
    assert shop.ends() == 2
    assert "SHOP_PORT" in _sentence(shop)


def test_a_database_in_another_currency_is_one_sentence(
    tmp_path: Path, port: str, empty_database: str
) -> None:
    assert Command(tmp_path, "demo", DATABASE_URL=empty_database).ends() == 0
    shop = Command(tmp_path, "run", SHOP_PORT=port, DATABASE_URL=empty_database, SHOP_CURRENCY="JPY")
    assert shop.ends() == 2
    assert "SHOP_CURRENCY is JPY" in _sentence(shop)
    assert "EUR" in _sentence(shop)


@pytest.mark.parametrize(
    "url", ["postgres://shop:letmein@127.0.0.1:{port}/shop", "postgres://shop:letmein@nowhere.invalid/shop"]
)
def test_a_postgres_that_does_not_answer_is_one_sentence(tmp_path: Path, port: str, url: str) -> None:
    shop = Command(tmp_path, "run", SHOP_PORT=str(free_port()), DATABASE_URL=url.format(port=port))
    assert shop.ends() == 2
    assert "PostgreSQL at" in _sentence(shop)
    assert "letmein" not in shop.err + shop.out


def _sentence(shop: Command) -> str:
    """All that stands on stderr: one line, no traceback."""
    said = shop.err.strip()
    assert said.endswith(".")
    assert "\n" not in said
    assert "Traceback" not in shop.out
    return said


def _slowness() -> float:
    """How many times slower than usual this machine is now, one at least."""
    began = time.process_time(), time.monotonic()
    sum(range(5_000_000))
    busy, passed = time.process_time() - began[0], time.monotonic() - began[1]
    return max(1.0, passed / 0.1, 2 * passed / busy)
