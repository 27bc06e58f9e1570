"""What letters say: one template for each kind makes the subject, the HTML and the plain text."""

import re
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from selectolax.lexbor import LexborHTMLParser

from shop.mail import plain
from shop.mail.message import NoAddress, digest_of, message_of
from shop.mail.outbox import MERCHANT
from shop.mail.samples import samples
from shop.mail.tables import Letter
from shop.mail.writing import facts_of, template_of, written
from shop.settings import settings
from shop.web import look
from shop.web.templates import environment as make_templates
from tests.support.commands import REPOSITORY

pytestmark = pytest.mark.one_database
PARTS = {"_layout.html", "_order.html"}
EVIL = "Ada\r\nBcc: ben@example.com\u2028X-Evil: yes"


@pytest.fixture
def more_settings(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "shop.toml").write_text(
        '[merchant]\nname = "Müller & Töchter"\naddress = ["Gasse 1"]\nemail = "büro@müller.example"\n'
    )
    return {
        "SHOP_SITE": str(tmp_path),
        "SHOP_MAIL_FROM": "shop@example.com",
        "SHOP_NAME": "Töpfe, Krüge & mehr",
    }


@pytest.fixture
def templates(environment: None) -> Environment:
    return make_templates(look.assets())


def sample(kind: str, **facts: Any) -> Letter:
    letter = next(letter for letter in samples() if letter.kind == kind)
    letter.facts = {**facts_of(letter), **facts}
    return letter


def test_there_is_a_sample_of_every_letter(environment: None) -> None:
    files = {file.name for file in (REPOSITORY / "templates/mail").glob("*.html")} - PARTS
    assert files == {
        template_of(kind).removeprefix("mail/") for kind in [letter.kind for letter in samples()]
    }


@pytest.mark.parametrize("to_merchant", [False, True])
def test_every_letter_says_the_same_twice(templates: Environment, *, to_merchant: bool) -> None:
    for letter in samples():
        letter.recipient = MERCHANT if to_merchant else letter.recipient
        words = written(templates, letter)
        page = LexborHTMLParser(words.html)
        assert words.subject
        assert page.css_first("h1") is not None
        assert page.body is not None
        for piece in page.body.text(separator="\n").splitlines():
            assert squeezed(piece) in squeezed(words.text), letter.kind
        for said, address in words.links:
            assert address.startswith((settings().url, "https://carrier.example/"))
            assert address in words.text, said
        assert max(len(line) for line in words.text.splitlines() if "://" not in line) <= plain.WIDTH
        assert not re.search(r"src=|@import|url\(|<link|<script", words.html), "it fetches something"
        assert "Müller & Töchter" in words.text


def squeezed(text: str) -> str:
    """Without the spaces, addresses and colons that the plain text adds."""
    return re.sub(r"\s+|https?://\S+|[:-]", "", text)


def test_lines_and_sums_stand_in_columns(templates: Environment) -> None:
    table = [line for line in written(templates, sample("paid")).text.splitlines() if "€" in line]
    assert table[:3] == [
        "2 × Stoneware mug, moss  €32.00",
        "  €16.00 each",
        "1 × Enamel kettle        €54.00",
    ]
    assert {len(line) for line in table if line != "  €16.00 each"} == {31}
    order = facts_of(sample("paid"))["order"]
    order["lines"][0]["title"] = "Mug"
    assert "  €16.00 each\n" in written(templates, sample("paid", order=order)).text


def test_a_title_that_is_too_long_is_written_in_several_lines(templates: Environment) -> None:
    order = facts_of(sample("paid"))["order"]
    order["lines"][0]["title"] = "A very good mug " * 10
    text = written(templates, sample("paid", order=order)).text
    assert max(map(len, text.splitlines())) <= plain.WIDTH


def test_a_list_stays_a_list(templates: Environment) -> None:
    of_a_guest, of_a_customer = facts_of(sample("find orders"))["orders"]
    lines = written(templates, sample("find orders")).text.splitlines()
    first = next(number for number, line in enumerate(lines) if of_a_guest["number"] in line)
    assert lines[first].startswith(f"- {of_a_guest['number']}, ")
    assert lines[first + 1 : first + 3] == ["  See your order:", f"  {settings().url}{of_a_guest['path']}"]
    assert lines[first + 3].startswith(f"- {of_a_customer['number']}, ")


def test_a_letter_is_written_in_the_reader_s_language(templates: Environment) -> None:
    letter = sample("paid")
    letter.locale = "de_AT"
    assert "€\u00a032,00" in written(templates, letter).text
    assert '<html lang="de-AT">' in written(templates, letter).html


def test_what_shoppers_type_is_text_and_nothing_else(templates: Environment) -> None:
    words = written(templates, sample("withdrawal", name="<b>Ada</b> & co"))
    assert "&lt;b&gt;Ada&lt;/b&gt; &amp; co" in words.html
    assert "Declared by: <b>Ada</b> & co" in words.text


def test_headers_carry_every_letter_of_every_alphabet(templates: Environment) -> None:
    letter = sample("paid")
    letter.recipient = "ada@müller.example"
    message = message_of(letter, written(templates, letter))
    assert message["from"].addresses[0].display_name == "Töpfe, Krüge & mehr"
    assert message["from"].addresses[0].addr_spec == "shop@example.com"
    assert message["to"].addresses[0].addr_spec == "ada@xn--mller-kva.example"
    assert message["reply-to"].addresses[0].domain == "xn--mller-kva.example"
    assert message["message-id"] == f"<{digest_of(letter.key)}@localhost>"
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("field", ["number", "email"])
def test_nobody_writes_headers_of_their_own(templates: Environment, field: str) -> None:
    for kind in ("review", "given back"):
        letter = sample(kind, order={**facts_of(sample("given back"))["order"], field: EVIL})
        letter.recipient = MERCHANT
        headers, _, _ = sent_as(templates, letter).partition(b"\n\n")
        assert not re.search(rb"^(bcc|x-evil):", headers, re.IGNORECASE | re.MULTILINE)


def test_the_shop_s_own_name_breaks_nothing(templates: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_NAME", EVIL)
    settings.cache_clear()
    headers, _, _ = sent_as(make_templates(look.assets()), sample("paid")).partition(b"\n\n")
    assert not re.search(rb"^(bcc|x-evil):", headers, re.IGNORECASE | re.MULTILINE)


def test_mail_may_come_from_another_name(templates: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOP_MAIL_FROM", "Orders of ours <shop@example.com>")
    settings.cache_clear()
    assert b"\nFrom: Orders of ours <shop@example.com>\n" in b"\n" + sent_as(templates, sample("sent"))


@pytest.mark.parametrize("recipient", ["ada", "ada@", "@example.com", "ada@exa..mple\u00fc"])
def test_what_is_no_address_gets_no_letter(templates: Environment, recipient: str) -> None:
    letter = sample("paid")
    letter.recipient = recipient
    with pytest.raises(NoAddress):
        sent_as(templates, letter)


def sent_as(templates: Environment, letter: Letter) -> bytes:
    return message_of(letter, written(templates, letter)).as_bytes().replace(b"\r\n", b"\n")


def test_the_merchant_s_own_template_wins(templates: Environment) -> None:
    site_folder = settings().site
    assert site_folder is not None
    (site_folder / "templates/mail").mkdir(parents=True)
    (site_folder / "templates/mail/sent.html").write_text(
        '{% extends "mail/_layout.html" %}{% block subject %}Hooray{% endblock %}'
    )
    assert written(make_templates(look.assets()), sample("sent")).subject == "Hooray"
