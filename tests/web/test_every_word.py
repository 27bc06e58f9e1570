"""Nothing that people read is written past gettext, and German says all of it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from shop.web import policies, words
from shop.web.templates import OURS
from tests.support.sentences import Said, said

# The sandbox's pages stand in for Stripe's; no shopper of a real shop ever sees them.
TEMPLATES = sorted(file for file in OURS.rglob("*.html") if "sandbox" not in file.parts)
JINJA = Environment(extensions=["jinja2.ext.i18n"])
READ_OUT = "alt|aria-label|title|placeholder|label"
LETTERS = re.compile(r"[^\W\d_]{2,}")
# What is no word for people: classes, autocomplete's names; and a command, which is the same everywhere.
WORDLESS = re.compile(r"--|^shipping |^python -m shop ")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.relative_to(OURS).as_posix())
def test_a_template_says_nothing_past_gettext(template: Path) -> None:
    source = template.read_text()
    found = [text.strip() for text in (*_texts(source), *_constants(source)) if LETTERS.search(text)]
    assert [text for text in found if not WORDLESS.search(text)] == []


@pytest.mark.parametrize("file", sorted(words.OURS.glob(f"*/{words.FILE}")), ids=lambda file: file.parts[-3])
def test_a_language_of_ours_says_everything_that_is_said_and_nothing_more(file: Path) -> None:
    catalogue = read_po(file.read_bytes().decode().splitlines(), abort_invalid=True)
    translated = {_forms(message.id)[0]: message for message in catalogue if message.id}
    missing = {key: form for key, form in said().items() if key not in translated}
    assert (sorted(missing), sorted(translated.keys() - said().keys())) == ([], [])
    assert [
        key for key, message in translated.items() if message.fuzzy or not all(_forms(message.string))
    ] == []
    assert [key for key, message in translated.items() if _forms(message.id) != said()[key]] == []
    assert [
        key for key, message in translated.items() if _values(message.id) != _values(message.string)
    ] == []


def test_each_policy_is_there_in_english_and_german_with_the_same_headings() -> None:
    for name in policies.NAMES:
        english, german = (
            (policies.OURS / f"{name}{language}.md").read_text().splitlines() for language in ("", ".de")
        )
        heads = [[line.split()[0] for line in text if line.startswith("#")] for text in (english, german)]
        assert heads[0] == heads[1], name


def _texts(source: str) -> Iterator[str]:
    """What stands between tags, and in attributes that are read out, outside of expressions and trans."""
    left, inside_trans = [], False
    tokens = list(JINJA.lex(source))
    named = [value for _, kind, value in tokens if kind == "name"]
    for _, kind, value in tokens:
        if kind == "name":
            inside_trans = value == "trans" or (inside_trans and value != "endtrans")
        elif kind == "variable_begin" and not inside_trans:
            left.append("0")
        elif kind == "data" and not inside_trans:
            left.append(value)
    assert named.count("trans") == named.count("endtrans")
    html = re.sub(r"<style>.*?</style>", "", "".join(left), flags=re.DOTALL)
    for tag in re.findall(r"<[^>]*>", html):
        yield from re.findall(rf'\s(?:{READ_OUT})="([^"]*)"', tag)
        yield from re.findall(r'<meta name="description" content="([^"]*)"', tag)
    yield from re.split(r"<[^>]*>", html)


def _constants(source: str) -> Iterator[str]:
    """Texts inside expressions that look like words for people."""
    tree = JINJA.parse(source)
    calls = [call for call in tree.find_all(nodes.Call) if _translates(call)]
    translated = {id(const) for call in calls for const in call.find_all(nodes.Const)}
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and id(const) not in translated:
            yield from re.findall(r"^\W*[A-Z][a-z].*|^.*[a-z] [a-z].*|^ [a-z].*", const.value)


def _translates(call: nodes.Call) -> bool:
    return isinstance(call.node, nodes.Name) and call.node.name in ("_", "gettext", "ngettext")


def _forms(text: Any) -> Said:
    return (text,) if isinstance(text, str) else tuple(text or ("",))


def _values(text: Any) -> set[str]:
    return set(re.findall(r"%\(\w+\)s", " ".join(_forms(text))))
