"""Sentences in the shopper's language, and the merchant's own wording before ours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.environment import BadSetting
from shop.settings import settings
from shop.web import words
from shop.web.words import gettext, ngettext, speaking


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SHOP_SITE", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def put(site: Path, locale: str, text: str) -> None:
    file = site / "translations" / locale / words.FILE
    file.parent.mkdir(parents=True)
    file.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + text)


def test_english_is_what_stands_in_the_code() -> None:
    assert gettext("Order and pay") == "Order and pay"
    assert ngettext("%(number)s piece", "%(number)s pieces", 2) == "%(number)s pieces"


def test_an_austrian_is_spoken_to_in_german() -> None:
    with speaking("de_AT"):
        assert gettext("Order and pay") == "Zahlungspflichtig bestellen"
    assert gettext("Order and pay") == "Order and pay"


def test_the_merchant_s_word_wins_and_ours_stays_for_the_rest(site: Path) -> None:
    put(site, "de", 'msgid "Total"\nmsgstr "Summe"\n')
    put(site, "en", 'msgid "Total"\nmsgstr "All of it"\n')
    with speaking("de_AT"):
        assert gettext("Total") == "Summe"
        assert gettext("Order and pay") == "Zahlungspflichtig bestellen"
    with speaking("en_GB"):
        assert gettext("Total") == "All of it"


@pytest.mark.parametrize(
    "text", ['msgid "Total', 'msgid "Total"\nmsgstr "All %(of)s it"\n', 'msgid "Total"\nmsgstr "All %"\n']
)
def test_a_file_that_would_break_a_page_is_named(site: Path, text: str) -> None:
    put(site, "de", text)
    with pytest.raises(BadSetting, match=r"shop\.po cannot be used"):
        words.check()
