"""README.md and docs/ say nothing that the code does not."""

import ast
import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest

from shop.__main__ import main
from shop.orders.moves import MOVES
from shop.payments.attempts import MOVES as ATTEMPT_MOVES
from shop.payments.handling import KINDS
from shop.serving.commands import COMMANDS, GROUPS
from shop.settings import from_environment
from tests.docs import data_model

pytestmark = pytest.mark.one_database

HERE = Path(__file__).parents[2]
README = HERE / "README.md"
PAYMENTS = HERE / "docs" / "payments.md"
PAGES = [README, *sorted((HERE / "docs").glob("*.md"))]
SETTING = re.compile(r"(SHOP|STRIPE|SMTP|DATABASE)_[A-Z_]+")
# In our own folders, or a file that lies in the root; as code or as the text of a link.
NAMED = re.compile(
    r"[`[]((?:shop|templates|static|tests|docs|requirements)/[\w./*-]*|[\w-]+\.(?:md|toml|lock))[`\]]"
)
LINK = re.compile(r"\]\(([^)\s]+)\)")


def section(page: Path, heading: str) -> str:
    found = re.search(
        rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page.read_text(), re.MULTILINE | re.DOTALL
    )
    assert found is not None, f"{page.name} has no section {heading!r}"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The cells of a section's tables, heads and rules left out."""
    lines = [line.strip().strip("|") for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    rules = [number for number, row in enumerate(cells) if set("".join(row)) <= {"-"}]
    return [row for number, row in enumerate(cells) if number not in rules and number + 1 not in rules]


def words(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def modules() -> list[Path]:
    return [file for file in sorted((HERE / "shop").rglob("*.py")) if "piccolo_migrations" not in file.parts]


def test_the_two_commands_stand_in_the_first_ten_lines() -> None:
    first = README.read_text().splitlines()[:10]
    assert any(line.startswith("make run") for line in first)
    assert any(line.startswith("make test") for line in first)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = set(NAMED.findall(page.read_text()))
    # A page of docs/ calls its neighbours by their names alone.
    missing = [
        name for name in named if not any(any(at.glob(name.rstrip("/"))) for at in (HERE, page.parent))
    ]
    assert not missing


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    dead = []
    for link in LINK.findall(page.read_text()):
        if not link.startswith(("http://", "https://")):
            path, _, part = link.partition("#")
            target = (page.parent / unquote(path)).resolve() if path else page
            if not target.exists() or (part and part not in anchors(target)):
                dead.append(link)
    assert not dead


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("picture", ["home.png", "cart.png"])
def test_the_pictures_are_1280_wide_and_light(picture: str) -> None:
    content = (HERE / "docs" / "pictures" / picture).read_bytes()
    assert f"docs/pictures/{picture}" in README.read_text()
    assert int.from_bytes(content[16:20], "big") == 1280
    assert len(content) < 250_000


def test_the_tour_goes_through_the_five_steps_in_order() -> None:
    steps = re.split(r"^\d\. ", section(README, "The tour"), flags=re.MULTILINE)[1:]
    assert len(steps) == 5
    for number, step in enumerate(steps, 1):
        files = dict.fromkeys(words(step))
        folders = {Path(name).parent for name in files if name.startswith("shop/")}
        assert len(folders) == 1, f"step {number} stays in one folder"
        routes = HERE / folders.pop() / "routes.py"
        assert f"{routes.relative_to(HERE)}" in files
        assert routes.read_text().startswith(f'"""STEP {number}:')


def test_the_tour_opens_no_file_twice() -> None:
    files = re.findall(r"\]\((shop/[^)]+)\)", section(README, "The tour"))
    assert len(files) == len(set(files))


def test_the_house_is_listed_in_the_direction_of_imports() -> None:
    contracts = tomllib.loads((HERE / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    order = [name.strip(" ()") for layer in reversed(layers) for name in layer.split(":")]
    listed = [
        name.rstrip("/").removesuffix(".py").replace("/", ".")
        for row in rows(section(README, "The house"))
        for name in words(row[0])
    ]
    built = [name for name in order if list(HERE.glob(name.replace(".", "/") + "*"))]
    assert sorted(listed) == sorted(built)
    # What stands in one layer may be listed either way.
    layer = {name.strip(" ()"): n for n, names in enumerate(reversed(layers)) for name in names.split(":")}
    assert [layer[name] for name in listed] == sorted(layer[name] for name in listed)


def test_the_settings_are_those_that_the_code_reads() -> None:
    listed = [words(row[0])[0] for row in rows(section(README, "Settings"))]
    code = [HERE / "shop" / "settings.py", HERE / "shop" / "environment.py"]
    tree = ast.parse("\n".join(file.read_text() for file in code))
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    read = {text for text in texts if isinstance(text, str) and SETTING.fullmatch(text)}
    assert len(listed) == len(set(listed))
    assert set(listed) == read


def test_the_defaults_are_those_of_the_code() -> None:
    shown = {words(row[0])[0]: row[1] for row in rows(section(README, "Settings"))}
    here = from_environment({"SHOP_SECRET": "x" * 64})
    assert {
        "SHOP_HOST": here.host,
        "SHOP_PORT": str(here.port),
        "SHOP_URL": here.url.replace("8000", "{SHOP_PORT}"),
        "SHOP_WORKERS": str(here.workers),
        "SHOP_CURRENCY": here.currency,
        "SHOP_LOCALE": here.locale,
        "SHOP_TIMEZONE": here.timezone,
        "SHOP_MEDIA": str(here.media),
        "DATABASE_URL": here.database_url,
    }.items() <= {name: cell.strip("`") for name, cell in shown.items()}.items()


def test_no_setting_is_read_elsewhere() -> None:
    elsewhere = re.compile(r"(?:environ|getenv)\b.*?" + SETTING.pattern)
    # Neither the steps at which tests end a process nor a person's own key to compare with is a shop's.
    allowed = {"settings.py", "faultpoints.py", "stripe_check.py"}
    assert {file.name for file in modules() if elsewhere.search(file.read_text())} <= allowed


def test_the_commands_are_those_that_exist(capsys: pytest.CaptureFixture[str]) -> None:
    listed = [words(row[0])[0] for row in rows(section(README, "Commands"))]
    assert listed == [command.name for command in COMMANDS]
    with pytest.raises(SystemExit):
        main(["--help"])
    said = capsys.readouterr().out
    assert all(re.search(rf"^ +{name.split()[0]}\b", said, re.MULTILINE) for name in listed)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_in_the_text_exist_too(page: Path) -> None:
    text = page.read_text()
    named = re.findall(r"python -m shop ([a-z]+)(?: ([a-z]+))?", text)
    called = {f"{first} {second}" if first in GROUPS else first for first, second in named}
    assert called <= {command.name for command in COMMANDS}
    targets = set(re.findall(r"^([a-z-]+):", (HERE / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets


def test_the_events_are_those_that_the_shop_acts_on() -> None:
    listed = re.findall(
        r"^[a-z_]+(?:\.[a-z_]+)+$", section(README, "With a Stripe test account"), re.MULTILINE
    )
    assert listed == list(KINDS)


def test_the_data_model_is_in_step_with_the_tables() -> None:
    again = "`python -m tests.docs.data_model` writes it again"
    assert data_model.PAGE.read_text() == data_model.written(), again
    assert data_model.readme_with_figure(README.read_text()) == README.read_text(), again


def test_the_data_model_names_every_rule_of_the_migrations() -> None:
    migrations = "".join(file.read_text() for file in (HERE / "shop").glob("*/piccolo_migrations/*.py"))
    rules = set(re.findall(r'"((?:order|attempt)_one_\w+)"', migrations))
    assert len(rules) == 3
    assert all(f"`{rule}`" in data_model.PAGE.read_text() for rule in rules)


def test_the_moves_are_those_of_the_code() -> None:
    told = rows(section(PAYMENTS, "The order"))
    moves = {(before, after) for row in told for before in words(row[1]) for after in words(row[2])}
    # An order for nothing is placed and paid in one transaction: two moves.
    assert moves == {(before, after) for before in MOVES for after in MOVES[before]}
    tree = ast.parse((HERE / "shop" / "orders" / "moves.py").read_text())
    verbs = [
        node.name
        for node in tree.body
        if isinstance(node, ast.AsyncFunctionDef) and not node.name.startswith(("_", "could_"))
    ]
    assert [words(row[0])[0] for row in told] == verbs


def test_the_moves_of_an_attempt_are_those_of_the_code() -> None:
    told = [row for row in rows(section(PAYMENTS, "The attempt")) if row[1].startswith("`")]
    moves = {(before, after) for row in told for before in words(row[0]) for after in words(row[1])}
    assert moves == {(before, after) for before in ATTEMPT_MOVES for after in ATTEMPT_MOVES[before]}


def test_whoever_settles_is_named() -> None:
    told = {words(row[0])[0] for row in rows(section(PAYMENTS, "Settle"))}
    callers = {
        str(file.relative_to(HERE))
        for file in modules()
        if re.search(r"^from shop\.payments\.settle import (settle|record)\b", file.read_text(), re.MULTILINE)
    }
    assert told == callers


def test_every_step_at_which_a_process_may_end_is_told() -> None:
    told = section(PAYMENTS, "When something stops")
    steps = {
        step
        for file in modules()
        for step in re.findall(r'faultpoints\.reach\("([\w-]+)"\)', file.read_text())
    }
    assert steps == {word for row in rows(told) for word in words(row[0])}


def test_whatever_the_reconciler_waits_for_is_told() -> None:
    told = section(PAYMENTS, "The reconciler")
    assert all(f"`{state}`" in told for state in ("creating", "open", "processing"))
