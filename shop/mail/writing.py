"""A letter in words: one template for each kind makes its subject, its HTML and its plain text."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from jinja2 import Environment

from shop.mail import links, plain
from shop.mail.outbox import MERCHANT
from shop.mail.tables import Letter
from shop.money import Money
from shop.settings import settings
from shop.site import site
from shop.web.policies import as_html
from shop.web.words import prefix, speaking


@dataclass(frozen=True, slots=True)
class Written:
    subject: str
    text: str
    html: str
    links: tuple[tuple[str, str], ...]


def written(templates: Environment, letter: Letter) -> Written:
    """In the reader's language. Raises whatever is wrong with the template."""
    with speaking(letter.locale):
        html = templates.get_template(template_of(letter.kind)).render(_context(letter))
    walked = plain.walk(html)
    return Written(" ".join(walked.title.split()), walked.text, html, tuple(walked.links))


def template_of(kind: str) -> str:
    return f"mail/{kind.replace(' ', '_')}.html"


def facts_of(letter: Letter) -> dict[str, Any]:
    """A JSON column comes back read on one engine and as text on the other."""
    told = letter.facts
    facts: dict[str, Any] = json.loads(told) if isinstance(told, str) else dict(told)
    return facts


def _context(letter: Letter) -> dict[str, Any]:
    facts = facts_of(letter)
    context = {name: _moments(name, value) for name, value in facts.items()}
    return context | {
        "to_merchant": letter.recipient == MERCHANT,
        "merchant": site().merchant,
        "money_of": Money,
        "markdown": partial(as_html, before=settings().url + prefix()),
        "link": _link(facts),
    }


def _link(facts: dict[str, Any]) -> str:
    """Where a letter with a secret leads; nowhere once the shop has forgotten the nonce."""
    ours = settings().url + prefix()
    if not facts.get("nonce"):
        return ours + "/"
    return ours + str(facts["path"]).replace("{secret}", links.secret_of(facts["nonce"]))


def _moments(name: str, value: Any) -> Any:
    """JSON knows no moments: what is called `…_at` is one."""
    if isinstance(value, dict):
        return {inner: _moments(inner, one) for inner, one in value.items()}
    if isinstance(value, list):
        return [_moments(name, one) for one in value]
    return datetime.fromisoformat(value) if name.endswith("_at") and isinstance(value, str) else value
