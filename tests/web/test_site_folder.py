"""SHOP_SITE: the merchant's templates, files and colours win over ours, also when ours change under them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from shop.environment import BadSetting
from shop.serving.prepare import check_site
from shop.settings import settings
from shop.web import look, templates
from shop.web.words import gettext
from tests.support.commands import REPOSITORY
from tests.support.shoppers import Shopper

FOOTER = "{# layouts/_footer.html #}\n<footer><p>Made in a shed by {{ shop.merchant.name }}</p></footer>\n"
BASE = (
    '{% extends "shop/layouts/base.html" %}\n{% block stylesheets %}{{ super() }}'
    '<link rel="stylesheet" href="{{ static_url(\'css/shed.css\') }}">{% endblock %}\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    site = tmp_path / "site"
    for name, text in {
        "shop.toml": '[merchant]\nname = "Ada"\n[look]\nsentence = "Mugs."\n'
        'logo = "shed.svg"\naccent = "#7a2e12"\n',
        "templates/layouts/_footer.html": FOOTER,
        "templates/layouts/base.html": BASE,
        "static/css/shed.css": "h1 { color: teal }",
        "static/css/policy.css": "/* Ours */\n.policy::before { content: '/* olive */' }",
        "static/shed.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
    return site


@pytest.fixture
def upgraded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our templates as the next version brings them."""
    ours = tmp_path / "templates"
    shutil.copytree(templates.OURS, ours)
    base, footer = ours / "layouts" / "base.html", ours / "layouts" / "_footer.html"
    base.write_text(base.read_text().replace("<body", '<body data-version="next"'))
    footer.write_text(footer.read_text().replace("<footer", '<footer data-version="next"'))
    monkeypatch.setattr(templates, "OURS", ours)


@pytest.fixture
def more_settings(folder: Path) -> dict[str, str]:
    return {"SHOP_SITE": str(folder)}


async def test_what_the_merchant_changed_is_what_shoppers_see(ada: Shopper) -> None:
    assert (await ada.open("/")).one('meta[name="description"]').attributes["content"] == "Mugs."
    await ada.open("/sign-in")
    assert ada.page.text("footer") == "Made in a shed by Ada"
    assert ada.page.has("#main h1")
    sheet, logo = (
        str(ada.page.one(selector).attributes[name])
        for selector, name in (('link[href*="shed"]', "href"), (".site-header img", "src"))
    )
    assert (await ada.get(sheet)).text == "h1 { color: teal }"
    assert (await ada.get(sheet)).headers["Cache-Control"].endswith("immutable")
    assert (await ada.get(logo)).headers["Content-Type"] == "image/svg+xml"
    sheet = str(ada.page.one('link[href*="/shop."]').attributes["href"])
    worn = (await ada.get(sheet)).text
    assert "light-dark(#7a2e12,#" in worn
    assert ".policy::before{content: '/* olive */'}" in worn
    assert "/* Ours */" not in worn
    assert "blockquote" not in worn


@pytest.mark.one_database
async def test_a_changed_template_stays_changed_over_an_upgrade(upgraded: None, ada: Shopper) -> None:
    await ada.open("/sign-in")
    assert ada.page.text("footer") == "Made in a shed by Ada"
    assert not ada.page.has("footer[data-version]")
    assert ada.page.has('body[data-version="next"]')
    assert ada.page.has('link[href*="shed"]')


@pytest.fixture
def read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder, in a shop that has not read it yet."""
    monkeypatch.setenv("SHOP_SITE", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ('accent = "#ffcc00"', r"look\.accent #ffcc00 has a contrast of 1\.\d .* #[0-9a-f]{6} has enough"),
        ('accent = "#222222"\naccent_dark = "#333333"', r"look\.accent_dark #333333 has a contrast"),
        ('accent = "gold"', r"look\.accent must be a colour such as"),
        ('logo = "gone.svg"', r"look\.logo must be a file"),
    ],
)
def test_a_look_that_nobody_could_read_is_refused(read: Path, told: str, sentence: str) -> None:
    (read / "shop.toml").write_text(f"[look]\n{told}\n")
    with pytest.raises(BadSetting, match=sentence):
        check_site(print)


def test_a_template_that_cannot_be_read_is_named(read: Path) -> None:
    (read / "templates" / "layouts" / "_header.html").write_text("{% if %}")
    with pytest.raises(BadSetting, match=r"_header\.html cannot be used"):
        check_site(print)


def test_the_example_of_the_documentation_is_taken(read: Path) -> None:
    page = (REPOSITORY / "docs" / "your-shop.md").read_text()
    toml, base, po = (
        re.findall(rf"```{kind}\n(.*?)```", page, re.DOTALL)[0] for kind in ("toml", "jinja", "po")
    )
    for name, text in {
        "shop.toml": toml,
        "templates/layouts/base.html": base,
        "translations/en/LC_MESSAGES/shop.po": po,
        "static/css/mine.css": "",
        "static/brand.svg": "<svg/>",
    }.items():
        (read / name).parent.mkdir(parents=True, exist_ok=True)
        (read / name).write_text(text)
    check_site(print)
    assert look.logo() == "brand.svg"
    assert gettext("Add to cart") == "I want it"
