"""The pages of words: ours as drafts, the merchant's in their place, one version for what is agreed to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.environment import BadSetting
from shop.settings import settings
from shop.web import policies
from shop.web.words import speaking
from tests.support.shoppers import Shopper


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "policies").mkdir()
    monkeypatch.setenv("SHOP_SITE", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


def put(site: Path, name: str, text: str) -> None:
    (site / "policies" / name).write_text(text)


@pytest.mark.one_database
async def test_every_policy_is_linked_below_every_page_and_opens(ada: Shopper) -> None:
    await ada.open("/")
    for name in policies.NAMES:
        link = ada.page.one(f'footer a[href="/policies/{name}"]').text()
        assert (await ada.get(f"/policies/{name}")).status_code == 200
        page = await ada.follow(link)
        assert page.text("h1") == link
        assert "This is a draft" in page.says()


async def test_what_is_no_policy_is_not_found(ada: Shopper) -> None:
    assert (await ada.get("/policies/secrets")).status_code == 404


def test_the_merchant_s_data_stands_in_our_drafts(site: Path) -> None:
    told = '[merchant]\nname = "Ada\'s Mugs"\naddress = ["Main Street 1", "10115 Berlin"]\n'
    (site / "shop.toml").write_text(told)
    imprint, returns = (policies.current().named(name).html for name in ("imprint", "returns"))
    assert "<strong>Ada's Mugs</strong>" in imprint
    assert "Main Street 1<br />\n10115 Berlin" in imprint
    assert "Main Street 1, 10115 Berlin" in returns


def test_a_name_that_ends_in_a_full_stop_gets_no_second_one(site: Path) -> None:
    told = '[merchant]\nname = "Main Street Mugs Ltd."\naddress = ["Main Street 1", "10115 Berlin"]\n'
    (site / "shop.toml").write_text(told)
    for language in ("en", "de"):
        with speaking(language):
            assert ".." not in "".join(page.html for page in policies.current().pages)


def test_the_merchant_s_text_takes_the_place_of_ours_and_changes_the_version(site: Path) -> None:
    before = policies.current().version
    put(site, "terms.md", "# Our terms\n\nNo <script>alert(1)</script> here.\n")
    put(site, "sending.md", "# How we send things\n")
    settings.cache_clear()
    policies._read.cache_clear()
    after = policies.current()
    assert after.version != before
    assert after.named("terms").title == "Our terms"
    assert "<script>" not in after.named("terms").html
    assert not after.named("terms").draft
    assert after.pages[-1].title == "How we send things"
    assert policies.drafts() == ("returns", "privacy", "imprint", "contact")


def test_a_text_in_the_shopper_s_language_is_preferred(site: Path) -> None:
    put(site, "terms.md", "# Terms\n")
    put(site, "terms.de.md", "# AGB\n")
    with speaking("de_AT"):
        assert policies.current().named("terms").title == "AGB"
        assert policies.current().named("terms").language == "de"
    assert policies.current().named("terms").title == "Terms"


def test_our_drafts_are_there_in_german_too() -> None:
    with speaking("de_AT"):
        titles = [policy.title for policy in policies.current().pages]
    assert titles == [
        "Allgemeine Geschäftsbedingungen",
        "Widerrufsbelehrung",
        "Datenschutzerklärung",
        "Impressum",
        "Kontakt",
    ]


@pytest.mark.parametrize("text", ["no title", "# Terms\n{{ merchant.colour }}", "# Terms\n{% if %}"])
def test_a_text_that_cannot_be_shown_is_named(site: Path, text: str) -> None:
    put(site, "terms.md", text)
    with pytest.raises(BadSetting, match=r"policies/terms\.md"):
        policies.current()


def test_a_page_of_the_merchant_s_is_there_in_every_language(
    site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOP_LOCALE", "de_AT")
    settings.cache_clear()
    put(site, "terms.de.md", "# AGB\n")
    put(site, "versand.de.md", "# Versand\n")
    policies.check()
    with speaking("en"):
        found = policies.current()
    assert [(page.title, page.language) for page in (found.named("terms"), found.named("versand"))] == [
        ("AGB", "de"),
        ("Versand", "de"),
    ]
    assert found.named("imprint").title == "Imprint"


def test_a_page_that_one_language_lacks_is_told_at_the_start(site: Path) -> None:
    put(site, "sending.de.md", "# Versand\n")
    with pytest.raises(BadSetting, match=r"policies/sending\.md is missing"):
        policies.check()
