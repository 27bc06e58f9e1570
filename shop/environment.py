"""Reads one setting each from the environment; what cannot be used is said in one sentence."""

import re
from collections.abc import Mapping
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.numbers import is_currency

ADDRESS = re.compile(r"[^@\s<>,;:\"()\x00-\x1f\x7f]+@[^@\s<>,;:\"()\x00-\x1f\x7f]+")


class BadSetting(ValueError):
    """A setting that cannot be used; the text is one sentence for the operator."""


def number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise BadSetting(f"{name} must be a whole number from {least} to {most}, not {text!r}.")
    return int(text)


def origin(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        port_is_readable = parts.port is None or parts.port > 0
    except ValueError:
        raise BadSetting(f"{name} is no address: {text!r}.") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_readable:
        raise BadSetting(f"{name} must start with http:// or https:// and name a host, not {text!r}.")
    if parts.path not in ("", "/") or parts.query or parts.fragment or parts.username:
        raise BadSetting(
            f"{name} must be an origin without a path, such as https://shop.example, not {text!r}."
        )
    return f"{parts.scheme}://{parts.netloc.lower()}"


def currency(env: Mapping[str, str]) -> str:
    code = (env.get("SHOP_CURRENCY") or "EUR").upper()
    if not is_currency(code):
        raise BadSetting(f"SHOP_CURRENCY must be a currency's three letters such as EUR, not {code!r}.")
    return code


def locale(env: Mapping[str, str]) -> str:
    text = env.get("SHOP_LOCALE") or "en"
    try:
        return str(Locale.parse(text.replace("-", "_")))
    except (ValueError, UnknownLocaleError):
        raise BadSetting(f"SHOP_LOCALE must be a locale such as en or de_AT, not {text!r}.") from None


def timezone(env: Mapping[str, str]) -> str:
    text = env.get("SHOP_TIMEZONE") or "UTC"
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"SHOP_TIMEZONE must be a zone such as Europe/Berlin, not {text!r}.") from None
    return text


def database(env: Mapping[str, str]) -> str:
    url = env.get("DATABASE_URL") or "sqlite:///var/shop.sqlite"
    if url.startswith(("sqlite:///", "postgres://", "postgresql://")):
        return url
    raise BadSetting("DATABASE_URL must start with sqlite:/// or postgres://.")


def countries(env: Mapping[str, str]) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(env.get("SHOP_SHIPS_TO", "").upper().replace(",", " ").split()))
    for code in codes:
        if len(code) != 2 or code not in Locale("en").territories:
            raise BadSetting(f"SHOP_SHIPS_TO must name countries by two letters such as DE,AT, not {code!r}.")
    return codes


def site(env: Mapping[str, str]) -> Path | None:
    given = env.get("SHOP_SITE")
    if given and not Path(given).is_dir():
        raise BadSetting(f"SHOP_SITE must be a folder that is there, not {given!r}.")
    return Path(given) if given else None


def mail_server(env: Mapping[str, str]) -> str:
    """The sentence does not repeat the address, for a password stands in it."""
    text = env.get("SMTP_URL", "")
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("smtp", "smtps") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if text and not usable:
        raise BadSetting(
            "SMTP_URL must start with smtp:// or smtps:// and name a host; what is no letter or digit in a"
            " password is written as %40."
        )
    return text


def sentences(env: Mapping[str, str], name: str) -> tuple[tuple[str, str], ...]:
    """By language: what `name` says, without a language, and what `name_DE` says in German."""
    named = re.compile(name + r"(?:_([A-Z]{2,3}))?")
    told = [(match[1] or "", value.strip()) for key, value in env.items() if (match := named.fullmatch(key))]
    return tuple(sorted((language.lower(), sentence) for language, sentence in told if sentence))


def sender(env: Mapping[str, str]) -> str:
    text = env.get("SHOP_MAIL_FROM", "").strip()
    found = [address for _, address in getaddresses([text])]
    if text and not (len(found) == 1 and ADDRESS.fullmatch(found[0]) and text.isprintable()):
        raise BadSetting(f"SHOP_MAIL_FROM must be an e-mail address, not {text!r}.")
    return text
