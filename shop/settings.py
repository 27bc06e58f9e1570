"""What the environment says, checked once and frozen. Half a configuration refuses to start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from shop import environment
from shop.environment import BadSetting

STRIPE_API = "https://api.stripe.com"
STRIPE_PAGE = "https://checkout.stripe.com"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
DEMO_NAME = "Withy"


@dataclass(frozen=True, slots=True)
class StripeSettings:
    """How to reach Stripe, or the sandbox that stands in for it in demo mode."""

    secret_key: str
    webhook_secret: str
    api_base: str
    checkout_origin: str

    @property
    def live(self) -> bool:
        return self.secret_key.startswith(("sk_live_", "rk_live_"))


@dataclass(frozen=True, slots=True)
class MailSettings:
    """`smtp` is an address such as smtps://user:password@mail.example:465; empty: letters are kept.

    `sender` is an e-mail address, or `Name <address>` where the name shall not be SHOP_NAME.
    """

    smtp: str
    sender: str


@dataclass(frozen=True, slots=True)
class Settings:
    host: str
    port: int
    url: str
    workers: int
    name: str
    currency: str
    locale: str
    timezone: str
    media: Path
    secret: str
    database_url: str
    demo: bool
    stripe: StripeSettings
    ships_to: tuple[str, ...]
    site: Path | None
    mail: MailSettings
    maintenance: tuple[tuple[str, str], ...]

    @property
    def https(self) -> bool:
        return self.url.startswith("https://")

    @property
    def sandbox_port(self) -> int:
        return self.port + 1


@cache
def settings() -> Settings:
    """This process's settings; read when called, so that importing a module needs no environment."""
    return from_environment(os.environ)


def from_environment(env: Mapping[str, str]) -> Settings:
    host = env.get("SHOP_HOST") or "127.0.0.1"
    port = environment.number(env, "SHOP_PORT", 8000, 1, 65534)
    url = environment.origin("SHOP_URL", env.get("SHOP_URL") or f"http://localhost:{port}")
    demo = _demo(env)
    secret = _secret(env, demo)
    return Settings(
        host=host,
        port=port,
        url=url,
        workers=environment.number(env, "SHOP_WORKERS", 1, 1, 64),
        name=env.get("SHOP_NAME") or (DEMO_NAME if demo else str(urlsplit(url).hostname)),
        currency=environment.currency(env),
        locale=environment.locale(env),
        timezone=environment.timezone(env),
        media=Path(env.get("SHOP_MEDIA") or "var/media"),
        secret=secret,
        database_url=environment.database(env),
        demo=demo,
        stripe=_sandbox(port, secret) if demo else _stripe(env),
        ships_to=environment.countries(env),
        site=environment.site(env),
        mail=_mail(env),
        maintenance=environment.sentences(env, "SHOP_MAINTENANCE"),
    )


def _demo(env: Mapping[str, str]) -> bool:
    key, webhook = env.get("STRIPE_SECRET_KEY"), env.get("STRIPE_WEBHOOK_SECRET")
    if key and not webhook:
        raise BadSetting("STRIPE_SECRET_KEY is set but STRIPE_WEBHOOK_SECRET is not; set both or neither.")
    if webhook and not key:
        raise BadSetting("STRIPE_WEBHOOK_SECRET is set but STRIPE_SECRET_KEY is not; set both or neither.")
    return not key


def _stripe(env: Mapping[str, str]) -> StripeSettings:
    key, webhook = env["STRIPE_SECRET_KEY"], env["STRIPE_WEBHOOK_SECRET"]
    if not key.startswith(("sk_test_", "sk_live_", "rk_test_", "rk_live_")):
        raise BadSetting("STRIPE_SECRET_KEY must be a secret or restricted key: sk_test_… or sk_live_….")
    if not webhook.startswith("whsec_"):
        raise BadSetting("STRIPE_WEBHOOK_SECRET must start with whsec_.")
    base = environment.origin("STRIPE_API_BASE", env.get("STRIPE_API_BASE") or STRIPE_API)
    if base != STRIPE_API and not key.startswith("sk_test_"):
        raise BadSetting(
            "STRIPE_API_BASE may name another address only with a key that starts with sk_test_."
        )
    page = env.get("STRIPE_CHECKOUT_ORIGIN") or (STRIPE_PAGE if base == STRIPE_API else base)
    return StripeSettings(key, webhook, base, environment.origin("STRIPE_CHECKOUT_ORIGIN", page))


def _sandbox(port: int, secret: str) -> StripeSettings:
    # Another site than localhost, as Stripe's page is: cookies and form-action behave as they will there.
    origin = f"http://127.0.0.1:{port + 1}"
    return StripeSettings("sk_test_sandbox_" + secret[:24], "whsec_" + secret[24:56], origin, origin)


def _secret(env: Mapping[str, str], demo: bool) -> str:
    given = env.get("SHOP_SECRET")
    if given and len(given) < 32:
        raise BadSetting("SHOP_SECRET must have at least 32 characters.")
    if not given and not demo:
        raise BadSetting("SHOP_SECRET is required with Stripe keys: 32 random characters or more.")
    if given and demo and len(given) < 56:
        return (given * 2)[:64]
    return given or _kept_secret(Path("var/secret"))


def _kept_secret(file: Path) -> str:
    """The demo's secret, made on its first start."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
            new.write(secrets.token_hex(32))
    except OSError as problem:
        if file.is_file():
            return file.read_text()
        raise BadSetting(
            f"The folder {file.parent.absolute()} cannot be written: {problem.strerror}."
        ) from None
    return file.read_text()


def _mail(env: Mapping[str, str]) -> MailSettings:
    smtp, sender = environment.mail_server(env), environment.sender(env)
    if smtp and not sender:
        raise BadSetting("SHOP_MAIL_FROM is required with SMTP_URL: the address that mail is sent from.")
    return MailSettings(smtp, sender)
