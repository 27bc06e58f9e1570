"""All the wiring on one screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from litestar import Litestar
from litestar.contrib.jinja import JinjaTemplateEngine
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.template import TemplateConfig

from shop.accounts import routes as accounts
from shop.catalogue import routes as catalogue
from shop.customers.who import who
from shop.database import current_engine
from shop.errors import ShopError
from shop.health import health
from shop.settings import settings
from shop.web import problems
from shop.web.assets import Assets
from shop.web.manners import with_manners
from shop.web.security import content_policy, refusing_forged, with_security_headers
from shop.web.templates import ShopFacts, environment

HERE = Path(__file__).parent.parent
WEBHOOK = "/webhooks/stripe"
LARGEST_FORM = 64 * 1024


def create_app() -> Litestar:
    here = settings()
    assets = Assets(HERE / "static")
    facts = ShopFacts(here.name, here.url, here.locale, here.timezone, here.demo)
    templates = environment([HERE / "templates"], facts, assets)
    app = Litestar(
        [*catalogue.ROUTES, *accounts.ROUTES, health],
        dependencies={"shopper": Provide(who)},
        template_config=TemplateConfig(instance=JinjaTemplateEngine.from_environment(templates)),
        exception_handlers={
            ShopError: problems.shop_error,
            HTTPException: problems.http_error,
            Exception: problems.unexpected,
        },
        lifespan=[_running],
        request_max_body_size=LARGEST_FORM,
        openapi_config=None,
        logging_config=None,
    )
    policy = content_policy((here.stripe.checkout_origin,))
    handler = refusing_forged(app.asgi_handler, here.url, exempt=frozenset({WEBHOOK}))
    handler = with_manners(assets.serving(handler))
    app.asgi_handler = with_security_headers(handler, policy, here.https)
    return app


@asynccontextmanager
async def _running(_: Litestar) -> AsyncIterator[None]:
    database = current_engine()
    await database.start_connection_pool()
    try:
        yield
    finally:
        await database.close_connection_pool()
