"""The habits of the house, kept by a test rather than by memory: small files, thin handlers, clean text."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.commands import REPOSITORY

LONGEST_FILE = 200
LONGEST_HANDLER = 15
GENERATED = "piccolo_migrations"
VERBS = {"get", "post", "put", "patch", "delete", "route"}
# The locks name packages by version and hash only, so that they serve whatever registry somebody uses.
REGISTRY = re.compile(r"\w+://|file:|--index|--extra-index|--find-links")


def _files(*folders: str) -> list[Path]:
    return [
        file
        for folder in folders
        for file in sorted((REPOSITORY / folder).rglob("*.py"))
        if GENERATED not in file.parts
    ]


def _named(file: Path) -> str:
    return str(file.relative_to(REPOSITORY))


@pytest.mark.parametrize("file", _files("shop"), ids=_named)
def test_a_file_is_read_in_one_go(file: Path) -> None:
    assert len(file.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize("file", _files("shop"), ids=_named)
def test_a_handler_finds_asks_and_answers(file: Path) -> None:
    text = file.read_text().splitlines()
    for handler in _handlers(ast.parse(file.read_text())):
        statements = handler.body[1:] if ast.get_docstring(handler) else handler.body
        body = text[statements[0].lineno - 1 : statements[-1].end_lineno]
        lines = [line for line in body if line.strip() and not line.strip().startswith("#")]
        assert len(lines) <= LONGEST_HANDLER, f"{handler.name} has {len(lines)} lines"


def test_the_locks_name_no_registry() -> None:
    for lock in (REPOSITORY / "requirements").glob("*.lock"):
        assert not REGISTRY.search(lock.read_text()), f"{lock.name} names where packages come from"


def test_every_locked_package_has_a_hash() -> None:
    for lock in (REPOSITORY / "requirements").glob("*.lock"):
        text = lock.read_text()
        pinned = re.findall(r"^[a-z0-9-]+==.*?(?=^[a-z0-9-]+==|\Z)", text, re.MULTILINE | re.DOTALL)
        assert pinned
        assert all("--hash=sha256:" in one for one in pinned)


def test_every_dependency_says_why_it_is_there() -> None:
    lines = (REPOSITORY / "pyproject.toml").read_text().partition("[tool.")[0].splitlines()
    wanted = [line for line in lines if re.match(r'    "[a-z0-9-]+(\[|[=~>]=|",)', line)]
    assert len(wanted) > 15
    assert [line for line in wanted if not re.search(r"#\s+\w", line)] == []


def test_nothing_committed_names_a_place_on_somebodys_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("no git repository: clone it to enable this")
    places = re.compile(rb"/(?:root|home/[a-z]+|Users/[a-z]+)/[a-z.]", re.IGNORECASE)
    own = {"tests/test_house.py"}
    for name in set(listed.stdout.split("\0")) - {""} - own:
        file = REPOSITORY / name
        if file.is_file() and file.suffix in {"", ".py", ".toml", ".md", ".html", ".css", ".lock", ".js"}:
            assert not places.search(file.read_bytes()), f"{name} names a folder of one machine"


@pytest.mark.parametrize("document", sorted(REPOSITORY.glob("*.md")), ids=_named)
def test_a_file_that_a_document_names_exists(document: Path) -> None:
    text = re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)
    for named in re.findall(r"`((?:shop|templates|static|tests|docs|requirements)/[\w./-]+)`", text):
        assert (REPOSITORY / named).exists(), f"{document.name} names {named}"
    for linked in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", text):
        assert (document.parent / linked).exists(), f"{document.name} links to {linked}"


def _handlers(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id in VERBS:
                    yield node
