"""A mail server that the shop sends to; the loop inside the shop is left out, tests send themselves."""

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest

from shop.mail import background
from shop.mail.sending import send_due
from shop.web import look
from shop.web.templates import environment as templates
from tests.support.postoffice import PostOffice


@pytest.fixture
async def post(anyio_backend: object) -> AsyncIterator[PostOffice]:
    async with PostOffice().open() as office:
        yield office


@pytest.fixture
def more_settings(post: PostOffice) -> dict[str, str]:
    return {
        "SMTP_URL": f"smtp://127.0.0.1:{post.port}",
        "SHOP_MAIL_FROM": "shop@hearthside.example",
    }


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "PAUSE", 3600.0)


@pytest.fixture
def send(environment: None) -> Callable[[], Coroutine[Any, Any, int]]:
    """One round of sending; answers how many went."""

    async def once() -> int:
        return await send_due(templates(look.assets()))

    return once
