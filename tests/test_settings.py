"""Half a configuration refuses to start, in one sentence that names the setting."""

from pathlib import Path

import pytest

from shop.environment import BadSetting
from shop.settings import from_environment

SECRET = {"SHOP_SECRET": "0123456789abcdef" * 4}
KEYS = {"STRIPE_SECRET_KEY": "sk_test_abc", "STRIPE_WEBHOOK_SECRET": "whsec_abc"}
LIVE = KEYS | {"STRIPE_SECRET_KEY": "sk_live_abc"}
BAD = [
    ({"SHOP_PORT": "http"}, "SHOP_PORT"),
    ({"SHOP_PORT": "0"}, "SHOP_PORT"),
    ({"SHOP_PORT": "65535"}, "SHOP_PORT"),  # the sandbox needs the next one
    ({"SHOP_PORT": "1e3"}, "SHOP_PORT"),
    ({"SHOP_WORKERS": "0"}, "SHOP_WORKERS"),
    ({"SHOP_WORKERS": "many"}, "SHOP_WORKERS"),
    ({"SHOP_URL": "shop.example"}, "SHOP_URL"),
    ({"SHOP_URL": "ftp://shop.example"}, "SHOP_URL"),
    ({"SHOP_URL": "https://shop.example/shop"}, "SHOP_URL"),
    ({"SHOP_URL": "https://shop.example:port"}, "SHOP_URL"),
    ({"SHOP_CURRENCY": "EURO"}, "SHOP_CURRENCY"),
    ({"SHOP_LOCALE": "klingon"}, "SHOP_LOCALE"),
    ({"SHOP_TIMEZONE": "Mars/Olympus"}, "SHOP_TIMEZONE"),
    ({"SHOP_TIMEZONE": "../../etc/passwd"}, "SHOP_TIMEZONE"),
    ({"SHOP_SHIPS_TO": "DE,XX1"}, "SHOP_SHIPS_TO"),
    ({"SHOP_SHIPS_TO": "Germany"}, "SHOP_SHIPS_TO"),
    ({"SHOP_SITE": "/no/such/folder"}, "SHOP_SITE"),
    ({"SMTP_URL": "mail.example"}, "SMTP_URL"),
    ({"SMTP_URL": "smtp://mail.example"}, "SHOP_MAIL_FROM"),
    ({"SHOP_MAIL_FROM": "shop"}, "SHOP_MAIL_FROM"),
    ({"SHOP_MAIL_FROM": "shop@example.com, ben@example.com\n"}, "SHOP_MAIL_FROM"),
    ({"SMTP_URL": "smtp://shop:pass/word@mail.example", "SHOP_MAIL_FROM": "shop@example.com"}, "SMTP_URL"),
    ({"DATABASE_URL": "mysql://localhost/shop"}, "DATABASE_URL"),
    ({"SHOP_SECRET": "short"}, "SHOP_SECRET"),
    ({"STRIPE_SECRET_KEY": "sk_test_abc"}, "STRIPE_WEBHOOK_SECRET"),
    ({"STRIPE_WEBHOOK_SECRET": "whsec_abc"}, "STRIPE_SECRET_KEY"),
    (KEYS | {"STRIPE_SECRET_KEY": "pk_test_abc"}, "STRIPE_SECRET_KEY"),
    (KEYS | {"STRIPE_WEBHOOK_SECRET": "abc"}, "STRIPE_WEBHOOK_SECRET"),
    (KEYS | {"SHOP_SECRET": ""}, "SHOP_SECRET"),
    (LIVE | {"STRIPE_API_BASE": "http://localhost:9000"}, "STRIPE_API_BASE"),
    (KEYS | {"STRIPE_API_BASE": "localhost"}, "STRIPE_API_BASE"),
    (KEYS | {"STRIPE_CHECKOUT_ORIGIN": "https://pay.example/page"}, "STRIPE_CHECKOUT_ORIGIN"),
]


@pytest.mark.parametrize(
    ("told", "name"), BAD, ids=[f"{name} {told[name]}" if name in told else name for told, name in BAD]
)
def test_a_bad_setting_is_refused_in_one_sentence(told: dict[str, str], name: str) -> None:
    with pytest.raises(BadSetting) as refused:
        from_environment(SECRET | told)
    sentence = str(refused.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_without_stripe_keys_the_shop_is_in_demo_mode_with_a_sandbox_on_another_site() -> None:
    settings = from_environment(SECRET | {"SHOP_PORT": "8100"})
    assert settings.demo
    assert settings.url == "http://localhost:8100"
    assert settings.stripe.api_base == settings.stripe.checkout_origin == "http://127.0.0.1:8101"
    assert not settings.stripe.live


def test_with_stripe_keys_it_is_not_and_payments_are_on_stripes_page() -> None:
    settings = from_environment(SECRET | LIVE | {"SHOP_URL": "https://Shop.example"})
    assert not settings.demo
    assert settings.stripe.live
    assert settings.https
    assert settings.url == "https://shop.example"
    assert settings.stripe.checkout_origin == "https://checkout.stripe.com"
    assert settings.name == "shop.example"


def test_another_stripe_has_its_page_at_its_own_origin() -> None:
    settings = from_environment(SECRET | KEYS | {"STRIPE_API_BASE": "http://localhost:9000"})
    assert settings.stripe.checkout_origin == "http://localhost:9000"


def test_empty_settings_are_as_good_as_none() -> None:
    assert from_environment(SECRET | {"SHOP_PORT": "", "STRIPE_SECRET_KEY": "", "SHOP_URL": ""}).port == 8000


def test_the_demos_secret_is_made_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first = from_environment({}).secret
    assert len(first) >= 32
    assert from_environment({}).secret == first
    assert (tmp_path / "var" / "secret").stat().st_mode & 0o077 == 0
