"""All the wiring on one screen."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from functools import partial

from jinja2 import Environment
from litestar import Litestar
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.template import TemplateConfig

from shop.accounts import routes as accounts
from shop.catalogue import routes as catalogue
from shop.catalogue.sitemap import sitemap
from shop.checkout import routes as checkout
from shop.confirmation import routes as confirmation
from shop.customers.who import who
from shop.database import current_engine
from shop.delivery.notes import price_note
from shop.errors import ShopError
from shop.health import health
from shop.mail import routes as mail
from shop.mail.background import sending
from shop.orders import routes as orders
from shop.orders.shown import in_cart
from shop.payments import lease
from shop.payments import routes as payments
from shop.payments.background import reconciling
from shop.payments.stripe_gateway import StripeGateway
from shop.settings import settings
from shop.web import ahead, alone, look, policy_page, problems, well_known
from shop.web.compression import compressing
from shop.web.language import in_its_language
from shop.web.manners import with_manners
from shop.web.security import content_policy, refusing_forged, with_security_headers
from shop.web.templates import environment

WEBHOOK = "/webhooks/stripe"
LARGEST_FORM = 64 * 1024
# Longer than a letter that is in somebody's hands takes to be finished (mail/sending.py).
PATIENCE = 4.0


def create_app() -> Litestar:
    here = settings()
    assets = look.assets()
    templates = environment(assets)
    templates.globals["price_note"] = price_note
    app = Litestar(
        [
            *catalogue.ROUTES,
            *orders.ROUTES,
            *checkout.ROUTES,
            *payments.ROUTES,
            *confirmation.ROUTES,
            *accounts.ROUTES,
            *mail.ROUTES,
            policy_page.policy,
            sitemap,
            *well_known.ROUTES,
            health,
        ],
        dependencies={
            "shopper": Provide(who),
            "in_cart": Provide(in_cart),
            "gateway": Provide(_gateway, sync_to_thread=False),
        },
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(templates)),
        exception_handlers={
            ShopError: problems.shop_error,
            HTTPException: problems.http_error,
            Exception: problems.unexpected,
        },
        state=State({"assets": assets}),
        lifespan=[partial(_running, templates)],
        request_max_body_size=LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
    )
    policy = content_policy((here.stripe.checkout_origin,))
    handler = refusing_forged(app.asgi_handler, here.url, exempt=frozenset({WEBHOOK}))
    if sentences := dict(here.maintenance):
        handler = alone.closed(handler, templates, sentences)
    handler = alone.with_last_resort(handler, templates)
    handler = in_its_language(with_manners(assets.serving(compressing(handler))))
    handler = ahead.fetching_ahead(handler, assets)
    app.asgi_handler = with_security_headers(handler, policy, here.https)
    return app


@asynccontextmanager
async def _running(templates: Environment, app: Litestar) -> AsyncIterator[None]:
    database = current_engine()
    await database.start_connection_pool()
    app.state.gateway = gateway = StripeGateway(settings().stripe)
    background = [
        asyncio.create_task(reconciling(gateway)),
        asyncio.create_task(sending(templates, lease.take)),
    ]
    try:
        yield
    finally:
        await _ended(background)
        await gateway.close()
        await database.close_connection_pool()


async def _ended(tasks: Iterable[asyncio.Task[None]]) -> None:
    """A library that waits by `asyncio.wait_for` may swallow the wish to stop; then it is asked once more."""
    while tasks := {task for task in tasks if not task.done()}:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks, timeout=PATIENCE)


def _gateway(state: State) -> StripeGateway:
    gateway: StripeGateway = state.gateway
    return gateway
