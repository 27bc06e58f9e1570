"""The other commands of `python -m shop`."""

import json
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from shop.__main__ import main
from shop.serving.commands import COMMANDS, GROUPS
from shop.serving.commands.carrying_out import found
from tests.support.commands import REPOSITORY, Command, free_port, running


def test_help_lists_the_commands_and_imports_nothing_slow() -> None:
    began = time.monotonic()
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "shop", "--help"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert time.monotonic() - began < 5
    for name in {command.name.split()[0] for command in COMMANDS}:
        assert f"\n    {name}" in said.stdout
    for slow in ("litestar", "piccolo", "stripe", "asyncio"):
        assert f" {slow}\n" not in said.stderr


def told_by_help(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])
    assert ended.value.code == 0
    return " ".join(capsys.readouterr().out.split())


def test_every_command_has_an_example_of_itself(capsys: pytest.CaptureFixture[str]) -> None:
    for command in COMMANDS:
        told = told_by_help(capsys, *command.name.split())
        assert f"example: {command.example}" in told
        assert f"python -m shop {command.name}" in command.example
        assert ("--json" in told) == command.answers


def test_every_group_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    for group in GROUPS:
        told = told_by_help(capsys, group)
        seconds = [command.name.split()[1] for command in COMMANDS if command.name.startswith(f"{group} ")]
        assert seconds
        assert all(f" {second} " in told for second in seconds)


def test_every_command_s_function_is_there() -> None:
    for command in COMMANDS:
        found(command)


def test_migrate_can_be_repeated(tmp_path: Path, empty_database: str) -> None:
    for _ in range(2):
        told = Command(tmp_path, "migrate", DATABASE_URL=empty_database)
        assert told.ends() == 0
        assert told.out == "The database is up to date.\n"
        assert told.err == ""


def test_piccolos_own_command_migrates_as_well(tmp_path: Path, empty_database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "piccolo.main", "migrations", "forwards", "all"],
        cwd=REPOSITORY,
        env={
            "DATABASE_URL": empty_database,
            "SHOP_SECRET": "0123456789abcdef" * 4,
            "PYTHONPATH": str(REPOSITORY),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told = Command(tmp_path, "demo", DATABASE_URL=empty_database)
    assert told.ends() == 0


def test_demo_fills_an_empty_database_and_leaves_every_other_alone(
    tmp_path: Path, empty_database: str
) -> None:
    first = Command(tmp_path, "demo", DATABASE_URL=empty_database)
    assert first.ends() == 0
    assert first.out == "The demo catalogue is in place: 24 products.\n"
    second = Command(tmp_path, "demo", DATABASE_URL=empty_database)
    assert second.ends() == 0
    assert second.out == "The database has products already; it stays as it is.\n"


def test_a_new_shop_s_first_command_makes_its_database_and_answers_programs(
    tmp_path: Path, empty_database: str
) -> None:
    (tmp_path / "goods.csv").write_text("title;sku;price\nMug;MUG;12,34\n")
    done = Command(
        tmp_path, "products", "import", "goods.csv", "--yes", "--json", DATABASE_URL=empty_database
    )
    assert done.ends() == 0
    assert json.loads(done.out)["variants"]["added"] == 1
    assert done.err == "Read 1 rows ...\nWriting ...\n"
    wrong = Command(tmp_path, "stock", "set", "MUG", "many", "--why", "counted", DATABASE_URL=empty_database)
    assert wrong.ends() == 2
    assert (wrong.out, wrong.err.count("\n")) == ("", 1)


def test_the_sandbox_stands_alone(tmp_path: Path) -> None:
    port = str(free_port())
    with running(tmp_path, "sandbox", "--port", port, "--state", "state.sqlite") as sandbox:
        sandbox.says(f"http://127.0.0.1:{port}")
        asked = httpx.get(
            f"http://127.0.0.1:{port}/v1/checkout/sessions", headers={"Authorization": "Bearer sk_test_abc"}
        )
        assert asked.json()["data"] == []
        sandbox.press_ctrl_c()
        assert sandbox.ends() == 0
        assert sandbox.err == ""


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["--port", "http"], "--port"), (["--state", "file/state"], "--state")],
    ids=["port", "state"],
)
def test_the_sandbox_refuses_in_one_sentence(tmp_path: Path, arguments: list[str], named: str) -> None:
    (tmp_path / "file").write_text("")
    told = Command(tmp_path, "sandbox", *arguments)
    assert told.ends() == 2
    assert named in told.err
    assert told.err.count("\n") == 1
